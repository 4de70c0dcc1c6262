"""A disclosure as the tree that the template draws: words, sizes and widths, every figure a printed string."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from mingzhang.documents.chart import chart_block
from mingzhang.documents.columns import indent
from mingzhang.documents.flow import around_forms, cover_of, leveled, ordinal, title_of
from mingzhang.documents.form_layout import set_form
from mingzhang.documents.forms import form_pages
from mingzhang.documents.grid import grid_of
from mingzhang.documents.layout import Page, choose_pads, set_table
from mingzhang.documents.parts import form_texts, parts_of, sections_of
from mingzhang.documents.text_layout import pitch_for
from mingzhang.documents.widths import EM, broken_name, width

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mingzhang.documents.grid import Grid, GridCell
    from mingzhang.documents.layout import Setting
    from mingzhang.forms.pack import Pack
    from mingzhang.model.disclosure import Disclosure, Section, Table

MM: Final = 72 / 25.4
PORTRAIT: Final = Page(168 * MM, 238 * MM, landscape=False)
LANDSCAPE: Final = Page(257 * MM, 164 * MM, landscape=True)
FORM: Final = Page(265 * MM, 175 * MM, landscape=True)
"""The room inside the margins of `typst/style.typ`."""

_ABOVE: Final = 62.0
_NOTE: Final = 16.0
_GAP: Final = 22.0
_HEADING: Final = 50.0
_COVER_ROOM: Final = 162 * MM


class _Placed(NamedTuple):
    """A table, its grid, how it is set, and the height of what stands around the grid."""

    table: Table
    grid: Grid
    setting: Setting
    around: float


def tree_of(disclosure: Disclosure, pack: Pack | None) -> dict[str, Any]:
    """Give everything that is printed, in order of print."""
    return {
        "title": title_of(disclosure),
        "author": disclosure.unit_name,
        "cover": _cover(disclosure),
        "parts": [
            {"heading": part.heading, "runs": list(_runs(disclosure, part.key, pack, headed=bool(part.heading)))}
            for part in parts_of(disclosure, pack)
        ],
    }


def _runs(disclosure: Disclosure, part: str, pack: Pack | None, *, headed: bool) -> Iterator[dict[str, Any]]:
    sections = sections_of(disclosure, part)
    if part == "tables":
        yield from _table_runs(disclosure, headed=headed)
    elif part == "glossary":
        terms = [
            {"kind": "term", "term": f"{ordinal(n)}、{t.term}：", "words": t.meaning}
            for n, t in enumerate(disclosure.glossary, 1)
        ]
        yield _text_run([*_blocks(sections), *terms], headed=headed, glossary=True)
    elif part == "written":
        labels = form_texts(pack)
        forms = [_form(page) for page in form_pages(disclosure, labels)] if labels else []
        before, after = around_forms(sections)
        if before or not forms:
            yield _text_run(_blocks(before), headed=headed)
        if forms:
            yield {"kind": "forms", "forms": forms}
        if after and forms:
            yield _text_run(_blocks(after), headed=False)
    else:
        yield _text_run(_blocks(sections), headed=headed)


def _text_run(blocks: list[dict[str, Any]], *, headed: bool, glossary: bool = False) -> dict[str, Any]:
    size, leading = pitch_for(blocks, headed=headed, glossary=glossary)
    return {"kind": "text", "blocks": blocks, "size": size, "leading": leading}


def _blocks(sections: Sequence[Section]) -> list[dict[str, Any]]:
    blocks: list[dict[str, Any]] = []
    for section, level in leveled(sections):
        if level:
            blocks.append({"kind": "heading", "level": level + 1, "words": section.heading})
        blocks += [{"kind": "text", "words": p.text.strip()} for p in section.paragraphs]
        blocks += [chart_block(chart) for chart in section.charts]
    return blocks


def _table_runs(disclosure: Disclosure, *, headed: bool) -> Iterator[dict[str, Any]]:
    """Give the tables in runs of one orientation; inside a run they follow each other and share pages."""
    run: list[_Placed] = []
    above = _HEADING if headed else 0.0
    for table in disclosure.tables:
        grid = grid_of(table)
        around = _ABOVE + _GAP + _NOTE * len(table.notes) + above
        chosen = set_table(grid, PORTRAIT, LANDSCAPE, around - _GAP)
        if run and run[-1].setting.landscape != chosen.landscape:
            yield _table_run(disclosure, run)
            run = []
        run.append(_Placed(table, grid, chosen, around))
        above = 0.0
    if run:
        yield _table_run(disclosure, run)


def _table_run(disclosure: Disclosure, run: list[_Placed]) -> dict[str, Any]:
    page = LANDSCAPE if run[0].setting.landscape else PORTRAIT
    room = page.height + _GAP  # the gap below the last table may run out of the page
    pads = choose_pads([(p.around, p.setting) for p in run], room)
    tables = [_table(disclosure, placed, pad, room) for placed, pad in zip(run, pads, strict=True)]
    return {"kind": "tables", "landscape": page.landscape, "tables": tables}


def _table(disclosure: Disclosure, placed: _Placed, pad: float, room: float) -> dict[str, Any]:
    table, grid, chosen, around = placed
    name = table.unit_name or disclosure.unit_name
    across = LANDSCAPE.width if chosen.landscape else PORTRAIT.width
    return {
        "number": table.number,
        "title": table.title,
        "size": max(12.0, min(16.0, across * EM / max(width(table.title), 1) / 1.02)),
        "name": f"部门名称：{name}" if name else "",
        "unit": f"单位：{table.unit}" if table.unit else "",
        "notes": list(table.notes),
        "breakable": around + chosen.height(pad) > room,
        "grid": _grid(grid, chosen, pad),
    }


def _form(page: Any) -> dict[str, Any]:
    parts = set_form(page, FORM)
    return {
        "title": page.title,
        "year": page.year_line,
        "grids": [_grid(part.grid, part.setting, part.pad) for part in parts],
        "footer": list(page.footer),
    }


def _grid(grid: Grid, chosen: Setting, pad: float) -> dict[str, Any]:
    levels = {c.level for c in grid.cells if c.level is not None}
    return {
        "widths": chosen.widths,
        "size": chosen.size,
        "leading": round(chosen.leading, 2),
        "pad": pad,
        "head": grid.head,
        "sides": grid.sides,
        "cells": [
            (c.column, c.row, c.columns, c.rows, c.role, chosen.texts[c.row, c.column], indent(c), _weight(c, levels))
            for c in grid.cells
        ],
    }


def _weight(cell: GridCell, levels: set[int]) -> str:
    if cell.level == 0:
        return "total"
    return "strong" if cell.level == 1 and levels & {2, 3} else ""


def _cover(disclosure: Disclosure) -> list[dict[str, Any]]:
    """Give the cover's lines, long ones in fewer points and evenly broken."""
    lines = cover_of(disclosure)
    out = []
    for n, line in enumerate(lines):
        size = 36 if n and n == len(lines) - 1 else 28
        while size > 20 and width(line) * size > 2 * _COVER_ROOM * EM:
            size -= 1
        out.append({"size": size, "words": broken_name(line, int(_COVER_ROOM / size * EM))})
    return out
