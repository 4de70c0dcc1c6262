"""An office's own list of codes and names (CSV or Excel), checked and written as one list of an edition.

The list has a column of codes, or one each for 类, 款 and 项 as in the printed book, where a code stands only in
its own column and is understood to be below the last one above it.
"""

from __future__ import annotations

import csv
import io
import os
import re
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

import msgspec

from mingzhang.forms.classifications import KINDS, SHIPPED, InvalidStandards, edition, editions, forget_loaded
from mingzhang.model.fault import UnreadableInput, why_not
from mingzhang.model.keys import folded, joined_code
from mingzhang.model.language import gettext as _

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_LENGTHS: Final = {
    "functional": (3, 5, 7),
    "dept_economic": (3, 5),
    "gov_economic": (3, 5),
    "revenue": (3, 5, 7, 9),
}
_HEADINGS: Final = {
    "code": ("科目编码", "科目代码", "编码", "代码", "功能分类科目编码", "经济分类科目编码", "收入科目编码", "code"),
    "name": ("科目名称", "名称", "功能分类科目名称", "经济分类科目名称", "收入科目名称", "name"),
    "parent": ("上级编码", "上级科目编码", "上级代码", "父级编码", "parent"),
    "budget": ("预算类型", "预算", "budget"),
    "note": ("说明", "备注", "note"),
    "part1": ("类",),
    "part2": ("款",),
    "part3": ("项",),
}
_BUDGETS: Final = {
    "一般公共预算": "general",
    "政府性基金预算": "gov_fund",
    "国有资本经营预算": "state_capital",
    "社会保险基金预算": "social_insurance",
}
_PARTS: Final = ("part1", "part2", "part3")
_EDITION: Final = re.compile(r"[0-9A-Za-z\u4e00-\u9fff][0-9A-Za-z\u4e00-\u9fff._-]*")
_SHOWN: Final = 20


class _Line(msgspec.Struct, frozen=True):
    """One line of the list: where it stands, and its cells by what they are."""

    place: str
    cells: dict[str, str]


def import_standards(file: Path, edition_name: str, folder: Path, kind: str = "functional") -> Path:
    """Check a list and write it as `folder/edition/kind.csv`; nothing is written if a row is wrong.

    Raises:
        InvalidStandards: rows that cannot be used, each with its line or cell; no such kind; no such name.
        UnreadableInput: the file is not there, or is neither CSV nor a workbook.
    """
    if kind not in KINDS:
        raise InvalidStandards(
            _("没有“{kind}”这一套科目").format(kind=kind), hint=_("可用：{names}").format(names=_("、").join(KINDS))
        )
    if not _EDITION.fullmatch(edition_name):
        raise InvalidStandards(
            _("版本名“{name}”不能用作文件夹名").format(name=edition_name), hint=_("一般用年份，如 2026。")
        )
    rows = _checked(list(_lines(file)), kind, file)
    target = folder / edition_name / f"{kind}.csv"
    _write(target, _completed(rows, edition_name, kind), kind)
    forget_loaded()
    return target


def _lines(file: Path) -> Iterator[_Line]:
    """Find the first grid with the headings and go through the lines below them."""
    for sheet, grid in _grids(file):
        for start, cells in enumerate(grid):
            columns = _columns(cells)
            if "name" in columns and ("code" in columns or "part1" in columns):
                for number, line in enumerate(grid[start + 1 :], start + 2):
                    found = {k: line[i].strip() if i < len(line) else "" for k, i in columns.items()}
                    if any(found.values()):
                        yield _Line(_place(file, sheet, number, columns), found)
                return
    raise InvalidStandards(
        _("找不到“科目编码”和“科目名称”两列的表头"), place=file.name, hint=_("表头可写 科目编码、科目名称。")
    )


def _columns(cells: Sequence[str]) -> dict[str, int]:
    words = [folded(c).lower() for c in cells]
    return {key: words.index(h) for key, names in _HEADINGS.items() for h in reversed(names) if h in words}


def _place(file: Path, sheet: str, number: int, columns: dict[str, int]) -> str:
    if not sheet:
        return _("{file}: 第{line}行").format(file=file.name, line=number)
    column = columns.get("code", columns.get("part1", 0))
    return f"{file.name}: {sheet}!{chr(ord('A') + column) if column < 26 else ''}{number}"


def _grids(file: Path) -> list[tuple[str, list[list[str]]]]:
    """Read the file as grids of texts: one without a name for CSV, one a sheet for a workbook."""
    try:
        content = file.read_bytes()
    except OSError as error:
        raise UnreadableInput(_("文件打不开：{reason}").format(reason=why_not(error)), place=str(file)) from error
    if content.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        return _sheets(content, file)
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" in text:
            break
        delimiter = "\t" if text.count("\t") > text.count(",") else ","
        try:
            return [("", _csv_grid(text, delimiter))]
        except csv.Error as error:
            raise UnreadableInput(_("CSV 读不出来：{reason}").format(reason=error), place=file.name) from error
    raise UnreadableInput(_("既不是 CSV，也不是 Excel 工作簿"), place=file.name)


def _csv_grid(text: str, delimiter: str) -> list[list[str]]:
    """Split a CSV text, each record at the index of its first line."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    grid: list[list[str]] = []
    for record in reader:
        grid.append(record)
        grid.extend([] for _ in range(reader.line_num - len(grid)))
    return grid


def _sheets(content: bytes, file: Path) -> list[tuple[str, list[list[str]]]]:
    import python_calamine  # noqa: PLC0415 - only for workbooks

    try:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
        return [
            (name, [[_text(v) for v in line] for line in book.get_sheet_by_name(name).to_python(skip_empty_area=False)])
            for name in book.sheet_names
        ]
    except (python_calamine.CalamineError, OSError, ValueError) as error:
        raise UnreadableInput(_("工作簿读不出来：{reason}").format(reason=error), place=file.name) from error


def _text(value: object) -> str:
    """Spell a cell as text: a code that a workbook holds as a number loses its `.0`."""
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def _checked(lines: list[_Line], kind: str, file: Path) -> dict[str, dict[str, str]]:
    """Give the rows by code, or tell everything that is wrong with them."""
    rows: dict[str, dict[str, str]] = {}
    places: dict[str, str] = {}
    problems: list[str] = []
    for line, code in zip(lines, _codes(lines), strict=True):
        wrong = _wrong(code, line, kind)
        if not wrong and code in places:
            wrong = _("科目编码 {code} 重复，前一次在 {place}").format(code=code, place=places[code])
        if wrong:
            problems.append(f"{line.place}: {wrong}")
        else:
            places[code] = line.place
            rows[code] = line.cells
    for code, place in places.items():
        if _parent(code) and _parent(code) not in rows:
            said = _("科目 {code} 的上级 {parent} 不在表中").format(code=code, parent=_parent(code))
            problems.append(f"{place}: {said}")
    if not lines:
        problems.append(f"{file.name}: " + _("表头下面没有科目"))
    if problems:
        more = [_("……还有 {count} 处").format(count=len(problems) - _SHOWN)] if len(problems) > _SHOWN else []
        raise InvalidStandards("\n".join(problems[:_SHOWN] + more), hint=_("没有写入任何内容；改好后重新导入。"))
    return rows


def _codes(lines: list[_Line]) -> Iterator[str]:
    """Give each line's code, joined from its parts where it stands in three columns."""
    above = ["", "", ""]
    for line in lines:
        if "code" in line.cells:
            yield folded(joined_code(line.cells["code"]))
            continue
        parts = [folded(line.cells.get(p, "")) for p in _PARTS]
        depth = max((i for i, p in enumerate(parts) if p), default=-1)
        above = [parts[i] or above[i] if i <= depth else "" for i in range(3)]
        yield "".join(above)


def _wrong(code: str, line: _Line, kind: str) -> str:
    if not code:
        return _("没有科目编码")
    if not (code.isascii() and code.isdigit()):
        return _("科目编码“{code}”不是数字").format(code=code)
    if len(code) not in _LENGTHS[kind]:
        return _("科目编码 {code} 是 {length} 位，应为 {lengths} 位").format(
            code=code, length=len(code), lengths=_("、").join(map(str, _LENGTHS[kind]))
        )
    return _wrong_words(code, line)


def _wrong_words(code: str, line: _Line) -> str:
    if not line.cells["name"]:
        return _("科目 {code} 没有名称").format(code=code)
    stated = folded(line.cells.get("parent", ""))
    if stated and stated != _parent(code):
        return _("科目 {code} 的上级写作 {stated}，应为 {parent}").format(
            code=code, stated=stated, parent=_parent(code) or _("空")
        )
    budget = line.cells.get("budget", "")
    if budget and budget not in {*_BUDGETS, *_BUDGETS.values()}:
        return _("预算类型“{budget}”不认识，应为 {known}").format(budget=budget, known=_("、").join(_BUDGETS))
    return ""


def _parent(code: str) -> str:
    return code[:-2] if len(code) > 3 else ""


def _completed(rows: dict[str, dict[str, str]], edition_name: str, kind: str) -> list[tuple[str, ...]]:
    """Complete the rows; a budget that is not stated is that of the same code in the edition before, or the parent's."""
    shipped = [e for e in editions() if (SHIPPED / e).is_dir()]
    before = [e for e in shipped if e <= edition_name]
    known = edition(before[-1] if before else shipped[0]).classification(kind)
    budgets: dict[str, str] = {}
    out: list[tuple[str, ...]] = []
    for code in sorted(rows):
        cells = rows[code]
        stated = cells.get("budget", "")
        entry = known.get(code)
        below = budgets.get(_parent(code), "") if entry is None else entry.budget
        budgets[code] = _BUDGETS.get(stated, stated) or below
        level = str((len(code) - 1) // 2)
        out.append((code, cells["name"], level, _parent(code), budgets[code], cells.get("note", ""), "yes", "own"))
    return out


def _write(target: Path, rows: list[tuple[str, ...]], kind: str) -> None:
    """Write the list under another name in the same folder, then rename it."""
    head = ("code", "name", "level", "parent", "budget", "note", "confirmed", "source")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{kind}-")
        draft = Path(name)
        try:
            with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
                csv.writer(file, lineterminator="\n").writerows((head, *rows))
            draft.replace(target)
        except OSError:
            draft.unlink(missing_ok=True)
            raise
    except OSError as error:
        raise InvalidStandards(_("写不进去：{reason}").format(reason=why_not(error)), place=str(target)) from error
