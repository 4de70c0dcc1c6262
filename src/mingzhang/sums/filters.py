"""Filters over facts: the small language in which a pack says which facts a table, row or column sums.

    fund=general|gov_fund origin=current flow!=year_end item^=20113

Conditions are joined by spaces and must all hold; `=` and `!=` take alternatives divided by `|`, `^=` a prefix.
Filters of a table, a row and a column are joined by putting them one behind the other.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterable

_CONDITION: Final = re.compile(r"(?P<field>[a-z_]+)(?P<sign>!=|\^=|=)(?P<values>\S*)")


class Fact(msgspec.Struct, frozen=True):
    """One amount in fen with the named values that filters ask for; a value that is not there is ""."""

    id: str
    amount: int
    values: dict[str, str]


class Condition(msgspec.Struct, frozen=True):
    """One condition on one named value."""

    field: str
    sign: str
    values: tuple[str, ...]

    def passes(self, fact: Fact) -> bool:
        """Tell whether a fact meets the condition."""
        value = fact.values.get(self.field, "")
        if self.sign == "^=":
            return value.startswith(self.values)
        return (value in self.values) == (self.sign == "=")


class Filter(msgspec.Struct, frozen=True):
    """A conjunction of conditions; the empty filter passes every fact."""

    conditions: tuple[Condition, ...] = ()

    def passes(self, fact: Fact) -> bool:
        """Tell whether a fact meets every condition."""
        return all(c.passes(fact) for c in self.conditions)

    def __and__(self, other: Filter) -> Filter:
        """Join two filters."""
        return Filter(self.conditions + other.conditions)

    def of(self, facts: Iterable[Fact]) -> tuple[Fact, ...]:
        """Pick the facts that pass, in their order."""
        return tuple(f for f in facts if self.passes(f))


@cache
def parse_filter(text: str) -> Filter:
    """Parse a filter.

    Raises:
        ValueError: a word that is not a condition.
    """
    conditions = []
    for word in text.split():
        found = _CONDITION.fullmatch(word)
        if found is None:
            msg = f"not a condition: {word!r} in {text!r}"
            raise ValueError(msg)
        conditions.append(Condition(found["field"], found["sign"], tuple(found["values"].split("|"))))
    return Filter(tuple(conditions))
