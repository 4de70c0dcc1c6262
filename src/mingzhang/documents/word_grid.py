"""Grids as tables of Word: merged heads, repeated head rows, widths as settled for paper, figures that carry their key."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Final

import msgspec

from mingzhang.documents.columns import indent
from mingzhang.documents.grid import GridCell, weight
from mingzhang.documents.layout import INSET
from mingzhang.documents.theme import Colours
from mingzhang.documents.word_changes import Style
from mingzhang.documents.word_xml import Marks, bare, run, twips

if TYPE_CHECKING:
    from mingzhang.documents.grid import Grid, Weight
    from mingzhang.documents.layout import Setting

_RULE: Final = 0.4
"""Half of what rules between rows and Word's own rounding add to a row."""

_CENTRED: Final = frozenset({"head", "field", "class"})


class Writing(msgspec.Struct, frozen=True):
    """What is written into a table beside its texts: keys of figures by path, and what became of cells and rows.

    `revised` gives a cell's runs with what stood there before, `inserted` the mark of a row by its number.
    """

    marks: Marks
    keys: Mapping[str, str]
    revised: Callable[[GridCell, str, Style], str]
    inserted: Callable[[int], str]
    colours: Colours


def table(grid: Grid, setting: Setting, pad: float, writing: Writing) -> str:
    """Give a grid as a table."""
    columns = "".join(f'<w:gridCol w:w="{twips(w)}"/>' for w in setting.widths)
    levels = grid.levels
    by_place = {(c.row, c.column): c for c in grid.cells}
    above = _covered(grid)
    rows = []
    for row in range(grid.rows):
        cells = []
        column = 0
        while column < grid.columns:
            own = by_place.get((row, column))
            owner = own or above[row, column]
            wide = sum(setting.widths[column : column + owner.columns])
            merge = "" if owner.rows == 1 else f'<w:vMerge w:val="{"restart" if own else "continue"}"/>'
            content = "" if own is None else _content(own, writing, levels, setting)
            cells.append(_cell(owner, wide, merge, content, weight(owner, levels), setting, writing.colours))
            column += owner.columns
        rows.append(_row(row, grid, setting, pad, writing.inserted(row), "".join(cells)))
    return (
        '<w:tbl><w:tblPr><w:tblStyle w:val="BudgetTable"/>'
        f'<w:tblW w:w="{twips(sum(setting.widths))}" w:type="dxa"/><w:jc w:val="center"/><w:tblLayout w:type="fixed"/>'
        f'<w:tblCellMar><w:left w:w="{twips(INSET)}" w:type="dxa"/><w:right w:w="{twips(INSET)}" w:type="dxa"/></w:tblCellMar>'
        f"</w:tblPr><w:tblGrid>{columns}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )


def _covered(grid: Grid) -> dict[tuple[int, int], GridCell]:
    """Give for every place the cell that covers it."""
    return {
        (c.row + down, c.column + across): c
        for c in grid.cells
        for down in range(c.rows)
        for across in range(c.columns)
    }


def _row(row: int, grid: Grid, setting: Setting, pad: float, mark: str, cells: str) -> str:  # noqa: PLR0917
    head = "<w:tblHeader/>" if row < grid.head else ""
    height = twips(setting.rows[row] + 2 * max(0.0, pad - _RULE))
    return f'<w:tr><w:trPr><w:cantSplit/><w:trHeight w:val="{height}" w:hRule="atLeast"/>{head}{mark}</w:trPr>{cells}</w:tr>'


def _cell(  # noqa: PLR0917
    cell: GridCell, wide: float, merge: str, content: str, stands: Weight, setting: Setting, colours: Colours
) -> str:
    span = f'<w:gridSpan w:val="{cell.columns}"/>' if cell.columns > 1 else ""
    fill = colours.tint if cell.role in {"head", "field"} else colours.band if stands == "total" else ""
    shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{bare(fill)}"/>' if fill else ""
    style = "TableHead" if cell.role in {"head", "field"} else "TableText"
    line = twips(setting.size + setting.leading)
    side = "right" if cell.role == "figure" else "center" if cell.role in _CENTRED else "left"
    left = indent(cell) * setting.size
    inset = f'<w:ind w:left="{twips(left)}"/>' if left else ""
    size = round(setting.size * 2)
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{twips(wide)}" w:type="dxa"/>{span}{merge}{shade}<w:vAlign w:val="center"/></w:tcPr>'
        f'<w:p><w:pPr><w:pStyle w:val="{style}"/><w:spacing w:line="{line}" w:lineRule="exact"/>{inset}<w:jc w:val="{side}"/>'
        f'<w:rPr><w:sz w:val="{size}"/><w:szCs w:val="{size}"/></w:rPr></w:pPr>{content}</w:p></w:tc>'
    )


def _content(cell: GridCell, writing: Writing, levels: frozenset[int], setting: Setting) -> str:
    style = Style(setting.size, weight(cell, levels) in {"total", "strong"})
    shown = run(cell.text, size=style.size, bold=style.bold) if cell.text else ""
    key = writing.keys.get(cell.path, "")
    return writing.revised(cell, writing.marks.mark(shown, key, cell.text) if key and shown else shown, style)
