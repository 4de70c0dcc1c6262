"""One identity with some of its figures free, as rows that whole numbers must fit, by the widths `judge` goes by."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import msgspec

from mingzhang.model.units import base_of
from mingzhang.sums.identities import width
from mingzhang.sums.repair_rows import Line
from mingzhang.sums.sheets import Gap, look

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from mingzhang.model.figure import Figure
    from mingzhang.sums.identities import Identity, Operand
    from mingzhang.sums.sheets import CellRef, Sheet

_HUNDRED: Final = 100 * base_of("%")


class Side:
    """An identity over sheets in which the figures of `free`, each by its variable, are open."""

    def __init__(
        self,
        identity: Identity,
        sheets: Mapping[str, Sheet],
        figures: Mapping[CellRef, Figure],
        free: Mapping[CellRef, int],
        *,
        additive: bool,
    ) -> None:
        """Take the identity, the sheets, and how the free figures are printed."""
        self.identity = identity
        self.free = free
        self.additive = additive
        self._sheets = sheets
        self._figures = figures

    def figure(self, ref: CellRef) -> Figure | None:
        """Give a figure, a free one as it will be printed."""
        if ref in self.free:
            return self._figures[ref]
        found = look(self._sheets, ref)
        return None if isinstance(found, Gap) else found

    def spread(self, operands: Sequence[Operand], factor: int = 1) -> tuple[dict[int, int], int]:
        """Give the coefficients of the variables, and the atoms of what is fixed."""
        weights: dict[int, int] = {}
        fixed = 0
        for operand in operands:
            figure = self.figure(operand.ref)
            if figure is None:
                continue
            if operand.ref in self.free:
                variable = self.free[operand.ref]
                weights[variable] = weights.get(variable, 0) + factor * operand.coefficient * figure.step
            elif figure.digits:
                fixed += factor * operand.coefficient * figure.atoms
        return weights, fixed

    def room(self, operands: Sequence[Operand]) -> int:
        """Add up twice the atoms by which figures may lie beside their true values; a free one is a number."""
        total = 0
        for operand in operands:
            figure = self.figure(operand.ref)
            if figure is not None and (operand.ref in self.free or figure.is_number):
                number = figure if figure.is_number else _zero(figure)
                total += abs(operand.coefficient) * width(number, additive=self.additive)
        return total


def rows_of(side: Side, mask: int) -> Iterator[Line]:
    """Give the rows of an identity; none where free figures are multiplied with each other."""
    identity = side.identity
    if identity.over:
        yield from _share_rows(side, mask)
        return
    weights, fixed = side.spread(identity.left)
    other, rest = side.spread(identity.right, -1)
    for variable, weight in other.items():
        weights[variable] = weights.get(variable, 0) + weight
    weights = {v: 2 * w for v, w in weights.items() if w}
    room = _room(side)
    low, high = -room - 2 * (fixed + rest), room - 2 * (fixed + rest)
    yield Line(weights, None if identity.relation == "<=" else low, None if identity.relation == ">=" else high, mask)


def _room(side: Side) -> int:
    """Give twice the atoms by which both sides may differ."""
    operands = side.identity.operands
    room = side.room(operands)
    if not side.additive:
        return room
    found = ((o.ref, side.figure(o.ref)) for o in operands)
    printed = [f for ref, f in found if f is not None and (f.is_number or ref in side.free)]
    if len({f.unit for f in printed}) == 1 and len({f.step for f in printed}) == 1:
        return 0
    return max(0, room - 1)


def _share_rows(side: Side, mask: int) -> Iterator[Line]:
    """Give the rows of a share: linear in the share alone, or in what it is the share of."""
    identity = side.identity
    share = side.figure(identity.left[0].ref)
    amounts = (*identity.right, *identity.over)
    if share is None:
        return
    part, part_fixed = side.spread(identity.right)
    whole, whole_fixed = side.spread(identity.over)
    step = share.step * (2 if side.additive else 1)
    slack = _HUNDRED * side.room(identity.right)
    if identity.left[0].ref in side.free:
        if part or whole or not whole_fixed:
            return
        variable = side.free[identity.left[0].ref]
        near = abs(_HUNDRED * part_fixed // whole_fixed)
        room = step * abs(whole_fixed) + slack + near * side.room(identity.over)
        weight = 2 * share.step * whole_fixed
        yield Line({variable: weight}, 2 * _HUNDRED * part_fixed - room, 2 * _HUNDRED * part_fixed + room, mask)
        return
    if not share.digits or not amounts:
        return
    slack += abs(share.atoms) * side.room(identity.over)
    for sign in (1, -1):  # sign × 2 × (share × whole − 100 × part) ≤ step × whole + slack
        weights: dict[int, int] = {}
        for variable, weight in whole.items():
            weights[variable] = weights.get(variable, 0) + (sign * 2 * share.atoms - step) * weight
        for variable, weight in part.items():
            weights[variable] = weights.get(variable, 0) - sign * 2 * _HUNDRED * weight
        high = slack - (sign * 2 * share.atoms - step) * whole_fixed + sign * 2 * _HUNDRED * part_fixed
        yield Line({v: w for v, w in weights.items() if w}, None, high, mask)


def _zero(figure: Figure) -> Figure:
    return msgspec.structs.replace(figure, digits=0)
