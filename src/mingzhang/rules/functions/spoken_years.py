"""Amounts of two years side by side, and rises greater than what they led to."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from mingzhang.model.finding import Evidence
from mingzhang.rules.functions.spoken_rates import plain
from mingzhang.rules.hearing import AGAINST, is_of_before, spoken_in
from mingzhang.rules.numerals import spelled_value, value_of
from mingzhang.rules.results import Result, Told, passed, violated
from mingzhang.rules.spoken import FALLS, POWERS, RISES, goes_up, spot_of, ten
from mingzhang.rules.texts import texts_where

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mingzhang.rules.catalogue import Rule
    from mingzhang.rules.figures import Figures

_AMOUNT: Final = r"(?P<{0}>\d[\d,]*(?:\.\d+)?)\s*(?P<{0}_unit>亿元|万元|元)"
_NAMES: Final = ("now", "was", "change")
_WORDS: Final = r"[^，,。；;\d]{0,20}"
TWO_YEARS: Final = re.compile(
    rf"(?P<year>20\d\d)\s*年{_WORDS}{_AMOUNT.format('now')}\s*[，,；;]\s*(?P<last>20\d\d)\s*年{_WORDS}{_AMOUNT.format('was')}"
    rf"\s*[，,；;]\s*[^，,。；;\d]{{0,10}}?(?P<word>{RISES}|{FALLS})(?:了|额)?\s*{_AMOUNT.format('change')}"
)
"""2024年预算33万元，2023年预算57.5万元，与上年对比减少24.5万元."""


def two_years(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Compare the amounts of two years that follow each other with the change stated behind them."""
    for text in texts_where(figures, TWO_YEARS, part="written"):
        for found in TWO_YEARS.finditer(text.words):
            if int(found["year"]) != int(found["last"]) + 1:
                continue
            now, was, change = (_fen(found, name) for name in _NAMES)
            expected = now - was
            if (change if goes_up(found["word"]) else -change) == expected:
                yield passed(rule)
                continue
            power = ten(POWERS[found["change_unit"]])
            spot, unit = text.spot(found[0]), found["change_unit"]
            told = Told(
                f"变动额不等于两年之差：“{found[0]}”，两年相差{spelled_value(expected / power)}{unit}。",
                f"The change is not the difference of the two years: {found[0]!r}.",
                (spot,),
                expected=spelled_value(expected / power),
                actual=found["change"],
                unit=unit,
                evidence=tuple(Evidence(spot, found[name], found[f"{name}_unit"], name) for name in _NAMES),
            )
            step = Fraction(power, ten(max(len(found[n].partition(".")[2]) for n in _NAMES)))
            yield violated(rule, told, "hint" if 0 < abs(abs(expected) - change) <= step else None)


def too_much(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Find amounts that rose by more than they are: before there would have been less than nothing."""
    for amount in spoken_in(figures).amounts:
        change, own = amount.change, amount.number
        if change is None or not amount.change_rises or not AGAINST.fullmatch(change.lead) or is_of_before(own):
            continue
        places = max(0, own.step, change.step) + 1
        rough = (ten(places - own.step) + ten(places - change.step)) // 2
        if change.atoms(places) - own.atoms(places) <= rough:
            continue
        spot = spot_of(amount, amount.paragraph.text[own.start - len(amount.name) : change.stop].strip())
        told = Told(
            f"增加额大于本年数：“{spot.sentence}”。",
            f"An amount rose by more than it is: {spot.sentence!r}.",
            (spot,),
            actual=plain(change),
            unit=change.unit,
            evidence=(
                Evidence(spot, plain(own), own.unit, "present"),
                Evidence(spot, plain(change), change.unit, "change"),
            ),
        )
        yield violated(rule, told)


def _fen(found: re.Match[str], name: str) -> Fraction:
    return value_of(found[name]) * ten(POWERS[found[f"{name}_unit"]])
