"""Disclosure to one web page without anything to load, and to the fragment that a site pastes into a page of its own.

Tables have scoped heads and a name, charts their words; it is read with a keyboard, without scripts, and prints.
"""

from __future__ import annotations

from functools import cache
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from mingzhang.documents.atomic import write_bytes
from mingzhang.documents.flow import (
    FormBlock,
    Heading,
    Picture,
    TableBlock,
    TermBlock,
    Text,
    cover_of,
    flow_of,
    keywords,
    statements_of,
    title_of,
)
from mingzhang.documents.grid import printed, weight
from mingzhang.documents.parts import pack_of
from mingzhang.documents.pictures import DRAWN
from mingzhang.documents.svg import drawing, unit_of
from mingzhang.documents.theme import STANDARD
from mingzhang.documents.web_look import emblem, look
from mingzhang.model.aside import CHART_DATA
from mingzhang.model.keys import numbered

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from jinja2 import Environment

    from mingzhang.documents.flow import Block, Part
    from mingzhang.documents.grid import Grid, GridCell
    from mingzhang.documents.palette import Palette
    from mingzhang.documents.theme import Theme
    from mingzhang.forms.pack import Pack
    from mingzhang.model.disclosure import Disclosure, Table

TEMPLATES: Final = Path(__file__).parent / "html"
_WORDS: Final = {"skip": "跳到正文", "contents": "目录", "unit": "单位", "data": "图中数据"}
_WIDE: Final = 8
"""A table of more columns scrolls on a narrow screen rather than be squeezed."""

_ROLES: Final = {"figure": "mz-n", "code": "mz-c", "class": "mz-c"}


def write_web(
    disclosure: Disclosure,
    path: Path,
    *,
    draft: bool = False,
    pack: Pack | None = None,
    fragment: bool = False,
    theme: Theme = STANDARD,
) -> None:
    """Write a disclosure as a web page, or as a fragment of one with its style.

    Raises:
        UnwritableOutput: the file cannot be written.
    """
    write_bytes(path, web_page(disclosure, draft=draft, pack=pack, fragment=fragment, theme=theme).encode())


def web_page(
    disclosure: Disclosure,
    *,
    draft: bool = False,
    pack: Pack | None = None,
    fragment: bool = False,
    theme: Theme = STANDARD,
) -> str:
    """Give the page, or the fragment; the same disclosure and theme always give the same text."""
    from markupsafe import Markup  # noqa: PLC0415 - comes with jinja2

    pack = pack or pack_of(disclosure)
    style = Markup((TEMPLATES / "style.css").read_text(encoding="utf-8") + look(theme))  # noqa: S704 - our own
    text = (
        templates()
        .get_template("fragment.html" if fragment else "page.html")
        .render(
            title=title_of(disclosure),
            producer=disclosure.producer,
            keywords=keywords(disclosure),
            style=style,
            words=_WORDS | {"contents": "".join(theme.phrases.contents.split())},
            draft=draft,
            fragment=fragment,
            layout=theme.cover.layout,
            emblem=emblem(theme),
            cover=cover_of(disclosure),
            statements=statements_of(disclosure, pack, draft=draft),
            parts=[_part(p, own, theme.palette) for p, own in _with_ids(flow_of(disclosure, pack))],
        )
    )
    return f"<style>\n{style}</style>\n{text}\n" if fragment else f"{text}\n"


@cache
def templates() -> Environment:
    """Give the templates of pages; what is put into them is escaped."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined  # noqa: PLC0415 - only where pages are written

    return Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _with_ids(parts: Sequence[Part]) -> Iterator[tuple[Part, str]]:
    """Give each part an id of its own: a form may have several parts of one kind."""
    names = (key.replace("#", "-part") for key in numbered(p.key for p in parts))
    yield from ((part, f"mz-{name}") for part, name in zip(parts, names, strict=True))


def _part(part: Part, own: str, palette: Palette) -> dict[str, Any]:
    blocks = [_block(b, f"{own}-{n}", palette) for n, b in enumerate(part.blocks, 1)]
    entries = [
        {"id": b["id"], "text": b.get("text") or " ".join(x for x in (b.get("number"), b["title"]) if x)}
        for b in blocks
        if b["kind"] == "table" or (b["kind"] == "heading" and b["level"] == 3)
    ]
    return {"id": own, "heading": part.heading, "blocks": blocks, "entries": entries}


def _block(block: Block, own: str, palette: Palette) -> dict[str, Any]:
    """Give a block as the template takes it; only the kinds that hold a grid or a drawing are more than their words."""
    match block:
        case TableBlock():
            return _table(block, own)
        case FormBlock(page):
            whose = next((c.text for c in page.grid.cells if c.role == "value" and c.text), "")
            form = {"title": page.title, "year": page.year_line, "footer": page.footer}
            label = "：".join(filter(None, (page.title, whose)))
            return {"kind": "form", "id": own, "label": label, "rows": _rows(page.grid, None), **form}
        case Picture(chart) if chart.items:
            rows = [(i.group, i.label, printed(i.figure)) for i in chart.items] if chart.kind in DRAWN else []
            shown = {"drawing": drawing(chart, palette), "rows": rows, "mark": CHART_DATA}
            return {"kind": "chart", "title": chart.title, "unit": unit_of(chart), **shown}
    return _words(block, own)


def _words(block: Block, own: str) -> dict[str, Any]:
    match block:
        case Heading(text, level):
            return {"kind": "heading", "id": own, "text": text, "level": level + 2}
        case TermBlock(number, term, meaning):
            return {"kind": "term", "number": number, "term": term, "meaning": meaning}
        case Text():
            return {"kind": "text", "text": block.paragraph.text.strip()}
        case Picture(chart):
            return {"kind": "text", "text": chart.title}
    raise AssertionError(block)


def _table(block: TableBlock, own: str) -> dict[str, Any]:
    table, grid = block.table, block.grid
    return {
        "kind": "table",
        "id": own,
        "number": table.number,
        "title": table.title,
        "name": block.name,
        "unit": f"单位：{table.unit}" if table.unit else "",
        "notes": table.notes,
        "wide": grid.columns > _WIDE,
        "rows": _rows(grid, table),
        "head": grid.head,
    }


def _rows(grid: Grid, table: Table | None) -> list[dict[str, Any]]:
    levels = grid.levels
    rows: list[dict[str, Any]] = [{"kind": "", "cells": []} for _ in range(grid.rows)]
    for at, cells in groupby(grid.cells, key=lambda c: c.row):
        own = list(cells)
        weights = {weight(c, levels) for c in own if c.level is not None}
        kind = weights.pop() if len(weights) == 1 else ""
        rows[at] = {"kind": _attribute("class", kind and f"mz-{kind}"), "cells": [_cell(c, table) for c in own]}
    return rows


def _cell(cell: GridCell, table: Table | None) -> dict[str, Any]:
    """Give a cell of either kind; the label of a row heads it, as a form's label heads what is filled in beside it."""
    heads = {"head": "colgroup" if cell.columns > 1 else "col", "field": "row"}
    scope = heads.get(cell.role) or ("row" if cell.role == "label" and cell.text.strip() else "")
    classes = [_ROLES.get(cell.role, "")]
    if cell.role == "label" and cell.level in {2, 3}:
        classes.append(f"mz-l{cell.level}")
    return {
        "tag": "th" if scope else "td",
        "scope": scope,
        "spans": _attribute("colspan", "" if cell.columns == 1 else str(cell.columns))
        + _attribute("rowspan", "" if cell.rows == 1 else str(cell.rows)),
        "kind": _attribute("class", " ".join(c for c in classes if c)),
        "key": _attribute("data-key", _key(cell, table)),
        "text": cell.text,
    }


def _key(cell: GridCell, table: Table | None) -> str:
    """Spell the contract's key of a table's figure, for those who take the page apart."""
    if table is None or not cell.path or not cell.text:
        return ""
    _, _, row, _, column = cell.path.rsplit("/", 4)
    return f"{table.id}[{table.rows[int(row.removeprefix('#'))].key}].{column}"


def _attribute(name: str, value: str) -> Any:
    from markupsafe import Markup  # noqa: PLC0415 - comes with jinja2

    return Markup(' {}="{}"').format(name, value) if value else Markup()
