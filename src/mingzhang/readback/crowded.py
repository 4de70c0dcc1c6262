"""Several numbers in one cell of a row: put into the blank cells beside it, in order, and doubted."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from msgspec.structs import replace

from mingzhang.model.figure import read_figure
from mingzhang.model.language import later

if TYPE_CHECKING:
    from mingzhang.model.page import Cell, Line

FROM_ONE_CELL: Final = later("几个数字印在一格里，按次序分到旁边的空格")
_MONEY: Final = re.compile(r"[-−－]?\d{1,3}(?:[,，]?\d{3})*[.．]\d{1,4}")


def spread(line: Line) -> tuple[Line, tuple[int, ...]]:
    """Give the line with such cells spread, and the positions of the cells that were filled.

    Only numbers with decimal places are taken for several: `1 234.56` is one number with a blank in it.
    """
    cells, filled = list(line.cells), []
    for n, cell in enumerate(line.cells):
        parts = cell.text.split()
        if len(parts) < 2 or not all(_MONEY.fullmatch(p) and read_figure(p, "元") is not None for p in parts):
            continue
        own = _free(cells, n, len(parts))
        if own:
            for at, part in zip(own, parts, strict=True):
                cells[at] = replace(cell, text=part)
            filled += own
    return (replace(line, cells=tuple(cells)), tuple(filled)) if filled else (line, ())


def _free(cells: list[Cell], n: int, count: int) -> list[int]:
    """Find so many neighbouring cells, this one among them, of which all others are blank: to the right, else left."""
    for start in (n, n - count + 1):
        own = range(start, start + count)
        if start >= 0 and start + count <= len(cells) and all(i == n or not cells[i].text for i in own):
            return list(own)
    return []
