"""Pieces of WordprocessingML: runs, paragraphs, fields, bookmarks, and text marked with what it stands for.

Lengths are in twentieths of a point where Word wants them so; callers give points.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final
from xml.sax.saxutils import escape, quoteattr

if TYPE_CHECKING:
    from collections.abc import Iterable

NAMESPACES: Final = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" '
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
)
DECLARATION: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_FORBIDDEN: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def twips(points: float) -> int:
    """Give a length in points in the unit Word uses."""
    return round(points * 20)


def bare(colour: str) -> str:
    """Give a colour as Word spells it."""
    return colour.removeprefix("#").upper()


def attribute(value: str) -> str:
    """Quote a value of an attribute."""
    return quoteattr(_FORBIDDEN.sub("", value))


def run(text: str, *, style: str = "", size: float = 0, bold: bool = False, colour: str = "") -> str:
    """Give a run of text; line breaks stay."""
    properties = "".join(
        (
            f'<w:rStyle w:val="{style}"/>' if style else "",
            "<w:b/>" if bold else "",
            f'<w:color w:val="{bare(colour)}"/>' if colour else "",
            f'<w:sz w:val="{round(size * 2)}"/><w:szCs w:val="{round(size * 2)}"/>' if size else "",
        )
    )
    lines = "<w:br/>".join(
        f'<w:t xml:space="preserve">{escape(_FORBIDDEN.sub("", line))}</w:t>' for line in text.split("\n")
    )
    return f"<w:r>{f'<w:rPr>{properties}</w:rPr>' if properties else ''}{lines}</w:r>"


def paragraph(content: str, style: str, properties: str = "") -> str:
    """Give a paragraph of a style; `content` are its runs."""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{properties}</w:pPr>{content}</w:p>'


def field(instruction: str, shown: str) -> str:
    """Give a field with the text that stands for it until Word computes it anew."""
    return (
        f'<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> {escape(instruction)} '
        f'</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>{run(shown)}'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def bookmarked(content: str, number: int, name: str) -> str:
    """Put a bookmark around runs."""
    return f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>{content}<w:bookmarkEnd w:id="{number}"/>'


class Marks:
    """The figures that carry their key: each a content control with a short tag, the keys in one part of their own."""

    def __init__(self) -> None:
        """Start with none."""
        self._found: list[tuple[str, str]] = []

    def mark(self, content: str, key: str, shown: str) -> str:
        """Put a content control around runs that show a figure."""
        self._found.append((key, shown))
        tag = f"mz{len(self._found)}"
        return (
            f'<w:sdt><w:sdtPr><w:id w:val="{100000 + len(self._found)}"/><w:tag w:val="{tag}"/></w:sdtPr>'
            f"<w:sdtContent>{content}</w:sdtContent></w:sdt>"
        )

    def part(self) -> str:
        """Give the part that says what each tag stands for, and the figure as it was written."""
        items = "".join(
            f"<figure tag={attribute(f'mz{n}')} key={attribute(key)} printed={attribute(shown)}/>"
            for n, (key, shown) in enumerate(self._found, 1)
        )
        return f'{DECLARATION}<figures xmlns="{FIGURES}">{items}</figures>'


FIGURES: Final = "urn:mingzhang:figures:1"


def joined(parts: Iterable[str]) -> str:
    """Put pieces together."""
    return "".join(parts)
