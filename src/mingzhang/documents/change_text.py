"""What changed between two disclosures, as lines for the terminal: figures on one line, texts one below the other."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Final

from mingzhang.documents.change_names import marked, own_name, part_of
from mingzhang.model.change import KINDS
from mingzhang.model.language import gettext as _

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mingzhang.documents.change_names import Stretches
    from mingzhang.model.change import Change

_FIGURES: Final = frozenset({"figure", "slot", "chart"})
_AROUND: Final = 14
_SHORT: Final = 16
"""Texts up to so many characters stand on one line as figures do."""


def change_lines(found: Sequence[Change], sides: tuple[str, str], *, most: int | None = None) -> Iterator[str]:
    """Give the lines; `sides` are what the two are called, `most` how many changes of a kind are told."""
    for kind, title in KINDS.items():
        own = [c for c in found if c.kind == kind]
        if not own:
            continue
        yield _("{kind}：{n} 处").format(kind=_(title), n=len(own))
        for part, changes in groupby(own[:most], key=part_of):
            inset = "  "
            if part:
                yield f"  {part}"
                inset = "    "
            for change in changes:
                yield from (f"{inset}{line}" for line in _told(change, sides))
        if most is not None and len(own) > most:
            yield _("  ……另有 {n} 处").format(n=len(own) - most)
    yield counted(found)


def counted(found: Sequence[Change]) -> str:
    """Say how many differences there are."""
    return _("共 {n} 处不同").format(n=len(found)) if found else _("没有不同")


def _told(change: Change, sides: tuple[str, str]) -> Iterator[str]:
    name, key = own_name(change), f"  [{change.key}]"
    if name == change.key:
        key = ""
    elif change.place is not None and str(change.place):
        name = _("{name}（{place}）").format(name=name, place=change.place)
    nothing = _("（无）")
    if change.kind in _FIGURES or max(len(change.was), len(change.now)) <= _SHORT:
        by = f"  {change.by} {change.unit}" if change.by else ""
        yield f"{name}：{change.was or nothing} → {change.now or nothing}{by}{key}"
        return
    yield f"{name}{key}"
    both = (
        marked(change.was, change.now) if change.was and change.now else ([(change.was, False)], [(change.now, False)])
    )
    for side, stretches in zip(sides, both, strict=True):
        yield f"  {side}{_shown(stretches) or nothing}"


def _shown(stretches: Stretches) -> str:
    """Put what differs in brackets, and cut what is alike down to what stands beside it."""
    out = []
    last = len(stretches) - 1
    for n, (text, differs) in enumerate(stretches):
        if differs:
            out.append(f"【{text}】")
        elif n == 0 and n != last:
            out.append(text if len(text) <= _AROUND else f"…{text[-_AROUND:]}")
        elif n == last and n != 0:
            out.append(text if len(text) <= _AROUND else f"{text[:_AROUND]}…")
        elif len(text) > 2 * _AROUND and last > 0:
            out.append(f"{text[:_AROUND]}…{text[-_AROUND:]}")
        else:
            out.append(text)
    return "".join(out)
