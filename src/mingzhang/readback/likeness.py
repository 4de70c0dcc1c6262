"""How like two printed texts are: years, widths, spaces and quotes apart, with an eye for what OCR confuses."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from mingzhang.forms.lexicon import lexicon
from mingzhang.model.keys import folded

_YEAR: Final = re.compile(r"(?:19|20)\d\d年?度?")
_GAP: Final = re.compile(r"\{(?:last_)?year\}年?度?")
_QUOTES: Final = re.compile(r"[\"'《》〈〉<>`·.。、*#_]")
_ORDINAL: Final = re.compile(
    r"(?:其中:?)?(?:\([一二三四五六七八九十]+\)[、.,:]?|[一二三四五六七八九十]+[、.,:丶]|\(\d{1,2}\)[、.]?|\d{1,2}[、.](?!\d)|[①-⑳][、.]?)?(?=\D)"
)
_BEGINS: Final = re.compile(
    r"(?:其中[:：]?)?(?:\([一二三四五六七八九十]{1,3}\)|[一二三四五六七八九十]{1,3}[、.,，丶]|\(\d{1,2}\)|\d{1,2}[、.](?!\d))"
)
_HAN_ORDINAL: Final = re.compile(r"([一二三四五六七八九十]+)[、.,，．丶]")
_HAN_DIGITS: Final = {c: n for n, c in enumerate("一二三四五六七八九", start=1)}
_ALIKE_COST: Final = 1
_OTHER_COST: Final = 2


@cache
def bare(text: str, year: int | None = None) -> str:
    """Give a title or head word without its years, quotes and spaces; the year before `year` becomes 上年."""
    plain = folded(text)
    if year is not None:
        plain = re.sub(rf"{year - 1}年?度?", "上年", plain)
    return _QUOTES.sub("", _YEAR.sub("", plain))


def filled(text: str, year: int | None) -> str:
    """Fill the years into a form's text; without a year they are left out."""
    if year is None:
        return _GAP.sub("", text)
    return text.replace("{year}", str(year)).replace("{last_year}", str(year - 1))


@cache
def unnumbered(label: str) -> str:
    """Give a row's label folded and without its ordinal: `二十三、灾害…`, `（一）`, `1.`, `①`."""
    # The ordinal is looked for before folding, which turns ② into 2.
    plain = (
        re.sub(r"\s+", "", label)
        .replace("（", "(")
        .replace("）", ")")
        .replace("：", ":")
        .replace("．", ".")
        .replace("，", ",")
    )
    return _QUOTES.sub("", folded(_ORDINAL.sub("", plain, count=1)))


def has_ordinal(label: str) -> bool:
    """Tell whether a number stands before a row's label: `二十三、`, `（一）`, `1.`."""
    return _BEGINS.match(re.sub(r"\s+", "", label).replace("（", "(").replace("）", ")").replace("．", ".")) is not None


def shortened(word: str) -> tuple[str, ...]:
    """Give a word without what may stand before and behind it: 本年一般公共预算拨款收入 is 一般公共预算."""
    endings = lexicon().endings
    starts = (word, *(word.removeprefix(b) for b in endings["before"] if word.startswith(b)))
    return tuple(w for s in starts for w in (s, *(s.removesuffix(a) for a in endings["after"] if s.endswith(a))))


def han_ordinal(label: str) -> int | None:
    """Give the number of a label that begins `二十三、`; None if it begins otherwise."""
    found = _HAN_ORDINAL.match(re.sub(r"\s+", "", label))
    if found is None:
        return None
    tens, ten, ones = found[1].rpartition("十")
    if not ten:
        return _HAN_DIGITS.get(ones)
    return 10 * (_HAN_DIGITS.get(tens, 1) if tens else 1) + (_HAN_DIGITS.get(ones, 0) if ones else 0)


@cache
def slips(one: str, other: str) -> int:
    """Count what it takes to turn one text into the other: 2 a character, 1 for one that looks like the right one."""
    if one == other:
        return 0
    above = [_OTHER_COST * i for i in range(len(other) + 1)]
    for i, a in enumerate(one, start=1):
        row = [_OTHER_COST * i]
        for j, b in enumerate(other, start=1):
            cost = 0 if a == b else _ALIKE_COST if b in _alike().get(a, "") else _OTHER_COST
            row.append(min(above[j] + _OTHER_COST, row[j - 1] + _OTHER_COST, above[j - 1] + cost))
        above = row
    return above[-1]


def likeness(one: str, other: str) -> float:
    """Give 1 for the same text and 0 for one with nothing in common; lengths far apart are not compared."""
    longest = max(len(one), len(other))
    if not longest or not one or not other:
        return float(one == other)
    if 2 * min(len(one), len(other)) < longest:
        return 0.0
    return max(0.0, 1 - slips(one, other) / (_OTHER_COST * longest))


def likeness_of_end(text: str, ending: str) -> float:
    """Give how like the end of a text is to an ending: what stands before it (a unit's name) is left out."""
    return likeness(text[-len(ending) :], ending) if ending else 0.0


@cache
def _alike() -> dict[str, str]:
    return {c: group for group in lexicon().alike["groups"] for c in group}
