"""Small systems of rows `low ≤ Σ coefficient × figure ≤ high` in whole numbers: solved, or what contradicts itself.

Every row remembers by which figures, held fixed, it came about (a mask of bits): where no whole numbers fit, the figures
behind the contradiction are told, of which at least one must then be wrong.
"""

from __future__ import annotations

from itertools import combinations, product
from math import prod
from typing import TYPE_CHECKING, Final

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

_MOST_ROWS: Final = 160
"""Of larger systems further combinations are left out; whether what is found fits is judged afterwards anyway."""

_FEW_WAYS: Final = 12
"""Of more ways to choose rows it is seen step by step which cannot be."""

Interval = tuple[int | None, int | None, int | None]
"""The least and the greatest whole number that fits one row, and the one that fits if nothing was rounded."""


class Line(msgspec.Struct, frozen=True, gc=False):
    """One row: coefficients by variable, both bounds (None is none), and the figures it rests on.

    `alone` is between which numbers its one variable lies, where that was worked out because the row is used again.
    """

    weights: dict[int, int]
    low: int | None
    high: int | None
    mask: int
    alone: Interval | None = None


class Point(msgspec.Struct, frozen=True, gc=False):
    """Whole numbers that fit every row; `is_settled` where every other choice fits the rows less well."""

    values: dict[int, int]
    is_settled: bool


class Contradiction(msgspec.Struct, frozen=True, gc=False):
    """The figures held fixed behind rows that nothing fits.

    `premises` are sets of which something must be changed for these rows to be asked for at all. Where it is not `proved`
    some choice of numbers was not tried. `others` were found beside it.
    """

    mask: int
    premises: tuple[int, ...] = ()
    proved: bool = True
    others: tuple[Contradiction, ...] = ()


def to_be_kept(row: Line) -> Line:
    """Give a row that will be used again and again, worked out as far as it can be."""
    if len(row.weights) != 1:
        return row
    (weight,) = row.weights.values()
    return Line(row.weights, row.low, row.high, row.mask, _interval(row, weight, 0))


class _Bounds:
    """Between which whole numbers one variable lies by the rows of it alone."""

    __slots__ = ("above", "below", "high", "is_exact", "low", "masks", "middles")

    def __init__(self) -> None:
        self.masks: list[int] = []
        self.middles: list[int] = []
        self.is_exact = False
        self.low: int | None = None
        self.high: int | None = None
        self.below = self.above = 0

    def narrow(self, row: Line, variable: int) -> None:
        """Take one more row."""
        self.masks.append(row.mask)
        if row.low == row.high:
            self.is_exact = True
        bottom, top, middle = row.alone or _interval(row, row.weights[variable], 0)
        if middle is not None:
            self.middles.append(middle)
        if bottom is not None and (self.low is None or bottom > self.low):
            self.low, self.below = bottom, row.mask
        if top is not None and (self.high is None or top < self.high):
            self.high, self.above = top, row.mask

    @property
    def mask(self) -> int:
        """Give the figures behind both bounds."""
        return self.below | self.above

    @property
    def is_empty(self) -> bool:
        """Tell whether no number lies between them."""
        return self.low is not None and self.high is not None and self.low > self.high


_Stack = list[tuple[int, _Bounds, list[Line]]]


def solve(rows: Sequence[Line]) -> Point | Contradiction:
    """Find whole numbers that fit all rows, by elimination."""
    bounds: dict[int, _Bounds] = {}
    joint: list[Line] = []
    wrong = _sorted(rows, bounds, joint)
    stack: _Stack = []
    while wrong is None and (bounds or joint):
        variable = _easiest(bounds, joint)
        alone = bounds.pop(variable, None) or _Bounds()
        if alone.is_empty:
            return Contradiction(alone.mask)
        own = [r for r in joint if variable in r.weights]
        stack.append((variable, alone, own))
        if own:
            for other in {v for r in own for v in r.weights if v != variable and v not in bounds}:
                bounds[other] = _Bounds()  # it may stand in no other row, and needs a number all the same
            joint = [r for r in joint if variable not in r.weights]
            room = _MOST_ROWS - len(joint) - sum(len(b.masks) for b in bounds.values())
            both = [*own, Line({variable: 1}, alone.low, alone.high, alone.mask)] if alone.masks else own
            wrong = _sorted(_without(variable, both)[:room], bounds, joint)
    return _back(stack) if wrong is None else Contradiction(wrong)


def solved(always: Sequence[Line], choices: Sequence[Sequence[Sequence[Line]]]) -> Iterator[Point | Contradiction]:
    """Solve for each way to choose one of several lots of rows each time, beside those that always stand.

    Of very many ways those that begin with what contradicts itself are told as one.
    """
    if prod(map(len, choices)) <= _FEW_WAYS:
        for way in product(*choices):
            yield solve([*always, *(row for rows in way for row in rows)])
        return
    alone = [row for ways in choices if len(ways) == 1 for row in ways[0]]
    yield from _step_by_step([*always, *alone], [ways for ways in choices if len(ways) > 1])


def _step_by_step(rows: list[Line], choices: Sequence[Sequence[Sequence[Line]]]) -> Iterator[Point | Contradiction]:
    found = solve(rows)
    if isinstance(found, Contradiction) or not choices:
        yield found
        return
    for way in choices[0]:
        yield from _step_by_step([*rows, *way], choices[1:])


def _sorted(rows: Iterable[Line], bounds: dict[int, _Bounds], joint: list[Line]) -> int | None:
    """Put rows to those of one variable or of several; give the fewest figures behind one that nothing fits."""
    wrong: list[int] = []
    for row in rows:
        if len(row.weights) > 1:
            joint.append(row)
        elif row.weights:
            (variable,) = row.weights
            own = bounds.get(variable)
            if own is None:
                own = bounds[variable] = _Bounds()
            own.narrow(row, variable)
        elif not _holds_nothing(row):
            wrong.append(row.mask)
    return min(wrong, key=int.bit_count) if wrong else None


def _easiest(bounds: Mapping[int, _Bounds], joint: Sequence[Line]) -> int:
    """Choose the variable whose elimination makes the fewest rows."""
    if not joint:  # nothing is made of any
        return min(bounds, key=lambda v: (not bounds[v].is_exact, len(bounds[v].masks), v))
    count = {v: len(b.masks) for v, b in bounds.items()}
    exact = {v for v, b in bounds.items() if b.is_exact}
    for row in joint:
        for variable in row.weights:
            count[variable] = count.get(variable, 0) + 1
        if row.low == row.high:
            exact.update(row.weights)
    return min(count, key=lambda v: (v not in exact, count[v], v))


def _without(variable: int, rows: Sequence[Line]) -> list[Line]:
    """Combine rows so that a variable falls out of them."""
    exact = next((r for r in rows if r.low == r.high), None)
    pairs = combinations(rows, 2) if exact is None else ((exact, r) for r in rows if r is not exact)
    return [_combined(a, b, variable) for a, b in pairs]


def _combined(one: Line, other: Line, variable: int) -> Line:
    a, b = other.weights[variable], -one.weights[variable]
    weights = {v: a * w for v, w in one.weights.items()}
    for v, w in other.weights.items():
        weights[v] = weights.get(v, 0) + b * w
    low_a, high_a = _times(one, a)
    low_b, high_b = _times(other, b)
    return Line(
        {v: w for v, w in weights.items() if w},
        None if low_a is None or low_b is None else low_a + low_b,
        None if high_a is None or high_b is None else high_a + high_b,
        one.mask | other.mask,
    )


def _times(row: Line, factor: int) -> tuple[int | None, int | None]:
    low = None if row.low is None else row.low * factor
    high = None if row.high is None else row.high * factor
    return (low, high) if factor > 0 else (high, low)


def _holds_nothing(row: Line) -> bool:
    return (row.low is None or row.low <= 0) and (row.high is None or row.high >= 0)


def _back(stack: _Stack) -> Point | Contradiction:
    values: dict[int, int] = {}
    settled = True
    for variable, alone, rows in reversed(stack):
        low, high = alone.low, alone.high
        middles: dict[int, int] = {}
        for middle in alone.middles:
            middles[middle] = middles.get(middle, 0) + 1
        for row in rows:
            rest = sum(w * values[v] for v, w in row.weights.items() if v != variable)
            bottom, top, between = _interval(row, row.weights[variable], rest)
            low = bottom if low is None else low if bottom is None else max(low, bottom)
            high = top if high is None else high if top is None else min(high, top)
            if between is not None:
                middles[between] = middles.get(between, 0) + 1
        if low is not None and high is not None and low > high:
            mask = 0
            for behind in (*alone.masks, *(r.mask for r in rows)):
                mask |= behind
            return Contradiction(mask, proved=False)  # other numbers for those before it may leave it one
        value, is_settled = _chosen(low, high, middles)
        values[variable] = value
        settled = settled and is_settled
    return Point(values, settled)


def _interval(row: Line, weight: int, rest: int) -> Interval:
    """Say between which whole numbers a variable lies by one row, and which it is if nothing was rounded."""
    low = None if row.low is None else row.low - rest
    high = None if row.high is None else row.high - rest
    if weight < 0:
        weight, low, high = -weight, None if high is None else -high, None if low is None else -low
    middle = None
    if low is not None and high is not None and (low + high) % (2 * weight) == 0:
        middle = (low + high) // (2 * weight)
    return None if low is None else -(-low // weight), None if high is None else high // weight, middle


def _chosen(low: int | None, high: int | None, middles: Mapping[int, int]) -> tuple[int, bool]:
    """Choose what most rows say exactly; it is settled where that is one value, or only one fits."""
    fitting = {m: n for m, n in middles.items() if (low is None or m >= low) and (high is None or m <= high)}
    if fitting:
        most = max(fitting.values())
        best = [m for m, n in fitting.items() if n == most]
        return best[0], len(best) == 1
    if low is not None and high is not None:
        return (low + high) // 2, low == high
    return low if low is not None else high if high is not None else 0, False
