"""The period of a project: what is done once, what is built, and the money of the whole of it beside that of the year."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mingzhang.model.finding import Evidence
from mingzhang.rules.figures import FORM
from mingzhang.rules.finding_text import evidence_of
from mingzhang.rules.results import Result, Told, passed, violated
from mingzhang.rules.texts import field_spot
from mingzhang.rules.words import words
from mingzhang.sums.sheets import CellRef

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mingzhang.rules.catalogue import Rule
    from mingzhang.rules.figures import Figures


def one_off(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Find projects that are done once and last more than a year."""
    for name, form in figures.forms.items():
        if form.attribute != "one_off" or form.period_years is None:
            continue
        if form.period_years == 1:
            yield passed(rule)
            continue
        spot = field_spot(name, form, "attribute")
        told = Told(
            f"“{name}”为一次性项目，项目期却为{form.period_years}年。",
            f"The project {name!r} is done once and lasts {form.period_years} years.",
            (spot,),
            actual=str(form.period_years),
            unit="年",
            evidence=(Evidence(spot, str(form.period_years), "年", "period"),),
        )
        yield violated(rule, told)


def lasting_works(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Find works and purchases that are called recurrent."""
    for name, form in figures.forms.items():
        if form.attribute != "recurrent":
            continue
        if not any(w in form.project for w in words("indicators")["construction"]):
            yield passed(rule)
            continue
        told = Told(
            f"“{name}”列为经常性项目，从名称看是建设或购置，请核对项目属性。",
            f"The project {name!r} is called recurrent though its name is of works or a purchase.",
            (field_spot(name, form, "attribute"),),
        )
        yield violated(rule, told)


def years(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Compare the whole period's money with that of the year times the years."""
    yield from _years(rule, figures, long=False)


def endless(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Find periods of very many years with the money of one."""
    yield from _years(rule, figures, long=True)


def _years(rule: Rule, figures: Figures, *, long: bool) -> Iterator[Result]:
    for name, form in figures.forms.items():
        count = form.period_years or 1
        if count == 1 or form.attribute == "one_off":
            continue
        period, annual = form.period_funds.total, form.annual_funds.total
        if period is None or annual is None or not period.digits or not annual.digits:
            continue
        same = period.atoms == annual.atoms and count >= int(words("indicators")["long_years"])
        if (long and not same) or (not long and (same or period.atoms == annual.atoms * count)):
            yield passed(rule)
            continue
        whole = annual.atoms * count // (10**8)
        spots = tuple(figures.spot(CellRef(FORM, name, f"{s}.total")) for s in ("period", "annual"))
        told = Told(
            f"“{name}”项目期{count}年，实施期资金{period.plain}{period.unit}，年度资金{annual.plain}{annual.unit}"
            + ("，两者相同。" if same else f"，乘以年数为{whole}元。"),
            f"The project {name!r} has {period.plain} for {count} years and {annual.plain} for one.",
            spots,
            expected=str(whole),
            actual=period.plain,
            unit="元",
            evidence=(
                evidence_of(period, spots[0], "period"),
                evidence_of(annual, spots[1], "annual"),
                Evidence(field_spot(name, form, "period"), str(count), "年", "years"),
            ),
        )
        yield violated(rule, told)
