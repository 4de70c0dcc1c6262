"""One identity with some of its figures free, as rows that whole numbers must fit, by the widths `judge` goes by."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

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
    """An identity over sheets, worked out once, of which any figures can then be set free.

    `printed` gives how a figure is printed once it is free: a blank one as the numbers beside it.
    """

    def __init__(
        self,
        identity: Identity,
        sheets: Mapping[str, Sheet],
        printed: Mapping[CellRef, Figure],
        *,
        additive: bool,
        mask: int,
    ) -> None:
        """Take the identity and the sheets; `mask` are the figures of the demand it is part of."""
        self.identity = identity
        self.additive = additive
        self.mask = mask
        self.printed = printed
        self._figures: dict[CellRef, Figure] = {}
        for operand in identity.operands:
            found = look(sheets, operand.ref)
            if not isinstance(found, Gap):
                self._figures[operand.ref] = found
        self._weights: dict[CellRef, int] = {}
        self._rooms: dict[CellRef, int] = {}
        for sign, operands in ((1, identity.left), (-1, identity.right)):
            for o in operands:
                self._weights[o.ref] = self._weights.get(o.ref, 0) + sign * o.coefficient
                self._rooms[o.ref] = self._rooms.get(o.ref, 0) + abs(o.coefficient)
        self._slack = sum(w * self._atoms(ref) for ref, w in self._weights.items())
        self._room = sum(n * self._width(ref) for ref, n in self._rooms.items())
        every = all(o.ref in self._figures and not self._figures[o.ref].withheld for o in identity.operands)
        self._is_plain = every and not identity.over
        self._kinds = {(f.unit, f.step) for f in self._figures.values() if f.digits}
        self._units = {f.unit for f in self._figures.values() if f.is_number}

    def rows(self, free: Mapping[CellRef, int]) -> tuple[Line, ...]:
        """Give the rows with some figures free, each by its variable; none where free figures are multiplied."""
        if self.identity.over:
            return tuple(_share_rows(self, free))
        slack, room, kinds = self._slack, self._room, self._kinds
        weights: dict[int, int] = {}
        for ref, variable in free.items():
            weight = self._weights.get(ref)
            if weight is None:
                continue
            figure = self.printed[ref]
            slack -= weight * self._atoms(ref)
            room += self._rooms[ref] * (width(figure, additive=self.additive) - self._width(ref))
            if (figure.unit, figure.step) not in kinds:
                kinds = {*kinds, (figure.unit, figure.step)}
            if weight:
                weights[variable] = 2 * weight * figure.step
        if self.additive:
            room = 0 if len(kinds) == 1 and self._units <= {unit for unit, _step in kinds} else max(0, room - 1)
        relation = self.identity.relation
        low = None if relation == "<=" else -room - 2 * slack
        high = None if relation == ">=" else room - 2 * slack
        return (Line(weights, low, high, self.mask),)

    def holds_at_sight(self, amounts: Mapping[CellRef, int]) -> bool:
        """Tell whether the two sides agree to the atom once figures print these amounts; no means that it is not known."""
        if not self._is_plain:
            return False
        slack, weights = self._slack, self._weights
        for ref, atoms in amounts.items():
            weight = weights.get(ref)
            if weight:
                slack += weight * (atoms - self._atoms(ref))
        relation = self.identity.relation
        return slack == 0 if relation == "=" else slack <= 0 if relation == "<=" else slack >= 0

    def figure(self, ref: CellRef, free: Mapping[CellRef, int]) -> Figure | None:
        """Give a figure, a free one as it will be printed."""
        return self.printed[ref] if ref in free else self._figures.get(ref)

    def spread(self, operands: Sequence[Operand], free: Mapping[CellRef, int]) -> tuple[dict[int, int], int]:
        """Give the coefficients of the variables, and the atoms of what is fixed."""
        weights: dict[int, int] = {}
        fixed = 0
        for operand in operands:
            if operand.ref in free:
                variable = free[operand.ref]
                weights[variable] = weights.get(variable, 0) + operand.coefficient * self.printed[operand.ref].step
            else:
                fixed += operand.coefficient * self._atoms(operand.ref)
        return weights, fixed

    def room(self, operands: Sequence[Operand], free: Mapping[CellRef, int]) -> int:
        """Add up twice the atoms by which figures may lie beside their true values; a free one is a number."""
        figures = ((o.coefficient, self.figure(o.ref, free)) for o in operands)
        return sum(abs(c) * width(f, additive=self.additive) for c, f in figures if f is not None)

    def _atoms(self, ref: CellRef) -> int:
        figure = self._figures.get(ref)
        return figure.atoms if figure is not None and figure.digits else 0

    def _width(self, ref: CellRef) -> int:
        figure = self._figures.get(ref)
        return 0 if figure is None else width(figure, additive=self.additive)


def _share_rows(side: Side, free: Mapping[CellRef, int]) -> Iterator[Line]:
    """Give the rows of a share: linear in the share alone, or in what it is the share of."""
    identity = side.identity
    own = identity.left[0].ref
    share = side.figure(own, free)
    if share is None:
        return
    part, part_fixed = side.spread(identity.right, free)
    whole, whole_fixed = side.spread(identity.over, free)
    step = share.step * (2 if side.additive else 1)
    slack = _HUNDRED * side.room(identity.right, free)
    if own in free:
        if part or whole or not whole_fixed:
            return
        near = abs(_HUNDRED * part_fixed // whole_fixed)
        room = step * abs(whole_fixed) + slack + near * side.room(identity.over, free)
        weight, middle = 2 * share.step * whole_fixed, 2 * _HUNDRED * part_fixed
        yield Line({free[own]: weight}, middle - room, middle + room, side.mask)
        return
    if not share.digits:
        return
    slack += abs(share.atoms) * side.room(identity.over, free)
    for sign in (1, -1):  # sign × 2 × (share × whole − 100 × part) ≤ step × whole + slack
        weights: dict[int, int] = {}
        for variable, weight in whole.items():
            weights[variable] = weights.get(variable, 0) + (sign * 2 * share.atoms - step) * weight
        for variable, weight in part.items():
            weights[variable] = weights.get(variable, 0) - sign * 2 * _HUNDRED * weight
        high = slack - (sign * 2 * share.atoms - step) * whole_fixed + sign * 2 * _HUNDRED * part_fixed
        yield Line({v: w for v, w in weights.items() if w}, None, high, side.mask)
