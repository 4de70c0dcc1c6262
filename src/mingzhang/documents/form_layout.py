"""Settling how performance forms are set: across, never under nine points, on one page or divided at the indicators."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final

import msgspec

from mingzhang.documents.grid import Grid
from mingzhang.documents.layout import INSET, SIZES, SLACK, Page, Setting, setting
from mingzhang.documents.widths import EM, width

if TYPE_CHECKING:
    from mingzhang.documents.form_rows import FormPage

PADS: Final = (4.0, 3.5, 3.0, 2.5, 2.0)
_HEADING: Final = 46.0
_FOOTER: Final = 20.0
_FIXED: Final = {0: 5.2, 1: 5.6, 2: 8.2, 5: 8.2}
"""Characters in the columns whose texts are much the same in every form: group, level 1, level 2 of either side."""

_VALUE_LEAST: Final = 6 * EM
_VALUE_MOST: Final = 13 * EM


class FormPart(msgspec.Struct, frozen=True):
    """A form or a part of one that stands on a page, how it is set, and its padding."""

    grid: Grid
    setting: Setting
    pad: float


def set_form(form: FormPage, page: Page) -> tuple[FormPart, ...]:
    """Set a form on one page at the largest size that fits, else on two, divided where the indicators begin."""
    room = page.height - _HEADING - (_FOOTER if form.footer else 0)
    whole = _fitted(form.grid, page.width, room)
    if whole is not None:
        return (whole,)
    ends = (0, form.split, form.grid.rows)
    halves = [_rows(form.grid, first, last) for first, last in pairwise(ends) if first < last]
    return tuple(_fitted(g, page.width, room) or FormPart(g, _set(g, page.width, SIZES[1]), PADS[2]) for g in halves)


def _fitted(grid: Grid, available: float, room: float) -> FormPart | None:
    for size in SIZES:
        chosen = _set(grid, available, size)
        pad = next((p for p in PADS if chosen.height(p) <= room), None)
        if pad is not None:
            return FormPart(grid, chosen, pad)
    return None


def _set(grid: Grid, available: float, size: float) -> Setting:
    """Give columns of known texts what they need, values what theirs need, and the rest to level 3."""
    fixed = {c: ems * size + 2 * INSET for c, ems in _FIXED.items()}
    values = {c: _value_width(grid, c) * size / EM + 2 * INSET for c in (4, 7)}
    left = (available - sum(fixed.values()) - sum(values.values())) / 2
    widths = [fixed.get(c) or values.get(c) or left for c in range(grid.columns)]
    return setting(grid, widths, size, landscape=True)


def _value_width(grid: Grid, column: int) -> int:
    wide = max((width(c.text) for c in grid.cells if c.column == column and c.columns == 1), default=0)
    return min(max(int(wide * SLACK) + 1, _VALUE_LEAST), _VALUE_MOST)


def _rows(grid: Grid, first: int, last: int) -> Grid:
    cells = tuple(msgspec.structs.replace(c, row=c.row - first) for c in grid.cells if first <= c.row < last)
    return msgspec.structs.replace(grid, rows=last - first, cells=cells)
