"""What a reader was not sure of, where a sum does not hold: whether that alone makes the difference.

A row whose name or code could not be made out stands elsewhere than its amounts belong; one that came twice, at the end of a
page and on the next, is counted twice. Where the sum lacks, or has too much, just what such rows hold, it says nothing of the
document.
"""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, Final

from mingzhang.model.units import atoms, is_money

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mingzhang.model.disclosure import Row, Table
    from mingzhang.model.figure import Figure
    from mingzhang.rules.figures import Figures
    from mingzhang.sums.sheets import CellRef

_MOST_ROWS: Final = 12
_TOGETHER: Final = 3


def is_of_rows_in_doubt(figures: Figures, refs: Iterable[CellRef], difference: int) -> bool:
    """Tell whether a difference, in atoms, is just what one to three rows in doubt print in the columns compared."""
    if not difference:
        return False
    for source, column in dict.fromkeys((r.source, r.column) for r in refs):
        amounts = _amounts(figures, source, column)
        for count in range(1, min(_TOGETHER, len(amounts)) + 1):
            if any(sum(some) == abs(difference) for some in combinations(amounts, count)):
                return True
    return False


def is_of_no_row(figures: Figures, ref: CellRef) -> bool:
    """Tell whether a row was not found in a table of which some row with an amount there could not be named for sure."""
    table = figures.disclosure.table(ref.source)
    if table is None or not ref.row or table.row(ref.row) is not None:
        return False
    return any(r.doubt and _atoms(r.cells.get(ref.column)) for r in table.rows)


def is_unread(figures: Figures, source: str) -> bool:
    """Tell whether a table is there of which nothing could be read: no row of it, or no more than its title."""
    table = figures.disclosure.table(source)
    if table is None:
        return has_lone_title(figures, source)
    return not table.rows and not table.notes and bool(table.doubts)


def has_lone_title(figures: Figures, source: str) -> bool:
    """Tell whether a title of a table of the form stands in the document without a table that could be read below it."""
    doubts = figures.disclosure.doubts
    form = figures.pack.table(source) if figures.pack is not None and doubts else None
    if form is None:
        return False
    year = str(figures.disclosure.year)
    return any(f"“{t.replace('{year}', year)}”" in doubt for t in (form.title, *form.titles) for doubt in doubts)


def is_of_lost_columns(figures: Figures, refs: Iterable[CellRef]) -> bool:
    """Tell whether a column was not found that is compared, or that the sum over others of its table may lack."""
    columns: dict[str, set[str]] = {}
    for ref in refs:
        columns.setdefault(ref.source, set()).add(ref.column)
    for source, compared in columns.items():
        table = figures.disclosure.table(source)
        form = None if figures.pack is None else figures.pack.table(source)
        if table is None or form is None or not table.doubts:
            continue
        printed = {c.key for c in table.columns}
        lost = {c.key for c in form.columns if c.kind == "figure"} - printed
        if lost and (lost & compared or len(compared) > 1):
            return True
    return False


def _amounts(figures: Figures, source: str, column: str) -> tuple[int, ...]:
    """List the amounts of a column in the rows of a table that are in doubt, or that are another row once more."""
    table = figures.disclosure.table(source)
    if table is None:
        return ()
    rows = _doubted(figures, table)
    found = (_atoms(r.cells.get(column)) for r in rows) if len(rows) <= _MOST_ROWS else ()
    return tuple(abs(n) for n in found if n)


def _doubted(figures: Figures, table: Table) -> tuple[Row, ...]:
    key = ("rows in doubt", table.id)
    if key not in figures.kept:
        seen: set[tuple[str, str, tuple[str, ...]]] = set()
        out = []
        for row in table.rows:
            one = (row.code, row.label, tuple(f.plain for f in row.cells.values()))
            if row.doubt or one in seen:
                out.append(row)
            seen.add(one)
        figures.kept[key] = tuple(out)
    rows: tuple[Row, ...] = figures.kept[key]
    return rows


def _atoms(figure: Figure | None) -> int:
    if figure is None or not figure.digits or figure.withheld or not is_money(figure.unit):
        return 0
    return atoms(figure.digits, figure.places, figure.unit)
