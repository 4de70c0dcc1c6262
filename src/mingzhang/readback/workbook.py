"""A disclosure read back exactly from our own workbook, with a doubt wherever its sheets no longer agree."""

from __future__ import annotations

import io
import re
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

import msgspec

from mingzhang.model.codec import decode
from mingzhang.model.disclosure import Disclosure
from mingzhang.model.fault import UnreadableInput, why_not
from mingzhang.model.figure import spell
from mingzhang.model.language import gettext as _
from mingzhang.model.workbook import FIGURE_HEAD, FIGURES, LINES, REST, REST_HEAD, SHEETS, cell_name, digest, tree_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from python_calamine import CalamineWorkbook

_VALUE: Final = re.compile(r"-?\d+(?:\.\d+)?")
_CELL: Final = re.compile(r"(?P<letters>[A-Z]{1,3})(?P<row>\d+)")
Cells = dict[tuple[int, int], Any]


def read_workbook(path: Path) -> Disclosure:
    """Read a disclosure from a workbook that `write_xlsx` wrote.

    The data sheets are what is read; a sheet for people that shows something else gets a doubt.

    Raises:
        UnreadableInput: not a workbook, not one of ours, or a line of its data is damaged.
        UnknownVersion: a schema this program does not know.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise UnreadableInput(_("文件无法打开：{why}").format(why=why_not(error)), place=str(path)) from error
    return workbook_of(content, path.name)


def workbook_of(content: bytes, source: str) -> Disclosure:
    """Read a disclosure from the bytes of such a workbook.

    Raises:
        UnreadableInput: as `read_workbook`.
        UnknownVersion: a schema this program does not know.
    """
    book = _opened(content, source)
    sheets = {name: _cells(book, name) for name in book.sheet_names}
    for name, head in ((FIGURES, FIGURE_HEAD), (REST, REST_HEAD)):
        _must_have(sheets, name, head, source)
    lines = list(_figure_lines(sheets[FIGURES], source))
    doubts = _Doubts(sheets, content)
    parts = {line["路径"]: doubts.part(line, number) for number, line in lines}
    rest = list(_rest_lines(sheets[REST]))
    try:
        tree = tree_of(rest, parts)
        if tree.pop(LINES.strip("/"), len(rest) - 1) != len(rest) - 1:
            raise ValueError(_("少了行"))  # noqa: TRY301 - told as what else is wrong with it
    except (ValueError, msgspec.DecodeError) as error:
        raise UnreadableInput(
            _("数据有缺损：{why}").format(why=error), place=f"{source}: {REST}", hint=_("请用原文件，或改用 JSON。")
        ) from error
    digests = tree.pop(SHEETS.strip("/"), {})
    disclosure = decode(msgspec.json.encode(tree), Disclosure, source=source)
    changed = tuple(doubts.changed(digests))
    return msgspec.structs.replace(disclosure, doubts=disclosure.doubts + changed) if changed else disclosure


class _Doubts:
    """Compares what the sheets for people show with the data."""

    def __init__(self, sheets: dict[str, Cells], content: bytes) -> None:
        self._sheets = sheets
        self._content = content
        self._shown: set[tuple[str, int, int]] = set()

    def part(self, line: dict[str, str], number: int) -> dict[str, Any]:
        """Give a figure's fields; a doubt among them if another sheet shows something else."""
        text, places = line["值"], int(line["小数位"])
        digits = int(text.replace(".", "")) if text else None
        part: dict[str, Any] = {"digits": digits, "unit": line["单位"], "places": places, "printed": line["印出"]}
        if line["来源"]:
            part["facts"] = line["来源"].split(" ")
        wrong = [w for w in (self._number(line, number), self._cell(line)) if w]
        if wrong:
            part["doubt"] = _("；").join(wrong)
        return part

    def changed(self, digests: dict[str, str]) -> Iterator[str]:
        """Tell which sheets show other texts than were written, or are missing."""
        for name, wanted in digests.items():
            cells = self._sheets.get(name)
            if cells is None:
                yield _("缺少工作表“{name}”").format(name=name)
            elif digest({(r, c): v for (r, c), v in cells.items() if (name, r, c) not in self._shown}) != wanted:
                yield _("工作表“{name}”的内容与数据不一致").format(name=name)

    @cached_property
    def _uncomputed(self) -> frozenset[tuple[str, int, int]]:
        """The formulas without values, looked for only if a figure's cell seems blank."""
        from mingzhang.readback.excel_xlsx import read_grids  # noqa: PLC0415

        grids = read_grids(self._content, "")
        return frozenset((g.name, *spot) for g in grids for spot in g.unsolved)

    def _number(self, line: dict[str, str], number: int) -> str:
        shown = self._sheets[FIGURES].get((number, FIGURE_HEAD.index("数值")), "")
        if shown == "" or _same(shown, line):
            return ""
        cell = f"{FIGURES}!{cell_name(number, FIGURE_HEAD.index('数值'))}"
        return _("{cell} 是 {shown}，值是 {value}").format(cell=cell, shown=shown, value=line["值"])

    def _cell(self, line: dict[str, str]) -> str:
        sheet, name = line["工作表"], line["单元格"]
        place = _CELL.fullmatch(name)
        if sheet not in self._sheets or place is None:
            return ""
        column = 0
        for letter in place["letters"]:
            column = column * 26 + ord(letter) - 64
        where = int(place["row"]) - 1, column - 1
        self._shown.add((sheet, *where))
        shown = self._sheets[sheet].get(where, "")
        if _same(shown, line) or (shown == "" and (sheet, *where) in self._uncomputed):
            return ""
        return _("{cell} 是“{shown}”，数据是“{printed}”").format(
            cell=f"{sheet}!{name}", shown=shown, printed=line["印出"]
        )


def _same(shown: object, line: dict[str, str]) -> bool:
    """Tell whether a cell shows a figure: the same text, or the same digits at its places."""
    if isinstance(shown, int | float):
        places = int(line["小数位"])
        return bool(line["值"]) and spell(round(shown * 10**places), places, grouped=False) == line["值"]
    return str(shown) == line["印出"]


def _opened(content: bytes, source: str) -> CalamineWorkbook:
    from python_calamine import CalamineError, CalamineWorkbook  # noqa: PLC0415 - only here

    try:
        return CalamineWorkbook.from_filelike(io.BytesIO(content))
    except CalamineError as error:
        raise UnreadableInput(_("不是 Excel 工作簿，或已损坏"), place=source) from error


def _cells(book: CalamineWorkbook, name: str) -> Cells:
    rows = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
    return {(r, c): value for r, row in enumerate(rows) for c, value in enumerate(row) if value != ""}


def _must_have(sheets: dict[str, Cells], name: str, head: Sequence[str], source: str) -> None:
    hint = _("只能读回由本程序写出的工作簿。")
    if name not in sheets:
        raise UnreadableInput(_("缺少工作表“{name}”").format(name=name), place=source, hint=hint)
    for column, text in enumerate(head):
        if sheets[name].get((0, column)) != text:
            place = f"{source}: {name}!{cell_name(0, column)}"
            raise UnreadableInput(_("应为列名“{name}”").format(name=text), place=place, hint=hint)


def _figure_lines(cells: Cells, source: str) -> Iterator[tuple[int, dict[str, str]]]:
    for number in sorted({r for r, _c in cells if r}):
        line = {name: _text(cells.get((number, c), "")) for c, name in enumerate(FIGURE_HEAD)}
        wrong = _wrong_column(line)
        if wrong:
            place = f"{source}: {FIGURES}!{cell_name(number, FIGURE_HEAD.index(wrong))}"
            raise UnreadableInput(_("“{name}”无法识别：{text}").format(name=wrong, text=line[wrong]), place=place)
        yield number, line


def _wrong_column(line: dict[str, str]) -> str:
    """Name the column whose content cannot be read, "" if all can."""
    if not line["小数位"].isascii() or not line["小数位"].isdigit():
        return "小数位"
    value, places = line["值"], int(line["小数位"])
    if value and (not _VALUE.fullmatch(value) or len(value.partition(".")[2]) != places):
        return "值"
    return "" if line["路径"].startswith("/tables/#") else "路径"


def _rest_lines(cells: Cells) -> Iterator[tuple[str, str, str]]:
    for number in sorted({r for r, _c in cells if r}):
        path, kind, text = (_text(cells.get((number, c), "")) for c in range(len(REST_HEAD)))
        yield path, kind, text


def _text(value: object) -> str:
    """Give a cell as text: somebody's spreadsheet may have made a number of it."""
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
