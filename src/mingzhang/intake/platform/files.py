"""The sheets of an export, whatever it is stored in: XLSX, old XLS, or CSV in UTF-8 or GB18030."""

from __future__ import annotations

import csv
import hashlib
import io
import zipfile
from typing import TYPE_CHECKING, Any, Final

import msgspec

from mingzhang.intake.grids import failed_cells, must_be_moderate
from mingzhang.model.fault import UnreadableInput, why_not
from mingzhang.model.language import gettext as _

if TYPE_CHECKING:
    from pathlib import Path

LARGEST_FILE: Final = 64 * 1024 * 1024
_ZIP: Final = b"PK\x03\x04"
_OLD_EXCEL: Final = b"\xd0\xcf\x11\xe0"
_ENCODINGS: Final = ("utf-8-sig", "gb18030")
_WIDE: Final = (b"\xff\xfe", b"\xfe\xff")
_DELIMITERS: Final = ("\t", ";", ",")


class ExportSheet(msgspec.Struct, frozen=True):
    """One sheet from A1: its rows of raw values, merged areas (first row, first column, last row, last column), failures.

    Indices count from 0. A CSV file is one sheet named as the file.
    """

    file: str
    name: str
    rows: tuple[tuple[Any, ...], ...]
    merged: tuple[tuple[int, int, int, int], ...] = ()
    failed: frozenset[str] = frozenset()
    only: bool = False

    def place(self, row: int) -> str:
        """Name a row, counted from 0, as the user sees it."""
        if self.only:
            return _("{file}: 第{line}行").format(file=self.file, line=row + 1)
        return f"{self.file}: {self.name}!{row + 1}"


class Export(msgspec.Struct, frozen=True):
    """One file of an export: its name, the SHA-256 of its bytes, its sheets."""

    file: str
    sha256: str
    sheets: tuple[ExportSheet, ...]


def read_export(path: Path) -> Export:
    """Read a file as sheets of raw values.

    Raises:
        UnreadableInput: no such file, empty, too large, or neither a workbook nor a table in text.
    """
    content = _content(path)
    sheets = _workbook(content, path) if content.startswith((_ZIP, _OLD_EXCEL)) else (_text_table(content, path),)
    return Export(path.name, hashlib.sha256(content).hexdigest(), sheets)


def _content(path: Path) -> bytes:
    try:
        if path.is_dir():
            raise UnreadableInput(_("是文件夹，不是文件"), place=str(path))
        if path.stat().st_size > LARGEST_FILE:
            raise UnreadableInput(_("文件过大（超过 64 MB）"), place=path.name)
        content = path.read_bytes()
    except OSError as error:
        raise UnreadableInput(_("文件无法打开：{why}").format(why=why_not(error)), place=str(path)) from error
    if not content.strip():
        raise UnreadableInput(_("文件是空的"), place=path.name)
    return content


def _workbook(content: bytes, path: Path) -> tuple[ExportSheet, ...]:
    from python_calamine import CalamineError, CalamineWorkbook  # noqa: PLC0415 - only where a workbook is read

    try:
        failed = {}
        if content.startswith(_ZIP):
            must_be_moderate(content, path.name)
            failed = dict(failed_cells(content))
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        sheets = []
        for name in book.sheet_names:
            sheet = book.get_sheet_by_name(name)
            rows = tuple(map(tuple, sheet.to_python(skip_empty_area=False)))
            areas = tuple((*first, *last) for first, last in sheet.merged_cell_ranges or ())
            sheets.append(ExportSheet(path.name, name, rows, areas, failed.get(name, frozenset())))
    except (CalamineError, zipfile.BadZipFile, KeyError, ValueError, OSError) as error:
        hint = _("请在 Excel 中打开后另存为 .xlsx 或 CSV 再导入。")
        raise UnreadableInput(_("不是能读的 Excel 工作簿"), place=path.name, hint=hint) from error
    return tuple(sheets)


def _text_table(content: bytes, path: Path) -> ExportSheet:
    text = _decoded(content, path.name)
    first = next((line for line in text.splitlines() if any(d in line for d in _DELIMITERS)), "")
    head = max(text.splitlines()[:40], key=lambda line: max(map(line.count, _DELIMITERS)), default=first)
    delimiter = max(_DELIMITERS, key=head.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    rows: list[tuple[str, ...]] = []
    try:
        for record in reader:
            rows.append(tuple(record))
            rows += [()] * (reader.line_num - len(rows))  # a record over several lines stands at its first
    except csv.Error as error:
        raise UnreadableInput(_("CSV 读不出来：{reason}").format(reason=error), place=path.name) from error
    return ExportSheet(path.name, path.stem, tuple(rows), only=True)


def _decoded(content: bytes, name: str) -> str:
    encodings = ("utf-16",) if content.startswith(_WIDE) else _ENCODINGS
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" in text:
            break
        return text
    hint = _("平台导出的明细应是 .xlsx、.xls，或 UTF-8、GB18030 编码的 CSV。")
    raise UnreadableInput(_("既不是 CSV，也不是 Excel 工作簿"), place=name, hint=hint)
