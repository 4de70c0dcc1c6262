"""Rows of a text whose columns stand apart by blanks, as programs print the text of a PDF: which cell stands in which column.

A blank cell leaves nothing but room, so columns are found as on paper, by what stands above one another. How wide a
character counts differs between programs: Chinese characters are two columns wide on a screen, one in the text of a PDF.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Final

import msgspec

from mingzhang.model.page import Cell, Line
from mingzhang.model.place import Place

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mingzhang.readback.pdf_cells import Grid

_SIZE: Final = 1000
"""The size of a character on the paper that the text is laid on; a line is far enough from the next to stay one."""
_STEP: Final = 3 * _SIZE
_TOGETHER: Final = 20
"""At most one text in so many may share a cell with another."""
_LEAST: Final = 2
_LONGEST: Final = 30
_ENDS: Final = re.compile(
    r"[。；！？：:]|表(?:[(（][^()（）]*[)）])?$|^(?:第[一二三四五六七八九十\d]+部分|[（(]?续表)|^\d{1,3}$"
)


class Spread(msgspec.Struct):
    """One printed line: its texts with the characters before each, and where it stands in the file."""

    texts: list[tuple[str, str]]
    place: Place


class Rows:
    """Gathers neighbouring rows, and lone texts among them: labels without figures, words of a head."""

    def __init__(self) -> None:
        """Begin without rows."""
        self._rows: list[Spread] = []
        self._lone: list[tuple[Spread, Line]] = []

    def take(self, row: Spread) -> None:
        """Take a row; the lone texts since the last are among the rows."""
        self._rows += [x for x, _line in self._lone]
        self._lone.clear()
        self._rows.append(row)

    def may_take(self, line: Line, text: str) -> bool:
        """Take a lone text that may stand among rows; a title, a sentence or a line with a colon ends them."""
        plain = line.text.strip()
        if len(line.cells) > 1 or not self._rows or _ENDS.search(plain) or len(plain) > _LONGEST:
            return False
        before = text[: len(text) - len(text.lstrip())]
        self._lone.append((Spread([(before, plain)], line.place), line))
        return True

    def ended(self) -> list[Line]:
        """Give what was gathered, rows in columns, and the lone texts after them as they are."""
        out = [*aligned(self._rows), *(line for _x, line in self._lone)]
        self._rows, self._lone = [], []
        return out


def aligned(lines: Sequence[Spread]) -> list[Line]:
    """Lay neighbouring rows into columns; rows that show no columns are given as they are."""
    plain = [Line(tuple(Cell(t, x.place) for _, t in x.texts), x.place, guessed=len(x.texts) > 1) for x in lines]
    if len(lines) < _LEAST or sum(len(x.texts) > 1 for x in lines) < _LEAST:
        return plain
    tried = [
        (grid, lost)
        for wide in (1, 2)
        if (grid := _grid(lines, wide)) is not None and (lost := _lost(grid, lines)) >= 0
    ]
    if not tried:
        return plain
    grid, lost = min(tried, key=lambda t: (t[1], len(t[0].edges)))
    texts = sum(len(x.texts) for x in lines)
    if lost * _TOGETHER > texts:
        return plain
    return [_line(row, lines) for row in grid.rows if any(c.text for c in row)]


def _grid(lines: Sequence[Spread], wide: int) -> Grid | None:
    from mingzhang.readback.pdf_columns import grid_of  # noqa: PLC0415 - only for such texts
    from mingzhang.readback.pdf_runs import Run  # noqa: PLC0415

    runs = []
    for n, line in enumerate(lines):
        base = n * _STEP
        row = []
        for before, text in line.texts:
            left = _width(before, wide) * _SIZE // 2
            right = left + _width(text, wide) * _SIZE // 2
            row.append(Run(text, (left, base, right, base + _SIZE), base, _SIZE))
        runs.append(row)
    return grid_of(runs, ())


def _width(text: str, wide: int) -> int:
    return sum(wide if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def _lost(grid: Grid, lines: Sequence[Spread]) -> int:
    """Count the texts that would share a cell with another."""
    return sum(len(x.texts) for x in lines) - sum(bool(c.text) for row in grid.rows for c in row)


def _line(row: Sequence[Cell], lines: Sequence[Spread]) -> Line:
    """Give a row its place in the file, each cell that of the line where its text stands."""
    own = [lines[c.place.box[1] // _STEP].place if c.text and c.place.box is not None else None for c in row]
    first = next(p for p in own if p is not None)
    cells = tuple(Cell(re.sub(r"\s+", " ", c.text), p or first) for c, p in zip(row, own, strict=True))
    return Line(cells, first, guessed=True)
