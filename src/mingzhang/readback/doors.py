"""Which reader a file is for, by its content and not by its name."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Final

import msgspec

from mingzhang.model.disclosure import DECLARED_ADDITIVE, Disclosure, Source
from mingzhang.model.fault import UnreadableInput
from mingzhang.model.language import gettext as _
from mingzhang.readback.limits import MAX_BYTES

if TYPE_CHECKING:
    from pathlib import Path

    from mingzhang.forms.pack import Pack
    from mingzhang.model.page import Page

ZIP: Final = b"PK\x03\x04"
PDF: Final = b"%PDF-"
_PDF_START: Final = 1024
"""Within how many bytes a PDF must say that it is one."""


def read_file(path: Path, *, pack: Pack | None = None) -> Disclosure:
    """Read a published file, or one of our own, as a disclosure.

    Raises:
        UnreadableInput: no such file, too large, empty, or of no kind that can be read.
    """
    content = file_content(path)
    source = Source(name=path.name, sha256=hashlib.sha256(content).hexdigest())
    if content.startswith(ZIP):
        from mingzhang.readback import word  # noqa: PLC0415 - one reader at a time

        if word.is_word(content):
            found = _recognised(word.read_pages(content, path.name), source, "docx", pack)
            return _declared(found, word.keywords(content, path.name))
        from mingzhang.readback.workbook import read_workbook  # noqa: PLC0415 - one reader at a time

        return _from(read_workbook(path), source, "xlsx")
    if PDF in content[:_PDF_START]:
        return _printed(content, source, pack)
    if content.lstrip()[:1] == b"{":
        from mingzhang.readback.stored import read_json  # noqa: PLC0415

        return _from(read_json(path), source, "json")
    from mingzhang.readback import text, web  # noqa: PLC0415 - one reader at a time

    if web.is_web(content):
        return _declared(_recognised(web.read_pages(content, path.name), source, "html", pack), web.keywords(content))
    return _recognised(text.read_pages(content, path.name), source, "text", pack)


def lines_of(path: Path) -> dict[tuple[int | None, int], str]:
    """Give a file's lines as they were seen, by page and line, to be shown beside what is said of them.

    A stored document has none.

    Raises:
        UnreadableInput: as `read_file`.
    """
    content = file_content(path)
    pages: tuple[Page, ...] = ()
    from mingzhang.readback import pdf, text, web, word  # noqa: PLC0415 - only where they are shown

    if content.startswith(ZIP):
        pages = word.read_pages(content, path.name) if word.is_word(content) else ()
    elif PDF in content[:_PDF_START]:
        pages = pdf.read_pages(content, path.name).pages
    elif content.lstrip()[:1] != b"{":
        pages = (web if web.is_web(content) else text).read_pages(content, path.name)
    return {
        (line.place.page, line.place.line): line.text
        for page in pages
        for line in page.lines
        if line.place.line is not None
    }


def _printed(content: bytes, source: Source, pack: Pack | None) -> Disclosure:
    """Read a PDF; what was set aside as no content is kept with the document's other marks."""
    from mingzhang.readback import pdf  # noqa: PLC0415 - one reader at a time

    printed = pdf.read_pages(content, source.name)
    found = _recognised(printed.pages, source, "pdf", pack)
    marks = (*found.publication.marks, *printed.marks)
    return msgspec.structs.replace(
        _declared(found, printed.keywords),
        publication=msgspec.structs.replace(found.publication, marks=marks),
        doubts=(*printed.doubts, *found.doubts),
    )


def _declared(found: Disclosure, keywords: str) -> Disclosure:
    """Take over what a file says of its own figures: that all it prints adds up makes every tail an error."""
    return msgspec.structs.replace(found, rounding="additive") if DECLARED_ADDITIVE in keywords else found


def _recognised(pages: tuple[Page, ...], source: Source, form: str, pack: Pack | None) -> Disclosure:
    from mingzhang.readback.recognise import read_disclosure  # noqa: PLC0415 - the stored formats do without

    return read_disclosure(pages, msgspec.structs.replace(source, format=form), pack=pack)


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
        raise UnreadableInput(_("文件无法打开：{why}").format(why=error.strerror), place=str(path)) from error
    if not content.strip():
        raise UnreadableInput(_("文件是空的"), place=path.name)
    return content


def _from(disclosure: Disclosure, source: Source, form: str) -> Disclosure:
    """Note where it was read from, unless the stored document says where it first came from."""
    if disclosure.source is not None:
        return disclosure
    return msgspec.structs.replace(disclosure, source=msgspec.structs.replace(source, format=form))
