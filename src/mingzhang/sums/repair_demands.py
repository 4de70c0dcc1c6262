"""What must hold of a document's figures, and figures printed anew so that it does."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Final

import msgspec

from mingzhang.sums.identities import Identity, judge
from mingzhang.sums.sheets import CellRef, Gap, look

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from mingzhang.model.figure import Figure
    from mingzhang.sums.sheets import Sheet

HOLDS: Final = frozenset({"holds", "rounding", "nothing"})
"""The outcomes that say that an identity may hold."""


class Demand(msgspec.Struct, frozen=True):
    """What must hold: one of `ways`, unless one of `premises` does not."""

    ways: tuple[Identity, ...]
    premises: tuple[Identity, ...] = ()


class Reprint(msgspec.Struct, frozen=True):
    """One figure that should print `digits` of its last digit, which has `places` places."""

    ref: CellRef
    digits: int
    unit: str
    places: int


def standing_in(demands: Sequence[Demand]) -> dict[CellRef, list[int]]:
    """List by figure the demands in which it stands, by their places."""
    out: dict[CellRef, list[int]] = {}
    for at, demand in enumerate(demands):
        for identity in (*demand.ways, *demand.premises):
            for operand in chain(identity.left, identity.right, identity.over):
                own = out.setdefault(operand.ref, [])
                if not own or own[-1] != at:
                    own.append(at)
    return out


def is_nothing(identity: Identity, sheets: Mapping[str, Sheet]) -> bool:
    """Tell whether no number is printed on either side, and nothing is withheld or missing."""
    for operand in chain(identity.left, identity.right, identity.over):
        found = look(sheets, operand.ref)
        if isinstance(found, Gap) or found.withheld or found.digits is not None:
            return False
    return True


def is_met(demand: Demand, sheets: Mapping[str, Sheet], *, additive: bool = False) -> bool:
    """Tell whether a demand holds by what is printed, or may by rounding, or does not apply."""
    if any(judge(i, sheets, additive=additive).outcome in HOLDS for i in demand.ways):
        return True
    return any(judge(i, sheets, additive=additive).outcome not in {"holds", "nothing"} for i in demand.premises)


def with_reprints(sheets: Mapping[str, Sheet], reprints: Sequence[Reprint]) -> dict[str, Sheet]:
    """Give the sheets with some figures printed anew."""
    out = dict(sheets)
    for one in reprints:
        sheet = out[one.ref.source]
        old = look(out, one.ref)
        assert isinstance(old, msgspec.Struct)
        new = msgspec.structs.replace(old, digits=one.digits, unit=one.unit, places=one.places)
        out[one.ref.source] = sheet.with_figure(one.ref.row, one.ref.column, new)
    return out


def as_number(figure: Figure, sheet: Sheet, ref: CellRef) -> Figure:
    """Give what a blank cell will print the unit and places of the numbers of its column, else of its sheet."""
    printed = [f for (_row, column), f in sheet.cells.items() if f.is_number and f.unit and column == ref.column]
    printed = printed or [f for f in sheet.figures if f.is_number and f.unit == figure.unit]
    finest = max(printed, key=lambda f: f.places, default=figure)
    return msgspec.structs.replace(figure, digits=0, unit=finest.unit, places=finest.places)
