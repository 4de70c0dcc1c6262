"""The network of figures that sums tie together: equal ones joined, what is certain taken out, divided into parts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal

import msgspec

from mingzhang.model.units import ATOMS_PER_FEN, last_digit
from mingzhang.sums.rounding import Variable, half_up

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

DEPARTING: Final = 20_000
"""What a figure beside half-up costs; its distance from the true value costs up to 1,960 more."""

_FAR: Final = 600
_TIES: Final = 512
FURTHER: Final = 200 * DEPARTING * _TIES
"""What a figure costs that moves one further unit."""


class Sum(msgspec.Struct, frozen=True):
    """What must hold between printed figures of one last digit: coefficients times digits make 0, or at most 0."""

    terms: tuple[tuple[int, Variable], ...]
    relation: Literal["=", "<="] = "="

    def holds(self, digits: Mapping[Variable, int]) -> bool:
        """Tell whether it holds in integers."""
        total = sum(c * digits[v] for c, v in self.terms)
        return total == 0 or (total < 0 and self.relation == "<=")


class Row(msgspec.Struct, frozen=True):
    """A sum of knots by their number: coefficients times digits make `right`, or at most `right`."""

    terms: tuple[tuple[int, int], ...]
    relation: Literal["=", "<="]
    right: int

    def holds(self, digits: Sequence[int]) -> bool:
        """Tell whether it holds."""
        total = sum(c * digits[n] for n, c in self.terms)
        return total == self.right or (total < self.right and self.relation == "<=")

    def widened(self, count: int) -> Row:
        """Give the row with each of `count` knots as a sum of itself, what is added and what is taken away."""
        return Row(tuple((n + at * count, c) for at in range(3) for n, c in self.terms), self.relation, self.right)


class Knot(msgspec.Struct, frozen=True):
    """Figures that print alike, by their places in the order: `low` or one above; `cost` is what the higher one costs.

    `half` is what half-up prints, `high` the same as `low` where nothing is to be chosen.
    """

    members: tuple[int, ...]
    low: int
    high: int
    half: int
    cost: int


class Part(msgspec.Struct, frozen=True):
    """Knots that rows tie together, and no others."""

    knots: tuple[Knot, ...]
    rows: tuple[Row, ...]

    def holds(self, digits: Sequence[int]) -> bool:
        """Tell whether every row holds."""
        return all(r.holds(digits) for r in self.rows)


class Choices:
    """The variables of a document in the order of print, with what each may print."""

    def __init__(self, order: tuple[Variable, ...]) -> None:
        """Lay out floor, half-up and rest of every variable."""
        self.order = order
        self.index = {v: i for i, v in enumerate(order)}
        self.half = [half_up(v.fen, v.unit, v.places) for v in order]
        self.step = [last_digit(v.places, v.unit) for v in order]
        divided = [divmod(v.fen * ATOMS_PER_FEN, s) for v, s in zip(order, self.step, strict=True)]
        self.low = [whole for whole, _ in divided]
        self.rest = [rest for _, rest in divided]

    def is_near(self, at: int, digits: int) -> bool:
        """Tell whether digits lie less than one unit of the last digit beside the true value."""
        return abs((digits - self.low[at]) * self.step[at] - self.rest[at]) < self.step[at]

    def cost(self, at: int) -> int:
        """Give what the ceiling costs more than the floor, below 0 where half-up is the ceiling; in whole numbers.

        What the figure's place adds is small and no step of it regular, so that no two choices cost the same but by
        chance.
        """
        off = 1000 * self.rest[at] // self.step[at]
        more = _TIES * (_distance(1000 - off) - _distance(off))
        departing = _TIES * DEPARTING - (at * 2_654_435_761 >> 7) % _TIES
        return more + (departing if self.half[at] == self.low[at] else -departing)


def parts_of(choices: Choices, sums: Iterable[Sum]) -> tuple[Part, ...]:
    """Divide the figures that are to be chosen into parts that no sum ties together."""
    rows = _rows(choices, sums)
    find, join = _sets(len(choices.order))
    for row in rows:
        if row.relation == "=" and row.right == 0 and [c for _, c in row.terms] in ([1, -1], [-1, 1]):
            (a, _), (b, _) = row.terms
            if choices.order[a].fen == choices.order[b].fen:
                join(a, b)
    rows = _merged(rows, find, choices)
    find_part, join_part = _sets(len(choices.order))
    for row in rows:
        for (a, _), (b, _) in zip(row.terms, row.terms[1:], strict=False):
            join_part(a, b)
    members: dict[int, list[int]] = {}
    for i in range(len(choices.order)):
        members.setdefault(find(i), []).append(i)
    grouped: dict[int, list[Row]] = {}
    for row in rows:
        grouped.setdefault(find_part(row.terms[0][0]) if row.terms else -1, []).append(row)
    return tuple(_part(choices, own, members) for own in grouped.values())


def whole_of(choices: Choices, sums: Iterable[Sum]) -> Part:
    """Make one part of every figure of the sums that is not nothing, those with nothing to choose too."""
    rows = [_row(s, choices, lambda i: choices.order[i].fen == 0) for s in sums]
    return _part(choices, rows, {i: [i] for r in rows for i, _ in r.terms})


def _rows(choices: Choices, sums: Iterable[Sum]) -> list[Row]:
    return [_row(s, choices, lambda i: choices.rest[i] == 0) for s in sums]


def _row(total: Sum, choices: Choices, is_certain: Callable[[int], bool]) -> Row:
    """Take what is certain of a sum to its right side."""
    terms: dict[int, int] = {}
    right = 0
    steps = set()
    for coefficient, variable in total.terms:
        i = choices.index[variable]
        steps.add(choices.step[i])
        if is_certain(i):
            right -= coefficient * choices.half[i]
        else:
            terms[i] = terms.get(i, 0) + coefficient
    if len(steps) > 1:
        msg = f"a sum of figures whose last digits differ: {total}"
        raise ValueError(msg)
    return Row(tuple((i, c) for i, c in terms.items() if c), total.relation, right)


def _merged(rows: Iterable[Row], find: Callable[[int], int], choices: Choices) -> list[Row]:
    """Write rows over the first of the figures that print alike; each once, and none that always holds."""
    out: dict[Row, None] = {}
    for row in rows:
        terms: dict[int, int] = {}
        for i, c in row.terms:
            terms[find(i)] = terms.get(find(i), 0) + c
        merged = Row(tuple(sorted((i, c) for i, c in terms.items() if c)), row.relation, row.right)
        most = sum(c * (choices.low[i] + (c > 0)) for i, c in merged.terms)
        if not (row.relation == "<=" and most <= row.right) and (merged.terms or not merged.holds(())):
            out.setdefault(merged)
    return list(out)


def _part(choices: Choices, rows: Sequence[Row], members: Mapping[int, Sequence[int]]) -> Part:
    """Number the knots of rows from 0."""
    tied = sorted({i for r in rows for i, _ in r.terms})
    number = {i: n for n, i in enumerate(tied)}
    knots = tuple(
        Knot(
            members=tuple(members[i]),
            low=choices.low[i],
            high=choices.low[i] + (choices.rest[i] > 0),
            half=choices.half[i],
            cost=sum(choices.cost(m) for m in members[i]),
        )
        for i in tied
    )
    return Part(knots, tuple(Row(tuple((number[i], c) for i, c in r.terms), r.relation, r.right) for r in rows))


def _distance(thousandths: int) -> int:
    """Give what lying so far from the true value costs: more for each step beyond 0.6 of a unit."""
    beyond = max(thousandths - _FAR, 0)
    return thousandths + 6 * beyond * beyond // 1000


def _sets(count: int) -> tuple[Callable[[int], int], Callable[[int, int], None]]:
    """Make sets of one number each, and give what finds a set's first number and what joins two sets."""
    first = list(range(count))

    def find(i: int) -> int:
        while first[i] != i:
            first[i] = first[first[i]]
            i = first[i]
        return i

    def join(a: int, b: int) -> None:
        a, b = find(a), find(b)
        first[max(a, b)] = min(a, b)

    return find, join
