"""The network of figures that sums tie together: equal ones joined, what is certain taken out, divided into parts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal

import msgspec

from mingzhang.sums.rounding import Variable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

_FAR: Final = 600


class Sum(msgspec.Struct, frozen=True, gc=False, cache_hash=True):
    """What must hold between printed figures of one last digit: coefficients times digits make 0, or at most 0."""

    terms: tuple[tuple[int, Variable], ...]
    relation: Literal["=", "<="] = "="

    def holds(self, digits: Mapping[Variable, int]) -> bool:
        """Tell whether it holds in integers."""
        total = sum(c * digits[v] for c, v in self.terms)
        return total == 0 or (total < 0 and self.relation == "<=")


class Row(msgspec.Struct, frozen=True, gc=False, cache_hash=True):
    """A sum of knots by their number: coefficients times digits make `right`, or at most `right`."""

    terms: tuple[tuple[int, int], ...]
    relation: Literal["=", "<="]
    right: int

    def holds(self, digits: Sequence[int]) -> bool:
        """Tell whether it holds."""
        total = sum(c * digits[n] for n, c in self.terms)
        return total == self.right or (total < self.right and self.relation == "<=")


class Knot(msgspec.Struct, frozen=True):
    """Figures that print alike, by their places in the order: `low` or one above, `high`; `wanted` is one of the two.

    What the higher digit costs more than the lower one, below 0 where it is the better: `left` weighs the members that
    leave the digits they had before, `departing` counts those that leave what is half-up, `distance` says how much
    farther from the true value they lie, in thousandths of a unit. `further` counts what moves one further unit.
    """

    members: tuple[int, ...]
    low: int
    high: int
    wanted: int
    left: int
    departing: int
    distance: int
    further: int = 0


class Part(msgspec.Struct, frozen=True):
    """Knots that rows tie together, and no others."""

    knots: tuple[Knot, ...]
    rows: tuple[Row, ...]

    def holds(self, digits: Sequence[int]) -> bool:
        """Tell whether every row holds."""
        return all(r.holds(digits) for r in self.rows)


class Choices:
    """The variables of a document in the order of print, with what each may print.

    `kept` are digits that were printed before: where they are still the floor or the ceiling they are `wanted`, else
    what is half-up. `held` are digits that nothing may change.
    """

    def __init__(
        self,
        order: tuple[Variable, ...],
        kept: Mapping[Variable, int] | None = None,
        held: Mapping[Variable, int] | None = None,
    ) -> None:
        """Lay out floor, rest and what is wanted of every variable."""
        self.order = order
        self.held = dict(held or {})
        self.index = {v: i for i, v in enumerate(order)}
        self.step = [v.step for v in order]
        divided = [divmod(v.value, s) for v, s in zip(order, self.step, strict=True)]
        self.low = [whole for whole, _ in divided]
        self.rest = [rest for _, rest in divided]
        self.kept = (
            {i for v in kept or () if (i := self.index.get(v)) is not None and self.may_be(i, kept[v])}
            if kept
            else set()
        )
        self.wanted = [kept[v] if kept and i in self.kept else v.half_up for i, v in enumerate(order)]

    def may_be(self, at: int, digits: int) -> bool:
        """Tell whether digits are the floor or the ceiling of a variable."""
        return digits == self.low[at] or (digits == self.low[at] + 1 and self.rest[at] > 0)

    def weight(self, at: int) -> int:
        """Give what a figure counts that leaves the digits it had: half of them that are not half-up now.

        Its true value may have changed meanwhile; of one that is half-up as before, that is less likely.
        """
        return 2 if self.wanted[at] == self.order[at].half_up else 1

    def distance(self, at: int) -> int:
        """Give what the ceiling lies farther from the true value than the floor, weighed, in thousandths."""
        off = 1000 * self.rest[at] // self.step[at]
        return _weighed(1000 - off) - _weighed(off)


def parts_of(choices: Choices, sums: Iterable[Sum]) -> tuple[Part, ...]:
    """Divide the figures that are to be chosen into parts that no sum ties together."""
    rows = [_row(s, choices, lambda i: choices.rest[i] == 0) for s in sums]
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


def apart(choices: Choices, sums: Iterable[Sum], *, certain: bool = True) -> Part:
    """Make one part in which each figure of the sums is a knot of its own, and each sum a row, in their order.

    With `certain` those with nothing to choose are knots too, but for those that are nothing.
    """
    rows = [_row(s, choices, lambda i: choices.order[i].fen == 0 or not (certain or choices.rest[i])) for s in sums]
    return _part(choices, rows, {i: [i] for r in rows for i, _ in r.terms})


def _row(total: Sum, choices: Choices, is_certain: Callable[[int], bool]) -> Row:
    """Take what is certain of a sum to its right side."""
    terms: dict[int, int] = {}
    right = 0
    steps = set()
    for coefficient, variable in total.terms:
        i = choices.index[variable]
        steps.add(choices.step[i])
        if is_certain(i):
            right -= coefficient * choices.low[i]
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
    knots = tuple(_knot(choices, i, members[i]) for i in tied)
    return Part(knots, tuple(Row(tuple((number[i], c) for i, c in r.terms), r.relation, r.right) for r in rows))


def _knot(choices: Choices, first: int, members: Sequence[int]) -> Knot:
    low = choices.low[first]
    sign = [1 if choices.wanted[m] == low else -1 for m in members]
    left = sum(s * choices.weight(m) for m, s in zip(members, sign, strict=True) if m in choices.kept)
    departing = sum(s for m, s in zip(members, sign, strict=True) if m not in choices.kept)
    return Knot(
        members=tuple(members),
        low=low,
        high=low + (choices.rest[first] > 0),
        wanted=low if (left or departing) > 0 else low + (choices.rest[first] > 0),
        left=left,
        departing=departing,
        distance=sum(choices.distance(m) for m in members),
    )


def _weighed(thousandths: int) -> int:
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
