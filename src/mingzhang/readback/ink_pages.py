"""Pages of ink to pages of lines, whichever format the ink was in; what is set aside and what is doubtful is told."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import msgspec

from mingzhang.model.disclosure import Mark
from mingzhang.model.language import gettext as _
from mingzhang.model.page import Cell, Line, Page
from mingzhang.model.place import Place
from mingzhang.readback.pdf_across import aligned, running
from mingzhang.readback.pdf_page import blocks_of
from mingzhang.readback.pdf_runs import sifted, texts_of
from mingzhang.readback.performance_inked import put_forms

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mingzhang.readback.pdf_ink import Ink
    from mingzhang.readback.pdf_page import Block
    from mingzhang.readback.pdf_runs import Run, Sifted

_MUCH: Final = 5
"""So many characters that nobody sees are worth a word."""


class Printed(msgspec.Struct, frozen=True):
    """A file of pages as it was read: its pages, what was set aside as no content, and what is doubtful of the whole.

    `recognised` are the pages that were pictures, `unsure` the words on them that were recognised without being sure;
    a picture that was `turned`, by its page's number, is read as it lies after so many degrees.
    """

    pages: tuple[Page, ...]
    marks: tuple[Mark, ...] = ()
    doubts: tuple[str, ...] = ()
    keywords: str = ""
    recognised: frozenset[Place] = frozenset()
    unsure: frozenset[Place] = frozenset()
    turned: dict[int, int] = {}


class InkPages:
    """The pages of a file while they are read, in order."""

    def __init__(self) -> None:
        """Begin before the first page."""
        self._blocks: list[list[Block]] = []
        self._free: list[list[list[Run]]] = []
        self._aside: list[Sifted] = []
        self._heights: list[int] = []
        self.characters = 0

    def add(self, ink: Ink, found: Sifted | None = None) -> None:
        """Read one page; `found` are its characters where they were sifted before."""
        found = sifted(ink) if found is None else found
        blocks, free = blocks_of(ink, found.glyphs)
        self._blocks.append(blocks)
        self._free.append(free)
        self._aside.append(found)
        self._heights.append(ink.height)
        self.characters += len(ink.glyphs)

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing was found to read on any page."""
        return not any(self._blocks)

    def printed(self, *, doubts: tuple[str, ...] = (), keywords: str = "") -> Printed:
        """Give all pages as lines, counted from 1, tables that go on over a page's edge with the same columns."""
        put_forms(self._blocks, self._free)
        aligned(self._blocks)
        marks = (*self._marks(), *running(self._blocks, self._heights))
        pages = tuple(_page_of(p, n) for n, p in enumerate(self._blocks, start=1))
        return Printed(pages, marks, (*self._doubts(), *doubts), keywords)

    def _marks(self) -> Iterator[Mark]:
        """Give what was stamped across pages, and what stands there unseen, as marks with their places."""
        for number, page in enumerate(self._aside, start=1):
            for kind, glyphs in (("watermark", page.stamped), ("unseen", page.unseen)):
                for text, box in texts_of(glyphs):
                    yield Mark(kind, text, Place(page=number, box=box))

    def _doubts(self) -> Iterator[str]:
        for n, page in enumerate(self._aside, start=1):
            if len(page.unseen) >= _MUCH:
                yield _("{place}：有 {count} 个看不见的字符（在页面之外、被遮住或裁掉），没有读入").format(
                    place=Place(page=n), count=len(page.unseen)
                )
        for n, page in enumerate(self._aside, start=1):
            if unknown := sum(g.text == "\ufffd" for g in page.glyphs):
                yield _("{place}：有 {count} 个字符没有编码，读不出").format(place=Place(page=n), count=unknown)


def _page_of(blocks: list[Block], number: int) -> Page:
    lines: list[Line] = []
    for block in blocks:
        for cells in block.grid.rows if block.grid is not None else [block.cells]:
            if any(c.text for c in cells):
                line = _line(cells, number, len(lines) + 1)
                made = block.doubt is not None
                lines.append(msgspec.structs.replace(line, guessed=True, doubt=block.doubt) if made else line)
    return Page(tuple(lines), number)


def _line(cells: list[Cell], page: int, number: int) -> Line:
    boxes = [c.place.box for c in cells if c.text and c.place.box is not None]
    box = (min(b[0] for b in boxes), min(b[1] for b in boxes), max(b[2] for b in boxes), max(b[3] for b in boxes))
    placed = tuple(msgspec.structs.replace(c, place=Place(page=page, line=number, box=c.place.box)) for c in cells)
    return Line(placed, Place(page=page, line=number, box=box))
