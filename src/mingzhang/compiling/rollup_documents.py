"""All documents of a department out of one set of books: the department's, its own office's, each unit's.

Every document adds up by itself. Where the form asks it (`additive_with_units` among a pack's defaults), a figure of
the department's document that sums facts of several units is also the sum of the units' figures as they print them:
the figures of all documents are chosen together, and one certificate is asked of all of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

import msgspec
from msgspec.structs import replace

from mingzhang.compiling.additivity import Links, also, links_of
from mingzhang.compiling.compile import Compiled, compile_book, disclosure_of, finished
from mingzhang.compiling.departures import departures_of
from mingzhang.compiling.facts import facts_of
from mingzhang.compiling.rollup import rolled_up
from mingzhang.compiling.rollup_ties import Tie, certified, of_unit, own_additive, ties_of
from mingzhang.forms.pack import Pack
from mingzhang.forms.packs import load_pack
from mingzhang.model.book import Book
from mingzhang.model.disclosure import Disclosure
from mingzhang.rules.figures import Figures
from mingzhang.sums.additive import Sum, round_together

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mingzhang.sums.additive import Additive

_ROUNDS: Final = 4
WHOLE: Final = ""
"""The key of the department's own document among the documents of all."""


class Documents(msgspec.Struct, frozen=True, kw_only=True):
    """The documents of a department by unit code, the department's first under `WHOLE`, with its book.

    `ties` is how many figures of the department are sums of the units' as printed; `apart` names those figures that
    could not be, because the documents could not add up by themselves otherwise.
    """

    book: Book
    documents: Mapping[str, Compiled]
    ties: int = 0
    apart: tuple[str, ...] = ()


class _Document(msgspec.Struct, frozen=True):
    """One document on its way: what it is made from, how it is printed now, and what ties its figures together."""

    code: str
    book: Book
    pack: Pack
    disclosure: Disclosure
    links: Links


def compile_department(
    books: Sequence[Book],
    department: Book | None = None,
    *,
    names: Sequence[str] = (),
    together: bool | None = None,
) -> Documents:
    """Compile the document of a department and of each of its units; `together` overrides what the form asks.

    Raises:
        InvalidBook: the books do not fit together (see `rolled_up`), or a fact has no place in the form.
        InvalidPack: a book names a pack that there is not.
    """
    whole = rolled_up(books, department, names=names)
    everyone = [(WHOLE, whole), *((m.code, next(b for b in books if b.unit_code == m.code)) for m in whole.members)]
    pack = load_pack(whole.pack)
    if together is None:
        together = pack.defaults.get("additive_with_units") is True
    if not together:
        return Documents(book=whole, documents={code: compile_book(book) for code, book in everyone})
    documents = [_half_up(code, book) for code, book in everyone]
    documents, chosen, ties = _rounded(documents)
    if chosen.unmet or (chosen.beyond and ties):
        made = {code: compile_book(book) for code, book in everyone}
        return Documents(book=whole, documents=made, apart=_apart(documents, made, ties))
    holds = certified(ties, [(d.code, d.disclosure, d.pack, d.links) for d in documents])
    made = {d.code: _finished(d, chosen, holds=holds) for d in documents}
    return Documents(book=whole, documents=made, ties=len(ties))


def _half_up(code: str, book: Book) -> _Document:
    pack = load_pack(book.pack)
    disclosure = disclosure_of(book, pack)
    return _Document(code, book, pack, disclosure, links_of(book, pack, facts_of(book, pack), disclosure))


def _rounded(documents: list[_Document]) -> tuple[list[_Document], Additive, tuple[Tie, ...]]:
    """Choose the digits of all documents, again while another choice makes other sentences."""
    half_up = documents
    for _ in range(_ROUNDS):
        ties = ties_of([(d.code, d.links) for d in documents])
        chosen = _chosen(documents, ties)
        printed = [_printed(d, first, chosen) for d, first in zip(documents, half_up, strict=True)]
        settled = all(Figures(d.disclosure, d.pack).said.keys() == d.links.said for d in printed)
        if settled:
            return printed, chosen, ties
        documents = [replace(d, links=_later(d)) for d in printed]
    return printed, chosen, ties


def _chosen(documents: Sequence[_Document], ties: Sequence[Tie]) -> Additive:
    variables = [of_unit(v, d.code) for d in documents for v in d.links.variables]
    sums = [
        Sum(tuple((c, of_unit(v, d.code)) for c, v in s.terms), s.relation) for d in documents for s in d.links.sums
    ]
    anchors = [of_unit(a, d.code) for d in documents for a in d.links.anchors]
    return round_together(variables, [*sums, *(t.sum for t in ties if t.sum.terms)], anchors)


def _printed(document: _Document, half_up: _Document, chosen: Additive) -> _Document:
    own = own_additive(chosen, document.links, document.code)
    if not own.departures:
        return replace(document, disclosure=half_up.disclosure)
    return replace(document, disclosure=disclosure_of(document.book, document.pack, own))


def _later(document: _Document) -> Links:
    facts = facts_of(document.book, document.pack)
    return also(document.links, links_of(document.book, document.pack, facts, document.disclosure))


def _finished(document: _Document, chosen: Additive, *, holds: bool) -> Compiled:
    own = own_additive(chosen, document.links, document.code)
    disclosure = replace(document.disclosure, rounding="additive") if holds else document.disclosure
    return finished(document.book, document.pack, disclosure, departures_of(document.links, own))


def _apart(documents: Sequence[_Document], made: Mapping[str, Compiled], ties: Sequence[Tie]) -> tuple[str, ...]:
    """Name the department's figures that are not the sums of the units' figures as printed."""
    printed = {d.code: Figures(made[d.code].disclosure, d.pack) for d in documents}
    return tuple(tie.figure for tie in ties if not tie.holds(printed))
