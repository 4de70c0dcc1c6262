"""Changes said against another year than the last, and reasons that go the other way than the change."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from mingzhang.model.finding import Evidence
from mingzhang.rules.results import Result, Told, passed, undecided, violated
from mingzhang.rules.texts import texts_where
from mingzhang.rules.words import words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mingzhang.rules.catalogue import Rule
    from mingzhang.rules.figures import Figures

_COMPARED: Final = re.compile(
    r"(?P<year>20\d\d(?<=[比较与同和]20\d\d))\s*年度?(?:相比)?(?:年初|部门|财政拨款)?(?:预算数?)?(?:相比)?[，,]?(?:预算数?)?\s*"
    r"(?:(?:增加|减少)(?:了)?\s*[\d,.]+\s*(?:万元|亿元|元)|(?:增长|下降|上升|降低)(?:了)?\s*[\d,.]+\s*[%％]|持平|相同|一致|相等)"
)
_REASON: Final = (
    r"了?\s*[1-9][\d,]*(?:\.\d+)?\s*(?:万元|元)(?:[，,（(]?(?:增长|下降|增加|减少|增幅|降幅)?[\d,.]+[%％][）)]?)?"
    r"[，,]?其?(?:主要)?(?:原因)?(?:是|为|系|由于)[:：]?(?P<reason>[^。；;\0]{2,80})"
)
_RISEN, _FALLEN = (re.compile(f"(?P<word>{word}){_REASON}") for word in ("增加", "减少"))


def other_year(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Find changes of a budget that are said against another year than the one before."""
    year = figures.disclosure.year
    texts = texts_where(figures, _COMPARED, part="written") if year is not None else ()
    if year is None or not texts:
        yield undecided(rule, "说明没有写与哪一年比较", "no year is named that something is compared with")
        return
    yield passed(rule)
    for text in texts:
        for found in _COMPARED.finditer(text.words):
            stated = int(found["year"])
            if stated == year - 1:
                continue
            around = text.around(*found.span())
            spot = text.spot(around)
            told = Told(
                f"{year}年预算的增减变动应与{year - 1}年比较，写的是{stated}年：…{around}…",
                f"The budget of {year} is compared with that of {stated}, and not with that of {year - 1}.",
                (spot,),
                expected=str(year - 1),
                actual=str(stated),
                evidence=(Evidence(spot, str(stated), "年", "year"),),
            )
            yield violated(rule, told)


def other_way(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Find reasons of a rise that speak of falls alone, and of a fall that speak of rises alone."""
    lists = words("reasons")
    texts = texts_where(figures, _RISEN, _FALLEN, part="written")
    if not texts:
        yield undecided(rule, "说明没有写变动的原因", "no change is given a reason")
        return
    yield passed(rule)
    for text in texts:
        for found in (m for pattern in (_RISEN, _FALLEN) for m in pattern.finditer(text.words)):
            risen = found.re is _RISEN
            fitting, other = (lists["rising"], lists["falling"]) if risen else (lists["falling"], lists["rising"])
            reason = found["reason"]
            if not [w for w in other if w in reason] or [w for w in (*fitting, *lists["either_way"]) if w in reason]:
                continue
            spot = text.spot(found[0])
            told = Told(
                f"写的是{found['word']}，原因说的却是相反的情形：“{found[0]}”。",
                f"{found['word']} is said, and the reason is one of the contrary: {found[0]!r}.",
                (spot,),
                actual=reason,
                evidence=(Evidence(spot, reason, "", "reason"),),
            )
            yield violated(rule, told)
