"""All documents of a department out of one set of books: the department's, its own office's, each unit's.

Every document adds up by itself. Where the form asks it (`additive_with_units` in its pack), a figure of
the department's document that sums facts of several units is also the sum of the units' figures as they print them:
the figures of all documents are chosen together. A certificate is asked of each document, and each such sum is looked
at as it is printed.
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
from mingzhang.compiling.rollup_ties import Tie, is_certified, of_unit, own_additive, ties_of
from mingzhang.compiling.withheld import is_withholding
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
    could not be, because the documents could not add up by themselves otherwise. `sealed` tells that no figures were
    tied because something is withheld.
    """

    book: Book
    documents: Mapping[str, Compiled]
    ties: int = 0
    apart: tuple[str, ...] = ()
    sealed: bool = False


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
        Revealed: a withheld amount could be computed from the documents.
    """
    whole = rolled_up(books, department, names=names)
    everyone = [(WHOLE, whole), *((m.code, next(b for b in books if b.unit_code == m.code)) for m in whole.members)]
    pack = load_pack(whole.pack)
    if together is None:
        together = pack.additive_with_units
    if not together or is_withholding(whole):
        return Documents(book=whole, documents=_each(everyone), sealed=together)
    documents, chosen, ties, loose = _rounded([_half_up(code, book) for code, book in everyone])
    made = {d.code: _finished(d, chosen) for d in documents}
    printed = {d.code: Figures(d.disclosure, d.pack) for d in documents}
    apart = (*loose, *(t for t in ties if not t.holds(printed)))
    return Documents(
        book=whole, documents=made, ties=len(ties) + len(loose) - len(apart), apart=tuple(t.figure for t in apart)
    )


def _each(everyone: Sequence[tuple[str, Book]]) -> dict[str, Compiled]:
    """Compile each document by itself; what is withheld must not follow from all of them together either."""
    made = {code: compile_book(book) for code, book in everyone if code != WHOLE}
    whole = dict(everyone)[WHOLE]
    beside = tuple(c.disclosure for c in made.values()) if is_withholding(whole) else ()
    return {WHOLE: compile_book(whole, beside=beside), **made}


def _half_up(code: str, book: Book) -> _Document:
    pack = load_pack(book.pack)
    disclosure = disclosure_of(book, pack)
    return _Document(code, book, pack, disclosure, links_of(book, pack, facts_of(book, pack), disclosure))


def _rounded(documents: list[_Document]) -> tuple[list[_Document], Additive, tuple[Tie, ...], tuple[Tie, ...]]:
    """Choose the digits of all documents, again while another choice makes other sentences.

    Gives the documents as printed, the digits, the ties that hold, and those that had to be let go.
    """
    loose: dict[str, Tie] = {}
    for _ in range(_ROUNDS):
        found = ties_of([(d.code, d.links) for d in documents])
        chosen, ties = _tied(documents, [t for t in found if t.figure not in loose])
        loose |= {t.figure: t for t in found if t not in ties}
        documents = [_printed(d, chosen) for d in documents]
        if all(Figures(d.disclosure, d.pack).said.keys() == d.links.said for d in documents):
            break
        documents = [replace(d, links=_later(d)) for d in documents]
    return documents, chosen, ties, tuple(loose.values())


def _tied(documents: Sequence[_Document], ties: Sequence[Tie]) -> tuple[Additive, tuple[Tie, ...]]:
    """Choose the digits with as many ties as can hold; of those that contradict each other the last is let go."""
    kept = list(ties)
    while True:
        chosen = _chosen(documents, kept)
        wrong = [t for t in kept if t.sum.terms and t.sum in set(chosen.because)]
        if not wrong:
            return chosen, tuple(kept)
        kept.remove(wrong[-1])


def _chosen(documents: Sequence[_Document], ties: Sequence[Tie]) -> Additive:
    variables = [of_unit(v, d.code) for d in documents for v in d.links.variables]
    sums = [
        Sum(tuple((c, of_unit(v, d.code)) for c, v in s.terms), s.relation) for d in documents for s in d.links.sums
    ]
    anchors = [of_unit(a, d.code) for d in documents for a in d.links.anchors]
    return round_together(variables, [*(t.sum for t in ties if t.sum.terms), *sums], anchors)


def _printed(document: _Document, chosen: Additive) -> _Document:
    """Print a document with the digits chosen, and the shares that follow from them."""
    own = own_additive(chosen, document.links, document.code)
    return replace(document, disclosure=disclosure_of(document.book, document.pack, own))


def _later(document: _Document) -> Links:
    facts = facts_of(document.book, document.pack)
    return also(document.links, links_of(document.book, document.pack, facts, document.disclosure))


def _finished(document: _Document, chosen: Additive) -> Compiled:
    own = own_additive(chosen, document.links, document.code)
    disclosure = document.disclosure
    if is_certified(disclosure, document.pack, document.links):
        disclosure = replace(disclosure, rounding="additive")
    return finished(document.book, document.pack, disclosure, departures_of(document.links, own))
