"""The digital PDF of a disclosure: bytes to pages of lines of cells, every cell with its box.

A line's number counts the lines of its page in reading order, from 1: a row of a table is one line however many its
cells are broken over. Nothing is executed and nothing is fetched: scripts, forms and attachments stay where they are.
Pages that are pictures are recognised where the extra for it is installed; else they are named, and not read.
"""

from __future__ import annotations

import time
from functools import partial
from typing import TYPE_CHECKING, Final

import msgspec

from mingzhang.model.fault import UnreadableInput
from mingzhang.model.language import gettext as _
from mingzhang.model.place import Place
from mingzhang.readback.ink_pages import InkPages, Printed
from mingzhang.readback.limits import MAX_OCR_PIXELS, MAX_PDF_CHARACTERS, MAX_PDF_SECONDS
from mingzhang.readback.page_pictures import PicturePages
from mingzhang.readback.pdf_drawing import TooMuch
from mingzhang.readback.pdf_ink import ink_of
from mingzhang.readback.pdf_opening import oddities, opened
from mingzhang.readback.pdf_runs import sifted

if TYPE_CHECKING:
    import pypdfium2
    from PIL.Image import Image

    from mingzhang.readback.pdf_ink import Ink

_DOTS: Final = 200
"""An inch, of the picture that is made of a page to be recognised."""


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
    pages, pictures = InkPages(), PicturePages(name)
    until = time.monotonic() + MAX_PDF_SECONDS
    for number in range(len(document)):
        ink = _ink(document, number, name)
        pages.add(*pictures.read(ink, sifted(ink), number + 1, partial(_picture, document, number)))
        if pages.characters > MAX_PDF_CHARACTERS or time.monotonic() > until + pictures.seconds:
            raise UnreadableInput(_("PDF 的内容过多"), place=name)
    pictures.must_be_readable(is_empty=pages.is_empty)
    if pages.is_empty:
        raise UnreadableInput(_("PDF 里没有文字"), place=name)
    return pictures.also(pages.printed(keywords=document.get_metadata_value("Keywords")))


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


def _picture(document: pypdfium2.PdfDocument, number: int) -> Image:
    """Show a page as a picture, however large it says it is within what is recognised."""
    page = document[number]
    try:
        width, height = page.get_size()
        scale = min(_DOTS / 72, (MAX_OCR_PIXELS / max(width * height, 1)) ** 0.5)
        seen: Image = page.render(scale=scale).to_pil()
        return seen
    finally:
        page.close()
