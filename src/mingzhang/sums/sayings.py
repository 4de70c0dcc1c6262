"""What a statement says of sheets: identities by the places of their figures, most of which are seen to hold at once."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Final, TypeVar, cast

from mingzhang.sums.identities import Identity, Verdict, judge

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from mingzhang.sums.plans import Plan
    from mingzhang.sums.shapes import Operand, Shape
    from mingzhang.sums.sheets import Sheet
    from mingzhang.sums.terms import Relation

Places = tuple[int, ...]
"""Figures of one side of an identity: where they stand among the cells of all sheets, one behind the other.

What the form has and nobody printed stands behind them all. A figure that is taken away has the complement (`~`).
"""

T = TypeVar("T")

_ALONE: Final[list[Places]] = [(place,) for place in range(4096)]
"""Places alone: most sides are one figure, and there is no need of so many of the same."""


def alone(places: Sequence[int]) -> list[Places]:
    """Give each of some places as a side of its own."""
    if max(places, default=0) < len(_ALONE):
        return list(map(_ALONE.__getitem__, places))
    return [(place,) for place in places]


class Sayings:
    """The identities that a plan says of sheets, those of one figure together.

    Of plain sums it is enough to know where their figures stand: most are seen to hold. Where a figure is missing, or
    there are coefficients or shares, an identity is judged by itself.
    """

    def __init__(
        self, plan: Plan, shapes: tuple[Shape, ...], sides: Sequence[Sequence[Places]], absent: Absent
    ) -> None:
        """Take both sides and what shares are of, of all identities as they were found, and what is in the form unprinted."""
        lefts, rights, overs = sides
        firsts = [(left or right)[0] for left, right in zip(lefts, rights, strict=True)]
        if len(set(firsts)) < len(firsts):
            first_of = {place: n for n, place in reversed(list(enumerate(firsts)))}
            order = sorted(range(len(firsts)), key=lambda n: first_of[firsts[n]])
            lefts, rights, overs = ([side[n] for n in order] for side in sides)
        self.lefts, self.rights, self.overs = tuple(lefts), tuple(rights), tuple(overs)
        self._shapes = shapes
        self._absent = tuple(absent.cells)
        self._nothing = [0] * len(absent.cells)
        self.sources = plan.sources
        self.relation: Relation = plan.relation
        self._plain = plan.is_plain
        self.is_share = bool(plan.sides[2])
        self._missing = missing = frozenset(absent.missing)
        self._seen: Sequence[int] = range(len(self.lefts)) if plan.is_plain else range(0)
        if missing and plan.is_plain:
            every = enumerate(zip(self.lefts, self.rights, strict=True))
            self._seen = [n for n, (left, right) in every if missing.isdisjoint((*left, *right))]
        whole = len(self._seen) == len(self.lefts)
        self._lefts = self.lefts if whole else tuple([self.lefts[n] for n in self._seen])
        self._rights = self.rights if whole else tuple([self.rights[n] for n in self._seen])
        single = not self._lefts or set(map(len, self._lefts)) == {1}
        self._singles = tuple([left[0] for left in self._lefts]) if single else ()

    def __len__(self) -> int:
        """Count the identities."""
        return len(self.lefts)

    @cached_property
    def identities(self) -> tuple[Identity, ...]:
        """Give all identities."""
        return tuple([self.identity(n) for n in range(len(self.lefts))])

    def identity(self, n: int) -> Identity:
        """Give one identity by its number."""
        operands = self._operands
        return Identity(operands(self.lefts[n]), self.relation, operands(self.rights[n]), operands(self.overs[n]))

    def marked(self, marks: Mapping[str, Sequence[int]], unknown: int) -> Sequence[int]:
        """Put a mark to each place, given the marks of each sheet's cells: what is taken away has that below zero.

        What the form has and nobody printed is 0 where it is nothing, else `unknown`.
        """
        joined = _joined([marks[s] for s in self.sources])
        if self._plain and not self._absent:
            return joined
        start = len(joined)
        out = [*joined, *[unknown if start + n in self._missing else 0 for n in range(len(self._absent))]]
        out.extend([-mark for mark in reversed(out)])  # the complement of a place counts from the end
        return out

    def fits(self, sheets: Mapping[str, Sheet]) -> bool:
        """Tell whether it was made for sheets of these shapes."""
        return all(
            source in sheets and sheets[source].shape is shape
            for source, shape in zip(self.sources, self._shapes, strict=True)
        )

    def unsettled(self, numbers: Sequence[int], sheets: Mapping[str, Sheet]) -> Sequence[int]:
        """List those of some identities that do not hold at sight."""
        if not self.fits(sheets):
            return numbers
        still = self.open_in(sheets)
        if len(self._seen) == len(self.lefts) and not still:
            return ()
        at_sight = set(self._seen).difference(still)
        return [n for n in numbers if n not in at_sight]

    def first(self, n: int) -> tuple[str, str, str]:
        """Give the sheet, row and column of the figure that an identity compares first."""
        shape, (row, column) = self._at((self.lefts[n] or self.rights[n])[0])
        return shape.id, row, column

    def _operands(self, places: Places) -> tuple[Operand, ...]:
        return tuple([self._operand(p) for p in places])

    def _operand(self, place: int) -> Operand:
        shape, (row, column) = self._at(place if place >= 0 else ~place)
        return shape.operand(1 if place >= 0 else -1, row, column)

    def _at(self, place: int) -> tuple[Shape, tuple[str, str]]:
        for shape in self._shapes:
            if place < shape.size:
                return shape, shape.cells[place]
            place -= shape.size
        return self._absent[place]

    def open_in(self, sheets: Mapping[str, Sheet]) -> Sequence[int]:
        """List, by number, what does not hold at sight of what is printed; what lacks a figure is left out."""
        if not self._plain:
            return range(len(self.lefts))
        if not self._seen:
            return ()
        values = self._values(sheets)
        if not all(sheets[source].adds_up for source in self.sources):
            sums = (
                (_sum(values, one), _sum(values, other)) for one, other in zip(self._lefts, self._rights, strict=True)
            )
            return [n for n, (one, other) in zip(self._seen, sums, strict=True) if not self._holds(one, other)]
        get = values.__getitem__
        rights = [sum(map(get, places)) for places in self._rights]
        lefts = list(map(get, self._singles)) if self._singles else [sum(map(get, p)) for p in self._lefts]
        if lefts == rights:
            return ()
        return [n for n, one, other in zip(self._seen, lefts, rights, strict=True) if not self._holds(one, other)]

    def holding_in(self, sheets: Mapping[str, Sheet]) -> set[int]:
        """Number what holds at sight, something being printed."""
        if not self._seen:
            return set()
        values, prints = self._values(sheets), self._prints(sheets)
        out = set()
        for n, left, right in zip(self._seen, self._lefts, self._rights, strict=True):
            total, parts = _sum(values, left), _sum(values, right)
            if self._holds(total, parts) and (total or parts or any(prints[p] for p in (*left, *right))):
                out.add(n)
        return out

    def verdicts(self, sheets: Mapping[str, Sheet], *, additive: bool) -> Iterator[Verdict]:
        """Judge all of them: most hold, and that is seen at once."""
        values, prints = (self._values(sheets), self._prints(sheets)) if self._seen else ([], [])
        seen = set(self._seen)
        for n, (left, right) in enumerate(zip(self.lefts, self.rights, strict=True)):
            total, parts = (_sum(values, left), _sum(values, right)) if n in seen else (None, None)
            if total is None or total != parts:
                yield judge(self.identities[n], sheets, additive=additive)
            elif total or any(prints[p] for p in (*left, *right)):
                yield Verdict(self.identities[n], "holds", total, parts)
            else:
                yield Verdict(self.identities[n], "nothing")

    def _holds(self, total: int | None, parts: int | None) -> bool:
        if total is None or parts is None:
            return False
        return total == parts if self.relation == "=" else total <= parts if self.relation == "<=" else total >= parts

    def _values(self, sheets: Mapping[str, Sheet]) -> list[int]:
        """Join the values of all sheets; what is withheld cannot be added."""
        return cast("list[int]", _joined([*[sheets[s].values for s in self.sources], self._nothing]))

    def _prints(self, sheets: Mapping[str, Sheet]) -> Sequence[bool]:
        return _joined([*[sheets[s].prints for s in self.sources], [False] * len(self._absent)])


class Absent:
    """The cells that a form has and nobody printed, counted from behind the printed ones; `missing` are no zeros."""

    def __init__(self, start: int) -> None:
        """Count from a place."""
        self.cells: list[tuple[Shape, tuple[str, str]]] = []
        self.missing: set[int] = set()
        self._start = start
        self._known: dict[tuple[int, str, str], int] = {}

    def place(self, shape: Shape, row: str, column: str) -> int | None:
        """Give the place of a cell that is not printed; None where the form does not have it."""
        if not shape.is_in_form(row, column):
            return None
        asked = (id(shape), row, column)
        found = self._known.get(asked)
        if found is None:
            found = self._known[asked] = self._start + len(self.cells)
            self.cells.append((shape, (row, column)))
            if not shape.is_listed_so_deep(row):
                self.missing |= {found, ~found}
        return found


def _sum(values: Sequence[int | None], places: Places) -> int | None:
    """Add up the values at some places; None where one is withheld."""
    found = [values[p] for p in places]
    return None if None in found else sum(cast("list[int]", found))


def _joined(lists: Sequence[Sequence[T]]) -> Sequence[T]:
    some = [one for one in lists if one]
    return some[0] if len(some) == 1 else [x for one in some for x in one]
