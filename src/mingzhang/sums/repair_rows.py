"""Small systems of rows `low ≤ Σ coefficient × figure ≤ high` in whole numbers: solved, or what contradicts itself.

Every row remembers by which figures, held fixed, it came about (a mask of bits): where no whole numbers fit, the figures
behind the contradiction are told, of which at least one must then be wrong.
"""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, Final

import msgspec

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_MOST_ROWS: Final = 160
"""Of larger systems further combinations are left out; whether what is found fits is judged afterwards anyway."""


class Line(msgspec.Struct, frozen=True, gc=False):
    """One row: coefficients by variable, both bounds (None is none), and the figures it rests on."""

    weights: dict[int, int]
    low: int | None
    high: int | None
    mask: int


class Point(msgspec.Struct, frozen=True, gc=False):
    """Whole numbers that fit every row; `is_settled` where every other choice fits the rows less well."""

    values: dict[int, int]
    is_settled: bool


class Contradiction(msgspec.Struct, frozen=True, gc=False):
    """The figures held fixed behind rows that nothing fits."""

    mask: int


def solve(rows: Sequence[Line]) -> Point | Contradiction:
    """Find whole numbers that fit all rows, by elimination."""
    stack: list[tuple[int, list[Line]]] = []
    left = list(rows)
    while True:
        wrong = [r.mask for r in left if not r.weights and not _holds_nothing(r)]
        if wrong:
            return Contradiction(min(wrong, key=int.bit_count))
        left = [r for r in left if r.weights]
        if not left:
            break
        variable = _easiest(left)
        own = [r for r in left if variable in r.weights]
        alone = [r for r in own if len(r.weights) == 1]
        between = _between(variable, alone) if alone else None
        if isinstance(between, Contradiction):
            return between
        stack.append((variable, own))
        left = [r for r in left if variable not in r.weights]
        others = [r for r in own if len(r.weights) > 1]
        if others:
            left += _without(variable, [*others, *([] if between is None else [between])])[: _MOST_ROWS - len(left)]
    return _back(stack)


def _between(variable: int, rows: Sequence[Line]) -> Line | Contradiction:
    """Put rows of one variable alone together: between which whole numbers it lies, or two that exclude each other."""
    low = high = None
    below = above = 0
    for row in rows:
        bottom, top, _middle = _interval(row, variable, {})
        if bottom is not None and (low is None or bottom > low):
            low, below = bottom, row.mask
        if top is not None and (high is None or top < high):
            high, above = top, row.mask
    if low is not None and high is not None and low > high:
        return Contradiction(below | above)
    return Line({variable: 1}, low, high, below | above)


def _easiest(rows: Sequence[Line]) -> int:
    """Choose the variable whose elimination makes the fewest rows."""
    count: dict[int, int] = {}
    exact: set[int] = set()
    for row in rows:
        for variable in row.weights:
            count[variable] = count.get(variable, 0) + 1
            if row.low == row.high:
                exact.add(variable)
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


def _back(stack: Sequence[tuple[int, list[Line]]]) -> Point | Contradiction:
    values: dict[int, int] = {}
    settled = True
    for variable, rows in reversed(stack):
        low: int | None = None
        high: int | None = None
        middles: dict[int, int] = {}
        for row in rows:
            bottom, top, middle = _interval(row, variable, values)
            low = bottom if low is None else low if bottom is None else max(low, bottom)
            high = top if high is None else high if top is None else min(high, top)
            if middle is not None:
                middles[middle] = middles.get(middle, 0) + 1
        if low is not None and high is not None and low > high:
            mask = 0
            for row in rows:
                mask |= row.mask
            return Contradiction(mask)
        value, is_settled = _chosen(low, high, middles)
        values[variable] = value
        settled = settled and is_settled
    return Point(values, settled)


def _interval(row: Line, variable: int, values: Mapping[int, int]) -> tuple[int | None, int | None, int | None]:
    """Say between which whole numbers a variable lies by one row, and which it is if nothing was rounded."""
    weight = row.weights[variable]
    rest = sum(w * values[v] for v, w in row.weights.items() if v != variable)
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
