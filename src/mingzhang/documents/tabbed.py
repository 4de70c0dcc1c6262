"""A disclosure printed as the text form: a line a paragraph, cells divided by tabs, as a converter would print it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mingzhang.documents.flow import (
    FormBlock,
    Heading,
    Picture,
    TableBlock,
    TermBlock,
    Text,
    cover_of,
    flow_of,
    statements_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mingzhang.documents.flow import Block
    from mingzhang.documents.grid import Grid
    from mingzhang.forms.pack import Pack
    from mingzhang.model.disclosure import Disclosure


def tabbed(disclosure: Disclosure, pack: Pack) -> str:
    """Print a disclosure: cover, contents with pages, parts."""
    parts = flow_of(disclosure, pack)
    lines = [*cover_of(disclosure), *statements_of(disclosure, pack, draft=False), "", "目 录"]
    for page, part in enumerate(parts, start=1):
        lines.append(f"{part.heading}\t{page}")
        lines += [f"{b.table.title}\t{page}" for b in part.blocks if isinstance(b, TableBlock)]
    for part in parts:
        lines += ["", part.heading, ""]
        for block in part.blocks:
            lines += [*_lines(block), ""]
    return "\n".join(lines)


def _lines(block: Block) -> Iterator[str]:
    match block:
        case Heading(text, _):
            yield text
        case Text():
            yield block.paragraph.text
        case Picture(chart):
            yield chart.title
        case TermBlock(number, term, meaning):
            yield f"{number}、{term}：{meaning}"
        case FormBlock(page):
            yield f"{page.title}\t\t{page.year_line}\t"
            yield from _rows(page.grid)
            yield "\t".join(page.footer)
        case TableBlock():
            yield from (line for line in (block.table.number, block.table.title) if line)
            yield f"{block.name}\t单位：{block.table.unit}"
            yield from _rows(block.grid)
            yield from block.table.notes


def _rows(grid: Grid) -> Iterator[str]:
    cells = [[""] * grid.columns for _row in range(grid.rows)]
    for cell in grid.cells:
        cells[cell.row][cell.column] = cell.text
    yield from ("\t".join(row) for row in cells)
