"""What sheets of reports have in common: rows as high as their texts, and how they lie on paper."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from mingzhang.documents.widths import EM, lines_needed

if TYPE_CHECKING:
    from collections.abc import Iterable

LINE: Final = 16
"""The height of a line in points."""

TALLEST: Final = 400
"""Points that a row of a workbook may be high."""

_HELD: Final = 46
"""A column's unit, of which a Chinese character takes two, holds so many hundredths of one: there is an edge either side."""


def row_height(cells: Iterable[tuple[str, int]]) -> int:
    """Give the height in points of a row of texts, each in a column so wide: few programs find it when they open a file."""
    return min(TALLEST, LINE * max(lines_needed(text, width * _HELD * EM // 100) for text, width in cells))


def on_paper(sheet: Any, repeated: int) -> None:
    """Print a sheet across, as wide as the page, the rows down to this one on every page."""
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0, repeated)
    sheet.set_footer("&C— &P —")
