"""How many projects have performance forms, as the document says and as it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from mingzhang.model.finding import Evidence
from mingzhang.rules.briefly import only_where
from mingzhang.rules.figures import TEXT
from mingzhang.rules.finding_text import evidence_of
from mingzhang.rules.functions.projects import bare, form_spot, has_nameless, nameless_form, pairs_of, rows_of
from mingzhang.rules.results import Result, Told, passed, undecided, violated
from mingzhang.rules.rows import PROJECTS
from mingzhang.sums.sheets import CellRef

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mingzhang.rules.catalogue import Rule
    from mingzhang.rules.figures import Figures

_STATED: Final = ("performance_public_count", "performance_project_count")


def count(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Compare the number of forms with the number that the written part states."""
    stated = _stated(figures)
    if stated is None or not figures.forms:
        yield undecided(rule, "说明没有写明个数，或没有绩效目标表", "no number is stated, or there are no forms")
        return
    name, number = stated
    named = sum(bool(f.project.strip()) for f in figures.forms.values())
    if named < number < len(figures.forms):
        yield nameless_form(rule)
        return
    if number in {named, len(figures.forms)}:
        yield passed(rule)
        return
    ref = CellRef(TEXT, name)
    figure = figures.figure(ref)
    assert figure is not None
    spots = tuple(form_spot(f, figures) for f in figures.forms)
    told = Told(
        f"说明写明绩效目标{number}个，实际公开绩效目标表{len(figures.forms)}份。",
        f"The written part says {number} projects have targets; {len(figures.forms)} forms are published.",
        (figures.spot(ref), *spots),
        expected=str(number),
        actual=str(len(figures.forms)),
        difference=str(len(figures.forms) - number),
        unit=figure.unit,
        evidence=(
            evidence_of(figure, figures.spot(ref), "stated"),
            Evidence(spots[0], str(len(figures.forms)), "份", "counted"),
            *(Evidence(s, f, "", "form") for s, f in zip(spots, figures.forms, strict=True)),
        ),
    )
    is_selection = (
        name == _STATED[1] and len(figures.forms) * 2 <= number
    )  # of all that have targets some are published
    yield violated(rule, told, "hint" if is_selection else None)


def _has_rows_left(figures: Figures) -> bool:
    """Tell whether the project tables list a project that is of no form."""
    return sum(map(bool, pairs_of(figures).values())) < len(rows_of(figures))


@only_where(_has_rows_left)
def without_form(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Find projects without a form where the number stated is that of all projects listed."""
    rows = rows_of(figures)
    stated = _stated(figures)
    taken = {r for found in pairs_of(figures).values() for r in found}
    if stated is None or not figures.forms or not rows:
        yield undecided(rule, "说明没有写明个数，或没有绩效目标表", "no number is stated, or there are no forms")
        return
    current = {n: r for n, r in rows.items() if any(x.source == PROJECTS[0] for x in r)}
    wanted = current if stated[1] == len(current) else rows if stated[1] == len(rows) else {}
    if not wanted:
        yield undecided(rule, "写明的个数不是全部项目的个数", "the number stated is not that of all projects")
    elif has_nameless(figures):
        yield nameless_form(rule)
        return
    ref = CellRef(TEXT, stated[0])
    stated_figure = figures.figure(ref)
    assert stated_figure is not None
    for listed, found in wanted.items():
        name = bare(listed)
        if taken.intersection(found):
            yield passed(rule)
            continue
        money = figures.figure(CellRef(found[0].source, found[0].row, "total"))
        spot = figures.spot(found[0])
        told = Told(
            f"项目“{name}”没有公开绩效目标表；说明写明全部{stated[1]}个项目实行绩效目标管理。",
            f"The project {name!r} has no form, though all {stated[1]} projects are said to have targets.",
            (spot, figures.spot(ref)),
            evidence=(
                *((evidence_of(money, spot, "project"),) if money is not None else ()),
                evidence_of(stated_figure, figures.spot(ref), "stated"),
            ),
        )
        yield violated(rule, told)


def _stated(figures: Figures) -> tuple[str, int] | None:
    """Give the slot that says how many projects have published targets, and the number."""
    for key in _STATED:
        said = figures.said.get(key)
        if said is not None and said.slot.figure is not None and said.slot.figure.digits is not None:
            figure = said.slot.figure
            if figure.places == 0:
                return key, said.slot.figure.digits
    return None
