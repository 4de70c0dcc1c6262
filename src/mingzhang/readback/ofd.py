"""OFD files (GB/T 33190), the national format of laid-out documents: what is drawn, read as the ink of a page of a PDF."""

from __future__ import annotations

import io
import time
from functools import partial
from typing import TYPE_CHECKING, Final

import msgspec

from mingzhang.model.disclosure import Mark
from mingzhang.model.fault import UnreadableInput
from mingzhang.model.language import gettext as _
from mingzhang.model.place import Place
from mingzhang.readback.ink_pages import InkPages, Printed
from mingzhang.readback.limits import MAX_OCR_PIXELS, MAX_PDF_CHARACTERS, MAX_PDF_SECONDS
from mingzhang.readback.ofd_ink import ink_of, texts_in
from mingzhang.readback.ofd_parts import MAIN, Package, below, kind_of
from mingzhang.readback.page_pictures import PicturePages
from mingzhang.readback.pdf_drawing import TooMuch
from mingzhang.readback.pdf_runs import sifted

if TYPE_CHECKING:
    from PIL.Image import Image

    from mingzhang.readback.ofd_parts import Leaf
    from mingzhang.readback.pdf_ink import Ink

_SILENT: Final = frozenset({"Link", "Path", "Highlight"})
"""Kinds of annotations that add no words of their own."""


def is_ofd(parts: tuple[str, ...]) -> bool:
    """Tell whether the parts of a packed file are those of an OFD file."""
    return any(p.lstrip("/").lower() == MAIN.lower() for p in parts)


def read_pages(content: bytes, parts: tuple[str, ...], name: str) -> Printed:
    """Read an OFD file as pages of lines; what its parts unpack to was counted before.

    Raises:
        UnreadableInput: the file is damaged or locked, or holds no text, too many pages, or too much on one.
    """
    package = Package(content, parts, name)
    pages, pictures = InkPages(), PicturePages(name)
    marks: list[Mark] = []
    doubts: list[str] = []
    until = time.monotonic() + MAX_PDF_SECONDS
    for number, leaf in enumerate(package.pages(), start=1):
        ink = _ink(leaf, package, f"{name}: {Place(page=number)}")
        pages.add(*pictures.read(ink, sifted(ink), number, partial(_picture, leaf, package)))
        if pages.characters > MAX_PDF_CHARACTERS or time.monotonic() > until + pictures.seconds:
            raise UnreadableInput(_("OFD 的内容过多"), place=name)
        marks += _watermarks(leaf, number)
        doubts += _notes(leaf, number)
    pictures.must_be_readable(is_empty=pages.is_empty)
    if pages.is_empty:
        raise UnreadableInput(_("文件里没有文字"), place=name)
    printed = pictures.also(pages.printed(doubts=tuple(doubts), keywords=package.keywords()))
    return msgspec.structs.replace(printed, marks=(*printed.marks, *marks))


def _ink(leaf: Leaf, package: Package, place: str) -> Ink:
    try:
        return ink_of(leaf, package.resources)
    except TooMuch as error:
        raise UnreadableInput(_("OFD 的这一页内容过多"), place=place) from error


def _watermarks(leaf: Leaf, number: int) -> list[Mark]:
    """Give the texts that a writer laid over the page as a watermark."""
    return [
        Mark("watermark", text, Place(page=number))
        for note in leaf.annotations
        if note.get("Type") == "Watermark"
        for text in texts_in(note)
    ]


def _notes(leaf: Leaf, number: int) -> list[str]:
    """Tell that words stand in annotations of a page, which are not read."""
    notes = [n for n in leaf.annotations if n.get("Type") not in {"Watermark", *_SILENT} and any(texts_in(n))]
    if not notes:
        return []
    return [_("{place}：有 {count} 处批注，没有读入").format(place=Place(page=number), count=len(notes))]


def _picture(leaf: Leaf, package: Package) -> Image | None:
    """Give the largest picture of a page; None where none can be shown."""
    from PIL import Image, UnidentifiedImageError  # noqa: PLC0415 - heavy, and only here

    best: Image.Image | None = None
    for item in below(leaf.content, "ImageObject"):
        source = package.resources.get(item.get("ResourceID", ""))
        part = source.get("BaseLoc", "") if source is not None and kind_of(source) == "MultiMedia" else ""
        if not part or not package.has(part):
            continue
        try:
            with Image.open(io.BytesIO(package.raw(part))) as seen:
                width, height = seen.size
                if width * height <= MAX_OCR_PIXELS and (best is None or width * height > best.width * best.height):
                    best = seen.convert("RGB")
        except (UnidentifiedImageError, OSError, SyntaxError, Image.DecompressionBombError):
            continue
    return best
