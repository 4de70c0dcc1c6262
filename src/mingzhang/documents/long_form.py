"""The sheets a program reads: every figure of the tables in long form, and all else line by line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import msgspec

from mingzhang.documents.grid import printed
from mingzhang.documents.sheet import number_of
from mingzhang.model.codec import encode
from mingzhang.model.figure import spell
from mingzhang.model.workbook import FIGURE_HEAD, LINES, PIECE, REST_HEAD, SHEETS, cell_name, is_safe, lines_of, step

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from mingzhang.documents.sheet import Sheet
    from mingzhang.model.disclosure import Disclosure, Row, Table
    from mingzhang.model.figure import Figure

_WIDTHS: Final = (18, 30, 20, 30, 14, 16, 8, 8, 16, 16, 24, 28, 8, 40)
_NUMBER: Final = FIGURE_HEAD.index("数值")
_FACTS: Final = FIGURE_HEAD.index("来源")
Where = dict[str, tuple[str, int, int]]
"""Sheet, row and column of a figure by its path."""


def write_figures(sheet: Sheet, disclosure: Disclosure, where: Where) -> None:
    """Write one line for each figure of the tables that is not blank."""
    _head(sheet, FIGURE_HEAD, _WIDTHS)
    line = 0
    for path, table, row, key, figure in _figures(disclosure):
        line += 1
        for column, text in enumerate(_line(path, table, row, key, figure, where)):
            if text:
                sheet.text(line, column, text)
        value = number_of(figure)
        if value is not None:
            sheet.raw.write_number(
                line, _NUMBER, value, sheet.styles(num_format=f"0.{'0' * figure.places}".rstrip("."))
            )
    sheet.raw.autofilter(0, 0, line, len(FIGURE_HEAD) - 1)


def write_rest(sheet: Sheet, disclosure: Disclosure, digests: Mapping[str, str]) -> None:
    """Write everything that the sheet of figures does not hold."""
    _head(sheet, REST_HEAD, (60, 8, 120))
    tree: dict[str, Any] = msgspec.json.decode(encode(disclosure))
    for path, *_, figure in _figures(disclosure):
        _without(tree, path, figure)
    for table, stored in zip(disclosure.tables, tree.get("tables", ()), strict=True):
        for row, left in zip(table.rows, stored.get("rows", ()), strict=True):
            if not any(left.get("cells", {}).values()) and all(_has_line(f) for f in row.cells.values()):
                left.pop("cells", None)  # else the empty ones stay, and with them the order of the columns
    lines = [*lines_of(tree), *lines_of(dict(digests), SHEETS)]
    for line, texts in enumerate([*lines, (LINES, "JSON", str(len(lines)))], 1):
        for column, text in enumerate(texts):
            if text:
                sheet.text(line, column, text)


def facts_text(figure: Figure) -> str | None:
    """Give the facts of a figure in one cell, or None where they do not go into one."""
    text = " ".join(figure.facts)
    return text if len(text) <= PIECE and is_safe(text) and text.split() == list(figure.facts) else None


def _figures(disclosure: Disclosure) -> Iterator[tuple[str, Table, Row, str, Figure]]:
    for t, table in enumerate(disclosure.tables):
        for r, row in enumerate(table.rows):
            for key, figure in row.cells.items():
                if _has_line(figure):
                    path = f"/tables/#{t}/rows/#{r}/cells/{step(key)}"
                    if is_safe(path):
                        yield path, table, row, key, figure


def _has_line(figure: Figure) -> bool:
    return figure.digits is not None or bool(figure.printed)


def _line(path: str, table: Table, row: Row, key: str, figure: Figure, where: Where) -> tuple[str, ...]:  # noqa: PLR0917
    value = "" if figure.digits is None else spell(figure.digits, figure.places, grouped=False)
    sheet, at, column = where.get(path, ("", 0, 0))
    words = (
        table.id,
        table.title,
        row.key,
        row.label,
        key,
        value,
        figure.unit,
        str(figure.places),
        "",
        printed(figure),
    )
    texts = (*words, facts_text(figure) or "", sheet, cell_name(at, column) if sheet else "", path)
    return tuple(text if is_safe(text) else "" for text in texts)


def _without(tree: dict[str, Any], path: str, figure: Figure) -> None:
    """Take out of the tree what the figure's own line says; what it cannot say stays."""
    _, _, t, _, r, _, _ = path.split("/")
    cells = tree["tables"][int(t[1:])]["rows"][int(r[1:])]["cells"]
    key = next(k for k in cells if step(k) == path.rpartition("/")[2])
    left = dict(cells[key])
    left.pop("digits", None)
    for name, text in (("unit", figure.unit), ("printed", figure.printed)):
        if is_safe(text):
            left.pop(name, None)
    left.pop("places", None)
    if figure.printed != printed(figure):
        left["printed"] = figure.printed
    if facts_text(figure) is not None:
        left.pop("facts", None)
    cells[key] = left


def _head(sheet: Sheet, head: tuple[str, ...], widths: tuple[int, ...]) -> None:
    for column, (text, wide) in enumerate(zip(head, widths, strict=True)):
        sheet.raw.set_column(column, column, wide)
        sheet.text(0, column, text, bold=True, bg_color=sheet.styles.colours.tint)
    sheet.raw.freeze_panes(1, 0)
