"""Projects that sentences list one by one with their money: against their total, against the tables, against each other."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from mingzhang.forms.declarations import PROJECT_OF_BUDGET as _BUDGET
from mingzhang.forms.declarations import PROJECT_WITH_TARGETS as _ITEM
from mingzhang.model.finding import Evidence
from mingzhang.model.keys import folded
from mingzhang.rules.briefly import in_brief
from mingzhang.rules.declared_rules import best, result_of
from mingzhang.rules.figures import TEXT
from mingzhang.rules.finding_text import evidence_of
from mingzhang.rules.functions.statements import tail_is_a_hint
from mingzhang.rules.once import once_for_all
from mingzhang.rules.results import Result, Told, passed, undecided, violated
from mingzhang.rules.stated import said_as, stated_atoms
from mingzhang.rules.stated_at_sight import is_exact
from mingzhang.sums.identities import Identity, Operand
from mingzhang.sums.sheets import CellRef

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mingzhang.rules.catalogue import Rule
    from mingzhang.rules.figures import Figures, Said

_TOTAL: Final = "performance_amount"
_COUNT: Final = "performance_project_count"
_NAME: Final = re.compile(r"[^，。；：、\s\d][^，。；：\d]*$")
_SPACE: Final = re.compile(r"\s+")


def _wrong_sum(rule: Rule, figures: Figures) -> Iterator[Result]:
    whole = _sum(figures)
    return iter(()) if whole is None or is_exact(whole, figures) else sums(rule, figures)


@in_brief(_wrong_sum)
def sums(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Compare the money of projects with targets with the sum of those listed behind it."""
    if _TOTAL not in figures.said or not _listed(_ITEM, figures):
        yield undecided(rule, "说明没有逐个列出项目", "no projects are listed")
        return
    whole = _sum(figures)
    for verdict in best([] if whole is None else [whole], figures):
        result = result_of(rule, verdict, figures)
        if result is not None:
            yield result


def _sum(figures: Figures) -> Identity | None:
    """Give the money of projects with targets as the sum of those that its paragraph lists."""
    total, listed = figures.said.get(_TOTAL), _listed(_ITEM, figures)
    parts = tuple([_operand(n) for n, s in listed.items() if s.paragraph is total.paragraph]) if total else ()
    return Identity((_operand(_TOTAL),), "=", parts) if parts else None


def targets(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Compare the money of projects with targets with all project spending, where the form has no table of projects."""
    said = figures.said.get(_TOTAL)
    declared = None if said is None else said.declared
    compared = declared is not None and bool(declared.tables)
    if said is None or compared or figures.pack is None or "spending" not in figures.sheets:
        yield undecided(rule, "没有写明，或已与项目支出表比较", "not stated, or compared with the table of projects")
        return
    whole = Operand(1, CellRef("spending", "total", "project"))
    for verdict in best([Identity((_operand(_TOTAL),), "=", (whole,))], figures):
        result = result_of(rule, verdict, figures)
        if result is not None:
            yield tail_is_a_hint(result, figures)


def same_projects(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Find projects that one list of the document has with their money and the other has not."""
    first, second = (_by_name(figures, prefix) for prefix in (_ITEM, _BUDGET))
    if not first or not second:
        yield undecided(rule, "没有两处列出项目", "projects are not listed twice")
        return
    yield passed(rule)
    for here, there, zh in ((first, second, "年度预算安排没有列"), (second, first, "绩效目标设置情况没有列")):
        for name, key in here.items():
            if name in there:
                continue
            spot, across = (figures.spot(CellRef(TEXT, k)) for k in (key, next(iter(there.values()))))
            figure = figures.said[key].slot.figure
            value = "" if figure is None else figure.plain
            unit = "" if figure is None else figure.unit
            told = Told(
                f"项目“{name}”{value}{unit}在一处列出，{zh}。",
                f"The project {name!r} stands in one list of projects and not in the other.",
                (across, spot),
                expected=value,
                actual="",
                unit=unit,
                evidence=(Evidence(spot, value, unit, "listed"),),
            )
            yield violated(rule, told)


def _unlike_money(rule: Rule, figures: Figures) -> Iterator[Result]:
    atoms = stated_atoms(figures)
    return _same_money(
        rule, figures, [(a, b) for a, b in _in_both(figures) if atoms[a] is None or atoms[a] != atoms[b]]
    )


@in_brief(_unlike_money)
def same_money(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Compare the money of projects that the document lists in two places."""
    both = _in_both(figures)
    if not both:
        yield undecided(rule, "没有在两处列出同一项目", "no project is listed twice")
    yield from _same_money(rule, figures, both)


def _in_both(figures: Figures) -> list[tuple[str, str]]:
    """List the projects that are listed in both places by the statements of their money."""
    first, second = (_by_name(figures, prefix) for prefix in (_ITEM, _BUDGET))
    return [(first[n], second[n]) for n in first if n in second]


def _same_money(rule: Rule, figures: Figures, both: list[tuple[str, str]]) -> Iterator[Result]:
    for one, other in both:
        for verdict in best([Identity((_operand(other),), "=", (_operand(one),))], figures):
            result = result_of(rule, verdict, figures)
            if result is not None:
                yield result


def counted(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Compare the number of projects with targets with how many are listed behind it with their money."""
    said = figures.said.get(_COUNT)
    listed = [] if said is None else [s for s in _listed(_ITEM, figures).values() if s.paragraph is said.paragraph]
    figure = None if said is None else said.slot.figure
    if said is None or figure is None or figure.digits is None or not listed:
        yield undecided(rule, "没有逐个列出项目", "no projects are listed")
        return
    if figure.places == 0 and figure.digits == len(listed):
        yield passed(rule)
        return
    spot = figures.spot(CellRef(TEXT, _COUNT))
    told = Told(
        f"写明项目{figure.plain}个，其后逐个列出{len(listed)}个。",
        f"{figure.plain} projects are stated and {len(listed)} listed behind it.",
        (spot,),
        expected=str(len(listed)),
        actual=figure.plain,
        unit=figure.unit,
        evidence=(evidence_of(figure, spot, "stated"),),
    )
    yield violated(rule, told)


def _listed(prefix: str, figures: Figures) -> dict[str, Said]:
    return _lists(figures)[prefix]


@once_for_all
def _lists(figures: Figures) -> dict[str, dict[str, Said]]:
    """Give the amounts of projects listed one by one, by the beginning of their key."""
    out: dict[str, dict[str, Said]] = {_ITEM: {}, _BUDGET: {}}
    for name, said in said_as(figures, "project"):
        if said.slot.figure is not None:
            out[_ITEM if name.startswith(_ITEM) else _BUDGET][name] = said
    return out


@once_for_all
def _by_name(figures: Figures, prefix: str) -> dict[str, str]:
    """Give each amount that is listed by what stands right before it."""
    out: dict[str, str] = {}
    for key, said in _listed(prefix, figures).items():
        name = _name_before(said)
        if name:
            out.setdefault(name, key)
    return out


def _name_before(said: Said) -> str:
    before = said.paragraph.text[: said.slot.at]
    return _name_of(before[max(map(before.rfind, "，。；：")) + 1 :])


@lru_cache(1024)
def _name_of(clause: str) -> str:
    """Give what a clause ends in, as names are compared."""
    found = _NAME.search(_SPACE.sub("", clause))
    return "" if found is None else folded(found[0])


def _operand(name: str) -> Operand:
    return Operand(1, CellRef(TEXT, name))
