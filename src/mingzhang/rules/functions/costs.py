"""Cost indicators against the money of their project."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import msgspec

from mingzhang.model.figure import Figure, read_figure
from mingzhang.model.finding import Evidence
from mingzhang.rules.figures import DEPARTMENT, FORM
from mingzhang.rules.functions.projects import pairs_of
from mingzhang.rules.indicator_rows import FROM_ABOVE, FROM_BELOW, Row, cost_rows_of
from mingzhang.rules.once import once, once_for_all
from mingzhang.rules.results import Result, Told, passed, violated
from mingzhang.rules.texts import indicators
from mingzhang.rules.words import words
from mingzhang.sums.sheets import CellRef

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mingzhang.rules.catalogue import Rule
    from mingzhang.rules.figures import Figures

_MOST_BARE = 100_000  # a bare number from here on is in 元
_ATOMS = 100 * 10**6  # in one 元
_WAN = 10_000
_PREFIX = 4
_SURE = 3  # so many digits are no accident


class Money(msgspec.Struct, frozen=True, gc=False):
    """An amount in atoms, and how far it may be off for the digits of what it was added up from."""

    amount: int
    slack: int = 0

    @property
    def most(self) -> int:
        """Give the highest it may be."""
        return self.amount + self.slack


class Cost(msgspec.Struct, frozen=True, gc=False):
    """One cost indicator as money: atoms and half of its last digit, and whether it is of a year or of one thing."""

    row: Row
    amount: Fraction
    half: Fraction
    per: str = ""

    @property
    def is_total(self) -> bool:
        """Tell whether the name is of the whole cost."""
        return not self.per and self._named("total") and not self._named("single")

    @property
    def is_single(self) -> bool:
        """Tell whether the name is of one thing among several."""
        return self._named("single")

    @property
    def is_yearly(self) -> bool:
        """Tell whether it is an amount of the year, not of one thing."""
        return self.per in {"", "年"} and not self._named("single")

    @property
    def may_be_more(self) -> bool:
        """Tell whether the name is of something wider than the project's money, such as an investment or a contract."""
        return self._named("whole")

    def equals(self, money: Money) -> bool:
        """Tell whether the money is what is printed, to the last digits printed."""
        return abs(self.amount - money.amount) <= self.half + money.slack

    def _named(self, group: str) -> bool:
        return any(w in self.row.one.level3 for w in words("costs")[group])


def totals(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Compare the whole cost with the money of the year; that of the whole period will do too."""
    for name, costs in costs_of(figures, "annual").items():
        form, own = figures.forms[name], [c for c in costs if c.is_total]
        if len(own) != 1:
            continue
        annual, period = _money(form.annual_funds.total), _money(form.period_funds.total)
        if annual is None:
            continue
        allowed = [m for m in (annual, period, _whole_year(figures, name)) if m is not None]
        yield from _compared(rule, own[0], allowed, figures, CellRef(FORM, name, "annual.total"))
    for name, costs in costs_of(figures, "annual").items():
        amounts = [
            m.amount
            for f in (figures.forms[name].annual_funds.total, figures.forms[name].period_funds.total)
            if (m := _money(f)) is not None
        ]
        for cost in costs:
            if any(abs(cost.amount * _WAN - m) <= cost.half * _WAN for m in amounts) and not (
                cost.per or cost.is_total or cost.is_single
            ):
                found = _told(
                    rule,
                    [cost],
                    figures,
                    CellRef(FORM, name, "annual.total"),
                    ("数字与资金总额相同，单位不同", "has the digits of the money in another unit"),
                )
                few = len(cost.row.one.number.replace(".", "").strip("0")) < _SURE
                yield msgspec.structs.replace(found, severity="hint") if few else found
    whole = figures.disclosure.department_form
    ref = CellRef(DEPARTMENT, "by_source.total")
    money = _money(figures.figure(ref))
    if whole is not None and money is not None:
        read = (cost_of(r, bare=True) for r in cost_rows_of(figures) if r.form == DEPARTMENT)
        own = [c for c in read if c is not None and c.is_total]
        if len(own) == 1:
            yield from _compared(rule, own[0], [money], figures, ref)


def above(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Find single costs above all the money of the year."""
    for name, own in costs_of(figures, "annual").items():
        money = _whole_year(figures, name)
        if money is None:
            continue
        ref = CellRef(FORM, name, "annual.total")
        period = _money(figures.forms[name].period_funds.total)
        compared = sum(c.is_total for c in own) == 1  # by the rule on whole costs
        for cost in own:
            if (cost.is_total and compared) or (cost.may_be_more and not cost.is_total):
                continue
            most = max(money.most, period.most) if cost.is_total and period is not None else money.most
            if cost.amount <= most or cost.equals(money):
                yield passed(rule)
                continue
            yield _told(rule, [cost], figures, ref, ("高于该项目年度资金", "is above the money of the year"))


def summed(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Compare the sum of the year's costs with the money of the year."""
    for name, costs in costs_of(figures, "annual").items():
        own = [c for c in costs if c.is_yearly and not c.may_be_more] if len(costs) > 1 else []
        money = _whole_year(figures, name) if len(own) > 1 else None
        if money is None:
            continue
        ref = CellRef(FORM, name, "annual.total")
        parts = [c for c in own if not c.is_total and not c.equals(money)]
        if len(parts) < 2:
            continue
        if sum(c.amount for c in parts) <= money.most + sum(c.half for c in parts):
            yield passed(rule)
            continue
        yield _told(rule, parts, figures, ref, ("之和高于该项目年度资金", "add up to more than the money of the year"))


def copied(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Find costs of the whole period that are the year's money."""
    found: list[Evidence] = []
    seen = False
    for name, own in costs_of(figures, "period").items():
        form = figures.forms[name]
        if (form.period_years or 1) == 1:
            continue
        annual, period = _money(form.annual_funds.total), _money(form.period_funds.total)
        if annual is None or period is None or annual.amount == period.amount:
            continue
        for cost in own:
            seen = True
            if cost.equals(annual) and not cost.equals(period) and not cost.per:
                found.append(Evidence(cost.row.spot, cost.row.one.number, cost.row.one.unit, "cost"))
    if found:
        told = Told(
            f"{len(found)}处多年期项目的实施期成本指标等于年度资金，而不是实施期资金。",
            f"{len(found)} costs of a period of several years are the money of one year.",
            tuple(e.where for e in found),
            evidence=tuple(found),
        )
        yield violated(rule, told)
    elif seen:
        yield passed(rule)


def products(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Compare prices times the quantities of the same name, with the year's other costs, with the money of the year."""
    for name, costs in costs_of(figures, "annual").items():
        form, priced = figures.forms[name], [c for c in costs if c.per not in {"", "年"}]
        money = _whole_year(figures, name) if priced else None
        if money is None:
            continue
        ref = CellRef(FORM, name, "annual.total")
        made = []
        for cost in priced:
            quantity = _quantity(cost, [Row(name, "annual", i) for i in indicators(form, "annual")])
            if quantity is not None:
                made.append((cost, cost.amount * quantity))
        total = sum(amount for _, amount in made)
        if not made:
            continue
        if total <= money.most:
            yield passed(rule)
            continue
        said = ("单价乘数量之和高于该项目年度资金", "times their quantities are more than the money of the year")
        yield _told(rule, [c for c, _ in made], figures, ref, said, total=Fraction(total))


@once_for_all
def costs_of(figures: Figures, side: str) -> dict[str, list[Cost]]:
    """List one side's cost indicators that are amounts of money, by the project's form."""
    out: dict[str, list[Cost]] = {}
    for row in cost_rows_of(figures):
        cost = cost_of(row) if row.side == side and row.form in figures.forms else None
        if cost is not None:
            out.setdefault(row.form, []).append(cost)
    return out


def cost_of(row: Row, *, bare: bool = False) -> Cost | None:
    """Read a cost indicator as money; `bare` takes a large number without a unit for 元."""
    one = row.one
    if one.comparator in FROM_BELOW or not one.number:
        return None
    unit, _, per = one.unit.partition("/")
    found = read_figure(one.number, "元")
    if found is None or found.digits is None:
        return None
    scale = words("costs")["money"].get(unit)
    if scale is None and not (bare and not one.unit and found.digits >= _MOST_BARE):
        return None
    step = Fraction((scale or 1) * _ATOMS, 10**found.places)
    return Cost(row, found.digits * step, step / 2, per)


def _quantity(cost: Cost, rows: list[Row]) -> Fraction | None:
    """Find the one quantity that a price is of: same unit, and the longest common beginning of names."""
    near = []
    for row in rows:
        unit = row.one.unit
        scale = _WAN if unit == f"万{cost.per}" else 1 if unit == cost.per else 0
        length = _common(row.one.level3, cost.row.one.level3)
        figure = read_figure(row.one.number, unit) if row.one.number and scale else None
        if figure is not None and figure.digits is not None and length >= _PREFIX:
            near.append((length, Fraction(figure.digits * scale, 10**figure.places)))
    if not near:
        return None
    best = max(near)[0]
    own = [q for n, q in near if n == best]
    return own[0] if len(own) == 1 else None


def _common(a: str, b: str) -> int:
    return next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))


def _compared(rule: Rule, cost: Cost, allowed: list[Money], figures: Figures, ref: CellRef) -> Iterator[Result]:
    if any(cost.equals(m) for m in allowed):
        yield passed(rule)
    else:
        loose = cost.row.one.comparator in FROM_ABOVE and cost.amount > max(m.most for m in allowed)
        found = _told(rule, [cost], figures, ref, ("与资金总额不符", "differs from the money"))
        yield msgspec.structs.replace(found, severity="warning") if loose else found


def _told(
    rule: Rule,
    costs: list[Cost],
    figures: Figures,
    ref: CellRef,
    said: tuple[str, str],
    *,
    total: Fraction | None = None,
) -> Result:
    figure = figures.figure(ref)
    assert figure is not None
    shown = "、".join(f"“{c.row.one.level3}”{c.row.one.value}" for c in costs[:4])
    value = (sum((c.amount for c in costs), Fraction(0)) if total is None else total) / _ATOMS
    money = _plain(Fraction(figure.atoms, _ATOMS))
    amounts = f"{_plain(value)}元（{_plain(value / _WAN)}万元）"
    stated = f"{money}元（{_plain(Fraction(figure.atoms, _ATOMS) / _WAN)}万元）"
    place = figures.spot(ref)
    told = Told(
        f"“{ref.row if ref.source == FORM else '部门整体'}”的成本指标{shown}{said[0]}：{amounts}，资金{stated}。",
        f"The costs {shown} {said[1]}: {_plain(value)} and {money} 元.",
        (*(c.row.spot for c in costs), place),
        expected=money,
        actual=_plain(value),
        difference=_plain(value - Fraction(figure.atoms, _ATOMS)),
        unit="元",
        evidence=(
            *(Evidence(c.row.spot, c.row.one.number, c.row.one.unit, "cost") for c in costs),
            Evidence(place, figure.plain, figure.unit, "money"),
        ),
    )
    return violated(rule, told)


def _money(figure: Figure | None) -> Money | None:
    return None if figure is None or not figure.digits else Money(figure.atoms)


@once
def _whole_year(figures: Figures, form: str) -> Money | None:
    """Give a project's money of the year, carried money included where the project tables have more than the form."""
    annual = _money(figures.forms[form].annual_funds.total)
    rows = [f for r in pairs_of(figures).get(form, ()) if (f := figures.figure(r)) is not None and f.is_number]
    if annual is None or not rows:
        return annual
    listed = Money(sum(f.atoms for f in rows), sum(f.step for f in rows))
    return listed if listed.amount > annual.amount + listed.slack else annual


def _plain(value: Fraction) -> str:
    """Spell an amount with at most two decimals, cut."""
    cents = abs(value.numerator) * 100 // value.denominator
    text = f"{cents // 100}.{cents % 100:02d}".rstrip("0").rstrip(".")
    return f"-{text}" if value < 0 else text
