"""Figures that are already published: those of an earlier version, kept where they can be, and those held fixed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import msgspec

from mingzhang.compiling.naming import ref_of, said
from mingzhang.compiling.trace import figure_at
from mingzhang.model.disclosure import Disclosure
from mingzhang.model.fault import Fault
from mingzhang.model.figure import read_figure, spell
from mingzhang.model.language import gettext as _

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from mingzhang.compiling.additivity import Links
    from mingzhang.rules.figures import Figures
    from mingzhang.sums.conflict import Conflict
    from mingzhang.sums.filters import Fact
    from mingzhang.sums.rounding import Variable


class CannotBeHeld(Fault):
    """Figures that are to stay as published contradict each other, the facts, or what must add up.

    `conflict` is the smallest contradiction: without any one of its figures and sums there would be a choice.
    """

    def __init__(self, conflict: Conflict, links: Links, standing: Standing, figures: Figures) -> None:
        """Tell the conflict in the figures' names."""
        self.conflict = conflict
        held = standing.held(links)
        keys = {v: next((k for k in links.variables.get(v, ()) if k in standing.fixed), "") for v in held}
        lines = [_("固定的数字与必须成立的勾稽关系有矛盾，缺一即无矛盾的是：")]
        lines += [
            _("  固定：{figure}（{key}）= {printed} {unit}，真值 {true} 元").format(
                figure=figures.name(ref_of(keys[v])),
                key=keys[v],
                printed=spell(held[v], v.places, grouped=False),
                unit=v.unit,
                true=spell(v.fen, 2, grouped=False),
            )
            for v in conflict.held
        ]
        lines += [_("  勾稽：{sum}").format(sum=said(total, links, figures)) for total in conflict.sums]
        names = _("、").join(keys[v] for v in conflict.release)
        hint = _("至少要放开 {n} 个：{names}").format(n=len(conflict.release), names=names) if names else ""
        super().__init__("\n".join(lines), hint=hint)


class UnknownHeldFigure(Fault):
    """A figure that is to be held is none of the document's, or its value is not spelled as the document prints it."""


class Standing(msgspec.Struct, frozen=True):
    """What stands already: an earlier version of the document, and figures by key that must print what is given."""

    earlier: Disclosure | None = None
    fixed: dict[str, str] = {}

    def kept(self, links: Links, facts: Sequence[Fact]) -> dict[Variable, int]:
        """Give the digits that an earlier version prints for figures of the same facts."""
        return {} if self.earlier is None else kept_from(self.earlier, links, facts)

    def held(self, links: Links) -> dict[Variable, int]:
        """Give the digits of the figures that must stay.

        Raises:
            UnknownHeldFigure: there is no such figure, or the value has other places than the document prints.
        """
        return held_in(links, self.fixed)


NOTHING: Final = Standing()
"""Nothing was published yet."""


def kept_from(earlier: Disclosure, links: Links, facts: Sequence[Fact]) -> dict[Variable, int]:
    """Give what an earlier version prints for the figures that stand on the same facts.

    A figure without the ids of its facts (read back from print, or of the written part) is known by its key alone.
    """
    present = {f.id for f in facts if f.amount}
    known = {f.id for f in facts}
    kept: dict[Variable, int] = {}
    for variable, keys in links.variables.items():
        for key in keys:
            figure = figure_at(earlier, key)
            if (
                figure is None
                or figure.digits is None
                or (figure.unit, figure.places) != (variable.unit, variable.places)
            ):
                continue
            same = {f for f in figure.facts if f in present or f not in known} == variable.facts
            if same or not figure.facts:
                kept.setdefault(variable, figure.digits)
                break
    return kept


def held_in(links: Links, held: Mapping[str, str]) -> dict[Variable, int]:
    """Give the digits of figures that are held, by key as printed.

    Raises:
        UnknownHeldFigure: there is no such figure, or the value has other places than the document prints.
    """
    if not held:
        return {}
    by_key = {key: v for v, keys in links.variables.items() for key in keys}
    out: dict[Variable, int] = {}
    for key, text in held.items():
        variable = by_key.get(key)
        if variable is None:
            raise UnknownHeldFigure(
                _("没有这个金额：{figure}").format(figure=key),
                hint=_("写法：表[行].列，或说明中数字的名称，见 explain。"),
            )
        figure = read_figure(text, variable.unit)
        if figure is None or figure.digits is None or figure.places != variable.places:
            raise UnknownHeldFigure(
                _("“{text}”不是保留 {places} 位小数的数字").format(text=text, places=variable.places), place=key
            )
        if out.setdefault(variable, figure.digits) != figure.digits:
            other = next(k for k in links.variables[variable] if k in held and k != key)
            raise UnknownHeldFigure(_("与 {other} 是同一个数字，却固定为不同的值").format(other=other), place=key)
    return out
