"""Which lines make one row where nothing divides them: the cheapest way to cut a run of lines, and how sure it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

NEVER: Final = 10**6
"""The cost of what cannot be."""
_CLOSE: Final = 1


class Cut(NamedTuple):
    """Runs of lines (first and last) that make rows, what they cost, and which of them may as well begin or end elsewhere."""

    rows: tuple[tuple[int, int], ...]
    cost: int
    unsure: tuple[bool, ...]


def cut_into_rows(count: int, cost: Callable[[int, int], int], most: int, close: int = _CLOSE) -> Cut:
    """Cut lines 0 to `count` - 1 into rows of at most `most` lines so that `cost(first, last)` adds up to the least.

    A row is unsure where another cut costs at most `close` more.
    """
    costs = {(i, j): own for i in range(count) for j in range(i, min(i + most, count)) if (own := cost(i, j)) < NEVER}
    before, come = _sums(count, costs)
    if before[count] >= NEVER:
        return Cut((), NEVER, ())
    after = _rest(count, costs)
    rows: list[tuple[int, int]] = []
    at = count
    while at:
        rows.append((come[at], at - 1))
        at = come[at]
    rows.reverse()
    other: dict[tuple[int, int], int] = {}
    chosen = set(rows)
    # A row is unsure if a cut with another row over one of its lines costs hardly more.
    least = [NEVER] * count
    for (i, j), own in costs.items():
        if (i, j) not in chosen:
            total = before[i] + own + after[j + 1]
            for line in range(i, j + 1):
                least[line] = min(least[line], total)
    for row in rows:
        other[row] = min(least[row[0] : row[1] + 1])
    return Cut(tuple(rows), before[count], tuple(other[r] - before[count] <= close for r in rows))


def _sums(count: int, costs: dict[tuple[int, int], int]) -> tuple[list[int], list[int]]:
    """Give the least cost of the lines before each, and where the row before it begins."""
    before, come = [0] + [NEVER] * count, [0] * (count + 1)
    for (i, j), own in sorted(costs.items(), key=lambda c: c[0][1]):
        if before[i] + own < before[j + 1]:
            before[j + 1], come[j + 1] = before[i] + own, i
    return before, come


def _rest(count: int, costs: dict[tuple[int, int], int]) -> list[int]:
    """Give the least cost of the lines from each on."""
    after = [NEVER] * count + [0]
    for (i, j), own in sorted(costs.items(), key=lambda c: -c[0][0]):
        after[i] = min(after[i], own + after[j + 1])
    return after
