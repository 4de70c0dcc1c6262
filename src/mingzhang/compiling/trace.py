"""Where a printed figure comes from: down to the facts it sums."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import msgspec

from mingzhang.compiling.costings import shown_costing
from mingzhang.compiling.facts import facts_of
from mingzhang.compiling.layout import code_of, unit_name_of
from mingzhang.compiling.withheld import published, unsealed
from mingzhang.forms.classifications import edition
from mingzhang.forms.glossary import spoken
from mingzhang.forms.packs import load_pack
from mingzhang.model.language import gettext as _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mingzhang.forms.classification import Entry
    from mingzhang.model.book import Book
    from mingzhang.model.disclosure import Disclosure
    from mingzhang.model.figure import Figure
    from mingzhang.sums.filters import Fact

_CELL: Final = re.compile(r"(?P<table>\w+)\[(?P<row>.+)\]\.(?P<column>\w+)")


class TracedLine(msgspec.Struct, frozen=True):
    """One fact beneath a figure: its id, its amount in fen, its codes and names in short, how it was worked out."""

    id: str
    amount: int
    description: str
    costing: str = ""


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
    lines = lines_beneath(figure.facts, book)
    return Traced(figure.printed, figure.unit, lines, sum(x.amount for x in lines))


def lines_beneath(names: Sequence[str], book: Book) -> tuple[TracedLine, ...]:
    """List the facts behind the names under which a document's figures know them, in the book's order.

    What the book states outside its spending lines (procurement, last year's figures) is told by its path.
    """
    sources = published(book, load_pack(book.pack)).sources
    ids = {i for name in names for i in sources.get(name, ())}
    under = [f for f in facts_of(unsealed(book)) if f.id in ids]
    costings = {x.id: shown_costing(x, book) for x in book.spending if x.costing}
    return (
        *(TracedLine(f.id, f.amount, _described(f, book), costings.get(f.id, "")) for f in under),
        *(TracedLine(n, fen, _("底册所填")) for n in names if (fen := _stated(n, book)) is not None),
    )


def _stated(name: str, book: Book) -> int | None:
    """Give an amount that is no sum of spending lines by its path; None where there is none."""
    kind, _dot, key = name.partition(".")
    stated = {"last": book.last_year, "executed": book.last_executed}
    if kind == "procurement":
        amount: int | None = getattr(book.procurement, key, None)
        return amount
    return stated.get(kind, {}).get(key)


def _described(fact: Fact, book: Book) -> str:
    """Describe a fact: its project or economic class, function, fund, origin and unit."""
    names = edition(load_pack(book.pack).standards)
    value = fact.values.get
    function, economic = code_of(fact, "item"), value("economic", "")
    words = (
        spoken("out:carry", "row") if value("flow") == "year_end" else "",
        next((p.name for p in book.projects if p.id == value("project")), ""),
        _named(names.function(function), function),
        _named(names.economic(economic), economic),
        spoken(value("fund", ""), "fund"),
        spoken(value("origin", ""), "origin"),
        unit_name_of(value("unit", ""), book),
    )
    return _("；").join(w for w in words if w)


def _named(entry: Entry | None, code: str) -> str:
    return code if entry is None else f"{code} {entry.name}"
