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
    from collections.abc import Iterable, Mapping, Sequence

_CONDITION: Final = re.compile(r"(?P<field>[a-z_]+)(?P<sign>!=|\^=|=)(?P<values>\S*)")


class Fact(msgspec.Struct, frozen=True, gc=False):
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
        return self.admits(fact.values.get(self.field, ""))

    def admits(self, value: str) -> bool:
        """Tell whether a value meets the condition."""
        if self.sign == "^=":
            return value.startswith(self.values)
        return (value in self.values) == (self.sign == "=")

    def of(self, facts: Iterable[Fact]) -> list[Fact]:
        """Pick the facts that meet the condition, in their order."""
        field, values = self.field, self.values
        if self.sign == "=":
            return [f for f in facts if f.values.get(field, "") in values]
        if self.sign == "!=":
            return [f for f in facts if f.values.get(field, "") not in values]
        return [f for f in facts if f.values.get(field, "").startswith(values)]


class Filter(msgspec.Struct, frozen=True):
    """A conjunction of conditions; the empty filter passes every fact."""

    conditions: tuple[Condition, ...] = ()

    def passes(self, fact: Fact) -> bool:
        """Tell whether a fact meets every condition."""
        return all(c.passes(fact) for c in self.conditions)

    def of(self, facts: Iterable[Fact]) -> tuple[Fact, ...]:
        """Pick the facts that pass, in their order."""
        passing = facts
        for condition in self.conditions:
            passing = condition.of(passing)
        return tuple(passing)

    def __and__(self, other: Filter) -> Filter:
        """Join two filters."""
        return Filter(self.conditions + other.conditions)


def passing_any(filters: Sequence[Filter], facts: Sequence[Fact]) -> tuple[Fact, ...]:
    """Pick the facts that pass at least one of the filters, in their order."""
    if any(not f.conditions for f in filters):
        return tuple(facts)
    passing = {id(fact) for f in filters for fact in f.of(facts)}
    return tuple(f for f in facts if id(f) in passing)


class FactMasks:
    """Facts numbered, so that any set of them is one integer: what passes two filters is the `&` of their masks."""

    def __init__(self, facts: Sequence[Fact]) -> None:
        """Number the facts in their order."""
        self._facts = tuple(facts)
        self._bits = {id(f): 1 << n for n, f in enumerate(self._facts)}
        self._passing: dict[str, int] = {}
        self._sets: dict[int, tuple[Fact, ...]] = {}
        self._by: dict[str, dict[str, int]] = {}
        self.every = (1 << len(self._facts)) - 1
        """The mask of all facts."""
        self.worth = self.mask([f for f in self._facts if f.amount])
        """The mask of the facts of an amount other than nothing."""

    def mask(self, facts: Iterable[Fact]) -> int:
        """Give the mask of some of the facts."""
        bits = self._bits
        return sum([bits[id(f)] for f in facts])

    def bit(self, fact: Fact) -> int:
        """Give the mask of one of the facts."""
        return self._bits[id(fact)]

    def by(self, field: str) -> Mapping[str, int]:
        """Give the masks of the facts by what they have in a field, "" where they have nothing."""
        found = self._by.get(field)
        if found is None:
            found = self._by[field] = {}
            for fact in self._facts:
                value = fact.values.get(field, "")
                found[value] = found.get(value, 0) | self._bits[id(fact)]
        return found

    def passing_any(self, texts: Iterable[str]) -> int:
        """Give the mask of the facts that pass at least one filter."""
        found = 0
        for text in texts:
            found |= self.passing(text)
        return found

    def passing(self, text: str) -> int:
        """Give the mask of the facts that pass a filter.

        Raises:
            ValueError: the text is no filter.
        """
        found = self._passing.get(text)
        if found is None:
            found = self.every
            for condition in parse_filter(text).conditions:
                found &= self._meeting(condition)
            self._passing[text] = found
        return found

    def _meeting(self, condition: Condition) -> int:
        """Give the mask of the facts that meet a condition."""
        found = 0
        for value, mask in self.by(condition.field).items():
            if condition.admits(value):
                found |= mask
        return found

    def facts(self, mask: int) -> tuple[Fact, ...]:
        """Give the facts of a mask, in their order."""
        found = self._sets.get(mask)
        if found is None:
            found = self._sets[mask] = tuple(f for n, f in enumerate(self._facts) if mask >> n & 1)
        return found


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
