"""Titles and heads: the years they name, and how they are spelled beside the form."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from msgspec.structs import replace

from mingzhang.forms.classification import spelling
from mingzhang.model.finding import Evidence, Spot
from mingzhang.model.place import Place
from mingzhang.rules.briefly import only_where
from mingzhang.rules.names import distance
from mingzhang.rules.once import once_for_all
from mingzhang.rules.results import Result, Told, passed, undecided, violated
from mingzhang.rules.texts import Text, texts_in
from mingzhang.rules.words import words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mingzhang.model.disclosure import Table
    from mingzhang.model.performance import DepartmentForm, ProjectForm
    from mingzhang.rules.catalogue import Rule
    from mingzhang.rules.figures import Figures

_OF_OTHER_YEARS: Final = ("last_", "change")
_RUNNING: Final = re.compile(r"[一-鿿]{0,30}20\d\d年度?(?:部门|单位)?预算(?:公开|说明|公开文件)?")
_RUNNING_LENGTH: Final = 60
"""A line of its own that is the title of a document, left from the head of a page."""
_ANY_YEAR: Final = re.compile(r"20\d\d")
_YEAR: Final = re.compile(r"(?<!\d)(20\d\d)\s*年?(?:度|[一-鿿]|$|[)）])")


@only_where(lambda figures: _names_another(figures, (t.title for t in figures.disclosure.tables)))
def years(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Find tables whose title names another year."""
    found = [(t.title, Spot(table=t.id), t.place) for t in figures.disclosure.tables if t.title]
    return _of_year(rule, figures, found, "表题“{text}”写的是{stated}年，本文件为{year}年。")


def cover_year(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Find a cover that names no year but another; a date on it is not looked at."""
    lines = [c for c in figures.disclosure.publication.cover if re.search(r"预算|公开", c)]
    place = figures.disclosure.tables[0].place if figures.disclosure.tables else None
    found = [(line, Spot(section="cover", sentence=line), place) for line in lines]
    return _of_year(rule, figures, found, "封面“{text}”写的是{stated}年，各表为{year}年。")


def _all_forms(figures: Figures) -> Iterator[ProjectForm | DepartmentForm]:
    yield from figures.forms.values()
    if figures.disclosure.department_form is not None:
        yield figures.disclosure.department_form


@only_where(lambda figures: _names_another(figures, (f.title for f in _all_forms(figures))))
def form_years(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Find project forms whose title names another year."""
    found = [(f.title, Spot(form=n, field="title"), f.places.get("title", f.first)) for n, f in figures.forms.items()]
    if (own := figures.disclosure.department_form) is not None:
        found.append((own.title, Spot(form="department", field="title"), own.places.get("title", own.first)))
    return _of_year(
        rule, figures, [x for x in found if x[0]], "绩效目标表标题“{text}”写的是{stated}年，本文件为{year}年。"
    )


@once_for_all
def heads_of(figures: Figures) -> str:
    """Join the heads of all columns, each behind a NUL."""
    tables = figures.disclosure.tables
    heads = [c.header for t in tables for c in t.columns] + [c.text for t in tables for row in t.head for c in row]
    return "\0" + "\0".join(heads)


@only_where(lambda figures: _names_another(figures, (heads_of(figures),)))
def head_years(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Find columns whose head names a year that is neither this one nor, where it may be compared with, the one before."""
    year = figures.disclosure.year
    seen = False
    for table in figures.disclosure.tables:
        heads = [h.text for row in table.head for h in row] or [c.header for c in table.columns]
        stated = [(h, found[0]) for h in heads if "20" in h and (found := _years_in(h))]
        if year is None or not stated:
            continue
        seen = True
        allowed = (year,) if _is_of_one_year(table, figures) else (year, year - 1)
        for head, own in stated:
            executed = any(w in head for w in words("years")["looking_back"])
            if own not in {*allowed, *({year - 1, year - 2} if executed else ())}:
                spot = _spot(Spot(table=table.id), place_of_head(table, head))
                yield violated(
                    rule,
                    Told(
                        f"{figures.title(table.id)}的栏目“{head.strip()}”写的是{own}年，本文件为{year}年。",
                        f"{table.id}: the head {head.strip()!r} is of {own}; the document is of {year}.",
                        (spot,),
                        expected=str(year),
                        actual=str(own),
                        evidence=(Evidence(spot, str(own), "年", "year"),),
                    ),
                )
    yield passed(rule) if seen else undecided(rule, "表头没有年份", "no head names a year")


def place_of_head(table: Table, text: str) -> Place | None:
    """Give the place of a line of a table's head: right above its rows, where these have lines."""
    rows = [r.place for r in table.rows if r.place is not None and r.place.line]
    depth = next((n for n, row in enumerate(reversed(table.head), 1) if any(h.text == text for h in row)), 0)
    if not rows or not depth:
        return table.places.get("head", table.place)
    return replace(rows[0], line=(rows[0].line or 0) - depth)


def _is_of_one_year(table: Table, figures: Figures) -> bool:
    """Tell whether a table, known by its form, has no column of another year, or has one in the place of its own."""
    form = None if figures.pack is None else figures.pack.table(table.id)
    if form is None or any(c.key.startswith(_OF_OTHER_YEARS) for c in form.columns):
        return form is not None and not any(c.key.startswith(_OF_OTHER_YEARS) for c in table.columns)
    known: dict[str, list[bool]] = {}
    for column in table.columns:
        if column.kind == "figure":
            known.setdefault(column.side, []).append(column.key.startswith(_OF_OTHER_YEARS))
    return not any(any(side) and not all(side) for side in known.values())


@only_where(lambda figures: _names_another(figures, _lines_of(figures)))
def part_years(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Find headings of parts, and lines of the list of contents, that name another year."""
    publication = figures.disclosure.publication
    found = [(e.text, Spot(section="parts", sentence=e.text), e.place) for e in publication.parts]
    found += [(e.text, Spot(section="contents", sentence=e.text), e.place) for e in publication.contents]
    found += [(t.words, t.spot(t.words), Place(t.page, t.line)) for t in _running_in(figures)]
    charts = [(c, s) for s in figures.disclosure.sections for c in s.charts]
    found += [(c.title, Spot(section=s.key, sentence=c.title), c.place or s.place) for c, s in charts]
    found = [own for own in found if not any(w in own[0] for w in words("years")["looking_back"])]
    return _of_year(rule, figures, found, "“{text}”写的是{stated}年，本文件为{year}年。")


def _running_in(figures: Figures) -> list[Text]:
    """List the running heads that were read as paragraphs."""
    short = [t for t in texts_in(figures, "written") if len(t.words) < _RUNNING_LENGTH and "预算" in t.words]
    return [t for t in short if _RUNNING.fullmatch(t.words)]


def _lines_of(figures: Figures) -> list[str]:
    publication = figures.disclosure.publication
    charts = [c.title for s in figures.disclosure.sections for c in s.charts]
    running = [t.words for t in _running_in(figures)]
    return [e.text for e in (*publication.parts, *publication.contents)] + charts + running


def slips(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Find titles a character or two from that of the form."""
    pack = figures.pack
    for table in figures.disclosure.tables if pack is not None else ():
        form = None if pack is None else pack.table(table.id)
        nearest = None if form is None else _nearest(table.title, (form.title, *form.titles))
        if nearest is None:
            continue
        wanted, near, slip = nearest
        if not slip:
            yield passed(rule)
            continue
        spot = _spot(Spot(table=table.id), table.place)
        told = Told(
            f"表题“{table.title.strip()}”与表样的“{wanted}”差{near}个字。",
            f"The title {table.title.strip()!r} is {near} characters from the form's.",
            (spot,),
            expected=wanted,
            actual=table.title.strip(),
            evidence=(Evidence(spot, table.title.strip(), "", "printed"),),
        )
        yield violated(rule, told)


@lru_cache(1024)
def _nearest(title: str, known: tuple[str, ...]) -> tuple[str, int, bool] | None:
    """Give the nearest of the known titles, by how many characters it differs, and whether that is a slip; None for no title."""
    plain = _plain(title)
    wanted = min(map(_plain, known), key=lambda k: distance(plain, k))
    near = distance(plain, wanted)
    return (wanted, near, 0 < near <= max(1, len(plain) // 8)) if plain else None


def _names_another(figures: Figures, texts: Iterable[str]) -> bool:
    """Tell whether a year other than the document's stands in one of some texts."""
    own = str(figures.disclosure.year)
    return any(year != own for year in _ANY_YEAR.findall("\0".join(texts)))


def _of_year(
    rule: Rule, figures: Figures, found: Iterable[tuple[str, Spot, Place | None]], zh: str
) -> Iterator[Result]:
    """Tell of texts that name years, none of them the document's."""
    year = figures.disclosure.year
    if year is None:
        yield undecided(rule, "年度不明", "the year is not known")
        return
    for text, spot, place in found:
        stated = _years_in(text)
        if not stated:
            continue
        if year in stated:
            yield passed(rule)
            continue
        at = _spot(spot, place)
        told = Told(
            zh.format(text=text.strip(), stated=stated[0], year=year),
            f"{text.strip()!r} is of {stated[0]}; the document is of {year}.",
            (at,),
            expected=str(year),
            actual=str(stated[0]),
            evidence=(Evidence(at, str(stated[0]), "年", "year"),),
        )
        yield violated(rule, told)


@lru_cache(4096)
def _years_in(text: str) -> tuple[int, ...]:
    """List the years that a title, a head or a line names."""
    return tuple(int(y) for y in _YEAR.findall(text))


@lru_cache(1024)
def _plain(title: str) -> str:
    return spelling(
        re.sub(r"(?:\{year\}|(?<!\d)20\d\d)(?:\s*年)?(?:\s*度)?|[(（][^()（）]*[)）]|\{[a-z_]+\}", "", title)
    )


def _spot(spot: Spot, place: Place | None) -> Spot:
    return Spot(
        table=spot.table, section=spot.section, sentence=spot.sentence, form=spot.form, field=spot.field,
        page=place.page if place else None, line=place.line if place else None,
    )  # fmt: skip
