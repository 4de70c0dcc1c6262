"""Blank workbooks written straight from a pack's tables, in the ways offices lay them out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import xlsxwriter

if TYPE_CHECKING:
    from pathlib import Path

    from mingzhang.forms.pack import Pack, PackTable


def write_blank(
    pack: Pack, path: Path, *, year: str = "2026", wide: int = 1, together: bool = False, merged: bool = True
) -> None:
    """Write the tables: `year` as printed, every column over `wide` cells, all on one sheet or each on its own.

    Without `merged` a head's cells stand at the first of the columns they reach over.
    """
    with xlsxwriter.Workbook(path) as book:
        sheet, row = None, 0
        for n, table in enumerate(t for t in pack.tables if not t.beside):
            if sheet is None or not together:
                sheet, row = book.add_worksheet(f"表{n + 1}"), 0
            row = _table(_Pen(sheet, row, wide), table, pack, year, merged=merged) + 2


class _Pen:
    def __init__(self, sheet, top, wide):
        self.sheet, self.top, self.wide = sheet, top, wide

    def __call__(self, row, column, text, rows=1, columns=1):
        row, left, right = self.top + row, column * self.wide, (column + columns) * self.wide - 1
        if rows > 1 or right > left:
            self.sheet.merge_range(row, left, row + rows - 1, right, text)
        elif text:
            self.sheet.write_string(row, left, text)


def _table(pen: _Pen, table: PackTable, pack: Pack, year: str, *, merged: bool) -> int:
    def filled(text):
        last = str(int(year) - 1) if year.isdigit() else "上"
        return text.replace("{year}", year).replace("{last_year}", last)

    width = sum(c.columns for c in table.head[0])
    at = 0
    if table.number:
        pen(at, 0, table.number)
        at += 1
    pen(at, 0, filled(table.title), columns=width)
    pen(at + 1, 0, f"{pack.style.name_label}：")
    pen(at + 1, width - 1, f"单位：{table.unit}")
    at += 2
    taken = set()
    for r, line in enumerate(table.head):
        column = 0
        for cell in line:
            while (r, column) in taken:
                column += 1
            taken |= {(r + i, column + j) for i in range(cell.rows) for j in range(cell.columns)}
            pen(at + r, column, filled(cell.text), *((cell.rows, cell.columns) if merged else (1, 1)))
            column += cell.columns
    at += len(table.head)
    body = {} if table.turned else _body(table)
    last = max((line for line, _column in body), default=1)
    for line in range(1, last + 1):
        for column in range(width):
            pen(at + line - 1, column, filled(body.get((line, column), "")))
    return pen.top + at + last


def _body(table: PackTable) -> dict[tuple[int, int], str]:
    """Give the labels that the form always prints, by line and column."""
    body = {}
    for rows in table.rows:
        label = next(i for i, c in enumerate(table.columns) if c.kind == "label" and c.side == rows.side)
        body |= {(row.line, label): row.label for row in rows.fixed if not row.optional}
        if rows.source != "fixed" and rows.total:
            body[1, label] = rows.total
    return body
