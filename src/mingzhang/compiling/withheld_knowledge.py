"""What a published document tells of the facts: every figure it prints is a sum of some, as exact as its last digit.

Whoever reads it is taken to know the form, which lines there are, how each is coded, and which of them are withheld:
everything but the amounts.
"""

from __future__ import annotations

from itertools import chain, combinations
from typing import TYPE_CHECKING, Final

from msgspec.structs import replace

from mingzhang.compiling.book_sums import book_money
from mingzhang.compiling.facts import facts_of
from mingzhang.compiling.members import book_of
from mingzhang.compiling.tables import PlannedTables
from mingzhang.compiling.transfers import passed_on, units_of
from mingzhang.compiling.withheld import POLICIES, Published, published, unsealed
from mingzhang.forms.expressions import Named
from mingzhang.forms.narrative import narrative_of
from mingzhang.model.figure import number
from mingzhang.model.keys import numbered
from mingzhang.model.units import ATOMS_PER_FEN, is_money
from mingzhang.sums.filters import FactMasks
from mingzhang.sums.inference import Known

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from mingzhang.compiling.withheld import Policy
    from mingzhang.forms.pack import Pack
    from mingzhang.model.book import Book
    from mingzhang.model.disclosure import Disclosure
    from mingzhang.model.figure import Figure
    from mingzhang.model.performance import Funds

    Printed = tuple[str, Figure]
    Facts = tuple[str, ...]

FUNDS: Final = ("total", "central", "provincial", "municipal", "county", "self_raised", "other")
_FORM: Final = "form"
_MANY: Final = 6
"""With more entries than these only one, all but one, or all of them are tried as absent from another document."""


def told_by(disclosure: Disclosure, shown: Published, pack: Pack, truth: Mapping[str, int]) -> list[Known]:
    """Say what a document just made of what may be published tells of the whole book's amounts."""
    found = []
    sums = _sums_of_the_book(disclosure, shown.book, pack)
    for key, figure in figures_of(disclosure):
        ids = _whole(figure.facts or sums.get(key, ()), shown.sources)
        known = _known(key, figure, ids, truth, additive=disclosure.rounding == "additive", own=True)
        if known is not None:
            found.append(known)
    costed = ((i, x.costing) for x in shown.book.spending for i in shown.sources[x.id])
    return [*found, *_periods(disclosure, shown.book, shown.sources, truth), *_costings(disclosure, costed, truth)]


def told_by_tables(shown: Published, pack: Pack, truth: Mapping[str, int]) -> list[Known]:
    """Say what the tables alone would tell of the whole book's amounts, were they printed half-up: part of `told_by`."""
    book = shown.book
    planned = PlannedTables(book, pack, FactMasks(facts_of(book, pack)))
    found = (
        _known(
            f"{n}",
            number(variable.half_up, variable.unit, variable.places, grouped=False),
            _whole(ids, shown.sources),
            truth,
            additive=False,
            own=True,
        )
        for n, (variable, ids) in enumerate(planned.sums)
    )
    return [known for known in found if known is not None]


def told_elsewhere(
    document: Disclosure,
    book: Book,
    pack: Pack,
    shown: Published,
    *,
    make: Callable[[Book], Disclosure],
    truth: Mapping[str, int],
) -> tuple[list[Known], int]:
    """Say what another document of the same year tells: an earlier version, a unit's or the department's own.

    Its figures stand for what figures of the same place do where nothing is withheld, else where everything is as it
    is now published, is merged or is left out; `make` makes these documents. A figure that fits none of them may still
    be of all but some of what is withheld: each entry may have been treated in its own way. Figures that fit nothing
    were made of other facts: they are counted, and tell nothing for certain.
    """
    places: list[dict[str, Facts]] = []
    for view in _views(document, book, pack, shown):
        made = figures_of(make(view.book))
        places.append({key: _whole(figure.facts, view.sources) for key, figure in made})
    found, strange = list(_costings(document, ((x.id, x.costing) for x in book.spending), truth)), 0
    absent = _absent(shown)
    for key, figure in figures_of(document):
        if not figure.is_number or not is_money(figure.unit):
            continue
        whole = [place[key] for place in places if place.get(key)]
        fewer = (tuple(i for i in ids if i not in out) for out in absent for ids in whole)
        ways = (
            _known(key, figure, ids, truth, additive=document.rounding == "additive", own=False)
            for ids in chain(whole, fewer)
        )
        known = next((k for k in ways if k is not None), None)
        if known is not None:
            found.append(known)
        elif figure.digits and whole:
            strange += 1
    return found, strange


def _absent(shown: Published) -> list[frozenset[str]]:
    """Give the lines that a document may be without: those of some entries of what is withheld, few before many."""
    entries: dict[str, frozenset[str]] = {}
    for secret in shown.secrets:
        entries[secret.entry] = entries.get(secret.entry, frozenset()) | secret.lines
    own = list(entries.values())
    counts = range(1, len(own) + 1) if len(own) <= _MANY else (1, len(own) - 1, len(own))
    return [frozenset().union(*some) for n in counts for some in combinations(own, n)]


def _views(document: Disclosure, book: Book, pack: Pack, shown: Published) -> Iterator[Published]:
    """Give what a document may have been made of: the whole book's facts, or a unit's, as far as they were published.

    A unit's own document still has what it gave to other units, which the whole book counts where it is spent.
    """
    for view in (_as_it_is(unsealed(book)), shown, *(published(_all(book, p), pack) for p in POLICIES)):
        yield replace(view, book=_part(view.book, document))
    own = _part(book, document)
    if own is not book and any(True for _pair in passed_on(book)):
        yield from (published(x, pack) for x in (own, *(_all(own, p) for p in POLICIES)))


def _as_it_is(book: Book) -> Published:
    return Published(book, {i: (i,) for i in (*(x.id for x in book.spending), *(y.id for y in book.year_end))})


def _all(book: Book, policy: Policy) -> Book:
    """Treat everything withheld alike."""
    return replace(book, withheld=tuple(replace(w, policy=policy) for w in book.withheld))


def figures_of(disclosure: Disclosure) -> Iterator[Printed]:
    """List every figure of a document with its key: tables, sentences, charts and forms."""
    for table in disclosure.tables:
        for row in table.rows:
            for column, figure in row.cells.items():
                yield f"{table.id}[{row.key}].{column}", figure
    slots = [s for x in disclosure.sections for p in x.paragraphs for s in p.slots if s.key and s.figure is not None]
    for key, slot in zip(numbered(s.key for s in slots), slots, strict=True):
        if slot.figure is not None:
            yield key, slot.figure
    for chart in (c for x in disclosure.sections for c in x.charts):
        for item in chart.items:
            yield f"{chart.key}[{item.label}]", item.figure
    yield from _of_forms(disclosure)


def _of_forms(disclosure: Disclosure) -> Iterator[Printed]:
    names = numbered(f.project for f in disclosure.project_forms)
    for name, form in zip(names, disclosure.project_forms, strict=True):
        yield from _funds(f"{_FORM}[{name}].annual", form.annual_funds)
        yield from _funds(f"{_FORM}[{name}].period", form.period_funds)
    if (department := disclosure.department_form) is not None:
        for side in ("by_source", "by_use"):
            for key, figure in getattr(department, side).items():
                yield f"department.{side}.{key}", figure


def _funds(key: str, funds: Funds) -> Iterator[Printed]:
    yield from ((f"{key}.{f}", figure) for f in FUNDS if (figure := getattr(funds, f)) is not None)


def _part(book: Book, document: Disclosure) -> Book:
    """Give the facts that a document is of: all, or one unit's."""
    if document.scope in {book.scope, "aggregate"} or not document.unit_code:
        return book
    own = document.unit_code
    if own in units_of(book):
        return book_of(book, own, renaming=False)
    return replace(book, spending=(), year_end=())


def _whole(ids: Facts, sources: Mapping[str, Facts]) -> Facts:
    return tuple(i for name in ids for i in sources[name])


def _known(
    key: str, figure: Figure, ids: Facts, truth: Mapping[str, int], *, additive: bool, own: bool
) -> Known | None:
    """Say what one figure tells; of a figure of another document nothing where it is not that of these facts."""
    ids = tuple(i for i in ids if truth[i])
    if not ids or not figure.is_number or not is_money(figure.unit):
        return None
    step = figure.step // ATOMS_PER_FEN
    value = figure.atoms // ATOMS_PER_FEN
    far = abs(sum(truth[i] for i in ids) - value)
    exact = step <= 1 or key.startswith(_FORM)
    room = 0 if exact else step - 1 if additive else step // 2
    if far > room:
        if not own:
            return None
        room = (far // step + 1) * step - 1 if step > 1 else far  # a figure that sums have moved further
    return Known(tuple((i, 1) for i in ids), value - room, value + room, (key,))


def _sums_of_the_book(disclosure: Disclosure, book: Book, pack: Pack) -> dict[str, Facts]:
    """Give the facts of sentences that state sums which no table prints."""
    money = {f"{path}": tuple(v.facts) for path, v in book_money(book, facts_of(book, pack))}
    found: dict[str, Facts] = {}
    for section in disclosure.sections:
        for slot in (s for p in section.paragraphs for s in p.slots if s.key):
            declared = narrative_of(pack).declaration(slot.key, section.key)
            tree = None if declared is None else declared.tree
            if isinstance(tree, Named) and tree.source == "book" and tree.name.startswith("spending."):
                found.setdefault(slot.key, money.get(tree.name, ()))
    return found


def _costings(document: Disclosure, costings: Iterable[tuple[str, str]], truth: Mapping[str, int]) -> Iterator[Known]:
    """Say that a costing which a document shows tells its line's amount to the fen."""
    wanted = [(i, "".join(c.split())) for i, c in costings if c.strip()]
    texts = [t for f in document.project_forms for t in (f.overview, f.basis, f.necessity, f.safeguards, f.plan)]
    texts += [p.text for s in document.sections for p in s.paragraphs] if wanted else []
    words = ["".join(t.split()) for t in texts]
    for i, costing in wanted:
        if truth[i] and any(costing in t for t in words):
            yield Known(((i, 1),), truth[i], truth[i], (f"costing[{i}]",))


def _periods(
    disclosure: Disclosure, book: Book, sources: Mapping[str, Facts], truth: Mapping[str, int]
) -> Iterator[Known]:
    """Say that what a project has this year is no more than what its form prints for the whole period."""
    projects = {p.name: p.id for p in book.projects if p.disclosed}
    for form in disclosure.project_forms:
        total = form.period_funds.total
        if total is None or not total.is_number or total.facts:
            continue
        lines = [x.id for x in book.spending if x.project == projects.get(form.project)]
        ids = tuple(i for i in _whole(tuple(lines), sources) if truth[i])
        high = total.atoms // ATOMS_PER_FEN
        if ids and sum(truth[i] for i in ids) <= high:
            yield Known(tuple((i, 1) for i in ids), None, high, (f"{_FORM}[{form.project}].period.total",))
