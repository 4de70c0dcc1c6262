"""The inspection sheet (检查表) and the scores as a workbook, each error and warning with a picture of its place."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Final

from mingzhang.documents.report_inspection import (
    ANSWER_COLOURS,
    ANSWERS,
    HEAD,
    SCORE_HEAD,
    cuttings_of,
    explained,
    problem_lines,
    score_rows,
    score_title,
    title_of,
)
from mingzhang.documents.sheet_reports import TALLEST, on_paper, row_height
from mingzhang.model.language import gettext as _

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from mingzhang.documents.found_pictures import Cutting
    from mingzhang.documents.found_places import Seen
    from mingzhang.rules.inspection import Inspection, Item

_WIDTHS: Final = (6, 30, 10, 92, 20)
_COLUMN: Final = 470
"""Points that a picture may be wide in the column of problems."""


def inspection_sheet(found: Inspection, seen: Seen | None = None) -> bytes:
    """Give the sheet and the scores as a workbook of two sheets; the same findings give the same bytes.

    `seen` is what can be shown of the document's pages: below each error and warning stands its place.
    """
    import datetime as dt  # noqa: PLC0415

    import xlsxwriter  # noqa: PLC0415 - heavy, and only here

    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        book.set_properties({"title": title_of(found)[:200], "created": dt.datetime(2000, 1, 1)})  # noqa: DTZ001
        line = {"border": 1, "border_color": "#A9B2BD", "valign": "top", "text_wrap": True}
        head = book.add_format(line | {"bold": True, "bg_color": "#EEF2F6", "align": "center"})
        body, middle = book.add_format(line), book.add_format(line | {"align": "center"})
        answers = {
            a: book.add_format(line | {"align": "center", "bold": True, "font_color": c})
            for a, c in ANSWER_COLOURS.items()
        }
        large = book.add_format({"bold": True, "font_size": 16, "align": "center"})
        sheet = book.add_worksheet(_("检查表"))
        sheet.merge_range(0, 0, 0, len(HEAD) - 1, title_of(found), large)
        for column, (name, width) in enumerate(zip(HEAD, _WIDTHS, strict=True)):
            sheet.set_column(column, column, width)
            sheet.write_string(1, column, _(name), head)
        row = 2
        for number, item in enumerate(found.items, 1):
            _item_rows(sheet, row, number, item, (body, middle, answers[item.answer]), cuttings_of(item, seen))
            row += max(1, len(item.problems))
        sheet.freeze_panes(2, 2)
        on_paper(sheet, 1)
        _score_sheet(book.add_worksheet(_("评分")), found, (large, head, body, middle))
    return out.getvalue()


def _item_rows(  # noqa: PLR0917 - a row of a table
    sheet: Any, row: int, number: int, item: Item, formats: tuple[Any, Any, Any], cuttings: Mapping[int, Cutting]
) -> None:
    """Write an item: a row for each problem, so high that all of it is seen, its picture below the words."""
    body, middle, answer = formats
    lines = problem_lines(item) or [""]
    last = row + len(lines) - 1
    cells = ((0, str(number), middle), (1, item.name, body), (2, _(ANSWERS[item.answer]), answer))
    for column, text, form in cells:
        if last > row:
            sheet.merge_range(row, column, last, column, text, form)
        else:
            sheet.write_string(row, column, text, form)
    for at, line in enumerate(lines):
        sheet.write_string(row + at, 3, line, body)
        sheet.write_string(row + at, 4, "", body)
        room = (line, _WIDTHS[3]), *(((item.name, _WIDTHS[1]),) if last == row else ())
        high = row_height(room)
        cutting = cuttings.get(item.problems[at].number) if item.problems else None
        sheet.set_row(row + at, high + (0 if cutting is None else _put(sheet, row + at, high, cutting)))


def _put(sheet: Any, row: int, below: int, cutting: Cutting) -> int:
    """Put a picture into a row below its words; give how many points of height it takes."""
    import struct  # noqa: PLC0415

    picture = cutting.picture
    wide, high = struct.unpack(">II", picture.content[16:24])  # a PNG says so in its head
    # as wide as on paper, or as the column is
    points = min(picture.width // 100, _COLUMN)
    tall = min(picture.height * points // picture.width, TALLEST - below)
    options = {
        "image_data": io.BytesIO(picture.content),
        "x_offset": 6,
        "y_offset": below * 4 // 3,
        "x_scale": points * 4 / 3 / wide,
        "y_scale": tall * 4 / 3 / high,
        "object_position": 1,
        "description": _("原件第{n}页").format(n=cutting.page),
    }
    sheet.insert_image(row, 3, f"{row}.png", options)
    return tall + 6


def _score_sheet(sheet: Any, found: Inspection, formats: tuple[Any, Any, Any, Any]) -> None:
    large, head, body, middle = formats
    sheet.merge_range(0, 0, 0, len(SCORE_HEAD) - 1, score_title(found), large)
    sheet.set_column(0, 0, 20)
    sheet.set_column(1, len(SCORE_HEAD) - 1, 10)
    for column, name in enumerate(SCORE_HEAD):
        sheet.write_string(1, column, _(name), head)
    for row, cells in enumerate(score_rows(found), 2):
        for column, text in enumerate(cells):
            sheet.write_string(row, column, text, middle if column else body)
    sheet.merge_range(len(found.scores) + 4, 0, len(found.scores) + 4, len(SCORE_HEAD) - 1, explained())
    on_paper(sheet, 1)
