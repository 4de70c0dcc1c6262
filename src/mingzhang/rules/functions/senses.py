"""What indicators measure, and how: their class, their measure, their weights; goals that no target picks up."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Any, Final

from mingzhang.forms.classification import spelling
from mingzhang.model.finding import Evidence
from mingzhang.rules.briefly import only_where, told_of_each
from mingzhang.rules.indicator_rows import FROM_ABOVE, FROM_BELOW, rows_of, satisfactions_of, sides_of
from mingzhang.rules.once import once_for_all
from mingzhang.rules.results import Result, Told, passed, undecided, violated
from mingzhang.rules.texts import SIDES, field_spot, indicators
from mingzhang.rules.words import words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mingzhang.rules.catalogue import Rule
    from mingzhang.rules.figures import Figures
    from mingzhang.rules.indicator_rows import Row

_BRACKETS: Final = (("（", "）"), ("(", ")"), ("“", "”"), ("《", "》"))
_BRACKET: Final = re.compile(r"[（）()“”《》]")
_SLIP: Final = re.compile(
    r"[≥≤＞＜><≧≦]\s*[≥≤＞＜><≧≦]|[%％]\s*[%％]|(?:大于|小于|等于|不低于|不高于|不超过|不少于)\s*[≥≤＞＜><]|[≥≤]\s*(?:大于|小于|不低于|不高于|不超过|不少于)"
    r"|\d[OoＯｏIl][\dOoＯｏ%％]|[OoＯｏIl](?<![A-Za-zＯｏ][OoＯｏIl])\d*[OoＯｏ]?[%％]"
)
"""Signs of comparison or of per cent printed twice, and letters in the place of digits."""

_DAY: Final = re.compile(
    r"\s*(?:\d{1,2}月\d{1,2}日|\d{1,2}[-－](?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)|(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[-－]\d{1,2})\s*"
)
"""What a workbook makes of `4-5`."""

_COUNTED: Final = re.compile(
    r"(?P<n>\d(?<![\d.第〔\[（(年月]\d)\d{0,5})(?P<unit>家|户|座|台|套|公里|平方米|亩|名|人次|次|场|份|辆|条|处|个(?!月|工作日|方面|维护|以上))"
)
_NUMBER: Final = re.compile(r"\d+")
_DIGIT: Final = re.compile(r"\d|[一二三四五六七八九十百千万]")
_OF_TIME: Final = re.compile("时间|时限|日期|期限|日前")
_WHOLE: Final = 100
_NAME: Final = 4
_SHOWN: Final = 20


def _with_sense(figures: Figures) -> Iterator[tuple[Row, dict[str, Any]]]:
    """Give the indicators in a class whose name says a class, with that."""
    senses = [(tuple(sense["ending"]), sense) for sense in words("senses").values()]
    every = tuple([ending for endings, _sense in senses for ending in endings])
    for row in rows_of(figures):
        name = row.one.level3.rstrip()
        if name.endswith(every) and row.one.level2 and not row.one.doubt:
            for endings, sense in senses:
                if name.endswith(endings):
                    yield row, sense
                    break


@told_of_each(lambda figures: sum(1 for _ in _with_sense(figures)))
def other_class(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Find indicators whose name ends in the word of another class than the one they stand in."""
    for row, sense in _with_sense(figures):
        level = row.one.level2
        if (
            sense["class"] in level
            or sense["class"] in level + row.one.level1
            or any(w in level for w in sense["other"])
        ):
            continue
        yield _told(
            rule, row, f"指标“{row.one.level3}”列在“{level}”，从名称看应列在“{sense['class']}”类。",
            f"{row.one.level3!r} stands under {level!r}.", expected=str(sense["class"]), actual=level,
        )  # fmt: skip


def _of_quantity(figures: Figures) -> list[Row]:
    """List the indicators of quantity with their target."""
    rows = [r for r in rows_of(figures) if "数量" in r.one.level2]
    return [r for r in rows if r.one.value.strip() and not r.one.doubt]


@told_of_each(lambda figures: len(_of_quantity(figures)))
def words_for_numbers(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Find indicators of quantity whose target is a word."""
    for row in [r for r in _of_quantity(figures) if not _DIGIT.search(r.one.value)]:
        yield _told(
            rule, row, f"数量指标“{row.one.level3}”的指标值是“{row.one.value}”，没有数字。",
            f"The quantity {row.one.level3!r} is to be {row.one.value!r}.", actual=row.one.value,
        )  # fmt: skip
    for row in [r for r in _of_quantity(figures) if "月" in r.one.value or "-" in r.one.value or "－" in r.one.value]:
        if _DAY.fullmatch(row.one.value) and not _OF_TIME.search(row.one.level3):
            yield _told(
                rule, row, f"数量指标“{row.one.level3}”的指标值是日期“{row.one.value}”，似被表格软件改写。",
                f"The quantity {row.one.level3!r} is a day, {row.one.value!r}; a workbook may have made one of it.",
                actual=row.one.value,
            )  # fmt: skip


def weights(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Add up the weights of each form that prints one for every indicator of a side."""
    for name, form in figures.forms.items():
        for side in SIDES:
            rows = [one for one in indicators(form, side) if one.level3]
            if not rows or not all(one.weight for one in rows):
                continue
            printed = [re.sub(r"[%％分\s]", "", one.weight) for one in rows]
            if not all(re.fullmatch(r"\d+(?:\.\d+)?", p) for p in printed):
                continue
            total = sum(_tenths(p) for p in printed)
            if total in {_WHOLE * 10, (_WHOLE - 10) * 10}:  # ten points may be kept for how the money is spent
                yield passed(rule)
                continue
            spot = field_spot(name, form, side, rows[0].place)
            said = f"{total // 10}.{total % 10}" if total % 10 else str(total // 10)
            told = Told(
                f"“{name}”各项指标的权重之和为{said}，应为100。",
                f"The weights of {name!r} add up to {said}.",
                (spot,),
                expected=str(_WHOLE),
                actual=said,
                evidence=(Evidence(spot, said, "", "sum"),),
            )
            yield violated(rule, told)


def cut(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Find names and values with a bracket or quote that is never closed, or never opened."""
    rows = rows_of(figures)
    if rows:
        yield passed(rule)
    names, values = "\0".join([r.one.level3 for r in rows]), "\0".join([r.one.value for r in rows])
    slips, brackets = _SLIP.search(values) is not None, _BRACKET.search(names + values) is not None
    for row in rows if slips or brackets else ():
        texts = (row.one.level3, row.one.value)
        if slips and (slip := _SLIP.search(row.one.value)) is not None:
            yield _told(
                rule, row, f"指标“{row.one.level3}”的指标值“{row.one.value}”印错：“{slip[0]}”。",
                f"The target {row.one.value!r} is misprinted: {slip[0]!r}.", actual=row.one.value,
            )  # fmt: skip
        if row.one.doubt or not (_BRACKET.search(texts[0]) or _BRACKET.search(texts[1])):
            continue
        wrong = next((t for t in texts for a, b in _BRACKETS if t.count(a) != t.count(b) and not _mixed(t)), None)
        if wrong is None:
            continue
        yield _told(
            rule, row, f"指标“{row.one.level3}”没有写全：“{wrong}”的括号或引号不成对。",
            f"{wrong!r} is cut: a bracket or quote stands alone.", actual=wrong,
        )  # fmt: skip


def all_satisfied(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Find satisfaction that is to be complete: one finding for the document, with every place."""
    rows = [r for r in satisfactions_of(figures) if r.one.number]
    full = [r for r in rows if r.one.number.partition(".")[0] == str(_WHOLE)]
    if not rows:
        yield undecided(rule, "没有满意度指标", "there is no satisfaction")
    elif not full:
        yield passed(rule)
    else:
        forms = len({r.form for r in full})
        told = Told(
            f"{forms}份绩效目标表把满意度定为{full[0].one.value}，难以达到，也难以证明。",
            f"{forms} forms want satisfaction to be {full[0].one.value}.",
            tuple(r.spot for r in full),
            actual=full[0].one.value,
            evidence=tuple(Evidence(r.spot, r.one.value, "", "indicator") for r in full),
        )
        yield violated(rule, told)


def goal_without_target(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Find goals of which no number stands among the indicators, where they count more than one thing."""
    for name, form in figures.forms.items():
        for side in SIDES:
            rows = indicators(form, side)
            if len(rows) < 3:
                continue
            counted = set(_COUNTED.findall(str(getattr(form, f"{side}_goal"))))
            if len(counted) < 2:
                continue
            targets = set(_NUMBER.findall("\0".join([f"{one.level3} {one.value} {one.number}" for one in rows])))
            if any(n in targets for n, _unit in counted):
                yield passed(rule)
                continue
            spot = field_spot(name, form, f"{side}_goal")
            shown = "、".join(f"{n}{u}" for n, u in sorted(counted))
            told = Told(
                f"“{name}”的总体目标写了{shown}，指标中一个都没有。",
                f"The goal of {name!r} counts {shown}; no indicator does.",
                (spot,),
                actual=shown,
                evidence=(Evidence(spot, shown, "", "goal"),),
            )
            yield violated(rule, told)


@once_for_all
def _some_come_again(figures: Figures) -> bool:
    """Tell whether a side of a form has two indicators of one name."""
    sides = [[one.level3 for one in own if one.level3] for own in sides_of(figures).values()]
    return any(len(set(map(spelling, names))) < len(names) for names in sides)


@only_where(_some_come_again)
def twice(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Find indicators that one side of a form lists twice with one target."""
    rows = [r for r in rows_of(figures) if r.one.level3 and r.one.value and not r.one.doubt]
    if not rows:
        yield undecided(rule, "没有绩效指标", "there are no indicators")
        return
    yield passed(rule)
    keys = [_key(r) for r in rows]
    count = Counter(keys)
    for key, row in zip(keys, rows, strict=True):
        if count[key] > 1:
            count[key] = 0
            yield _told(
                rule, row, f"“{row.form}”重复列出指标“{row.one.level3}”（{row.one.value}）。",
                f"{row.form!r} lists {row.one.level3!r} twice.", actual=row.one.value,
            )  # fmt: skip


@only_where(_some_come_again)
def two_values(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Find indicators that one side of a form lists with two numbers of one unit."""
    seen: dict[tuple[str, ...], Row] = {}
    for row in rows_of(figures):
        one = row.one
        if not one.number or one.doubt or len(one.level3) < _NAME:
            continue
        key = (row.form, row.side, one.level2, spelling(one.level3), one.unit)
        first = seen.setdefault(key, row)
        if first is row:
            continue
        if first.hundredths == row.hundredths or _is_range(first.one.comparator, one.comparator):
            yield passed(rule)
            continue
        yield _told(
            rule, row, f"“{row.form}”的指标“{one.level3}”既为{first.one.value}，又为{one.value}。",
            f"{one.level3!r} of {row.form!r} is both {first.one.value} and {one.value}.",
            expected=first.one.value, actual=one.value,
        )  # fmt: skip


def _is_range(one: str, other: str) -> bool:
    return any(a in FROM_BELOW and b in FROM_ABOVE for a, b in ((one, other), (other, one)))


def vague(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Find targets that are a word which nobody can measure: one finding for the document, with every place."""
    vague_words = frozenset(words("indicators")["vague"])
    rows = [r for r in rows_of(figures) if r.one.value and not r.one.doubt]
    bad = [r for r in rows if r.one.value.strip("。 ") in vague_words]
    if not bad:
        yield passed(rule) if rows else undecided(rule, "没有绩效指标", "there are no indicators")
        return
    shown = "、".join(f"“{r.one.level3}”{r.one.value}" for r in bad[:3])
    told = Told(
        f"{len(bad)}项指标的指标值难以衡量：{shown}{'等' if len(bad) > 3 else ''}。",
        f"{len(bad)} targets cannot be measured, such as {bad[0].one.level3!r} {bad[0].one.value!r}.",
        tuple(r.spot for r in bad),
        actual=bad[0].one.value,
        evidence=tuple(Evidence(r.spot, f"{r.one.level3} {r.one.value}", "", "indicator") for r in bad[:_SHOWN]),
    )
    yield violated(rule, told)


def _key(row: Row) -> tuple[str, ...]:
    return row.form, row.side, row.one.level2, spelling(row.one.level3), spelling(row.one.value)


def _mixed(text: str) -> bool:
    """Tell whether brackets of two widths make up for each other."""
    return text.count("（") + text.count("(") == text.count("）") + text.count(")") and not any(
        text.count(a) != text.count(b) for a, b in _BRACKETS[2:]
    )


def _tenths(text: str) -> int:
    whole, _dot, part = text.partition(".")
    return int(whole) * 10 + int((part + "0")[0])


def _told(rule: Rule, row: Row, zh: str, en: str, *, expected: str | None = None, actual: str | None = None) -> Result:
    spot = row.spot
    evidence = (Evidence(spot, row.one.value or row.one.level3, "", "indicator"),)
    return violated(rule, Told(zh, en, (spot,), expected, actual, evidence=evidence))
