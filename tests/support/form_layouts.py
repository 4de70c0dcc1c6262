"""Performance forms printed as text whose cells only blanks divide, as programs lay out the text of a page.

`forms_pdf(disclosure, seed)` prints forms without rulings, on pages of several sizes. `form_text(page, ...)` sets a form's grid in columns of characters, a Chinese character two columns wide: cells are broken
at their width and stand at the top or in the middle of their rows, labels of several rows too.
"""

from __future__ import annotations

import json
from random import Random
from typing import TYPE_CHECKING

from pdf_layouts import _compiler

from mingzhang.documents.fonts import load_fonts
from mingzhang.documents.forms import form_pages
from mingzhang.documents.parts import pack_of
from mingzhang.forms.performance_read import performance_forms
from mingzhang.readback.performance_bits import long

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from mingzhang.documents.form_rows import FormPage
    from mingzhang.documents.grid import Grid
    from mingzhang.model.disclosure import Disclosure

WIDTHS = (8, 10, 14, 20, 12, 14, 20, 12)
SOURCE = """
#let d = json(bytes(sys.inputs.d))
#set page(width: d.width * 1pt, height: d.height * 1pt, margin: 40pt)
#set text(font: d.font, size: d.size * 1pt, lang: "zh", region: "cn", number-width: "tabular", cjk-latin-spacing: none)
#set par(leading: 0.45em, spacing: 0.6em, justify: false)
#for f in d.forms {
  align(center, text(size: d.size * 1.4pt, f.title))
  align(center, f.year)
  table(columns: d.widths.map(w => w * 1fr), inset: (x: 3pt, y: d.pad * 1pt), stroke: if d.ruled { 0.5pt } else { none },
    ..f.cells.map(c => table.cell(x: c.at(0), y: c.at(1), colspan: c.at(2), rowspan: c.at(3),
      align: (if c.at(4) == "figure" { right } else if c.at(4) == "value" { left } else { center })
        + (if d.middle { horizon } else { top }), c.at(5))))
  f.footer.join(h(3em))
  if d.apart { pagebreak(weak: true) } else { v(20pt) }
}
"""


def forms_text(disclosure: Disclosure, widths: Sequence[int] = WIDTHS, *, middle: bool = True, gap: int = 2) -> str:
    """Print all forms of a disclosure, page by page."""
    forms = performance_forms(pack_of(disclosure))
    return "\f".join(form_text(p, widths, middle=middle, gap=gap) for p in form_pages(disclosure, forms))


def forms_pdf(disclosure: Disclosure, seed: int, *, ruled: bool = False) -> bytes:
    """Print all forms of a disclosure as PDF, cells in columns of several widths, at the top or in the middle of rows."""
    random = Random(seed)
    forms = performance_forms(pack_of(disclosure))
    wide = random.random() < 0.5
    return _pdf(
        form_pages(disclosure, forms),
        ruled=ruled, width=842 if wide else 595, height=595 if wide else 842, size=random.choice((7, 8, 9)),
        pad=random.choice((1, 3, 5)), middle=random.random() < 0.7, apart=random.random() < 0.5,
        widths=random.choice((WIDTHS, (9, 11, 14, 16, 14, 14, 16, 14))),
    )  # fmt: skip


def page_pdf(page: FormPage, widths: Sequence[int], *, ruled: bool) -> bytes:
    """Print one form as PDF."""
    return _pdf([page], ruled=ruled, width=842, height=595, size=8, pad=3, middle=True, apart=False, widths=widths)


def _pdf(pages: Iterable[FormPage], **look: object) -> bytes:
    forms = [
        {
            "title": p.title, "year": p.year_line, "footer": p.footer,
            "cells": [(c.column, c.row, c.columns, c.rows, c.role, c.text) for c in p.grid.cells],
        }
        for p in pages
    ]  # fmt: skip
    d = {"forms": forms, "font": load_fonts(None)[1].song, **look}
    return _compiler().compile(SOURCE.encode(), format="pdf", sys_inputs={"d": json.dumps(d)})


def form_text(page: FormPage, widths: Sequence[int], *, middle: bool, gap: int) -> str:
    """Print one form: its title, the year, the grid, and the line of names."""
    wide = sum(widths) + gap * (len(widths) - 1)
    lines = [" " * max(0, (wide - long(t)) // 2) + t for t in (page.title, page.year_line) if t]
    return "\n".join([*lines, *_set(page.grid, widths, middle=middle, gap=gap), "        ".join(page.footer)]) + "\n"


def _set(grid: Grid, widths: Sequence[int], *, middle: bool, gap: int) -> list[str]:
    left = [sum(widths[:n]) + gap * n for n in range(len(widths))]
    broken = {
        (c.row, c.column): wrapped(c.text, sum(widths[c.column : c.column + c.columns]) + gap * (c.columns - 1))
        for c in grid.cells
    }
    heights = [1] * grid.rows
    for c in sorted(grid.cells, key=lambda c: c.rows):
        lacking = len(broken[c.row, c.column]) - sum(heights[c.row : c.row + c.rows])
        heights[c.row + c.rows - 1] += max(0, lacking)
    top = [sum(heights[:n]) for n in range(grid.rows + 1)]
    out: list[list[tuple[int, str]]] = [[] for _ in range(top[-1])]
    for c in grid.cells:
        lines = broken[c.row, c.column]
        room = top[c.row + c.rows] - top[c.row]
        first = top[c.row] + ((room - len(lines)) // 2 if middle else 0)
        wide = sum(widths[c.column : c.column + c.columns]) + gap * (c.columns - 1)
        for n, text in enumerate(lines):
            shift = {"figure": wide - long(text), "value": 0}.get(c.role, (wide - long(text)) // 2)
            out[first + n].append((left[c.column] + shift, text))
    return [_line(sorted(pieces)) for pieces in out]


def _line(pieces: Sequence[tuple[int, str]]) -> str:
    text, at = "", 0
    for left, piece in pieces:
        text += " " * (left - at) + piece
        at = left + long(piece)
    return text


def wrapped(text: str, width: int) -> list[str]:
    """Break a text at a width, closing marks staying with what stands before them."""
    lines = [""]
    for char in text:
        if long(lines[-1] + char) > width and char not in "，。；：、）》”%":
            lines.append("")
        lines[-1] += char
    return lines if text else []
