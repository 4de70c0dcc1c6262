"""The figures of a document that are not half-up: which they are, what is true, what is printed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from mingzhang.compiling.naming import spelled
from mingzhang.model.figure import spell

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from mingzhang.compiling.additivity import Links
    from mingzhang.sums.additive import Additive
    from mingzhang.sums.network import Sum
    from mingzhang.sums.rounding import Variable


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
        for variable in {v for _, v in total.terms}:
            ties.setdefault(variable, []).append(total)
    keys = {v: links.variables.get(v, ()) or tuple(sorted(v.facts & links.last)) for v in chosen.departures}
    return tuple(
        Departure(
            figures=keys[v],
            fen=v.fen,
            unit=v.unit,
            printed=spell(chosen.digits[v], v.places, grouped=False),
            half_up=spell(v.half_up, v.places, grouped=False),
            further=v in chosen.beyond,
            because=tuple(spelled(s, links) for s in _reasons(v, ties.get(v, ()), chosen)),
        )
        for v in chosen.departures
        if keys[v]
    )


def _reasons(variable: Variable, ties: Sequence[Sum], chosen: Additive) -> tuple[Sum, ...]:
    return chosen.because if variable in chosen.beyond else broken_by(variable, variable.half_up, ties, chosen)


def broken_by(variable: Variable, digits: int, sums: Iterable[Sum], chosen: Additive) -> tuple[Sum, ...]:
    """List those of some sums that would not hold if one figure alone printed other digits, the shortest first."""
    tried = {**chosen.digits, variable: digits}
    broken = (s for s in sums if any(v == variable for _, v in s.terms) and not s.holds(tried))
    return tuple(sorted(broken, key=lambda s: len(s.terms)))
