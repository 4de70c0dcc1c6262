"""Budget books from files: which reader a file is for is told by its content, not by its name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mingzhang.intake.files import OLD_EXCEL, ZIP, content_of, decoded, json_of
from mingzhang.intake.validation import problems
from mingzhang.intake.workbook import read_workbook
from mingzhang.model.book import Book
from mingzhang.model.fault import InvalidBook, UnreadableInput
from mingzhang.model.language import gettext as _

if TYPE_CHECKING:
    from pathlib import Path

    from mingzhang.forms.pack import Pack


def read_book(path: Path, *, pack: Pack | None = None) -> Book:
    """Read a budget book from JSON or an Excel workbook; `pack` instead of the one the book names.

    Raises:
        UnreadableInput: no such file, empty, binary, of another encoding, or not a budget book.
        UnknownVersion: a stored form of another kind, or of a later version.
        InvalidBook: everything in the book that no book may hold, with its places.
    """
    content = content_of(path)
    if content.startswith(ZIP):
        return read_workbook(content, path.name, pack=pack)
    if content.startswith(OLD_EXCEL):
        raise UnreadableInput(_("是旧式 Excel 文件（.xls）"), place=path.name, hint=_("请另存为 .xlsx。"))
    book = decoded(json_of(content, path.name), Book, path.name)
    found = problems(book, pack)
    if found:
        raise InvalidBook(found)
    return book
