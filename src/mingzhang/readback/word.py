"""The Word file of a disclosure: bytes to lines of cells, every table as the grid that its spans make.

Only the words are read: macros stay where they are, nothing is fetched, deleted text of tracked changes is gone and
inserted text is there. A line's number counts the lines found, from 1: a Word file has no pages until it is laid out.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from typing import TYPE_CHECKING, Final

from mingzhang.model.aside import CHART_DATA
from mingzhang.model.fault import UnreadableInput
from mingzhang.model.language import gettext as _
from mingzhang.model.page import Cell, Line, Page
from mingzhang.model.place import Place
from mingzhang.readback.limits import MAX_XML_PART

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element as Element

DOCUMENT: Final = "word/document.xml"
PROPERTIES: Final = "docProps/core.xml"

_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_KEYWORDS: Final = "{http://schemas.openxmlformats.org/package/2006/metadata/core-properties}keywords"
_STRICT: Final = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_TRANSITIONAL: Final = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_SKIPPED: Final = frozenset(
    {"del", "moveFrom", "instrText", "delText", "pPr", "rPr", "drawing", "pict", "object", "Fallback"}
)
_CONTENTS: Final = re.compile(r"(?i)toc\s?\d|目录")
_SPACE: Final = re.compile(r"[ \xa0]+")


def is_word(content: bytes) -> bool:
    """Tell whether a ZIP file is a Word file."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return DOCUMENT in archive.namelist()
    except (zipfile.BadZipFile, OSError):
        return False


def read_pages(content: bytes, name: str) -> tuple[Page, ...]:
    """Read a Word file as one page of lines without a number.

    Raises:
        UnreadableInput: the file is damaged, locked with a password, unpacks to too much, or holds no text.
    """
    body = parsed(part(content, DOCUMENT, name), name)
    lines: list[Line] = []
    for cells in _lines(body):
        if any(c.text for c in cells):
            place = Place(line=len(lines) + 1)
            lines.append(Line(tuple(Cell(c.text, place, c.columns, c.rows) for c in cells), place))
    if not lines:
        raise UnreadableInput(_("文件里没有文字"), place=name)
    return (Page(tuple(lines)),)


def keywords(content: bytes, name: str) -> str:
    """Give the keywords of a Word file's properties, nothing where it has none.

    Raises:
        UnreadableInput: the properties are damaged.
    """
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        if PROPERTIES not in archive.namelist():
            return ""
    found = parsed(part(content, PROPERTIES, name), name).findtext(_KEYWORDS)
    return found or ""


def part(content: bytes, wanted: str, name: str) -> bytes:
    """Unpack one part of a Word file.

    Raises:
        UnreadableInput: the file is damaged or locked, the part is not there, or it unpacks to too much.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive, archive.open(wanted) as stream:
            found = stream.read(MAX_XML_PART + 1)
    except (zipfile.BadZipFile, zlib.error, KeyError, RuntimeError, NotImplementedError, EOFError, OSError) as error:
        raise UnreadableInput(_("Word 文件已损坏，无法读取"), place=name) from error
    if len(found) > MAX_XML_PART:
        raise UnreadableInput(_("文件解压后过大"), place=name)
    return found


def parsed(content: bytes, name: str) -> Element:
    """Parse a part; entities are not resolved and nothing is loaded.

    Raises:
        UnreadableInput: it is not well formed.
    """
    from lxml import etree  # noqa: PLC0415 - heavy, and only here

    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True, remove_comments=True
    )
    try:
        root = etree.fromstring(content.replace(_STRICT, _TRANSITIONAL), parser)
    except etree.XMLSyntaxError as error:
        raise UnreadableInput(_("Word 文件已损坏，无法读取"), place=name) from error
    return root


def _lines(element: Element) -> Iterator[tuple[Cell, ...]]:
    """Give the lines of an element in order: a paragraph is one or more, a table one for each row."""
    for child in element:
        kind = _kind(child)
        if kind == "p":
            yield from _paragraph(child)
        elif kind == "tbl":
            caption = child.find(f"{_W}tblPr/{_W}tblCaption")
            if caption is None or caption.get(f"{_W}val") != CHART_DATA:
                yield from _rows(child)
        elif kind not in _SKIPPED:
            yield from _lines(child)


def _paragraph(paragraph: Element) -> Iterator[tuple[Cell, ...]]:
    text = "".join(texts(paragraph))
    style = paragraph.find(f"{_W}pPr/{_W}pStyle")
    listed = style is not None and _CONTENTS.match(style.get(f"{_W}val") or "") is not None
    for line in text.split("\n"):
        if listed:
            yield (Cell(_tidy(line.replace("\t", "." * 8))),)  # a contents entry as it is seen: dots up to the page
        else:
            yield tuple(Cell(_tidy(cell)) for cell in line.split("\t"))
    for box in paragraph.iter(f"{_W}txbxContent"):
        if not any(_kind(a) == "Fallback" for a in box.iterancestors()):
            yield from _lines(box)


def texts(element: Element) -> Iterator[str]:
    """Give the text of a paragraph's runs, with tabs and breaks."""
    for child in element:
        match _kind(child):
            case "t":
                yield child.text or ""
            case "tab" | "ptab":
                yield "\t"
            case "br" | "cr":
                yield "\n" if child.get(f"{_W}type") in {None, "textWrapping"} else ""
            case "noBreakHyphen":
                yield "-"
            case kind if kind not in _SKIPPED:
                yield from texts(child)


def _rows(table: Element) -> Iterator[tuple[Cell, ...]]:
    """Give a table's rows; a table that only holds one cell, or another table, lays out the page and is walked through."""
    rows = [list(_cells(row)) for row in _below(table, "tr")]
    if all(len(cells) < 2 for cells in rows) or any(
        cell.find(f".//{_W}tbl") is not None for row in rows for cell in row
    ):
        for row in rows:
            for cell in row:
                yield from _lines(cell)
        return
    grid: list[list[Cell]] = []
    owners: dict[int, tuple[int, int]] = {}
    """For each column the place of the cell that goes on below."""
    for row in rows:
        line: list[Cell] = []
        below: dict[int, tuple[int, int]] = {}
        for cell in row:
            at, wide, merge = len(line), _number(cell, "gridSpan"), cell.find(f"{_W}tcPr/{_W}vMerge")
            goes_on = merge is not None and merge.get(f"{_W}val", "continue") == "continue"
            if goes_on and at in owners:
                top, left = owners[at]
                own = grid[top][left]
                grid[top][left] = Cell(own.text, own.place, own.columns, own.rows + 1)
                below[at] = owners[at]
                line.append(Cell())
            else:
                line.append(Cell(_cell_text(cell), columns=wide))
                if merge is not None:
                    below[at] = (len(grid), at)
            line += [Cell()] * (wide - 1)
        owners = below
        grid.append(line)
    yield from (tuple(line) for line in grid)


def _cells(row: Element) -> Iterator[Element]:
    yield from _below(row, "tc")


def _below(element: Element, kind: str) -> Iterator[Element]:
    """Give the elements of a kind right below, or below what only wraps them (content controls, tracked insertions)."""
    for child in element:
        if _kind(child) == kind:
            yield child
        elif _kind(child) in {"sdt", "sdtContent", "ins", "customXml", "moveTo"}:
            yield from _below(child, kind)


def _number(cell: Element, name: str) -> int:
    found = cell.find(f"{_W}tcPr/{_W}{name}")
    text = "1" if found is None else found.get(f"{_W}val") or "1"
    return min(max(int(text), 1), 200) if text.isascii() and text.isdigit() else 1


def _cell_text(cell: Element) -> str:
    """Join a cell's lines; between two characters that are not Latin nothing was between."""
    texts = (line for cells in _lines(cell) for line in (" ".join(c.text for c in cells if c.text),))
    return re.sub(r"(?<=[^\x00-\x7f])\n(?=[^\x00-\x7f])", "", "\n".join(t for t in texts if t)).replace("\n", " ")


def _tidy(text: str) -> str:
    return _SPACE.sub(" ", text).strip(" \u3000\u200b\ufeff")


def _kind(element: Element) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
