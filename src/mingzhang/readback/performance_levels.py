"""Names of levels that stand at the first row of their group, in its middle, or on each row: which rows are whose."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import msgspec

from mingzhang.readback.performance_bits import Found, labels_in
from mingzhang.readback.performance_wraps import NEVER

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from mingzhang.readback.performance_bits import Bit

_TOP: Final = 4
_MIDDLE: Final = 2
_OUTSIDE: Final = 10
_EMPTY: Final = 1
_WITHOUT: Final = 3
_LITTLE: Final = 16
_MORE: Final = 4


class Level(msgspec.Struct, frozen=True):
    """A name of a level with the rows that are its own, from `first` to before `end`; none where both are the same."""

    name: Found
    first: int
    end: int


def names_of(bits: Sequence[Bit], spellings: Mapping[str, int]) -> list[Found]:
    """Find the known names in a column of levels, whole or broken over lines, from the top."""
    lines: list[list[Bit]] = []
    for bit in sorted(bits, key=lambda b: (b.line, b.left)):
        while len(lines) <= bit.line:
            lines.append([])
        lines[bit.line].append(bit)
    found, _rest = labels_in(lines, dict.fromkeys(spellings, ""), fewest=1)
    return sorted(found, key=lambda f: f.first + f.last)


def shared(names: Sequence[Found], rows: Sequence[tuple[int, int]]) -> tuple[list[Level], int]:
    """Share rows (first and last line of each) out to names in order, each a run of them; give also what it cost.

    Rows above the first name may have none: they go on from the page before.
    """
    if not names:
        return [], 0
    most = _LITTLE
    while True:  # what costs little is found fast where all that costs more is left out
        ways = [_shared(names, rows, most, top=top) for top in (True, False)]
        best = min(ways, key=lambda w: w[1])
        if best[1] < NEVER or most >= NEVER:
            return best
        most = min(_MORE * most, NEVER)


def _shared(
    names: Sequence[Found], rows: Sequence[tuple[int, int]], most: int, *, top: bool
) -> tuple[list[Level], int]:
    """Share rows out in the cheapest way that costs less than `most`."""
    count = len(rows)
    # best[r]: the least cost of the names so far with the first r rows shared out, and where each name's rows begin.
    best: list[tuple[int, tuple[int, ...]]]
    best = [(_WITHOUT * r if _WITHOUT * r < most else NEVER, ()) for r in range(count + 1)]
    for name in names:
        now: list[tuple[int, tuple[int, ...]]] = [(NEVER, ())] * (count + 1)
        for a, (before, starts) in enumerate(best):
            for end in range(a, count + 1) if before < most else ():
                cost = before + _cost(name, rows, a, end, top=top)
                if cost < most:
                    now[end] = min(now[end], (cost, (*starts, a)))
                elif end > a and rows[a][0] + rows[end - 1][1] > 2 * name.last:
                    break  # further rows would cost still more
        best = now
    cost, starts = best[count]
    if cost >= NEVER:
        return [], NEVER
    ends = (*starts[1:], count)
    return [Level(n, a, b) for n, a, b in zip(names, starts, ends, strict=True)], cost


def _cost(name: Found, rows: Sequence[tuple[int, int]], a: int, end: int, *, top: bool) -> int:
    if a == end:
        above = a > 0 and rows[a - 1][1] >= name.last
        below = a < len(rows) and rows[a][0] <= name.first
        return NEVER if above or below else _EMPTY
    first, last = rows[a][0], rows[end - 1][1]
    outside = max(0, first - name.last) + max(0, name.first - last)
    if top:
        return _TOP * abs(first - name.first) + _OUTSIDE * outside
    beside = abs(first + last - name.first - name.last)
    return _MIDDLE * max(0, beside - 1) + bool(beside) + _OUTSIDE * outside
