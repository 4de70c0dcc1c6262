"""Rulings to grids: where a page's lines cross, cells with the spans they have, open sides closed."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from mingzhang.readback.pdf_view import Box

_SAME: Final = 220
"""Lines nearer than this are one: double rules, edges drawn by both neighbours."""
_TOUCH: Final = 300
_COVERED: Final = 60
_NARROWEST: Final = 300


class Line(msgspec.Struct, frozen=True, gc=False):
    """One straight line: where it stands across its direction, and from where to where it goes."""

    at: int
    start: int
    end: int


class Span(msgspec.Struct, frozen=True, gc=False):
    """One cell of a grid: its first row and column, and how many of each it covers."""

    row: int
    column: int
    rows: int = 1
    columns: int = 1


class Lattice(msgspec.Struct):
    """A grid of rulings: the places of its columns' and rows' edges, and its cells in order."""

    xs: list[int]
    ys: list[int]
    spans: list[Span]

    @property
    def box(self) -> Box:
        """Give the box of the whole grid."""
        return self.xs[0], self.ys[0], self.xs[-1], self.ys[-1]


class Ruled(msgspec.Struct):
    """What the rulings of a page make: grids, and level lines that belong to none."""

    lattices: list[Lattice]
    loose: list[Line]


def uprights(rulings: Iterable[Box]) -> list[Box]:
    """Give the upright rulings."""
    return [b for b in rulings if b[3] - b[1] > b[2] - b[0]]


def ruled(rulings: Sequence[Box]) -> Ruled:
    """Find the grids of a page, from the top."""
    level = _merged([Line((b[1] + b[3]) // 2, b[0], b[2]) for b in rulings if b[3] - b[1] <= b[2] - b[0]])
    upright = _merged([Line((b[0] + b[2]) // 2, b[1], b[3]) for b in uprights(rulings)])
    lattices: list[Lattice] = []
    loose: list[Line] = []
    for levels, stands in _connected(level, upright):
        lattice = _lattice(levels, stands) if stands else None
        if lattice is None:
            loose += levels
        else:
            lattices.append(lattice)
    return Ruled(sorted(lattices, key=lambda g: (g.ys[0], g.xs[0])), sorted(loose, key=lambda x: (x.at, x.start)))


def _merged(lines: Sequence[Line]) -> list[Line]:
    """Join lines that go on in one another, or lie on one another."""
    out: list[Line] = []
    group: list[Line] = []
    for line in sorted(lines, key=lambda x: (x.at, x.start)):
        if group and line.at - group[0].at > _SAME:
            out += _joined(group)
            group = []
        group.append(line)
    return out + _joined(group)


def _joined(group: Sequence[Line]) -> list[Line]:
    """Join the lines of one place where they touch."""
    out: list[Line] = []
    for line in sorted(group, key=lambda x: (x.start, x.end)):
        if out and line.start <= out[-1].end + _TOUCH:
            out[-1] = Line(out[-1].at, out[-1].start, max(out[-1].end, line.end))
        else:
            out.append(line)
    return out


def _connected(level: Sequence[Line], upright: Sequence[Line]) -> list[tuple[list[Line], list[Line]]]:
    """Group lines that cross or touch."""
    parent = list(range(len(level) + len(upright)))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    for v, stands in enumerate(upright):
        for h, lies in enumerate(level):
            if lies.at > stands.end + _TOUCH:
                break
            if stands.start - _TOUCH <= lies.at and lies.start - _TOUCH <= stands.at <= lies.end + _TOUCH:
                parent[root(len(level) + v)] = root(h)
    groups: dict[int, tuple[list[Line], list[Line]]] = {}
    for i, line in enumerate((*level, *upright)):
        groups.setdefault(root(i), ([], []))[i >= len(level)].append(line)
    return list(groups.values())


def _lattice(level: Sequence[Line], upright: Sequence[Line]) -> Lattice | None:
    """Make a grid of lines that belong together; None where they make no cells."""
    if not level:
        return None
    xs = _edges([x.at for x in upright], [min(x.start for x in level), max(x.end for x in level)])
    ys = _edges([x.at for x in level], [min(x.start for x in upright), max(x.end for x in upright)])
    if len(xs) < 2 or len(ys) < 2:
        return None
    borders = _Borders(_drawn(xs, ys, upright), _drawn(ys, xs, level))
    return Lattice(xs, ys, _spans(len(ys) - 1, len(xs) - 1, borders))


def _edges(inner: Iterable[int], outer: Iterable[int]) -> list[int]:
    """Give the places of edges in order: those with lines, and the ends of the others where nothing closes them."""
    out: list[int] = []
    for at in sorted(inner):
        if not out or at - out[-1] > _NARROWEST:
            out.append(at)
    for at in outer:
        if all(abs(at - x) > _NARROWEST for x in out):
            out.append(at)
    return sorted(out)


def _drawn(places: Sequence[int], across: Sequence[int], lines: Sequence[Line]) -> list[list[bool]]:
    """Tell for each edge, and each stretch along it, whether a line is drawn there; outermost edges always are."""
    out = []
    for n, place in enumerate(places):
        mine = [x for x in lines if abs(x.at - place) <= _NARROWEST]
        outer = n in {0, len(places) - 1}
        out.append([outer or _is_drawn(mine, a, b) for a, b in pairwise(across)])
    return out


def _is_drawn(lines: Iterable[Line], start: int, end: int) -> bool:
    drawn = sum(max(0, min(x.end, end) - max(x.start, start)) for x in lines)
    return 100 * drawn >= _COVERED * (end - start)


class _Borders(msgspec.Struct):
    """Which stretches of the edges are drawn: upright ones by column and row, level ones by row and column."""

    walls: list[list[bool]]
    floors: list[list[bool]]

    def opens_right(self, row: int, column: int) -> bool:
        """Tell whether no line stands at the left of a box."""
        return not self.walls[column][row]

    def goes_down(self, row: int, column: int, wide: int) -> bool:
        """Tell whether the box above goes on into this row just as wide as it is."""
        inner = (self.walls[c][row] for c in range(column + 1, column + wide))
        if any(self.floors[row][column : column + wide]) or any(inner):
            return False
        return self.walls[column][row] and self.walls[column + wide][row]


def _spans(rows: int, columns: int, borders: _Borders) -> list[Span]:
    """Join the smallest boxes where no line divides them; a joint that is no rectangle is divided row by row."""
    out: list[Span] = []
    taken = [[False] * columns for _ in range(rows)]
    for row in range(rows):
        for column in range(columns):
            if taken[row][column]:
                continue
            wide = 1
            while column + wide < columns and borders.opens_right(row, column + wide) and not taken[row][column + wide]:
                wide += 1
            high = 1
            while row + high < rows and borders.goes_down(row + high, column, wide):
                high += 1
            for r in range(row, row + high):
                taken[r][column : column + wide] = [True] * wide
            out.append(Span(row, column, high, wide))
    return out
