"""Rows that a table should not list so: projects twice, items without any amount though there is money."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final

from mingzhang.model.finding import Evidence
from mingzhang.rules.briefly import only_where
from mingzhang.rules.coded_rows import spot_of
from mingzhang.rules.finding_text import evidence_of
from mingzhang.rules.functions.projects import bare
from mingzhang.rules.results import Result, Told, passed, undecided, violated
from mingzhang.rules.rows import PROJECTS
from mingzhang.sums.sheets import CellRef

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mingzhang.model.disclosure import Row, Table
    from mingzhang.rules.catalogue import Rule
    from mingzhang.rules.figures import Figures

_ELSEWHERE: Final = {
    "general_spending": CellRef("appropriation", "out:total", "general"),
    "fund_spending": CellRef("appropriation", "out:total", "gov_fund"),
    "state_capital": CellRef("appropriation", "out:total", "state_capital"),
    "basic_economic": CellRef("general_spending", "total", "basic"),
    "projects": CellRef("spending", "total", "project"),
}
"""Where else there is the money that a table divides."""


def projects(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Find projects that a table lists twice in a row with the same amounts."""
    tables = [t for name in PROJECTS if (t := figures.disclosure.table(name)) is not None]
    if not any(len(t.rows) > 1 for t in tables):
        yield undecided(rule, "没有读到项目支出表", "no project table was found")
        return
    yield passed(rule)
    for table in tables:
        for before, row in pairwise(table.rows):
            if not _is_again(before, row):
                continue
            spots = tuple(spot_of(table, r) for r in (row, before))
            told = Told(
                f"{figures.title(table.id)}重复列出项目“{bare(row.label)}”，金额相同。",
                f"{table.id} lists the project {bare(row.label)!r} twice with the same amounts.",
                spots,
                actual=row.label,
                evidence=tuple(Evidence(s, r.label, "", "row") for s, r in zip(spots, (row, before), strict=True)),
            )
            yield violated(rule, told)


def _some_lack_amounts(figures: Figures) -> bool:
    names = [name for name in _ELSEWHERE if name in figures.sheets and not any(figures.sheets[name].values)]
    return any((t := figures.disclosure.table(name)) is not None and not _has_amounts(t) for name in names)


def _has_amounts(table: Table) -> bool:
    """Tell whether a table prints an amount, or holds one that is withheld or in doubt."""
    return any(f.is_number or f.withheld or f.doubt for r in table.rows for f in r.cells.values())


@only_where(_some_lack_amounts)
def without_amounts(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Find tables that list items and print no number, though another table has money for them.

    Where money is carried over, what another table has may be that, of which this one does not speak.
    """
    seen, came, goes = False, _carries(figures, "in:carry"), _carries(figures, "out:carry")
    for name, ref in _ELSEWHERE.items():
        table, money = figures.disclosure.table(name), figures.figure(ref)
        if table is None or money is None or not money.digits:
            continue
        rows = [r for r in table.rows if not r.key.endswith("total")]
        if not rows or goes or (came and table.carry != "included"):
            continue
        seen = True
        if _has_amounts(table):
            yield passed(rule)
            continue
        spot, there = spot_of(table, rows[0]), figures.spot(ref)
        told = Told(
            f"{figures.title(name)}列有{len(rows)}行，没有印任何金额；{figures.name(ref)}为{money.plain}{money.unit}。",
            f"{name} lists {len(rows)} rows without any amount; elsewhere there are {money.plain} {money.unit}.",
            (spot, *(spot_of(table, r) for r in rows[1:20]), there),
            expected=money.plain,
            unit=money.unit,
            evidence=(evidence_of(money, there, "elsewhere"),),
        )
        yield violated(rule, told)
    if not seen:
        yield undecided(rule, "没有可以比较的内容", "there is nothing to compare")


def _carries(figures: Figures, key: str) -> bool:
    """Tell whether money is printed that is carried over from last year (`in:carry`) or to the next (`out:carry`)."""
    tables = [t for name in ("summary", "appropriation") if (t := figures.disclosure.table(name)) is not None]
    return any(f.digits for t in tables for r in t.rows if r.key.startswith(key) for f in r.cells.values())


def _is_again(before: Row, row: Row) -> bool:
    if not (row.key.startswith("project:") and row.label.strip() and bare(row.key) == bare(before.key)):
        return False
    amounts = [{c: f.atoms for c, f in r.cells.items() if f.digits} for r in (before, row)]
    apart = (before.code, before.texts) != (row.code, row.texts)  # of two units, or two codes
    return not apart and bool(amounts[0]) and amounts[0] == amounts[1]
