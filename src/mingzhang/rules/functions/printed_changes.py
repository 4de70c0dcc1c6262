"""Changes of the three public expenses in sentences, against the two years that their table prints beside each other."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from mingzhang.rules.figures import TEXT
from mingzhang.rules.finding_text import amount, evidence_of
from mingzhang.rules.functions.assets import number_at
from mingzhang.rules.results import Result, Told, passed, undecided, violated
from mingzhang.rules.spoken import CHANGE, goes_up
from mingzhang.sums.sheets import CellRef

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mingzhang.rules.catalogue import Rule
    from mingzhang.rules.figures import Figures

_TABLE: Final = "three_public"
_ROWS: Final = {
    "three_public_change_amount": "total",
    "three_public_abroad_change_amount": "abroad",
    "three_public_reception_change_amount": "reception",
    "three_public_vehicles_change_amount": "vehicles",
    "three_public_vehicle_buy_change_amount": "vehicle_purchase",
    "three_public_vehicle_run_change_amount": "vehicle_operation",
}
_OTHERWISE: Final = re.compile("执行|决算|实际|支出数|完成|同口径|剔除|追加")
"""What a sentence compares with where it is not last year's budget."""
_BACK: Final = 40


def three_public(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Compare the changes that a sentence of a form that no pack knows states with this year's amount less last year's."""
    said = [n for n in figures.said if n in _ROWS] if figures.pack is None and _TABLE in figures.sheets else []
    seen = False
    for name in said:
        now, last = (number_at(CellRef(_TABLE, _ROWS[name], c), figures) for c in ("total", "last_budget"))
        one = figures.said[name]
        stated = one.slot.figure
        before = one.paragraph.text[max(0, one.slot.at - _BACK) : one.slot.at]
        word = CHANGE.search(before)
        if (
            now is None
            or last is None
            or stated is None
            or not stated.is_number
            or word is None
            or _OTHERWISE.search(before)
        ):
            continue
        seen = True
        change = now.atoms - last.atoms
        told = stated.atoms if goes_up(word["word"]) else -stated.atoms
        if abs(change - told) <= max(stated.step, now.step, last.step):
            yield passed(rule)
            continue
        spot = figures.spot(CellRef(TEXT, name))
        there = [figures.spot(CellRef(_TABLE, _ROWS[name], c)) for c in ("total", "last_budget")]
        way = "增加" if change > 0 else "减少"
        expected = amount(abs(change), stated.unit, stated.places)
        finding = Told(
            f"说明写{word['word']}{stated.plain}{stated.unit}，表内本年{now.plain}、上年{last.plain}{now.unit}，应为{way}{expected}{stated.unit}。",
            f"A change of {stated.plain} is stated; the table prints {now.plain} after {last.plain}.",
            (spot, *there),
            expected=expected,
            actual=stated.plain,
            unit=stated.unit,
            evidence=(
                evidence_of(stated, spot, "change"),
                evidence_of(now, there[0], "now"),
                evidence_of(last, there[1], "last year"),
            ),
        )
        yield violated(rule, finding)
    if not seen:
        yield undecided(
            rule, "表内没有上年数，或说明没有写增减额", "the table does not print last year, or no change is stated"
        )
