"""Facts → tables: rows planned, every cell the sum of the facts that pass, rounded together, printed."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from msgspec.structs import replace

from mingzhang.compiling.layout import PlannedRow, plan_rows
from mingzhang.forms.pack import with_extra
from mingzhang.model.disclosure import Column, HeadCell, Row, Table
from mingzhang.model.figure import Figure, blank, number
from mingzhang.sums.filters import FactMasks
from mingzhang.sums.rounding import half_up_each, variable_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from mingzhang.forms.pack import Pack, PackTable
    from mingzhang.model.book import Book
    from mingzhang.model.disclosure import Side
    from mingzhang.sums.filters import Fact
    from mingzhang.sums.rounding import Rounding, Variable


def tables_of(book: Book, pack: Pack, facts: Sequence[Fact], rounding: Rounding = half_up_each) -> tuple[Table, ...]:
    """Make every table of a pack; equal sets of facts print alike, since they are rounded once."""
    return PlannedTables(book, pack, FactMasks(facts)).printed(rounding)


class Moved(NamedTuple):
    """The cells whose digits are not those of the printing before: by table, row and column, and by table and column."""

    cells: frozenset[tuple[str, str, str]]
    columns: frozenset[tuple[str, str]]


class PlannedTables:
    """The tables of a document but for their digits: what each figure is the sum of.

    `sums` are the different sums that cells print, each with the ids of its facts. `moved` tells after a printing which cells are not as they were in the one before; None after the first.
    """

    def __init__(self, book: Book, pack: Pack, masks: FactMasks) -> None:
        """Plan the rows and cells of every table of a pack."""
        sums = _Sums(masks)
        self._book, self._pack = book, pack
        self._forms = [printed_form(t, masks) for t in pack.tables]
        self._planned = [sums.of(plan_rows(t, book, pack, masks), t) for t in self._forms]
        self.sums = tuple(sums.known)
        self._variables = dict.fromkeys(v for v, _ids in self.sums)
        self._digits: Mapping[Variable, int] = {}
        self._last: list[Table] = []
        self.moved: Moved | None = None

    def printed(self, rounding: Rounding) -> tuple[Table, ...]:
        """Print the tables; what has the digits of the time before is the same as then."""
        before, self._digits = self._digits, rounding(self._variables)
        again = bool(self._last)
        anew: set[int] = set()
        if again:
            anew = {n for n, (v, _ids) in enumerate(self.sums) if self._digits[v] != before[v]}
            self.moved = self._moved(anew)
        figures: dict[str, list[Figure]] = {}
        for n, (form, planned) in enumerate(zip(self._forms, self._planned, strict=True)):
            if again and anew.isdisjoint([s for _row, cells in planned for s in cells.values()]):
                continue
            empty = not any(self.sums[s][0].fen for _row, cells in planned for s in cells.values())
            zero = "blank" if empty and form.zero else form.zero or self._pack.style.zero
            if zero not in figures:
                figures[zero] = [self._figure(v, ids, zero) for v, ids in self.sums]
            if again:
                rows = zip(self._last[n].rows, planned, strict=True)
                same = [
                    old if anew.isdisjoint(cells.values()) else _row(row, cells, figures[zero])
                    for old, (row, cells) in rows
                ]
                self._last[n] = replace(self._last[n], rows=tuple(same))
            else:
                made = tuple([_row(row, cells, figures[zero]) for row, cells in planned])
                self._last.append(_table(form, self._book, made, empty=empty))
        return tuple(self._last)

    def _moved(self, anew: Collection[int]) -> Moved:
        cells = frozenset(
            (form.id, row.key, column)
            for form, planned in zip(self._forms, self._planned, strict=True)
            for row, own in planned
            for column, s in own.items()
            if s in anew
        )
        return Moved(cells, frozenset((table, column) for table, _row, column in cells))

    def _figure(self, variable: Variable, facts: tuple[str, ...], zero: str) -> Figure:
        """Print one figure; a sum of nothing is blank or a zero as the form has it, a small sum that rounds to 0 is a zero."""
        if not variable.fen and zero == "blank":
            return blank(variable.unit, variable.places)
        grouped = self._pack.style.grouped_tables
        return number(self._digits[variable], variable.unit, variable.places, grouped=grouped, facts=facts)


class _Sums:
    """The sums that cells print, each known by its number: a variable, and the ids of its facts in the book's order."""

    def __init__(self, masks: FactMasks) -> None:
        self._masks = masks
        self._numbers: dict[tuple[int, str, int], int] = {}
        self.known: list[tuple[Variable, tuple[str, ...]]] = []

    def of(self, rows: Iterable[PlannedRow], table: PackTable) -> list[tuple[PlannedRow, dict[str, int]]]:
        """Give with each row of a table the sum of each of its figures by column."""
        unit, places, number = table.unit, table.places, self._number
        columns: dict[Side, list[tuple[str, int]]] = {}
        for column in table.columns:
            if column.kind == "figure":
                columns.setdefault(column.side, []).append((column.key, self._masks.passing(column.filter)))
        return [
            (row, {key: number(row.facts & mask, unit, places) for key, mask in columns.get(row.side, ())})
            for row in rows
        ]

    def _number(self, mask: int, unit: str, places: int) -> int:
        asked = (mask, unit, places)
        found = self._numbers.get(asked)
        if found is None:
            found = self._numbers[asked] = len(self.known)
            passing = self._masks.facts(mask)
            self.known.append((variable_of(passing, unit, places), tuple([f.id for f in passing])))
        return found


def printed_form(table: PackTable, masks: FactMasks) -> PackTable:
    """Give a table of a pack as these facts print it: with those of its extra columns that have money."""
    passing = masks.passing(table.filter) & masks.worth
    return with_extra(table, {c.key for c in table.extra if passing & masks.passing(c.filter)})


def filled(text: str, year: int) -> str:
    """Fill a pack's text with the document's year and the one before it."""
    return text.replace("{year}", str(year)).replace("{last_year}", str(year - 1))


def _row(row: PlannedRow, cells: Mapping[str, int], figures: Sequence[Figure]) -> Row:
    return Row(
        key=row.key,
        label=row.label,
        code=row.code,
        level=row.level,
        line=row.line,
        cells={key: figures[s] for key, s in cells.items()},
        texts=row.texts,
    )


def _table(table: PackTable, book: Book, rows: tuple[Row, ...], *, empty: bool) -> Table:
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
