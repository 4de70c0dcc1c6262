"""Runs in the cells of a ruled grid, as rows of cells: spans kept, covered places empty, stacked rows told apart."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final

import msgspec

from mingzhang.model.figure import read_figure
from mingzhang.model.page import Cell
from mingzhang.model.place import Place
from mingzhang.readback.pdf_rows import lines_of_runs, rows_of_lines
from mingzhang.readback.pdf_runs import Run, joined_box
from mingzhang.readback.pdf_view import Box

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from mingzhang.readback.pdf_grid import Lattice, Span

_FEW: Final = 2


class Grid(msgspec.Struct):
    """A table as rows of cells, one for each column; `edges` are the places of the columns' edges."""

    edges: list[int]
    rows: list[list[Cell]]
    box: Box


class Taken(msgspec.Struct):
    """The runs of a page by the place of their cell, and those that stand in none."""

    inside: dict[tuple[int, int], list[Run]]
    outside: list[Run]


def grids_of(lattice: Lattice, runs: Sequence[Run]) -> tuple[list[Grid], list[Run]]:
    """Fill a grid with the runs that stand in it; give the tables it holds, and the runs that stand in none.

    A frame around text is no table: what stands in it is given back.
    """
    taken = _taken(lattice, runs)
    columns = len(lattice.xs) - 1
    if columns < _FEW:
        return [], list(runs)
    rows: list[list[Cell]] = []
    for first, last in _bands(lattice.spans):
        band = [s for s in lattice.spans if first <= s.row < last]
        rows += _band_rows(lattice, band, taken.inside, first, last)
    return _divided(lattice, rows), taken.outside


def _taken(lattice: Lattice, runs: Sequence[Run]) -> Taken:
    """Find for each run the cell in which most of it stands."""
    home = {
        (r, c): s
        for s in lattice.spans
        for r in range(s.row, s.row + s.rows)
        for c in range(s.column, s.column + s.columns)
    }
    taken = Taken({}, [])
    left, top, right, bottom = lattice.box
    for run in runs:
        x, y = run.middle
        if not (top <= y <= bottom and left <= x <= right):
            taken.outside.append(run)
            continue
        row = _index(lattice.ys, y)
        shares = [(min(run.box[2], b) - max(run.box[0], a), -c) for c, (a, b) in enumerate(pairwise(lattice.xs))]
        span = home[row, -max(shares)[1]]
        taken.inside.setdefault((span.row, span.column), []).append(run)
    return taken


def _index(edges: Sequence[int], at: int) -> int:
    return max(n for n, edge in enumerate(edges[:-1]) if n == 0 or edge <= at)


def _bands(spans: Iterable[Span]) -> list[tuple[int, int]]:
    """Give the ranges of rows that no cell reaches across."""
    reach: list[tuple[int, int]] = []
    for span in sorted(spans, key=lambda s: s.row):
        if reach and span.row < reach[-1][1]:
            reach[-1] = reach[-1][0], max(reach[-1][1], span.row + span.rows)
        else:
            reach.append((span.row, span.row + span.rows))
    return reach


def _band_rows(
    lattice: Lattice, band: Sequence[Span], inside: dict[tuple[int, int], list[Run]], first: int, last: int
) -> list[list[Cell]]:
    """Give the rows of a band: as ruled, or, where figures stand on one another in cells, as they are printed."""
    level = all(s.row == first and s.row + s.rows == last for s in band)
    columns = len(lattice.xs) - 1
    if level and (spread := _spread(lattice, band, inside)) is not None:
        band, inside = spread
    if level and _is_stacked([inside.get((s.row, s.column), []) for s in band]):
        placed = [(run, s.column) for s in band for run in inside.get((s.row, s.column), [])]
        out = []
        for row in rows_of_lines(lines_of_runs([r for r, _ in placed]), {id(r): c for r, c in placed}):
            cells = [Cell() for _ in range(columns)]
            for s in band:
                mine = [r for r in row if any(r is p and c == s.column for p, c in placed)]
                cells[s.column] = _cell(mine, _span_box(lattice, s), s.columns, 1)
            out.append(cells)
        return out
    if level and (layers := _layers(lattice, band, inside)) is not None:
        return layers
    rows = [[Cell() for _ in range(columns)] for _ in range(first, last)]
    for s in band:
        rows[s.row - first][s.column] = _cell(
            inside.get((s.row, s.column), []), _span_box(lattice, s), s.columns, s.rows
        )
    return rows


def _spread(
    lattice: Lattice, band: Sequence[Span], inside: dict[tuple[int, int], list[Run]]
) -> tuple[list[Span], dict[tuple[int, int], list[Run]]] | None:
    """Divide cells that no upright line divides at the grid's columns, where several figures show that they are several."""
    out: list[Span] = []
    moved = dict(inside)
    for s in band:
        runs = inside.get((s.row, s.column), [])
        figures = [r for r in runs if is_figure(r.text)]
        homes = {id(r): [_index(lattice.xs, r.box[0] + 50), _index(lattice.xs, r.box[2] - 50)] for r in runs}
        apart = len({homes[id(r)][0] for r in figures}) >= _FEW and all(a == b for a, b in homes.values())
        if s.columns == 1 or not apart:
            out.append(s)
            continue
        moved.pop((s.row, s.column))
        for column in range(s.column, s.column + s.columns):
            out.append(msgspec.structs.replace(s, column=column, columns=1))
            mine = [r for r in runs if homes[id(r)][0] == column]
            if mine:
                moved[s.row, column] = mine
    return (out, moved) if len(out) > len(band) else None


def _layers(
    lattice: Lattice, band: Sequence[Span], inside: dict[tuple[int, int], list[Run]]
) -> list[list[Cell]] | None:
    """Divide a head whose words over several columns no ruling divides from those below: two rows of cells."""
    columns = len(lattice.xs) - 1
    rows = [[Cell() for _ in range(columns)] for _ in range(2)]
    found = False
    for s in band:
        runs = inside.get((s.row, s.column), [])
        lines = lines_of_runs(runs)
        homes = [_index(lattice.xs, r.middle[0]) for r in lines[-1]] if lines else []
        if s.columns > 1 and len(lines) > 1 and len(set(homes)) == len(homes) > 1:
            found = True
            upper = [r for line in lines[:-1] for r in line]
            rows[0][s.column] = _cell(upper, _span_box(lattice, s), s.columns, 1)
            for column, run in zip(homes, lines[-1], strict=True):
                rows[1][column] = _cell([run], run.box, 1, 1)
        else:
            rows[0][s.column] = _cell(runs, _span_box(lattice, s), s.columns, 2)
    return rows if found else None


def _is_stacked(cells: Sequence[Sequence[Run]]) -> bool:
    """Tell whether several columns of a band hold figures on one another, so that it is several rows."""
    counts = [len(lines_of_runs(runs)) for runs in cells]
    stacked = [n for runs, n in zip(cells, counts, strict=True) if n >= _FEW and all(is_figure(r.text) for r in runs)]
    return len(stacked) >= _FEW or (bool(stacked) and sum(n >= max(stacked) for n in counts) >= _FEW)


def is_figure(text: str) -> bool:
    """Tell whether a text is an amount, a share or a mark of none."""
    return read_figure(text.removesuffix("%"), "元") is not None


def _span_box(lattice: Lattice, s: Span) -> Box:
    return (
        lattice.xs[s.column], lattice.ys[s.row], lattice.xs[s.column + s.columns], lattice.ys[s.row + s.rows],
    )  # fmt: skip


def _cell(runs: Sequence[Run], box: Box, columns: int, rows: int) -> Cell:
    place = Place(box=joined_box([r.box for r in runs]) if runs else box)
    return Cell(text_of(runs), place, columns, rows)


def text_of(runs: Sequence[Run]) -> str:
    """Join the runs of one cell, line by line: a line break is nothing between Han characters and parts of a number."""
    out = ""
    for line in lines_of_runs(runs):
        text = line_text(line)
        blank = bool(out) and _are_words(out, text)
        out += " " * blank + text
    return out


def line_text(runs: Sequence[Run]) -> str:
    """Join the runs of one line; a gap is a blank."""
    out = ""
    for n, run in enumerate(runs):
        before = runs[n - 1] if n else None
        wide = before is not None and 100 * (run.box[0] - before.box[2]) > 30 * run.size
        out += " " * (wide and bool(out)) + run.text
    return out


def _are_words(one: str, other: str) -> bool:
    """Tell whether a line break between two texts stands for a blank: between words in Latin letters."""
    a, b = one[-1:], other[:1]
    return a.isascii() and b.isascii() and (a.isalpha() or b.isalpha()) and a not in "-/(" and b not in ")/%,."


def _divided(lattice: Lattice, rows: Sequence[list[Cell]]) -> list[Grid]:
    """Divide a grid at rows of one cell across it; each part has only the columns that its own rows have."""
    parts: list[list[list[Cell]]] = [[]]
    for cells in rows:
        whole = cells[0].columns == len(cells)
        if whole and parts[-1]:
            parts.append([])
        parts[-1].append(cells)
        if whole:
            parts.append([])
    return [_trimmed(lattice, p) for p in parts if p]


def _trimmed(lattice: Lattice, rows: list[list[Cell]]) -> Grid:
    """Take out the edges at which no cell of a part of a grid begins."""
    used = {0}
    for cells in rows:
        at = 0
        while at < len(cells):
            used.add(at)
            at += max(cells[at].columns, 1)
    kept = sorted(used)
    edges = [lattice.xs[c] for c in kept] + [lattice.xs[-1]]
    out = []
    for cells in rows:
        line = []
        for c in kept:
            covers = sum(c <= k < c + cells[c].columns for k in kept)
            line.append(msgspec.structs.replace(cells[c], columns=max(covers, 1)))
        out.append(line)
    boxes = [c.place.box for cells in rows for c in cells if c.place.box is not None]
    return Grid(edges, out, joined_box(boxes) if boxes else lattice.box)
