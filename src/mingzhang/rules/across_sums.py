"""Units against their department: sums where all are there, inequalities where some are, money between them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from mingzhang.forms.classification import spelling
from mingzhang.rules.results import Result, undecided
from mingzhang.rules.words import words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mingzhang.rules.across import Area, Department, Member
    from mingzhang.rules.catalogue import Rule
    from mingzhang.sums.sheets import CellRef


ADDED: Final = ("general_spending", "fund_spending", "state_capital")
"""Tables of appropriations: no money between units stands in them."""


def sums(rule: Rule, area: Area) -> Iterator[tuple[Result, tuple[str, ...]]]:
    """Add up the units' appropriations where the department lists no unit without a document."""
    for one in area.departments:
        files = _files(one)
        if one.missing:
            zh = f"{one.whole.disclosure.unit_name}所属“{one.missing[0]}”等{len(one.missing)}个单位没有文件"
            yield undecided(rule, zh, f"{len(one.missing)} units of it have no document"), files
            continue
        results = [
            r for left, right in _same_cells(one, area) if (r := area.compared(rule, left, "=", right)) is not None
        ]
        wrong = sum(r.outcome == "violated" for r in results)
        if wrong * 3 > len(results):  # mostly wrong: rather a unit that the department does not name has no document
            zh = f"{one.whole.disclosure.unit_name}可能还有单位没有文件"
            yield undecided(rule, zh, "units of it may have no document"), files
            continue
        yield from ((r, files) for r in results)


def parts(rule: Rule, area: Area) -> Iterator[tuple[Result, tuple[str, ...]]]:
    """Compare every unit's appropriations with its department's."""
    for one in area.departments:
        for unit in one.units:
            for table in ADDED:
                for row, column in _cells(unit, table):
                    left, right = unit.ref(table, row, column), one.whole.ref(table, row, column)
                    if area.figure(right) is None:
                        continue
                    result = area.compared(rule, left, "<=", (right,))
                    if result is not None:
                        yield result, (unit.name, one.whole.name)


def project_subtotals(rule: Rule, area: Area) -> Iterator[tuple[Result, tuple[str, ...]]]:
    """Compare the subtotal of a unit in its department's tables of projects with the unit's own total."""
    for one in area.departments:
        for table in ("projects", "projects_carried"):
            found = one.whole.disclosure.table(table)
            for row in () if found is None else found.rows:
                kind, _sign, name = row.key.partition(":")
                unit = _unit(one, name) if kind == "unit" else None
                if unit is None or not row.cells.get("total") or unit.disclosure.table(table) is None:
                    continue
                left, own = one.whole.ref(table, row.key, "total"), _projects(unit, table)
                result = area.compared(rule, left, "=", own) if own else None
                if result is not None:
                    yield result, (one.whole.name, unit.name)


def operating_costs(rule: Rule, area: Area) -> Iterator[tuple[Result, tuple[str, ...]]]:
    """Compare a unit's line in its department's table of operating costs with what the unit publishes."""
    for one in area.departments:
        found = one.whole.disclosure.table("operating_cost")
        for row in () if found is None else found.rows:
            unit = _unit(one, row.key) if row.key != "total" else None
            if unit is None or "total" not in row.cells or unit.disclosure.table("operating_cost") is None:
                continue
            left = unit.ref("operating_cost", "total", "total")
            result = area.compared(rule, left, "=", (one.whole.ref("operating_cost", row.key, "total"),))
            if result is not None:
                yield result, (unit.name, one.whole.name)


def subsidies(rule: Rule, area: Area) -> Iterator[tuple[Result, tuple[str, ...]]]:
    """Compare what the own office gives its units with what they say they receive."""
    return _between(
        rule, area, ("spending", "total", "affiliate_subsidy"), ("summary", "in:superior_subsidy", "amount")
    )


def remittances(rule: Rule, area: Area) -> Iterator[tuple[Result, tuple[str, ...]]]:
    """Compare what the own office receives from its units with what they say they remit."""
    return _between(
        rule, area, ("summary", "in:affiliate_remittance", "amount"), ("spending", "total", "remittance_up")
    )


def _between(
    rule: Rule, area: Area, above: tuple[str, str, str], below: tuple[str, str, str]
) -> Iterator[tuple[Result, tuple[str, ...]]]:
    for one in area.departments:
        office = next((u for u in one.units if _is_office(u, one)), None)
        units = [u for u in one.units if u is not office]
        if office is None or one.missing or not units:
            yield (
                undecided(rule, "本级或所属单位的文件不全", "documents of the office or of units are missing"),
                _files(one),
            )
            continue
        left, right = office.ref(*above), tuple(u.ref(*below) for u in units)
        if area.figure(left) is None or any(area.figure(r) is None for r in right):
            yield (
                undecided(rule, "表中没有单列上下级之间的资金", "money between units is not printed apart"),
                _files(one),
            )
            continue
        result = area.compared(rule, left, "=", right)
        if result is not None:
            yield result, _files(one)


def _is_office(unit: Member, one: Department) -> bool:
    """Tell whether a document is that of the department's own office: by its scope, or its name with a little more."""
    rest = unit.unit.removeprefix(one.whole.unit)
    return unit.disclosure.scope == "own_office" or (rest != unit.unit and rest in words("area")["office"])


def _same_cells(one: Department, area: Area) -> Iterator[tuple[CellRef, tuple[CellRef, ...]]]:
    """Give each figure of the department's tables with those of its units, where all of them have the table."""
    for table in ADDED:
        if any(u.disclosure.table(table) is None for u in one.units):
            continue
        for row, column in _cells(one.whole, table):
            own = [u.ref(table, row, column) for u in one.units]
            right = tuple(r for r in own if area.figure(r) is not None)
            if right:
                yield one.whole.ref(table, row, column), right


def _cells(member: Member, table: str) -> Iterator[tuple[str, str]]:
    """List the cells of totals, classes and items with a figure, shares and comparisons left out."""
    found = member.disclosure.table(table)
    for row in () if found is None else found.rows:
        yield from ((row.key, c) for c in ("total", "basic", "project") if c in row.cells and row.cells[c].is_number)


def _projects(unit: Member, table: str) -> tuple[CellRef, ...]:
    """Give a unit's total of a table of projects, else every project of it."""
    found = unit.disclosure.table(table)
    rows = () if found is None else found.rows
    if any(r.key == "total" for r in rows):
        return (unit.ref(table, "total", "total"),)
    return tuple(unit.ref(table, r.key, "total") for r in rows if r.key.startswith("project:"))


def _unit(one: Department, name: str) -> Member | None:
    plain = spelling(name.partition("#")[0])
    return next((u for u in one.units if u.unit == plain), None)


def _files(one: Department) -> tuple[str, ...]:
    return (one.whole.name, *(u.name for u in one.units))
