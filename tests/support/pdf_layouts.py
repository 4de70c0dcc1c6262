"""The tables of a disclosure printed as PDF in layouts that are not ours, as other units' programs print them.

`tables_pdf(disclosure, layout, seed)` draws; sizes, widths and paddings vary with the seed. The layouts are those of
`LAYOUTS`; in `empty` whole columns of the tables lose their figures, so print `emptied_columns(...)` and compare with it.
"""

from __future__ import annotations

import json
from functools import cache
from random import Random
from typing import TYPE_CHECKING, Any

import typst
from msgspec.structs import replace

from mingzhang.documents.flow import tables_of
from mingzhang.documents.fonts import load_fonts
from mingzhang.documents.parts import pack_of
from mingzhang.model.figure import Figure

if TYPE_CHECKING:
    from mingzhang.documents.grid import Grid
    from mingzhang.model.disclosure import Disclosure, Table

LAYOUTS = ("ruled", "unruled", "landscape", "merged", "long", "empty")
ALSO = ("three_lines", "level_only", "turned", "upright_only")
"""Further layouts, beyond those asked for: ruled around the head only, between rows only, between columns only, and a page on its side."""

SOURCE = """
#let d = json(bytes(sys.inputs.d))
#set page(width: d.width * 1pt, height: d.height * 1pt, margin: (x: 40pt, y: 45pt),
  footer: context align(center, text(9pt)[— #counter(page).display() —]))
#set text(font: d.font, size: d.size * 1pt, lang: "zh", region: "cn", number-width: "tabular", cjk-latin-spacing: none)
#set par(leading: 0.45em, spacing: 0.6em, justify: false)
#let hair = 0.5pt + black
#let edge(x, y) = {
  if d.rules == "all" { (rest: hair) }
  else if d.rules == "rows" { (top: hair, bottom: hair) }
  else if d.rules == "columns" { (left: hair, right: hair) }
  else { none }
}
#for t in d.tables {
  if d.rules == "all" and d.framed { } else {
    align(center, text(size: d.size * 1.5pt, t.title))
    grid(columns: (1fr, auto), t.name, t.unit)
  }
  let head = t.cells.filter(c => c.at(1) < t.head)
  let body = t.cells.filter(c => c.at(1) >= t.head)
  let draw(c) = table.cell(x: c.at(0), y: c.at(1), colspan: c.at(2), rowspan: c.at(3),
    align: if c.at(4) == "figure" { right + horizon } else if c.at(4) == "head" { center + horizon } else { left + horizon }, c.at(5))
  table(columns: t.widths.map(w => w * 1fr), inset: (x: d.gap * 1pt, y: d.pad * 1pt), stroke: edge,
    ..if d.rules == "head" { (table.hline(y: 0, stroke: 1pt), table.hline(y: t.head, stroke: 0.5pt), table.hline(y: t.rows, stroke: 1pt)) },
    ..if d.rules == "columns" { (table.hline(y: 0, stroke: 0.5pt), table.hline(y: t.head, stroke: 0.5pt), table.hline(y: t.rows, stroke: 0.5pt)) },
    ..if head.len() > 0 { (table.header(..head.map(draw)),) }, ..body.map(draw))
  if d.apart { pagebreak(weak: true) } else { v(24pt) }
}
"""


def tables_pdf(disclosure: Disclosure, layout: str, seed: int) -> bytes:
    """Print the tables of a disclosure in a layout."""
    random = Random(f"{layout} {seed}")
    rules = {"unruled": "none", "three_lines": "head", "level_only": "rows", "upright_only": "columns"}.get(
        layout, "all"
    )
    wide = layout in {"landscape", "turned"} or random.random() < 0.3
    pack = pack_of(disclosure)
    size = random.choice((8, 9, 10))
    merged = layout == "merged"
    tables = [
        _table(b.grid, b.table, b.name, random, framed=merged and random.random() < 0.5, merged=merged)
        for _, b in tables_of(disclosure, pack)
    ]
    width, height = (842, 595) if wide else (595, 842)
    needed = max(sum(t["widths"]) * size / 2 + 13 * len(t["widths"]) for t in tables) + 80
    if needed > width:
        width, height = round(needed), 842
    if layout == "long":
        height = random.choice((260, 340, 420))
    page = {
        "tables": tables, "rules": rules, "framed": False, "apart": layout != "long" and random.random() < 0.7,
        "width": width, "height": height, "size": size, "font": load_fonts(None)[1].song,
        "gap": random.choice((3, 4, 6)), "pad": random.choice((3, 4, 6)),
    }  # fmt: skip
    content = _compiler().compile(SOURCE.encode(), format="pdf", sys_inputs={"d": json.dumps(page)})
    return turned(content) if layout == "turned" else content


def emptied_columns(disclosure: Disclosure, seed: int) -> Disclosure:
    """Take the figures out of some columns of each table, as if nothing of the kind were there."""
    random = Random(seed)
    return replace(disclosure, tables=tuple(_emptied(t, random) for t in disclosure.tables))


def _emptied(table: Table, random: Random) -> Table:
    keys = [c.key for c in table.columns if c.kind == "figure" and c.key != "total"]
    gone = {k for k in keys if random.random() < 0.5} if not table.turned else set()
    rows = tuple(
        replace(r, cells={k: Figure(None, f.unit) if k in gone else f for k, f in r.cells.items()}) for r in table.rows
    )
    return replace(table, rows=rows)


def turned(content: bytes) -> bytes:
    """Turn every page on its side and say so in the file: what is seen stays the same."""
    import io  # noqa: PLC0415

    import pikepdf  # noqa: PLC0415

    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(content)) as pdf:
        for page in pdf.pages:
            _left, _bottom, right, top = (float(x) for x in page.mediabox)
            page.contents_add(b"q 0 1 -1 0 %d 0 cm" % round(top), prepend=True)
            page.contents_add(b"Q")
            page.mediabox = [0, 0, round(top), round(right)]
            page.Rotate = 90
        pdf.save(out)
    return out.getvalue()


@cache
def _compiler() -> typst.Compiler:
    return typst.Compiler(font_paths=load_fonts(None)[0], ignore_system_fonts=True)


def _table(grid: Grid, table: Table, name: str, random: Random, *, framed: bool, merged: bool) -> dict[str, Any]:
    """Give what the drawing needs: cells with their spans, widths by what stands in the columns."""
    cells = [[c.column, c.row, c.columns, c.rows, c.role, c.text] for c in grid.cells]
    head, rows = grid.head, grid.rows
    widths = [4.0] * grid.columns
    for c in grid.cells:
        if c.columns == 1:
            longest = 14 if c.role in {"label", "text"} else 7 if c.role == "head" else 30
            wide = sum(2 if ord(x) > 255 else 1 for x in c.text)
            widths[c.column] = max(widths[c.column], 2.5 + min(wide, 2 * longest))
    labels = {c.column for c in grid.cells if c.role in {"label", "text"}}
    widths = [w * random.choice((0.7, 1, 1.4)) if n in labels else w for n, w in enumerate(widths)]
    title, unit = table.title, f"单位：{table.unit}"
    if merged and grid.columns > 3 and not table.turned and "in" not in {c.side for c in table.columns}:
        # One more row on top, over all columns of figures.
        figures = [i for i, c in enumerate(table.columns) if c.kind == "figure"]
        first, count = figures[0], len(figures)
        if figures == list(range(first, first + count)) and first + count == grid.columns:
            cells = [[x, y + 1, w, h, role, text] for x, y, w, h, role, text in cells]
            cells = [
                [x, 0, w, h + 1, role, text] if y == 1 and x < first else [x, y, w, h, role, text]
                for x, y, w, h, role, text in cells
            ]
            cells.append([first, 0, count, 1, "head", "预算数"])
            head, rows = head + 1, rows + 1
    if framed:
        # Title and unit stand inside the frame.
        cells = [[x, y + 2, w, h, role, text] for x, y, w, h, role, text in cells]
        cells += [[0, 0, grid.columns, 1, "head", title], [0, 1, grid.columns, 1, "head", f"{name}　{unit}".strip()]]
        head, rows, title, name, unit = head + 2, rows + 2, "", "", ""
    return {
        "title": title, "unit": unit, "name": name, "cells": cells, "head": head, "rows": rows, "widths": widths,
    }  # fmt: skip
