"""A budget book from an Excel workbook: every fault of every sheet at once, each with its cell."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import msgspec

from mingzhang.intake.cells import BadCell, read_cell
from mingzhang.intake.columns import KEY, MONEY_UNIT, PARENT, Column, Sheet
from mingzhang.intake.grids import Grid, read_grids
from mingzhang.intake.layout import filled_rows
from mingzhang.intake.records import Builder
from mingzhang.intake.sheets import SHEETS, UNIT
from mingzhang.intake.validation import problems
from mingzhang.model.book import BOOK_SCHEMA, Book
from mingzhang.model.codec import decode
from mingzhang.model.fault import Fault, InvalidBook, UnreadableInput
from mingzhang.model.language import gettext as _

if TYPE_CHECKING:
    from mingzhang.forms.classifications import Edition
    from mingzhang.forms.pack import Pack
    from mingzhang.intake.layout import Cells

_STAND_INS: Final[dict[str, Any]] = {"money": 0, "count": 0, "tags": [], "names": []}


class _Reader:
    """Collects the rows of all sheets into one tree, and what was wrong on the way."""

    def __init__(self) -> None:
        self.builder = Builder()
        self.found: list[Fault] = []
        self.places: dict[str, str] = {}
        self.told: set[str] = set()
        self.money_unit = "元"
        self.edition: Edition | None = None

    def tell(self, sheet: Sheet, cell: str, message: str, hint: str = "") -> None:
        self.found.append(Fault(message, place=f"{sheet.title}!{cell}" if cell else sheet.title, hint=hint))

    def row(self, sheet: Sheet, cells: Cells, grid: Grid) -> None:
        """Read one row's cells by column and put them into the tree."""
        values, bad = self._values(sheet, cells, grid)
        if bad and (sheet.shape in {"map", "lines"} or PARENT in bad):
            return
        pointers = self.builder.add(sheet, values)
        if pointers is None:
            self._no_place(sheet, cells, values)
            return
        for key, pointer in pointers.items():
            self.places.setdefault(pointer, f"{sheet.title}!{cells[key][0]}" if key in cells else sheet.title)
            if key in bad:
                self.told.add(pointer)

    def _values(self, sheet: Sheet, cells: Cells, grid: Grid) -> tuple[dict[str, Any], set[str]]:
        """Read a row's cells, and say which columns hold a stand-in for something bad."""
        values: dict[str, Any] = {}
        bad: set[str] = set()
        for column in sheet.columns:
            cell, raw = cells.get(column.key, ("", None))
            if not cell and column.required:  # the column itself is missing, which has been told
                bad.add(column.key)
                values[column.key] = _stand_in(column)
                continue
            try:
                if cell in grid.failed:
                    raise BadCell(_("公式出错"), _("请改正公式，或填入数值。"))  # noqa: TRY301 - told like the others
                value = read_cell(column, raw, money_unit=self.money_unit, edition=self.edition)
                if value is None and column.required:
                    raise BadCell(_("缺少“{heading}”").format(heading=column.heading))  # noqa: TRY301
            except BadCell as error:
                self.tell(sheet, cell, error.message, error.hint)
                bad.add(column.key)
                value = _stand_in(column)
            if value is not None:
                values[column.key] = value
        return values, bad

    def _no_place(self, sheet: Sheet, cells: Cells, values: dict[str, Any]) -> None:
        cell = next(iter(cells.values()))[0]
        if sheet.shape == "map":
            column = sheet.column(KEY)
            word = next((w for w, v in column.words.items() if v == values[KEY]), values[KEY])
            self.tell(sheet, cells[KEY][0], _("{heading}“{value}”重复").format(heading=column.heading, value=word))
        elif sheet.shape == "nested":
            column = sheet.column(PARENT)
            message = _("“{heading}”{value} 在“{sheet}”表中没有").format(
                heading=column.heading, value=values[PARENT], sheet=next(s.title for s in SHEETS if s.key == column.of)
            )
            self.tell(sheet, cells[PARENT][0], message)
        else:
            self.tell(sheet, cell, _("填了内容，但“部门整体目标”的“是否编报”不是“是”"))


def _stand_in(column: Column) -> Any:
    """Give a value in place of a bad one, so that the rest of the book can still be looked through."""
    return _STAND_INS.get(column.kind, next(iter(column.words.values()), ""))


def read_workbook(content: bytes, name: str, *, pack: Pack | None = None) -> Book:
    """Read a budget book from a workbook's bytes; `name` is for messages.

    Raises:
        UnreadableInput: not a workbook, or not one of a budget book.
        InvalidBook: everything that is wrong in it, by sheet and cell.
    """
    grids = read_grids(content, name)
    if not any(sheet.title in grids for sheet in SHEETS):
        raise UnreadableInput(
            _("不是预算底册：没有“{sheet}”等工作表").format(sheet=UNIT.title),
            place=name,
            hint=_("请用 mingzhang template 生成的模板填写。"),
        )
    reader = _Reader()
    for sheet in SHEETS:
        grid = grids.get(sheet.title)
        if grid is None:
            if not sheet.optional:
                reader.tell(sheet, "", _("缺少工作表“{sheet}”").format(sheet=sheet.title))
            continue
        for cells in filled_rows(sheet, grid, reader.tell):
            if sheet is UNIT:
                _learn(reader, {k: v for k, (_cell, v) in cells.items()}, pack)
            reader.row(sheet, cells, grid)
    return _finished(reader, pack)


def _learn(reader: _Reader, values: dict[str, Any], pack: Pack | None) -> None:
    """Take from the first sheet what the others are read by: the unit of amounts, and the pack's classifications."""
    from mingzhang.forms.classifications import edition  # noqa: PLC0415 - reads large lists
    from mingzhang.forms.packs import load_pack  # noqa: PLC0415

    unit = str(values.get(MONEY_UNIT, "")).strip()
    if unit in UNIT.column(MONEY_UNIT).words:
        reader.money_unit = unit
    try:
        reader.edition = edition((pack or load_pack(str(values.get("pack", "")).strip())).standards)
    except Fault:
        return  # said with its place when the book is looked through


def _finished(reader: _Reader, pack: Pack | None) -> Book:
    """Make the book and look it through; raise everything that was found in it."""
    tree = {"schema": BOOK_SCHEMA, "year": 0, "pack": "", "unit_name": "", "unit_type": "other"} | reader.builder.tree
    extra = tree.pop("extra", {})
    try:
        book = msgspec.structs.replace(decode(msgspec.json.encode(tree), Book), extra=extra)
    except Fault as fault:
        if reader.found:
            raise InvalidBook(reader.found) from fault
        raise
    missing = {f.place for f in reader.found if "!" not in f.place}
    for problem in problems(book, pack):
        place = reader.places.get(problem.place)
        if problem.place in reader.told or (place is None and missing):
            continue
        reader.found.append(Fault(problem.message, place=place or problem.place, hint=problem.hint))
    if reader.found:
        raise InvalidBook(reader.found)
    return book
