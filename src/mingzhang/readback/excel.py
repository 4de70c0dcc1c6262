"""The workbook of a disclosure that somebody else made: sheets to lines of cells, tables as they lie on them.

A page is a sheet, counted from 1, and a line is its row. What is hidden is not read, and told. A number is read as its
cell shows it; where the cell's format leaves open how many places it has, its cell is named, and they are settled when
it is known which form the table is of.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import msgspec

from mingzhang.model.fault import UnreadableInput
from mingzhang.model.keys import folded
from mingzhang.model.language import gettext as _
from mingzhang.model.page import Cell, Line, Page
from mingzhang.model.place import Place
from mingzhang.model.workbook import cell_name
from mingzhang.readback.excel_bands import bands_of
from mingzhang.readback.excel_formats import places_of, shown
from mingzhang.readback.excel_sheets import Number
from mingzhang.readback.limits import MAX_WORKBOOK_CELLS
from mingzhang.readback.surroundings import SENTENCE, around, is_note, may_be_title
from mingzhang.readback.titles import is_number_label

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from collections.abc import Set as AbstractSet

    from mingzhang.readback.excel_sheets import Grid, Spot

_NO_NAME: Final = re.compile(r"(?i)(?:sheet|工作表|表)?\s*\d*")
_ORDINAL: Final = re.compile(r"^\d{1,2}[.、_\-\s]+")
_CODE_PARTS: Final = frozenset({"款", "项"})
_SPACE: Final = re.compile(r"[ \xa0\t]+")
_LONGEST_ROW: Final = 60


class Workbook(msgspec.Struct, frozen=True):
    """A workbook's sheets as pages, what of it was not read or is odd, and the cells whose places are open."""

    pages: tuple[Page, ...]
    doubts: tuple[str, ...] = ()
    open_places: frozenset[Place] = frozenset()


def laid_out(grids: Sequence[Grid], name: str) -> Workbook:
    """Lay the shown sheets of a workbook out as pages.

    Raises:
        UnreadableInput: nothing is shown in it, or its tables are too large.
    """
    # a sheet called 3 is no reason to take an amount of 3 for a way to it
    names = frozenset(n for g in grids if not (n := g.name.strip()).replace(".", "").isdigit())
    shown = [(n, g) for n, g in enumerate(grids, start=1) if not g.hidden]
    sheets = [_Sheet(band, n, names - {g.name.strip()}) for n, g in shown for band in bands_of(g)]
    if sum(s.area for s in sheets) > MAX_WORKBOOK_CELLS:
        raise UnreadableInput(_("工作表内容过多"), place=name)
    pages = tuple(Page(lines, s.number) for s in sheets if (lines := tuple(s.lines())))
    if not pages:
        raise UnreadableInput(_("工作簿里没有文字"), place=name)
    away = [g.name for g in grids if g.hidden and g.cells]
    doubts = [_("隐藏的工作表没有读入：{names}").format(names=_("、").join(away))] if away else []
    doubts += [d for s in sheets for d in s.doubts()]
    return Workbook(pages, tuple(doubts), frozenset(p for s in sheets for p in s.open_places))


class _Sheet:
    """One sheet: its rows divided where one table ends and another begins, each table as wide as itself."""

    def __init__(self, grid: Grid, number: int, others: AbstractSet[str]) -> None:
        """Take what is shown; a text that is just the name of one of the `others` only leads there."""
        self.number = number
        self.open_places: list[Place] = []
        self._grid = grid
        self._longer: list[Spot] = []
        self._padded: list[Spot] = []
        self._hidden: list[Spot] = []
        self._texts: dict[Spot, str] = {}
        for spot, value in grid.cells.items():
            if spot[0] in grid.hidden_rows or spot[1] in grid.hidden_columns:
                self._hidden.append(spot)
            elif (text := self._shown(spot, value)) and text not in others:
                self._texts[spot] = text
        self._spans = {(a[0], a[1]): (a[2] - a[0] + 1, a[3] - a[1] + 1) for a in grid.merged}
        self._rows: dict[int, list[int]] = {}
        for row, column in sorted(self._texts):
            self._rows.setdefault(row, []).append(column)

    @property
    def area(self) -> int:
        """Give how many cells its lines have, blank ones too."""
        return sum((right - left + 1) * len(rows) for rows, left, right in self._tables())

    def lines(self) -> Iterator[Line]:
        """Give its lines; a table without any title above it gets the sheet's name, unless that says nothing."""
        tables = list(self._tables())
        named = _ORDINAL.sub("", self._grid.name.strip())
        if tables and not _NO_NAME.fullmatch(named) and self._lacks_title(tables[0]):
            place = Place(page=self.number, line=1, sheet=self._grid.name)
            yield Line((Cell(named, place),), place)
        for rows, left, right in tables:
            prose = self._is_prose(rows)
            for row in rows:
                yield self._line(row, left, right, prose=prose)

    def doubts(self) -> Iterator[str]:
        """Tell what of it is not read as it is stored."""
        told = (
            (self._hidden, _("“{sheet}”隐藏的行或列里有 {count} 个单元格，没有读入（{first} 等）")),
            (self._grid.unsolved, _("“{sheet}”有 {count} 个公式没有存结果，读作空白（{first} 等）")),
            (self._longer, _("“{sheet}”有 {count} 个数字存的位数比显示的多，按显示的读（{first} 等）")),
            (self._padded, _("“{sheet}”有 {count} 个编码存为数字，补回了前面的零（{first} 等）")),
        )
        for spots, text in told:
            if spots:
                yield text.format(sheet=self._grid.name, count=len(spots), first=cell_name(*min(spots)))

    def _shown(self, spot: Spot, value: str | Number) -> str:
        """Give the text that a cell shows."""
        if not isinstance(value, Number):
            return _SPACE.sub(" ", _joined(value)).strip(" \u3000\u200b\ufeff")
        text = shown(value.value, value.format)
        if text is None:
            text = f"{value.value:f}"
            text = text.rstrip("0").rstrip(".") if "." in text else text
            if len(text) == 1 and self._under_code_part(spot):
                self._padded.append(spot)
                text = f"0{text}"
            self.open_places.append(self._place(*spot))
            return "" if text == "0" and not self._grid.zeros else text
        places = places_of(value.format)
        if places is not None and value.value != round(value.value, places + 2 * ("%" in value.format)):
            self._longer.append(spot)
        return "" if value.value == 0 and not self._grid.zeros else text

    def _under_code_part(self, spot: Spot) -> bool:
        """Tell whether the nearest text above a cell that is no number is the head of a part of a code."""
        row, column = spot
        above = (self._grid.cells.get((r, column)) for r in range(row - 1, max(row - 500, -1), -1))
        head = next((v for v in above if isinstance(v, str) and not v.strip().isdigit()), "")
        return folded(head) in _CODE_PARTS

    def _tables(self) -> Iterator[tuple[list[int], int, int]]:
        """Give runs of rows that belong together, with the first and the last column of each."""
        run: list[int] = []
        for row, columns in self._rows.items():
            if run and (row != run[-1] + 1 or self._begins(row, columns)) and not self._bridged(run[-1], row):
                yield self._extent(run)
                run = []
            run.append(row)
        if run:
            yield self._extent(run)

    def _begins(self, row: int, columns: Sequence[int]) -> bool:
        """Tell whether a row stands above a table or under it: what follows it may be another."""
        text = self._texts[row, columns[0]]
        if around(Line(tuple(Cell(self._texts[row, c]) for c in columns))):
            return True
        return len(columns) == 1 and (may_be_title(text) or is_number_label(text) or is_note(text))

    def _bridged(self, above: int, row: int) -> bool:
        """Tell whether hidden rows alone, or a merged cell, join two rows."""
        between = range(above + 1, row)
        if between and all(r in self._grid.hidden_rows for r in between):
            return not self._begins(row, self._rows[row])
        return any(a[0] <= above < row <= a[2] and (a[0], a[1]) in self._texts for a in self._grid.merged)

    def _extent(self, rows: list[int]) -> tuple[list[int], int, int]:
        wide = [r for r in rows if len(self._rows[r]) > 1] or rows
        left = min(self._rows[r][0] for r in wide)
        right = max(c + self._spans.get((r, c), (1, 1))[1] - 1 for r in wide for c in self._rows[r])
        return rows, min(left, *(self._rows[r][0] for r in rows)), right

    def _lacks_title(self, table: tuple[list[int], int, int]) -> bool:
        """Tell whether the first row of a sheet is a table's head already, or only says whose and in what unit."""
        for row in table[0]:
            columns = self._rows[row]
            if not around(Line(tuple(Cell(self._texts[row, c]) for c in columns))):
                return len(columns) > 1
        return False

    def _is_prose(self, rows: Sequence[int]) -> bool:
        """Tell running text, one paragraph in a row, from a table some of whose rows have a name alone."""
        alone = [self._texts[r, self._rows[r][0]] for r in rows if len(self._rows[r]) == 1]
        return 2 * len(alone) >= len(rows) and any(SENTENCE.search(t) and not is_note(t) for t in alone)

    def _line(self, row: int, left: int, right: int, *, prose: bool) -> Line:
        place = Place(page=self.number, line=row + 1, sheet=self._grid.name, cell=f"{row + 1}")
        columns = self._rows[row]
        alone = len(columns) == 1 and (prose or self._is_text(row, columns[0], left, right))
        if alone or self._begins(row, columns):
            return Line(tuple(Cell(self._texts[row, c], self._place(row, c)) for c in columns), place)
        shown = [c for c in range(left, max(right, columns[-1]) + 1) if c not in self._grid.hidden_columns]
        return Line(tuple(self._cell(row, c) for c in shown), place)

    def _is_text(self, row: int, column: int, left: int, right: int) -> bool:
        """Tell a line of text from a row of a table in which one cell only is filled: it lies over all columns."""
        wide = self._spans.get((row, column), (1, 1))[1]
        return right == left or (wide > 1 and column + wide > right) or len(self._texts[row, column]) > _LONGEST_ROW

    def _cell(self, row: int, column: int) -> Cell:
        rows, columns = self._spans.get((row, column), (1, 1))
        return Cell(self._texts.get((row, column), ""), self._place(row, column), columns, rows)

    def _place(self, row: int, column: int) -> Place:
        return Place(page=self.number, line=row + 1, sheet=self._grid.name, cell=cell_name(row, column))


def _joined(text: str) -> str:
    """Join the lines of a cell; between two characters that are not Latin nothing was between."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n").strip("\n")
    return re.sub(r"(?<=[^\x00-\x7f])\n(?=[^\x00-\x7f])", "", plain).replace("\n", " ")
