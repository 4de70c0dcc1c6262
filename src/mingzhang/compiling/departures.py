"""The figures of a document that are not half-up: which they are, what is true, what is printed."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace

from mingzhang.compiling.naming import ref_of, spelled
from mingzhang.model.figure import spell
from mingzhang.model.language import gettext as _

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from mingzhang.compiling.additivity import Links
    from mingzhang.model.disclosure import Disclosure, Row
    from mingzhang.sums.additive import Additive
    from mingzhang.sums.network import Sum
    from mingzhang.sums.rounding import Variable
    from mingzhang.sums.sheets import CellRef


class Departure(msgspec.Struct, frozen=True):
    """Figures of one set of facts that do not print half-up: their keys, the true value in fen, what is printed.

    `because` are the sums that would not hold with it alone at half-up, over keys. `further` tells that sums could hold
    only with the figure a full unit or more from its true value; `because` are then sums that no choice satisfies.
    """

    figures: tuple[str, ...]
    fen: int
    unit: str
    printed: str
    half_up: str
    further: bool = False
    because: tuple[str, ...] = ()


def departures_of(links: Links, chosen: Additive) -> tuple[Departure, ...]:
    """List the departures in the order of print; last year's figures, in which changes are measured, as `last.KEY`."""
    ties: dict[Variable, list[Sum]] = {}
    for total in links.sums:
        for variable in {v for _sign, v in total.terms}:
            ties.setdefault(variable, []).append(total)
    keys = {v: links.variables.get(v, ()) or tuple(sorted(v.facts & links.last)) for v in chosen.departures}
    say = cache(lambda total: spelled(total, links))  # many figures depart for the sake of one sum
    return tuple(
        Departure(
            figures=keys[v],
            fen=v.fen,
            unit=v.unit,
            printed=spell(chosen.digits[v], v.places, grouped=False),
            half_up=spell(v.half_up, v.places, grouped=False),
            further=v in chosen.beyond,
            because=tuple(say(s) for s in _reasons(v, ties.get(v, ()), chosen)),
        )
        for v in chosen.departures
        if keys[v]
    )


def _reasons(variable: Variable, ties: Sequence[Sum], chosen: Additive) -> tuple[Sum, ...]:
    return chosen.because if variable in chosen.beyond else broken_by(variable, variable.half_up, ties, chosen)


def broken_by(variable: Variable, digits: int, sums: Iterable[Sum], chosen: Additive) -> tuple[Sum, ...]:
    """List those of some sums that would not hold if one figure alone printed other digits, the shortest first."""
    tried = {**chosen.digits, variable: digits}
    broken = (s for s in sums if not s.holds(tried) and any(v == variable for _, v in s.terms))
    return tuple(sorted(broken, key=lambda s: len(s.terms)))


def with_doubts(disclosure: Disclosure, departures: Iterable[Departure]) -> Disclosure:
    """Say beside figures of tables that what they print is not the truth rounded, where the document does not say so itself.

    Those that no choice of digits leaves within one unit of the truth are such, and all where not everything adds up: a
    rule that compares them with figures printed otherwise then says no more than that they differ.
    """
    tables = {t.id: t for t in disclosure.tables}
    for departure in (d for d in departures if d.further or disclosure.rounding != "additive"):
        said = _("为使勾稽成立印为{printed}，四舍五入为{half_up}").format(
            printed=departure.printed, half_up=departure.half_up
        )
        for ref in map(ref_of, departure.figures):
            table = tables.get(ref.source)
            if table is not None:
                tables[ref.source] = replace(table, rows=tuple(_doubted(r, ref, said) for r in table.rows))
    return replace(disclosure, tables=tuple(tables.get(t.id, t) for t in disclosure.tables))


def _doubted(row: Row, ref: CellRef, said: str) -> Row:
    figure = row.cells.get(ref.column) if row.key == ref.row else None
    if figure is None:
        return row
    return replace(row, cells={**row.cells, ref.column: replace(figure, doubt=said)})
