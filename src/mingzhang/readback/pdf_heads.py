"""The head of a table without upright rulings: which word is which column's, and what the words above them span."""

from __future__ import annotations

from itertools import combinations
from math import comb
from typing import TYPE_CHECKING, Final

import msgspec

from mingzhang.model.page import Cell
from mingzhang.model.place import Place
from mingzhang.readback.pdf_cells import text_of
from mingzhang.readback.pdf_rows import lines_of_runs
from mingzhang.readback.pdf_runs import Run, joined_box

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mingzhang.readback.pdf_view import Box

_MOST_GROUPINGS: Final = 3000
_WRAPPED: Final = 135
_CLOSER: Final = 93
_NO_WORD: Final = 900
"""What it costs, in hundredths of the size, to leave a column of the body without a word."""
_NO_COLUMN: Final = 600
"""What it costs to take a word for that of a column in which nothing stands."""


class Column(msgspec.Struct):
    """One column while it is found: from where to where its texts reach."""

    left: int
    right: int
    members: int = 1

    @property
    def span(self) -> Box:
        """Give its reach as a box without height."""
        return self.left, 0, self.right, 0


def overlap(one: Box, other: Box) -> bool:
    """Tell whether two boxes stand above one another."""
    return min(one[2], other[2]) > max(one[0], other[0])


def unbroken(head: Sequence[Sequence[Run]], pitch: int) -> list[list[Run]]:
    """Join the words of a head that are broken over lines, each part in the middle under the one before.

    `pitch` is the least distance of rows, by which the lines of one word stand closer; where it is not known (0) the
    rest of a word shares its line only with the rests of others.
    """
    words: list[Run] = []
    for line in head:
        parts = [_part_above(words, run, pitch) for run in line]
        whole = not pitch and any(p is None for p in parts)
        for n, run in zip(parts, line, strict=True):
            if n is None or whole:
                words.append(run)
            else:
                box = joined_box([words[n].box, run.box])
                words[n] = Run(text_of([words[n], run]), box, run.base, run.size)
    return lines_of_runs([msgspec.structs.replace(w, base=(w.box[1] + w.box[3]) // 2) for w in words])


def _part_above(words: Sequence[Run], run: Run, pitch: int) -> int | None:
    """Find the word further up of which a word is the rest."""
    most = min(_WRAPPED * run.size, _CLOSER * pitch if pitch else _WRAPPED * run.size)
    close = (n for n, r in enumerate(words) if 0 < 100 * (run.base - r.base) <= most and r.size == run.size)
    return next((n for n in close if abs(words[n].middle[0] - run.middle[0]) <= run.size // 4), None)


def named_columns(head: Sequence[Sequence[Run]], columns: list[Column]) -> dict[int, Column]:
    """Find for the words of a head (by identity) the column whose own word each is; words of none make empty columns.

    A word may stand beside the texts of its column: a word in the middle over figures at the right. Words with others
    under them are no column's own, nor are those of the uppermost line of several over a gap: they span columns.
    """
    lowest: list[Run] = []
    below: list[Run] = []
    top: list[Run] = []
    for n, line in reversed(list(enumerate(head))):
        free = [r for r in line if not any(overlap(r.box, b.box) for b in below)]
        if n or len(head) == 1:
            lowest += free
        else:
            top = free
        below += line
    named: dict[int, Column] = {}
    for word, column in _matched(sorted(lowest, key=lambda r: r.box[0]), sorted(columns, key=lambda c: c.left)):
        if column is None:
            named[id(word)] = Column(word.box[0], word.box[2])
            columns.append(named[id(word)])
        else:
            named[id(word)] = column
    for word in top:
        over = [c for c in columns if overlap(word.box, c.span) and all(c is not x for x in named.values())]
        if len(over) == 1:
            named[id(word)] = over[0]
    for word in (r for line in head for r in line if id(r) in named):
        _widen(named[id(word)], word, columns)
    return named


def _matched(words: Sequence[Run], columns: Sequence[Column]) -> list[tuple[Run, Column | None]]:
    """Match words with columns from left to right, for the least distance in all."""
    n, m = len(words), len(columns)
    best: list[list[tuple[int, int]]] = [[(0, 0)] * (m + 1) for _ in range(n + 1)]
    for i in range(n + 1):
        for j in range(m + 1):
            ways = []
            if i and j:
                ways.append((best[i - 1][j - 1][0] + _distance(words[i - 1], columns[j - 1]), 0))
            if i:
                ways.append((best[i - 1][j][0] + _NO_COLUMN, 1))
            if j:
                ways.append((best[i][j - 1][0] + _NO_WORD, 2))
            best[i][j] = min(ways, default=(0, 0))
    out: list[tuple[Run, Column | None]] = []
    i, j = n, m
    while i or j:
        way = best[i][j][1]
        if way == 0:
            out.append((words[i - 1], columns[j - 1]))
            i, j = i - 1, j - 1
        elif way == 1:
            out.append((words[i - 1], None))
            i -= 1
        else:
            j -= 1
    return out


def _distance(word: Run, column: Column) -> int:
    """Weigh how far a word stands from a column, in hundredths of its size; one that overlaps it stands there."""
    gap = max(column.left - word.box[2], word.box[0] - column.right, 0)
    return 100 * gap // max(word.size, 1) + (50 if gap else 0)


def _widen(column: Column, run: Run, columns: Sequence[Column]) -> None:
    """Let a column reach as far as its head, but not into the next one."""
    left = max((c.right for c in columns if c.right <= column.left), default=run.box[0])
    right = min((c.left for c in columns if c.left >= column.right), default=run.box[2])
    column.left, column.right = min(column.left, max(run.box[0], left)), max(column.right, min(run.box[2], right))


def head_rows(head: Sequence[Sequence[Run]], columns: Sequence[Column], named: dict[int, Column]) -> list[list[Cell]]:
    """Lay the words of a head over the columns: each column's own in its lowest row, others over what they span."""
    if not head:
        return []
    own: dict[int, list[Run]] = {}
    for run in (r for line in head for r in line if id(r) in named):
        own.setdefault(next(n for n, c in enumerate(columns) if c is named[id(run)]), []).append(run)
    upper = [u for line in head if (u := [r for r in line if id(r) not in named])]
    last = []
    for n in range(len(columns)):
        mine = own.get(n, [])
        last.append(Cell(text_of(mine), Place(box=joined_box([r.box for r in mine]) if mine else None)))
    return [*(_spanned(line, own, columns) for line in upper), last]


def _spanned(line: Sequence[Run], own: dict[int, list[Run]], columns: Sequence[Column]) -> list[Cell]:
    """Lay the words of an upper row over groups of columns: each stands in the middle of its group as well as can be."""
    words = sorted(line, key=lambda r: r.box[0])
    base = max(r.base for r in words)
    under = [n for n in range(len(columns)) if any(r.base > base for r in own.get(n, []))] or list(range(len(columns)))
    cells = [Cell() for _ in columns]
    for word, group in zip(words, _grouping(words, under, columns), strict=True):
        cells[group[0]] = Cell(word.text, Place(box=word.box), columns=group[-1] - group[0] + 1)
    return cells


def _grouping(words: Sequence[Run], under: Sequence[int], columns: Sequence[Column]) -> list[tuple[int, ...]]:
    """Divide columns into as many runs of neighbours as there are words, by where the words stand; some may stay free."""
    n, k = len(under), len(words)
    if k > n or comb(n + k, 2 * k) > _MOST_GROUPINGS:
        return [(min(under, key=lambda c: abs(_middle(columns, (c,)) - w.middle[0])),) for w in words]
    best: tuple[int, list[tuple[int, ...]]] | None = None
    for cuts in combinations(range(n + k), 2 * k):
        # Each pair of cuts is a group of at least one column; what lies between pairs stays free.
        groups = [tuple(under[cuts[2 * i] - i : cuts[2 * i + 1] - i]) for i in range(k)]
        cost = sum(abs(_middle(columns, g) - w.middle[0]) for g, w in zip(groups, words, strict=True))
        cost += words[0].size * (n - sum(map(len, groups)))
        if best is None or cost < best[0]:
            best = cost, groups
    assert best is not None
    return best[1]


def _middle(columns: Sequence[Column], group: Sequence[int]) -> int:
    return (columns[group[0]].left + columns[group[-1]].right) // 2
