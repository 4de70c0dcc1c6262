"""The sections of a Word file: pages of one size and orientation, their margins, headers and page numbers."""

from __future__ import annotations

from typing import Final

import msgspec

from mingzhang.documents.paper import MM, FormRun, Run, TableRun
from mingzhang.documents.word_xml import twips

_A4: Final = (11906, 16838)
_MARGINS: Final = {
    "cover": (68, 40, 24, 24), "text": (37, 34.85, 28, 26), "tables": (26, 33, 22, 20), "wide": (22, 24, 20, 20),
    "forms": (15, 20, 16, 16),
}  # fmt: skip
"""Top, bottom, left and right in mm: those of the typeset document, but that 22 lines of 29 points are a hair more than
225 mm, and word processors would go on to the next page with the last."""

_FOOTERS: Final = '<w:footerReference w:type="default" r:id="rIdOdd"/><w:footerReference w:type="even" r:id="rIdEven"/>'


class Sections(msgspec.Struct, frozen=True):
    """What stands above the pages: with `head` a line on every numbered one, on a `draft` its mark."""

    head: bool
    draft: bool

    def end(self, kind: str, *, wide: bool, numbered: bool, last: bool, restart: bool = False) -> str:
        """Give what ends a section of a kind: `wide` ones lie across, `restart` counts pages from 1."""
        top, bottom, left, right = (twips(m * MM) for m in _MARGINS[kind])
        width, height = _A4[::-1] if wide else _A4
        turned = ' w:orient="landscape"' if wide else ""
        numbers = '<w:pgNumType w:start="1"/>' if restart else ""
        properties = (
            f"<w:sectPr>{self._headers(numbered=numbered)}{_FOOTERS if numbered else ''}"
            f'<w:type w:val="nextPage"/><w:pgSz w:w="{width}" w:h="{height}"{turned}/>'
            f'<w:pgMar w:top="{top}" w:right="{right}" w:bottom="{bottom}" w:left="{left}" w:header="600" w:footer="{bottom // 2}"'
            f' w:gutter="0"/>{numbers}</w:sectPr>'
        )
        # a section ends in the properties of a paragraph, but the last in those of the body
        ending = '<w:spacing w:line="20" w:lineRule="exact"/>'
        return properties if last else f"<w:p><w:pPr>{ending}{properties}</w:pPr></w:p>"

    def _headers(self, *, numbered: bool) -> str:
        """Refer to the headers of right and left pages: `Plain` ones of front pages, or those with the `Running` line."""
        if not self.head and not self.draft:
            return ""
        kind = "Running" if self.head and numbered else "Plain"
        sides = (("default", "Odd"), ("even", "Even"))
        return "".join(f'<w:headerReference w:type="{t}" r:id="rId{kind}{side}"/>' for t, side in sides)


def kind_of(one: Run) -> tuple[str, bool]:
    """Give the kind of section that a run stands in, and whether it lies across."""
    match one:
        case TableRun(landscape=True):
            return "wide", True
        case TableRun():
            return "tables", False
        case FormRun():
            return "forms", True
        case _:
            return "text", False
