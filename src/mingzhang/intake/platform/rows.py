"""The lines of a sheet as they stand: texts by field, amounts by column, and what was left out at once and why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import msgspec

from mingzhang.intake.cells import BadCell
from mingzhang.intake.grids import cell_name
from mingzhang.intake.platform.amounts import amount_of, lost_digits, places_of, text_of, yuan
from mingzhang.intake.platform.heads import (
    Layout,
)
from mingzhang.intake.platform.vocabulary import heading_text, total_of, vocabulary
from mingzhang.model.fault import Fault
from mingzhang.model.keys import folded
from mingzhang.model.language import gettext as _

if TYPE_CHECKING:
    from mingzhang.intake.platform.profile import ExportProfile

GROUPS: Final = {
    "unit": ("unit", "unit_code", "unit_name", "unit_type"),
    "function": ("function", "function_name", "function_class", "function_group", "function_item"),
    "economic": ("economic", "economic_name", "economic_class", "economic_group"),
    "gov_economic": ("gov_economic", "gov_economic_name"),
    "project": ("project", "project_code", "project_name"),
}
"""Fields of several columns, by the fact they tell together."""

_OF_LINES: Final = frozenset(vocabulary().heading) - {"amount"}


class Row(msgspec.Struct, frozen=True):
    """One line with amounts: where it stands, its own texts by field, its amounts in fen (0 where blank).

    `total` is what the line says it is a total of ("" for a bare 合计), None where it says no such thing; `blurred` are
    fields whose code came as a number too long to be sure of its last digits.
    """

    layout: Layout
    number: int
    texts: dict[str, str]
    amounts: tuple[int, ...]
    blank: tuple[bool, ...]
    places: int = 0
    total: str | None = None
    blurred: tuple[str, ...] = ()

    @property
    def place(self) -> str:
        """Name where the line stands."""
        return self.layout.sheet.place(self.number)


class LeftOut(msgspec.Struct, frozen=True):
    """A line of the sheet that makes no spending line, and why."""

    place: str
    number: int
    sheet: str
    reason: str
    amount: int | None = None


class SheetRows(msgspec.Struct, frozen=True):
    """What a sheet holds."""

    layout: Layout
    rows: tuple[Row, ...]
    left_out: tuple[LeftOut, ...]
    problems: tuple[Fault, ...]


def rows_of(layout: Layout, profile: ExportProfile) -> SheetRows:
    """Read every line under the head."""
    reader = _Reader(layout, profile)
    for number in range(layout.head.last + 1, len(layout.sheet.rows)):
        reader.read(number)
    return SheetRows(layout, tuple(reader.rows), tuple(reader.left_out), tuple(reader.problems))


class _Reader:
    """Reads one sheet's lines from top to bottom."""

    def __init__(self, layout: Layout, profile: ExportProfile) -> None:
        self.layout = layout
        self.profile = profile
        self.fields = {f: c for f, c in layout.columns.items() if f in _OF_LINES}
        self.rows: list[Row] = []
        self.left_out: list[LeftOut] = []
        self.problems: list[Fault] = []
        self.merged = {
            (r, area[1]): (area[0], area[1])
            for area in layout.sheet.merged
            if area[0] > layout.head.last
            for r in range(area[0] + 1, area[2] + 1)
        }
        self.extra_totals = {folded(t) for t in profile.totals}
        self.head_texts = {
            tuple(heading_text(v) for v in row) for row in layout.sheet.rows[layout.head.first : layout.head.last + 1]
        }

    def read(self, number: int) -> None:
        cells = self.layout.sheet.rows[number]
        if not any(text_of(v) for v in cells):
            return
        if tuple(heading_text(v) for v in cells) in self.head_texts:
            self.leave(number, _("重复的表头"))
            return
        amounts = self._amounts(number)
        if amounts is None:
            return
        if all(a is None for a in amounts):
            self.leave(number, _("没有金额"))
            return
        self._wholes(number, amounts)
        texts, blurred = self._texts(number)
        parts = [a for a, m in zip(amounts, self.layout.amounts, strict=True) if not m.whole]
        measured = [m for m in self.layout.amounts if not m.whole]
        places = max((places_of(self._cell(number, m.column)) for m in measured), default=0)
        self.rows.append(
            Row(
                self.layout,
                number,
                texts,
                tuple(a or 0 for a in parts),
                tuple(a is None for a in parts),
                places,
                self._total(number),
                blurred,
            )
        )

    def leave(self, number: int, reason: str) -> None:
        sheet = self.layout.sheet
        self.left_out.append(LeftOut(sheet.place(number), number, sheet.name, reason))

    def _cell(self, number: int, column: int) -> Any:
        """Give what stands in a cell; the lower cells of a merged area hold what its first one does."""
        row, column = self.merged.get((number, column), (number, column))
        cells = self.layout.sheet.rows[row]
        return cells[column] if column < len(cells) else None

    def _amounts(self, number: int) -> list[int | None] | None:
        """Read a line's amounts; None if one cannot be read, which is told unless the line is words alone."""
        read: list[int | None] = []
        sheet = self.layout.sheet
        bad: list[Fault] = []
        for amount in self.layout.amounts:
            cells = sheet.rows[number]
            raw = cells[amount.column] if amount.column < len(cells) else None
            try:
                if cell_name(number, amount.column) in sheet.failed:
                    raise BadCell(_("公式出错"), _("请改正公式，或填入数值。"))  # noqa: TRY301 - told like the others
                read.append(amount_of(raw, self.layout.unit))
            except BadCell as error:
                bad.append(Fault(error.message, place=sheet.place(number), hint=error.hint))
        if bad and not any(text_of(self._cell(number, c)) for c in self._code_columns()):
            self.leave(number, _("没有金额"))
            return None
        self.problems += bad
        return None if bad else read

    def _code_columns(self) -> list[int]:
        """Give the columns by whose codes a line of facts is known from a footer's words."""
        fields = [f for g in ("function", "economic") for f in GROUPS[g] if f in self.fields]
        return [self.fields[f] for f in fields]

    def _wholes(self, number: int, amounts: list[int | None]) -> None:
        """See that what a line prints as its total is the sum of its columns."""
        by_column = {m.column: a or 0 for m, a in zip(self.layout.amounts, amounts, strict=True)}
        for measured, stated in zip(self.layout.amounts, amounts, strict=True):
            if not measured.whole or stated is None:
                continue
            total = sum(by_column[c] for c in measured.whole)
            if total != stated:
                heading = self.layout.head.heading(measured.column)
                said = _("“{heading}”是 {stated} 元，所含各列合计 {total} 元").format(
                    heading=heading, stated=yuan(stated), total=yuan(total)
                )
                hint = _("这一行可能漏了一列；请核对导出文件。")
                self.problems.append(Fault(said, place=self.layout.sheet.place(number), hint=hint))

    def _texts(self, number: int) -> tuple[dict[str, str], tuple[str, ...]]:
        texts, blurred = {}, []
        for field, column in self.fields.items():
            raw = self._cell(number, column)
            text = text_of(raw)
            if text and text not in {"-", "—", "--", "/"}:
                texts[field] = text
            if lost_digits(raw):
                blurred.append(field)
        return texts, tuple(blurred)

    def _total(self, number: int) -> str | None:
        """Find a word for a total in any cell of the line that is not an amount."""
        measured = {m.column for m in self.layout.amounts}
        known = set(self.fields.values())
        for column, raw in enumerate(self.layout.sheet.rows[number]):
            if column in measured or not isinstance(raw, str) or not raw.strip():
                continue
            if folded(raw) in self.extra_totals:
                return ""
            of = total_of(raw)
            if of is not None and (not of or column in known):
                return of
        return None
