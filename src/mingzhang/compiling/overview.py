"""Charts of a whole document from its own printed figures: last year beside this year, from funds to projects, by item.

No form asks for them: they stand in a section of their own, where a form or the user wants it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import msgspec

from mingzhang.forms.glossary import words
from mingzhang.model.disclosure import Chart, ChartItem, Section
from mingzhang.model.figure import Figure, number
from mingzhang.model.units import base_of, is_money

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from mingzhang.model.disclosure import Disclosure, Row, Table

SECTION: Final = "overview"
HEADING: Final = "附：预算图解"
_BASIC: Final = "基本支出"
_PROJECT: Final = "项目支出"
_EXPENSES: Final = "three_public"
_MOST: Final = 8
"""So many projects are drawn by themselves, the largest; the others together."""

_OTHERS: Final = "其他项目"


def with_overview(disclosure: Disclosure, last_year: Mapping[str, int]) -> Disclosure:
    """Put the charts behind the last written section; `last_year` gives last year's figures in fen by statement key."""
    made = (*compared(disclosure, last_year), flow(disclosure), by_item(disclosure))
    charts = tuple(chart for chart in made if chart is not None)
    if not charts:
        return disclosure
    section = Section(SECTION, HEADING, charts=charts)
    last = max((i for i, s in enumerate(disclosure.sections) if s.part == "written"), default=-1) + 1
    sections = (*disclosure.sections[:last], section, *disclosure.sections[last:])
    return msgspec.structs.replace(disclosure, sections=sections)


def compared(disclosure: Disclosure, last_year: Mapping[str, int]) -> Iterator[Chart]:
    """Put last year's figures beside those of this year that the written part states; small expenses by themselves."""
    names = {w.identifier: w.name for w in words() if w.kind == "statement"}
    said = {s.key: s.figure for x in disclosure.sections for p in x.paragraphs for s in p.slots}
    totals: list[ChartItem] = []
    expenses: list[ChartItem] = []
    for key, fen in last_year.items():
        now, name = said.get(key), names.get(key)
        if disclosure.year is None or not name or now is None or not now.is_number or not is_money(now.unit):
            continue
        items = expenses if key.startswith(_EXPENSES) else totals
        items.append(ChartItem(name, _printed(fen, now), group=f"{disclosure.year - 1}年"))
        items.append(ChartItem(name, now, group=f"{disclosure.year}年"))
    if totals:
        yield Chart("compared", "上年与本年预算对比图", "compared", tuple(totals))
    if expenses:
        yield Chart("compared_expenses", "上年与本年“三公”经费对比图", "compared", tuple(expenses))


def flow(disclosure: Disclosure) -> Chart | None:
    """Follow the money from funds over classes of spending to projects; None where the tables do not tell."""
    income, spending = (_table(disclosure, name) for name in ("income", "spending"))
    if income is None or spending is None:
        return None
    items = [*_funds(income), *_kinds(spending)]
    if any(item.label == _PROJECT for item in items):
        items += _projects([t for name in ("projects", "projects_carried") if (t := _table(disclosure, name))])
    return Chart("flow", "预算收支流向图", "flow", tuple(items)) if items else None


def by_item(disclosure: Disclosure) -> Chart | None:
    """Divide spending by class and item; None where the tables do not tell."""
    spending = _table(disclosure, "spending")
    if spending is None:
        return None
    items, group = [], ""
    deepest = max((row.level or 0 for row in spending.rows), default=0)
    for row in spending.rows:
        group = row.label if row.level == 1 else group
        if row.level == deepest and group and _amount(row, "total"):
            items.append(ChartItem(row.label, row.cells["total"], group=group))
    return Chart("tree", "支出功能分类构成图", "tree", tuple(items)) if items else None


def _table(disclosure: Disclosure, name: str) -> Table | None:
    return next((t for t in disclosure.tables if t.id == name), None)


def _funds(income: Table) -> Iterator[ChartItem]:
    columns = [c for c in income.columns if c.kind == "figure" and c.key != "total"]
    for column in columns:
        for row in _classes(income):
            if _amount(row, column.key):
                yield ChartItem(row.label, row.cells[column.key], group=column.header)


def _kinds(spending: Table) -> Iterator[ChartItem]:
    for row in _classes(spending):
        for column, name in (("basic", _BASIC), ("project", _PROJECT)):
            if _amount(row, column):
                yield ChartItem(name, row.cells[column], group=row.label)


def _projects(tables: Sequence[Table]) -> Iterator[ChartItem]:
    rows = [r for t in tables for r in t.rows if r.key.startswith("project:") and _amount(r, "total")]
    rows.sort(key=lambda r: -_amount(r, "total"))
    for row in rows[:_MOST]:
        yield ChartItem(row.label, row.cells["total"], group=_PROJECT)
    others = [r.cells["total"] for r in rows[_MOST:]]
    if others:
        yield ChartItem(_OTHERS, _together(others), group=_PROJECT)


def _classes(table: Table) -> Iterator[Row]:
    return (row for row in table.rows if row.level == 1)


def _amount(row: Row, column: str) -> int:
    """Give a printed amount in atoms, 0 where none is printed."""
    figure = row.cells.get(column)
    return figure.atoms if figure is not None and figure.is_number and figure.atoms > 0 else 0


def _together(figures: Iterable[Figure]) -> Figure:
    held = list(figures)
    finest = max(held, key=lambda f: f.places)
    digits = sum(f.atoms for f in held) // finest.step
    return number(digits, finest.unit, finest.places, grouped="," in finest.printed)


def _printed(fen: int, like: Figure) -> Figure:
    """Print an amount of fen as another figure is printed, half-up."""
    step = like.step
    digits = (2 * fen * base_of("分") + step) // (2 * step)
    return number(digits, like.unit, like.places, grouped="," in like.printed)
