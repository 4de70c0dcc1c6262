"""Performance forms on pages where no ruling shows their cells: their rows in place of what else was made of the lines."""

from __future__ import annotations

from itertools import groupby, pairwise
from statistics import median_low
from typing import TYPE_CHECKING, Final

import msgspec

from mingzhang.forms.performance_words import form_words
from mingzhang.model.keys import folded
from mingzhang.model.place import Place
from mingzhang.readback.pdf_page import Block
from mingzhang.readback.performance_bits import Bit
from mingzhang.readback.performance_laid import Raw, forms_laid

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mingzhang.model.page import Cell
    from mingzhang.readback.pdf_runs import Run

_NEAR: Final = 120
"""Texts nearer than this, in hundredths of the size, may be one."""
_APART: Final = 200
"""Lines further from one another than this, in hundredths of the size, are not of one text."""


def put_forms(pages: Sequence[list[Block]], lines: Sequence[Sequence[Sequence[Run]]]) -> None:
    """Put the rows of forms in the place of the blocks that stand there; `lines` are those outside ruled tables, by page."""
    names = tuple(s for s, key in form_words().fields.items() if key == "project")
    if not any(folded(line[0].text).startswith(names) for page in lines for line in page):
        return
    raws = [raw for number, page in enumerate(lines) for raw in _raws(number, page)]
    half = median_low([r.size for page in lines for line in page for r in line]) // 2 or 1
    for form in forms_laid(raws, half):
        rows = {page: [line for _page, line in own] for page, own in groupby(form.rows, key=lambda r: r[0])}
        for page, own in groupby(raws[form.first : form.end], key=lambda r: r.page):
            bits = [b for raw in own for b in raw.bits]
            top, bottom, left = min(b.top for b in bits), max(b.bottom for b in bits), min(b.left for b in bits)
            kept = [rest for b in pages[page] if (rest := outside(b, top, bottom)) is not None]
            # All rows stand at the top of what they take the place of, and stay in their order.
            made = [Block(None, list(line.cells), top, left, line.doubt) for line in rows.get(page, [])]
            pages[page][:] = sorted([*kept, *made], key=lambda b: (b.top, b.left))


def outside(block: Block, top: int, bottom: int) -> Block | None:
    """Give what of a block stands above or below a form; lines of two forms may have been taken for one table."""
    rows = [block.cells] if block.grid is None else block.grid.rows
    kept = [row for row in rows if not top <= _middle(row, block.top) <= bottom]
    boxes = [c.place.box for row in kept for c in row if c.text and c.place.box]
    if len(kept) == len(rows):
        return block
    if block.grid is None or not boxes:
        return None
    box = (block.grid.box[0], min(x[1] for x in boxes), block.grid.box[2], max(x[3] for x in boxes))
    return Block(msgspec.structs.replace(block.grid, rows=kept, box=box), [], box[1], box[0], block.doubt)


def _middle(row: Sequence[Cell], otherwise: int) -> int:
    """Give the height of a row's middle; `otherwise` where nothing stands in it."""
    boxes = [c.place.box for c in row if c.text and c.place.box]
    return (min(b[1] for b in boxes) + max(b[3] for b in boxes)) // 2 if boxes else otherwise


def _raws(number: int, page: Sequence[Sequence[Run]]) -> list[Raw]:
    out: list[Raw] = []
    for n, line in enumerate(page):
        gap = line[0].base - page[n - 1][0].base if n else 0
        place = Place(page=number + 1, line=n + 1)
        apart = 100 * gap > _APART * line[0].size
        out.append(Raw(_bits(line), number, place, apart=apart, edge=n in {0, len(page) - 1}))
    return out


def _bits(line: Sequence[Run]) -> tuple[Bit, ...]:
    near = [False, *(100 * (b.box[0] - a.box[2]) <= _NEAR * max(a.size, b.size) for a, b in pairwise(line))]
    return tuple(
        Bit(run.text, 0, run.box[0], run.box[2], beside, run.box[1], run.box[3])
        for run, beside in zip(line, near, strict=True)
    )
