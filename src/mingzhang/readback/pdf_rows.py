"""Runs to printed lines, and lines to rows where no ruling tells them: a label of two lines stands around its figures."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from mingzhang.model.figure import read_figure

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from mingzhang.readback.pdf_runs import Run

_SAME_LINE: Final = 35
_OVERLAP: Final = 78
"""Lines nearer than this, in hundredths of the size, stand beside one another."""
_WRAPPED: Final = 145
_CLOSER: Final = 80
BEGINS: Final = re.compile(
    r"\d{3,9}(?=\D|$)(?!\s*年)|[(（]?[一二三四五六七八九十]{1,3}[、.．)）]|\d{1,2}[、.．](?!\d)|[①-⑳]|其中[：:]"
)
"""How a label begins that is no rest of the one above: with a code, or a number of its own."""


def lines_of_runs(runs: Sequence[Run]) -> list[list[Run]]:
    """Group runs by baseline, each line from the left."""
    lines: list[list[Run]] = []
    for run in sorted(runs, key=lambda r: (r.base, r.box[0])):
        if lines and 100 * (run.base - lines[-1][0].base) <= _SAME_LINE * min(run.size, lines[-1][0].size):
            lines[-1].append(run)
        else:
            lines.append([run])
    for line in lines:
        line.sort(key=lambda r: r.box[0])
    return lines


def rows_of_lines(
    lines: Sequence[Sequence[Run]], column: Mapping[int, int], rules: Sequence[int] = ()
) -> list[list[Run]]:
    """Join the printed lines that make one row; `column` gives for each run (by identity) where it stands.

    Lines that overlap are one row. Lines closer to one another than rows are may be one label broken over them: they
    are joined unless a figure stands in one column of both, or a code or a numbered label begins. Where level rulings
    (at the heights `rules`) divide most rows, they alone tell the rows.
    """
    rows: list[list[Run]] = []
    pitch = pitch_of(lines, column)
    with_figures = sum(any(_is_figure(r) for r in line) for line in lines)
    inside = sum(lines[0][0].base < y < lines[-1][0].base for y in rules) if lines else 0
    each = inside > 1 and inside + 1 >= with_figures
    last: Sequence[Run] = ()
    for line in lines:
        divided = bool(rows) and any(last[0].base < y < line[0].base for y in rules)
        together = each or (bool(rows) and _go_together(last, line, rows[-1], pitch, column))
        if rows and together and not divided:
            rows[-1] = [*rows[-1], *line]
        else:
            rows.append(list(line))
        last = line
    return rows


def pitch_of(lines: Sequence[Sequence[Run]], column: Mapping[int, int]) -> int:
    """Give the least distance of neighbouring lines that are rows of their own for certain, 0 where there are none."""
    steps = []
    for one, other in pairwise(lines):
        mine = {column.get(id(r)) for r in one if _begins(r)}
        if mine & {column.get(id(r)) for r in other if _begins(r)}:
            steps.append(other[0].base - one[0].base)
    return min(steps, default=0)


def _go_together(
    one: Sequence[Run], other: Sequence[Run], row: Sequence[Run], pitch: int, column: Mapping[int, int]
) -> bool:
    distance = other[0].base - one[0].base
    size = max(one[0].size, other[0].size)
    theirs = {column.get(id(r)) for r in other}
    if theirs & {column.get(id(r)) for r in row if _is_figure(r)}:
        return False
    if {column.get(id(r)) for r in row} & {column.get(id(r)) for r in other if _begins(r)}:
        return False
    if are_beside(one[0], other[0]):
        return True
    return 100 * distance <= _WRAPPED * size and 100 * distance <= _CLOSER * pitch


def are_beside(one: Run, other: Run) -> bool:
    """Tell whether the lines of two texts, one below the other, overlap: they stand beside one another in a row."""
    return 100 * (other.base - one.base) <= _OVERLAP * max(one.size, other.size)


def is_label_above(one: Run, other: Run) -> bool:
    """Tell whether a text may go on in the one below: close to it, and as far to the left."""
    close = 100 * (other.base - one.base) <= _WRAPPED * one.size
    return close and abs(one.box[0] - other.box[0]) <= one.size // 2


def _begins(run: Run) -> bool:
    """Tell whether a text is the first of its cell: a figure, a code, a numbered label."""
    return _is_figure(run) or BEGINS.match(run.text) is not None


def _is_figure(run: Run) -> bool:
    return read_figure(run.text.removesuffix("%"), "元") is not None
