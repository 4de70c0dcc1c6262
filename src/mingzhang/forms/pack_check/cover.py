"""The statements at the foot of the cover: each known by its label when read back, with states to choose from."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from mingzhang.model.keys import folded
from mingzhang.model.language import gettext as _

if TYPE_CHECKING:
    from mingzhang.forms.pack import Pack
    from mingzhang.forms.pack_check.faults import Notes

LONGEST_STATE: Final = 12
_COLONS: Final = (":", "：")


def check_cover(notes: Notes, pack: Pack) -> None:
    """Look at every line."""
    keys = Counter(line.key for line in pack.cover.lines)
    labels = Counter(folded(name) for line in pack.cover.lines for name in (line.label, *line.names))
    for number, line in enumerate(pack.cover.lines):
        at = ("cover", "lines", number)
        if keys[line.key] > 1:
            notes.error(notes.sources.head(*at, "key"), _("封面有两行都叫“{key}”").format(key=line.key))
        for part, names in (("label", (line.label,)), ("names", line.names)):
            for name in names:
                spot = notes.sources.head(*at, part, text=name)
                if labels[folded(name)] > 1:
                    notes.error(spot, _("封面有两行都写“{label}”，读回时分不开").format(label=name))
                if not folded(name) or any(c in name for c in _COLONS):
                    notes.error(
                        spot,
                        _("封面这一行的名称不能用：{label}").format(label=name),
                        _("不写冒号，印时自动加上；也不能空着。"),
                    )
        if not line.states:
            notes.error(
                notes.sources.head(*at, "states"),
                _("没有写“{label}”可以是哪些情况").format(label=line.label),
                _('例如 states = ["已审查"]；封面只写情况，不写人名。'),
            )
        for state in line.states:
            if not state.strip() or len(state) > LONGEST_STATE or any(c in state for c in _COLONS):
                notes.error(
                    notes.sources.head(*at, "states", text=state),
                    _("“{state}”不像一种情况").format(state=state),
                    _("写几个字，例如“已审查”，不写冒号。"),
                )
