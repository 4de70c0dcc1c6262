"""Columns of a form that no ruling divides: where they are cut between words of a head, and which pieces stand in each."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from mingzhang.readback.performance_bits import Bit

_FAR: Final = 4
"""What it costs to put two pieces with a wide gap between into one column, in half letters of overflow."""
_REACH: Final = 6
"""Half letters by which columns of characters may be shifted beside the words of their head."""
_SURE: Final = 2
_FREE: Final = 1
"""Half letters over a cut that say nothing: columns of characters are rounded."""


def best_cut(
    lines: Sequence[Sequence[Bit]],
    left: int,
    right: int,
    half: int = 1,
    gaps: Sequence[tuple[int, int]] = (),
    *,
    both: bool = False,
) -> int:
    """Give the place between two words of a head that least stands across, in the middle of the widest such gap.

    `gaps` are further stretches between which columns are known to part; it may lie a little outside the two words for them.
    With `both` the place is where most lines have texts on both sides, and neither side has none.
    """
    reach = _REACH * half if gaps else 0
    low, high = min(left, right) - reach, max(left, right) + reach
    inside = {e for line in lines for b in line for e in (b.left, b.right) if low < e < high}
    marks = sorted({low, high, left, right, *inside})

    def cost(gap: tuple[int, int]) -> tuple[int, int]:
        at = sum(gap)
        over = sum(
            min(2 * b.right - at, at - 2 * b.left) for line in lines for b in line if 2 * b.left < at < 2 * b.right
        )
        beside = sum(_SURE * max(0, 2 * a - at, at - 2 * b) for a, b in (*gaps, (left, right)))
        parted = sum(2 * line[0].right <= at <= 2 * line[-1].left for line in lines if line) if both else 0
        if both and len({b.middle > at for line in lines for b in line}) > 1:
            parted += 1  # neither side is without a text
        return over + beside - parted, gap[0] - gap[1]

    best = min(pairwise(marks), key=cost, default=(left, left))
    return (best[0] + best[1]) // 2


def placed(
    line: Sequence[Bit], cuts: Sequence[int], half: int, suits: Sequence[Callable[[Bit], int] | None] = ()
) -> tuple[list[list[Bit]], int]:
    """Put the pieces of a line into the columns between cuts, in order, so that least stands over; give that in half letters.

    `suits` tell for each column how ill a piece suits it, by what it says.
    """
    count = len(cuts) + 1
    edges = [None, *cuts, None]
    # best[k]: the least cost with the last piece so far in column k, and the columns of all pieces.
    best: list[tuple[int, tuple[int, ...]]] = [(0, ())] * count
    for n, bit in enumerate(line):
        now: list[tuple[int, tuple[int, ...]]] = []
        for k in range(count):
            suit = suits[k] if suits else None
            over = _over(bit, edges[k], edges[k + 1], half) + (suit(bit) if suit is not None else 0)
            ways = []
            for t in range(k + 1):
                cost, columns = best[t]
                if n and columns[-1] != t:
                    continue
                same = bool(n) and columns[-1] == k
                ways.append((cost + over + (_FAR if same and not bit.near else 0), columns))
                if not n:
                    break
            if ways:
                cost, columns = min(ways)
                now.append((cost, (*columns, k)))
            else:
                now.append((10**6, (*([0] * n), k)))
        best = now
    cost, columns = min(best) if line else (0, ())
    cells: list[list[Bit]] = [[] for _ in range(count)]
    for bit, k in zip(line, columns, strict=True):
        cells[k].append(bit)
    over = sum(_over(b, edges[k], edges[k + 1], half) for b, k in zip(line, columns, strict=True))
    return cells, over


def _over(bit: Bit, left: int | None, right: int | None, half: int) -> int:
    """Measure how far a piece stands over the edges of a column, in half letters, a trifle being none."""
    over = max(0, 0 if left is None else left - bit.left) + max(0, 0 if right is None else bit.right - right)
    return max(0, over // half - _FREE)
