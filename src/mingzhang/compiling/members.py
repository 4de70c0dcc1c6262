"""One unit's book out of the department's: its lines, projects, claims and people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from mingzhang.compiling.transfers import own_unit, units_of
from mingzhang.model.book import Assets, Procurement, Profile, Staffing
from mingzhang.model.fault import Fault
from mingzhang.model.language import gettext as _

if TYPE_CHECKING:
    from collections.abc import Callable

    from mingzhang.model.book import Book, Project


def book_of(book: Book, unit: str, *, renaming: bool = True) -> Book:
    """Give the book of one unit of a department, as far as the department's book tells what is the unit's.

    The unit's identifiers lose the unit's code that rolling up put before them, unless not `renaming`. What is the department's as a whole
    (assets, procurement, last year's figures, reasons, its own targets) stays out.

    Raises:
        Fault: the department has no such unit.
    """
    if unit not in units_of(book) or not unit:
        known = _("、").join(u for u in units_of(book) if u)
        raise Fault(_("底册中没有单位“{unit}”").format(unit=unit), hint=_("有：{units}").format(units=known))
    member = next((m for m in book.members if m.code == unit), None)
    is_own = unit == own_office_of(book)
    spending = tuple(replace(x, unit="") for x in book.spending if own_unit(x, book) == unit)
    year_end = tuple(replace(x, unit="") for x in book.year_end if (x.unit or book.unit_code) == unit)
    used = {x.project for x in spending}
    projects = tuple(
        _own_part(p, own=(p.unit or book.unit_code) == unit)
        for p in book.projects
        if (p.unit or book.unit_code) == unit or p.id in used
    )
    secrets = {x.withheld for x in spending} | {p.withheld for p in projects}
    lines = {x.id for x in spending}
    part = replace(
        book,
        scope="own_office" if is_own else "unit",
        unit_code=unit,
        unit_name=book.unit_name if member is None else member.name,
        unit_type=book.unit_type if member is None else member.unit_type,
        members=(),
        spending=spending,
        year_end=year_end,
        projects=projects,
        profile=Profile(duties=book.profile.duties) if is_own else Profile(),
        staffing=(None if member is None else member.staffing) or Staffing(),
        claims=tuple(replace(c, unit="") for c in book.claims if c.unit == unit),
        withheld=tuple(w for w in book.withheld if w.id in secrets),
        adjustments=tuple(a for a in book.adjustments if a.line in lines),
        procurement=Procurement(),
        assets=Assets(),
        department_goals=None,
        last_year={},
        last_year_bases={},
        last_executed={},
        reasons={},
        notes={},
        clearances={},
    )
    prefix = f"{unit}."
    qualified = renaming and all(i.startswith(prefix) for i in _identifiers(part))
    return renamed(part, lambda i: i.removeprefix(prefix)) if qualified else part


def own_office_of(book: Book) -> str:
    """Give the code of the department's own office: the book's own where it is a member, else the first member's."""
    codes = [m.code for m in book.members]
    return book.unit_code if book.unit_code in codes or not codes else codes[0]


def renamed(book: Book, name: Callable[[str], str]) -> Book:
    """Give a book whose lines, projects, claims and bases have other identifiers, everywhere they are named."""

    def called(identifier: str) -> str:
        return name(identifier) if identifier else ""

    return replace(
        book,
        spending=tuple(
            replace(x, id=name(x.id), project=called(x.project), withheld=called(x.withheld)) for x in book.spending
        ),
        year_end=tuple(replace(x, id=name(x.id)) for x in book.year_end),
        projects=tuple(replace(p, id=name(p.id), withheld=called(p.withheld)) for p in book.projects),
        claims=tuple(replace(c, id=name(c.id)) for c in book.claims),
        withheld=tuple(replace(w, id=name(w.id), cover=tuple(name(c) for c in w.cover)) for w in book.withheld),
        adjustments=tuple(replace(a, line=name(a.line)) for a in book.adjustments),
    )


def _identifiers(book: Book) -> list[str]:
    facts = [x.id for x in book.spending] + [x.id for x in book.year_end]
    return facts + [p.id for p in book.projects] + [c.id for c in book.claims] + [w.id for w in book.withheld]


def _own_part(project: Project, *, own: bool) -> Project:
    """Give a project as the unit has it: of another unit's, the money of the whole period is not the unit's."""
    return replace(project, unit="", period_funds=project.period_funds if own else {})
