"""The digital PDF of a disclosure: bytes to pages of lines of cells, every cell with its box.

A line's number counts the lines of its page in reading order, from 1: a row of a table is one line however many its
cells are broken over. Nothing is executed and nothing is fetched: scripts, forms and attachments stay where they are.
"""

from __future__ import annotations

import time
from collections import Counter
from typing import TYPE_CHECKING, Final

import msgspec

from mingzhang.model.disclosure import Mark
from mingzhang.model.fault import UnreadableInput
from mingzhang.model.language import gettext as _
from mingzhang.model.page import Cell, Line, Page
from mingzhang.model.place import Place
from mingzhang.readback.limits import MAX_PDF_CHARACTERS, MAX_PDF_SECONDS
from mingzhang.readback.pdf_across import aligned, running
from mingzhang.readback.pdf_drawing import TooMuch
from mingzhang.readback.pdf_ink import ink_of
from mingzhang.readback.pdf_opening import oddities, opened
from mingzhang.readback.pdf_page import blocks_of
from mingzhang.readback.pdf_runs import sifted, texts_of

if TYPE_CHECKING:
    import pypdfium2

    from mingzhang.readback.pdf_ink import Ink
    from mingzhang.readback.pdf_page import Block
    from mingzhang.readback.pdf_runs import Sifted

_MUCH: Final = 5


class ScannedInput(UnreadableInput):
    """A PDF holds pictures and no text: what stands on them must be recognised first."""


class Printed(msgspec.Struct, frozen=True):
    """A PDF as it was read: its pages, what was set aside as no content, and what is doubtful of the whole."""

    pages: tuple[Page, ...]
    marks: tuple[Mark, ...] = ()
    doubts: tuple[str, ...] = ()
    keywords: str = ""


def read_pages(content: bytes, name: str) -> Printed:
    """Read a PDF as pages of lines.

    Raises:
        UnreadableInput: it is damaged or locked with a password, has no pages or too many, or holds no text.
    """
    document = opened(content, name)
    try:
        printed = _read(document, name)
        return msgspec.structs.replace(printed, doubts=(*oddities(content, document), *printed.doubts))
    finally:
        document.close()


def _read(document: pypdfium2.PdfDocument, name: str) -> Printed:
    pages: list[list[Block]] = []
    aside: list[Sifted] = []
    heights: list[int] = []
    characters = pictures = 0
    until = time.monotonic() + MAX_PDF_SECONDS
    for number in range(len(document)):
        ink = _ink(document, number, name)
        found = sifted(ink)
        characters += len(ink.glyphs)
        pictures += bool(ink.pictures) and not found.glyphs
        if characters > MAX_PDF_CHARACTERS or time.monotonic() > until:
            raise UnreadableInput(_("PDF 的内容过多"), place=name)
        pages.append(blocks_of(ink, found.glyphs))
        aside.append(found)
        heights.append(ink.height)
    if not any(pages):
        if pictures:
            raise ScannedInput(_("PDF 里没有文字"), place=name, hint=_("看来是扫描件，请先做文字识别（OCR）。"))
        raise UnreadableInput(_("PDF 里没有文字"), place=name)
    aligned(pages)
    marks = [*_set_aside(aside), *running(pages, heights)]
    return Printed(
        tuple(page_of(p, n) for n, p in enumerate(pages, start=1)),
        tuple(marks),
        tuple(_doubts(aside, pictures)),
        document.get_metadata_value("Keywords"),
    )


def _ink(document: pypdfium2.PdfDocument, number: int, name: str) -> Ink:
    import pypdfium2  # noqa: PLC0415

    try:
        page = document[number]
        text = page.get_textpage()
    except pypdfium2.PdfiumError as error:
        place = f"{name}: {Place(page=number + 1)}"
        raise UnreadableInput(_("PDF 的这一页已损坏，无法读取"), place=place) from error
    try:
        return ink_of(page.raw, text.raw)
    except TooMuch as error:
        place = f"{name}: {Place(page=number + 1)}"
        raise UnreadableInput(_("PDF 的这一页内容过多"), place=place) from error
    finally:
        text.close()
        page.close()


def page_of(blocks: list[Block], number: int) -> Page:
    """Give the blocks of a page as its lines, counted from 1."""
    lines: list[Line] = []
    for block in blocks:
        for cells in block.grid.rows if block.grid is not None else [block.cells]:
            if any(c.text for c in cells):
                lines.append(_line(cells, number, len(lines) + 1))
    return Page(tuple(lines), number)


def _line(cells: list[Cell], page: int, number: int) -> Line:
    boxes = [c.place.box for c in cells if c.text and c.place.box is not None]
    box = (min(b[0] for b in boxes), min(b[1] for b in boxes), max(b[2] for b in boxes), max(b[3] for b in boxes))
    placed = tuple(msgspec.structs.replace(c, place=Place(page=page, line=number, box=c.place.box)) for c in cells)
    return Line(placed, Place(page=page, line=number, box=box))


def _set_aside(aside: list[Sifted]) -> list[Mark]:
    """Give what was stamped across pages, and what stands there unseen, as marks with their places."""
    out = []
    for number, page in enumerate(aside, start=1):
        for kind, glyphs in (("watermark", page.stamped), ("unseen", page.unseen)):
            out += [Mark(kind, text, Place(page=number, box=box)) for text, box in texts_of(glyphs)]
    return out


def _doubts(aside: list[Sifted], pictures: int) -> list[str]:
    unseen = Counter({n: len(p.unseen) for n, p in enumerate(aside, start=1) if len(p.unseen) >= _MUCH})
    out = [
        _("{place}：有 {count} 个看不见的字符（在页面之外、被遮住或裁掉），没有读入").format(
            place=Place(page=n), count=c
        )
        for n, c in sorted(unseen.items())
    ]
    unknown = Counter({n: sum(g.text == "\ufffd" for g in p.glyphs) for n, p in enumerate(aside, start=1)})
    out += [
        _("{place}：有 {count} 个字符没有编码，读不出").format(place=Place(page=n), count=c)
        for n, c in sorted(unknown.items())
        if c
    ]
    if pictures:
        out.append(_("有 {count} 页只有图片，没有读入").format(count=pictures))
    return out
