"""A file opened by the door its content asks for: pages of lines for the recogniser, or a document stored whole."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Final

import msgspec

from mingzhang.model.disclosure import Disclosure, Mark, Source
from mingzhang.model.fault import UnreadableInput, why_not
from mingzhang.model.language import gettext as _
from mingzhang.model.page import Page
from mingzhang.model.place import Place
from mingzhang.model.workbook import FIGURES
from mingzhang.readback.limits import MAX_BYTES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from mingzhang.model.page import Line
    from mingzhang.readback.excel_sheets import Grid
    from mingzhang.readback.ink_pages import Printed

ZIP: Final = b"PK\x03\x04"
PICTURES: Final = (b"\x89PNG\r\n", b"\xff\xd8\xff", b"II*\x00", b"MM\x00*", b"BM")
"""How pictures begin: PNG, JPEG, TIFF (either way), BMP."""
COMPOUND: Final = b"\xd0\xcf\x11\xe0"
PDF: Final = b"%PDF-"
_PDF_START: Final = 1024
"""Within how many bytes a PDF must say that it is one."""


class Opened(msgspec.Struct, frozen=True):
    """One file as its door gives it: `pages` to be understood, or `stored`, what it says of itself.

    `keywords` are the file's own, `marks` what was set aside as no content, `doubts` what was not read or is odd.
    `attached` is the data that a PDF carries, to be verified by what it prints.
    Numbers in `open_places` have as many places as their form, for their cells do not say. Pages that are `recognised` were
    pictures, and words in the boxes of `unsure` were recognised without being sure; by page, the picture was `turned` so
    many degrees to be read.
    """

    source: Source
    pages: tuple[Page, ...] = ()
    stored: Disclosure | None = None
    attached: Disclosure | None = None
    keywords: str = ""
    marks: tuple[Mark, ...] = ()
    doubts: tuple[str, ...] = ()
    open_places: frozenset[Place] = frozenset()
    recognised: frozenset[Place] = frozenset()
    unsure: frozenset[Place] = frozenset()
    turned: dict[int, int] = {}

    @property
    def lines(self) -> dict[tuple[int | None, int], str]:
        """Give the lines as they were seen, by page and line; a stored document has none."""
        return {(at.page, at.line): line.text for line, at in self._lines() if at.line is not None}

    @property
    def boxes(self) -> dict[tuple[int | None, int], tuple[int, int, int, int]]:
        """Give the boxes of the lines by page and line, where the format has boxes."""
        return {(at.page, at.line): at.box for _line, at in self._lines() if at.line is not None and at.box is not None}

    def _lines(self) -> Iterator[tuple[Line, Place]]:
        return ((line, line.place) for page in self.pages for line in page.lines)


def opened(path: Path) -> Opened:
    """Open a file, or a folder as one document in several files.

    Raises:
        UnreadableInput: no such file, too large, empty, damaged, locked, or of no kind that can be read.
    """
    if path.is_dir():
        from mingzhang.readback.archive import files_of  # noqa: PLC0415 - one reader at a time
        from mingzhang.readback.bundled import opened_bundle  # noqa: PLC0415

        return opened_bundle(files_of(path), path.name, "folder")
    return opened_content(file_content(path), path.name)


def opened_content(content: bytes, name: str) -> Opened:
    """Open a file's bytes; its name only tells the user which file is meant.

    Raises:
        UnreadableInput: as `opened`.
    """
    source = Source(name=name, sha256=hashlib.sha256(content).hexdigest())
    if content.startswith(ZIP):
        return _packed(content, source)
    if content.startswith(COMPOUND):
        from mingzhang.readback import excel_xls  # noqa: PLC0415 - one reader at a time

        return _laid_out(excel_xls.read_grids(content, name), source, "xls")
    if PDF in content[:_PDF_START] or content.startswith(PICTURES):
        return _printed(content, source)
    if content.lstrip()[:1] == b"{":
        from mingzhang.readback.stored import decoded_json  # noqa: PLC0415 - one reader at a time

        return Opened(_as(source, "json"), stored=decoded_json(content, name))
    from mingzhang.readback import repeated, text, web  # noqa: PLC0415 - one reader at a time

    if web.is_web(content):
        return Opened(_as(source, "html"), web.read_pages(content, name), keywords=web.keywords(content))
    pages, told = repeated.printed_once(text.read_pages(content, name))
    return Opened(_as(source, "text"), pages, doubts=told)


def file_content(path: Path) -> bytes:
    """Give a file's bytes.

    Raises:
        UnreadableInput: no such file, a folder, not allowed, too large or empty.
    """
    try:
        if path.is_dir():
            raise UnreadableInput(_("是文件夹，不是文件"), place=str(path))
        if path.stat().st_size > MAX_BYTES:
            raise UnreadableInput(_("文件过大（超过 64 MB）"), place=path.name)
        content = path.read_bytes()
    except OSError as error:
        raise UnreadableInput(_("文件无法打开：{why}").format(why=why_not(error)), place=str(path)) from error
    if not content.strip():
        raise UnreadableInput(_("文件是空的"), place=path.name)
    return content


def _printed(content: bytes, source: Source) -> Opened:
    """Open a PDF, with the data that it carries if we made it, or a picture of a page."""
    from mingzhang.readback import pdf  # noqa: PLC0415 - one reader at a time
    from mingzhang.readback.attached import attached_data  # noqa: PLC0415

    if content.startswith(PICTURES):
        from mingzhang.readback.ocr import picture_pages  # noqa: PLC0415 - an extra

        return _on_paper(picture_pages(content, source.name), source, "image")
    printed = pdf.read_pages(content, source.name)
    data, doubts = attached_data(content, source.name)
    opened = _on_paper(printed, source, "pdf")
    return msgspec.structs.replace(opened, attached=data, doubts=(*opened.doubts, *doubts))


def _on_paper(printed: Printed, source: Source, form: str) -> Opened:
    """Give what was read of pages that lie as they were printed."""
    return Opened(
        _as(source, form), printed.pages, keywords=printed.keywords, marks=printed.marks, doubts=printed.doubts,
        recognised=printed.recognised, unsure=printed.unsure, turned=printed.turned,
    )  # fmt: skip


def _packed(content: bytes, source: Source) -> Opened:
    """Open a packed file: Word, or Excel, ours or somebody else's."""
    from mingzhang.readback import excel_xlsx, ofd, word  # noqa: PLC0415 - one reader at a time
    from mingzhang.readback.packed import parts_of  # noqa: PLC0415

    name = source.name
    if word.is_word(content):
        return Opened(_as(source, "docx"), word.read_pages(content, name), keywords=word.keywords(content, name))
    parts = parts_of(content, name)
    if ofd.is_ofd(parts):
        return _on_paper(ofd.read_pages(content, parts, name), source, "ofd")
    if not excel_xlsx.is_workbook(parts):
        return _archive(content, source, parts)
    if FIGURES not in excel_xlsx.sheet_names(content, name):
        return _laid_out(excel_xlsx.read_grids(content, name), source, "xlsx")
    from mingzhang.readback.workbook import workbook_of  # noqa: PLC0415

    return Opened(_as(source, "xlsx"), stored=workbook_of(content, name))


def _archive(content: bytes, source: Source, parts: tuple[str, ...]) -> Opened:
    """Open an archive as one disclosure in several files."""
    from mingzhang.readback import archive  # noqa: PLC0415 - one reader at a time

    if not archive.is_archive(parts):
        hint = _("可读取 Word（.docx）和 Excel（.xlsx）文件，其他格式请先另存。")
        raise UnreadableInput(_("不是能读的文件"), place=source.name, hint=hint)
    from mingzhang.readback.bundled import opened_bundle  # noqa: PLC0415

    found = opened_bundle(archive.unpacked_archive(content, source.name), source.name, "zip")
    return msgspec.structs.replace(found, source=_as(source, "zip")) if found.stored is None else found


def _laid_out(grids: tuple[Grid, ...], source: Source, form: str) -> Opened:
    """Open a workbook that somebody else made."""
    from mingzhang.readback.excel import laid_out  # noqa: PLC0415 - one reader at a time

    book = laid_out(grids, source.name)
    return Opened(_as(source, form), book.pages, doubts=book.doubts, open_places=book.open_places)


def _as(source: Source, form: str) -> Source:
    return msgspec.structs.replace(source, format=form)
