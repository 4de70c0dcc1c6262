"""Numbers and days that cannot be what was meant: two points, letters among digits, commas in the wrong place, 30 February."""

from __future__ import annotations

import calendar
import re
from typing import TYPE_CHECKING, Final

from mingzhang.model.finding import Evidence
from mingzhang.rules.briefly import only_where
from mingzhang.rules.functions.printed_numbers import worded_cells
from mingzhang.rules.once import once_for_all
from mingzhang.rules.results import Result, Told, passed, undecided, violated
from mingzhang.rules.texts import says_anything, texts_in, texts_where, words_together, words_where
from mingzhang.sums.sheets import CellRef

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mingzhang.model.finding import Spot
    from mingzhang.rules.catalogue import Rule
    from mingzhang.rules.figures import Figures

_WRONG: Final = (
    r"\d[\d,]*\.(?:\.+\d+|\d+\.\d+)",  # two points
    r"\d[\d,]*[OoＯ](?:\d|\.)[\d,.]*|\d[\d,]*\.\d*[OoＯ]\d*",  # a letter for a nought
    r"\d{1,3}(?:,\d{3})*,\d{2}|\d{1,3}(?:,\d{3})*,\d{4,}\.\d+",  # a comma for a point, or among other digits than three
)
_AMOUNT: Final = re.compile(rf"(?<![\d.,A-Za-z-])(?P<amount>(?:{'|'.join(_WRONG)}))(?=\s*(?:万元|亿元|元))")
_GLANCES: Final = tuple(map(re.compile, (r"\.\d*+\.", r",\d\d(?!\d(?!\d))", "[OoＯ](?<=[\\d.,][OoＯ])")))
"""What such an amount has in it, each found by its first character."""

_BEFORE: Final = re.compile(r"(?:分别|各|依次)[^，。；]*$|[\d.,、\s。；;]$|^$")
"""What keeps such a number from being one amount: a list of several, a numbering, the beginning of a line."""

_CELL: Final = re.compile(rf"[-−]?(?:{'|'.join(_WRONG)})")
_DAY: Final = re.compile(r"月(?:(?<=1[3-9]月)\d{1,2}日|(?:29|3\d|[4-9]\d|00?)日)")
"""What may be no day, found by the character that stands in every day of a month."""

_MONTH: Final = re.compile(r"(?:(?P<year>20\d\d)\s*年\s*)?(?P<month>\d{1,2})\Z")
_BEHIND: Final = 10
_TWICE: Final = ("万元元", "万万元", "万元万元", "元元", "亿亿元", "亿元元")
_GLANCED: Final = ("元元", "万万元", "元万元", "亿亿元")
"""One of these is in each of them."""

_UNITS: Final = re.compile(rf"\d\s*(?P<unit>{'|'.join(_TWICE)})")
_NARROW: Final = str.maketrans("（）", "()")
_BRACKET: Final = re.compile("[()]")
_NUMBERED: Final = re.compile(r"(?:^|(?<=[。；;，,：:、\s]))[\d一二三四五六七八九十①-⑩a-zA-Z]{1,3}\)")
"""A number of a list, with the bracket behind it."""

_MONTHS: Final = 12
_TO: Final = r"\s*(?:[-—–~～－至到]|——|起至)\s*"
_SPAN: Final = re.compile(
    rf"(?P<a>20\d\d)年(?P<b>\d{{1,2}})月(?:(?P<c>\d{{1,2}})日)?{_TO}(?P<d>20\d\d)年(?P<e>\d{{1,2}})月(?:(?P<f>\d{{1,2}})日)?"
    rf"|(?<![〔\[【\d])(?P<g>20\d\d)年?度?{_TO}(?P<h>20\d\d)年(?!\d{{1,2}}月)"
)
"""From one day, month or year to another."""

_JOINS: Final = re.compile(r"年(?:(?<=[-—–~～－至到]20\d\d年)|(?<=[-—–~～－至到]\s20\d\d年))")
_LEAP: Final = 2024
"""A year with a 29 February, for days without a year."""


def amounts(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Find amounts that are no numbers as they are printed, in cells and in texts."""
    found: list[tuple[Spot, str, str]] = [
        (figures.spot(ref), figure.printed, figures.name(ref))
        for sheet in figures.sheets.values()
        for key, figure in worded_cells(sheet)
        if _CELL.fullmatch(figure.printed.strip())
        for ref in [CellRef(sheet.id, *key)]
    ]
    found += _in_texts(figures)
    for spot, printed, name in found:
        told = Told(
            f"{name}：“{printed}”不是一个数，小数点、分隔符或字母有误。",
            f"{printed!r} is no number: its point, separators or a letter are wrong ({name}).",
            (spot,),
            actual=printed,
            evidence=(Evidence(spot, printed, "", "printed"),),
        )
        yield violated(rule, told)
    if not found:
        seen = says_anything(figures) or any(any(s.prints) for s in figures.sheets.values())
        yield passed(rule) if seen else undecided(rule, "没有数字", "there is no number")


@once_for_all
def _in_texts(figures: Figures) -> list[tuple[Spot, str, str]]:
    """List the amounts of texts that are no numbers, each with its place and the words around it."""
    return [
        (text.spot(around), match["amount"], f"“{around}”")
        for text in texts_where(figures, *_GLANCES)
        for match in _AMOUNT.finditer(text.words)
        if _BEFORE.search(text.words, max(0, match.start() - 30), match.start()) is None
        for around in [text.around(*match.span())]
    ]


def _turned(words: str) -> Iterator[re.Match[str]]:
    """Give the spans of time that end before they begin."""
    for found in _SPAN.finditer(words):
        ends = [tuple(int(found[k] or 0) for k in keys) for keys in (("a", "b", "c"), ("d", "e", "f"))]
        if found["g"] is not None:
            ends = [(int(found["g"]), 0, 0), (int(found["h"]), 0, 0)]
        elif found["c"] is None or found["f"] is None:
            ends = [(year, month, 0) for year, month, _day in ends]
        if ends[1] < ends[0]:
            yield found


@only_where(lambda figures: any(True for words in words_where(figures, _JOINS) for _ in _turned(words)))
def spans(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Find spans of time whose end lies before their beginning."""
    found = {
        (text.form, text.section, text.line, match[0]): (text, match)  # both sides of a form stand on one line
        for text in texts_where(figures, _JOINS)
        for match in _turned(text.words)
    }
    for text, match in found.values():
        spot = text.spot(match[0])
        told = Told(
            f"起止时间颠倒：“{match[0]}”。",
            f"This ends before it begins: {match[0]!r}.",
            (spot,),
            actual=match[0],
            evidence=(Evidence(spot, match[0], "", "span"),),
        )
        yield violated(rule, told)
    if not found:
        yield passed(rule) if says_anything(figures) else undecided(rule, "没有文字", "there is no text")


def _no_days(words: str) -> Iterator[tuple[re.Match[str], re.Match[str]]]:
    """Give what may be a day and is none, behind its month."""
    for found in _DAY.finditer(words):
        month = _MONTH.search(words, max(0, found.start() - _BEHIND), found.start())
        if month is not None and not _is_a_day(int(month["year"] or _LEAP), int(month["month"]), found[0]):
            yield month, found


@only_where(lambda figures: any(True for words in words_where(figures, _DAY) for _ in _no_days(words)))
def days(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Find days that no calendar has."""
    found = [(text, wrong) for text in texts_where(figures, _DAY) if (wrong := list(_no_days(text.words)))]
    for text, wrong in found:
        for before, match in wrong:
            said = before[0] + match[0]
            around = text.around(before.start(), match.end())
            spot = text.spot(around)
            told = Told(
                f"“{said}”不是一个日期：…{around}…",
                f"There is no such day: {said!r}.",
                (spot,),
                actual=said,
                evidence=(Evidence(spot, said, "", "date"),),
            )
            yield violated(rule, told)
    if not found:
        yield passed(rule) if says_anything(figures) else undecided(rule, "没有文字", "there is no text")


def _is_a_day(year: int, month: int, day: str) -> bool:
    return 1 <= month <= _MONTHS and 1 <= int(day[1:-1]) <= calendar.monthrange(year, month)[1]


def units(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Find amounts whose unit is printed twice."""
    together = words_together(figures)
    texts = texts_where(figures, _UNITS) if any(glanced in together for glanced in _GLANCED) else ()
    if not texts:
        yield passed(rule) if together else undecided(rule, "没有文字", "there is no text")
    for text in texts:
        for match in _UNITS.finditer(text.words):
            around = text.around(*match.span())
            told = Told(
                f"金额单位印成“{match['unit']}”：…{around}…",
                f"The unit of an amount is printed as {match['unit']!r}: {around}",
                (text.spot(around),),
                actual=match["unit"],
                evidence=(Evidence(text.spot(around), match["unit"], "", "unit"),),
            )
            yield violated(rule, told)


def brackets(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Find paragraphs of the written part with a bracket that is never closed, or never opened."""
    texts = texts_in(figures, "written")
    yield passed(rule) if texts else undecided(rule, "没有说明", "there is no written part")
    for text in texts:
        words = text.words
        if words.count("（") + words.count("(") == words.count("）") + words.count(")"):
            continue
        words = _NUMBERED.sub(lambda m: " " * len(m[0]), text.words.translate(_NARROW))
        if words.count("(") == words.count(")"):
            continue
        lone = next(iter(_open_places(words)), 0)
        around = text.words[max(0, lone - 8) : lone + 16]
        told = Told(
            f"括号不成对：…{around}…",
            f"A bracket has no other one: {around}",
            (text.spot(text.words[:40]),),
            actual=around,
            evidence=(Evidence(text.spot(text.words[:40]), around, "", "text"),),
        )
        yield violated(rule, told)


def _open_places(words: str) -> list[int]:
    """List where brackets stand that are not closed, or not opened."""
    opened: list[int] = []
    lone: list[int] = []
    for match in _BRACKET.finditer(words):
        if match[0] == "(":
            opened.append(match.start())
        elif opened:
            opened.pop()
        else:
            lone.append(match.start())
    return sorted((*opened, *lone))
