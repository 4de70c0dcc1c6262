"""Which rows of a printed table a sentence lists, and by what names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from mingzhang.forms.expressions import Cell
    from mingzhang.model.disclosure import Row, Table

_LEVELS: Final = ((3, "类"), (5, "款"), (7, "项"))


def items_of(table: Table, cell: Cell) -> dict[str, str]:
    """Name the lowest rows that print a figure in a cell's column, `@` standing for the code: `A（类）B（款）C（项）`."""
    before, _at, after = cell.row.partition("@")
    coded = {
        r.key.removeprefix(before).removesuffix(after): r
        for r in table.rows
        if r.key.startswith(before) and r.key.endswith(after)
    }
    codes = [c for c in coded if c.isdigit()]
    lowest = [c for c in codes if not any(o != c and o.startswith(c) for o in codes)]
    return {
        c: "".join(f"{coded[c[:n]].label}（{level}）" for n, level in _LEVELS if n <= len(c) and c[:n] in coded)
        for c in lowest
        if is_printed(coded[c], cell.column)
    }


def is_printed(row: Row, column: str) -> bool:
    """Tell whether a row prints a figure other than zero in a column."""
    figure = row.cells.get(column)
    return figure is not None and bool(figure.digits)
