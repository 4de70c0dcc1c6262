"""A table as a grid of cells to be printed: head with spans, two sides joined line by line, figures as printed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

import msgspec

from mingzhang.model.disclosure import Column
from mingzhang.model.figure import Figure, spell
from mingzhang.model.workbook import step

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from mingzhang.model.disclosure import HeadCell, Row, Table

Role = Literal["head", "label", "code", "text", "figure", "field", "value", "class"]
Weight = Literal["total", "strong", ""]
"""How much a row stands out: sums of a whole table or side, classes above their parts, all others."""

CODE_PARTS = (3, 5, 7)
"""Where a functional code is cut when a form prints it in three cells."""


class GridCell(msgspec.Struct, frozen=True):
    """One cell at its row and column (from 0) with its spans.

    `field` is a form's label, `value` what is filled in beside it, `class` the name of a class of indicators. `level` is that of the table's row, `path` where
    the figure stands in the document.
    """

    row: int
    column: int
    text: str
    role: Role
    rows: int = 1
    columns: int = 1
    figure: Figure | None = None
    level: int | None = None
    path: str = ""


class Grid(msgspec.Struct, frozen=True):
    """Cells that tile a rectangle: `head` rows on top, `cells` row by row; `sides` are columns where a side begins."""

    columns: int
    head: int
    rows: int
    cells: tuple[GridCell, ...]
    sides: tuple[int, ...] = ()

    @property
    def levels(self) -> frozenset[int]:
        """Give the levels that its rows have."""
        return frozenset(c.level for c in self.cells if c.level is not None)


def weight(cell: GridCell, levels: frozenset[int]) -> Weight:
    """Say how much a cell stands out in a grid that has these levels."""
    if cell.level == 0:
        return "total"
    return "strong" if cell.level == 1 and levels & {2, 3} else ""


def printed(figure: Figure | None) -> str:
    """Give a figure as it is printed: with the digits and separators it has, nothing for a blank."""
    if figure is None:
        return ""
    if figure.printed or figure.digits is None:
        return figure.printed
    return spell(figure.digits, figure.places, grouped=False)


def grid_of(table: Table, path: str = "", beside: Sequence[tuple[Table, str]] = ()) -> Grid:
    """Lay a table out; rows of two sides that share a printed line share a row of the grid.

    `beside` are the tables, each with its path, that stand in the last columns of a turned one.
    """
    if table.turned and table.head:
        return _turned(((table, path), *beside))
    columns = table.columns or (Column("label", kind="label"),)
    head = tuple(_head(table.head, len(columns)))
    depth = max((c.row + c.rows for c in head), default=0)
    lines = list(_lines(table))
    body = [
        _cell(depth + at, columns, i, line.get(column.side), path)
        for at, line in enumerate(lines)
        for i, column in enumerate(columns)
    ]
    sides = tuple(i for i in range(1, len(columns)) if columns[i].side != columns[i - 1].side)
    return Grid(len(columns), depth, depth + len(lines), head + tuple(body), sides)


def _turned(tables: Sequence[tuple[Table, str]]) -> Grid:
    """Lay out a table whose rows stand in its head: one line of amounts, column by column as many as the head has."""
    amounts = [
        (row.cells.get(column.key), f"{path}/rows/#{n}/cells/{step(column.key)}")
        for table, path in tables
        for column in table.columns
        if column.kind == "figure"
        for n, row in enumerate(table.rows)
    ]
    depth = len(tables[0][0].head)
    head = tuple(_head(tables[0][0].head, len(amounts)))
    body = tuple(
        GridCell(depth, i, printed(figure), "figure", figure=figure, path=path if figure is not None else "")
        for i, (figure, path) in enumerate(amounts)
    )
    return Grid(len(amounts), depth, depth + 1, head + body)


def tiled(cells: Iterable[GridCell], top: int, rows: int, columns: int) -> Iterator[GridCell]:
    """Put cells row by row into the first free places of a band, cut spans that run out, fill what stays open."""
    taken: set[tuple[int, int]] = set()
    for cell in cells:
        free = [c for c in range(columns) if (cell.row, c) not in taken]
        if cell.row >= rows or not free:
            continue
        left = free[0]
        wide = 1
        while wide < cell.columns and left + wide in free:
            wide += 1
        high = max(1, min(cell.rows, rows - cell.row))
        taken |= {(cell.row + r, left + c) for r in range(high) for c in range(wide)}
        yield msgspec.structs.replace(cell, row=top + cell.row, column=left, rows=high, columns=wide)
    for r in range(rows):
        for c in range(columns):
            if (r, c) not in taken:
                yield GridCell(top + r, c, "", "head")


def _head(head: Sequence[Sequence[HeadCell]], columns: int) -> Iterator[GridCell]:
    cells = (
        GridCell(r, 0, cell.text, "head", max(cell.rows, 1), max(cell.columns, 1))
        for r, row in enumerate(head)
        for cell in row
    )
    yield from sorted(tiled(cells, 0, len(head), columns), key=lambda c: (c.row, c.column))


def _lines(table: Table) -> Iterator[dict[str, tuple[int, Row]]]:
    """Give each printed line by side; the row's number in the table comes with it."""
    if not any(c.side for c in table.columns):
        yield from ({"": (i, row)} for i, row in enumerate(table.rows))
        return
    taken: dict[int, dict[str, tuple[int, Row]]] = {}
    used = {"in": 0, "out": 0}
    for i, row in enumerate(table.rows):
        side = "out" if row.key.startswith("out:") else "in"
        at = row.line or used[side] + 1
        while side in taken.get(at, {}):
            at += 1
        used[side] = at
        taken.setdefault(at, {})[side] = (i, row)
    yield from (taken[at] for at in sorted(taken))


def _cell(at: int, columns: Sequence[Column], index: int, found: tuple[int, Row] | None, path: str) -> GridCell:
    column = columns[index]
    role: Role = column.kind
    if found is None:
        return GridCell(at, index, "", role)
    number, row = found
    if column.key in row.cells:
        figure = row.cells[column.key]
        where = f"{path}/rows/#{number}/cells/{step(column.key)}"
        return GridCell(at, index, printed(figure), "figure", figure=figure, level=_level(row), path=where)
    text = row.texts.get(column.key, "")
    if not text and role == "label":
        text = row.label
    if not text and role == "code":
        text = _code(row.code, index, column, columns)
    return GridCell(at, index, text, role, level=_level(row))


def _level(row: Row) -> int | None:
    """Give a row's level; a total is one by its key, whatever the row says."""
    return 0 if re.fullmatch(r"(?:(?:in|out):)?(?:current_)?total", row.key) else row.level


def _code(code: str, index: int, column: Column, columns: Sequence[Column]) -> str:
    """Give the part of a code that stands in this column, where a form prints it in several."""
    places = [i for i, c in enumerate(columns) if c.kind == "code" and c.side == column.side]
    if len(places) == 1:
        return code
    part = places.index(index)
    start = CODE_PARTS[part - 1] if part else 0
    return code[start : CODE_PARTS[part]] if part < len(CODE_PARTS) - 1 else code[start:]
