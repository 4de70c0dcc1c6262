"""The plain exports of a disclosure: figures and statements as CSV, forms as JSON lines (contract `tables.md`)."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Any, Final

import msgspec

from mingzhang.model.figure import spell
from mingzhang.model.units import base_of, is_money

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mingzhang.model.disclosure import Disclosure, Paragraph
    from mingzhang.model.figure import Figure
    from mingzhang.model.performance import DepartmentForm, Funds, Indicator, ProjectForm
    from mingzhang.model.place import Place

CELL_HEAD: Final = ("table", "row", "name", "column", "value", "page", "line", "doubt")
STATEMENT_HEAD: Final = ("line", "page", "section", "key", "value", "printed", "unit", "doubt")


def cells_csv(disclosure: Disclosure) -> str:
    """Write one line for each figure of the tables that is not blank."""
    return _csv(CELL_HEAD, _cells(disclosure))


def statements_csv(disclosure: Disclosure) -> str:
    """Write one line for each number of the written part, understood (`key`) or not."""
    return _csv(STATEMENT_HEAD, _statements(disclosure))


def forms_jsonl(disclosure: Disclosure) -> str:
    """Write one performance form a line, in order of print: the department's own first, then the projects'."""
    forms: list[dict[str, Any]] = []
    if disclosure.department_form is not None:
        forms.append(department_fields(disclosure.department_form))
    forms += [project_fields(f) for f in disclosure.project_forms]
    forms.sort(key=lambda f: (f["lines"] or [0])[0])
    return "".join(msgspec.json.encode(f).decode() + "\n" for f in forms)


def project_fields(form: ProjectForm) -> dict[str, Any]:
    """Give a project form by the contract's field names; a blank or lost text is null."""
    names = ("project", "category", "department_code", "department", "implementing_unit", "attribute",
             "attribute_printed", "period_years", "period_printed", "overview", "basis", "necessity", "safeguards",
             "plan", "period_goal", "annual_goal", "head", "contact", "phone", "filled_at")  # fmt: skip
    out: dict[str, Any] = {"kind": form.kind, **{n: _or_null(getattr(form, n)) for n in names}}
    out["period_funds"] = _funds(form.period_funds)
    out["annual_funds"] = _funds(form.annual_funds)
    out["period_indicators"] = [_indicator(i) for i in form.period_indicators]
    out["annual_indicators"] = [_indicator(i) for i in form.annual_indicators]
    return {**out, "lines": _span(form.first, form.last), "doubts": list(form.doubts)}


def department_fields(form: DepartmentForm) -> dict[str, Any]:
    """Give the department's own form by the contract's field names."""
    counts = ("staff_quota", "staff_actual", "staff_in_quota", "staff_other", "sections", "subordinate_units")
    texts = ("department_code", "department", "duties", "strategy", "annual_goal")
    return {
        "kind": "department",
        **{n: _count(getattr(form, n)) for n in counts},
        **{n: _or_null(getattr(form, n)) for n in texts},
        "by_source": {k: _amount(v) for k, v in form.by_source.items()},
        "by_use": {k: _amount(v) for k, v in form.by_use.items()},
        "key_tasks": [{"function": a, "task": b} for a, b in form.key_tasks],
        "indicators": [_indicator(i) for i in form.indicators],
        "lines": _span(form.first, form.last),
        "doubts": list(form.doubts),
    }


def _cells(disclosure: Disclosure) -> Iterator[tuple[str, ...]]:
    for table in disclosure.tables:
        for row in table.rows:
            for column, figure in row.cells.items():
                if figure.printed or figure.digits is not None or figure.doubt:
                    doubt = figure.doubt or row.doubt
                    place = figure.place or row.place
                    yield (table.id, row.key, row.label, column, figure.plain, *_spot(place), doubt)


def _statements(disclosure: Disclosure) -> Iterator[tuple[str, ...]]:
    for section in disclosure.sections:
        if section.part == "written":
            for paragraph in section.paragraphs:
                yield from _numbers(section.key, paragraph)


def _numbers(section: str, paragraph: Paragraph) -> Iterator[tuple[str, ...]]:
    for slot in paragraph.slots:
        if slot.figure is not None:
            page, line = _spot(slot.figure.place or paragraph.place)
            yield (line, page, section, slot.key, slot.figure.plain, slot.figure.printed, slot.figure.unit,
                   slot.figure.doubt)  # fmt: skip


def _csv(head: Iterable[str], lines: Iterable[tuple[str, ...]]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(head)
    writer.writerows(lines)
    return out.getvalue()


def _spot(place: Place | None) -> tuple[str, str]:
    page = "" if place is None or place.page is None else str(place.page)
    line = "" if place is None or place.line is None else str(place.line)
    return page, line


def _span(first: Place | None, last: Place | None) -> list[int] | None:
    lines = [p.line for p in (first, last) if p is not None and p.line is not None]
    return [lines[0], lines[-1]] if lines else None


def _or_null(value: Any) -> Any:
    return None if value == "" else value


def _amount(figure: Figure | None) -> str | None:
    return None if figure is None or not figure.printed else figure.plain


def _yuan(figure: Figure | None) -> str | None:
    """Give a form's money in 元 as the contract wants it, also where the form prints 万元."""
    if figure is None or not figure.is_number or not is_money(figure.unit) or figure.unit == "元":
        return _amount(figure)
    yuan, rest = divmod(figure.atoms, base_of("元"))
    return str(yuan) if not rest else spell(figure.atoms * 100 // base_of("元"), 2, grouped=False)


def _count(figure: Figure | None) -> int | None:
    return None if figure is None else figure.digits


def _funds(funds: Funds) -> dict[str, str | None]:
    names = ("total", "central", "provincial", "municipal", "county", "self_raised", "other")
    return {n: _yuan(getattr(funds, n)) for n in names}


def _indicator(indicator: Indicator) -> dict[str, Any]:
    names = ("level1", "level2", "level3", "value", "comparator", "number", "unit", "text", "direction", "weight")
    line = indicator.place.line if indicator.place else None
    return {**{n: _or_null(getattr(indicator, n)) for n in names}, "line": line, "doubt": indicator.doubt}
