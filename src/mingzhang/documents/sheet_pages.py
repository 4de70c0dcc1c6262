"""The sheets people read: tables, the written part, performance forms, glossary."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from mingzhang.documents.chart import label_of
from mingzhang.documents.grid import printed, weight
from mingzhang.documents.widths import EM, lines_needed, longest_piece, width
from mingzhang.model.workbook import is_safe

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from mingzhang.documents.form_rows import FormPage
    from mingzhang.documents.grid import Grid, GridCell
    from mingzhang.documents.sheet import Sheet
    from mingzhang.documents.theme import Colours
    from mingzhang.model.disclosure import Section, Table, Term

TABLE_TOP: Final = 3
"""Rows above a table's head: its number, its title, the line of unit name and unit."""

_FORM_WIDTHS: Final = (9.0, 14.0, 18.0, 28.0, 16.0, 18.0, 28.0, 16.0)
_TEXT_WIDTHS: Final = (86.0, 16.0, 12.0)
_TERM_WIDTHS: Final = (28.0, 80.0)
_WIDEST_LABEL: Final = 22 * EM
_LINE: Final = 14.0
_TITLE_SIZE: Final = 16
_TITLE_HEIGHT: Final = 28.0
_TEXT_SIZE: Final = 10
_PAD: Final = 6.0
_TALLEST: Final = 400.0
_NARROWER: Final = 0.92
"""What a column of texts may hold less than counted, where another font stands in."""

_CHARACTER: Final = 5.4
"""The width of a column's unit in points."""

_PAPER: Final = (509.0, 741.0)
"""The room on A4 inside the margins in points, the short side first."""

_CROWDED: Final = 0.72
"""A sheet is not printed smaller than this to spare a page."""


def table_widths(grid: Grid) -> tuple[float, ...]:
    """Give each column's width in characters: figures and codes whole, labels and heads in as few lines as look well."""
    out = []
    for column in range(grid.columns):
        cells = [c for c in grid.cells if c.column == column and c.columns == 1]
        need = [0]
        for c in cells:
            if c.role in {"figure", "code"}:
                need.append(width(c.text))
            elif c.role == "head":
                need.append(max(longest_piece(c.text), -(-width(c.text) // 2)))
            else:
                need.append(min(width(c.text), _WIDEST_LABEL) + (c.level or 0) * EM)
        out.append(_characters(max(*need, 3 * EM)))
    return tuple(out)


def _with_room(widths: tuple[float, ...], title: str) -> tuple[float, ...]:
    """Widen a narrow table's columns alike until its title fits above them."""
    need = _characters(width(title) * _TITLE_SIZE // _TEXT_SIZE)
    factor = max(1.0, need / sum(widths)) if widths else 1.0
    return tuple(round(w * factor, 2) for w in widths)


def write_table(sheet: Sheet, table: Table, grid: Grid, name: str) -> dict[str, tuple[int, int]]:
    """Write one table; give where each figure stands, by its path in the document."""
    last = max(grid.columns - 1, 1)
    widths = _with_room(table_widths(grid), table.title)
    for column, wide in enumerate(widths):
        sheet.raw.set_column(column, column, wide)
    sheet.text(0, 0, table.number)
    sheet.text(1, 0, table.title, (1, last + 1), bold=True, font_size=_TITLE_SIZE, align="center")
    sheet.text(2, 0, name, (1, last), align="left")
    sheet.text(2, last, f"单位：{table.unit}" if table.unit else "", align="right")
    sheet.raw.set_row(1, _TITLE_HEIGHT)
    where, height = write_grid(sheet, grid, TABLE_TOP, widths)
    height += _TITLE_HEIGHT + (2 + len(table.notes)) * _LINE
    if _printed(sum(widths), height, landscape=sheet.landscape).squeezed:
        sheet.raw.fit_to_pages(1, 1)
    below = TABLE_TOP + grid.rows
    for n, note in enumerate(table.notes):
        sheet.text(below + n, 0, note)
    sheet.raw.print_area(0, 0, max(below + len(table.notes) - 1, below), last)
    if grid.head:
        sheet.raw.freeze_panes(TABLE_TOP + grid.head, 0)
        sheet.raw.repeat_rows(TABLE_TOP, TABLE_TOP + grid.head - 1)
    return where


def lies_across(grid: Grid) -> bool:
    """Tell whether a table is printed across: where it then takes no more pages and is larger, or is too small upright."""
    wide = sum(table_widths(grid))
    high = grid.rows * (_LINE + _PAD) + _TITLE_HEIGHT + 2 * _LINE
    upright, across = _printed(wide, high, landscape=False), _printed(wide, high, landscape=True)
    return across.scale > upright.scale and (across.pages <= upright.pages or upright.scale < _CROWDED)


class _Printed(NamedTuple):
    """How large a sheet as wide as a page comes out, on how many pages, and whether it is made smaller to go on one."""

    scale: float
    pages: int
    squeezed: bool


def _printed(characters: float, height: float, *, landscape: bool) -> _Printed:
    across, down = reversed(_PAPER) if landscape else _PAPER
    scale = min(1.0, across / (characters * _CHARACTER))
    pages = int(-(-height * scale // down))
    if pages > 1 and down / height >= _CROWDED:
        return _Printed(down / height, 1, squeezed=True)
    return _Printed(scale, pages, squeezed=False)


def write_grid(sheet: Sheet, grid: Grid, top: int, widths: Sequence[float]) -> tuple[dict[str, tuple[int, int]], float]:
    """Write a grid below row `top`; give where each figure stands, and the height of all rows in points."""
    where: dict[str, tuple[int, int]] = {}
    levels = grid.levels
    heights = dict.fromkeys(range(grid.rows), _LINE)
    for cell in grid.cells:
        row, span, style = top + cell.row, (cell.rows, cell.columns), _style(cell, levels, sheet.styles.colours)
        if cell.figure is None:
            sheet.text(row, cell.column, cell.text, span, **style)
        else:
            sheet.figure(row, cell.column, cell.figure, span, **style)
            if is_safe(cell.text) and is_safe(cell.path):
                where[cell.path] = (row, cell.column)
        if cell.rows == 1:
            room = int(sum(widths[cell.column : cell.column + cell.columns]) * EM / 2)
            heights[cell.row] = max(heights[cell.row], lines_needed(cell.text, room) * _LINE)
    for row in heights:
        heights[row] = min(heights[row] + _PAD, _TALLEST)
        sheet.raw.set_row(top + row, heights[row])
    return where, sum(heights.values())


def write_forms(sheet: Sheet, pages: Iterable[FormPage]) -> None:
    """Write performance forms one below the other, each beginning a page."""
    for column, wide in enumerate(_FORM_WIDTHS):
        sheet.raw.set_column(column, column, wide)
    row, breaks = 0, []
    for page in pages:
        if row:
            breaks.append(row)
        sheet.text(row, 0, page.title, (1, page.grid.columns), bold=True, font_size=15, align="center")
        sheet.text(row + 1, 0, page.year_line, (1, page.grid.columns), align="center")
        write_grid(sheet, page.grid, row + 2, _FORM_WIDTHS)
        row += 2 + page.grid.rows
        for n, text in enumerate(page.footer):
            sheet.text(row, 2 * n % page.grid.columns, text, (1, 2) if 2 * n + 1 < page.grid.columns else (1, 1))
        row += 2
    sheet.raw.set_h_pagebreaks(breaks)


def write_sections(sheet: Sheet, parts: Iterable[tuple[str, Sequence[Section]]]) -> None:
    """Write the parts of running text: headings, paragraphs, and the figures of charts."""
    for column, wide in enumerate(_TEXT_WIDTHS):
        sheet.raw.set_column(column, column, wide)
    row = 0
    for heading, sections in parts:
        sheet.text(row, 0, heading, bold=True, font_size=14)
        sheet.raw.set_row(row, _TITLE_HEIGHT)
        row += 1
        for section in sections:
            _wrapped(sheet, row, 0, section.heading, _TEXT_WIDTHS[0], bold=True)
            row += 1
            for paragraph in section.paragraphs:
                _wrapped(sheet, row, 0, paragraph.text, _TEXT_WIDTHS[0] - 2, indent=1)
                row += 1
            for chart in section.charts:
                sheet.text(row, 0, chart.title, align="center", font_color=sheet.styles.colours.accent)
                row += 1
                for item in chart.items:
                    sheet.text(row, 0, label_of(item), align="right")
                    sheet.figure(row, 1, item.figure, align="right")
                    sheet.text(row, 2, f"{printed(item.share)}{item.share.unit}" if item.share else "", align="right")
                    row += 1
    sheet.raw.print_area(0, 0, max(row - 1, 0), len(_TEXT_WIDTHS) - 1)


def write_glossary(sheet: Sheet, terms: Iterable[Term]) -> None:
    """Write the glossary."""
    for column, wide in enumerate(_TERM_WIDTHS):
        sheet.raw.set_column(column, column, wide)
    for row, term in enumerate(terms):
        _wrapped(sheet, row, 0, term.term, _TERM_WIDTHS[0], bold=True)
        _wrapped(sheet, row, 1, term.meaning, _TERM_WIDTHS[1], beside=(term.term, _TERM_WIDTHS[0]))


def _wrapped(  # noqa: PLR0917
    sheet: Sheet,
    row: int,
    column: int,
    text: str,
    characters: float,
    beside: tuple[str, float] = ("", 1.0),
    **style: Any,
) -> None:
    """Write a text over as many lines as it takes, and make its row so high: few programs do when they open a file.

    `beside` is another text of the row with the characters that its column takes.
    """
    sheet.text(row, column, text, text_wrap=True, valign="top", **style)
    lines = max(lines_needed(words, int(wide * _NARROWER * EM / 2)) for words, wide in ((text, characters), beside))
    sheet.raw.set_row(row, min(lines * _LINE + _PAD, _TALLEST))


def _style(cell: GridCell, levels: frozenset[int], colours: Colours) -> dict[str, Any]:
    style: dict[str, Any] = {"border": 1, "border_color": colours.hair}
    if cell.role in {"head", "field"}:
        return {**style, "bold": True, "align": "center", "text_wrap": True, "bg_color": colours.tint}
    stands = weight(cell, levels)
    if stands:
        style["bold"] = True
    if stands == "total":
        style["bg_color"] = colours.band
    if cell.role == "figure":
        return {**style, "align": "right"}
    if cell.role != "code":
        style["text_wrap"] = True
    if cell.role == "label" and cell.level and cell.level > 1:
        style["indent"] = cell.level - 1
    return {**style, "align": "left"}


def _characters(ems: int) -> float:
    """Turn thousandths of a character into spreadsheet columns, which count narrow ones."""
    return round(ems / EM * 2 + 2, 1)
