"""What a document says against itself in words: years of notes and headings, reasons of a fall where all rises, its own outcome."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from mingzhang.model.finding import Evidence, Spot
from mingzhang.rules.results import Result, Told, passed, undecided, violated
from mingzhang.rules.spoken import FALLS, RISES, goes_up
from mingzhang.rules.texts import texts_where, words_where
from mingzhang.rules.words import words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mingzhang.model.disclosure import Section
    from mingzhang.rules.catalogue import Rule
    from mingzhang.rules.figures import Figures

_YEAR: Final = re.compile(r"(?<!\d)(20\d\d)\s*年")
_NONE: Final = re.compile(r"20\d\d\s*年(?=[^。]*(?:没有|无|未安排|不涉及|空表))")
_HEADED: Final = re.compile(r"(?<!\d)20\d\d\s*年(?=[^。]*预算)")
_MONEY: Final = r"\s*\d[\d,]*(?:\.\d+)?\s*(?:亿元|万元|元|[%％])"
_NOTHING: Final = r"(?!\s*0(?:\.0+)?\s*(?:亿元|万元|元|[%％]))"
_MOVED: Final = re.compile(rf"(?P<word>{RISES}|{FALLS})(?:了|额|数)?{_NOTHING}{_MONEY}")
_REASON: Final = re.compile(r"(?P<said>(?P<word>增加|增长|减少|下降)的?(?:主要)?原因)(?=[是为系主：:])")
_OUTCOME: Final = re.compile(r"(?P<year>20\d\d)(?<![比较与同\d]20\d\d)\s*年度?(?:预算)?执行数")


def note_years(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Find notes of empty tables that speak of another year than the document's."""
    year, notes = figures.disclosure.year, texts_where(figures, _NONE, part="note")
    if year is None or not notes:
        yield undecided(rule, "年度不明，或没有写年份的表注", "the year is not known, or no note names one")
        return
    yield passed(rule)
    for note in notes:
        named = set(_YEAR.findall(note.words))
        if str(year) not in named and max(named) < str(year):
            spot = Spot(table=note.section, page=note.page, line=note.line)
            yield _told(rule, spot, note.words.strip(), max(named), year, "表注")


def heading_years(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Find headings of sections that give the budget of another year; those that look back may."""
    year = figures.disclosure.year
    back = words("years")["looking_back"]
    headed = [s for s in figures.disclosure.sections if s.part == "written" and _HEADED.search(s.heading)]
    if year is None or not headed or not figures.disclosure.kind.endswith("_budget"):
        yield undecided(rule, "年度不明，或标题没有写年份", "the year is not known, or no heading names one")
        return
    yield passed(rule)
    for section in headed:
        named = set(_YEAR.findall(section.heading))
        if str(year) not in named and not any(w in section.heading for w in back):
            page, line = (None, None) if section.place is None else (section.place.page, section.place.line)
            spot = Spot(section=section.key, sentence=section.heading, page=page, line=line)
            yield _told(rule, spot, section.heading.strip(), max(named), year, "标题")


def reasons(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Find the reason of a fall in a section in which every change is a rise, and the other way round."""
    if not words_where(figures, _REASON, part="written"):
        yield undecided(rule, "没有写增减的原因", "no reason of a rise or a fall is named so")
        return
    yield passed(rule)
    for section in figures.disclosure.sections:
        ways = _ways_of(section) if section.part == "written" else set()
        for paragraph in section.paragraphs if len(ways) == 1 else ():
            for found in _REASON.finditer(paragraph.text):
                if goes_up(found["word"]) in ways:
                    continue
                place = paragraph.place or section.place
                page, line = (None, None) if place is None else (place.page, place.line)
                said = paragraph.text[max(0, found.start() - 12) : found.end() + 12]
                spot = Spot(section=section.key, sentence=said, page=page, line=line)
                told = Told(
                    f"原因与增减的方向不符：写“{found['said']}”，本节的变动都是{'增加' if ways == {True} else '减少'}。",
                    f"A reason of the other direction: {found['said']!r}, where all changes of the section go one way.",
                    (spot,),
                    actual=found["said"],
                    evidence=(Evidence(spot, found["said"], "", "reason"),),
                )
                yield violated(rule, told)


def _ways_of(section: Section) -> set[bool]:
    """Give whether a section states rises, falls, or both."""
    return {goes_up(m["word"]) for p in section.paragraphs for m in _MOVED.finditer(p.text)}


def outcomes(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Find the outcome of the very year in a budget, which nobody knows when it is made."""
    year = figures.disclosure.year
    texts = texts_where(figures, _OUTCOME, part="written")
    if year is None or not texts or not figures.disclosure.kind.endswith("_budget"):
        yield undecided(rule, "没有写执行数", "no outcome is stated")
        return
    yield passed(rule)
    for text in texts:
        for found in _OUTCOME.finditer(text.words):
            if int(found["year"]) >= year:
                spot = text.spot(found[0])
                told = Told(
                    f"预算写有本年度的执行数：“{found[0]}”。",
                    f"A budget states the outcome of its own year: {found[0]!r}.",
                    (spot,),
                    expected=str(year - 1),
                    actual=found["year"],
                    evidence=(Evidence(spot, found["year"], "年", "year"),),
                )
                yield violated(rule, told)


def _told(rule: Rule, spot: Spot, text: str, named: str, year: int, what: str) -> Result:  # noqa: PLR0917 - what and where
    told = Told(
        f"{what}“{text[:40]}”写的是{named}年，本文件为{year}年。",
        f"{text[:40]!r} is of {named}; the document is of {year}.",
        (spot,),
        expected=str(year),
        actual=named,
        evidence=(Evidence(spot, named, "年", "year"),),
    )
    return violated(rule, told)
