"""Statements made concrete for one document: the identities that they say of its figures.

A statement is planned once. What comes of a plan depends on the shapes of the sheets that it names, not on their
figures, so that documents of one form, and one document before and after a correction, share the identities.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from itertools import product
from typing import TYPE_CHECKING, Final

import msgspec

from mingzhang.sums.identities import Identity, Verdict, judge
from mingzhang.sums.terms import VARIABLE, Cell, pattern_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from mingzhang.sums.sheets import CellRef, Operand, Shape, Sheet
    from mingzhang.sums.terms import Relation, Statement

_KEPT: Final = 2048
"""So many plans are remembered with what came of them, each with the shapes of the sheets it was made concrete for."""

Blank = str | int | tuple[str | int, ...]
"""A text with variables: itself where it has none, the number of the variable that it is, or its pieces."""


def concrete(statement: Statement, sheets: Mapping[str, Sheet], tables: Iterable[str] = ()) -> Iterator[Identity]:
    """Make a statement concrete: once for every way in which its variables can be bound.

    Nothing comes of it where a sheet, a whole side, or all but one term of several is not in the document's form.
    `$table` stands for each of `tables` in turn.
    """
    for said in sayings(statement, sheets, tables):
        yield from said.identities


def judged(
    statement: Statement, sheets: Mapping[str, Sheet], tables: Iterable[str] = (), *, additive: bool = False
) -> Iterator[Verdict]:
    """Judge a statement wherever it is made concrete, in the order of `concrete`."""
    for said in sayings(statement, sheets, tables):
        sheet = sheets.get(said.sheet)
        if sheet is None:
            yield from (judge(i, sheets, additive=additive) for i in said.identities)
        else:
            yield from _judged(said, sheet, sheets, additive=additive)


def sayings(statement: Statement, sheets: Mapping[str, Sheet], tables: Iterable[str] = ()) -> Iterator[Sayings]:
    """Give what a statement says of each of the tables."""
    for table in tables if "table" in statement.variables else ("",):
        plan = _plan(statement, table)
        if all(source in sheets for source in plan.sources):
            yield _sayings(plan, *(sheets[source].shape for source in plan.sources))


class Sayings:
    """The identities that a plan says of sheets, those of one figure together.

    Where all are sums of one `sheet`'s cells, `cells` gives those of each identity's two sides.
    """

    def __init__(self, identities: tuple[Identity, ...]) -> None:
        """Take the identities in the order in which they were found."""
        own: dict[CellRef, list[Identity]] = {}
        for identity in identities:
            own.setdefault((identity.left or identity.right)[0].ref, []).append(identity)
        self.identities = tuple(i for one in own.values() for i in one)
        operands = [o for i in identities for o in i.operands]
        sources = {o.ref.source for o in operands}
        plain = all(o.coefficient == 1 for o in operands) and not any(i.over for i in identities)
        self.sheet = sources.pop() if plain and len(sources) == 1 else ""
        self.cells = tuple((_cells(i.left), _cells(i.right)) for i in self.identities) if self.sheet else ()


def _cells(side: tuple[Operand, ...]) -> tuple[tuple[str, str], ...]:
    return tuple((o.ref.row, o.ref.column) for o in side)


def _judged(said: Sayings, sheet: Sheet, sheets: Mapping[str, Sheet], *, additive: bool) -> Iterator[Verdict]:
    """Judge sums inside one sheet: most of them hold, and that is seen at once."""
    amounts = sheet.amounts
    amount = amounts.__getitem__
    for identity, (left, right) in zip(said.identities, said.cells, strict=True):
        try:
            total, parts = sum(map(amount, left)), sum(map(amount, right))
        except KeyError:  # a figure is missing, or withheld
            yield judge(identity, sheets, additive=additive)
            continue
        if total != parts:
            yield judge(identity, sheets, additive=additive)
        elif total or amounts.prints(left) or amounts.prints(right):
            yield Verdict(identity, "holds", total, parts)
        else:
            yield Verdict(identity, "nothing")


class _Term(msgspec.Struct, frozen=True):
    """A part of a side, its texts ready to be filled; `sheet` is the number of its source in the plan."""

    sign: int
    sheet: int
    row: Blank
    column: Blank
    by: str
    every: bool


class _Use(msgspec.Struct, frozen=True):
    """One place where a variable stands: it is bound by the columns of a sheet, or by its rows."""

    sheet: int
    pattern: re.Pattern[str]
    columns: bool


class _Plan:
    """A statement for one table, taken apart; compared by identity, since there is one for each."""

    def __init__(self, statement: Statement, table: str) -> None:
        own = {"table": table}
        cells = [_bound(c, own) for c in statement.cells]
        self.sources = tuple(dict.fromkeys(c.source for c in cells))
        self.relation: Relation = statement.relation
        self.names = tuple(dict.fromkeys(v for c in cells for v in c.variables))
        self.sides = tuple(
            tuple(self._term(p.sign, _bound(p.cell, own)) for p in parts)
            for parts in (statement.left, statement.right, statement.over)
        )
        self.uses = tuple(tuple(self._uses(name, cells)) for name in self.names)

    def _term(self, sign: int, cell: Cell) -> _Term:
        row, column = _blank(cell.row, self.names), _blank(cell.column, self.names)
        return _Term(sign, self.sources.index(cell.source), row, column, cell.by, cell.every)

    def _uses(self, name: str, cells: Iterable[Cell]) -> Iterator[_Use]:
        mark = f"${name}"
        for cell in cells:
            sheet = self.sources.index(cell.source)
            if mark in cell.column:
                yield _Use(sheet, pattern_of(cell.column), columns=True)
            if mark in cell.row and not cell.by:
                yield _Use(sheet, pattern_of(cell.row), columns=False)


@cache
def _plan(statement: Statement, table: str) -> _Plan:
    return _Plan(statement, table)


@lru_cache(_KEPT)
def _sayings(plan: _Plan, *shapes: Shape) -> Sayings:
    """Find what a plan says of sheets of these shapes, in the order of its sources."""
    every = [_bindings(name, uses, shapes) for name, uses in zip(plan.names, plan.uses, strict=True)]
    found = (_identity(plan, values, shapes) for values in product(*every))
    return Sayings(tuple(i for i in found if i is not None))


def _bindings(name: str, uses: Iterable[_Use], shapes: tuple[Shape, ...]) -> tuple[str, ...]:
    """List what a variable stands for: keys that stand in every column and every fixed list of rows where it is used.

    Where it is used only in lists that hold what occurs, it stands for every key that occurs in any of them.
    """
    narrow: list[dict[str, None]] = []
    wide: dict[str, None] = {}
    for use in uses:
        shape = shapes[use.sheet]
        found = shape.bindings(use.pattern, name, columns=use.columns)
        if shape.grows and not use.columns:
            wide |= found
        else:
            narrow.append(found)
    if not narrow:
        return tuple(wide)
    return tuple(key for key in narrow[0] if all(key in other for other in narrow[1:]))


def _identity(plan: _Plan, values: tuple[str, ...], shapes: tuple[Shape, ...]) -> Identity | None:
    sides = []
    for terms in plan.sides:
        side = _operands(terms, values, shapes)
        if side is None:
            return None
        sides.append(side)
    return Identity(sides[0], plan.relation, sides[1], sides[2])


def _operands(
    terms: tuple[_Term, ...], values: tuple[str, ...], shapes: tuple[Shape, ...]
) -> tuple[Operand, ...] | None:
    """Make one side's operands, leaving out what the form does not have; None where too little remains."""
    out: tuple[Operand, ...] = ()
    kept = 0
    for term in terms:
        shape, row, column = shapes[term.sheet], _filled(term.row, values), _filled(term.column, values)
        if term.by:
            own = shape.operands(term.sign, shape.rows_with(term.by, row), column)
            if not own:
                return None
            kept += 1
        elif term.every:
            own = shape.operands(term.sign, shape.rows_like(pattern_of(row)), column)
            kept += bool(own) or column in shape.columns
        elif shape.is_in_form(row, column):
            own = (shape.operand(term.sign, row, column),)
            kept += 1
        else:
            continue
        out += own
    return out if kept >= min(len(terms), 2) else None


def _bound(cell: Cell, values: Mapping[str, str]) -> Cell:
    """Put values in the place of variables."""

    def text(own: str) -> str:
        return VARIABLE.sub(lambda found: values.get(found[1], found[0]), own)

    return Cell(text(cell.source), text(cell.row), text(cell.column), cell.by, cell.every)


def _blank(text: str, names: tuple[str, ...]) -> Blank:
    """Take a text apart at its variables."""
    pieces = tuple(p if n % 2 == 0 else names.index(p) for n, p in enumerate(VARIABLE.split(text)) if n % 2 or p)
    if len(pieces) == 1:
        return pieces[0]
    return pieces or ""


def _filled(blank: Blank, values: tuple[str, ...]) -> str:
    if isinstance(blank, str):
        return blank
    if isinstance(blank, int):
        return values[blank]
    return "".join(p if isinstance(p, str) else values[p] for p in blank)
