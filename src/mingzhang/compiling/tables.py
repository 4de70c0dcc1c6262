"""Facts → tables: rows planned, every cell the sum of the facts that pass, rounded together, printed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mingzhang.compiling.layout import PlannedRow, plan_rows
from mingzhang.forms.pack import with_extra
from mingzhang.model.disclosure import Column, HeadCell, Row, Table
from mingzhang.model.figure import Figure, blank, number
from mingzhang.sums.filters import FactMasks, parse_filter
from mingzhang.sums.rounding import half_up_each, variable_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from mingzhang.forms.pack import Pack, PackTable
    from mingzhang.model.book import Book
    from mingzhang.sums.filters import Fact
    from mingzhang.sums.rounding import Rounding, Variable

    Cells = dict[str, tuple[Variable, tuple[str, ...]]]


def tables_of(book: Book, pack: Pack, facts: Sequence[Fact], rounding: Rounding = half_up_each) -> tuple[Table, ...]:
    """Make every table of a pack; equal sets of facts print alike, since they are rounded once."""
    return PlannedTables(book, pack, facts).printed(rounding)


class PlannedTables:
    """The tables of a document but for their digits: what each figure is the sum of."""

    def __init__(self, book: Book, pack: Pack, facts: Sequence[Fact]) -> None:
        """Plan the rows and cells of every table of a pack."""
        masks = FactMasks(facts)
        variables: dict[tuple[int, str, int], tuple[Variable, tuple[str, ...]]] = {}
        self._book, self._pack = book, pack
        self._forms = [printed_form(t, facts) for t in pack.tables]
        self._planned = [
            [(row, _cells(row, t, masks, variables)) for row in plan_rows(t, book, pack, facts)] for t in self._forms
        ]
        self._own = [dict.fromkeys(v for _row, cells in t for v, _ids in cells.values()) for t in self._planned]
        self._variables = dict.fromkeys(v for own in self._own for v in own)
        self._last: list[tuple[list[int], Table]] = []

    def printed(self, rounding: Rounding) -> tuple[Table, ...]:
        """Print the tables; one whose digits are those of the time before is the same as then."""
        digits = rounding(self._variables)
        before, self._last = self._last, []
        for n, (form, planned) in enumerate(zip(self._forms, self._planned, strict=True)):
            own = [digits[v] for v in self._own[n]]
            same = bool(before) and before[n][0] == own
            table = before[n][1] if same else _table(form, self._book, self._pack, planned, digits)
            self._last.append((own, table))
        return tuple(table for _, table in self._last)


def printed_form(table: PackTable, facts: Iterable[Fact]) -> PackTable:
    """Give a table of a pack as these facts print it: with those of its extra columns that have money."""
    passing = [f for f in parse_filter(table.filter).of(facts) if f.amount]
    return with_extra(table, {c.key for c in table.extra if parse_filter(c.filter).of(passing)})


def filled(text: str, year: int) -> str:
    """Fill a pack's text with the document's year and the one before it."""
    return text.replace("{year}", str(year)).replace("{last_year}", str(year - 1))


def _cells(
    row: PlannedRow,
    table: PackTable,
    masks: FactMasks,
    known: dict[tuple[int, str, int], tuple[Variable, tuple[str, ...]]],
) -> Cells:
    """Give the variable of each figure of a row, with the ids of its facts in the book's order."""
    cells = {}
    own = masks.mask(row.facts)
    for column in table.columns:
        if column.kind == "figure" and column.side == row.side:
            asked = (own & masks.passing(column.filter), table.unit, table.places)
            if asked not in known:
                passing = masks.facts(asked[0])
                known[asked] = (variable_of(passing, table.unit, table.places), tuple(f.id for f in passing))
            cells[column.key] = known[asked]
    return cells


def _table(
    table: PackTable, book: Book, pack: Pack, planned: list[tuple[PlannedRow, Cells]], digits: Mapping[Variable, int]
) -> Table:
    empty = not any(variable.fen for _row, cells in planned for variable, _ids in cells.values())
    zero = "blank" if empty and table.zero else table.zero or pack.style.zero
    rows = tuple(
        Row(
            key=row.key,
            label=row.label,
            code=row.code,
            level=row.level,
            line=row.line,
            cells={key: _figure(variable, ids, digits, pack, zero) for key, (variable, ids) in cells.items()},
            texts=row.texts,
        )
        for row, cells in planned
    )
    return Table(
        id=table.id,
        title=filled(table.title, book.year),
        number=table.number,
        unit=table.unit,
        unit_name=book.unit_name,
        funds=table.funds,
        carry=table.carry,
        head=tuple(tuple(HeadCell(filled(c.text, book.year), c.columns, c.rows) for c in row) for row in table.head),
        columns=tuple(Column(c.key, c.kind, c.side, filled(c.header, book.year)) for c in table.columns),
        rows=rows,
        notes=(filled(table.empty_note, book.year),) if empty and table.empty_note else (),
        turned=table.turned,
        beside=table.beside,
    )


def _figure(
    variable: Variable, facts: tuple[str, ...], digits: Mapping[Variable, int], pack: Pack, zero: str
) -> Figure:
    """Print one figure; a sum of nothing is blank or a zero as the form has it, a small sum that rounds to 0 is a zero."""
    if not variable.fen and zero == "blank":
        return blank(variable.unit, variable.places)
    return number(digits[variable], variable.unit, variable.places, grouped=pack.style.grouped_tables, facts=facts)
