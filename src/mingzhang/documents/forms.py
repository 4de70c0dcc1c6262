"""Performance forms as pages to be printed: labels from the pack, everything else from the document."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from mingzhang.documents.form_rows import COLUMNS, FormPage, FormRows
from mingzhang.documents.grid import printed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mingzhang.forms.performance import (
        DepartmentTexts,
        Frame,
        FundLine,
        Label,
        MoneyLine,
        PerformanceForms,
        ProjectTexts,
    )
    from mingzhang.model.disclosure import Disclosure
    from mingzhang.model.figure import Figure
    from mingzhang.model.performance import DepartmentForm, ProjectForm

AMOUNT: Final = "资金总额"
OF_WHICH: Final = "其中："


def form_pages(disclosure: Disclosure, forms: PerformanceForms) -> Iterator[FormPage]:
    """Give the pages of a document's forms in order of print: the department's own first."""
    if disclosure.department_form is not None and forms.department is not None:
        yield _department_page(disclosure.department_form, forms.department, forms.frame, disclosure.year)
    for form in disclosure.project_forms:
        yield _project_page(form, forms.project, forms.frame, disclosure.year)


def _project_page(form: ProjectForm, texts: ProjectTexts, frame: Frame, year: int | None) -> FormPage:
    rows = FormRows()
    labels = _labels(texts.head, texts.goals)
    rows.texts(labels["project"], form.project)
    if form.category:
        rows.texts(labels["category"], form.category)
    attribute = next((a.text for a in texts.attributes if a.attribute == form.attribute), "")
    years = "" if form.period_years is None else texts.years.replace("{years}", str(form.period_years))
    department = _coded(form)
    _pair(rows, labels["department"], department, labels["implementing_unit"], form.implementing_unit)
    _pair(
        rows, labels["attribute"], form.attribute_printed or attribute, labels["period"], form.period_printed or years
    )
    _funds(rows, form, texts)
    for label in texts.texts:
        rows.texts(label.text, getattr(form, label.key))
    rows.field(0, 1, labels["goal"], rows=2)
    rows.field(1, 4, labels["period_goal"])
    rows.field(5, 3, labels["annual_goal"])
    rows.next()
    rows.value(1, 4, form.period_goal)
    rows.value(5, 3, form.annual_goal)
    rows.next()
    split = rows.row
    rows.indicators(frame.group[0], frame, form.period_indicators, form.annual_indicators)
    footer = tuple(f"{label.text}：{getattr(form, label.key)}" for label in texts.footer)
    return FormPage(form.title or texts.title, _year_line(texts.year_line, year), rows.grid(), footer, split)


def _funds(rows: FormRows, form: ProjectForm, texts: ProjectTexts) -> None:
    lines = [f for f in texts.funds if getattr(form.period_funds, f.key) or getattr(form.annual_funds, f.key)]
    lines = lines or [f for f in texts.funds if f.period][:1]
    rows.field(0, 1, texts.money[0].text, rows=len(lines))
    for n, line in enumerate(lines):
        rows.field(1, 2, _fund_label(line, line.period, n))
        rows.figure(3, 2, getattr(form.period_funds, line.key))
        rows.field(5, 2, _fund_label(line, line.annual, n))
        rows.figure(7, 1, getattr(form.annual_funds, line.key))
        rows.next()


def _fund_label(line: FundLine, text: str, number: int) -> str:
    label = text or next(iter(line.names), line.key)
    return f"{OF_WHICH}{label}" if number == 1 else label


def _department_page(form: DepartmentForm, texts: DepartmentTexts, frame: Frame, year: int | None) -> FormPage:
    rows = FormRows()
    _counts(rows, form, texts)
    before = [t for t in texts.texts if t.key != "annual_goal"]
    for label in before:
        rows.texts(label.text, getattr(form, label.key))
    _money(rows, form, texts)
    tasks = form.key_tasks or (("", ""),)
    rows.field(0, 1, texts.tasks.text, rows=len(tasks) + 1)
    rows.field(1, 3, texts.task_head[0])
    rows.field(4, 4, texts.task_head[1])
    rows.next()
    for function, task in tasks:
        rows.value(1, 3, function)
        rows.value(4, 4, task)
        rows.next()
    for label in texts.texts:
        if label not in before:
            rows.texts(label.text, getattr(form, label.key))
    split = rows.row
    group = next((g for g in frame.group if g.startswith("年度")), frame.group[0])
    rows.indicators(group, frame, (), form.indicators)
    return FormPage(form.title or texts.title, _year_line(texts.year_line, year), rows.grid(), split=split)


def _counts(rows: FormRows, form: DepartmentForm, texts: DepartmentTexts) -> None:
    first, *counts = texts.head
    pairs = [counts[i : i + 2] for i in range(0, len(counts), 2)]
    rows.field(0, 1, texts.groups[0].text, rows=1 + len(pairs))
    rows.field(1, 2, first.text)
    rows.value(3, COLUMNS - 3, _coded(form))
    rows.next()
    for pair in pairs:
        for label, (at, to, wide) in zip(pair, ((1, 3, 2), (5, 7, 1)), strict=False):
            rows.field(at, 2, label.text)
            rows.figure(to, wide, getattr(form, label.key), label.unit)
        if len(pair) == 1:
            rows.value(5, 3, "")
        rows.next()


def _money(rows: FormRows, form: DepartmentForm, texts: DepartmentTexts) -> None:
    sides = [_money_lines(texts.by_source, form.by_source), _money_lines(texts.by_use, form.by_use)]
    height = max(1, *(len(s) for s in sides))
    rows.field(0, 1, texts.groups[-1].text, rows=height + 1)
    amount = f"{AMOUNT}（{texts.money_unit}）"
    for text, (at, to, wide) in zip(
        (texts.by_source_head[0], texts.by_use_head[0]), ((1, 3, 2), (5, 7, 1)), strict=True
    ):
        rows.field(at, 2, text)
        rows.field(to, wide, amount)
    rows.next()
    for n in range(height):
        for side, (at, to, wide) in zip(sides, ((1, 3, 2), (5, 7, 1)), strict=True):
            label, figure = side[n] if n < len(side) else ("", None)
            rows.field(at, 2, f"{OF_WHICH}{label}" if n == 1 and label else label)
            rows.figure(to, wide, figure)
        rows.next()


def _money_lines(lines: Sequence[MoneyLine], figures: dict[str, Figure]) -> list[tuple[str, Figure | None]]:
    out: list[tuple[str, Figure | None]] = [(line.text, figures[line.key]) for line in lines if line.key in figures]
    known = {line.key for line in lines}
    return out + [(key, figure) for key, figure in figures.items() if key not in known and printed(figure)]


def _coded(form: ProjectForm | DepartmentForm) -> str:
    """Give the department's name behind its code; as a rule the name comes with it, as it was printed."""
    named = not form.department_code or form.department.startswith(form.department_code)
    return form.department if named else f"{form.department_code}-{form.department}"


def _pair(rows: FormRows, left: str, left_value: str, right: str, right_value: str) -> None:
    rows.field(0, 2, left)
    rows.value(2, 3, left_value)
    rows.field(5, 1, right)
    rows.value(6, 2, right_value)
    rows.next()


def _labels(*groups: Sequence[Label]) -> dict[str, str]:
    return {label.key: label.text for group in groups for label in group}


def _year_line(pattern: str, year: int | None) -> str:
    return "" if year is None else pattern.replace("{year}", str(year))
