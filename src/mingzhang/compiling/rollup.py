"""A department's book out of its units' books: every line keeps its unit, what is each unit's is added up.

Identifiers get the unit's code before them (`205003.s001`), so that those of two books never meet. What no sum gives
(the department's duties and words, its own targets, last year's figures where units do not state them alike) comes
from the own office's book, or from a book of the department itself that has no lines of its own.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, TypeVar

from msgspec.structs import replace

from mingzhang.compiling.members import renamed
from mingzhang.compiling.transfers import net_of_transfers
from mingzhang.model.book import Assets, Member, Procurement, Staffing
from mingzhang.model.fault import Fault, InvalidBook
from mingzhang.model.language import gettext as _

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from mingzhang.model.book import Book

T = TypeVar("T", Assets, Procurement, Staffing)


def rolled_up(books: Sequence[Book], department: Book | None = None, *, names: Sequence[str] = ()) -> Book:
    """Make the book of a department: one book a unit, the own office's among them.

    `department` is a book of the department as a whole, without lines: its words, pack, claims and figures of last year
    go before what units add up to. `names` are what to call the books in messages, such as their files.

    Raises:
        InvalidBook: books of different years or packs, one unit twice, no own office or two, money between units that
            is not given as it is received; everything that is wrong, each with its place.
    """
    _must_fit(books, department, names or [b.unit_name for b in books])
    office = next(b for b in books if b.scope == "own_office")
    ordered = (office, *(b for b in books if b is not office))
    parts = [_as_part(b) for b in ordered]
    whole = replace(
        office if department is None else department,
        scope="aggregate",
        unit_type=office.unit_type,
        members=tuple(
            Member(code=b.unit_code, name=b.unit_name, unit_type=b.unit_type, staffing=b.staffing) for b in ordered
        ),
        spending=tuple(x for p in parts for x in p.spending),
        year_end=tuple(x for p in parts for x in p.year_end),
        projects=tuple(x for p in parts for x in p.projects),
        staffing=_together(b.staffing for b in ordered),
        procurement=_together(b.procurement for b in ordered),
        assets=_together(b.assets for b in ordered),
        claims=(*(department.claims if department is not None else ()), *(c for p in parts for c in p.claims)),
        withheld=tuple(w for p in parts for w in p.withheld),
        adjustments=tuple(sorted((a for p in parts for a in p.adjustments), key=lambda a: a.date)),
    )
    whole = replace(whole, **_of_department(department, ordered))
    net_of_transfers(whole)
    return whole


def _of_department(department: Book | None, books: Sequence[Book]) -> dict[str, Any]:
    """Give what is the department's as a whole: as its own book has it, else as far as the units' books give it."""
    office = books[0]
    if department is None:
        own: dict[str, Any] = {"department_goals": None, "reasons": {}, "notes": {}, "clearances": {}, "extra": {}}
    else:
        own = {"unit_code": department.unit_code or office.unit_code}
    if department is None or not department.last_year:
        own["last_year"] = _last_year(books)
        own["last_year_basis"] = office.last_year_basis
        own["last_year_bases"] = {k: b for k, b in office.last_year_bases.items() if k in own["last_year"]}
    if department is None or not department.last_executed:
        known = all(b.last_executed for b in books)
        own["last_executed"] = _by_key([b.last_executed for b in books]) if known else {}
    if department is None or not department.formerly:
        own["formerly"] = tuple(dict.fromkeys(f for b in books for f in b.formerly))
    return own


def _must_fit(books: Sequence[Book], department: Book | None, names: Sequence[str]) -> None:
    if not books:
        raise InvalidBook([Fault(_("没有单位底册可汇总"))])
    named = list(zip(names, books, strict=True))
    problems = [p for name, book in named for p in _wrong_unit(name, book, named)]
    problems += _wrong_offices(named)
    if department is not None:
        problems += _differing(department.unit_name, department, named[0])
        if department.spending or department.year_end:
            problems.append(Fault(_("部门的底册里不应有支出明细和年终结转"), place=department.unit_name))
    if problems:
        raise InvalidBook(problems)


def _wrong_unit(name: str, book: Book, named: Sequence[tuple[str, Book]]) -> Iterator[Fault]:
    """Say why a book is not that of one unit of the same department, year and form as the others."""
    yield from _differing(name, book, named[0])
    if book.pack != named[0][1].pack:
        text = _("表样是 {pack}，“{other}”是 {first}")
        yield Fault(text.format(pack=book.pack, other=named[0][0], first=named[0][1].pack), place=name)
    if not book.unit_code:
        yield Fault(_("没有单位代码，无法汇总"), place=name)
    elif sum(b.unit_code == book.unit_code for _name, b in named) > 1:
        yield Fault(_("单位代码 {code} 重复").format(code=book.unit_code), place=name)
    if book.scope == "aggregate" or any(m.code != book.unit_code for m in book.members):
        hint = _("“编报范围”应为部门本级或所属单位。")
        yield Fault(_("是部门汇总的底册，不是一个单位的"), place=name, hint=hint)
    ids = Counter([x.id for x in book.spending] + [x.id for x in book.year_end])
    for line, times in ids.items():
        if times > 1:
            yield Fault(_("明细编号“{name}”出现了 {times} 次").format(name=line, times=times), place=name)


def _differing(name: str, book: Book, first: tuple[str, Book]) -> Iterator[Fault]:
    """Say in what a book differs from the first that all must have alike."""
    other, alike = first
    if book.year != alike.year:
        text = _("年度是 {year}，“{other}”是 {first}")
        yield Fault(text.format(year=book.year, other=other, first=alike.year), place=name)
    if book.last_year and alike.last_year and book.last_year_basis != alike.last_year_basis:
        yield Fault(_("上年数口径与“{other}”不同").format(other=other), place=name)


def _wrong_offices(named: Sequence[tuple[str, Book]]) -> Iterator[Fault]:
    offices = [n for n, b in named if b.scope == "own_office"]
    hint = _("“编报范围”是部门本级的底册应正好一本。")
    if not offices:
        yield Fault(_("没有部门本级的底册"), hint=hint)
    elif len(offices) > 1:
        yield Fault(_("部门本级的底册不止一本：{names}").format(names=_("、").join(offices)), hint=hint)


def _as_part(book: Book) -> Book:
    """Give a unit's book as a part of the department's: identifiers with its code, every fact with its unit."""
    code = book.unit_code
    part = renamed(book, lambda i: f"{code}.{i}")
    return replace(
        part,
        spending=tuple(replace(x, unit=code) for x in part.spending),
        year_end=tuple(replace(x, unit=code) for x in part.year_end),
        projects=tuple(replace(p, unit=code) for p in part.projects),
        claims=tuple(replace(c, unit=code) for c in part.claims),
    )


def _together(parts: Iterable[T]) -> T:
    """Add up counts and amounts, also those by kind; a text stays where it is the same everywhere."""
    known = list(parts)
    values: dict[str, Any] = {}
    for field in known[0].__struct_fields__:
        own = [getattr(p, field) for p in known]
        if isinstance(own[0], dict):
            values[field] = _by_key(own)
        elif isinstance(own[0], str):
            texts = {t for t in own if t}
            values[field] = texts.pop() if len(texts) == 1 else ""
        else:
            values[field] = sum(own)
    return replace(known[0], **values)


def _by_key(parts: Sequence[dict[str, int]]) -> dict[str, int]:
    return {k: sum(p.get(k, 0) for p in parts) for k in dict.fromkeys(k for p in parts for k in p)}


def _last_year(books: Sequence[Book]) -> dict[str, int]:
    """Add up last year's figures that every unit states alike; what passed between units cannot be told from totals."""
    keys = [k for k in books[0].last_year if all(k in b.last_year for b in books)]
    keys = [k for k in keys if len({b.last_year_bases.get(k, b.last_year_basis) for b in books}) == 1]
    if any(x.transfer_to or x.transfer_from for b in books for x in b.spending):
        keys = [k for k in keys if k.startswith("three_public") or k == "operating_cost"]
    return {k: sum(b.last_year[k] for b in books) for k in keys}
