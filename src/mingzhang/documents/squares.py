"""Dividing a rectangle by amounts into pieces as square as may be, in whole units that leave nothing over."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence


class Area(NamedTuple):
    """A rectangle by its upper left corner and its sides."""

    x: int
    y: int
    width: int
    height: int


def squarified(amounts: Sequence[int], area: Area) -> list[Area]:
    """Divide an area by amounts above zero, the largest first; row by row along its shorter side."""
    out: list[Area] = []
    left = list(amounts)
    while left:
        whole = sum(left)
        count = _row(left, whole, area)
        row = sum(left[:count])
        across = area.width >= area.height
        thick = (area.width if across else area.height) * row // whole
        length, at = area.height if across else area.width, 0
        begun = 0
        for value in left[:count]:
            begun += value
            end = length * begun // row
            piece = (area.x, area.y + at, thick, end - at) if across else (area.x + at, area.y, end - at, thick)
            out.append(Area(*piece))
            at = end
        x, y = (area.x + thick, area.y) if across else (area.x, area.y + thick)
        area = Area(x, y, area.width - (thick if across else 0), area.height - (0 if across else thick))
        left = left[count:]
    return out


def _row(left: Sequence[int], whole: int, area: Area) -> int:
    """Count how many pieces stand in the next row: as long as the least square among them does not get worse."""
    short, long = sorted((area.width, area.height))
    if not short or not long:
        return len(left)
    best, count = None, 0
    for n in range(1, len(left) + 1):
        row = sum(left[:n])
        worst = max(_lengthy(value, row, whole, short, long) for value in (left[0], left[n - 1]))
        if best is not None and worst > best:
            break
        best, count = worst, n
    return max(count, 1)


def _lengthy(value: int, row: int, whole: int, short: int, long: int) -> int:
    """Give the ratio of a piece's sides in thousandths, the longer by the shorter."""
    thick, side = long * row * 1000 // whole + 1, short * value * 1000 // row + 1
    return max(thick, side) * 1000 // min(thick, side)
