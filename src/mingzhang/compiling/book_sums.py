"""Sums and counts that sentences state and no table prints: by path, from the book, its facts and the printed projects."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from mingzhang.compiling.layout import PROJECT_LISTS
from mingzhang.forms.expressions import exact
from mingzhang.model.figure import number
from mingzhang.sums.rounding import Variable, half_up_each, variable_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from mingzhang.forms.expressions import Exact
    from mingzhang.model.book import Book, Project
    from mingzhang.model.disclosure import Table
    from mingzhang.model.figure import Figure
    from mingzhang.sums.filters import Fact
    from mingzhang.sums.rounding import Rounding

_KINDS: Final = ("remittance_up", "business_operations", "affiliate_subsidy")
_CATEGORIES: Final = ("other_operating", "specific")
_PROCUREMENT: Final = ("goods", "works", "services")
_VEHICLES: Final = (
    "minister", "leader", "confidential", "emergency", "enforcement", "special", "retired", "institution", "other",
)  # fmt: skip


def book_values(
    book: Book, facts: Sequence[Fact], tables: Mapping[str, Table], rounding: Rounding
) -> Iterator[tuple[str, Exact]]:
    """Give every value by path: money in fen as it is printed, counts as they are."""
    money = dict(book_money(book, facts))
    digits = rounding(dict.fromkeys(money.values()))
    yield from ((path, exact(digits[v], v.unit, v.places)) for path, v in money.items())
    for key in ("quota", "in_quota", "other", "sections"):
        yield f"staffing.{key}", getattr(book.staffing, key)
    yield "members.count", len(book.members)
    for key in ("vehicle_quota", "office_area", "equipment_over_50", "equipment_over_100"):
        yield f"assets.{key}", getattr(book.assets, key)
    for key in _VEHICLES:
        yield f"assets.vehicles.{key}", book.assets.vehicles.get(key, 0)
        yield f"assets.purchases.{key}", book.assets.purchases.get(key, 0)
    yield "assets.purchases.equipment_over_100", book.assets.purchases.get("equipment_over_100", 0)
    for path, projects in project_groups(book, facts, tables, rounding):
        yield f"{path}.count", len(projects)
        figures = [f for own in projects for f in own]
        yield f"{path}.amount", sum(exact(f.digits or 0, f.unit, f.places) for f in figures)


def book_money(book: Book, facts: Sequence[Fact]) -> Iterator[tuple[str, Variable]]:
    """Give the money that the book states by path: spending of rare kinds, operating cost of offices, procurement."""
    running = (f for f in facts if f.values.get("operating_cost") == "yes")
    yield "spending.operating_cost", variable_of(running, "万元", 2)
    for kind in _KINDS:
        yield f"spending.{kind}", variable_of((f for f in facts if f.values.get("kind") == kind), "万元", 2)
    for key in _PROCUREMENT:
        yield f"procurement.{key}", stated(f"procurement.{key}", getattr(book.procurement, key))


def stated(path: str, fen: int) -> Variable:
    """Make the variable of an amount that is no sum of the book's facts."""
    return Variable(frozenset({path} if fen else ()), fen, "万元", 2)


def project_groups(
    book: Book, facts: Sequence[Fact], tables: Mapping[str, Table], rounding: Rounding = half_up_each
) -> Iterator[tuple[str, list[list[Figure]]]]:
    """Group the projects, all and those disclosed, by category, and each disclosed one: the figures of each project.

    A project with money of this year and money carried over counts once, with both figures.
    """
    printed = _printed_projects(book, facts, tables, rounding)
    disclosed = disclosed_projects(book, facts, tables)
    for group, projects in (("projects", book.projects), ("disclosed", disclosed)):
        listed = [(p.category, printed[p.id]) for p in projects if p.id in printed]
        yield group, [figures for _, figures in listed]
        for category in _CATEGORIES:
            yield f"{group}.{category}", [figures for own, figures in listed if own == category]
    for n, project in enumerate((p for p in book.projects if p.id in printed), start=1):
        yield f"projects.{n:03}", [printed[project.id]]


def projects_with_money(book: Book, facts: Sequence[Fact], tables: Mapping[str, Table]) -> tuple[Project, ...]:
    """List the projects that have money which the form prints, in the book's order."""
    printed = _printed_projects(book, facts, tables, half_up_each)
    return tuple(p for p in book.projects if p.id in printed)


def disclosed_projects(book: Book, facts: Sequence[Fact], tables: Mapping[str, Table]) -> tuple[Project, ...]:
    """List the projects with money whose targets are published, in the book's order."""
    return tuple(p for p in projects_with_money(book, facts, tables) if p.disclosed)


def _printed_projects(
    book: Book, facts: Sequence[Fact], tables: Mapping[str, Table], rounding: Rounding
) -> dict[str, list[Figure]]:
    """Give each project's figures as the form's project tables print them; without any, as sentences would."""
    printed: dict[str, list[Figure]] = {}
    owners: dict[str, str] = {}
    for row in (r for name in PROJECT_LISTS if name in tables for r in tables[name].rows):
        figure = row.cells.get("total")
        if row.key.startswith("project:") and figure is not None and figure.is_number:
            owners = owners or {f.id: f.values.get("project", "") for f in facts}
            owner = owners[figure.facts[0]]  # by its facts: two projects may bear one name
            printed.setdefault(owner, []).append(figure)
    if any(name in tables for name in PROJECT_LISTS):
        return printed
    own: dict[str, list[Fact]] = {p.id: [] for p in book.projects}
    for fact in facts:
        project = fact.values.get("project")
        if project in own and fact.amount:
            own[project].append(fact)
    variables = {key: variable_of(some, "万元", 2) for key, some in own.items() if some}
    digits = rounding(dict.fromkeys(variables.values()))
    return {
        key: [number(digits[v], v.unit, v.places, grouped=False, facts=tuple(f.id for f in own[key]))]
        for key, v in variables.items()
    }
