"""The sheets of an Excel workbook as grids of raw values, with the cells whose formula failed."""

from __future__ import annotations

import io
import re
import zipfile
from typing import TYPE_CHECKING, Any, Final

import msgspec

from mingzhang.model.fault import UnreadableInput
from mingzhang.model.language import gettext as _

if TYPE_CHECKING:
    from collections.abc import Iterator

_SHEET: Final = re.compile(r'<sheet\b[^>]*?\bname="(?P<name>[^"]*)"[^>]*?\br:id="(?P<id>[^"]*)"')
_RELATION: Final = re.compile(r"<Relationship\b[^>]*>")
_FAILED: Final = re.compile(r'<c\b(?=[^>]*\bt="e")[^>]*\br="(?P<cell>[A-Z]+\d+)"')
_LARGEST_PART: Final = 200 * 1024 * 1024


class Grid(msgspec.Struct, frozen=True):
    """One sheet: its rows from A1, and the names of the cells that show an error instead of a value."""

    rows: tuple[tuple[Any, ...], ...]
    failed: frozenset[str] = frozenset()


def read_grids(content: bytes, name: str) -> dict[str, Grid]:
    """Read every sheet of a workbook.

    Raises:
        UnreadableInput: not an Excel workbook, or a broken one.
    """
    from python_calamine import CalamineError, CalamineWorkbook  # noqa: PLC0415 - only where a workbook is read

    try:
        must_be_moderate(content, name)
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
        failed = dict(failed_cells(content))
        return {
            sheet: Grid(
                tuple(map(tuple, workbook.get_sheet_by_name(sheet).to_python(skip_empty_area=False))),
                failed.get(sheet, frozenset()),
            )
            for sheet in workbook.sheet_names
        }
    except (CalamineError, zipfile.BadZipFile, KeyError, ValueError, UnicodeDecodeError) as error:
        raise UnreadableInput(
            _("不是能读的 Excel 工作簿（.xlsx）"), place=name, hint=_("请用 mingzhang template 生成的模板填写。")
        ) from error


def cell_name(row: int, column: int) -> str:
    """Name a cell as Excel does, from indices counted from 0."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return f"{letters}{row + 1}"


def must_be_moderate(content: bytes, name: str) -> None:
    """Refuse a small file that would unpack to a very large one."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        if any(part.file_size > _LARGEST_PART for part in archive.infolist()):
            raise UnreadableInput(_("工作簿展开后过大"), place=name)


def failed_cells(content: bytes) -> Iterator[tuple[str, frozenset[str]]]:
    """Find cells that hold an error (#REF!, #DIV/0!): read as values they would pass for blank ones."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        relations = {}
        for found in _RELATION.findall(archive.read("xl/_rels/workbook.xml.rels").decode()):
            values = dict(re.findall(r'(\w+)="([^"]*)"', found))
            relations[values.get("Id", "")] = values.get("Target", "").removeprefix("/xl/").removeprefix("xl/")
        parts = set(archive.namelist())
        for sheet in _SHEET.finditer(archive.read("xl/workbook.xml").decode()):
            part = "xl/" + relations.get(sheet["id"], "")
            if part in parts:
                cells = frozenset(f["cell"] for f in _FAILED.finditer(archive.read(part).decode()))
                yield sheet["name"], cells
