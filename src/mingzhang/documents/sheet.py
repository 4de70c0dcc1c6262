"""One sheet of a workbook: cells written and remembered, so that what a sheet shows can be summed up."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from mingzhang.documents.grid import printed
from mingzhang.documents.theme import STANDARD
from mingzhang.model.figure import spell
from mingzhang.model.workbook import shown

if TYPE_CHECKING:
    from collections.abc import Iterable

    from xlsxwriter import Workbook
    from xlsxwriter.format import Format

    from mingzhang.documents.theme import Theme
    from mingzhang.model.figure import Figure

Span = tuple[int, int]
"""Rows and columns."""

MAX_NAME: Final = 31
_ILLEGAL: Final = re.compile(r"[\[\]:*?/\\\s\x00-\x1f\ufffe\uffff]+")
_LARGEST: Final = 10**15
"""Spreadsheets keep fifteen digits."""


class Styles:
    """The formats of a workbook, each made once."""

    def __init__(self, book: Workbook, theme: Theme = STANDARD, head: str = "") -> None:
        """Make formats in this workbook; `head` is the line above its printed pages."""
        self._book = book
        self.colours = theme.colours
        self.head = head
        self._made: dict[tuple[tuple[str, Any], ...], Format] = {}

    def __call__(self, **properties: Any) -> Format:
        """Give the format with these properties."""
        key = tuple(sorted(properties.items()))
        if key not in self._made:
            self._made[key] = self._book.add_format(
                {"font_name": "宋体", "font_size": 10, "valign": "vcenter", **properties}
            )
        return self._made[key]


class Sheet:
    """A sheet under a name of its own, A4, and what was written to it by row and column (from 0)."""

    def __init__(self, book: Workbook, styles: Styles, name: str, *, landscape: bool = False) -> None:
        """Add a sheet to the workbook."""
        self.name = name
        self.styles = styles
        self.landscape = landscape
        self.cells: dict[tuple[int, int], str | float] = {}
        self._numbers: dict[tuple[int, int], tuple[float, Format]] = {}
        self.raw = book.add_worksheet(name)
        self.raw.set_paper(9)
        self.raw.set_margins(left=0.6, right=0.6, top=0.7, bottom=0.7)
        self.raw.center_horizontally()
        self.raw.fit_to_pages(1, 0)
        self.raw.set_footer("&C— &P —")
        if styles.head:
            self.raw.set_header("&R&9" + styles.head.replace("&", "&&"))
        if landscape:
            self.raw.set_landscape()

    def text(self, row: int, column: int, text: str, span: Span = (1, 1), **style: Any) -> None:
        """Write a text over one cell or several (`span`: rows, columns)."""
        form, text = self._span(row, column, span, style), shown(text)
        if text:
            self.raw.write_string(row, column, text, form)
            self.cells[row, column] = text
        else:
            self.raw.write_blank(row, column, None, form)

    def figure(self, row: int, column: int, figure: Figure, span: Span = (1, 1), **style: Any) -> None:
        """Write a figure as a number if the number shows exactly what was printed, else as the printed text."""
        value = number_of(figure)
        if value is None:
            self.text(row, column, printed(figure), span, **style)
            return
        whole = "#,##0" if "," in figure.printed else "0"
        style["num_format"] = f"{whole}.{'0' * figure.places}" if figure.places else whole
        form = self._span(row, column, span, style)
        self.raw.write_number(row, column, value, form)
        self.cells[row, column] = value
        if span == (1, 1):
            self._numbers[row, column] = value, form

    def formula(self, row: int, column: int, text: str) -> None:
        """Let a formula stand where a figure was written, which stays as its value; not over several cells."""
        if (row, column) in self._numbers:
            value, form = self._numbers[row, column]
            self.raw.write_formula(row, column, text, form, value)

    def _span(self, row: int, column: int, span: Span, style: dict[str, Any]) -> Format:
        form = self.styles(**style)
        if span != (1, 1):
            self.raw.merge_range(row, column, row + span[0] - 1, column + span[1] - 1, "", form)
        return form


def number_of(figure: Figure) -> float | None:
    """Give the number a spreadsheet cell holds, or None where no number shows what was printed.

    The one place where an amount becomes a float, because the file format has no other number: only where fifteen
    digits hold it, so that the cell shows the very digits printed.
    """
    if figure.digits is None or abs(figure.digits) >= _LARGEST:
        return None
    styles = {spell(figure.digits, figure.places, grouped=g) for g in (True, False)}
    if figure.printed and figure.printed not in styles:
        return None
    return float(figure.digits / 10**figure.places)


def sheet_names(wanted: Iterable[str], taken: Iterable[str] = ()) -> list[str]:
    """Make names that a workbook takes: no forbidden characters, 31 at most, each once (case is no difference)."""
    used = {t.casefold() for t in taken} | {"history"}
    names = []
    for n, text in enumerate(wanted, 1):
        plain = _ILLEGAL.sub(" ", shown(text)).strip("' ") or f"表{n}"
        name, again = plain[:MAX_NAME].rstrip("' "), 1
        while name.casefold() in used:
            again += 1
            tail = f"（{again}）"
            name = plain[: MAX_NAME - len(tail)] + tail
        used.add(name.casefold())
        names.append(name)
    return names
