"""The forms that a changed target asks for (调整申报表): a project's form as it is after the change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from mingzhang import __version__
from mingzhang.compiling.facts import facts_of
from mingzhang.compiling.ledger import adjusted
from mingzhang.compiling.performance import project_forms
from mingzhang.compiling.tables import filled
from mingzhang.forms.packs import load_pack
from mingzhang.forms.performance import folded_label
from mingzhang.forms.performance_read import performance_forms
from mingzhang.model.disclosure import Disclosure, Publication

if TYPE_CHECKING:
    from mingzhang.forms.pack import Pack
    from mingzhang.forms.performance import ProjectTexts
    from mingzhang.model.book import Book
    from mingzhang.model.ledger import Ledger
    from mingzhang.model.performance import ProjectForm


def adjustment_forms(book: Book, ledger: Ledger, pack: Pack | None = None) -> tuple[ProjectForm, ...]:
    """Fill in the form of every project whose target a ledger changes, with the adjusted money; `book` is the approved one.

    Nothing is filled in where the place has no such form, for a project that is withheld, or one without money left.

    Raises:
        InvalidBook: the ledger does not fit the book.
    """
    pack = pack or load_pack(book.pack)
    forms = performance_forms(pack)
    if forms is None:
        return ()
    after = adjusted(book, ledger)
    dates = {t.project: t.date for t in sorted(ledger.targets, key=lambda t: t.date)}
    changed = tuple(
        replace(p, disclosed=True, filled_at=dates[p.id]) for p in after.projects if p.id in dates and not p.withheld
    )
    made = project_forms(replace(after, projects=changed), pack, facts_of(after, pack))
    title = _title(forms.project, book.year)
    return tuple(replace(f, kind="adjustment", title=title) for f in made)


def forms_document(book: Book, forms: tuple[ProjectForm, ...], pack: Pack | None = None) -> Disclosure:
    """Put forms into a document of their own, to be printed and handed in; it publishes nothing."""
    pack = pack or load_pack(book.pack)
    return Disclosure(
        pack=pack.ref,
        producer=f"mingzhang {__version__}",
        kind=book.kind,
        scope=book.scope,
        year=book.year,
        division=book.division,
        unit_code=book.unit_code,
        unit_name=book.unit_name,
        unit_type=book.unit_type,
        project_forms=forms,
        publication=Publication(cover=(book.unit_name, forms[0].title if forms else "")),
    )


def _title(texts: ProjectTexts, year: int) -> str:
    """Give the title of the form of a change: that of the place's form, ending as such forms end."""
    wanted = next((ending for kind, ending in texts.titles if kind == "adjustment"), "")
    own = {ending for kind, ending in texts.titles if kind == texts.kind}
    title = filled(texts.title, year)
    cut = next((n for n in range(len(title)) if folded_label(title[n:]) in own), None)
    return wanted if cut is None else title[:cut] + wanted
