"""A document printed as plain text, as one gets it out of a web page: rows by line, cells divided by tabs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mingzhang.documents.flow import FormBlock, Heading, Picture, TableBlock, TermBlock, Text, cover_of, flow_of
from mingzhang.rules.engine import pack_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mingzhang.documents.flow import Block, Part
    from mingzhang.documents.grid import Grid
    from mingzhang.model.disclosure import Disclosure


def as_text(disclosure: Disclosure) -> str:
    """Print everything below one another, with a list of contents behind the cover."""
    parts = flow_of(disclosure, pack_of(disclosure))
    lines = [*cover_of(disclosure), "", "目 录", *_contents(parts), ""]
    for part in parts:
        if part.heading:
            lines += [part.heading, ""]
        for block in part.blocks:
            lines += [*_block(block), ""]
    return "\n".join(lines)


def _contents(parts: tuple[Part, ...]) -> Iterator[str]:
    for page, part in enumerate(parts, 1):
        if part.heading:
            yield f"{part.heading}\t{page}"
        for block in part.blocks:
            if isinstance(block, TableBlock) and block.table.title:
                yield f"{block.table.title}\t{page}"
            elif isinstance(block, Heading) and block.level == 1:
                yield f"{block.text}\t{page}"


def _block(block: Block) -> Iterator[str]:
    match block:
        case Heading():
            yield block.text
        case Text():
            yield block.paragraph.text.strip()
        case Picture():
            yield block.chart.title
        case TermBlock():
            yield f"{block.number}、{block.term}：{block.meaning}"
        case TableBlock():
            table = block.table
            yield from (line for line in (table.number, table.title, block.name) if line)
            yield f"单位：{table.unit}"
            yield from _rows(block.grid)
            yield from table.notes
        case FormBlock():
            yield f"{block.page.title}\t\t{block.page.year_line}\t"
            yield from _rows(block.page.grid)
            yield "\t".join(block.page.footer)


def _rows(grid: Grid) -> Iterator[str]:
    rows = [[""] * grid.columns for _ in range(grid.rows)]
    for cell in grid.cells:
        rows[cell.row][cell.column] = cell.text.replace("\n", "")
    yield from ("\t".join(row) for row in rows)
