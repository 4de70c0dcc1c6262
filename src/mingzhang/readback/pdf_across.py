"""What only shows across pages: running heads, and the columns of a table that goes on over the page's edge."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import msgspec

from mingzhang.model.disclosure import Mark
from mingzhang.model.keys import folded
from mingzhang.model.page import Cell, Line
from mingzhang.model.place import Place
from mingzhang.readback.surroundings import around

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mingzhang.readback.pdf_cells import Grid
    from mingzhang.readback.pdf_page import Block

_SAME: Final = 300
_EDGE: Final = 12
"""How much of a page's height, in hundredths, may hold running heads at its top and its bottom."""
_OFTEN: Final = 4
_MOSTLY: Final = 60
_SAME_HEIGHT: Final = 400


def aligned(pages: Sequence[list[Block]]) -> None:
    """Give tables that go on over a page's edge the same columns: an edge that one part shows holds for the others."""
    chain: list[Grid] = []
    for blocks in pages:
        grids = [b.grid for b in blocks if b.grid is not None]
        if chain and grids and _goes_on(chain[-1], grids[0]):
            chain.append(grids[0])
        else:
            _share(chain)
            chain = grids[:1]
        if len(grids) > 1:
            _share(chain)
            chain = [grids[-1]]
    _share(chain)


def _goes_on(one: Grid, other: Grid) -> bool:
    """Tell whether two grids have the same outer edges and every inner edge of one is one of the other."""
    a, b = one.edges, other.edges
    if abs(a[0] - b[0]) > _SAME or abs(a[-1] - b[-1]) > _SAME:
        return False
    few, many = sorted((a, b), key=len)
    return all(any(abs(x - y) <= _SAME for y in many) for x in few)


def _share(chain: Sequence[Grid]) -> None:
    if len({len(g.edges) for g in chain}) < 2:
        return
    finest = max(chain, key=lambda g: len(g.edges)).edges
    for grid in chain:
        if len(grid.edges) < len(finest):
            _divide(grid, finest)


def _divide(grid: Grid, edges: Sequence[int]) -> None:
    """Divide a grid's columns at further edges: each cell stays in the first of its columns and spans the rest."""
    first = [min(range(len(edges)), key=lambda n, x=x: abs(edges[n] - x)) for x in grid.edges]  # type: ignore[misc]
    for row in grid.rows:
        cells = [Cell() for _ in range(len(edges) - 1)]
        for n, cell in enumerate(row):
            last = min(n + max(cell.columns, 1), len(first) - 1)
            cells[first[n]] = msgspec.structs.replace(cell, columns=max(first[last] - first[n], 1))
        row[:] = cells
    grid.edges = list(edges)


def running(pages: Sequence[list[Block]], heights: Sequence[int]) -> list[Mark]:
    """Take out lines that come again at the same height of most pages, after their first time; give them as marks."""
    seen: dict[tuple[str, int], list[tuple[int, Block]]] = {}
    for number, (blocks, height) in enumerate(zip(pages, heights, strict=True)):
        for block in blocks:
            at = 100 * block.top // max(height, 1)
            text = folded("".join(c.text for c in block.cells))
            made = block.grid is not None or block.doubt is not None
            own = made or not text or text.strip("-—–").isdigit() or around(Line(tuple(block.cells)))
            if not own and not _EDGE <= at < 100 - _EDGE:
                top = at < _EDGE
                seen.setdefault((text, block.top if top else height - block.top), []).append((number, block))
    marks: list[Mark] = []
    for found in _alike(seen):
        if len(found) >= _OFTEN and 100 * len(found) >= _MOSTLY * len(pages):
            for number, block in found[1:]:
                pages[number].remove(block)
                box = block.cells[0].place.box
                text = " ".join(c.text for c in block.cells)
                marks.append(Mark("running_head", text, Place(page=number + 1, box=box)))
    return marks


def _alike(seen: dict[tuple[str, int], list[tuple[int, Block]]]) -> list[list[tuple[int, Block]]]:
    """Join the lines of one text whose heights differ by a trifle."""
    out: list[list[tuple[int, Block]]] = []
    last: tuple[str, int] | None = None
    for key in sorted(seen):
        if last is not None and last[0] == key[0] and key[1] - last[1] <= _SAME_HEIGHT:
            out[-1] += seen[key]
        else:
            out.append(list(seen[key]))
        last = key
    return [sorted(found, key=lambda f: f[0]) for found in out]
