"""What was published before: an earlier version of a document, and figures that may not change, from files."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING, Final

from mingzhang.model.fault import Fault, UnreadableInput
from mingzhang.model.language import gettext as _

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from mingzhang.model.disclosure import Disclosure

HEAD: Final = ["key", "value"]
_LARGEST: Final = 16 * 1024 * 1024


class Standings:
    """The earlier version and the held figures of each book: a file for one book, or folders with one named like each."""

    def __init__(self, earlier: Path | None, hold: Path | None, beside: Sequence[Path] = (), *, alone: bool) -> None:
        """Keep the paths.

        Raises:
            Fault: there is no such file, or one file is given for several books.
        """
        for path in (earlier, hold, *beside):
            if path is not None and not path.exists():
                raise Fault(_("没有这个文件"), place=str(path))
            if path in {earlier, hold} - {None} and not alone and path is not None and not path.is_dir():
                raise Fault(_("几本底册要用文件夹，内中文件与底册同名"), place=str(path))
        self._earlier = earlier
        self._hold = hold
        self._beside = tuple(beside)

    def earlier_of(self, book: Path) -> Disclosure | None:
        """Read the earlier version of a book's document; None if there is none.

        Raises:
            UnreadableInput: it cannot be read.
        """
        from mingzhang.readback.doors import read_file  # noqa: PLC0415 - only where asked for

        path = _named_like(book, self._earlier)
        return None if path is None else read_file(path)

    def beside(self) -> tuple[Disclosure, ...]:
        """Read what else is published.

        Raises:
            UnreadableInput: it cannot be read.
        """
        from mingzhang.readback.doors import read_file  # noqa: PLC0415

        return tuple(read_file(path) for path in self._beside)

    def held_of(self, book: Path) -> dict[str, str]:
        """Read the figures that a book's document must print, by key.

        Raises:
            UnreadableInput: it is no CSV of keys and values.
        """
        path = _named_like(book, self._hold)
        return {} if path is None else held_figures(path)


def held_figures(path: Path) -> dict[str, str]:
    """Read a CSV of the columns `key,value`; other columns are left alone.

    Raises:
        UnreadableInput: it is none, or gives a figure twice.
    """
    try:
        if path.stat().st_size > _LARGEST:
            raise UnreadableInput(_("文件太大"), place=path.name)
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise UnreadableInput(_("不能读作文本：{why}").format(why=error), place=path.name) from error
    reader = csv.DictReader(lines)
    if not set(HEAD) <= set(reader.fieldnames or ()):
        raise UnreadableInput(_("首行应有 key、value 两列"), place=path.name)
    found: dict[str, str] = {}
    for row in reader:
        key, value = ((row[name] or "").strip() for name in HEAD)
        if not key and not value:
            continue
        if key in found:
            raise UnreadableInput(
                _("{key} 出现两次").format(key=key),
                place=_("{file}: 第{n}行").format(file=path.name, n=reader.line_num),
            )
        found[key] = value
    return found


def _named_like(book: Path, place: Path | None) -> Path | None:
    """Find the file that is meant for a book: the one given, or in a folder the first whose name is the book's."""
    if place is None or not place.is_dir():
        return place
    return next((p for p in sorted(place.iterdir()) if p.stem == book.stem and p.is_file()), None)
