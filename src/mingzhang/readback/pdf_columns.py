"""Tables without upright rulings: columns from where texts stand above one another, empty ones from their heads."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from mingzhang.model.page import Cell
from mingzhang.model.place import Place
from mingzhang.readback.columns import CODE_PARTS
from mingzhang.readback.heads import begin_of_body, is_counting
from mingzhang.readback.pdf_cells import Grid, is_figure, text_of
from mingzhang.readback.pdf_heads import Column, headed, overlap
from mingzhang.readback.pdf_rows import BEGINS, are_beside, is_label_above, rows_of_lines
from mingzhang.readback.pdf_runs import Run, joined_box

if TYPE_CHECKING:
    from collections.abc import Sequence

_SLACK: Final = 10
_FEW: Final = 2
_APART: Final = 260
"""How far the letters of one word may stand from one another, in hundredths of the size."""
_WRAPPED: Final = 135
_YEAR: Final = re.compile(r"20\d\d")


def grid_of(lines: Sequence[Sequence[Run]], rules: Sequence[int]) -> Grid | None:
    """Make a table of lines that stand above one another; None where no columns show.

    `rules` are the heights of the level rulings among them, if there are any: what one divides is not one row.
    """
    lines = [_joined_letters(line) for line in lines]
    head, body = _divided(lines)
    counted = next((line for line in [*head, *body[:1]] if is_counting([r.text for r in line])), [])
    head, body = ([line for line in part if line is not counted] for part in (head, body))
    columns = _columns(body)
    columns.sort(key=lambda c: c.left)
    if not columns:
        return None
    found = headed(head, body, columns, {id(r): _nearest(columns, r) for line in body for r in line})
    columns, place = found.columns, found.place
    if len(columns) < _FEW or not body:
        return None
    rows = [_cells(row, columns, place) for row in rows_of_lines(body, place, rules)]
    heads = found.rows
    if counted:
        heads.append(_cells(counted, columns, {id(r): _nearest(columns, r) for r in counted}))
    runs = [r for line in lines for r in line]
    edges = [columns[0].left]
    edges += [(a.right + b.left) // 2 for a, b in pairwise(columns)]
    return Grid([*edges, columns[-1].right], [*heads, *rows], joined_box([r.box for r in runs]))


def _joined_letters(line: Sequence[Run]) -> list[Run]:
    """Join a word whose letters stand apart: 合　计; the parts of a code, 类 款 项, are words of their own."""
    out: list[Run] = []
    alone: list[bool] = []
    for run in line:
        letter = len(run.text) == 1 and "\u4e00" <= run.text <= "\u9fff" and run.text not in CODE_PARTS
        if letter and alone and alone[-1] and 100 * (run.box[0] - out[-1].box[2]) <= _APART * run.size:
            one = out[-1]
            out[-1] = Run(one.text + run.text, joined_box([one.box, run.box]), one.base, one.size, one.spaced)
            continue
        out.append(run)
        alone.append(letter)
    return out


def _divided(lines: Sequence[Sequence[Run]]) -> tuple[list[list[Run]], list[list[Run]]]:
    """Divide head and body: the head ends with the last line of several words before any figure, code or numbered label."""
    shown = [not is_counting([r.text for r in line]) and any(_is_of_body(r.text) for r in line) for line in lines]
    first = begin_of_body(shown, [BEGINS.match(line[0].text) is not None for line in lines], [len(x) for x in lines])
    first = first if first < len(lines) else 0
    end = max((n + 1 for n in range(first) if len(lines[n]) > 1), default=first)
    while end and len(lines[end - 1]) == 1 and _is_upper_part(lines[end - 1][0], lines[end][0]):
        end -= 1
    while end < first and _is_wrapped([r for line in lines[:end] for r in line], lines[end]):
        end += 1
    return [list(x) for x in lines[:end]], [list(x) for x in lines[end:]]


def _is_upper_part(one: Run, other: Run) -> bool:
    return are_beside(one, other) or is_label_above(one, other)


def _is_of_body(text: str) -> bool:
    """Tell whether a text is a figure or a code; a year stands in heads too."""
    return is_figure(text) and _YEAR.fullmatch(text) is None


def _is_wrapped(above: Sequence[Run], line: Sequence[Run]) -> bool:
    """Tell whether a line is only the rest of words above it, each close to its own and in the middle under it."""
    return all(
        any(
            100 * (r.base - a.base) <= _WRAPPED * r.size and abs(r.middle[0] - a.middle[0]) <= r.size // 4
            for a in above
        )
        for r in line
    )


def _columns(body: Sequence[Sequence[Run]]) -> list[Column]:
    """Find the columns that a body shows: texts that overlap make one."""
    columns: list[Column] = []
    for run in sorted((r for line in body for r in line), key=lambda r: (r.box[2] - r.box[0], r.box[0])):
        _take(columns, run, wide=not is_figure(run.text))
    return columns


def _take(columns: list[Column], run: Run, *, wide: bool) -> None:
    """Put a text in the column it overlaps; a text over several joins them unless figures show that they are several."""
    slack = _SLACK * run.size // 100
    over = [c for c in columns if min(c.right, run.box[2]) - max(c.left, run.box[0]) > -slack]
    if not over:
        columns.append(Column(run.box[0], run.box[2]))
    elif len(over) == 1:
        over[0].left, over[0].right = min(over[0].left, run.box[0]), max(over[0].right, run.box[2])
        over[0].members += 1
    elif not wide or all(c.members <= 1 for c in over[1:]):
        columns[:] = [c for c in columns if not any(c is x for x in over)]
        left, right = min(c.left for c in over), max(c.right for c in over)
        columns.append(Column(min(left, run.box[0]), max(right, run.box[2]), sum(c.members for c in over) + 1))


def _nearest(columns: Sequence[Column], run: Run) -> int:
    """Give the column in which most of a text stands, or the nearest."""
    if not is_figure(run.text):
        over = [n for n, c in enumerate(columns) if overlap(run.box, c.span)]
        if len(over) > 1:
            return over[0]  # a long text runs over into the empty place at its right
    return max(range(len(columns)), key=lambda n: min(columns[n].right, run.box[2]) - max(columns[n].left, run.box[0]))


def _cells(row: Sequence[Run], columns: Sequence[Column], place: dict[int, int]) -> list[Cell]:
    top, bottom = min(r.box[1] for r in row), max(r.box[3] for r in row)
    out = []
    for n, column in enumerate(columns):
        mine = [r for r in row if place[id(r)] == n]
        box = joined_box([r.box for r in mine]) if mine else (column.left, top, column.right, bottom)
        out.append(Cell(text_of(mine), Place(box=box)))
    return out
