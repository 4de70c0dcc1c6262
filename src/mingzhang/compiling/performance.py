"""Book → performance forms: one for each project that is published, and the department's own.

The year's money is the sum of the facts that the pack's list of projects sums, so that the form and that table
cannot differ; of a project that has carried-over money alone, those of the list of carried projects. The money of
the whole period and all texts are the project's own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from mingzhang.compiling.costings import costings_of
from mingzhang.compiling.layout import PROJECT_LISTS
from mingzhang.compiling.tables import filled
from mingzhang.forms.performance import (
    DepartmentTexts,
    FundLine,
    MoneyLine,
    PerformanceForms,
    ProjectTexts,
    Span,
    indicator,
)
from mingzhang.forms.performance_read import performance_forms
from mingzhang.model.figure import Figure, number
from mingzhang.model.performance import DepartmentForm, Funds, ProjectForm
from mingzhang.sums.filters import Filter, parse_filter
from mingzhang.sums.rounding import half_up_each, variable_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from mingzhang.forms.pack import Pack
    from mingzhang.model.book import Book, Goal, Project
    from mingzhang.model.performance import Indicator
    from mingzhang.sums.filters import Fact
    from mingzhang.sums.rounding import Rounding

FEN_PER_YUAN: Final = 100


def project_forms(book: Book, pack: Pack, facts: Sequence[Fact]) -> tuple[ProjectForm, ...]:
    """Make the performance forms of a book's projects, which print what they sum exactly; () where the pack has none.

    Projects that are withheld, not published, or without published money have no form.
    """
    forms = performance_forms(pack)
    if forms is None:
        return ()
    lists = [table for name in PROJECT_LISTS if (table := pack.table(name)) is not None]
    listed = tuple(parse_filter(table.filter) for table in lists) or (parse_filter(""),)
    return tuple(
        _project_form(project, book, forms.project, own)
        for project in book.projects
        if project.disclosed and not project.withheld and (own := _listed_facts(project, listed, facts))
    )


def department_form(
    book: Book, pack: Pack, facts: Sequence[Fact], rounding: Rounding = half_up_each
) -> DepartmentForm | None:
    """Make the department's own performance form; None where the pack has none, or the book no goals of its own."""
    forms = performance_forms(pack)
    if forms is None or forms.department is None or book.department_goals is None:
        return None
    return _department_form(book, pack, forms, facts, rounding)


def _listed_facts(project: Project, listed: Sequence[Filter], facts: Sequence[Fact]) -> tuple[Fact, ...]:
    """Pick a project's facts in the first list that has any; a project whose money is withheld is in none."""
    mine = [f for f in facts if f.values.get("project") == project.id and f.amount]
    return next((found for rows in listed if (found := rows.of(mine))), ())


def _project_form(project: Project, book: Book, texts: ProjectTexts, own: Sequence[Fact]) -> ProjectForm:
    by_level: dict[str, list[Fact]] = {}
    for fact in own:
        by_level.setdefault(fact.values.get("level", ""), []).append(fact)
    year = {k: (sum(f.amount for f in v), tuple(f.id for f in v)) for k, v in by_level.items()}
    # the period of a project of one year is the year: once more typed, it could only contradict the lines
    stated: dict[str, tuple[int, tuple[str, ...]]] = {k: (v, ()) for k, v in project.period_funds.items()}
    period = year if project.period_years == 1 and year else stated
    attribute = next(a for a in texts.attributes if a.attribute == project.attribute)
    words = _with_costings(project, book, texts)
    return ProjectForm(
        kind=texts.kind,
        title=filled(texts.title, book.year),
        project=project.name,
        department_code=book.unit_code,
        department=_coded_name(book),
        implementing_unit=_unit_name(project.unit, book),
        attribute=project.attribute,
        attribute_printed=attribute.text,
        period_years=project.period_years,
        period_printed=texts.years.replace("{years}", str(project.period_years)),
        period_funds=_funds(texts.funds, period),
        annual_funds=_funds(texts.funds, year),
        overview=words["overview"],
        basis=words["basis"],
        necessity=words["necessity"],
        safeguards=words["safeguards"],
        plan=words["plan"],
        period_goal=project.period_goal,
        annual_goal=project.annual_goal,
        period_indicators=_indicators(project.goals, "period"),
        annual_indicators=_indicators(project.goals, "annual"),
        filled_at=project.filled_at,
    )


def _with_costings(project: Project, book: Book, texts: ProjectTexts) -> dict[str, str]:
    """Give a project's own texts, its costings behind the one that the form has a place for them in."""
    words = {f: getattr(project, f) for f in ("overview", "basis", "necessity", "safeguards", "plan")}
    found = costings_of(project.id, book) if texts.costings is not None else ""
    if texts.costings is not None and found:
        words[texts.costings.field] += texts.costings.text.replace("{costings}", found)
    return words


def _funds(lines: Iterable[FundLine], amounts: dict[str, tuple[int, tuple[str, ...]]]) -> Funds:
    """Print the lines of one side; a line that is only read elsewhere and has no place here stays out."""
    figures: dict[str, Figure] = {}
    for line in lines:
        if not line.period:
            continue
        parts = [a for level, a in amounts.items() if line.key == "total" or level in line.levels]
        ids = tuple(i for _, some in parts for i in some)
        figures[line.key] = _yuan(sum(a for a, _ in parts), ids, blank=line.blank_at_zero)
    return Funds(**figures)


def _yuan(fen: int, facts: tuple[str, ...], *, blank: bool) -> Figure:
    """Print an amount exactly: in whole yuan, with two places where there are fen."""
    if blank and not fen:
        return Figure(None, "元", 0)
    whole, rest = divmod(fen, FEN_PER_YUAN)
    return number(*((fen, "元", 2) if rest else (whole, "元", 0)), grouped=True, facts=facts)


def _department_form(
    book: Book, pack: Pack, forms: PerformanceForms, facts: Sequence[Fact], rounding: Rounding
) -> DepartmentForm:
    texts, goals = forms.department, book.department_goals
    assert texts is not None
    assert goals is not None
    staff = book.staffing
    others = [m for m in book.members if m.code != book.unit_code]
    return DepartmentForm(
        title=filled(texts.title, book.year),
        department_code=book.unit_code,
        department=_coded_name(book),
        sections=number(staff.sections, "个", 0, grouped=False),
        subordinate_units=number(len(others), "个", 0, grouped=False),
        staff_quota=number(staff.quota, "人", 0, grouped=False),
        staff_actual=number(staff.in_quota + staff.other, "人", 0, grouped=False),
        staff_in_quota=number(staff.in_quota, "人", 0, grouped=False),
        staff_other=number(staff.other, "人", 0, grouped=False),
        duties="".join(book.profile.duties),
        strategy=goals.strategy,
        by_source=_money(texts.by_source, texts, pack, facts, rounding),
        by_use=_money(texts.by_use, texts, pack, facts, rounding),
        key_tasks=goals.key_tasks,
        annual_goal=goals.annual_goal,
        indicators=_indicators(goals.goals, "annual"),
    )


def _money(
    lines: Iterable[MoneyLine], texts: DepartmentTexts, pack: Pack, facts: Sequence[Fact], rounding: Rounding
) -> dict[str, Figure]:
    """Print the department's money; the facts of each line are named, so that equal sums print alike everywhere."""
    base = parse_filter(texts.filter)
    passing = {line.key: (base & parse_filter(line.filter)).of(facts) for line in lines}
    variables = {key: variable_of(some, texts.money_unit, 2) for key, some in passing.items()}
    digits = rounding(dict.fromkeys(variables.values()))
    return {
        key: number(
            digits[variable],
            texts.money_unit,
            2,
            grouped=pack.style.grouped_tables,
            facts=tuple(f.id for f in passing[key]),
        )
        for key, variable in variables.items()
    }


def _indicators(goals: Iterable[Goal], span: Span) -> tuple[Indicator, ...]:
    return tuple(indicator(g.level1, g.level2, g.level3, g.value) for g in goals if g.span == span)


def _coded_name(book: Book) -> str:
    return f"{book.unit_code}-{book.unit_name}" if book.unit_code else book.unit_name


def _unit_name(code: str, book: Book) -> str:
    return next((m.name for m in book.members if code and m.code == code), book.unit_name)
