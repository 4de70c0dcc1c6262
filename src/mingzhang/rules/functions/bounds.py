"""Bounds of indicators that cannot be meant: the wrong way round, met by everything, or after the year is over."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from mingzhang.rules.functions.targets import FROM_BELOW, each_wrong
from mingzhang.rules.results import undecided
from mingzhang.rules.words import words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mingzhang.rules.catalogue import Rule
    from mingzhang.rules.figures import Figures
    from mingzhang.rules.functions.targets import Row
    from mingzhang.rules.results import Result

_YEAR: Final = re.compile(r"(?<!\d)20\d\d(?=年)")


def worse(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Find shares that are better the lower they are, bounded from below."""
    endings = tuple(words("indicators")["worse"])

    def wrong(row: Row) -> bool:
        from_below = row.one.comparator in FROM_BELOW and bool(row.hundredths)
        is_worse = row.one.level3.rstrip("%％").endswith(endings) and not row.has("growing")  # 降低事故率 is a fall
        return row.one.unit == "%" and from_below and is_worse

    return each_wrong(rule, figures, wrong, ("越低越好，却规定下限", "has a lower bound though less is better"))


def costs(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Find costs bounded from below."""
    level, units = words("costs")["level"], words("costs")["money"]

    def wrong(row: Row) -> bool:
        one = row.one
        is_cost = level in one.level1 + one.level2 and one.unit.partition("/")[0] in units
        return is_cost and one.comparator in FROM_BELOW and not row.has("wanted_high")

    return each_wrong(rule, figures, wrong, ("是成本，却规定下限", "is a cost and has a lower bound"))


def vacuous(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Find targets of at least nothing."""

    def wrong(row: Row) -> bool:
        spared = (row.one.unit == "%" and row.has("growing")) or row.has("signed")  # at least no fall, no loss
        return row.one.comparator == "≥" and row.hundredths == 0 and not spared

    return each_wrong(rule, figures, wrong, ("任何结果都达标，没有约束力", "is met by every result"))


def nothing(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Find quantities that are to be nothing, in the year and in the whole period."""
    quantity = words("indicators")["quantity"]
    some = {
        (name, i.level3) for name, form in figures.forms.items() for i in form.period_indicators if i.number.strip("0.")
    }

    def wrong(row: Row) -> bool:
        one = row.one
        none = (
            row.hundredths == 0
            and one.comparator in {"", "=", "≤", "<"}
            and not (row.has("bad") or row.has("none_wanted"))
        )
        return none and quantity in one.level2 and (row.form, one.level3) not in some

    return each_wrong(rule, figures, wrong, ("是数量指标，指标值却为零", "is a quantity that is to be nothing"))


def late(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Find what is to be done in the year and timed after its end."""
    year = figures.disclosure.year
    if year is None:
        yield undecided(rule, "年度不明", "the year is not known")
        return
    lists = words("indicators")
    after = re.compile("|".join(lists["after_year"]))

    def wrong(row: Row) -> bool:
        one = row.one
        form = figures.forms.get(row.form)
        of_year = row.side == "annual" or (form is not None and form.period_years == 1)
        if not of_year or lists["timely"] not in one.level2 or row.has("later_by_nature"):
            return False
        years = [int(m[0]) for m in _YEAR.finditer(one.value)]
        return after.search(one.value) is not None or min(years, default=year) > year

    yield from each_wrong(rule, figures, wrong, ("晚于本年度", "lies after the end of the year"))
