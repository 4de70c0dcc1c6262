"""The figures of a document that are not half-up: which they are, what is true, what is printed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from mingzhang.model.figure import spell

if TYPE_CHECKING:
    from mingzhang.compiling.additivity import Links
    from mingzhang.sums.additive import Additive


class Departure(msgspec.Struct, frozen=True):
    """Figures of one set of facts that do not print half-up: their keys, the true value in fen, what is printed.

    `further` tells that the sums could hold only with the figure a full unit or more from its true value.
    """

    figures: tuple[str, ...]
    fen: int
    unit: str
    printed: str
    half_up: str
    further: bool = False


def departures_of(links: Links, chosen: Additive) -> tuple[Departure, ...]:
    """List the departures in the order of print; last year's figures, in which changes are measured, as `last.KEY`."""
    keys = {v: links.variables.get(v, ()) or tuple(sorted(v.facts & links.last)) for v in chosen.departures}
    return tuple(
        Departure(
            figures=keys[v],
            fen=v.fen,
            unit=v.unit,
            printed=spell(chosen.digits[v], v.places, grouped=False),
            half_up=spell(v.half_up, v.places, grouped=False),
            further=v in chosen.beyond,
        )
        for v in chosen.departures
        if keys[v]
    )
