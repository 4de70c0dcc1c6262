"""Projects: their rows in the project tables and their performance forms."""

from __future__ import annotations

import re
from collections import Counter
from itertools import product
from typing import TYPE_CHECKING

from msgspec.structs import astuple

from mingzhang.forms.classification import spelling
from mingzhang.model.finding import Evidence, Spot
from mingzhang.rules.briefly import in_brief, only_where
from mingzhang.rules.declared_rules import best, result_of
from mingzhang.rules.figures import FORM, FUNDS
from mingzhang.rules.finding_text import evidence_of
from mingzhang.rules.functions.tails import lowered_tail
from mingzhang.rules.in_doubt import is_unread
from mingzhang.rules.names import matched
from mingzhang.rules.once import once_for_all, tied
from mingzhang.rules.results import Result, Told, passed, undecided, violated
from mingzhang.rules.rows import PROJECTS
from mingzhang.sums.identities import Identity, Operand, width
from mingzhang.sums.sheets import CellRef

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mingzhang.model.performance import Funds, ProjectForm
    from mingzhang.rules.catalogue import Rule
    from mingzhang.rules.figures import Figures

_PREFIX = "project:"
_ORDINAL_MARK = "#"
_ORDINAL = re.compile(r"(#[0-9]+)?(#[a-z_]+)?$")


def names(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Report forms whose name differs in a few characters from the row that is theirs."""
    pairs = pairs_of(figures)
    if not pairs:
        yield undecided(rule, "没有绩效目标表或项目表", "there are no forms or no project tables")
    for form, rows in pairs.items():
        printed = [_name(r.row) for r in rows]
        if not rows or _same(figures.forms[form].project, printed[0]):
            continue
        spots = (form_spot(form, figures), figures.spot(rows[0]))
        name = figures.forms[form].project
        told = Told(
            f"项目名称不一致：绩效目标表为“{name}”，项目支出表为“{printed[0]}”。",
            f"The project is called {name!r} in its form and {printed[0]!r} in the project table.",
            spots,
            expected=printed[0],
            actual=name,
            evidence=(
                Evidence(spots[0], name, "", "form"),
                Evidence(spots[1], printed[0], "", "row"),
                *(
                    evidence_of(found, figures.spot(ref), role)
                    for role, ref in (("form", CellRef(FORM, form, "annual.total")), ("row", rows[0]))
                    if (found := figures.figure(ref)) is not None and found.is_number
                ),
            ),
        )
        yield violated(rule, told)


def _money_against(rule: Rule, figures: Figures) -> Iterator[Result]:
    return _money(rule, figures, {f: r for f, r in pairs_of(figures).items() if not _has_same(f, r, figures)})


@in_brief(_money_against)
def money(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Compare each form's annual money with the project's row of this year, of carry-over, or both together."""
    return _money(rule, figures, pairs_of(figures))


def _has_same(form: str, rows: tuple[CellRef, ...], figures: Figures) -> bool:
    """Tell whether one of a project's rows surely has the money of its form, in another unit to its last digit."""
    own = figures.forms[form].annual_funds.total
    if own is None or own.digits is None:
        return False
    for other in map(figures.figure, rows):
        if other is not None and other.digits is not None:
            off = 2 * abs(own.atoms - other.atoms)
            if off == 0 or (own.unit != other.unit and off < width(own) + width(other)):
                return True
    return False


def _money(rule: Rule, figures: Figures, pairs: dict[str, tuple[CellRef, ...]]) -> Iterator[Result]:
    for form, rows in pairs.items():
        left = CellRef(FORM, form, "annual.total")
        own = figures.figure(left)
        # a blank one is missing, which is another rule's business
        if own is None or not own.is_number or not rows:
            continue
        for result in _judged(rule, figures, *(_equal(left, way) for way in _ways(rows, figures))):
            yield lowered_tail(result, figures)


def _more(form: ProjectForm) -> int:
    """Say how much more a project has in the year than in its whole period; nothing where one is not printed."""
    annual, period = form.annual_funds.total, form.period_funds.total
    if annual is None or period is None or annual.digits is None or period.digits is None:
        return 0
    return annual.atoms - period.atoms


@only_where(lambda figures: any(f.period_years == 1 and _more(f) for f in figures.forms.values()), sums=True)
def one_year(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Compare the two sums of projects that last one year."""
    for form, found in figures.forms.items():
        if found.period_years == 1:
            period, annual = (CellRef(FORM, form, f"{side}.total") for side in ("period", "annual"))
            if _both_printed(period, annual, figures):
                yield from _judged(rule, figures, _equal(period, (annual,)))


@only_where(lambda figures: any(f.period_years != 1 and _more(f) > 0 for f in figures.forms.values()), sums=True)
def period(rule: Rule, figures: Figures) -> Iterator[Result]:
    """See that no project of several years has more money in the year than in its whole period."""
    for form, found in figures.forms.items():
        if found.period_years != 1:
            whole, annual = (CellRef(FORM, form, f"{side}.total") for side in ("period", "annual"))
            if _both_printed(whole, annual, figures):
                yield from _judged(rule, figures, Identity((Operand(1, annual),), "<=", (Operand(1, whole),)))


def _sources_against(rule: Rule, figures: Figures) -> Iterator[Result]:
    return _sources(rule, figures, [(f, side) for f, side, funds in _sums(figures) if not _adds_up(funds)])


@in_brief(_sources_against)
def sources(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Compare each form's sums with their sources; an amount that could not be read leaves the sum open."""
    return _sources(rule, figures, [(form, side) for form, side, _funds in _sums(figures)])


def _sums(figures: Figures) -> Iterator[tuple[str, str, Funds]]:
    for form, found in figures.forms.items():
        yield form, "period", found.period_funds
        yield form, "annual", found.annual_funds


def _adds_up(funds: Funds) -> bool:
    """Tell whether a sum is just that of its sources."""
    total, *parts = astuple(funds)
    if total is None or total.digits is None:
        return False
    printed = [f for f in parts if f is not None and f.digits]
    if [f for f in printed if f.places != total.places or f.unit != total.unit]:
        return bool(total.atoms == sum([f.atoms for f in printed]))
    return bool(total.digits == sum([f.digits for f in printed]))


def _sources(rule: Rule, figures: Figures, sums: Iterable[tuple[str, str]]) -> Iterator[Result]:
    for form, side in sums:
        total = CellRef(FORM, form, f"{side}.total")
        parts = [CellRef(FORM, form, f"{side}.{name}") for name in FUNDS[1:]]
        found = {p: f for p in parts if (f := figures.figure(p)) is not None}
        printed = [p for p, f in found.items() if f.is_number]
        own = figures.figure(total)
        if any(f.doubt and not f.is_number for f in found.values()):
            yield undecided(rule, "有来源的金额没有读出", "the amount of a source could not be read")
        elif printed and own is not None and not own.withheld:
            yield from _judged(rule, figures, _equal(total, tuple(printed)))


def unlisted(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Find forms whose project no project table lists."""
    if not any(figures.sheets.get(t) for t in PROJECTS) or any(is_unread(figures, t) for t in PROJECTS):
        yield undecided(rule, "没有读到项目支出表", "no project table was found")
        return
    for form, rows in pairs_of(figures).items():
        if rows:
            yield passed(rule)
            continue
        if not figures.forms[form].project.strip():
            yield nameless_form(rule)
            continue
        if spelling(figures.forms[form].project) in _labels(
            figures
        ):  # of a second table of projects, where no form names it
            yield passed(rule)
            continue
        spot = form_spot(form, figures)
        told = Told(
            f"绩效目标表“{form}”的项目没有列在项目支出表中。",
            f"The project of the form {form!r} is listed in no project table.",
            (spot,),
            evidence=(Evidence(spot, form, "", "form"),),
        )
        yield violated(rule, told)


def has_nameless(figures: Figures) -> bool:
    """Tell whether a form has no project's name: it may be that of any project that seems to have none."""
    return any(not f.project.strip() for f in figures.forms.values())


def nameless_form(rule: Rule) -> Result:
    """Say that nothing can be told because a form's name was not printed, or not read."""
    return undecided(rule, "有绩效目标表没有项目名称", "a form has no project's name")


@once_for_all
def _labels(figures: Figures) -> frozenset[str]:
    """Give the labels of all rows of all tables."""
    return frozenset(spelling(row.label) for table in figures.disclosure.tables for row in table.rows)


@once_for_all
def rows_of(figures: Figures) -> dict[str, tuple[CellRef, ...]]:
    """List the projects by name with the total of each of their rows, in both project tables.

    A project that is listed by its items has several rows of one name, and no more than one form.
    """
    out: dict[str, tuple[CellRef, ...]] = {}
    apart = _apart(figures)
    forms = _named_by_several(figures)
    for table in PROJECTS:
        for key in _project_rows(table, figures):
            name = key.removeprefix(_PREFIX)  # the second of a name is `NAME#2` in either table
            if figures.forms and bare(name) not in forms:
                name = bare(name)
            own = f"{name}{_ORDINAL_MARK}{table}" if name in out and bare(name) in apart else name
            out[own] = (*out.get(own, ()), CellRef(table, key, "total"))
    return out


def pairs_of(figures: Figures) -> dict[str, tuple[CellRef, ...]]:
    """Give each form the rows of its project; none where no name is close."""
    return tied(figures, pairs_of, PROJECTS, lambda: _pairs_of(figures))


def _pairs_of(figures: Figures) -> dict[str, tuple[CellRef, ...]]:
    rows = rows_of(figures)
    forms, listed = list(figures.forms), list(rows)
    named, alone = [f.project for f in figures.forms.values()], {bare(name): own for name, own in rows.items()}
    if len(alone) == len(rows) and alone.keys() >= set(named) and _is_each_one(named) and _is_each_one(alone):
        return {form: alone[name] for form, name in zip(forms, named, strict=True)}

    def agree(i: int, j: int) -> bool:
        own = figures.forms[forms[i]].annual_funds.total
        other = figures.figure(rows[listed[j]][0])
        if own is None or other is None or not own.is_number or not other.is_number:
            return False
        return own.atoms == other.atoms or abs(own.atoms - other.atoms) < max(own.step, other.step)  # 元 beside 万元

    pairs = matched(named, [bare(n) for n in listed], agree=agree) if listed else {}
    lone = [i for i, f in enumerate(forms) if i not in pairs and figures.forms[f].project.strip()]
    left = [j for j in range(len(listed)) if j not in pairs.values() and len(lone) == 1 and agree(lone[0], j)]
    if len(left) == 1:  # one form and one row are left, and they have the same money
        pairs[lone[0]] = left[0]
    return {form: rows[listed[pairs[i]]] if i in pairs else () for i, form in enumerate(forms)}


def _is_each_one(names: Iterable[str]) -> bool:
    """Tell whether no two names are spelled alike."""
    spelled = [*map(spelling, names)]
    return len(set(spelled)) == len(spelled)


def _apart(figures: Figures) -> frozenset[str]:
    """Find the names that more forms bear than rows of one table: there this year's project is not the carried one."""
    forms = _named_by_several(figures)
    rows = [Counter(_name(key) for key in _project_rows(table, figures)) for table in PROJECTS] if forms else []
    return frozenset(name for name, n in forms.items() if n > max(r[name] for r in rows))


@once_for_all
def _named_by_several(figures: Figures) -> dict[str, int]:
    """Count the forms of each project that has more than one."""
    names = [f.project for f in figures.forms.values()]
    return {name: n for name, n in Counter(names).items() if n > 1} if len(set(names)) < len(names) else {}


def _project_rows(table: str, figures: Figures) -> list[str]:
    sheet = figures.sheets.get(table)
    return [key for key in (() if sheet is None else sheet.rows) if key.startswith(_PREFIX)]


def _ways(rows: tuple[CellRef, ...], figures: Figures) -> Iterator[tuple[CellRef, ...]]:
    """List what a form's money may equal: a row, those of this year and of carry-over together, or all of a table.

    Where several projects bear one name, which row carries whose money over cannot be told: any of them will do.
    """
    own = {_name(r.row) for r in rows}
    alike = [r for found in rows_of(figures).values() for r in found if _name(r.row) in own]
    yield from ((r,) for r in alike)
    this_year, carried = ([r for r in alike if r.source == table] for table in PROJECTS)
    yield from product(this_year, carried)
    yield from (tuple(own) for own in (this_year, carried, alike) if len(own) > 1)  # a project by items, a row for each


def _judged(rule: Rule, figures: Figures, *ways: Identity) -> Iterator[Result]:
    for verdict in best(ways, figures):
        result = result_of(rule, verdict, figures)
        if result is not None:
            yield result


def _equal(left: CellRef, right: tuple[CellRef, ...]) -> Identity:
    return Identity((Operand(1, left),), "=", tuple(Operand(1, r) for r in right))


def _both_printed(a: CellRef, b: CellRef, figures: Figures) -> bool:
    return all((f := figures.figure(x)) is not None and f.is_number for x in (a, b))


def form_spot(form: str, figures: Figures) -> Spot:
    """Say where a form names its project."""
    found = figures.forms[form]
    place = found.places.get("project", found.first)
    page, line = (None, None) if place is None else (place.page, place.line)
    return Spot(form=form, field="project", page=page, line=line)


def _name(key: str) -> str:
    return bare(key.removeprefix(_PREFIX))


def bare(name: str) -> str:
    """Take off the ordinal of a name that is printed more than once."""
    return _ORDINAL.sub("", name) if _ORDINAL_MARK in name else name


def _same(a: str, b: str) -> bool:
    return spelling(a) == spelling(b)
