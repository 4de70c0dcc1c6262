"""Disclosures as workbooks that other programs make: the same cells in several looks, without any sheet of data."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING, Any, Final

import openpyxl
from old_excel import xls_bytes

from mingzhang.documents.xlsx import workbook_bytes
from mingzhang.model.workbook import FIGURES, REST

if TYPE_CHECKING:
    from collections.abc import Callable

    from openpyxl.worksheet.worksheet import Worksheet

    from mingzhang.model.disclosure import Disclosure

_CODE: Final = re.compile(r"\d{2,7}")
_TEXTS: Final = frozenset({"文字说明", "绩效目标", "名词解释", "目录"})


def printed_sheets(document: Disclosure, *, tables_only: bool = False) -> openpyxl.Workbook:
    """Give the sheets for people alone."""
    book = openpyxl.load_workbook(io.BytesIO(workbook_bytes(document)), data_only=True)
    for name in book.sheetnames:
        if name in {FIGURES, REST} or (tables_only and name in _TEXTS):
            del book[name]
    return book


def saved(book: openpyxl.Workbook) -> bytes:
    """Give a workbook's bytes."""
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def sheet_a_table(document: Disclosure) -> bytes:
    """Leave all as it is: one sheet a table, numbers in formats, merged heads."""
    return saved(printed_sheets(document))


def floats(document: Disclosure) -> bytes:
    """Store amounts as plain numbers, with the noise that sums of binary numbers have, and codes as numbers."""
    book = printed_sheets(document)
    for cell in _cells(book):
        if isinstance(cell.value, int | float):
            cell.value, cell.number_format = cell.value + 0.1 + 0.2 - 0.30000000000000004, "General"
        elif isinstance(cell.value, str) and _CODE.fullmatch(cell.value) and cell.column <= 3:
            cell.value = int(cell.value)
    return saved(book)


def accounting(document: Disclosure) -> bytes:
    """Show amounts as accountants do: spaces, minus before the number; zeros as they were."""
    book = printed_sheets(document)
    for cell in _cells(book):
        if isinstance(cell.value, int | float) and cell.value:
            places = cell.number_format.partition(".")[2]
            number = f"#,##0.{places}" if places else "#,##0"
            cell.number_format = f'_ * {number}_ ;_ * -{number}_ ;_ * "-"??_ ;_ @_ '
    return saved(book)


def untitled(document: Disclosure) -> bytes:
    """Leave titles and numbers of tables to the names of the sheets."""
    book = printed_sheets(document)
    for sheet in book.worksheets:
        if sheet.title not in _TEXTS:
            for merged in [m for m in sheet.merged_cells.ranges if m.min_row <= 2]:
                sheet.unmerge_cells(str(merged))
            sheet["A1"].value = sheet["A2"].value = None
    return saved(book)


def one_sheet(document: Disclosure, *, gap: int = 1) -> bytes:
    """Put all sheets one under the other on one sheet, beginning in the second column."""
    book = printed_sheets(document)
    out = openpyxl.Workbook()
    sheet = out.active
    sheet.title = "Sheet1"
    top = 1
    for source in book.worksheets:
        if source.title == "目录":
            continue
        if source.title == "名词解释":
            sheet.cell(top, 2).value = source.title
            top += 1
        for row in source.iter_rows():
            for cell in row:
                if cell.value is not None:
                    target = sheet.cell(top + cell.row, cell.column + 1)
                    target.value, target.number_format = cell.value, cell.number_format
                    target.data_type = cell.data_type  # "=38个" is no formula
        for merged in source.merged_cells.ranges:
            sheet.merge_cells(
                start_row=top + merged.min_row, end_row=top + merged.max_row,
                start_column=merged.min_col + 1, end_column=merged.max_col + 1,
            )  # fmt: skip
        top += source.max_row + gap
    return saved(out)


def unmerged(document: Disclosure) -> bytes:
    """Merge nothing, as programs export."""
    book = printed_sheets(document)
    for sheet in book.worksheets:
        for merged in list(sheet.merged_cells.ranges):
            sheet.unmerge_cells(str(merged))
    return saved(book)


def dressed(document: Disclosure) -> bytes:
    """Type amounts as people do: as texts, with the unit behind them, a sign of money before them, or in full width."""
    book = printed_sheets(document)
    unit = document.tables[0].unit
    wide = str.maketrans("0123456789.,-", "０１２３４５６７８９．，－")
    for n, cell in enumerate(_cells(book)):
        if isinstance(cell.value, int | float):
            places = len(cell.number_format.partition(".")[2])
            text = f"{cell.value:,.{places}f}"
            in_brackets = f"（{text[1:]}）" if text.startswith("-") and places else text
            texts = (
                f" {text} ",
                f"{text}{unit}" if unit == "万元" else f"{text}元",
                f"￥{text}",
                f"'{text}",
                text.translate(wide),
            )
            cell.value = in_brackets if in_brackets != text else texts[n % len(texts)]
            cell.data_type = "s"
    return saved(book)


def side_by_side(document: Disclosure) -> bytes:
    """Put every second table beside the one before it, a blank column between."""
    book = printed_sheets(document)
    tables = [s for s in book.worksheets if s.title not in _TEXTS]
    for one, other in zip(tables[::2], tables[1::2], strict=False):
        left = one.max_column + 1
        for row in other.iter_rows():
            for cell in row:
                if cell.value is not None:
                    target = one.cell(cell.row, cell.column + left)
                    target.value, target.number_format = cell.value, cell.number_format
                    target.data_type = cell.data_type
        for m in other.merged_cells.ranges:
            one.merge_cells(
                start_row=m.min_row, end_row=m.max_row, start_column=m.min_col + left, end_column=m.max_col + left
            )
        del book[other.title]
    return saved(book)


def old(document: Disclosure) -> bytes:
    """Write an old Excel file of one sheet, which knows no formats."""
    rows: list[list[object]] = []
    for sheet in printed_sheets(document).worksheets:
        if sheet.title == "目录":
            continue
        if sheet.title == "名词解释":
            rows.append([sheet.title])
        rows += [["" if v is None else v for v in row] for row in sheet.iter_rows(values_only=True)]
        rows.append([""])
    width = max(map(len, rows))
    return xls_bytes("Sheet1", [[*r, *[""] * (width - len(r))] for r in rows])


LOOKS: Final[dict[str, Callable[[Disclosure], bytes]]] = {
    "sheet a table": sheet_a_table,
    "floats": floats,
    "accounting": accounting,
    "untitled": untitled,
    "one sheet": one_sheet,
    "unmerged": unmerged,
    "old": old,
    "dressed": dressed,
    "side by side": side_by_side,
}
"""The looks by name."""


def _cells(book: openpyxl.Workbook) -> list[Any]:
    sheets: list[Worksheet] = [s for s in book.worksheets if s.title not in _TEXTS]
    return [c for s in sheets for row in s.iter_rows(min_row=3) for c in row if c.value is not None]
