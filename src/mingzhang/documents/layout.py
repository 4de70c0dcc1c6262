"""Settling how a grid is set: orientation, size, widths, line breaks and padding, all from estimated widths of text.

Nothing is measured by the typesetter: measuring costs three times what setting does. Lengths are in points.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

import msgspec

from mingzhang.documents.widths import EM, broken, lines_needed, longest_piece, width

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from mingzhang.documents.grid import Grid, GridCell

INSET: Final = 3.5
"""Left and right of a cell's text; the template has the same."""

SIZES: Final = (10.5, 10.0, 9.5, 9.0)
"""From the wanted size to the smallest that reads well on paper."""

SMALLER: Final = (8.5, 8.0, 7.5, 7.0, 6.5, 6.0)
"""For tables that no landscape page takes at 9 points."""

_SLACK: Final = 1.02
"""Estimated widths are taken this much wider."""

_LABEL_LEAST: Final = 6 * EM
_LABEL_LINES: Final = 3
_HEAD_LINES: Final = 3
_LONG: Final = 3
"""A text of more lines is left to the typesetter; a shorter one is broken evenly."""


class Page(NamedTuple):
    """The room for a grid on a page."""

    width: float
    height: float
    landscape: bool


class Setting(msgspec.Struct, frozen=True):
    """How a grid is set, and how high each row becomes without padding."""

    size: float
    leading: float
    widths: tuple[float, ...]
    rows: tuple[float, ...]
    texts: dict[tuple[int, int], str]
    landscape: bool = False

    def height(self, pad: float) -> float:
        """Estimate the height with this padding above and below each row."""
        return sum(self.rows) + 2 * pad * len(self.rows)


def set_table(grid: Grid, portrait: Page, landscape: Page) -> Setting:
    """Set a table upright where its columns fit without crowding, else across, else smaller."""
    for page in (portrait, landscape):
        for size in SIZES:
            widths = _table_widths(grid, page.width, size)
            if widths is not None and _most_lines(grid, widths, size) <= _LABEL_LINES:
                return setting(grid, widths, size, landscape=page.landscape)
    for size in (*SIZES, *SMALLER):
        widths = _table_widths(grid, landscape.width, size)
        if widths is not None:
            return setting(grid, widths, size, landscape=True)
    even = (landscape.width / grid.columns,) * grid.columns
    return setting(grid, even, SMALLER[-1], landscape=True)


def setting(grid: Grid, widths: Sequence[float], size: float, *, landscape: bool) -> Setting:
    """Break every cell's text into its column and count how high the rows become."""
    leading = size * 0.2
    texts: dict[tuple[int, int], str] = {}
    rows = [size] * grid.rows
    tall: list[tuple[GridCell, float]] = []
    for cell in grid.cells:
        room = _room(widths[cell.column : cell.column + cell.columns], size, cell)
        count = lines_needed(cell.text, room)
        texts[cell.row, cell.column] = broken(cell.text, room) if 1 < count <= _LONG else cell.text
        need = count * size + (count - 1) * leading
        if cell.rows == 1:
            rows[cell.row] = max(rows[cell.row], need)
        else:
            tall.append((cell, need))
    for cell, need in tall:
        rows[cell.row + cell.rows - 1] += max(0.0, need - sum(rows[cell.row : cell.row + cell.rows]))
    return Setting(size, leading, tuple(round(w, 2) for w in widths), tuple(rows), texts, landscape)


def _room(widths: Sequence[float], size: float, cell: GridCell) -> int:
    return max(EM, int((sum(widths) - 2 * INSET) / size / _SLACK * EM) - indent(cell) * EM)


def indent(cell: GridCell) -> int:
    """Give the characters by which a label is set in: 款 one, 项 two."""
    return max(0, (cell.level or 0) - 1) if cell.role == "label" else 0


def _most_lines(grid: Grid, widths: Sequence[float], size: float) -> int:
    labels = (c for c in grid.cells if c.role in {"label", "text"} and c.columns == 1)
    return max((lines_needed(c.text, _room(widths[c.column : c.column + 1], size, c)) for c in labels), default=1)


def _table_widths(grid: Grid, available: float, size: float) -> tuple[float, ...] | None:
    """Share out the width: figures and codes never break, figures of one side are equally wide, labels give way."""
    least, natural, flexible = [], [], []
    for column in range(grid.columns):
        cells = [c for c in grid.cells if c.column == column and c.columns == 1]
        stiff = [width(c.text) for c in cells if c.role in {"figure", "code"}]
        heads = [(-(-width(c.text) // _HEAD_LINES), longest_piece(c.text)) for c in cells if c.role == "head"]
        labels = [(width(c.text) + indent(c) * EM, longest_piece(c.text)) for c in cells if c.role in {"label", "text"}]
        short = max([2 * EM, *stiff, *(max(h) for h in heads)])
        wide = max([short, *(n for n, _ in labels), *(min(width(c.text), 4 * EM) for c in cells if c.role == "head")])
        least.append(max([short, *(max(min(n, _LABEL_LEAST), p) for n, p in labels)]) * size * _SLACK / EM + 2 * INSET)
        natural.append(wide * size * _SLACK / EM + 2 * INSET)
        flexible.append(bool(labels))
    if sum(least) > available:
        return None
    over = sum(natural) - available
    if over > 0:
        give = [n - m for n, m in zip(natural, least, strict=True)]
        return tuple(n - over * g / sum(give) for n, g in zip(natural, give, strict=True))
    return _spread(grid, natural, flexible, available)


def _spread(grid: Grid, natural: list[float], flexible: list[bool], available: float) -> tuple[float, ...]:
    """Give what is left first to make figure columns of one side alike, then to all in proportion."""
    widths = list(natural)
    starts = (0, *grid.sides, grid.columns)
    for first, last in pairwise(starts):
        figures = [c for c in range(first, last) if not flexible[c] and _is_figure(grid, c)]
        widest = max((widths[c] for c in figures), default=0.0)
        extra = sum(widest - widths[c] for c in figures)
        if extra <= available - sum(widths):
            for c in figures:
                widths[c] = widest
    scale = available / sum(widths)
    return tuple(w * scale for w in widths)


def _is_figure(grid: Grid, column: int) -> bool:
    return any(c.role == "figure" and c.column == column for c in grid.cells)


def choose_pad(heights: Iterable[float], rows: Iterable[int], room: float, pads: Sequence[float]) -> float:
    """Choose the widest padding with which everything takes as few pages as with the narrowest."""
    blocks = list(zip(heights, rows, strict=True))
    counts = {pad: _pages([h + 2 * pad * n for h, n in blocks], room) for pad in pads}
    return next(pad for pad in pads if counts[pad] == min(counts.values()))


def _pages(blocks: Sequence[float], room: float) -> int:
    pages, left = 0, 0.0
    for block in blocks:
        if block > left:
            pages += max(1, -int(-block // room))
            left = room - block % room if block > room else room - block
        else:
            left -= block
    return pages
