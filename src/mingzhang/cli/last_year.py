"""Last year's documents as a command is given them: files or folders, found for each book by its unit."""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING, Final

import msgspec

from mingzhang.model.fault import Fault, UnreadableInput
from mingzhang.model.language import gettext as _

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from mingzhang.model.book import Book
    from mingzhang.model.disclosure import Disclosure

_READ: Final = (".json", ".xlsx", ".docx", ".html", ".htm", ".txt", ".pdf")
"""What is looked at in a folder, the surest first: of one unit's files the first counts."""

_BOOK_SCHEMA: Final = "mingzhang.book/"
_BOOK_SHEET: Final = "单位信息"


class LastYears:
    """Finds last year's documents of books; each file is read once, when it is first wanted."""

    def __init__(self, given: Sequence[Path], *, alone: bool) -> None:
        """Take what was given; files given for a book `alone` are its own, whatever they say."""
        self._given = tuple(given)
        self._own = alone and not any(p.is_dir() for p in given)
        self._documents: list[Disclosure] | None = None

    def of(self, book: Book) -> tuple[Disclosure, ...]:
        """Give the documents of a book's unit, or of those that became it: none if none was given.

        Raises:
            Fault: a file cannot be read; none of those given is the unit's, and it is not new.
        """
        if not self._given:
            return ()
        documents = self._read()
        if self._own:
            return tuple(documents)
        from mingzhang.compiling.last_year import names_last_year  # noqa: PLC0415

        names = {_folded(n) for n in names_last_year(book)}
        found: dict[str, Disclosure] = {}
        for document in documents:
            unit = next((n for n in (document.unit_code, document.unit_name) if _folded(n) in names), "")
            if unit and document.year in {None, book.year - 1}:
                found.setdefault(_folded(document.unit_name or unit), document)
        if not found and names:
            text = _("没有找到“{unit}”{year}年的文件").format(unit=book.unit_name, year=book.year - 1)
            hint = _("单位更名、合并的，请在底册的“沿革”里写明原来的名称或代码；新单位也在那里写明。")
            raise Fault(text, place=str(self._given[0]), hint=hint)
        return tuple(found.values())

    def _read(self) -> list[Disclosure]:
        if self._documents is None:
            paths = [p for given in self._given for p in _files(given)]
            self._documents = [read_last_year(p) for p in paths]
        return self._documents


def read_last_year(path: Path) -> Disclosure:
    """Read a document of last year: a published file of any kind, or a book, which is compiled.

    Raises:
        Fault: it cannot be read.
    """
    if _is_book(path):
        from mingzhang.compiling.compile import compile_book  # noqa: PLC0415
        from mingzhang.intake.books import read_book  # noqa: PLC0415
        from mingzhang.model.disclosure import Source  # noqa: PLC0415

        document = compile_book(read_book(path)).disclosure
        return msgspec.structs.replace(document, source=Source(name=path.name))
    from mingzhang.readback.doors import read_file  # noqa: PLC0415

    return read_file(path)


def _files(given: Path) -> list[Path]:
    if not given.is_dir():
        return [given]
    found = [p for p in given.iterdir() if p.suffix in _READ and not p.name.startswith(("~", "."))]
    if not found:
        raise UnreadableInput(_("文件夹里没有能读的文件"), place=str(given))
    return sorted(found, key=lambda p: (_READ.index(p.suffix), p.name))


def _is_book(path: Path) -> bool:
    """Tell a book from a published document by its content."""
    try:
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as archive:
                names = archive.namelist()
                return "xl/workbook.xml" in names and _BOOK_SHEET.encode() in archive.read("xl/workbook.xml")
        head = path.read_bytes()[:4096]
    except (OSError, zipfile.BadZipFile):
        return False  # the reader says what is wrong with it
    return head.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"{") and _BOOK_SCHEMA.encode() in head


def _folded(text: str) -> str:
    return "".join(text.split())
