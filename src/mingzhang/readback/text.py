"""The text form of a disclosure: bytes to pages of lines of cells.

Tabs divide cells. A Markdown table's pipes do too, and so do runs of two spaces or more where a line is plainly a
row: running text never is, so a sentence with a gap in it stays one cell.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from mingzhang.model.fault import UnreadableInput
from mingzhang.model.language import gettext as _
from mingzhang.model.page import Cell, Line, Page
from mingzhang.model.place import Place
from mingzhang.readback.cell_texts import plain_cell
from mingzhang.readback.piped import is_rule, piped
from mingzhang.readback.spaced import Printed, laid_out
from mingzhang.readback.stretched import closed_up

if TYPE_CHECKING:
    from collections.abc import Iterator

_UTF8_MARK: Final = b"\xef\xbb\xbf"
_WIDE_MARKS: Final = (b"\xff\xfe", b"\xfe\xff")
_CONTROL: Final = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_UNSEEN: Final = re.compile("[\xad\u200b-\u200f\u2060\ufeff]")
"""What is printed as nothing: joiners and marks of no width, hyphens that show at ends of lines alone, as web pages have them."""
_MARKED: Final = re.compile(r"#{1,6}\s+(?P<heading>.+?)\s*#*|\*\*(?P<strong>[^*]+)\*\*")
"""A heading of Markdown, or a line of it in strong letters."""
_MAX_CONTROL: Final = 0.001
_BLANKS: Final = " \u3000\xa0\ufeff"


def read_pages(content: bytes, name: str) -> tuple[Page, ...]:
    """Read a text file as pages of lines, each line with its number in the file, blank lines left out.

    Form feeds divide pages; a file without any has one page without a number.

    Raises:
        UnreadableInput: the file is empty, binary, or in an encoding other than UTF-8 or GB18030.
    """
    text = decoded(content, name)
    pages: list[list[Printed]] = [[]]
    numbered = "\f" in text
    raws = _lines_of(text)
    divided = piped(raws)
    for number, raw in enumerate(raws, start=1):
        if number - 1 in divided:
            if "\f" in raw and any(pages):
                pages.append([])
            place = Place(page=len(pages) if numbered else None, line=number)
            cells = tuple(Cell(plain_cell(c.strip(_BLANKS)), place) for c in divided[number - 1])
            pages[-1].append(Printed("", place, Line(cells, place)))
            continue
        for turn, own in enumerate(raw.split("\f")):
            if turn:
                pages.append([])
            part = closed_up(own)
            place = Place(page=len(pages) if numbered else None, line=number)
            line = _line(part, place)
            if line is not None:
                pages[-1].append(Printed(part, place, line))
    if not any(pages):
        raise UnreadableInput(_("文件里没有文字"), place=name)
    return tuple(Page(tuple(lines), n if numbered else None) for n, lines in enumerate(laid_out(pages), start=1))


def decoded(content: bytes, name: str) -> str:
    """Decode a file strictly: UTF-8, with or without its mark, else GB18030.

    Raises:
        UnreadableInput: the file is empty or binary, or fits neither encoding; the place names the first bad byte's line.
    """
    if not content.strip():
        raise UnreadableInput(_("文件是空的"), place=name)
    if content.startswith(_WIDE_MARKS) or _looks_wide(content):
        raise UnreadableInput(_("文件是 UTF-16 编码，不能读取"), place=name, hint=_("请另存为 UTF-8 编码的文本。"))
    if b"\0" in content:
        raise UnreadableInput(_("文件是二进制文件，不是文本"), place=name)
    try:
        text = content.removeprefix(_UTF8_MARK).decode("utf-8")
    except UnicodeDecodeError as error:
        try:
            text = content.decode("gb18030")
        except UnicodeDecodeError:
            line = content.count(b"\n", 0, error.start) + 1
            place = f"{name}: {Place(line=line)}"
            hint = _("请另存为 UTF-8 编码的文本。")
            raise UnreadableInput(_("文件既不是 UTF-8 也不是 GB18030 编码"), place=place, hint=hint) from None
    if len(_CONTROL.findall(text)) > _MAX_CONTROL * len(text):
        raise UnreadableInput(_("文件是二进制文件，不是文本"), place=name)
    return _UNSEEN.sub("", _CONTROL.sub("", text))


def _looks_wide(content: bytes) -> bool:
    """Tell whether zeros stand at every other byte only, as in UTF-16 without a mark."""
    low, high = sorted((content[0:512:2].count(0), content[1:512:2].count(0)))
    return low == 0 and high > min(len(content), 512) // 16


def _lines_of(text: str) -> list[str]:
    plain = text.replace("\r\n", "\n")
    return (plain if "\n" in plain else plain.replace("\r", "\n")).split("\n")


def _line(text: str, place: Place) -> Line | None:
    """Divide one line into cells; None for a blank line and for the rule under a Markdown head."""
    if is_rule(text.strip().replace("\t", "|")) or ("\t" not in text and not text.strip()):
        return None
    return Line(tuple(Cell(c.strip(_BLANKS), place) for c in _cells(text)), place)


def _cells(text: str) -> Iterator[str]:
    if "\t" in text:
        yield from (plain_cell(c) for c in text.split("\t"))
        return
    bare = text.strip()
    marked = _MARKED.fullmatch(bare)
    if marked is not None:
        yield marked["heading"] or marked["strong"]
        return
    yield text
