"""Dates of a document against each other and against its year; words printed twice; persons in names of projects."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from mingzhang.forms.classification import spelling
from mingzhang.forms.expressions import Cell, Named, parts_of
from mingzhang.forms.narrative import narrative_of
from mingzhang.model.finding import Evidence, Spot
from mingzhang.rules.briefly import in_brief, only_where
from mingzhang.rules.days import day_from, day_of, published_by, published_on
from mingzhang.rules.figures import TEXT
from mingzhang.rules.finding_text import evidence_of
from mingzhang.rules.functions.projects import bare, rows_of
from mingzhang.rules.functions.times import stale_years, texts_with_years
from mingzhang.rules.once import once_for_all
from mingzhang.rules.results import Result, Told, passed, undecided, violated
from mingzhang.rules.texts import field_spot, texts_in, texts_with, words_together
from mingzhang.rules.words import words
from mingzhang.sums.sheets import CellRef

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from mingzhang.forms.expressions import Expression
    from mingzhang.model.figure import Figure
    from mingzhang.model.performance import ProjectForm
    from mingzhang.rules.catalogue import Rule
    from mingzhang.rules.figures import Figures, Said

_LONG: Final = 40
_MEANING: Final = 10
_OWN_PARTS: Final = ("profile", "written")
_SAID_YEAR: Final = re.compile(r"\s*(20\d\d)年(?!度?[末底]|年[末底]|\d)")  # what there is at its end is this year's
_STAMP: Final = re.compile(r"\D")
_DIGIT: Final = re.compile(r"\d")
_EIGHT: Final = 8


def persons(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Find names of persons in names of projects, and do not repeat them."""
    listed = words("persons")
    patterns = _person_patterns(listed["before"], listed["after"], listed["surnames"])
    rows = {bare(n): r[0] for n, r in rows_of(figures).items()}
    forms: dict[str, tuple[str, ProjectForm]] = {}
    for name, form in figures.forms.items():
        if form.project:
            forms.setdefault(bare(form.project), (name, form))
    names = dict.fromkeys((*rows, *forms))  # some are listed in no table
    if not names:
        yield undecided(rule, "没有项目", "there are no projects")
        return
    yield passed(rule)
    for name in names:
        found = next((m for p in patterns for m in p.finditer(name)), None)
        if found is None or any(w.startswith(found["name"][:2]) for w in listed["not_names"]):
            continue
        hidden = f"{found['name'][0]}*"
        spot = figures.spot(rows[name]) if name in rows else field_spot(*forms[name], "project")
        told = Told(
            f"项目名称中似有个人姓名（{hidden}），公开时应当遮盖。",
            f"The name of a project seems to hold that of a person ({hidden}).",
            (Spot(table=spot.table, column=spot.column, field=spot.field, page=spot.page, line=spot.line),),
            actual=hidden,
            evidence=(Evidence(Spot(table=spot.table, page=spot.page, line=spot.line), hidden, "", "masked"),),
        )
        yield violated(rule, told)


def _has_later_day(figures: Figures) -> bool:
    """Tell whether a day up to which something is stated lies after publication."""
    days = [day_of(m) for m in re.finditer(words("dates")["past"], words_together(figures))]
    published = published_by(figures) if any(days) else None
    return published is not None and any(d is not None and d > published for d in days)


@only_where(_has_later_day)
def as_of_later(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Find days up to which something is stated that lie after publication."""
    published = published_by(figures)
    pattern = re.compile(words("dates")["past"])
    texts = [t for part in _OWN_PARTS for t in texts_with(figures, pattern, part=part)]
    if published is None or not texts:
        yield undecided(
            rule,
            "年度和公开日期都不明，或没有截至日期",
            "neither year nor day of publication is known, or nothing is dated",
        )
        return
    yield passed(rule)
    for text in texts if _has_later_day(figures) else ():
        for found in pattern.finditer(text.words):
            day = day_of(found)
            if day is not None and day > published:
                said = found[0] if published_on(figures) else f"{found[0]}不早于本年度末，预算公开时还没有到"
                yield _later(rule, text.spot(found[0]), said, day, published)


def filled_later(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Find forms filled in after publication."""
    published = published_on(figures)
    if published is None or not figures.forms:
        yield undecided(rule, "没有公开日期，或没有绩效目标表", "no day of publication, or no forms")
        return
    yield passed(rule)
    for name, form in figures.forms.items():
        stamp = _STAMP.sub("", form.filled_at)[:_EIGHT]
        day = day_from(stamp[:4], stamp[4:6], stamp[6:]) if len(stamp) == _EIGHT else None
        if day is not None and day > published:
            place = form.places.get("filled_at", form.last or form.first)
            page, line = (None, None) if place is None else (place.page, place.line)
            spot = Spot(form=name, field="filled_at", page=page, line=line)
            yield _later(rule, spot, f"“{name}”填报日期{stamp}", day, published)


def in_time(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Count the days from approval to publication, where the document states both."""
    pattern = re.compile(words("dates")["approved"])
    found = [(t, m) for t in texts_with(figures, pattern) for m in pattern.finditer(t.words)]
    published = published_on(figures)
    year = figures.disclosure.year
    days = [(t, m, d) for t, m in found if (d := day_of(m)) is not None and (year is None or d.year >= year - 1)]
    if published is None or not days:
        yield undecided(rule, "文件没有写明批复日期和公开日期", "approval and publication are not both dated")
        return
    text, at, approved = max(days, key=lambda x: x[2])
    took = (published - approved).days
    most = int(words("dates")["clock_days"])
    if 0 <= took <= most:
        yield passed(rule)
        return
    spot = text.spot(at[0])
    said = f"{approved}批复，{published}公开，" + (f"用了{took}日，应在{most}日内。" if took > 0 else "公开早于批复。")
    told = Told(
        said,
        f"Approved on {approved}, published on {published}: {took} days, where {most} are given.",
        (spot,),
        expected=str(most),
        actual=str(took),
        unit="日",
        evidence=(Evidence(spot, str(approved), "", "approved"), Evidence(spot, str(published), "", "published")),
    )
    yield violated(rule, told)


def stale_written(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Find years before last year in the written part that nothing around them excuses."""
    year = figures.disclosure.year
    if year is None or not texts_in(figures, "written"):
        yield undecided(rule, "年度不明，或没有说明", "the year is not known, or there is no written part")
        return
    yield passed(rule)
    for text in texts_with_years(figures, "written", year - 1):
        found = stale_years(text.words, year - 1)
        if found:
            stated = found[0]["year"]
            spot = text.spot(text.around(found[0].start(), found[0].end()))
            told = Told(
                f"说明写的是{stated}年，本文件为{year}年：…{text.around(found[0].start(), found[0].end())}…",
                f"The written part speaks of {stated}; the document is of {year}.",
                (spot,),
                expected=str(year),
                actual=stated,
                evidence=(Evidence(spot, stated, "年", "year"),),
            )
            yield violated(rule, told)


def _wrongly_said_years(rule: Rule, figures: Figures) -> Iterator[Result]:
    year = figures.disclosure.year
    if year is not None and _beginning_with(year).search(f"\0{words_together(figures)}"):
        yield from said_years(rule, figures)


@lru_cache(8)
def _beginning_with(year: int) -> re.Pattern[str]:
    """Give the pattern of the year before or after one at the beginning of a sentence, of texts looked through together."""
    return re.compile("|".join(rf"{y}年(?<=[\0。；;\s]{y}年)" for y in (year - 1, year + 1)))


@in_brief(_wrongly_said_years, sums=False)
def said_years(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Find sentences that begin with the year before, or the next, and go on with an amount of this year's tables."""
    year = figures.disclosure.year
    told: set[tuple[str, int]] = set()
    seen = False
    for name, stated in _dated_statements(figures) if year is not None else ():
        said = figures.said[name]
        figure, declared = said.slot.figure, said.declared
        if figure is None or declared is None or year is None:
            continue
        if int(stated) != year + 1 and not _is_of_this_year(declared.tree, figure, said, figures):
            continue
        seen = True
        key = (said.paragraph.text, said.paragraph.text.find(said.sentence))
        if abs(int(stated) - year) != 1 or key in told:
            continue
        told.add(key)
        spot = figures.spot(CellRef(TEXT, name))
        printed = "表内的" if declared.tables else "预算的"
        yield violated(
            rule,
            Told(
                f"句子写的是{stated}年，金额{figure.plain}{figure.unit}却是{year}年{printed}：“{said.sentence[:_LONG]}”。",
                f"The sentence speaks of {stated}; its amount {figure.plain} {figure.unit} is that of {year}.",
                (spot,),
                expected=str(year),
                actual=stated,
                evidence=(evidence_of(figure, spot, "said"), Evidence(spot, stated, "年", "year")),
            ),
        )
    if not told:
        yield (
            passed(rule) if seen else undecided(rule, "说明没有写年份和金额", "no sentence gives a year and an amount")
        )


def _is_of_this_year(tree: Expression | None, figure: Figure, said: Said, figures: Figures) -> bool:
    """Tell whether a number is what a table of the year prints, to its last digit, or made of facts of this year's book."""
    if tree is not None and _is_of_book(tree, said, figures):
        return True
    cell = figures.figure(CellRef(tree.table, tree.row, tree.column)) if isinstance(tree, Cell) else None
    return cell is not None and bool(cell.digits) and abs(cell.atoms - figure.atoms) < max(figure.step, cell.step)


def _is_of_book(tree: Expression, said: Said, figures: Figures) -> bool:
    """Tell whether all parts of an expression are facts of this year's book, or statements of such."""
    narrative, section = narrative_of(figures.wording), said.section.key

    def is_fact(part: Expression) -> bool:
        if not isinstance(part, Named) or part.source != "slot":
            return isinstance(part, Named) and part.source == "book"
        declared = narrative.declaration(part.name, section)
        return declared is not None and declared.tree is not None and _is_of_book(declared.tree, said, figures)

    parts = list(parts_of(tree))
    return bool(parts) and all(map(is_fact, parts))


@once_for_all
def _dated_statements(figures: Figures) -> tuple[tuple[str, str], ...]:
    """List the numbers stated by sentences that begin with a year, each with that."""
    out = []
    for name, said in figures.said.items():
        if said.declared is not None and said.slot.figure is not None and said.slot.figure.is_number:
            year = _SAID_YEAR.match(said.sentence)
            if year is not None and (said.slot.figure.digits or int(year[1]) > (figures.disclosure.year or 0)):
                out.append((name, year[1]))
    return tuple(out)


def repeated_paragraphs(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Find long paragraphs with figures that the written part prints twice; rows of tables among them are none."""
    texts = [t for t in texts_in(figures, "written") if len(t.words) >= _LONG and "\t" not in t.words]
    texts = [t for t in texts if _DIGIT.search(t.words)]
    yield from _meant_alike(rule, figures)
    if not texts:
        yield undecided(rule, "没有说明", "there is no written part")
        return
    yield passed(rule)
    first: dict[str, int | None] = {}
    for text in texts:
        plain = spelling(text.words)
        if plain not in first:
            first[plain] = text.line
            continue
        spot = text.spot(text.words[:_LONG])
        told = Told(
            f"同一段说明出现两次：“{text.words[:_LONG]}…”。",
            f"A paragraph is printed twice: {text.words[:_LONG]!r}.",
            (spot,),
            actual=text.words[:_LONG],
            evidence=(Evidence(spot, text.words[:_LONG], "", "text"),),
        )
        yield violated(rule, told)


def _meant_alike(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Find terms of the glossary that are explained by the very words of another."""
    first: dict[str, str] = {}
    for term in figures.disclosure.glossary:
        meaning = spelling(term.meaning)
        before = first.setdefault(meaning, term.term) if len(meaning) >= _MEANING else term.term
        if spelling(before) == spelling(term.term):
            continue
        place = term.place
        page, line = (None, None) if place is None else (place.page, place.line)
        spot = Spot(section="glossary", sentence=term.term, page=page, line=line)
        told = Told(
            f"名词解释“{term.term}”与“{before}”的内容完全相同。",
            f"{term.term!r} is explained by the words of {before!r}.",
            (spot,),
            actual=term.term,
            evidence=(Evidence(spot, term.meaning[:_LONG], "", "text"),),
        )
        yield violated(rule, told)


def _later(rule: Rule, spot: Spot, said: str, day: date, published: date) -> Result:
    told = Told(
        f"{said}，晚于公开日期{published}。" if "，" not in said else f"{said}。",
        f"{day} lies after the day of publication, {published}.",
        (spot,),
        expected=str(published),
        actual=str(day),
        evidence=(Evidence(spot, str(day), "", "date"),),
    )
    return violated(rule, told)


@lru_cache(8)
def _person_patterns(before: str, after: str, surnames: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(p.replace("{surnames}", surnames)) for p in (before, after))
