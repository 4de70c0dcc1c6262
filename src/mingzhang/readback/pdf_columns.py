"""Tables without upright rulings: columns from where texts stand above one another, empty ones from their heads."""

from __future__ import annotations

from itertools import combinations, pairwise
from math import comb
from typing import TYPE_CHECKING, Final

import msgspec

from mingzhang.model.page import Cell
from mingzhang.model.place import Place
from mingzhang.readback.pdf_cells import Grid, is_figure, text_of
from mingzhang.readback.pdf_rows import rows_of_lines
from mingzhang.readback.pdf_runs import joined_box

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mingzhang.readback.pdf_runs import Run

_SLACK: Final = 10
_MOST_GROUPINGS: Final = 2000
_GAP: Final = 80
_FEW: Final = 2


class Column(msgspec.Struct):
    """One column while it is found: from where to where its texts reach."""

    left: int
    right: int
    members: int = 1


def grid_of(lines: Sequence[Sequence[Run]]) -> Grid | None:
    """Make a table of lines that stand above one another without rulings; None where no columns show."""
    head, body = _divided(lines)
    columns = _columns(head, body)
    if len(columns) < _FEW or not body:
        return None
    place = {id(r): _nearest(columns, r) for line in body for r in line}
    rows = [_cells(row, columns, place) for row in rows_of_lines(body, place)]
    heads = _head_rows(head, columns)
    runs = [r for line in lines for r in line]
    edges = [columns[0].left]
    edges += [(a.right + b.left) // 2 for a, b in pairwise(columns)]
    return Grid([*edges, columns[-1].right], [*heads, *rows], joined_box([r.box for r in runs]))


def _divided(lines: Sequence[Sequence[Run]]) -> tuple[list[Sequence[Run]], list[Sequence[Run]]]:
    """Divide head and body: the body begins with the first line that holds a figure or a code, or a label beside it."""
    first = next((n for n, line in enumerate(lines) if any(is_figure(r.text) for r in line)), 0)
    if first and len(lines[first - 1]) == 1:
        # A label broken over lines begins above its figures.
        above, size = lines[first - 1][0], lines[first - 1][0].size
        near = 100 * (lines[first][0].base - above.base) <= _GAP * size
        first -= near and first > 1
    return list(lines[:first]), list(lines[first:])


def _columns(head: Sequence[Sequence[Run]], body: Sequence[Sequence[Run]]) -> list[Column]:
    """Find the columns: texts of the body that overlap make one, and a word of the head that no text stands under."""
    columns: list[Column] = []
    for run in sorted((r for line in body for r in line), key=lambda r: (r.box[2] - r.box[0], r.box[0])):
        _take(columns, run, wide=not is_figure(run.text))
    columns.sort(key=lambda c: c.left)
    lowest = _lowest(head)
    for run in lowest:
        over = [c for c in columns if min(c.right, run.box[2]) > max(c.left, run.box[0])]
        if not over:
            columns.append(Column(run.box[0], run.box[2]))
        elif len(over) == 1:
            _widen(over[0], run, columns)
    return sorted(columns, key=lambda c: c.left)


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
        columns[:] = [c for c in columns if c not in over]
        left, right = min(c.left for c in over), max(c.right for c in over)
        columns.append(Column(min(left, run.box[0]), max(right, run.box[2]), sum(c.members for c in over) + 1))


def _widen(column: Column, run: Run, columns: Sequence[Column]) -> None:
    """Let a column reach as far as its head, but not into the next one."""
    left = max((c.right for c in columns if c.right <= column.left), default=run.box[0])
    right = min((c.left for c in columns if c.left >= column.right), default=run.box[2])
    column.left, column.right = min(column.left, max(run.box[0], left)), max(column.right, min(run.box[2], right))


def _lowest(head: Sequence[Sequence[Run]]) -> list[Run]:
    """Give the words of a head under which no other word of it stands."""
    out = []
    for n, line in enumerate(head):
        below = [r for other in head[n + 1 :] for r in other]
        out += [r for r in line if not any(min(b.box[2], r.box[2]) > max(b.box[0], r.box[0]) for b in below)]
    return out


def _nearest(columns: Sequence[Column], run: Run) -> int:
    """Give the column in which most of a text stands, or the nearest."""
    if not is_figure(run.text):
        over = [n for n, c in enumerate(columns) if min(c.right, run.box[2]) > max(c.left, run.box[0])]
        if len(over) > 1:
            return over[0]  # a long text runs over into the empty place at its right
    return max(range(len(columns)), key=lambda n: _shared(columns[n], run))


def _shared(column: Column, run: Run) -> int:
    """Tell how much of a text stands in a column; less than nothing for how far it is."""
    return min(column.right, run.box[2]) - max(column.left, run.box[0])


def _cells(row: Sequence[Run], columns: Sequence[Column], place: dict[int, int]) -> list[Cell]:
    top, bottom = min(r.box[1] for r in row), max(r.box[3] for r in row)
    out = []
    for n, column in enumerate(columns):
        mine = [r for r in row if place[id(r)] == n]
        box = joined_box([r.box for r in mine]) if mine else (column.left, top, column.right, bottom)
        out.append(Cell(text_of(mine), Place(box=box)))
    return out


def _head_rows(head: Sequence[Sequence[Run]], columns: Sequence[Column]) -> list[list[Cell]]:
    """Lay the words of a head over the columns: those of one column in its lowest row, others over what they span."""
    if not head:
        return []
    own: dict[int, list[Run]] = {}
    upper: list[list[Run]] = []
    lowest = {id(r) for r in _lowest(head)}
    for line in head:
        spanning = []
        for run in line:
            over = [n for n, c in enumerate(columns) if min(c.right, run.box[2]) > max(c.left, run.box[0])]
            if id(run) in lowest or (len(over) == 1 and own.get(over[0])):
                own.setdefault(over[0] if over else _nearest(columns, run), []).append(run)
            else:
                spanning.append(run)
        if spanning:
            upper.append(spanning)
    upper = [_only_spanning(line, own, columns) for line in upper]
    rows = [_spanned(line, own, columns) for line in upper if line]
    last = []
    for n in range(len(columns)):
        mine = own.get(n, [])
        last.append(Cell(text_of(mine), Place(box=joined_box([r.box for r in mine]) if mine else None)))
    return [*rows, last]


def _only_spanning(line: Sequence[Run], own: dict[int, list[Run]], columns: Sequence[Column]) -> list[Run]:
    """Give back to its column a word that is only the upper line of that column's own word."""
    out = []
    for run in line:
        over = [n for n in own if min(columns[n].right, run.box[2]) > max(columns[n].left, run.box[0])]
        below = [r for n in over for r in own[n]]
        near = bool(below) and 100 * (min(r.base for r in below) - run.base) <= 145 * run.size
        alike = len(over) == 1 and all(abs(r.middle[0] - run.middle[0]) <= run.size // 2 for r in below)
        if near and alike:
            own[over[0]].append(run)
        else:
            out.append(run)
    return out


def _spanned(line: Sequence[Run], own: dict[int, list[Run]], columns: Sequence[Column]) -> list[Cell]:
    """Lay the words of an upper row over groups of columns, so that each stands in the middle of its group as well as can be."""
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
        return [(min(under, key=lambda c, w=w: abs(_middle(columns, (c,)) - w.middle[0])),) for w in words]  # type: ignore[misc]
    best: tuple[int, list[tuple[int, ...]]] | None = None
    for cuts in combinations(range(n + k), 2 * k):
        # Each pair of cuts is a group of at least one column; what lies between pairs stays free.
        groups = [tuple(under[cuts[2 * i] - i : cuts[2 * i + 1] - i]) for i in range(k)]
        if not all(groups):
            continue
        cost = sum(abs(_middle(columns, g) - w.middle[0]) for g, w in zip(groups, words, strict=True))
        cost += 200 * (n - sum(map(len, groups)))
        if best is None or cost < best[0]:
            best = cost, groups
    assert best is not None
    return best[1]


def _middle(columns: Sequence[Column], group: Sequence[int]) -> int:
    return (columns[group[0]].left + columns[group[-1]].right) // 2
