"""The pages on which a Word file's headings stand, counted from exact line heights before anybody lays it out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from mingzhang.documents.flow import Heading
from mingzhang.documents.paper import FormRun, TableRun, TextRun
from mingzhang.documents.text_layout import PAGE, Measure, placed_blocks
from mingzhang.documents.word_chart import chart_room

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mingzhang.documents.paper import PaperPart, SetTable


WORD: Final = Measure(chart_room, PAGE + 0.4, closer=False, strict=True)
"""How word processors set running text: our files ask them not to set marks closer, and give a page a hair more than its
22 lines of 29 points."""


def entry_pages(parts: Sequence[PaperPart]) -> tuple[int, ...]:
    """Give the page of each entry of the contents in order: parts, tables with a title, sections of the first level."""
    return tuple(_entries(parts))


def _entries(parts: Sequence[PaperPart]) -> Iterator[int]:
    page = 1
    for part in parts:
        heading = bool(part.heading)
        for run in part.runs:
            if heading:
                yield page
            match run:
                case TableRun():
                    starts, pages = _tables(run.tables, run.room)
                    yield from (page + s for s, t in zip(starts, run.tables, strict=True) if t.table.title.strip())
                case FormRun():
                    pages = sum(len(parts) for _, parts in run.forms)
                case TextRun():
                    placed, pages = placed_blocks(run.blocks, (run.size, run.leading), WORD, headed=heading)
                    yield from (page + at for b, at in placed if isinstance(b, Heading) and b.level <= 1)
            page += pages
            heading = False


def _tables(tables: Sequence[SetTable], room: float) -> tuple[list[int], int]:
    """Give the page of each table of a run, from 0, and how many pages they take."""
    starts, page, left = [], 0, 0.0
    for n, placed in enumerate(tables):
        if n and placed.height > left:
            page += 1
            left = room
        elif n == 0:
            left = room
        starts.append(page)
        height = placed.height
        while height > left:
            height -= left
            page, left = page + 1, room
        left -= height
    return starts, page + 1
