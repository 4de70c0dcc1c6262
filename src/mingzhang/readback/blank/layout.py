"""The head of a blank table with its exact spans, and the rows below it by printed column."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from mingzhang.model.disclosure import HeadCell
from mingzhang.model.keys import tidy
from mingzhang.readback.blank.forms import BlankRow
from mingzhang.readback.heads import Stack, divide, has_numbers, head_of, is_counting
from mingzhang.readback.likeness import han_ordinal
from mingzhang.readback.names import is_total

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from mingzhang.model.page import Line

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
    width = max((len(x.cells) for x in lines), default=0)
    columns = [c for c in range(width) if not c or any(o[c] != o[c - 1] for o in owners)]
    lines_kept = [r for r in range(len(lines)) if not r or owners[r] != owners[r - 1]]
    owners = [[owners[r][c] for c in columns] for r in lines_kept]
    lines = [lines[r] for r in lines_kept]
    texts = [[_text_of(lines, lines_kept, o) for o in row] for row in owners]
    merged = any(row[c] == row[c - 1] for row in owners for c in range(1, len(row)))
    depth = _depth(owners, texts, lines) if merged else len(divide(lines, words, None, strange=True)[0])
    rows = tuple(
        BlankRow(tuple(t if o[0] == r else "" for t, o in zip(texts[i], owners[i], strict=True)), lines[i].place)
        for i, r in enumerate(lines_kept)
        if i >= depth
    )
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
    grid = [row for row in grid if not is_counting(row)]
    words = [[w for w in dict.fromkeys(row[c] for row in grid) if w] for c in range(width)]
    return tuple(Stack(w[-1] if w else "", tuple(w[:-1])) for w in words)


def width_of(head: Heads) -> int:
    """Give the number of printed columns under a head."""
    return sum(c.columns for c in head[0]) if head else 0


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


def _text_of(lines: Sequence[Line], kept: Sequence[int], owner: Spot) -> str:
    line = lines[kept.index(owner[0])]
    return tidy(line.cells[owner[1]].text) if owner[1] < len(line.cells) else ""


def _depth(owners: Sequence[Sequence[Spot]], texts: Sequence[Sequence[str]], lines: Sequence[Line]) -> int:
    """Count the lines of a head: down to where its cells reach, and below each cell that is divided further."""
    depth = 1
    while depth < len(owners):
        here, below = owners[depth - 1], owners[depth]
        reaches = any(a == b for a, b in zip(here, below, strict=True))
        divided = any(
            _may_be_head(texts[depth][c]) and here.count(here[c]) > 1 and below[c] != here[c] for c in range(len(here))
        ) and not has_numbers(lines[depth])
        if not (reaches or divided or is_counting(texts[depth])):
            break
        depth += 1
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
