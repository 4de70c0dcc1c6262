"""Where a printed figure comes from: down to the facts it sums."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import msgspec

from mingzhang.compiling.facts import facts_of
from mingzhang.compiling.layout import code_of, unit_name_of
from mingzhang.forms.classifications import edition
from mingzhang.forms.glossary import word_for
from mingzhang.forms.packs import load_pack

if TYPE_CHECKING:
    from mingzhang.forms.classification import Entry
    from mingzhang.model.book import Book
    from mingzhang.model.disclosure import Disclosure
    from mingzhang.model.figure import Figure
    from mingzhang.sums.filters import Fact

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
    under = {f.id: f for f in facts_of(book) if f.id in set(figure.facts)}
    lines = tuple(TracedLine(f.id, f.amount, _described(f, book)) for f in under.values())
    return Traced(figure.printed, figure.unit, lines, sum(x.amount for x in lines))


def _described(fact: Fact, book: Book) -> str:
    """Describe a fact in Chinese: its project or economic class, function, fund, origin and unit."""
    names = edition(load_pack(book.pack).standards)
    value = fact.values.get
    function, economic = code_of(fact, "item"), value("economic", "")
    words = (
        _word("row", "out:carry") if value("flow") == "year_end" else "",
        next((p.name for p in book.projects if p.id == value("project")), ""),
        _named(names.function(function), function),
        _named(names.economic(economic), economic),
        _word("fund", value("fund", "")),
        _word("origin", value("origin", "")),
        unit_name_of(value("unit", ""), book),
    )
    return "；".join(w for w in words if w)


def _named(entry: Entry | None, code: str) -> str:
    return code if entry is None else f"{code} {entry.name}"


def _word(kind: str, identifier: str) -> str:
    word = word_for(identifier, kind) if identifier else None
    return identifier if word is None else word.name
