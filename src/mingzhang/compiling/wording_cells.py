"""What sentences take from printed tables: amounts, how many rows have one, of which facts, and the rows' names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mingzhang.compiling.wording_items import is_printed
from mingzhang.forms.expressions import exact

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mingzhang.forms.expressions import Cell, Exact
    from mingzhang.model.disclosure import Row, Table
    from mingzhang.sums.rounding import Variable


class Asked:
    """What a section's words were made from: cells of tables, values of the book by name, and variables with their digits.

    A cell whose row ends in `*`, or has `@` in it, stands for all of its column.
    """

    def __init__(self) -> None:
        """Nothing was asked yet."""
        self.cells: list[Cell] = []
        self.values: list[str] = []
        self.rounded: dict[Variable, int] = {}


class PrintedCells:
    """The tables of a document as they are printed now, by the cells that sentences name."""

    def __init__(self, tables: Mapping[str, Table]) -> None:
        """Take the tables by id."""
        self._tables = tables
        self._by_key: dict[str, dict[str, list[Row]]] = {}

    def total(self, cell: Cell) -> Exact | None:
        """Give a cell, or the sum of its rows; a row that is not printed is nothing, a table is missing."""
        table = self._tables.get(cell.table)
        if table is None:
            return None
        digits: dict[tuple[str, int], int] = {}
        for row in self._rows(table, cell.row):
            figure = row.cells.get(cell.column)
            if figure is not None and figure.digits is not None:
                kind = (figure.unit, figure.places)
                digits[kind] = digits.get(kind, 0) + figure.digits
        values = [exact(total, unit, places) for (unit, places), total in digits.items()]
        return values[0] if len(values) == 1 else sum(values)

    def count(self, cell: Cell) -> int | None:
        """Count the rows with a figure other than zero; None where there is no such table."""
        table = self._tables.get(cell.table)
        return None if table is None else sum(is_printed(row, cell.column) for row in self._rows(table, cell.row))

    def facts(self, cell: Cell) -> tuple[str, ...]:
        """List the facts that a cell sums, each once."""
        table = self._tables[cell.table]
        cells = (row.cells.get(cell.column) for row in self._rows(table, cell.row))
        return tuple(dict.fromkeys(fact for f in cells if f is not None for fact in f.facts))

    def names(self, cell: Cell) -> list[str]:
        """List the labels of the lowest rows with a figure in a column."""
        table = self._tables.get(cell.table)
        rows = () if table is None else table.rows
        lower = [(rows[i + 1].level or 0) if i + 1 < len(rows) else 0 for i in range(len(rows))]
        names = (
            row.label.strip()
            for row, below in zip(rows, lower, strict=True)
            if row.key != "total" and below <= (row.level or 0) and is_printed(row, cell.column)
        )
        return list(dict.fromkeys(names))

    def _rows(self, table: Table, key: str) -> list[Row]:
        """Find the rows of a key, or every row whose key begins as `key*` says."""
        if key.endswith("*"):
            return [r for r in table.rows if r.key.startswith(key[:-1])]
        own = self._by_key.get(table.id)
        if own is None:
            own = self._by_key[table.id] = {}
            for row in table.rows:
                own.setdefault(row.key, []).append(row)
        return own.get(key, [])
