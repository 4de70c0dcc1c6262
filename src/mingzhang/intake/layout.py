"""How a sheet of the workbook is laid out: a table under headings, or one record with a field a line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from mingzhang.intake.grids import Grid, cell_name
from mingzhang.model.language import gettext as _

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from mingzhang.intake.columns import Column, Sheet

    Tell = Callable[[Sheet, str, str, str], None]
    Cells = dict[str, tuple[str, Any]]

OWN_NOTE: Final = "备注"
"""Columns and lines whose heading begins so are the user's own and not read."""

RECORD_HEADINGS: Final = ("项目", "内容", "填写说明")
_HEADINGS_WITHIN: Final = 6


def filled_rows(sheet: Sheet, grid: Grid, tell: Tell) -> Iterator[Cells]:
    """Give the filled rows of a sheet: for each column the cell's name and what it holds.

    What is wrong with the headings, and what stands outside them, is told.
    """
    if sheet.shape == "record":
        yield _record(sheet, grid, tell)
        return
    head = _heading_row(sheet, grid)
    if head is None:
        hint = _("列名应有：{names}。").format(names=_("、").join(c.heading for c in sheet.columns))
        tell(sheet, "", _("找不到列名一行"), hint)
        return
    known = _columns(sheet, grid, head, tell)
    for r, row in enumerate(grid.rows[head + 1 :], head + 1):
        cells = {c.key: (cell_name(r, n), row[n] if n < len(row) else None) for n, c in known.items()}
        if any(_is_filled(raw) or cell in grid.failed for cell, raw in cells.values()):
            yield cells
        for n, raw in enumerate(row):
            if _is_filled(raw) and not _is_filled(grid.rows[head][n]):
                tell(sheet, cell_name(r, n), _("这一列没有列名"), "")


def _heading_row(sheet: Sheet, grid: Grid) -> int | None:
    """Find the row with most of the sheet's headings near the top; None if no row has any."""
    wanted = {c.heading for c in sheet.columns}
    counts = [len({str(v).strip() for v in row} & wanted) for row in grid.rows[:_HEADINGS_WITHIN]]
    return counts.index(max(counts)) if any(counts) else None


def _columns(sheet: Sheet, grid: Grid, head: int, tell: Tell) -> dict[int, Column]:
    """Say which column of the sheet stands where."""
    by_heading = {c.heading: c for c in sheet.columns}
    known: dict[int, Column] = {}
    for n, raw in enumerate(grid.rows[head]):
        text = str(raw).strip()
        column = by_heading.get(text)
        if column is not None and column not in known.values():
            known[n] = column
        elif column is not None:
            tell(sheet, cell_name(head, n), _("列“{heading}”重复").format(heading=text), "")
        elif text and not text.startswith(OWN_NOTE):
            hint = _("自己的备注列，列名请以“备注”开头。")
            tell(sheet, cell_name(head, n), _("不认识的列“{heading}”").format(heading=text), hint)
    for column in sheet.columns:
        if column not in known.values() and not column.optional:
            tell(sheet, cell_name(head, 0), _("缺少列“{heading}”").format(heading=column.heading), "")
    return known


def _record(sheet: Sheet, grid: Grid, tell: Tell) -> Cells:
    """Give the one record of a sheet whose first column names the fields and whose second holds them."""
    cells: Cells = {}
    by_heading = {c.heading: c for c in sheet.columns}
    started = False
    for r, row in enumerate(grid.rows):
        label, raw = str(row[0]).strip(), row[1] if len(row) > 1 else None
        column = by_heading.get(label)
        if label == RECORD_HEADINGS[0]:
            started = True
        elif column is not None and column.key not in cells:
            cells[column.key] = (cell_name(r, 1), raw)
        elif column is not None:
            tell(sheet, cell_name(r, 0), _("“{heading}”一行重复").format(heading=label), "")
        elif started and (label or _is_filled(raw)) and not label.startswith(OWN_NOTE):
            tell(sheet, cell_name(r, 0), _("不认识的项目“{heading}”").format(heading=label), "")
    for column in sheet.columns:
        if column.key not in cells and not column.optional:
            tell(sheet, "A1", _("缺少“{heading}”一行").format(heading=column.heading), "")
    return cells


def _is_filled(raw: Any) -> bool:
    return raw is not None and bool(str(raw).strip())
