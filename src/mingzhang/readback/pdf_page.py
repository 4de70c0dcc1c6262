"""One page of a PDF: its tables, ruled or not, and its lines of text, in the order in which they are read."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import msgspec

from mingzhang.model.page import Cell
from mingzhang.model.place import Place
from mingzhang.readback.pdf_cells import Grid, grids_of, is_figure, line_text
from mingzhang.readback.pdf_columns import grid_of
from mingzhang.readback.pdf_grid import Line as Ruling
from mingzhang.readback.pdf_grid import ruled, uprights
from mingzhang.readback.pdf_rows import are_beside, is_label_above, lines_of_runs
from mingzhang.readback.pdf_runs import Run, joined_box, runs_of
from mingzhang.readback.spaced_words import is_known, is_labelled

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mingzhang.readback.pdf_ink import Glyph, Ink

_APART: Final = 120
"""Texts further from one another than this, in hundredths of the size, are not one text."""
_SENTENCE: Final = re.compile(r"[。；！？]|，$")
_LONG: Final = 30
_AMOUNT: Final = re.compile(r"-?\d[\d,]*\.\d+")
_FEW_ROWS: Final = 2
_LEADER: Final = re.compile(r"[.．…·•]{4,}|(?:[.．…·] ){3,}")
_FAR: Final = 400
_LARGER: Final = 120
_SAME_LENGTH: Final = 600
_WRAPPED: Final = 145


class Block(msgspec.Struct):
    """A table, or a line of text, and where it stands; `doubt` says what may be otherwise in a row that was made out."""

    grid: Grid | None
    cells: list[Cell]
    top: int
    left: int
    doubt: str | None = None


def blocks_of(ink: Ink, glyphs: Sequence[Glyph]) -> tuple[list[Block], list[list[Run]]]:
    """Find the tables and lines of a page among its characters, from the top; give also the lines outside ruled tables."""
    found = ruled(ink.rulings)
    runs = runs_of(glyphs, uprights(ink.rulings))
    blocks: list[Block] = []
    for lattice in found.lattices:
        grids, runs = grids_of(lattice, runs)
        blocks += [Block(g, [], g.box[1], g.box[0]) for g in grids if any(c.text for row in g.rows for c in row)]
    lines = lines_of_runs(runs)
    blocks += _free(lines, blocks, found.loose)
    blocks.sort(key=lambda b: (b.top, b.left))
    return blocks, lines


class _Line(msgspec.Struct):
    """A printed line: its runs, and the texts they make where only a wide gap divides."""

    runs: list[Run]
    texts: list[Run]


def _free(lines: Sequence[list[Run]], tables: Sequence[Block], loose: Sequence[Ruling]) -> list[Block]:
    """Find tables without upright rulings among the lines outside the others, and give the rest as lines."""
    blocks: list[Block] = []
    group: list[_Line] = []
    lone: _Line | None = None
    for line in [_Line(line, _texts(line)) for line in lines]:
        if group and _breaks(group, line, tables):
            blocks += _table_or_lines(group, loose)
            group = []
        if len(line.texts) > 1 and _may_be_row(line):
            if not group and lone is not None and _stands_beside(lone, line):
                blocks.pop()
                group.append(lone)
            group.append(line)
            lone = None
        elif _may_go_on(line) and (group or _is_around(line) or _is_ruled(line, loose)):
            group.append(line)
        else:
            blocks += _table_or_lines(group, loose)
            group = []
            blocks.append(_text(line))
            lone = line
    return blocks + _table_or_lines(group, loose)


def _stands_beside(lone: _Line, line: _Line) -> bool:
    """Tell whether a lone text is the upper part of the first row of a page, whose figures or other words stand lower."""
    text, first = lone.texts[0], line.texts[0]
    if len(lone.texts) > 1 or text.size != first.size or not _may_go_on(lone):
        return False
    if any(is_figure(r.text) for r in line.runs):
        return are_beside(text, first) or is_label_above(text, first)
    # an upper word of a head whose others stand lower
    return 100 * (first.base - text.base) <= (_WRAPPED if is_known(text.text) else 100) * text.size


def _is_ruled(line: _Line, loose: Sequence[Ruling]) -> bool:
    """Tell whether a line stands between two level rulings of one length."""
    x, y = line.runs[0].middle
    above = [r for r in loose if r.at < y and r.start <= x <= r.end]
    below = [r for r in loose if r.at > y]
    return any(abs(a.start - b.start) + abs(a.end - b.end) <= _SAME_LENGTH for a in above[-1:] for b in below)


def _texts(line: Sequence[Run]) -> list[Run]:
    """Join the runs of a line that are one text; those with a wide gap between stay apart."""
    out: list[list[Run]] = []
    single = len(line) > 1 and all(len(r.text) == 1 and not r.text.isascii() for r in line)
    for run in line:
        before = out[-1][-1] if out else None
        if before is not None and (single or _near(before, run)):
            out[-1].append(run)
        else:
            out.append([run])
    return [_one(group) for group in out]


def _near(one: Run, other: Run) -> bool:
    gap = 100 * (other.box[0] - one.box[2])
    size = max(one.size, other.size)
    if is_figure(one.text) and is_figure(other.text):
        return gap <= 25 * size  # a number has no gap in it
    return gap <= _APART * size or _LEADER.search(one.text) is not None or _LEADER.search(other.text) is not None


def _one(group: Sequence[Run]) -> Run:
    if len(group) == 1:
        return group[0]
    box = joined_box([r.box for r in group])
    return Run(line_text(group), box, group[0].base, max(r.size for r in group), group[0].spaced)


def _may_be_row(line: _Line) -> bool:
    return not any(_SENTENCE.search(r.text) and len(r.text) > 8 for r in line.texts)


def _may_go_on(line: _Line) -> bool:
    """Tell whether a lone text may stand inside a table: a label without figures, or part of one."""
    return len(line.texts[0].text) <= _LONG and not _SENTENCE.search(line.texts[0].text)


def _breaks(group: Sequence[_Line], line: _Line, tables: Sequence[Block]) -> bool:
    """Tell whether another table, or something else, begins with a line."""
    last = group[-1].runs[0]
    first = line.runs[0]
    if any(last.base < t.top < first.base for t in tables):
        return True
    far = 100 * (first.base - last.base) > _FAR * max(last.size, first.size)
    larger = len(line.texts) == 1 and 100 * first.size >= _LARGER * last.size
    return far or larger or (_is_around(line) and not _is_around(group[-1]))


def _table_or_lines(group: list[_Line], loose: Sequence[Ruling]) -> list[Block]:
    """Make a table of neighbouring lines where they have columns; lone texts at its end are lines again."""
    rest: list[_Line] = []
    group = list(group)
    rules = _rules(group, loose)
    while group and (_is_below(group[-1], rules) or _is_left_over(group)):
        rest.insert(0, group.pop())
    start: list[_Line] = []
    while group and _is_around(group[0]):
        start.append(group.pop(0))
    with_figures = sum(any(is_figure(r.text) for r in line.runs) for line in group)
    grid = grid_of([line.runs for line in group], rules) if len(group) >= _FEW_ROWS and with_figures else None
    if grid is None:
        return [_text(line) for line in (*start, *group, *rest)]
    return [*map(_text, start), Block(grid, [], grid.box[1], grid.box[0]), *map(_text, rest)]


def _rules(group: Sequence[_Line], loose: Sequence[Ruling]) -> list[int]:
    """Give the heights of the level rulings that run through lines."""
    if not group:
        return []
    box = joined_box([r.box for line in group for r in line.runs])
    wide = box[2] - box[0]
    near = [x for x in loose if box[1] - 2000 <= x.at <= box[3] + 2000]
    return [x.at for x in near if 2 * (min(x.end, box[2]) - max(x.start, box[0])) >= wide]


def _is_below(line: _Line, rules: Sequence[int]) -> bool:
    """Tell whether a line stands below the last of several rulings: it is under the table."""
    return len(rules) > 1 and line.runs[0].middle[1] > max(rules)


def _is_left_over(group: Sequence[_Line]) -> bool:
    """Tell whether the last line is a lone text that is neither the rest of a label nor an amount."""
    if len(group[-1].texts) > 1 or (len(group) > 1 and _AMOUNT.fullmatch(group[-1].texts[0].text)):
        return False
    return len(group) == 1 or not _is_wrapped(group[-2], group[-1])


def _is_wrapped(above: _Line, line: _Line) -> bool:
    """Tell whether a lone text is the rest of one in the line above: close to it, under its beginning."""
    text = line.texts[0]
    close = 100 * (text.base - above.runs[0].base) <= _WRAPPED * text.size
    return close and any(abs(r.box[0] - text.box[0]) <= 2 * text.size and r.size == text.size for r in above.texts)


def _is_around(line: _Line) -> bool:
    """Tell whether a line names the unit or the unit of money above a table: every text has a colon."""
    return all(is_labelled(r.text) for r in line.texts)


def _text(line: _Line) -> Block:
    cells = [Cell(r.text, Place(box=r.box)) for r in line.texts]
    box = joined_box([r.box for r in line.runs])
    return Block(None, cells, box[1], box[0])
