"""One official list of codes and names: look-up by code, and by name under a parent and across renames."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

import msgspec

from mingzhang.model.keys import folded

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_ENDING: Final = "支出"


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One code of a list: its name in this edition, its level (1 类, 2 款, 3 项) and its parent's code.

    `confirmed` is False for a row that nobody has seen published: it may never cause more than a hint.
    `budget` is the fund of a functional code (`general`, `gov_fund`, `state_capital`, `social_insurance`).
    `others` are its names in other years.
    """

    code: str
    name: str
    level: int
    parent: str
    confirmed: bool
    budget: str = ""
    note: str = ""
    source: str = ""
    others: tuple[str, ...] = ()

    def is_called(self, name: str) -> bool:
        """Tell whether a printed name is this entry's, now or in another year, in any width or spelling of brackets."""
        plain = spelling(name)
        return plain == spelling(self.name) or any(plain == spelling(n) for n in self.others)


class Classification:
    """One list of an edition, in the order of its codes."""

    def __init__(self, kind: str, entries: Iterable[Entry]) -> None:
        """Index the entries by code and by name."""
        self.kind = kind
        self.by_code = {e.code: e for e in entries}
        self.published = {code: e.name for code, e in self.by_code.items() if e.confirmed}
        self._names: tuple[dict[str, list[Entry]], ...] = ({}, {}, {})
        now, other, short = self._names
        for entry in self.by_code.values():
            key = spelling(entry.name)
            now.setdefault(key, []).append(entry)
            for name in entry.others:
                other.setdefault(spelling(name), []).append(entry)
            for name in (key, *map(spelling, entry.others)):
                short.setdefault(name.removesuffix(_ENDING), []).append(entry)

    def __iter__(self) -> Iterator[Entry]:
        """Go through the entries in order."""
        return iter(self.by_code.values())

    def __len__(self) -> int:
        """Count the entries."""
        return len(self.by_code)

    def get(self, code: str) -> Entry | None:
        """Find an entry by its code."""
        return self.by_code.get(code)

    def named(self, name: str, *, parent: str = "", level: int | None = None) -> tuple[Entry, ...]:
        """Find entries by a printed name, under a parent code at any depth and at one level where these are given.

        The name of this edition is preferred to that of another year, and both to a name that differs only in
        the ending 支出. Several entries share a name (行政运行 stands under many 款): all are given, in order.
        """
        key = spelling(name)
        for names, wanted in zip(self._names, (key, key, key.removesuffix(_ENDING)), strict=True):
            found = tuple(
                e
                for e in names.get(wanted, ())
                if e.code.startswith(parent) and e.code != parent and level in {None, e.level}
            )
            if found:
                return found
        return ()

    def children(self, code: str) -> tuple[Entry, ...]:
        """List the entries directly below a code."""
        return tuple(e for e in self if e.parent == code)

    def classes(self) -> tuple[Entry, ...]:
        """List the entries of the first level in order."""
        return tuple(e for e in self if e.level == 1)


@lru_cache(8192)
def spelling(name: str) -> str:
    """Fold what printers vary in a name: widths, brackets, quotes, white space, 其它 for 其他."""
    return folded(name).replace("其它", "其他")
