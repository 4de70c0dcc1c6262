"""Costings written into running text: `24场×1.5万元/场=36万元` comes to what it says."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from mingzhang.model.finding import Evidence
from mingzhang.rules.briefly import only_where
from mingzhang.rules.results import Result, Told, passed, violated
from mingzhang.rules.texts import FIELD_NAMES, texts_where, words_where
from mingzhang.sums.costing import UnreadableCosting, work_out
from mingzhang.sums.rounding import divided

if TYPE_CHECKING:
    from collections.abc import Iterator
    from fractions import Fraction

    from mingzhang.rules.catalogue import Rule
    from mingzhang.rules.figures import Figures
    from mingzhang.rules.texts import Text

_UNIT: Final = r"[一-鿿㎡㎥]{1,5}(?:/[一-鿿㎡㎥]{1,3}(?:·[一-鿿㎡㎥]{1,3})*)*"
_FACTOR: Final = rf"\d[\d,，]*(?:\.\d+)?\s*(?:[%％‰]|{_UNIT})?"
_PRODUCT: Final = rf"{_FACTOR}(?:\s*[×xX✕*＊÷]\s*{_FACTOR})+"
_SUM: Final = rf"{_PRODUCT}(?:\s*[+＋]\s*(?:{_PRODUCT}|{_FACTOR}))*"
_RESULT: Final = r"(?P<result>\d[\d,，]*(?:\.\d+)?\s*(?:亿元|万元|千元|元))"
_STATED: Final = re.compile(
    rf"(?<![\d.×xX✕*＊÷/+＋\-－(（])(?P<costing>{_SUM})\s*(?P<sign>[=＝]|[，,]?(?:合计|共计))\s*{_RESULT}"
    r"(?!\s*[×xX✕*＊÷/+＋\-－/]|左右|余|以上|以内|以下|多)"
)
_EACH: Final = re.compile(
    r"(?<![\d.])(?P<count>\d[\d,]*(?:\.\d+)?)(?P<thing>[一-鿿]{1,3}?)[，,](?:平均)?每(?:一)?(?P=thing)(?P<price>\d[\d,]*(?:\.\d+)?)"
    rf"(?P<unit>万元|元)[，,](?:共|共计|合计|总计|小计)(?:需|需要|约)?{_RESULT}"
)
_PERSONS: Final = re.compile(
    r"(?:(?P<count>\d{1,6})(?P<thing>[名人户个])[，、,]?)?每[人户个名]?每?(?P<span>月|天|日|年)(?P<price>\d[\d,]*(?:\.\d+)?)(?P<unit>万元|元)"
    r"(?:[，、,]?(?P<count_behind>\d{1,6})(?P<thing_behind>[名人户个]))?[，、,]?(?:按|计|共)?(?P<spans>\d{1,3})个?(?P<span_behind>月|天|日|年)(?:计算)?"
    rf"[，,]?(?:共计|共|合计|总计|小计|计)(?:需|需要|约)?{_RESULT}"
)
"""So many persons at so much a month for so many months."""
_ENDS: Final = re.compile(r"[。；;！\n]")
_ALL_SIGNS: Final = "×✕*＊÷xX"
_SIGNS: Final = re.compile(f"[{_ALL_SIGNS}]")
_PER: Final = re.compile(r"每(?:(?<=[，,]每)|(?<=[，,]平均每)|(?=[人户个名]?每?[月天日年]\d))")
_TIMES: Final = re.compile(r"[×✕*＊÷]")


def _some_worked_out(figures: Figures) -> bool:
    return any(True for words in words_where(figures, _SIGNS, _PER) for _ in _costings(words))


@only_where(_some_worked_out)
def stated(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Work out every costing that a text states the result of; what cannot be worked out says nothing."""
    for text in texts_where(figures, _SIGNS, _PER):
        for found, costing in _costings(text.words):
            try:
                result = work_out(f"{costing}={found['result']}").stated[0]
            except UnreadableCosting:
                continue
            if result.holds:
                yield passed(rule)
            else:
                yield _told(rule, text, found, costing, result.derived, result.fen)


def _costings(words: str) -> Iterator[tuple[re.Match[str], str]]:
    """Give what a text says a costing of, with its result: written with signs, or `12处，每处3万元，共36万元`."""
    for found in _STATED.finditer(words) if any(sign in words for sign in _ALL_SIGNS) else ():
        if found["sign"] in {"=", "＝"} or _alone(words, found):  # else the amount may be that of other costings too
            yield found, found["costing"].strip()
    for found in _EACH.finditer(words) if "共" in words or "计" in words else ():
        yield found, f"{found['count']}{found['thing']}×{found['price']}{found['unit']}"
    for found in _PERSONS.finditer(words) if "每" in words else ():
        count, behind = found["count"], found["count_behind"]
        if bool(count) != bool(behind) and found["span"] == found["span_behind"]:
            thing = found["thing"] or found["thing_behind"]
            yield found, f"{count or behind}{thing}×{found['price']}{found['unit']}×{found['spans']}{found['span']}"


def _alone(words: str, found: re.Match[str]) -> bool:
    """Tell whether nothing else in the sentence before it is a costing."""
    starts = [m.end() for m in _ENDS.finditer(words, 0, found.start())]
    return _TIMES.search(words[starts[-1] if starts else 0 : found.start()]) is None


def _told(  # noqa: PLR0917 - both sides and their place
    rule: Rule, text: Text, found: re.Match[str], costing: str, derived: Fraction, printed: Fraction
) -> Result:
    spot = text.spot(found[0])
    where = f"“{text.form}”的{FIELD_NAMES.get(text.field, '')}" if text.form else "文字"
    told = Told(
        f"{where}写“{found[0]}”，算得{_yuan(derived)}元。",
        f"The text says {found[0]!r}; it comes to {_yuan(derived)} 元.",
        (spot,),
        expected=_yuan(derived),
        actual=_yuan(printed),
        difference=_yuan(printed - derived),
        unit="元",
        evidence=(
            Evidence(spot, costing, "", "costing"),
            Evidence(spot, found["result"], "", "stated"),
        ),
    )
    return violated(rule, told)


def _yuan(fen: Fraction) -> str:
    """Spell an amount in 元 with as many of two decimals as it has, to the nearest fen."""
    whole = divided(fen.numerator, fen.denominator)
    sign, whole = ("-" if whole < 0 else ""), abs(whole)
    return f"{sign}{whole // 100}.{whole % 100:02d}".removesuffix(".00")
