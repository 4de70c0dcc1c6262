"""Statements taken apart: which sheets they name, what binds their variables, their terms ready to be filled."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

import msgspec

from mingzhang.sums.terms import VARIABLE, Cell, pattern_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from mingzhang.sums.terms import Relation, Statement

Blank = str | int | tuple[str | int, ...]
"""A text with variables: itself where it has none, the number of the variable that it is, or its pieces."""


class Term(msgspec.Struct, frozen=True):
    """A part of a side, its texts ready to be filled; `sheet` is the number of its source in the plan."""

    sign: int
    sheet: int
    row: Blank
    column: Blank
    by: str
    every: bool


class Use(msgspec.Struct, frozen=True):
    """One place where a variable stands: it is bound by the columns of a sheet, or by its rows."""

    sheet: int
    pattern: re.Pattern[str]
    columns: bool


class Plan:
    """A statement for one table, taken apart; compared by identity, since there is one for each."""

    def __init__(self, statement: Statement, table: str) -> None:
        """Put the table in the place of `$table` and name the sheets in the order in which they stand."""
        own = {"table": table}
        cells = [_bound(c, own) for c in statement.cells]
        self.table = table
        self.sources = tuple(dict.fromkeys(c.source for c in cells))
        self.named = frozenset(self.sources)
        self.relation: Relation = statement.relation
        self.names = tuple(dict.fromkeys(v for c in cells for v in c.variables))
        self.sides = tuple(
            tuple(self._term(p.sign, _bound(p.cell, own)) for p in parts)
            for parts in (statement.left, statement.right, statement.over)
        )
        self.uses = tuple(tuple(dict.fromkeys(self._uses(name, cells))) for name in self.names)
        self.is_plain = not statement.over and all(t.sign == 1 for side in self.sides for t in side)

    def may_say(self, columns: Mapping[str, Collection[str]]) -> bool:
        """Tell whether a statement may say anything of sheets of these columns; of others these are not known."""
        for own in self.sides:
            known = [(t.column, columns.get(self.sources[t.sheet])) for t in own if isinstance(t.column, str)]
            lacking = sum(own is not None and column not in own for column, own in known)
            if len(own) - lacking < min(2, len(own)):
                return False
        return True

    def _term(self, sign: int, cell: Cell) -> Term:
        row, column = _blank(cell.row, self.names), _blank(cell.column, self.names)
        return Term(sign, self.sources.index(cell.source), row, column, cell.by, cell.every)

    def _uses(self, name: str, cells: Iterable[Cell]) -> Iterator[Use]:
        mark = f"${name}"
        for cell in cells:
            sheet = self.sources.index(cell.source)
            if mark in cell.column:
                yield Use(sheet, pattern_of(cell.column), columns=True)
            if mark in cell.row and not cell.by:
                yield Use(sheet, pattern_of(cell.row), columns=False)


@cache
def plan_of(statement: Statement, table: str) -> Plan:
    """Give the plan of a statement for one table, always the same one."""
    return Plan(statement, table)


def filled_each(blank: Blank, bindings: Sequence[tuple[str, ...]]) -> list[str]:
    """Put what the variables stand for under each binding into a text."""
    if isinstance(blank, str):
        return [blank] * len(bindings)
    if isinstance(blank, int):
        return [values[blank] for values in bindings]
    return ["".join([p if isinstance(p, str) else values[p] for p in blank]) for values in bindings]


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
