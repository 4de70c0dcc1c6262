"""The web page of a disclosure: bytes to lines of cells, every table as the grid that its spans make.

Nothing is fetched and nothing is run. A line's number counts the lines of text found, from 1: pages often have a
single line of source.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import msgspec

from mingzhang.model.aside import CHART_DATA
from mingzhang.model.fault import UnreadableInput
from mingzhang.model.language import gettext as _
from mingzhang.model.page import Cell, Line, Page
from mingzhang.model.place import Place
from mingzhang.readback.limits import MAX_WEB_SPAN
from mingzhang.readback.text import decoded

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.html import HtmlElement

_HEAD: Final = re.compile(rb"<(?:!doctype html|html|head|body|table|article|div|style|meta|p)\b", re.IGNORECASE)
_CHARSET: Final = re.compile(rb"""charset\s*=\s*["']?\s*(gb[\w-]*)""", re.IGNORECASE)
_KEYWORDS: Final = re.compile(rb"""(?:name="keywords"\s+content|data-keywords)="([^"]*)\"""", re.IGNORECASE)
_SKIPPED: Final = frozenset(
    {"script", "style", "svg", "nav", "title", "noscript", "template", "button", "select", "iframe", "object", "form"}
)
_BLOCKS: Final = frozenset(
    {
        "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "div", "dl", "dt", "figcaption",
        "figure", "footer", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "html", "legend", "li", "main", "ol", "p",
        "pre", "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
    }
)  # fmt: skip
_SPACE: Final = re.compile(r"[ \t\r\n\f\v]+")
"""A span of more cells than this is a slip or an attack; no form is so wide or has so tall a cell."""


def is_web(content: bytes) -> bool:
    """Tell whether a file is a web page, by its first tags."""
    start = content[:4096].lstrip(b"\xef\xbb\xbf \t\r\n")
    return start.startswith(b"<") and not start.startswith(b"<?xml") and _HEAD.search(start) is not None


def keywords(content: bytes) -> str:
    """Give the keywords that a page, or a fragment of one, names in its first tag that has any."""
    found = _KEYWORDS.search(content)
    return "" if found is None else found[1].decode("utf-8", "replace")


def read_pages(content: bytes, name: str) -> tuple[Page, ...]:
    """Read a web page as one page of lines without a number.

    Raises:
        UnreadableInput: no text is in it, or its encoding is unknown.
    """
    from lxml import etree, html  # noqa: PLC0415 - heavy, and only here

    text = content.decode("gb18030", "replace") if _CHARSET.search(content[:2048]) else decoded(content, name)
    parser = html.HTMLParser(no_network=True, remove_comments=True, remove_pis=True, huge_tree=False)
    try:
        root = html.document_fromstring(re.sub(r"^\s*<\?xml[^>]*>", "", text), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError) as error:
        raise UnreadableInput(_("文件里没有文字"), place=name) from error
    lines: list[Line] = []
    for cells in _lines(root):
        place = Place(line=len(lines) + 1)
        if any(c.text for c in cells):
            lines.append(Line(tuple(msgspec.structs.replace(c, place=place) for c in cells), place))
    if not lines:
        raise UnreadableInput(_("文件里没有文字"), place=name)
    return (Page(tuple(lines)),)


def _lines(element: HtmlElement) -> Iterator[tuple[Cell, ...]]:
    """Give the lines of an element: one for each run of inline text, one for each row of a table of data."""
    run: list[str] = [element.text or ""]
    for child in element:
        tag = _tag(child)
        if tag in _SKIPPED or _is_hidden(child) or CHART_DATA in (child.get("class") or "").split():
            pass
        elif tag == "br":
            yield from _ended(run)
        elif tag in _BLOCKS or any(_tag(e) in _BLOCKS for e in child.iterdescendants()):
            yield from _ended(run)
            yield from _rows(child) if tag == "table" and _is_grid(child) else _lines(child)
        else:
            run.append(_words(child))
        run.append(child.tail or "")
    yield from _ended(run)


def _ended(run: list[str]) -> Iterator[tuple[Cell, ...]]:
    text = _tidy("".join(run))
    run.clear()
    if text:
        yield (Cell(text),)


def _is_grid(table: HtmlElement) -> bool:
    """Tell a table of data from one that only lays out the page: it holds no other table and a row of several cells."""
    rows = table.xpath(".//tr")
    return not table.xpath(".//table") and any(len(_cells(row)) > 1 for row in rows)


def _rows(table: HtmlElement) -> Iterator[tuple[Cell, ...]]:
    """Give a table row by row: a cell in the first place of its span, an empty one in the others."""
    for caption in table.xpath("./caption"):
        yield from _lines(caption)
    below: dict[int, int] = {}
    """Columns that a cell above still covers, with the rows left."""
    for row in table.xpath(".//tr"):
        found: dict[int, Cell] = {}
        covered = {c for c, left in below.items() if left > 0}
        below = {c: left - 1 for c, left in below.items() if left > 1}
        at = 0
        for cell in _cells(row):
            while at in covered:
                at += 1
            wide, high = _span(cell, "colspan"), _span(cell, "rowspan")
            found[at] = Cell(_tidy(_words(cell)), columns=wide, rows=high)
            for column in range(at, at + wide):
                if high > 1:
                    below[column] = high - 1
            at += wide
        width = max([at, *(c + 1 for c in covered)])
        yield tuple(found.get(c, Cell()) for c in range(width))


def _cells(row: HtmlElement) -> list[HtmlElement]:
    return [c for c in row if _tag(c) in {"td", "th"}]


def _span(cell: HtmlElement, name: str) -> int:
    text = (cell.get(name) or "1").strip()
    return min(max(int(text), 1), MAX_WEB_SPAN) if text.isascii() and text.isdigit() else 1


def _words(element: HtmlElement) -> str:
    """Give the text of an inline element or a cell, line breaks as spaces."""
    parts = [element.text or ""]
    for child in element:
        tag = _tag(child)
        if tag not in _SKIPPED and not _is_hidden(child):
            parts.append(f"\n{_words(child)}\n" if tag in _BLOCKS else "\n" if tag == "br" else _words(child))
        parts.append(child.tail or "")
    return "".join(parts)


def _tag(element: HtmlElement) -> str:
    return element.tag.lower().rpartition(":")[2] if isinstance(element.tag, str) else ""


def _is_hidden(element: HtmlElement) -> bool:
    style = re.sub(r"\s", "", element.get("style") or "").lower()
    return "display:none" in style or "hidden" in element.attrib


def _tidy(text: str) -> str:
    """Take out the white space of the source; what stands between two Han characters was a line break only."""
    joined = re.sub(r"(?<=[^\x00-\x7f])\s*\n\s*(?=[^\x00-\x7f])", "", text)
    return _SPACE.sub(" ", joined).strip(" \u3000\xa0\u200b\ufeff")
