"""Ledgers of in-year changes from files: JSON, or an Excel workbook made for the book.

The workbook's sheets are those of the book's where they hold the same things; every fault is told with its cell.
"""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING, Any, Final

import msgspec
from msgspec.structs import replace

from mingzhang.intake.cells import BadCell, read_cell
from mingzhang.intake.columns import MONEY_UNIT, PARENT, Column, Sheet
from mingzhang.intake.files import ZIP, content_of, decoded, json_of
from mingzhang.intake.grids import read_grids
from mingzhang.intake.layout import filled_rows
from mingzhang.intake.sheets import (
    ADJUSTMENTS,
    GOALS,
    PROJECTS,
    SPENDING,
    UNIT,
)
from mingzhang.intake.template import SheetWriter, put_workbook
from mingzhang.model.codec import decode
from mingzhang.model.fault import Fault, InvalidBook, UnreadableInput
from mingzhang.model.language import gettext as _
from mingzhang.model.language import later
from mingzhang.model.ledger import LEDGER_SCHEMA, Ledger

if TYPE_CHECKING:
    from pathlib import Path

    from mingzhang.forms.classifications import Edition
    from mingzhang.intake.grids import Grid
    from mingzhang.model.book import Book

_DAY: Final = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?")
_TEXTS: Final = ("overview", "basis", "necessity", "safeguards", "plan", "period_goal", "annual_goal")


def _free(column: Column) -> Column:
    """Give a column as a ledger has it: what it points to stands in the book, not here."""
    return replace(column, kind="name", of="") if column.kind == "ref" else column


LEDGER: Final = Sheet(
    "ledger", "调整台账", "record", "", later("哪个单位、哪一年的年中调整。"),
    (
        Column("year", "预算年度", "count", later("四位年份。"), required=True),
        replace(UNIT.column(MONEY_UNIT), words={"元": "元", "万元": "万元"}),
        UNIT.column("unit_code"),
        replace(UNIT.column("unit_name"), required=False),
    ),
)  # fmt: skip

CHANGES: Final = replace(
    ADJUSTMENTS,
    key="changes",
    title="调整明细",
    at="changes",
    note=later("每行一条支出明细的增减；同一次调整的各行编号、类型、日期、文号相同。"),
    columns=tuple(map(_free, ADJUSTMENTS.columns)),
    optional=False,
)
LINES: Final = replace(
    SPENDING,
    key="lines",
    title="新增明细",
    at="lines",
    note=later("批复的底册里没有的支出明细；金额由“调整明细”给出。"),
    columns=tuple(_free(c) for c in SPENDING.columns if c.key != "amount"),
)
NEW_PROJECTS: Final = replace(
    PROJECTS,
    title="新增项目",
    note=later("新增明细所属、底册里没有的项目。"),
    columns=tuple(map(_free, PROJECTS.columns)),
)
TARGETS: Final = Sheet(
    "targets", "目标调整", "list", "targets", later("目标有变化的项目，每个一行；不变的文字不填。"),
    (
        Column("project", "项目编号", "name", later("哪个项目。"), 12, required=True),
        Column("date", "日期", "name", later("如：2024-06-30。"), 14, required=True),
        Column("document", "文号", "name", later("批准文件的文号。"), 24),
        *(PROJECTS.column(key) for key in _TEXTS),
    ),
)  # fmt: skip
TARGET_GOALS: Final = replace(
    GOALS,
    title="调整后指标",
    note=later("目标有变化或新增的项目的全部指标，每行一个。"),
    columns=tuple(map(_free, GOALS.columns)),
)
LEDGER_SHEETS: Final = (LEDGER, CHANGES, LINES, NEW_PROJECTS, TARGETS, TARGET_GOALS)


def read_ledger(path: Path) -> Ledger:
    """Read a ledger from JSON or an Excel workbook.

    Raises:
        UnreadableInput: no such file, empty, binary, of another encoding, or not a ledger.
        UnknownVersion: a stored form of another kind, or of a later version.
        InvalidBook: everything that is wrong in the workbook's cells.
    """
    content = content_of(path)
    if content.startswith(ZIP):
        return _from_workbook(content, path.name)
    return decoded(json_of(content, path.name), Ledger, path.name)


def ledger_template_bytes(book: Book) -> bytes:
    """Make the empty workbook of a book's ledger in memory; the same book gives the same bytes."""
    import datetime as dt  # noqa: PLC0415

    import xlsxwriter  # noqa: PLC0415 - only where a workbook is written

    from mingzhang.forms.classifications import edition  # noqa: PLC0415 - reads large lists
    from mingzhang.forms.packs import load_pack  # noqa: PLC0415

    pack = load_pack(book.pack)
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as workbook:
        workbook.set_properties({"title": _("预算调整台账"), "created": dt.datetime(2000, 1, 1)})  # noqa: DTZ001
        writer = SheetWriter(workbook, pack, edition(pack.standards), "元")
        own = {MONEY_UNIT: "元", "year": book.year, "unit_code": book.unit_code, "unit_name": book.unit_name}
        for sheet in LEDGER_SHEETS:
            writer.sheet(sheet, [own] if sheet is LEDGER else [])
        writer.write_options()
    return buffer.getvalue()


def write_ledger_template(path: Path, book: Book) -> None:
    """Write the empty workbook of a book's ledger.

    Raises:
        Fault: the file cannot be written there.
    """
    put_workbook(ledger_template_bytes(book), path)


def _from_workbook(content: bytes, name: str) -> Ledger:
    grids = read_grids(content, name)
    if LEDGER.title not in grids:
        hint = _("请用 mingzhang adjust 底册 --template 生成的台账填写。")
        raise UnreadableInput(_("不是调整台账：没有“{sheet}”工作表").format(sheet=LEDGER.title), place=name, hint=hint)
    reader = _Reader()
    rows = {s.key: reader.rows(s, grids[s.title]) for s in LEDGER_SHEETS if s.title in grids}
    if reader.found:
        raise InvalidBook(reader.found)
    return _ledger(rows)


class _Reader:
    """Reads sheets row by row and collects what is wrong in their cells."""

    def __init__(self) -> None:
        self.found: list[Fault] = []
        self.money_unit = "元"
        self.edition: Edition | None = None

    def rows(self, sheet: Sheet, grid: Grid) -> list[dict[str, Any]]:
        return [self._row(sheet, cells, grid) for cells in filled_rows(sheet, grid, self._tell)]

    def _row(self, sheet: Sheet, cells: dict[str, tuple[str, Any]], grid: Grid) -> dict[str, Any]:
        if MONEY_UNIT in cells:
            self.money_unit = str(cells[MONEY_UNIT][1] or "").strip() or "元"
        values = {}
        for column in sheet.columns:
            cell, raw = cells.get(column.key, ("", None))
            try:
                if cell in grid.failed:
                    raise BadCell(_("公式出错"), _("请改正公式，或填入数值。"))  # noqa: TRY301 - told like the others
                value = read_cell(column, raw, money_unit=self.money_unit, edition=self.edition)
                if value is None and column.required and cell:
                    raise BadCell(_("缺少“{heading}”").format(heading=column.heading))  # noqa: TRY301
            except BadCell as error:
                self._tell(sheet, cell, error.message, error.hint)
                continue
            if value is not None:
                values[column.key] = value
        return values

    def _tell(self, sheet: Sheet, cell: str, message: str, hint: str) -> None:
        self.found.append(Fault(message, place=f"{sheet.title}!{cell}" if cell else sheet.title, hint=hint))


def _ledger(rows: dict[str, list[dict[str, Any]]]) -> Ledger:
    """Make the ledger of sheets' rows; projects take the indicators that name them."""
    goals: dict[str, list[dict[str, Any]]] = {}
    for row in rows.get(TARGET_GOALS.key, []):
        goals.setdefault(row[PARENT], []).append({k: v for k, v in row.items() if k != PARENT})
    projects = [_nested(r) | {"goals": goals.get(r["id"], [])} for r in rows.get(NEW_PROJECTS.key, [])]
    targets = [_dated(r) | {"goals": goals.get(r["project"], [])} for r in rows.get(TARGETS.key, [])]
    own = {p["id"] for p in projects} | {t["project"] for t in targets}
    lost = [g for g in goals if g not in own]
    if lost:
        text = _("项目 {project} 有指标，但“{targets}”和“{projects}”表中都没有它")
        raise InvalidBook(
            [
                Fault(
                    text.format(project=g, targets=TARGETS.title, projects=NEW_PROJECTS.title), place=TARGET_GOALS.title
                )
                for g in lost
            ]
        )
    tree = {k: v for k, v in rows[LEDGER.key][0].items() if k != MONEY_UNIT} | {
        "schema": LEDGER_SCHEMA,
        "changes": [_dated(r) for r in rows.get(CHANGES.key, [])],
        "lines": [r | {"amount": 0} for r in rows.get(LINES.key, [])],
        "projects": projects,
        "targets": targets,
    }
    return decode(msgspec.json.encode(tree), Ledger)


def _dated(row: dict[str, Any]) -> dict[str, Any]:
    """Write a row's day as the standard does, whichever way it was typed."""
    found = _DAY.fullmatch(str(row.get("date", "")))
    return row if found is None else row | {"date": f"{found[1]}-{int(found[2]):02}-{int(found[3]):02}"}


def _nested(row: dict[str, Any]) -> dict[str, Any]:
    """Put values whose column is a path where the path leads."""
    out: dict[str, Any] = {}
    for key, value in row.items():
        first, _sep, second = key.partition("/")
        if second:
            out.setdefault(first, {})[second] = value
        else:
            out[first] = value
    return out
