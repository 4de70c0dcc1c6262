"""Book → Disclosure: the whole document, every figure derived from the facts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from mingzhang import __version__
from mingzhang.compiling.admission import must_fit
from mingzhang.compiling.claims import Contradiction, contradicted_claims
from mingzhang.compiling.facts import facts_of, withheld_of
from mingzhang.compiling.performance import forms_of
from mingzhang.compiling.tables import filled, tables_of
from mingzhang.compiling.wording import written_part
from mingzhang.forms.packs import load_pack
from mingzhang.forms.terms import used_terms
from mingzhang.model.disclosure import ContentsEntry, Disclosure, Publication
from mingzhang.model.finding import Finding
from mingzhang.rules.engine import check

if TYPE_CHECKING:
    from mingzhang.forms.pack import Pack
    from mingzhang.model.book import Book


class Compiled(msgspec.Struct, frozen=True, kw_only=True):
    """A compiled document and what is to be known about it.

    `broken` holds the findings on identities that rounding half-up breaks, `withheld_left_out` the ids of the spending lines
    that may not be published, `contradictions` the claims that the facts do not bear out.
    """

    disclosure: Disclosure
    broken: tuple[Finding, ...] = ()
    withheld_left_out: tuple[str, ...] = ()
    contradictions: tuple[Contradiction, ...] = ()


def compile_book(book: Book, pack: Pack | None = None) -> Compiled:
    """Compile a book into the form of its pack, or of another; the same book always gives the same document.

    Raises:
        InvalidPack: the book names a pack that there is not.
        InvalidBook: a fact has no place in the form.
    """
    pack = pack or load_pack(book.pack)
    disclosure = disclosure_of(book, pack)
    return Compiled(
        disclosure=disclosure,
        broken=tuple(f for f in check(disclosure, pack=pack) if f.explained_by_rounding),
        withheld_left_out=withheld_of(book),
        contradictions=contradicted_claims(book, pack, disclosure),
    )


def disclosure_of(book: Book, pack: Pack) -> Disclosure:
    """Derive the document alone, unchecked.

    Raises:
        InvalidBook: a fact has no place in the form.
    """
    facts = facts_of(book, pack)
    must_fit(book, pack, facts)
    tables = tables_of(book, pack, facts)
    sections = written_part(book, pack, facts, tables)
    project_forms, department_form = forms_of(book, pack, facts)
    return Disclosure(
        pack=pack.ref,
        producer=f"mingzhang {__version__}",
        kind=book.kind,
        scope=book.scope,
        year=book.year,
        version=book.version,
        division=book.division,
        unit_code=book.unit_code,
        unit_name=book.unit_name,
        unit_type=book.unit_type,
        tables=tables,
        sections=sections,
        project_forms=project_forms,
        department_form=department_form,
        glossary=used_terms(pack, [f for f in facts if f.amount], {s.key for s in sections}),
        publication=_publication(book, pack),
    )


def _publication(book: Book, pack: Pack) -> Publication:
    """Give the cover's lines and the headings of the parts; the contents list needs pages, which documents have."""
    return Publication(
        cover=(book.unit_name, filled(pack.title, book.year)),
        parts=tuple(ContentsEntry(filled(p.heading, book.year)) for p in pack.parts),
    )
