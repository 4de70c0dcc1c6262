"""A disclosure as the tree that the template draws: words, sizes and widths, every figure a printed string."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from mingzhang.documents.chart import chart_block
from mingzhang.documents.columns import indent
from mingzhang.documents.flow import Heading, Picture, TermBlock, Text, cover_of, keywords, statements_of, title_of
from mingzhang.documents.grid import weight
from mingzhang.documents.paper import LANDSCAPE, MM, PORTRAIT, FormRun, TableRun, TextRun, paper_of
from mingzhang.documents.theme import STANDARD, Sizes
from mingzhang.documents.theme_tree import theme_tree
from mingzhang.documents.widths import EM, broken_name, width

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mingzhang.documents.flow import Block
    from mingzhang.documents.form_layout import FormPart
    from mingzhang.documents.form_rows import FormPage
    from mingzhang.documents.grid import Grid
    from mingzhang.documents.layout import Setting
    from mingzhang.documents.palette import Palette
    from mingzhang.documents.paper import Run, SetTable
    from mingzhang.documents.theme import Theme
    from mingzhang.forms.pack import Pack
    from mingzhang.model.disclosure import Disclosure

_COVER_ROOM: Final = 162 * MM


def tree_of(
    disclosure: Disclosure, pack: Pack | None, theme: Theme = STANDARD, *, draft: bool = False
) -> dict[str, Any]:
    """Give everything that is printed, in order of print."""
    return {
        "title": title_of(disclosure),
        "author": disclosure.unit_name,
        "keywords": keywords(disclosure),
        "theme": theme_tree(theme),
        "cover": [{"size": size, "words": words} for size, words in cover_lines(disclosure, theme.sizes)],
        "statements": statements_of(disclosure, pack, draft=draft),
        "contents": bool(disclosure.tables or disclosure.sections or disclosure.glossary),
        "parts": [
            {"heading": part.heading, "runs": [_run(run, theme) for run in part.runs]}
            for part in paper_of(disclosure, pack, theme.sizes)
        ],
    }


def title_size(title: str, *, landscape: bool) -> float:
    """Give the size in points in which a table's title stands on one line if it can."""
    across = LANDSCAPE.width if landscape else PORTRAIT.width
    return max(12.0, min(16.0, across * EM / max(width(title), 1) / 1.02))


def cover_lines(disclosure: Disclosure, sizes: Sizes = STANDARD.sizes) -> list[tuple[float, str]]:
    """Give the cover's lines with their sizes in points, long ones in fewer points and evenly broken."""
    lines = cover_of(disclosure)
    out = []
    for n, line in enumerate(lines):
        size = sizes.cover_title if n and n == len(lines) - 1 else sizes.cover
        while size > 20 and width(line) * size > 2 * _COVER_ROOM * EM:
            size -= 1
        out.append((size, broken_name(line, int(_COVER_ROOM / size * EM))))
    return out


def _run(run: Run, theme: Theme) -> dict[str, Any]:
    match run:
        case TableRun():
            tables = [_table(placed, theme) for placed in run.tables]
            return {"kind": "tables", "landscape": run.landscape, "tables": tables}
        case FormRun():
            return {"kind": "forms", "forms": [_form(page, parts) for page, parts in run.forms]}
        case TextRun():
            blocks = [_block(b, theme.palette) for b in run.blocks]
            return {"kind": "text", "blocks": blocks, "size": run.size, "leading": run.leading}


def _block(block: Block, palette: Palette) -> dict[str, Any]:
    match block:
        case Heading(text, level):
            return {"kind": "heading", "level": level + 1, "words": text}
        case Picture(chart):
            return chart_block(chart, palette)
        case TermBlock(number, term, meaning):
            return {"kind": "term", "term": f"{number}、{term}：", "words": meaning}
        case Text():
            return {"kind": "text", "words": block.paragraph.text.strip()}
    raise AssertionError(block)


def _table(placed: SetTable, theme: Theme) -> dict[str, Any]:
    table, chosen = placed.table, placed.setting
    return {
        "mark": f"table-{table.id}",
        "continued": f"{table.title or table.number}{theme.phrases.continued}",
        "number": table.number,
        "title": table.title,
        "size": title_size(table.title, landscape=chosen.landscape),
        "name": placed.name,
        "unit": f"单位：{table.unit}" if table.unit else "",
        "notes": list(table.notes),
        "breakable": placed.breakable,
        "grid": _grid(placed.grid, chosen, placed.pad),
    }


def _form(page: FormPage, parts: Sequence[FormPart]) -> dict[str, Any]:
    return {
        "title": page.title,
        "year": page.year_line,
        "grids": [_grid(part.grid, part.setting, part.pad) for part in parts],
        "footer": list(page.footer),
    }


def _grid(grid: Grid, chosen: Setting, pad: float) -> dict[str, Any]:
    levels = grid.levels
    return {
        "widths": chosen.widths,
        "size": chosen.size,
        "leading": round(chosen.leading, 2),
        "pad": pad,
        "heights": [row + 2 * pad if sure else None for row, sure in zip(chosen.rows, chosen.sure, strict=True)],
        "head": grid.head,
        "sides": grid.sides,
        "cells": [
            (c.column, c.row, c.columns, c.rows, c.role, chosen.texts[c.row, c.column], indent(c), weight(c, levels))
            for c in grid.cells
        ],
    }
