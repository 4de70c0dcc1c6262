"""Book → Disclosure: the whole document, every figure derived from the facts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import msgspec

from mingzhang import __version__
from mingzhang.compiling.adding_up import add_up
from mingzhang.compiling.admission import must_be_of_kind, must_fit
from mingzhang.compiling.claims import Contradiction, contradicted_claims
from mingzhang.compiling.clearances import clearances_due, cover_statements
from mingzhang.compiling.costings import CostingRemark, costing_remarks
from mingzhang.compiling.departures import Departure, with_doubts
from mingzhang.compiling.facts import facts_of, withheld_of
from mingzhang.compiling.holding import Standing
from mingzhang.compiling.last_year import Remark, compared
from mingzhang.compiling.overview import with_overview
from mingzhang.compiling.performance import department_form, project_forms
from mingzhang.compiling.reasons_due import ReasonDue, reasons_due
from mingzhang.compiling.tables import PlannedTables, filled
from mingzhang.compiling.withheld import is_withholding, published, unsealed
from mingzhang.compiling.withheld_check import must_be_protected
from mingzhang.compiling.withheld_inference import Setting
from mingzhang.compiling.withheld_words import mentions
from mingzhang.compiling.wording import WrittenPart
from mingzhang.forms.pack import part_heading
from mingzhang.forms.packs import load_pack
from mingzhang.forms.terms import used_terms
from mingzhang.model.disclosure import ContentsEntry, Disclosure, Publication
from mingzhang.model.finding import Finding
from mingzhang.rules.engine import explained_by_rounding
from mingzhang.rules.figures import Figures
from mingzhang.sums.filters import FactMasks
from mingzhang.sums.rounding import half_up_each

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from mingzhang.forms.pack import Pack
    from mingzhang.model.book import Book
    from mingzhang.sums.rounding import Rounding


class Compiled(msgspec.Struct, frozen=True, kw_only=True):
    """A compiled document and what is to be known about it.

    `departures` are the figures that are not half-up, so that all that is printed adds up; `broken` holds the findings
    on identities that rounding breaks, none where the document's rounding is additive. `withheld_left_out` are the ids
    of the spending lines that may not be published, `withheld_mentions` where typed words tell of them, `contradictions` the claims that the facts do not bear out,
    `costings` what is amiss with the costings of lines. `last_year` is what is to be known about the comparisons with
    last year, `reasons_due` the large changes for which the book gives no reason, `clearances_due` what the cover should say and
    the book does not.
    """

    disclosure: Disclosure
    departures: tuple[Departure, ...] = ()
    broken: tuple[Finding, ...] = ()
    withheld_left_out: tuple[str, ...] = ()
    withheld_mentions: tuple[str, ...] = ()
    contradictions: tuple[Contradiction, ...] = ()
    costings: tuple[CostingRemark, ...] = ()
    last_year: tuple[Remark, ...] = ()
    reasons_due: tuple[ReasonDue, ...] = ()
    clearances_due: tuple[str, ...] = ()


def compile_book(
    book: Book,
    pack: Pack | None = None,
    *,
    rounding: Literal["additive", "half_up"] = "additive",
    beside: Sequence[Disclosure] = (),
    earlier: Disclosure | None = None,
    held: Mapping[str, str] | None = None,
    last_year: Sequence[Disclosure] = (),
    charts: bool = False,
) -> Compiled:
    """Compile a book into the form of its pack, or of another; the same book always gives the same document.

    Figures of an `earlier` version of the document stay as they were printed wherever they can; `held` are figures by
    key (`table[row].column`, or a statement's) that must print what is given.

    `last_year` is last year's document, or those of the units that became this one: what the book does not state itself
    is compared with them. `charts` wants the charts of the whole document even where the form does not.

    What is withheld is in nothing that is printed. `beside` are other documents that are, or will be, published of the
    same facts: earlier versions, a unit's or the department's own.

    Raises:
        InvalidPack: the book names a pack that there is not.
        InvalidBook: a fact has no place in the form, or the book is of another kind of document.
        Revealed: a withheld amount could be computed from the document and those beside it.
        CannotBeHeld: no choice of digits leaves the figures that are held.
        UnknownHeldFigure: a figure that is to be held is none of the document's.
        Fault: a document is not last year's, or is another unit's.
    """
    pack = pack or load_pack(book.pack)
    must_be_of_kind(book, pack)
    comparison = compared(book, pack, last_year)
    book = comparison.book
    shown = published(book, pack)
    draft = Draft(shown.book, pack)
    disclosure = draft.disclosure()
    departures: tuple[Departure, ...] = ()
    figures: Figures | None = None
    if rounding == "additive":
        standing = Standing(earlier, dict(held or {}))
        added = add_up(shown.book, pack, disclosure, draft.disclosure, standing=standing, facts=draft.facts)
        disclosure, departures, figures = added.disclosure, added.departures, added.figures
    others = beside if earlier is None else (*beside, earlier)
    must_be_protected(book, setting_of(pack, others), disclosure, shown)
    made = finished(book, pack, disclosure, departures, figures)
    if charts or pack.style.overview:
        made = msgspec.structs.replace(made, disclosure=with_overview(made.disclosure, shown.book.last_year))
    return msgspec.structs.replace(made, last_year=comparison.remarks)


def setting_of(pack: Pack, beside: Sequence[Disclosure] = ()) -> Setting:
    """Give what withheld facts are judged by in a form."""
    return Setting(pack, lambda book: disclosure_of(book, pack), tuple(beside))


def finished(
    book: Book,
    pack: Pack,
    disclosure: Disclosure,
    departures: tuple[Departure, ...],
    figures: Figures | None = None,
) -> Compiled:
    """Put beside a document, its figures chosen, what is to be known about it; `figures` are its own, if laid out before."""
    if departures and (disclosure.rounding != "additive" or any(d.further for d in departures)):
        disclosure, figures = with_doubts(disclosure, departures), None
    figures = figures or Figures(disclosure, pack)
    # the certificate of a document that calls itself additive has asked all that would be asked here
    certified = disclosure.rounding == "additive"
    return Compiled(
        disclosure=disclosure,
        departures=departures,
        broken=() if certified else explained_by_rounding(disclosure, pack=pack, like=figures),
        withheld_left_out=withheld_of(book),
        withheld_mentions=mentions(published(book, pack)) if is_withholding(book) else (),
        contradictions=contradicted_claims(
            book, pack, disclosure_of(unsealed(book), pack) if is_withholding(book) else disclosure
        ),
        costings=costing_remarks(book),
        reasons_due=reasons_due(figures),
        clearances_due=clearances_due(book, pack),
    )


def disclosure_of(book: Book, pack: Pack, rounding: Rounding = half_up_each) -> Disclosure:
    """Derive the document alone, unchecked, rounded half-up or as told.

    Raises:
        InvalidBook: a fact has no place in the form.
    """
    return Draft(book, pack).disclosure(rounding)


class Draft:
    """A document but for its digits, to be printed with one choice of them after the other."""

    def __init__(self, book: Book, pack: Pack) -> None:
        """Take a book's facts.

        Raises:
            InvalidBook: a fact has no place in the form.
        """
        self._book, self._pack = book, pack
        self.facts = facts_of(book, pack)
        masks = FactMasks(self.facts)
        must_fit(book, pack, self.facts, masks)
        self._tables = PlannedTables(book, pack, masks)
        self._written = WrittenPart(book, pack, self.facts)
        self._project_forms = project_forms(book, pack, self.facts)
        self._publication = _publication(book, pack)

    def disclosure(self, rounding: Rounding = half_up_each) -> Disclosure:
        """Print the document."""
        book, pack, facts = self._book, self._pack, self.facts
        tables = self._tables.printed(rounding)
        sections = self._written.printed(tables, rounding, self._tables.moved)
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
            basis="adjusted" if book.adjustments else "initial",
            tables=tables,
            sections=sections,
            project_forms=self._project_forms,
            department_form=department_form(book, pack, facts, rounding),
            glossary=used_terms(pack, [f for f in facts if f.amount], {s.key for s in sections}),
            publication=self._publication,
        )


def _publication(book: Book, pack: Pack) -> Publication:
    """Give the cover's lines and the headings of the parts; the contents list needs pages, which documents have."""
    return Publication(
        cover=(book.unit_name, filled(pack.title, book.year)),
        statements=cover_statements(book, pack),
        parts=tuple(ContentsEntry(part_heading(p, book.unit_name, book.year)) for p in pack.parts),
    )
