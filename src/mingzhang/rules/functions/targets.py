"""Indicators one by one: whether their direction, unit and value can be meant, and whether they are there."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from mingzhang.model.finding import Evidence, Spot
from mingzhang.model.language import in_every_language, later
from mingzhang.rules.briefly import only_where
from mingzhang.rules.indicator_rows import FROM_ABOVE, WHOLE, Row, full_of, rows_of, satisfactions_of
from mingzhang.rules.once import once_for_all
from mingzhang.rules.results import Result, Told, passed, undecided, violated
from mingzhang.rules.texts import FIELD_NAMES, SIDES, field_spot, indicators, weight_of_lack
from mingzhang.rules.words import words

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator

    from mingzhang.model.finding import Severity
    from mingzhang.model.performance import Indicator, ProjectForm
    from mingzhang.rules.catalogue import Rule
    from mingzhang.rules.figures import Figures

_BOUND: Final = re.compile(r"[≥≤＞＜>=＝<]\s*\d")
_NOT_PRINTED = later("未印指标值")
_OUTPUTS: Final = ("产出", "数量", "质量", "时效")
_MISREAD = 2  # a side of which more than one in so many rows lacks its value was hardly read aright


def direction(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Find shares that are better the higher they are, bounded from above; and what is brought about, counted."""
    more, cost = re.compile(words("indicators")["wanted_more"]), words("costs")["level"]

    def wrong(row: Row) -> bool:
        if row.one.unit != "%":
            return cost not in row.one.level2 and more.search(row.one.level3) is not None and not row.has("bad")
        if not row.is_good:
            return False
        return row.one.comparator == "<" or (row.hundredths is not None and row.hundredths < WHOLE)

    rows = [r for r in rows_of(figures) if r.one.comparator in FROM_ABOVE]
    return each_wrong(rule, figures, rows, wrong, ("越高越好，却规定上限", "has an upper bound though more is better"))


def at_least_all(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Find shares of at least 100%."""

    def wrong(row: Row) -> bool:
        return row.one.comparator == "≥" and row.hundredths == WHOLE and row.is_good and not row.has("growing")

    return each_wrong(
        rule,
        figures,
        full_of(figures),
        wrong,
        ("是占比，不会高于100%，应写100%", "is a share and cannot be above 100%"),
    )


def at_most_all(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Find shares of at most 100%, which every value meets that cannot be above it."""

    def wrong(row: Row) -> bool:
        all_of_it = row.one.comparator == "≤" and row.hundredths == WHOLE
        return all_of_it and not any(map(row.has, ("spending", "growing", "beyond")))

    return each_wrong(rule, figures, full_of(figures), wrong, ("任何结果都达标，没有约束力", "is met by every result"))


def beyond_all(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Find shares of more than 100%."""

    def wrong(row: Row) -> bool:
        if row.one.comparator in FROM_ABOVE or (row.hundredths == WHOLE and row.one.comparator != ">"):
            return False
        rate = row.one.level3.endswith("率") and not row.has("beyond") and not row.has("bad")
        return (rate or row.is_good) and not row.has("growing")

    return each_wrong(
        rule, figures, full_of(figures), wrong, ("是占比，不可能高于100%", "is a share and cannot be above 100%")
    )


def bare_satisfaction(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Find satisfaction without a bound, or of 100%."""
    rows = satisfactions_of(figures)
    bad = [r for r in rows if not r.one.comparator]
    if not bad:
        yield passed(rule) if rows else undecided(rule, "没有满意度指标", "there is no satisfaction")
        return
    spots = tuple({r.spot.line: r.spot for r in bad}.values())
    values = list(dict.fromkeys(r.one.value for r in bad))
    told = Told(
        f"{len(spots)}处满意度没有写方向（{'、'.join(values[:4])}），一般写≥。",
        f"{len(spots)} satisfactions are without a bound ({', '.join(values[:4])}).",
        spots,
        evidence=tuple(Evidence(r.spot, r.one.number, r.one.unit, "target") for r in bad[:20]),
    )
    yield violated(rule, told)


def _some_lack_values(figures: Figures) -> bool:
    return bool([r for r in rows_of(figures) if r.one.level3 and not r.one.value])


@only_where(_some_lack_values)
def values(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Find indicators without a value in a side that has values."""
    not_printed = in_every_language(_NOT_PRINTED)
    for name, form in figures.forms.items():
        for side in SIDES:
            rows = [i for i in indicators(form, side) if i.level3]
            bad = [i for i in rows if _is_without_value(i, not_printed)]
            if not rows or not any(i.value for i in rows):
                continue
            if not bad or len(bad) * _MISREAD > len(rows):
                yield passed(rule)
                continue
            names = "、".join(f"“{i.level3}”" for i in bad[:3])
            told = Told(
                f"“{name}”{FIELD_NAMES[side]}有{len(bad)}项没有指标值：{names}{'等' if len(bad) > 3 else ''}。",
                f"The form {name!r} has {len(bad)} indicators without a value ({side}).",
                tuple(Row(name, side, i).spot for i in bad),
            )
            yield violated(rule, told, weight_of_lack(form))


def _is_without_value(one: Indicator, not_printed: Collection[str]) -> bool:
    """Tell whether an indicator has no value, for sure: none that stands among the characters of its name."""
    return not one.value and (not one.doubt or one.doubt in not_printed) and _BOUND.search(one.level3) is None


def _some_empty(figures: Figures) -> bool:
    return any(map(_empty, figures.forms.values()))


@only_where(_some_empty)
def one_side(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Find forms that leave the goal or the indicators of one side empty though the other side has them."""
    for name, form, empty in _sided(figures):
        if empty >= {"annual_goal", "annual"}:
            continue
        lacking = [f for f in ("period_goal", "annual_goal", "period", "annual") if f in empty]
        lacking = [f for f in lacking if _other(f) not in empty]
        if not lacking:
            yield passed(rule)
            continue
        fields = "、".join(FIELD_NAMES[f] for f in lacking)
        told = Told(
            f"“{name}”的{fields}为空。",
            f"The form {name!r} leaves empty: {', '.join(lacking)}.",
            tuple(_side_spot(name, form, f) for f in lacking),
        )
        yield violated(rule, told, weight_of_lack(form))


@only_where(_some_empty)
def no_annual(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Find forms without any goal or indicator of the year."""
    for name, form, empty in _sided(figures):
        if not empty >= {"annual_goal", "annual"}:
            yield passed(rule)
            continue
        money = form.annual_funds.total
        spots = [_side_spot(name, form, "annual_goal")]
        spots += [Row(name, "period", i).spot for i in form.period_indicators[:20]]
        amount = f"（{money.plain}{money.unit}）" if money is not None and money.is_number else ""
        told = Told(
            f"“{name}”{amount}没有年度目标，年度指标全部为空。",
            f"The form {name!r} has neither a goal nor indicators of the year.",
            tuple(spots),
        )
        yield violated(rule, told, weight_of_lack(form))


def _some_lack_a_class(figures: Figures) -> bool:
    """Tell whether a form with indicators has none in per cent that is of satisfaction, or none of outputs."""
    having = {r.form for r in satisfactions_of(figures)}
    forms = [(n, f) for n, f in figures.forms.items() if f.period_indicators or f.annual_indicators]
    return any(name not in having or not _has_outputs(form) for name, form in forms)


@only_where(_some_lack_a_class)
def classes(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Find forms without satisfaction, or without outputs, where most others have them; a text that nobody could place may be it."""
    word = words("indicators")["satisfied"]
    forms = {n: f for n, f in figures.forms.items() if f.period_indicators or f.annual_indicators}
    satisfied = {n: any(word in i.level3 + i.level2 + i.doubt for s in SIDES for i in indicators(f, s) if i.value or i.level3)
                 or word in "".join(f.doubts)
                 for n, f in forms.items()}  # fmt: skip
    for having, called in ((satisfied, "服务对象满意度"), ({n: _has_outputs(f) for n, f in forms.items()}, "产出")):
        if sum(having.values()) * 2 <= len(having):
            yield undecided(rule, f"多数绩效目标表没有{called}", "most forms have none of this class")
            continue
        yield passed(rule)
        for name in (n for n, has in having.items() if not has):
            form = figures.forms[name]
            rows = [Row(name, s, i) for s in SIDES for i in indicators(form, s)]
            last = max(rows, key=lambda r: r.spot.line or 0)
            told = Told(
                f"“{name}”没有{called}指标，其他绩效目标表都有。",
                f"The form {name!r} has none of a class of indicators that the others have.",
                (last.spot,),
            )
            yield violated(rule, told, weight_of_lack(form))


def _has_outputs(form: ProjectForm) -> bool:
    """Tell whether a form has an indicator of outputs, or one that stands in no class that could be read."""
    for side in SIDES:
        for one in indicators(form, side):
            if not one.level2 or one.doubt or any(w in one.level1 + one.level2 for w in _OUTPUTS):
                return True
    return False


def each_wrong(
    rule: Rule,
    figures: Figures,
    rows: Iterable[Row],
    wrong: Callable[[Row], bool],
    said: tuple[str, str],
    *,
    weight: Severity | None = None,
) -> Iterator[Result]:
    """Report every indicator that is wrong, both sides of a form together; `rows` are those that may be."""
    if not rows_of(figures):
        yield undecided(rule, "没有绩效指标", "there are no indicators")
        return
    yield passed(rule)
    found: dict[tuple[str, str, str], list[Row]] = {}
    for row in rows:
        if wrong(row):
            found.setdefault((row.form, row.one.level3, row.one.value), []).append(row)
    for (form, level3, value), own in found.items():
        spots = tuple(r.spot for r in own)
        told = Told(
            f"“{form}”的“{level3}”{value}：{said[0]}。",
            f"The form {form!r}: {level3!r} {value} {said[1]}.",
            spots,
            actual=value,
            evidence=tuple(Evidence(s, value, "", "target") for s in spots),
        )
        yield violated(rule, told, weight)


def _sided(figures: Figures) -> Iterator[tuple[str, ProjectForm, set[str]]]:
    """Give the forms that say something, each with what it leaves empty, where the document's forms have both sides."""
    empties = _empties(figures)
    filled = [n for n, e in empties.items() if len(e) < 4]
    if not any(not empties[n] for n in filled):
        return
    for name in filled:
        yield name, figures.forms[name], empties[name]


@once_for_all
def _empties(figures: Figures) -> dict[str, set[str]]:
    return {name: set(_empty(form)) for name, form in figures.forms.items()}


def _empty(form: ProjectForm) -> list[str]:
    """List the goals and sides of a form that are empty."""
    goals = {"period_goal": form.period_goal, "annual_goal": form.annual_goal}
    sides = {side: [i for i in indicators(form, side) if i.value] for side in SIDES}
    return [name for name, said in (*goals.items(), *sides.items()) if not said]


def _other(field: str) -> str:
    return field.replace("period", "*").replace("annual", "period").replace("*", "annual")


def _side_spot(name: str, form: ProjectForm, field: str) -> Spot:
    if field.endswith("_goal"):
        return field_spot(name, form, field)
    rows: Iterable[Indicator] = indicators(form, _other(field))
    place = next((i.place for i in rows if i.place is not None), None)
    return field_spot(name, form, field, place)
