"""The grids of a blank form's file: a workbook's sheets, or the tables of a Word file between its lines."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING, Final

from mingzhang.model.fault import UnreadableInput
from mingzhang.model.language import gettext as _
from mingzhang.model.page import Cell, Line
from mingzhang.model.place import Place
from mingzhang.model.workbook import FIGURES, REST, cell_name
from mingzhang.readback.blank.forms import Sheet
from mingzhang.readback.doors import ZIP, file_content

if TYPE_CHECKING:
    from pathlib import Path

    from python_calamine import CalamineSheet

_WIDEST: Final = 200
_LONGEST: Final = 5000
_LARGEST: Final = 256 * 1024 * 1024
"""What a workbook may unpack to: a blank form has some kilobytes."""


def sheets_of(path: Path) -> tuple[Sheet, ...]:
    """Read the grids of a blank form: `.xlsx` or `.docx`, told by content.

    Raises:
        UnreadableInput: no such file, too large, empty, damaged, or neither.
    """
    content = file_content(path)
    hint = _("空白表样要是 Excel 工作簿（.xlsx）或 Word 文件（.docx）；旧格式请先另存。")
    if not content.startswith(ZIP):
        raise UnreadableInput(_("不是能读的空白表样"), place=path.name, hint=hint)
    from mingzhang.readback import word  # noqa: PLC0415 - one reader at a time

    if word.is_word(content):
        (page,) = word.read_pages(content, path.name)
        return (Sheet("", page.lines),)
    return _workbook(content, path.name, hint)


def _workbook(content: bytes, name: str, hint: str) -> tuple[Sheet, ...]:
    from python_calamine import CalamineError, CalamineWorkbook, SheetVisibleEnum  # noqa: PLC0415 - only here

    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if sum(p.file_size for p in archive.infolist()) > _LARGEST:
                raise UnreadableInput(_("文件解压后过大"), place=name)
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        shown = [m.name for m in book.sheets_metadata if m.visible == SheetVisibleEnum.Visible]
        return tuple(Sheet(n, _lines(book.get_sheet_by_name(n), n)) for n in shown if n not in {FIGURES, REST})
    except (CalamineError, zipfile.BadZipFile, KeyError, ValueError) as error:
        raise UnreadableInput(_("不是能读的空白表样"), place=name, hint=hint) from error


def _lines(sheet: CalamineSheet, name: str) -> tuple[Line, ...]:
    """Give a sheet's lines, as wide as its widest line or merged cell."""
    texts = {
        (r, c): _text(value)
        for r, row in enumerate(sheet.to_python(skip_empty_area=False)[:_LONGEST])
        for c, value in enumerate(row[:_WIDEST])
        if value not in {"", None}
    }
    spans: dict[tuple[int, int], tuple[int, int]] = {}
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or ():
        if top < _LONGEST and left < _WIDEST:
            spans[top, left] = (min(bottom, _LONGEST - 1) - top + 1, min(right, _WIDEST - 1) - left + 1)
    height = max((r + spans.get((r, c), (1, 1))[0] for r, c in (*texts, *spans)), default=0)
    width = max((c + spans.get((r, c), (1, 1))[1] for r, c in (*texts, *spans)), default=0)
    return tuple(
        Line(
            tuple(
                Cell(
                    texts.get((r, c), ""), Place(sheet=name, cell=cell_name(r, c)), *reversed(spans.get((r, c), (1, 1)))
                )
                for c in range(width)
            ),
            Place(sheet=name, cell=f"{r + 1}"),
        )
        for r in range(height)
    )


def _text(value: object) -> str:
    """Give a cell's text; a whole number without the point that spreadsheets give it."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip(" \u3000\u200b\ufeff")
