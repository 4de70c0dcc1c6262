"""The workbook of a budget book, empty to be filled in or holding a book: headings, help and drop-down lists."""

from __future__ import annotations

import contextlib
import datetime as dt
import io
import os
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from mingzhang.intake.cells import show_cell
from mingzhang.intake.columns import MONEY_UNIT, Column, Sheet
from mingzhang.intake.layout import RECORD_HEADINGS
from mingzhang.intake.records import entries, tree_of
from mingzhang.intake.sheets import SHEETS, UNIT
from mingzhang.model.book import BOOK_SCHEMA, Book
from mingzhang.model.fault import Fault, why_not
from mingzhang.model.language import gettext as _

if TYPE_CHECKING:
    from pathlib import Path

    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

    from mingzhang.forms.classifications import Edition
    from mingzhang.forms.pack import Pack

SPARE_ROWS: Final = 300
"""Rows under the filled ones that have drop-down lists and formats."""

OPTIONS: Final = "选项"
_MADE: Final = dt.datetime(2000, 1, 1)  # noqa: DTZ001 - a fixed stamp, so that the same book gives the same bytes
_LISTS: Final = {
    "function": "functional",
    "economic": "dept_economic",
    "gov_economic": "gov_economic",
    "revenue": "revenue",
}
_LONGEST_INLINE: Final = 250
_FIRST: Final = 2
"""The first row of data, counted from 0: a note and the headings stand above."""

_MONEY_FORMATS: Final = {"元": "#,##0.00", "万元": "#,##0.00####"}
_TITLE_LIMIT, _MESSAGE_LIMIT = 32, 255


def write_template(path: Path, pack: Pack, book: Book | None = None, *, money_unit: str = "元") -> None:
    """Write the workbook for a pack, with a book's facts if one is given; amounts in 元 or 万元.

    The same input gives the same bytes, and the file appears whole or not at all.

    Raises:
        Fault: the file cannot be written there.
    """
    put_workbook(template_bytes(pack, book, money_unit=money_unit), path)


def put_workbook(content: bytes, path: Path) -> None:
    """Put a workbook's bytes into a file that is whole or not there.

    Raises:
        Fault: the file cannot be written there.
    """
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        beside.write_bytes(content)
        beside.replace(path)
    except OSError as error:
        with contextlib.suppress(OSError):
            beside.unlink()
        raise Fault(_("无法写入：{why}").format(why=why_not(error)), place=str(path)) from error


def template_bytes(pack: Pack, book: Book | None = None, *, money_unit: str = "元") -> bytes:
    """Make the workbook in memory."""
    import xlsxwriter  # noqa: PLC0415 - only where a workbook is written

    from mingzhang.forms.classifications import edition  # noqa: PLC0415 - reads large lists

    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as workbook:
        workbook.set_properties({"title": _("预算底册"), "created": _MADE})
        SheetWriter(workbook, pack, edition(pack.standards), money_unit).write(book)
    return buffer.getvalue()


class SheetWriter:
    """Writes the sheets one after the other, then the lists that drop-downs show."""

    def __init__(self, workbook: Workbook, pack: Pack, edition: Edition, money_unit: str) -> None:
        """Make the formats."""
        self.workbook = workbook
        self.pack = pack
        self.edition = edition
        self.money_unit = money_unit
        plain = {"font_name": "宋体", "font_size": 11, "valign": "top"}
        edge = plain | {"border": 1, "border_color": "#BFBFBF"}
        styles: dict[str, dict[str, Any]] = {
            "note": plain | {"italic": True, "font_color": "#595959"},
            "head": edge | {"bold": True, "bg_color": "#DDEBF7", "text_wrap": True, "valign": "vcenter"},
            "must": edge | {"bold": True, "bg_color": "#FFE699", "text_wrap": True, "valign": "vcenter"},
            "help": edge | {"font_color": "#595959", "text_wrap": True},
            "text": edge | {"num_format": "@", "text_wrap": True},
            "money": edge | {"num_format": _MONEY_FORMATS[money_unit]},
            "count": edge | {"num_format": "0"},
        }
        self.formats: dict[str, Format] = {name: workbook.add_format(style) for name, style in styles.items()}
        self.options: dict[str, list[str]] = {}

    def write(self, book: Book | None) -> None:
        """Write the sheets of a book."""
        if book is None:
            year = self.pack.years[-1] if self.pack.years else 0
            book = Book(year=year, pack=self.pack.id, unit_name="", unit_type="other")
            unset = {"unit_type", "last_year_basis"}
        else:
            unset = set()
        filled: dict[str, list[dict[str, Any]]] = {sheet.key: [] for sheet in SHEETS}
        for entry in entries(tree_of(book)):
            filled[entry.sheet.key].append(entry.values)
        filled[UNIT.key][0] |= {MONEY_UNIT: self.money_unit, "schema": BOOK_SCHEMA} | dict.fromkeys(unset)
        for sheet in SHEETS:
            if filled[sheet.key] or not sheet.optional:
                self.sheet(sheet, filled[sheet.key])
        self.write_options()

    def sheet(self, sheet: Sheet, rows: list[dict[str, Any]]) -> None:
        """Write one sheet with its rows; a record is one row."""
        worksheet = self.workbook.add_worksheet(sheet.title)
        worksheet.set_paper(9)
        worksheet.set_landscape()
        worksheet.fit_to_pages(1, 0)  # all columns on one page's width
        worksheet.write_string(0, 0, _(sheet.note), self.formats["note"])
        if sheet.shape == "record":
            self._record(worksheet, sheet, rows[0])
        else:
            self._rows(worksheet, sheet, rows)

    def _record(self, worksheet: Worksheet, sheet: Sheet, values: dict[str, Any]) -> None:
        for n, (heading, width) in enumerate(zip(RECORD_HEADINGS, (30, 44, 50), strict=True)):
            worksheet.write_string(1, n, heading, self.formats["head"])
            worksheet.set_column(n, n, width)
        for r, column in enumerate(sheet.columns, _FIRST):
            worksheet.write_string(r, 0, column.heading, self.formats["must" if column.required else "head"])
            self._cell(worksheet, r, 1, column, values.get(column.key))
            worksheet.write_string(r, 2, _(column.help), self.formats["help"])
            self._choices(worksheet, (r, 1, r, 1), column)
        worksheet.freeze_panes(_FIRST, 1)

    def _rows(self, worksheet: Worksheet, sheet: Sheet, rows: list[dict[str, Any]]) -> None:
        last = _FIRST + len(rows) + SPARE_ROWS
        for n, column in enumerate(sheet.columns):
            worksheet.set_column(n, n, column.width, self.formats[_format_of(column)])
            worksheet.write_string(1, n, column.heading, self.formats["must" if column.required else "head"])
            worksheet.write_comment(1, n, _(column.help), {"author": "", "x_scale": 1.5})
            self._choices(worksheet, (_FIRST, n, last, n), column)
        for r, values in enumerate(rows, _FIRST):
            for n, column in enumerate(sheet.columns):
                self._cell(worksheet, r, n, column, values.get(column.key))
        worksheet.freeze_panes(_FIRST, 1)

    def _cell(self, worksheet: Worksheet, row: int, n: int, column: Column, value: Any) -> None:
        shown = show_cell(column, value, money_unit=self.money_unit, edition=self.edition)
        style = self.formats[_format_of(column)]
        if shown is None:
            worksheet.write_blank(row, n, None, style)
        elif isinstance(shown, Decimal | int):
            worksheet.write_number(row, n, shown, style)
        elif worksheet.write_string(row, n, shown, style) != 0:
            raise Fault(_("“{heading}”的文字太长，Excel 放不下").format(heading=column.heading))

    def _choices(self, worksheet: Worksheet, where: tuple[int, int, int, int], column: Column) -> None:
        """Give cells their drop-down list, or the check of a number, with the column's help beside them."""
        rule: dict[str, Any] = {
            "ignore_blank": True,
            "input_title": column.heading[:_TITLE_LIMIT],
            "input_message": _(column.help)[:_MESSAGE_LIMIT],
            "error_title": _("填写有误"),
        }
        source = self._source(column)
        if source is not None:
            strict = column.kind in {"words", "ref"}
            rule |= {"validate": "list", "source": source, "error_type": "stop" if strict else "information"}
        elif column.kind == "money":
            rule |= {"validate": "decimal", "criteria": ">=", "value": 0, "error_message": _("请填不为负的数字。")}
        elif column.kind == "count":
            rule |= {"validate": "integer", "criteria": ">=", "value": 0, "error_message": _("请填不为负的整数。")}
        else:
            rule |= {"validate": "any"}
        worksheet.data_validation(*where, rule)

    def _source(self, column: Column) -> list[str] | str | None:
        """Say where a column's drop-down list comes from; None if it has none."""
        if column.key == "pack":
            from mingzhang.forms.packs import pack_ids  # noqa: PLC0415 - beside the other look-ups of packs

            return list(dict.fromkeys((*pack_ids(), self.pack.id)))
        if column.kind == "ref":
            target = next(s for s in SHEETS if s.key == column.of)
            return f"='{target.title}'!$A${_FIRST + 1}:$A${_FIRST + SPARE_ROWS + 700}"
        if column.kind == "code":
            entries_ = self.edition.classification(_LISTS[column.of])
            return self._listed(column.of, [f"{e.code} {e.name}" for e in entries_])
        if not column.words:
            return None
        listed = list(column.words)
        return listed if len(",".join(listed)) <= _LONGEST_INLINE else self._listed(f"words:{column.heading}", listed)

    def _listed(self, key: str, listed: list[str]) -> str:
        self.options.setdefault(key, listed)
        letter = chr(ord("A") + list(self.options).index(key))
        return f"='{OPTIONS}'!${letter}$1:${letter}${len(listed)}"

    def write_options(self) -> None:
        """Write the lists that drop-downs show, after all sheets."""
        worksheet = self.workbook.add_worksheet(OPTIONS)
        for n, listed in enumerate(self.options.values()):
            worksheet.write_column(0, n, listed)
        worksheet.hide()


def _format_of(column: Column) -> str:
    return column.kind if column.kind in {"money", "count"} else "text"
