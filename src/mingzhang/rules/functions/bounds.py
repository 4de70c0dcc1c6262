"""Bounds of indicators that cannot be meant: the wrong way round, met by everything, or after the year is over."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from mingzhang.rules.functions.targets import each_wrong
from mingzhang.rules.indicator_rows import FROM_BELOW, cost_rows_of, rows_of, zeros_of
from mingzhang.rules.results import undecided
from mingzhang.rules.words import words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mingzhang.rules.catalogue import Rule
    from mingzhang.rules.figures import Figures
    from mingzhang.rules.indicator_rows import Row
    from mingzhang.rules.results import Result

_TIMES: Final = frozenset({"天", "日", "小时", "分钟", "秒", "工作日", "个工作日", "个月", "周", "月"})
_YEAR: Final = re.compile(r"(?<!\d)20\d\d(?=年)")


def worse(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Find what is better the lower it is, shares, mishaps and times to wait, bounded from below."""
    lists = words("indicators")
    endings = tuple(lists["worse"])
    mishaps, dealt_with = re.compile(lists["mishaps"]), re.compile(lists["dealt_with"])
    times, meant_long = re.compile(lists["waiting"]), re.compile(lists["meant_long"])

    rows = [r for r in rows_of(figures) if r.one.comparator in FROM_BELOW]
    some = mishaps.search("\0".join([r.one.level3 for r in rows])) is not None

    def is_worse(row: Row) -> bool:
        name = row.one.level3.strip()
        if row.one.unit == "%":
            return name.rstrip("%％").endswith(endings)
        if row.one.unit in _TIMES:
            return times.search(name) is not None and meant_long.search(name) is None
        return some and mishaps.search(name) is not None and dealt_with.search(name) is None

    def wrong(row: Row) -> bool:
        return is_worse(row) and bool(row.hundredths) and not row.has("growing")  # 降低事故率 is a fall

    return each_wrong(rule, figures, rows, wrong, ("越低越好，却规定下限", "has a lower bound though less is better"))


def costs(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Find costs bounded from below."""
    units = words("costs")["money"]

    def wrong(row: Row) -> bool:
        return row.one.unit.partition("/")[0] in units and not row.has("wanted_high")

    return each_wrong(
        rule,
        figures,
        [r for r in cost_rows_of(figures) if r.one.comparator in FROM_BELOW],
        wrong,
        ("是成本，却规定下限", "is a cost and has a lower bound"),
    )


def vacuous(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Find targets of at least nothing; of what is to become better it is a hint, for a fall would miss them."""
    bettering = tuple(words("indicators")["bettering"])

    def wrong(row: Row) -> bool:
        if row.one.level3.endswith(bettering):
            return False
        spared = (row.one.unit == "%" and row.has("growing")) or row.has("signed")  # at least no fall, no loss
        return row.one.comparator == "≥" and not spared

    yield from each_wrong(
        rule, figures, zeros_of(figures), wrong, ("任何结果都达标，没有约束力", "is met by every result")
    )
    below = [r for r in rows_of(figures) if r.one.number.startswith("-") and r.one.comparator in FROM_BELOW]
    if below:
        said = ("低于零也达标，没有约束力", "is met by less than nothing")
        yield from each_wrong(rule, figures, below, lambda row: not (row.has("growing") or row.has("signed")), said)
    better = [r for r in zeros_of(figures) if r.one.comparator == "≥" and r.one.level3.endswith(bettering)]
    if better:
        said = ("没有改进也达标，没有约束力", "is met where nothing becomes better")
        yield from each_wrong(rule, figures, better, lambda _row: True, said, weight="hint")


def nothing(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Find quantities that are to be nothing, in the year and in the whole period."""
    quantity = words("indicators")["quantity"]

    def wrong(row: Row) -> bool:
        one = row.one
        if one.comparator not in {"", "=", "≤", "<"} or quantity not in one.level2:
            return False
        form = figures.forms.get(row.form)
        some = form is not None and any(i.level3 == one.level3 and i.number.strip("0.") for i in form.period_indicators)
        return not (some or row.has("bad") or row.has("none_wanted"))

    return each_wrong(
        rule, figures, zeros_of(figures), wrong, ("是数量指标，指标值却为零", "is a quantity that is to be nothing")
    )


def late(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Find what is to be done in the year and timed after its end."""
    year = figures.disclosure.year
    if year is None:
        yield undecided(rule, "年度不明", "the year is not known")
        return
    lists = words("indicators")
    after = re.compile("|".join(lists["after_year"]))

    timely = [r for r in rows_of(figures) if lists["timely"] in r.one.level2]

    def wrong(row: Row) -> bool:
        value = row.one.value
        form = figures.forms.get(row.form)
        if not (row.side == "annual" or (form is not None and form.period_years == 1)):
            return False
        years = [int(m[0]) for m in _YEAR.finditer(value)]
        is_late = after.search(value) is not None or min(years, default=year) > year
        return is_late and not row.has("later_by_nature")

    yield from each_wrong(rule, figures, timely, wrong, ("晚于本年度", "lies after the end of the year"))
