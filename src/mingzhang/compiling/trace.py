"""Where a printed figure comes from: down to the facts it sums."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import msgspec

if TYPE_CHECKING:
    from mingzhang.model.book import Book
    from mingzhang.model.disclosure import Disclosure
    from mingzhang.model.figure import Figure

_CELL: Final = re.compile(r"(?P<table>\w+)\[(?P<row>.+)\]\.(?P<column>\w+)")


class TracedLine(msgspec.Struct, frozen=True):
    """One fact beneath a figure: its id, its amount in fen, and its codes and names in short."""

    id: str
    amount: int
    description: str


class Traced(msgspec.Struct, frozen=True):
    """A figure as printed, the facts beneath it, and their sum in fen."""

    printed: str
    unit: str
    lines: tuple[TracedLine, ...]
    total: int


def figure_at(disclosure: Disclosure, key: str) -> Figure | None:
    """Find a figure by `table[row].column`, or by the key of a slot of the written part."""
    found = _CELL.fullmatch(key)
    if found is None:
        slot = disclosure.slot(key)
        return None if slot is None else slot.figure
    table = disclosure.table(found["table"])
    return None if table is None else table.figure(found["row"], found["column"])


def trace(disclosure: Disclosure, book: Book, key: str) -> Traced | None:
    """Trace a figure of a compiled disclosure to its book; None where the document has no such figure."""
    figure = figure_at(disclosure, key)
    if figure is None:
        return None
    under = set(figure.facts)
    projects = {p.id: p.name for p in book.projects}
    lines = [
        TracedLine(
            x.id, x.amount, _words(x.function, x.economic, projects.get(x.project, ""), x.unit, x.fund, x.origin)
        )
        for x in book.spending
        if x.id in under
    ]
    lines += [
        TracedLine(x.id, x.amount, _words("年终结转", x.function, x.unit, x.fund, x.origin))
        for x in book.year_end
        if x.id in under
    ]
    return Traced(figure.printed, figure.unit, tuple(lines), sum(x.amount for x in lines))


def _words(*words: str) -> str:
    return " ".join(w for w in words if w)
