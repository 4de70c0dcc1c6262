"""Which sheets a document has, and which columns its tables: what a rule asks of it, found once for all documents alike."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

from mingzhang.rules.once import once_for_all
from mingzhang.rules.rows import is_special
from mingzhang.rules.sheet_layout import RATE
from mingzhang.sums.concrete import plans_of
from mingzhang.sums.glances import glance_of
from mingzhang.sums.terms import parse_statement

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mingzhang.rules.catalogue import Rule
    from mingzhang.rules.figures import Figures
    from mingzhang.sums.glances import Glance
    from mingzhang.sums.plans import Plan

_KEPT: Final = 128

Columns = tuple[tuple[str, tuple[str, ...]], ...]


class Asked(NamedTuple):
    """Statements of which one must hold, how they are looked at, and the table alone of whose figures they are, if it is one."""

    plans: tuple[Plan, ...]
    glance: Glance | None
    table: str


class Outline:
    """What documents are alike in for declared rules: their tables in order, each with its columns, and all sheets."""

    def __init__(self, tables: Columns, sheets: frozenset[str]) -> None:
        """Take the tables with their columns, and the names of all sheets."""
        self._tables = dict(tables)
        self._columns = {name: frozenset((*columns, RATE)) for name, columns in tables}
        self._sheets = sheets
        self._meant: dict[object, tuple[str, ...]] = {}
        self._asked: dict[Rule, tuple[Asked, ...]] = {}

    def tables_of(self, rule: Rule) -> tuple[str, ...]:
        """List the tables that `$table` stands for in a rule; one nobody knows is never meant."""
        if not rule.tables:
            return ()
        key = (rule.tables, rule.with_columns, rule.without_columns)
        if key not in self._meant:
            self._meant[key] = tuple([
                name
                for name, columns in self._tables.items()
                if (name in rule.tables or (":" not in name and _is_meant(name, rule.tables)))
                and all(c in columns for c in rule.with_columns)
                and not any(c in columns for c in rule.without_columns)
            ])  # fmt: skip
        return self._meant[key]

    def asked(self, rule: Rule) -> tuple[Asked, ...]:
        """Give what a rule says of each table, or of the document, if anything."""
        found = self._asked.get(rule)
        if found is None:
            found = self._asked[rule] = self._asked_by(rule)
        return found

    def _asked_by(self, rule: Rule) -> tuple[Asked, ...]:
        statements = [parse_statement(text) for text in (rule.holds, *rule.also)]
        if all("table" in s.variables for s in statements):
            ways = [[p for s in statements for p in plans_of(s, self._sheets, (t,))] for t in self.tables_of(rule)]
        else:
            ways = [[p for s in statements for p in plans_of(s, self._sheets, self.tables_of(rule))]]
        saying = [tuple([p for p in either if p.may_say(self._columns)]) for either in ways]
        return tuple([asked_of(*either) for either in saying if either])


@cache
def asked_of(*plans: Plan) -> Asked:
    """Find how statements of which one must hold are asked."""
    table = plans[0].table
    return Asked(plans, glance_of(*plans), table if all(p.named == {table} for p in plans) else "")


@once_for_all
def outline_of(figures: Figures) -> Outline:
    """Give the outline of a document."""
    tables = tuple([(t.id, figures.sheets[t.id].columns) for t in figures.disclosure.tables])
    return _outline(tables, frozenset(figures.sheets))


@lru_cache(_KEPT)
def _outline(tables: Columns, sheets: frozenset[str]) -> Outline:
    return Outline(tables, sheets)


def _is_meant(table: str, named: Sequence[str]) -> bool:
    """Tell whether a rule for all tables, or all whose rows stand under each other by their codes alone, means this."""
    return "any" in named or ("coded" in named and not is_special(table))
