"""What of a document's sheets decides which statements mean them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from mingzhang.rules.rows import is_special
from mingzhang.rules.sheet_layout import RATE

if TYPE_CHECKING:
    from mingzhang.rules.catalogue import Rule

_NAMED: Final = re.compile(r"(?:in:|out:)?[a-z_]+")


class Kind(NamedTuple):
    """What sheets have in common whose cells count alike: the id and the columns; `full` says that each row has every column."""

    sheet: str
    is_table: bool
    columns: tuple[str, ...]
    full: bool

    def is_meant(self, rule: Rule) -> bool:
        """Tell whether `$table` of a rule stands for such a sheet."""
        if not self.is_table:
            return False
        wide = ":" not in self.sheet and (
            "any" in rule.tables or ("coded" in rule.tables and not is_special(self.sheet))
        )
        has = self.columns
        return (
            (self.sheet in rule.tables or wide)
            and all(c in has for c in rule.with_columns)
            and not any(c in has for c in rule.without_columns)
        )

    def may_print(self, column: str) -> bool:
        """Tell whether there may be cells in a column; rates stand in one that is not among a sheet's own."""
        return column in self.columns or column == RATE


class Head(NamedTuple):
    """A sheet without its figures.

    `lines` are its rows with names of the contract (`total`, `in:carry`), of a `closed` one, whose form lists its rows,
    every row printed or known. `carry` is the basis of money carried over.
    """

    kind: Kind
    lines: frozenset[str]
    closed: bool
    carry: str = "unstated"

    def may_have(self, row: str) -> bool:
        """Tell whether a row may stand there: another that a form would have is missing, and nothing said of it fails."""
        return row in self.lines or not (self.closed or is_named(row))


def is_named(row: str) -> bool:
    """Tell whether a row's key is a name of the contract, neither a code nor a printed name."""
    return _NAMED.fullmatch(row) is not None
