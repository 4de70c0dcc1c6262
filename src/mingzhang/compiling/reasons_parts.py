"""What a statement of this year is made of, table by table: the rows whose facts are among the statement's own.

A breakdown takes rows of one kind (functions, funds, projects) that have no fact in common, each to be looked up in
last year's document by the same key.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal

import msgspec

from mingzhang.rules.rows import PROJECTS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mingzhang.forms.expressions import Cell
    from mingzhang.rules.figures import Figures
    from mingzhang.sums.sheets import Sheet

Dimension = Literal["project", "function", "class", "fund", "economic", "item"]

DIMENSIONS: Final[tuple[Dimension, ...]] = ("project", "function", "class", "fund", "economic", "item")
"""In the order in which they say most."""

_WHOLE: Final = frozenset({"total", "current", "carry", "amount"})
"""Columns whose total says no more than the table's."""

_NOT_ADDED: Final = frozenset({"last_budget", "last_adjusted", "last_executed", "change", "change_rate"})
_CLASS: Final = 3


class Source(msgspec.Struct, frozen=True):
    """One column of a table whose lowest rows are parts of a statement."""

    table: str
    column: str
    facts: frozenset[str]


def lowest(sheet: Sheet) -> list[str]:
    """List the rows under which nothing stands, the total left out."""
    over = {r.parent for r in sheet.rows.values()}
    return [k for k, r in sheet.rows.items() if k not in over and (r.parent or k.startswith("project:"))]


def sheet_under(sheet: Sheet, row: str) -> list[str]:
    """List the lowest rows that stand under one."""
    found = []
    for key in lowest(sheet):
        over = sheet.rows[key].parent
        while over not in {"", row} and over in sheet.rows:
            over = sheet.rows[over].parent
        if over == row:
            found.append(key)
    return found


def dimension_of(table: str, key: str) -> Dimension:
    """Tell what kind of part a row is."""
    if table in PROJECTS:
        return "project"
    if key.startswith("in:"):
        return "fund"
    if key.startswith("out:"):
        return "class" if len(key.removeprefix("out:")) == _CLASS else "function"
    if table == "basic_economic":
        return "economic"
    if key.isdigit():
        return "class" if len(key) == _CLASS else "function"
    return "item"


def sources_of(figures: Figures, cell: Cell, whole: frozenset[str]) -> dict[Dimension, tuple[Source, ...]]:
    """Choose for each kind of part the columns that tell most of a statement without telling anything twice.

    `whole` are the facts of the statement's cell. Economic classes must tell all of it, and items are its own table's;
    of a statement that is nothing this year only the parts of its own table are known.
    """
    own = cell.table
    if not whole:
        over = sheet_under(figures.sheets[own], cell.row)
        kinds = dict.fromkeys(dimension_of(own, k) for k in over)
        return {d: (Source(own, cell.column, whole),) for d in kinds}
    found: dict[Dimension, list[Source]] = {}
    for table, sheet in figures.sheets.items():
        if figures.disclosure.table(table) is None:
            continue
        rows = sheet_under(sheet, cell.row) if table == own else lowest(sheet)
        for column in sheet.columns:
            if column in _NOT_ADDED:
                continue
            for dimension, facts in _facts_of(table, sheet, rows, column).items():
                partial = dimension == "economic" and facts != whole
                if facts and facts <= whole and not partial and (dimension != "item" or table == own):
                    found.setdefault(dimension, []).append(Source(table, column, facts))
    return {
        d: _apart(sorted(found[d], key=lambda s: (-len(s.facts), s.table != own))) for d in DIMENSIONS if d in found
    }


def _facts_of(table: str, sheet: Sheet, rows: Iterable[str], column: str) -> dict[Dimension, frozenset[str]]:
    out: dict[Dimension, frozenset[str]] = {}
    for row in rows:
        figure = sheet.figure(row, column)
        if figure is not None:
            dimension = dimension_of(table, row)
            out[dimension] = out.get(dimension, frozenset()) | set(figure.facts)
    return out


def _apart(sources: Iterable[Source]) -> tuple[Source, ...]:
    taken: frozenset[str] = frozenset()
    kept = []
    for source in sources:
        if not source.facts & taken:
            kept.append(source)
            taken |= source.facts
    return tuple(kept)


def besides(
    figures: Figures, cell: Cell, rest: frozenset[str], *, totals_first: bool
) -> Iterator[tuple[str, str, str]]:
    """List cells that hold only what no part holds yet: columns of total rows, and rows under the statement's own."""
    own = figures.sheets[cell.table]
    totals = [
        (t, "total", c) for t, s in figures.sheets.items() if "total" in s.rows for c in s.columns if c not in _WHOLE
    ]
    rows = [(cell.table, k, c) for k in sheet_under(own, cell.row) for c in own.columns]
    held = {a: _facts(figures, a) for a in (*totals, *rows) if a[2] not in _NOT_ADDED}
    totals.sort(key=lambda a: -len(held.get(a, ())))
    for address in (*totals, *rows) if totals_first else (*rows, *totals):
        facts = held.get(address, frozenset())
        if facts and facts <= rest:
            rest -= facts
            yield address


def within(figures: Figures, cell: Cell) -> Iterator[tuple[str, str, str]]:
    """List the cells of projects, then of economic classes of basic spending, that hold only what one cell holds."""
    whole = _facts(figures, (cell.table, cell.row, cell.column))
    for table in (*PROJECTS, "basic_economic"):
        sheet = figures.sheets.get(table)
        if sheet is not None and figures.disclosure.table(table) is not None:
            yield from (
                (table, row, column)
                for row in lowest(sheet)
                for column in sheet.columns
                if column in _WHOLE and (held := _facts(figures, (table, row, column))) and held <= whole
            )


def _facts(figures: Figures, address: tuple[str, str, str]) -> frozenset[str]:
    table, row, column = address
    figure = figures.sheets[table].figure(row, column)
    return frozenset() if figure is None else frozenset(figure.facts)
