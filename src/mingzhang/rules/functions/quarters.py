"""Quarters of a year that a text lists: their shares make up the whole, their amounts what is said of the year."""

from __future__ import annotations

import re
from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from mingzhang.model.finding import Evidence
from mingzhang.rules.numerals import spelled_value, value_of
from mingzhang.rules.results import Result, Told, passed, undecided, violated
from mingzhang.rules.texts import FIELD_NAMES, texts_where

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mingzhang.rules.catalogue import Rule
    from mingzhang.rules.figures import Figures
    from mingzhang.rules.texts import Text

_BETWEEN: Final = r"[^，。；、,;\d\0]{0,14}?"
_THEN: Final = r"\s*[，、；,;和及]\s*"
_NUMBER: Final = r"\d[\d,]*(?:\.\d+)?"


def _listed(unit: str) -> str:
    """Give the pattern of all four quarters, each with a number of a unit."""
    own = [rf"{n}季度{_BETWEEN}(?P<{name}>{_NUMBER})\s*{unit}" for n, name in zip("一二三四", "abcd", strict=True)]
    return rf"{_THEN}第?".join(own)


_SHARES: Final = re.compile(_listed("[%％]"))
_AMOUNTS: Final = re.compile(_listed("(?:万?元)"))
_YEAR: Final = rf"(?:全年|年度|合计|总计|共计?){_BETWEEN}(?P<whole>{_NUMBER})\s*万?元"
_BEFORE: Final = re.compile(rf"{_YEAR}(?:{_THEN})?(?:其中)?[：:，,]?\s*第?\Z")
_BEHIND: Final = re.compile(rf"{_THEN}{_YEAR}")
_REACH: Final = 40
_UNITS: Final = re.compile(rf"{_NUMBER}\s*(万?元)")
_WHOLE: Final = Fraction(100)
_NEARLY: Final = 80


def shares(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Add up the shares of the four quarters, unless each is what will have been done by then."""
    texts = texts_where(figures, _SHARES)
    if not texts:
        yield undecided(rule, "没有写各季度的比例", "no shares of quarters are stated")
    for text in texts:
        for found in _SHARES.finditer(text.words):
            parts = [value_of(found[name]) for name in "abcd"]
            total = sum(parts, Fraction(0))
            so_far = parts[3] >= _NEARLY and all(a <= b for a, b in pairwise(parts))
            if so_far or total == _WHOLE:
                yield passed(rule)
            else:
                yield _told(rule, text, found, _WHOLE, total, "%")


def amounts(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Compare what is said of the year with the sum of its four quarters."""
    seen = False
    for text in texts_where(figures, _AMOUNTS):
        for found in _AMOUNTS.finditer(text.words):
            before = _BEFORE.search(text.words, max(0, found.start() - _REACH), found.start())
            year = before or _BEHIND.match(text.words, found.end())
            if year is None:
                continue
            seen = True
            units = {*_UNITS.findall(found[0]), *_UNITS.findall(year[0])}
            total, whole = sum((value_of(found[name]) for name in "abcd"), Fraction(0)), value_of(year["whole"])
            if len(units) != 1 or total == whole:
                yield passed(rule)
            else:
                yield _told(rule, text, found, whole, total, units.pop())
    if not seen:
        yield undecided(rule, "没有写各季度的金额", "no amounts of quarters are stated")


def _told(  # noqa: PLR0917 - both sums and their place
    rule: Rule, text: Text, found: re.Match[str], whole: Fraction, total: Fraction, unit: str
) -> Result:
    spot = text.spot(found[0])
    where = f"“{text.form}”的{FIELD_NAMES.get(text.field, '')}" if text.form else "文字"
    told = Told(
        f"{where}列出四个季度，之和为{spelled_value(total)}{unit}，应为{spelled_value(whole)}{unit}：“{found[0]}”。",
        f"The four quarters add up to {spelled_value(total)} {unit}, and not to {spelled_value(whole)}: {found[0]!r}.",
        (spot,),
        expected=spelled_value(whole),
        actual=spelled_value(total),
        unit=unit,
        evidence=tuple(Evidence(spot, found[name], unit, "part") for name in "abcd"),
    )
    return violated(rule, told)
