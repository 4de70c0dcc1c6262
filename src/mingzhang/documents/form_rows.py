"""Building a form's grid row by row: labels, values, figures, and the tree of indicators."""

from __future__ import annotations

from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Final

import msgspec

from mingzhang.documents.grid import Grid, GridCell, printed
from mingzhang.model.performance import Indicator

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mingzhang.forms.performance import Frame
    from mingzhang.model.figure import Figure

COLUMNS: Final = 8
"""A form stands on eight columns: group, level 1, then level 2, level 3 and value of either side."""

_SINGLE: Final = ((2, 1), (3, 3), (6, 2))
_PERIOD: Final = ((2, 1), (3, 1), (4, 1))
_ANNUAL: Final = ((5, 1), (6, 1), (7, 1))


class FormPage(msgspec.Struct, frozen=True):
    """One form to be printed: headings, grid, and the line of names below; `split` is the row where indicators begin."""

    title: str
    year_line: str
    grid: Grid
    footer: tuple[str, ...] = ()
    split: int = 0


class FormRows:
    """A form's cells, filled from the top; every row must be tiled by what is put into it."""

    def __init__(self) -> None:
        """Start with no rows."""
        self.cells: list[GridCell] = []
        self.row = 0

    def field(self, column: int, columns: int, text: str, rows: int = 1, down: int = 0) -> None:
        """Put a label of the form."""
        self.cells.append(GridCell(self.row + down, column, text, "field", rows, columns))

    def value(self, column: int, columns: int, text: str, rows: int = 1, down: int = 0) -> None:
        """Put a text that is filled in."""
        self.cells.append(GridCell(self.row + down, column, text, "value", rows, columns))

    def named(self, column: int, columns: int, text: str, rows: int = 1, down: int = 0) -> None:
        """Put the name of a class of indicators, or another short word."""
        self.cells.append(GridCell(self.row + down, column, text, "class", rows, columns))

    def figure(self, column: int, columns: int, figure: Figure | None, suffix: str = "") -> None:
        """Put a figure; with a unit behind it, it is a text."""
        text = printed(figure)
        if suffix and text and not text.endswith(suffix):
            text, figure = text + suffix, None
        self.cells.append(GridCell(self.row, column, text, "figure", 1, columns, figure))

    def next(self, rows: int = 1) -> None:
        """Go on to the next row."""
        self.row += rows

    def texts(self, label: str, text: str) -> None:
        """Put one row of a label and a long text."""
        self.field(0, 2, label)
        self.value(2, COLUMNS - 2, text)
        self.next()

    def indicators(self, group: str, frame: Frame, period: Sequence[Indicator], annual: Sequence[Indicator]) -> None:
        """Put the indicator table: either side as printed, runs of one class merged and set beside each other."""
        sides = [(s, i) for s, i in ((_PERIOD, period), (_ANNUAL, annual)) if i] or [(_PERIOD, ()), (_ANNUAL, ())]
        if len(sides) == 1:
            sides = [(_SINGLE, sides[0][1])]
        blocks = list(_aligned([_runs(i) for _, i in sides]))
        height = sum(b.height for b in blocks)
        self.field(0, 1, group, rows=height + 1)
        self.field(1, 1, frame.head[0])
        for places, _ in sides:
            for (column, columns), text in zip(places, frame.head[1:], strict=True):
                self.field(column, columns, text)
        self.next()
        top = self.row
        for first, last in _same_level1(blocks):
            rows = sum(b.height for b in blocks[first:last])
            self.named(1, 1, blocks[first].level1, rows, top - self.row)
            top += rows
        for block in blocks:
            for (places, _), run in zip(sides, block.runs, strict=True):
                self._run(places, run, block.height)
            self.next(block.height)

    def _run(self, places: tuple[tuple[int, int], ...], run: Sequence[Indicator], height: int) -> None:
        level2, level3, value = places
        self.named(*level2, run[0].level2 if run else "", height)
        for n in range(height):
            line = run[n] if n < len(run) else None
            self.value(*level3, line.level3 if line else "", 1, n)
            self.named(*value, line.value if line else "", 1, n)

    def grid(self) -> Grid:
        """Give the grid of everything put."""
        return Grid(COLUMNS, 0, self.row, tuple(sorted(self.cells, key=lambda c: (c.row, c.column))))


class _Block(msgspec.Struct, frozen=True):
    """Runs of one class, one of each side, that stand beside each other."""

    level1: str
    runs: tuple[tuple[Indicator, ...], ...]

    @property
    def height(self) -> int:
        return max(len(r) for r in self.runs)


def _runs(indicators: Sequence[Indicator]) -> list[tuple[Indicator, ...]]:
    runs: list[list[Indicator]] = []
    for line in indicators:
        if runs and (runs[-1][0].level1, runs[-1][0].level2) == (line.level1, line.level2):
            runs[-1].append(line)
        else:
            runs.append([line])
    return [tuple(r) for r in runs]


def _aligned(sides: list[list[tuple[Indicator, ...]]]) -> Iterator[_Block]:
    """Set the runs of two sides beside each other where they are of one class; the order of either side is kept."""
    if len(sides) == 1:
        yield from (_Block(r[0].level1, (r,)) for r in sides[0])
        return
    left, right = sides
    keys = [[(r[0].level1, r[0].level2) for r in side] for side in sides]
    for tag, a, b, c, d in SequenceMatcher(None, keys[0], keys[1], autojunk=False).get_opcodes():
        if tag == "equal":
            yield from (_Block(x[0].level1, (x, y)) for x, y in zip(left[a:b], right[c:d], strict=True))
        else:
            yield from (_Block(x[0].level1, (x, ())) for x in left[a:b])
            yield from (_Block(y[0].level1, ((), y)) for y in right[c:d])


def _same_level1(blocks: Sequence[_Block]) -> Iterator[tuple[int, int]]:
    start = 0
    for i in range(1, len(blocks) + 1):
        if i == len(blocks) or blocks[i].level1 != blocks[start].level1:
            yield start, i
            start = i
