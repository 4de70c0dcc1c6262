"""Numbers that the texts of a project state, beside the same of its form: years, money, how many of a thing."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from mingzhang.forms.classification import spelling
from mingzhang.model.finding import Evidence
from mingzhang.rules.briefly import only_where
from mingzhang.rules.figures import FORM
from mingzhang.rules.finding_text import evidence_of
from mingzhang.rules.indicator_rows import Row
from mingzhang.rules.numerals import value_of
from mingzhang.rules.results import Result, Told, passed, violated
from mingzhang.rules.texts import SIDES, field_spot, indicators, words_together
from mingzhang.rules.words import words
from mingzhang.sums.sheets import CellRef

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mingzhang.model.figure import Figure
    from mingzhang.model.performance import Indicator, ProjectForm
    from mingzhang.rules.catalogue import Rule
    from mingzhang.rules.figures import Figures

_HAN: Final = {c: n for n, c in enumerate("一二三四五六七八九十", 1)} | {"两": 2}
_SPAN: Final = re.compile(r"(?<![近过去前每第满\d])(?P<n>[二两三四五六七八九十]|[2-9]|1\d)年(?:内|间|期间)")
_SPAN_AT: Final = re.compile(r"年(?<=[二两三四五六七八九十\d]年)(?:内|间|期间)")
_PAID: Final = re.compile(
    r"(?:拨付|支付|投入|安排|兑现|结清|下达|发放|补助)[^，。；、\d]{0,10}?(?P<n>\d[\d,]*(?:\.\d+)?)\s*(?P<unit>亿元|万元|元)(?![/／每])"
)
_CLAUSE: Final = re.compile(r"[，。；、,;\s]")
_NUMBER: Final = re.compile(r"(?P<n>\d(?<![\d.,]\d)[\d,]*(?:\.\d+)?)\s*(?P<unit>[一-鿿]{1,4})")
_WHOLES: Final = {"annual_goal": ("annual",), "overview": ("annual", "period"), "plan": ("annual", "period")}
_ATOMS: Final = 100 * 10**6  # in one 元
_LONGER: Final = ("次", "户", "工", "均", "天", "月", "元", "平", "米", "亩")
"""What makes another unit of one that stands before it."""
_SHARED: Final = 2
_COUNTED: Final = re.compile("[数量次个人的]")
_OF_EACH: Final = re.compile("[各每均]|分别|以上的|其中|第")
_DIGIT: Final = re.compile(r"\d")
_ROWS: Final = 3


@only_where(lambda figures: _SPAN_AT.search(words_together(figures, "form")))
def years(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Find goals of the whole period that speak of another number of years than it has."""
    for name, form in figures.forms.items():
        found = _SPAN.search(form.period_goal) if form.period_years else None
        if found is None:
            continue
        stated = _HAN.get(found["n"]) or int(found["n"])
        if stated == form.period_years:
            yield passed(rule)
            continue
        spot = field_spot(name, form, "period_goal")
        told = Told(
            f"“{name}”项目期{form.period_years}年，实施期目标写的是“{found[0]}”。",
            f"The project {name!r} lasts {form.period_years} years; its goal speaks of {stated}.",
            (spot,),
            expected=str(form.period_years),
            actual=str(stated),
            unit="年",
            evidence=(Evidence(spot, found[0], "", "goal"),),
        )
        yield violated(rule, told)


@only_where(lambda figures: _PAID.search(words_together(figures, "form")))
def money(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Find amounts to be paid, by a project's own texts, that are more than it has."""
    spared = re.compile(words("goals")["others_money"])
    for name, form in figures.forms.items():
        for field, sides in _WHOLES.items():
            text: str = getattr(form, field)
            funds = [(s, f) for s in sides if (f := _total(form, s)) is not None and f.digits]
            if "元" not in text or len(funds) < len(sides):
                continue
            side, most = max(funds, key=lambda own: own[1].atoms)
            for found in _PAID.finditer(text):
                start = max(text.rfind(mark, 0, found.start()) for mark in "，。；、") + 1
                behind = _CLAUSE.split(text[found.start() :], maxsplit=1)[0]
                if spared.search(text[start : found.start()] + behind):
                    continue
                worth = value_of(found["n"]) * words("costs")["money"][found["unit"]]
                if worth * _ATOMS <= most.atoms:
                    yield passed(rule)
                    continue
                spot, there = field_spot(name, form, field), figures.spot(CellRef(FORM, name, f"{side}.total"))
                told = Told(
                    f"“{name}”写“{found[0]}”，多于项目资金{most.plain}{most.unit}。",
                    f"{name!r} says {found[0]!r}; the project has {most.plain} {most.unit}.",
                    (spot, there),
                    expected=most.plain,
                    actual=found["n"],
                    unit=found["unit"],
                    evidence=(Evidence(spot, found[0], "", "said"), evidence_of(most, there, "money")),
                )
                yield violated(rule, told)


def counts(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Find goals that want another number of a thing than the one indicator in its unit, whose name they share."""
    for name, form in figures.forms.items():
        for side in SIDES:
            goal: str = getattr(form, f"{side}_goal")
            rows = indicators(form, side)
            if len(rows) < _ROWS or _DIGIT.search(goal) is None:
                continue
            for one, clause, said in _compared(goal, rows):
                if said == one.number or value_of(said) == value_of(one.number):
                    yield passed(rule)
                    continue
                spot, there = field_spot(name, form, f"{side}_goal"), Row(name, side, one).spot
                told = Told(
                    f"“{name}”的总体目标写“{clause}”，指标“{one.level3}”为{one.value}。",
                    f"The goal of {name!r} says {clause!r}; its indicator {one.level3!r} is {one.value!r}.",
                    (spot, there),
                    expected=one.number,
                    actual=said,
                    unit=one.unit,
                    evidence=(Evidence(spot, clause, "", "goal"), Evidence(there, one.value, "", "indicator")),
                )
                yield violated(rule, told)


def _compared(goal: str, rows: tuple[Indicator, ...]) -> Iterator[tuple[Indicator, str, str]]:
    """Give the indicators that are alone in their unit with what a goal says once in that unit of the same thing."""
    units = [one.unit for one in rows]
    wanted = [one for one in rows if one.unit in goal and one.unit not in {"", "%"} and one.number and not one.doubt]
    found = list(_NUMBER.finditer(goal)) if wanted else []
    for one in wanted:
        if units.count(one.unit) > 1:
            continue
        own = [m for m in found if m["unit"].startswith(one.unit) and _is_unit(m["unit"], one.unit)]
        if len(own) == 1 and _shares(clause := _clause_of(goal, own[0]), one.level3):
            yield one, clause, own[0]["n"]


def _clause_of(goal: str, number: re.Match[str]) -> str:
    """Give the clause in which a number stands."""
    before = _CLAUSE.split(goal[: number.start()])[-1]
    return before + number[0] + _CLAUSE.split(goal[number.end() :], maxsplit=1)[0]


def _is_unit(text: str, unit: str) -> bool:
    """Tell whether what stands behind a number is a unit, and not the first character of another: 人 of 人次."""
    return not text.startswith(_LONGER, len(unit))


def _shares(clause: str, name: str) -> bool:
    """Tell whether a clause speaks of an indicator: most characters of its name stand there, and nothing is of each of several."""
    plain = _COUNTED.sub("", spelling(name))
    said = sum(c in clause for c in plain)
    return len(plain) >= _SHARED and said * 5 >= len(plain) * 3 and _OF_EACH.search(clause) is None


def _total(form: ProjectForm, side: str) -> Figure | None:
    return form.annual_funds.total if side == "annual" else form.period_funds.total
