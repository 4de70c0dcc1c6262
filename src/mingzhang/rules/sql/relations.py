"""The relations that documents are laid out in for SQL, and the rows of one document.

Amounts are atoms in `DECIMAL(38, 0)`, flags 0 or 1. What a form has and a table does not print is laid out too, so that
a query need not know forms: such a figure is `blank`, or `missing` where nobody can say that it is nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from mingzhang.rules.rows import is_special
from mingzhang.sums.identities import width

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mingzhang.model.figure import Figure
    from mingzhang.rules.figures import Figures
    from mingzhang.sums.sheets import Sheet

Row = tuple[str | int | None, ...]

_PLACE: Final = {"doc": "INT", "sheet": "TEXT"}

RELATIONS: Final[dict[str, dict[str, str]]] = {
    "documents": {"doc": "INT", "name": "TEXT", "additive": "INT"},
    "sheets": {**_PLACE, "is_table": "INT", "coded": "INT", "grows": "INT", "bare": "INT", "carry": "TEXT"},
    "sheet_columns": {**_PLACE, "col": "TEXT", "own": "INT"},
    "sheet_lines": {**_PLACE, "line": "TEXT", "stands": "INT", "parent": "TEXT", "code": "TEXT", "level": "TEXT"},
    "sheet_depths": {**_PLACE, "depth": "INT"},
    "figures": {
        **_PLACE,
        "line": "TEXT",
        "col": "TEXT",
        "parent": "TEXT",
        "code": "TEXT",
        "level": "TEXT",
        "state": "TEXT",
        "amount": "DECIMAL(38, 0)",
        "printed": "INT",
        "withheld": "INT",
        "unit": "INT",
        "step": "DECIMAL(38, 0)",
        "width": "DECIMAL(38, 0)",
    },
}
"""The relations with their columns.

`sheets`: `coded` where a rule for all tables of codes means it; `grows` where only what occurs is printed; `bare` where no
row has a code. `sheet_columns`: `own` is 0 for those that only hold cells (rates). `sheet_lines`: `stands` is 0 for
rows that the form has and nobody printed. `sheet_depths`: how long the printed codes are. `figures`: `state` is `cell`,
`blank` or `missing`; `unit` numbers the units of a document, NULL at nothing; `step` is one step of its last digit, NULL of zero; `width` twice what rounding may hide.
"""


def rows_of(figures: Figures, doc: int) -> Iterator[tuple[str, Row]]:
    """Give the rows of one document, each with the name of its relation.

    Raises:
        ValueError: a figure is finer than an atom.
    """
    yield "documents", (doc, figures.disclosure.unit_name, int(figures.additive))
    tables = {t.id for t in figures.disclosure.tables}
    units: dict[str, int] = {}
    for name, sheet in figures.sheets.items():
        shape = sheet.shape
        depths = shape.depths
        is_table = name in tables
        coded = is_table and ":" not in name and not is_special(name)
        carry = figures.carry(name) if is_table else "unstated"
        bare = not depths and bool(sheet.rows)
        yield "sheets", (doc, name, int(is_table), int(coded), int(shape.grows), int(bare), carry)
        columns = dict.fromkeys((*sheet.columns, *(c for _, c in sheet.cells)))
        yield from (("sheet_columns", (doc, name, c, int(c in sheet.columns))) for c in columns)
        yield from (("sheet_depths", (doc, name, depth)) for depth in sorted(depths))
        yield from _lines(sheet, doc, units)


def _lines(sheet: Sheet, doc: int, units: dict[str, int]) -> Iterator[tuple[str, Row]]:
    under: dict[str, Row] = {}
    for key, row in sheet.rows.items():
        under[key] = (row.parent or None, row.code or None, None if row.level is None else str(row.level))
        yield "sheet_lines", (doc, sheet.id, key, 1, *under[key])
    for (key, column), figure in sheet.cells.items():
        yield "figures", (doc, sheet.id, key, column, *under[key], "cell", *_printed(figure, units))
    for key in sorted(sheet.shape.known - sheet.rows.keys()):
        yield "sheet_lines", (doc, sheet.id, key, 0, None, None, None)
        state = "blank" if sheet.shape.is_listed_so_deep(key) else "missing"
        for column in sheet.columns:
            if (key, column) not in sheet.cells:
                yield "figures", (doc, sheet.id, key, column, None, None, None, state, 0, 0, 0, None, None, 0)


def _printed(figure: Figure, units: dict[str, int]) -> Row:
    """Give the amount, whether a number is printed, whether it is withheld, the unit, one step of it, and its width."""
    if figure.withheld or figure.digits is None:
        return 0, 0, int(figure.withheld), None, None, 0
    step = figure.step if figure.digits else None
    return figure.atoms, 1, 0, units.setdefault(figure.unit, len(units)), step, width(figure)
