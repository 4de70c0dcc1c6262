"""The sheets of an old Excel workbook (.xls), which tells no formats of numbers: how many places were shown stays open."""

from __future__ import annotations

import datetime as dt
import io
from typing import TYPE_CHECKING, Any, Final

from mingzhang.model.fault import UnreadableInput
from mingzhang.model.language import gettext as _
from mingzhang.readback.excel_sheets import Grid, Number, exact
from mingzhang.readback.limits import MAX_SHEET_COLUMNS, MAX_SHEETS, MAX_WORKBOOK_CELLS

if TYPE_CHECKING:
    from python_calamine import CalamineSheet

COMPOUND: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How a compound file begins: old Excel and Word files, and newer ones locked with a password."""


def read_grids(content: bytes, name: str) -> tuple[Grid, ...]:
    """Read every sheet of an old workbook.

    Raises:
        UnreadableInput: it is damaged, locked, holds too much, or is another kind of file (an old Word file).
    """
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetVisibleEnum  # noqa: PLC0415

    hint = _("请另存为 .xlsx 或 .docx，再读取。")
    if any(mark.encode("utf-16-le") in content for mark in ("EncryptedPackage", "EncryptionInfo")):
        raise UnreadableInput(_("文件加了密码，不能读取"), place=name, hint=_("请先解除密码，再读取。"))
    if "WordDocument".encode("utf-16-le") in content:
        raise UnreadableInput(_("是旧格式的 Word 文件（.doc），不能读取"), place=name, hint=hint)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        metadata = book.sheets_metadata
        if len(metadata) > MAX_SHEETS:
            raise UnreadableInput(_("工作表过多"), place=name)
        grids = tuple(
            _grid(book.get_sheet_by_name(m.name), f"{name}: {m.name}", hidden=m.visible != SheetVisibleEnum.Visible)
            for m in metadata
        )
    except PasswordError as error:
        raise UnreadableInput(_("文件加了密码，不能读取"), place=name, hint=_("请先解除密码，再读取。")) from error
    except (CalamineError, ValueError) as error:
        raise UnreadableInput(_("旧格式的 Excel 工作簿已损坏，或是别的文件"), place=name, hint=hint) from error
    if sum(len(g.cells) for g in grids) > MAX_WORKBOOK_CELLS:
        raise UnreadableInput(_("工作表内容过多"), place=name)
    return grids


def _grid(sheet: CalamineSheet, place: str, *, hidden: bool) -> Grid:
    if sheet.total_width > MAX_SHEET_COLUMNS:
        raise UnreadableInput(_("工作表过宽（超过 {most} 列）").format(most=MAX_SHEET_COLUMNS), place=place)
    cells = {
        (r, c): _value(value)
        for r, row in enumerate(sheet.to_python(skip_empty_area=False))
        for c, value in enumerate(row)
        if value not in {"", None}
    }
    merged = tuple((*first, *last) for first, last in sheet.merged_cell_ranges or ())
    return Grid(sheet.name, cells, merged, hidden)


def _value(value: Any) -> str | Number:
    """Give a cell's text, or its number: the shortest digits that mean it."""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, int | float):
        return Number(exact(repr(value)))
    if isinstance(value, dt.datetime | dt.date):
        return f"{value.year}-{value.month:02d}-{value.day:02d}"
    return str(value)
