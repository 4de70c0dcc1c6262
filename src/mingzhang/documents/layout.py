"""Settling how a grid is set: orientation, size, widths, line breaks and padding, all from estimated widths of text.

Nothing is measured by the typesetter: measuring costs three times what setting does. Lengths are in points.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import msgspec

from mingzhang.documents.columns import indent, needs, shared
from mingzhang.documents.widths import EM, broken, last_line, lines_needed, width

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mingzhang.documents.columns import Need
    from mingzhang.documents.grid import Grid, GridCell

INSET: Final = 3.0
"""Left and right of a cell's text; the template has the same."""

SIZES: Final = (10.5, 10.0, 9.5, 9.0)
"""From the wanted size to the smallest that reads well on paper."""

PADS: Final = (4.4, 4.0, 3.6, 3.2, 2.8, 2.4, 2.0, 1.7)
"""Above and below a row's text."""

_COMFORTABLE: Final = 5
"""So many of them are chosen for saving a page; the narrower ones only keep a table on one page."""

_ROOMY: Final = 3.6
"""More padding than this makes nothing easier to read."""

SMALLER: Final = (8.5, 8.0, 7.5, 7.0, 6.5, 6.0)
"""For tables that no landscape page takes at 9 points."""

SLACK: Final = 1.01
"""Estimated widths are taken this much wider."""

_LABEL_LINES: Final = 3
_WIDE: Final = 18 * EM
_SURE: Final = 0.8
"""A text estimated to take so little of its column is on one line in any font."""

_LONG: Final = 3
"""A text of more lines is left to the typesetter; a shorter one is broken evenly."""


class Page(NamedTuple):
    """The room for a grid on a page."""

    width: float
    height: float
    landscape: bool


class Setting(msgspec.Struct, frozen=True):
    """How a grid is set, and how high each row becomes without padding.

    `sure` are the rows whose height is no estimate: every text in them stands on one line whatever the font.
    """

    size: float
    leading: float
    widths: tuple[float, ...]
    rows: tuple[float, ...]
    sure: tuple[bool, ...]
    texts: dict[tuple[int, int], str]
    landscape: bool = False

    def height(self, pad: float) -> float:
        """Estimate the height with this padding above and below each row."""
        return sum(self.rows) + 2 * pad * len(self.rows)


def set_table(grid: Grid, portrait: Page, landscape: Page, around: float, largest: float = SIZES[0]) -> Setting:
    """Set a table upright where its columns fit without crowding, else across, else smaller.

    `around` is the height of title and notes. Of the sizes that fit, one that spares a page or wrapped lines wins.
    """
    columns = needs(grid)
    wanted = tuple(s for s in SIZES if s <= largest)
    for page, sizes in ((portrait, wanted), (landscape, wanted), (landscape, SMALLER)):
        found = []
        for size in sizes:
            widths = _points(columns, grid, page.width, size)
            if widths is not None and _most_lines(grid, widths, size) <= _LABEL_LINES:
                found.append(setting(grid, widths, size, landscape=page.landscape))
        if found:
            return min(
                found, key=lambda s: (_pages([around + s.height(PADS[-1])], page.height), -_ease(s, around, page))
            )
    widths = _points(columns, grid, landscape.width, SMALLER[-1]) or (landscape.width / grid.columns,) * grid.columns
    return setting(grid, widths, SMALLER[-1], landscape=True)


def _ease(chosen: Setting, around: float, page: Page) -> float:
    """Weigh how easily a table reads: a size larger, more room between rows, fewer wrapped rows."""
    pad = _own_pad(around, chosen, page.height, PADS[0])
    wrapped = sum(row > chosen.size for row in chosen.rows) / max(len(chosen.rows), 1)
    return chosen.size + 0.8 * min(pad, _ROOMY) - 4.0 * wrapped


def setting(grid: Grid, widths: Sequence[float], size: float, *, landscape: bool) -> Setting:
    """Break every cell's text into its column and count how high the rows become."""
    leading = size * 0.2
    texts: dict[tuple[int, int], str] = {}
    rows = [size] * grid.rows
    sure = [True] * grid.rows
    tall: list[tuple[GridCell, float]] = []
    for cell in grid.cells:
        room = _room(widths[cell.column : cell.column + cell.columns], size, cell)
        count = lines_needed(cell.text, room)
        texts[cell.row, cell.column] = _set_text(cell, room, count)
        need = count * size + (count - 1) * leading
        if cell.rows == 1:
            rows[cell.row] = max(rows[cell.row], need)
            sure[cell.row] &= count == 1 and width(cell.text) <= room * _SURE
        else:
            tall.append((cell, need))
            sure[cell.row : cell.row + cell.rows] = [False] * cell.rows
    for cell, need in tall:
        rows[cell.row + cell.rows - 1] += max(0.0, need - sum(rows[cell.row : cell.row + cell.rows]))
    return Setting(size, leading, tuple(round(w, 2) for w in widths), tuple(rows), tuple(sure), texts, landscape)


def _set_text(cell: GridCell, room: int, count: int) -> str:
    """Break labels evenly, and what is filled in where it is narrow or would end in a line of a few characters."""
    if not 1 < count <= _LONG:
        return cell.text
    narrow = cell.role != "value" or room < _WIDE or last_line(cell.text, room) <= 4 * EM
    return broken(cell.text, room) if narrow else cell.text


def _room(widths: Sequence[float], size: float, cell: GridCell) -> int:
    return max(EM, int((sum(widths) - 2 * INSET) / size / SLACK * EM) - indent(cell) * EM)


def _most_lines(grid: Grid, widths: Sequence[float], size: float) -> int:
    labels = (c for c in grid.cells if c.role in {"label", "text"} and c.columns == 1)
    return max((lines_needed(c.text, _room(widths[c.column : c.column + 1], size, c)) for c in labels), default=1)


def _points(columns: Sequence[Need], grid: Grid, available: float, size: float) -> tuple[float, ...] | None:
    """Share out a width in points; the insets of every column come on top of what its text takes."""
    unit = size * SLACK / EM
    widths = shared(columns, grid.sides, int((available - 2 * INSET * grid.columns) / unit))
    return None if widths is None else tuple(w * unit + 2 * INSET for w in widths)


def choose_pads(blocks: Sequence[tuple[float, Setting]], room: float) -> list[float]:
    """Choose the padding of tables that follow each other, as wide as may be without taking more pages.

    A block is the height around a grid, and its setting. A table that needs less to stand on one page gets less.
    """
    tried = {pad: [_own_pad(around, chosen, room, pad) for around, chosen in blocks] for pad in PADS[:_COMFORTABLE]}
    counts = {
        pad: _pages([around + s.height(own) for own, (around, s) in zip(pads, blocks, strict=True)], room)
        for pad, pads in tried.items()
    }
    return next(tried[pad] for pad in tried if counts[pad] == min(counts.values()))


def _own_pad(around: float, chosen: Setting, room: float, widest: float) -> float:
    pads = [p for p in PADS if p <= widest]
    return next((p for p in pads if around + chosen.height(p) <= room), widest)


def _pages(blocks: Sequence[float], room: float) -> int:
    pages, left = 0, 0.0
    for block in blocks:
        if block > left:
            pages += max(1, -int(-block // room))
            left = room - block % room if block > room else room - block
        else:
            left -= block
    return pages
