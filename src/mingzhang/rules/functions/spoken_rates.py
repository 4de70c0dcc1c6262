"""Rates of change in sentences: each is the change over what was before, where the sentence says all three."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from mingzhang.model.figure import spell
from mingzhang.model.finding import Evidence
from mingzhang.rules.briefly import only_where
from mingzhang.rules.functions.changes import judged_by_form
from mingzhang.rules.hearing import says_more, spoken_in
from mingzhang.rules.results import Result, Told, passed, undecided, violated
from mingzhang.rules.spoken import FALLS, RISES, Rate, spot_of, ten
from mingzhang.rules.spoken_names import bare_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mingzhang.rules.catalogue import Rule
    from mingzhang.rules.figures import Figures
    from mingzhang.rules.spoken import Number

_RATED: Final = re.compile(
    rf"(?:{RISES}|{FALLS}|增幅|降幅|减幅|元\s*[（(])(?:了|为|比例为|率为|率)?\s*(?P<rate>\d[\d,]*(?:\.\d+)?)\s*[%％]"
)
_PERCENT: Final = 100


@only_where(lambda figures: says_more(figures, _RATED, "rate", judged_by_form))
def rates(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Compare a rate with the change over what was before, of any amount of the paragraph that it may be of."""
    judged = judged_by_form(figures)
    found = [r for r in spoken_in(figures).rates if (id(r.paragraph), r.rate.start) not in judged]
    for said in found:
        ways = (said.of_before,) if said.is_sure and said.named is None else (False, True)
        if any(_may_be(said, amount, was=was) for amount in _near(said, figures) for was in ways):
            yield passed(rule)
        else:
            yield _told(rule, said)
    if not found:
        yield undecided(rule, "说明没有写变动", "no change is stated")


def _near(said: Rate, figures: Figures) -> Iterator[Number]:
    """Give the amounts of the paragraph before the change: it may be of any of them, but where last year's is named."""
    if said.of_before:
        yield said.amount
        return
    for amount in spoken_in(figures).amounts:
        here = amount.paragraph is said.paragraph and amount.number.start < said.change.start
        if here or (said.named and amount.section is said.section and bare_name(amount.name) == said.named):
            yield amount.number


def _may_be(said: Rate, amount: Number, *, was: bool) -> bool:
    """Tell whether rounding lets a rate be that of the change of an amount, of this year or of the year before."""
    bounds = _bounds(said, amount, was=was)
    if bounds is None:
        return True
    (low, below), (high, above) = bounds
    rate, half = said.rate, ten(said.rate.places) * 2
    return (2 * rate.digits + 1) * below >= low * half and (2 * rate.digits - 1) * above <= high * half


def _bounds(said: Rate, amount: Number, *, was: bool) -> tuple[tuple[int, int], tuple[int, int]] | None:
    """Give the least and the greatest that the rate may be, each over and under; None where nothing was before."""
    places = max(amount.step, said.change.step, 0) + 1
    change, own = said.change.atoms(places), amount.atoms(places)
    loose = ten(places - said.change.step) // 2
    rough = ten(places - amount.step) // 2 + (0 if was else loose)
    before = own if was else own - change if said.rises else own + change
    if before - rough <= 0:
        return None
    return ((change - loose) * _PERCENT, before + rough), ((change + loose) * _PERCENT, before - rough)


def _told(rule: Rule, said: Rate) -> Result:
    spot = spot_of(said)
    places = max(said.amount.step, said.change.step, 0)
    change, own = said.change.atoms(places), said.amount.atoms(places)
    before = own if said.of_before else own - change if said.rises else own + change
    expected = percent_of(change, before, said.rate.places)
    is_of_now = _is_close(said.rate, change, own)
    why, en = ("，写的是变动额除以本年数", ", it is over this year's figure") if is_of_now else ("", "")
    told = Told(
        f"变动比例与变动额不符：“{said.said}”，应为{expected}%{why}。",
        f"The rate is not the change over what was before, {expected}%{en}: {said.said!r}.",
        (spot,),
        expected=expected,
        actual=plain(said.rate),
        unit="%",
        evidence=(
            Evidence(spot, plain(said.amount), said.amount.unit, "present"),
            Evidence(spot, plain(said.change), said.change.unit, "change"),
            Evidence(spot, plain(said.rate), "%", "rate"),
        ),
    )
    is_tail = abs(said.rate.digits * before - change * _PERCENT * ten(said.rate.places)) <= before * 11 // 10
    return violated(rule, told, None if said.is_sure and not is_tail else "hint")


def _is_close(rate: Number, part: int, whole: int) -> bool:
    return whole > 0 and 10 * abs(rate.digits * whole - part * _PERCENT * ten(rate.places)) <= 6 * whole


def percent_of(part: int, whole: int, places: int) -> str:
    """Print a part of a whole in per cent with so many places."""
    scale = ten(places)
    units = (2 * part * _PERCENT * scale + whole) // (2 * whole)
    return spell(units, places, grouped=False)


def plain(number: Number) -> str:
    """Print a number without separators."""
    return spell(number.digits, number.places, grouped=False)
