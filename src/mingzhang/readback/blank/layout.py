"""The head of a blank table with its exact spans, and the rows below it by printed column."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from mingzhang.model.disclosure import HeadCell
from mingzhang.model.keys import tidy
from mingzhang.model.page import Cell, Line
from mingzhang.readback.blank.forms import BlankRow
from mingzhang.readback.heads import Stack, divide, has_numbers, head_of, is_counting
from mingzhang.readback.likeness import han_ordinal
from mingzhang.readback.names import is_total
from mingzhang.readback.surroundings import is_body_label

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence


Spot = tuple[int, int]
Heads = tuple[tuple[HeadCell, ...], ...]


class Laid(msgspec.Struct, frozen=True):
    """A table's lines divided: the head, the rows below, and whether the head's spans were guessed."""

    head: Heads
    rows: tuple[BlankRow, ...]
    guessed: bool = False


def laid_out(lines: Sequence[Line], words: Collection[str]) -> Laid:
    """Divide a grid into head and rows; lines and columns that only merged cells take up count once.

    `words` are those that may stand in a head, for heads whose cells are not merged.
    """
    owners = _owners(lines)
    first, end = _used(lines)
    columns = [c for c in range(first, end) if c == first or any(o[c] != o[c - 1] for o in owners)]
    lines_kept = [r for r in range(len(lines)) if not r or owners[r] != owners[r - 1]]
    owners = [[owners[r][c] for c in columns] for r in lines_kept]
    texts = [[tidy(lines[r].cells[c].text) if c < len(lines[r].cells) else "" for r, c in row] for row in owners]
    lines = [
        Line(tuple(Cell(t if o[0] == r else "") for t, o in zip(row, mine, strict=True)), lines[r].place)
        for r, row, mine in zip(lines_kept, texts, owners, strict=True)
    ]
    merged = any(row[c] == row[c - 1] for row in owners for c in range(1, len(row)))
    depth = _depth(owners, texts, lines) if merged else _guessed_depth(lines, words)
    rows = tuple(BlankRow(tuple(c.text for c in line.cells), line.place) for line in lines[depth:])
    if not merged:
        return Laid(_tiling(head_of(lines[:depth]).cells, len(columns)), _trimmed(rows), guessed=depth > 1)
    return Laid(_cells(owners[:depth], texts[:depth]), _trimmed(rows))


def stacks_of(head: Heads, width: int) -> tuple[Stack, ...]:
    """Stack the words of a head above each column, by its exact spans; lines of column numbers are left out."""
    grid: list[list[str]] = [[""] * width for _row in head]
    taken = [[False] * width for _row in head]
    for r, row in enumerate(head):
        c = 0
        for cell in row:
            while c < width and taken[r][c]:
                c += 1
            for rr in range(r, min(r + cell.rows, len(head))):
                for cc in range(c, min(c + cell.columns, width)):
                    taken[rr][cc], grid[rr][cc] = True, cell.text
            c += cell.columns
    counting = [is_counting([c.text for c in row]) for row in head]
    grid = [row for row, counts in zip(grid, counting, strict=True) if not counts]
    words = [[w for w in dict.fromkeys(row[c] for row in grid) if w] for c in range(width)]
    return tuple(Stack(w[-1] if w else "", tuple(w[:-1])) for w in words)


def width_of(head: Heads) -> int:
    """Give the number of printed columns under a head."""
    return sum(c.columns for c in head[0]) if head else 0


def _used(lines: Sequence[Line]) -> tuple[int, int]:
    """Give the first column in which anything stands, and the one behind the last."""
    spots = [(c, c + x.columns) for line in lines for c, x in enumerate(line.cells) if x.text or x.columns * x.rows > 1]
    return min(a for a, _b in spots), max(b for _a, b in spots)


def _owners(lines: Sequence[Line]) -> list[list[Spot]]:
    """Give for every position the cell that covers it."""
    width = max((len(x.cells) for x in lines), default=0)
    owners = [[(r, c) for c in range(width)] for r in range(len(lines))]
    for r, line in enumerate(lines):
        for c, cell in enumerate(line.cells):
            for rr in range(r, min(r + cell.rows, len(lines))):
                for cc in range(c, min(c + cell.columns, width)):
                    if owners[rr][cc] == (rr, cc):
                        owners[rr][cc] = (r, c)
    return owners


def _depth(owners: Sequence[Sequence[Spot]], texts: Sequence[Sequence[str]], lines: Sequence[Line]) -> int:
    """Count the lines of a head: down to where its cells reach, and below each cell that is divided further."""
    depth = 1
    while depth < len(owners):
        here, below = owners[depth - 1], owners[depth]
        reaches = any(a == b for a, b in zip(here, below, strict=True))
        divided = any(
            _may_be_head(texts[depth][c]) and here.count(here[c]) > 1 and below[c] != here[c] for c in range(len(here))
        ) and not has_numbers(lines[depth])
        if not (reaches or divided or is_counting([c.text for c in lines[depth].cells])):
            break
        depth += 1
    return depth


def _guessed_depth(lines: Sequence[Line], words: Collection[str]) -> int:
    """Count the lines of a head without merged cells: down to the first whose texts are all those of rows."""
    depth = len(divide(lines, words, None, strange=True)[0])
    for n, line in enumerate(lines[1:depth], start=1):
        texts = [c.text for c in line.cells if c.text]
        if not is_counting(texts) and all(is_body_label(t) or han_ordinal(t) is not None for t in texts):
            return n
    return depth


def _may_be_head(text: str) -> bool:
    return bool(text) and not is_total(text) and han_ordinal(text) is None


def _cells(owners: Sequence[Sequence[Spot]], texts: Sequence[Sequence[str]]) -> Heads:
    """Give the head's cells, each at its first line and column, with the columns and lines it covers."""
    seen: set[Spot] = set()
    head: list[tuple[HeadCell, ...]] = []
    for r, row in enumerate(owners):
        cells = []
        for c, owner in enumerate(row):
            if owner in seen:
                continue
            seen.add(owner)
            deep = sum(owner in other for other in owners[r:])
            cells.append(HeadCell(texts[r][c], row.count(owner), deep))
        head.append(tuple(cells))
    return tuple(head)


def _tiling(head: Heads, width: int) -> Heads:
    """Complete a guessed head where its cells leave a gap at the right of a line that nothing covers."""
    if len(head) == 1:
        return (tuple(head[0]) + (HeadCell(""),) * (width - width_of(head)),)
    return head


def _trimmed(rows: tuple[BlankRow, ...]) -> tuple[BlankRow, ...]:
    """Leave out the blank lines at the end."""
    while rows and not any(rows[-1].texts):
        rows = rows[:-1]
    return rows
