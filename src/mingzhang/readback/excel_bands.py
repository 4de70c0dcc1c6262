"""Several tables beside one another on a sheet: told apart by a blank column that nothing bridges, and by titles of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import msgspec

from mingzhang.model.page import Cell, Line
from mingzhang.readback.surroundings import around, may_be_title
from mingzhang.readback.titles import is_number_label

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mingzhang.readback.excel_sheets import Grid

_ABOVE: Final = 3
"""A table's title, number, or unit stands within so many of its first rows."""
_NARROWEST: Final = 2


def bands_of(grid: Grid) -> tuple[Grid, ...]:
    """Divide a sheet into the tables that stand beside one another on it, from the left; most sheets are one.

    A blank column inside one table (between the two sides of a balance) divides nothing: what is right of it has no
    title of its own, or a merged title lies over both.
    """
    cuts = _blank_columns(grid)
    if not cuts:
        return (grid,)
    parts = [_between(grid, left, right) for left, right in zip((-1, *cuts), (*cuts, None), strict=True)]
    bands: list[Grid] = []
    for part in parts:
        if not part.cells:
            continue
        if bands and not _begins(part):
            bands[-1] = _joined(bands[-1], part)
        else:
            bands.append(part)
    return tuple(bands) if len(bands) > 1 else (grid,)


def _blank_columns(grid: Grid) -> list[int]:
    """Find the columns inside a sheet in which nothing stands, shown or hidden, and over which nothing is merged."""
    filled = {column for _row, column in grid.cells}
    for top, left, _bottom, right in grid.merged:
        if (top, left) in grid.cells:
            filled.update(range(left, right + 1))
    if not filled:
        return []
    return [c for c in range(min(filled), max(filled)) if c not in filled and c not in grid.hidden_columns]


def _between(grid: Grid, left: int, right: int | None) -> Grid:
    def inside(column: int) -> bool:
        return left < column and (right is None or column < right)

    return msgspec.structs.replace(
        grid,
        cells={spot: value for spot, value in grid.cells.items() if inside(spot[1])},
        merged=tuple(m for m in grid.merged if inside(m[1])),
        unsolved=tuple(spot for spot in grid.unsolved if inside(spot[1])),
    )


def _joined(one: Grid, other: Grid) -> Grid:
    return msgspec.structs.replace(
        one,
        cells=one.cells | other.cells,
        merged=(*one.merged, *other.merged),
        unsolved=(*one.unsolved, *other.unsolved),
    )


def _begins(part: Grid) -> bool:
    """Tell whether a band has its own title, number or unit above it, and columns below."""
    rows = sorted({row for row, _column in part.cells})
    wide = len({column for _row, column in part.cells})
    return wide >= _NARROWEST and any(_is_above(_texts(part, row)) for row in rows[:_ABOVE])


def _texts(part: Grid, row: int) -> list[str]:
    return [str(v) for (r, _column), v in sorted(part.cells.items()) if r == row and isinstance(v, str)]


def _is_above(texts: Sequence[str]) -> bool:
    """Tell whether a row says what table begins below it."""
    if len(texts) == 1 and (may_be_title(texts[0]) or is_number_label(texts[0])):
        return True
    return bool(texts) and bool(around(Line(tuple(map(Cell, texts)))))
