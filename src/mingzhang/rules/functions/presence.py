"""What the form asks to be there: tables in order, sections, charts, and a list of contents that agrees with them."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from mingzhang.forms.classification import spelling
from mingzhang.forms.narrative import narrative_of
from mingzhang.model.finding import Spot
from mingzhang.rules.in_doubt import has_lone_title
from mingzhang.rules.results import Result, Told, passed, undecided, violated
from mingzhang.rules.words import words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mingzhang.model.disclosure import Disclosure, Section
    from mingzhang.model.place import Place
    from mingzhang.rules.catalogue import Rule
    from mingzhang.rules.figures import Figures

    _Heading = tuple[str, str, Place | None, str]

_PERCENT: Final = 100
_NUMBERS: Final = (*"一二三四五六七八九十", *(f"十{n}" for n in "一二三四五六七八九"), "二十")
_NUMBERED: Final = re.compile(r"\s*([一二三四五六七八九十]+)、")
_ORDINAL: Final = re.compile(
    r"^(?:附?表[0-9一二三四五六七八九十]+[:：、.\s]*|第[一二三四五六七八九十]+部分\s*|[（(]?[一二三四五六七八九十\d]+[)）、.．]\s*)"
)
_YEAR: Final = re.compile(r"(?:19|20)\d\d年度?")
_BRACKETED: Final = re.compile(r"\([^()]*\)")
_PART: Final = re.compile(r"\s*第\s*([一二三四五六七八九十]+)\s*部分")
_MOST_TURNED: Final = 2
"""More pages out of order than this are those of several lists, or were not read aright."""
_BRACKETED_NUMBER: Final = re.compile(r"\s*[（(]([一二三四五六七八九十]+)[)）]")
_TABLE: Final = re.compile(r"^附?表[0-9一二三四五六七八九十]+")


def tables(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Find tables of the form that the document does not have, where it has most of them."""
    document, pack = figures.disclosure, figures.pack
    have = {t.id for t in document.tables}
    known = [] if pack is None else [t.id for t in pack.tables]
    unknown = any(":" in t for t in have)
    if pack is None or unknown or not _mostly(len(have.intersection(known)), len(known)):
        yield undecided(rule, "表样不明，或有认不出的表", "the form is not known, or some tables are not")
        return
    yield passed(rule)
    for at, key in enumerate(known):
        if key not in have:
            beside = next((k for k in (*reversed(known[:at]), *known[at:]) if k in have), "")
            title = figures.title(key)
            if has_lone_title(figures, key):
                yield undecided(rule, f"“{title}”下没有认出表格", f"no table was made out below {title!r}")
                continue
            yield violated(
                rule,
                Told(
                    f"缺少“{title.replace('{year}', str(document.year))}”。",
                    f"The table {title!r} is missing.",
                    (_spot(_place(document, beside), table=key),),
                ),
            )


def order(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Find tables that stand out of the form's order."""
    pack, document = figures.pack, figures.disclosure
    printed = [t.id for t in document.tables if pack is not None and pack.table(t.id) is not None]
    if pack is None or len(printed) < 2:
        yield undecided(rule, "表样不明", "the form is not known")
        return
    wanted = [t.id for t in pack.tables if t.id in printed]
    wrong = next(((p, w) for p, w in zip(printed, wanted, strict=False) if p != w), None)
    if wrong is None:
        yield passed(rule)
        return
    zh, en = figures.title(wrong[0]), wrong[0]
    yield violated(
        rule,
        Told(
            f"“{zh}”的次序与表样不同，此处应为“{figures.title(wrong[1])}”。",
            f"{en} stands where the form has {wrong[1]}.",
            (_spot(_place(document, wrong[0]), table=wrong[0]),),
            expected=wrong[1],
            actual=wrong[0],
        ),
    )


def sections(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Find sections of the written part that are missing, where most of them are there."""
    written = [s for s in figures.disclosure.sections if s.part == "written"]
    wanted = narrative_of(figures.pack).numbered if written and figures.pack is not None else {}
    have = {s.key for s in written}
    if not written or not _mostly(len(wanted.keys() & have), len(wanted)):
        yield undecided(rule, "没有读到说明", "the written part was not found")
        return
    yield passed(rule)
    keys = list(wanted)
    for at, key in enumerate(keys):
        if key not in have:
            before = next((s for k in reversed(keys[:at]) for s in written if s.key == k), written[0])
            heading = _plain(wanted[key])
            told = Told(
                f"说明缺少“{heading}”一节。",
                f"The written part lacks the section {heading!r}.",
                (_spot(_at(before), section=key),),
            )
            yield violated(rule, told)


def charts(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Find sections whose chart has no caption though other sections have theirs."""
    pack = figures.pack if any(s.charts for s in figures.disclosure.sections) else None
    narrative = None if pack is None else narrative_of(pack)
    written = [] if narrative is None else [s for s in figures.disclosure.sections if narrative.section(s.key)]
    if narrative is None or not any(s.charts for s in written):
        yield undecided(rule, "没有读到图题", "there are no captions")
        return
    yield passed(rule)
    for section in written:
        form = narrative.section(section.key)
        if form is None or not form.charts or section.charts:
            continue
        if any(slot.figure is not None for p in section.paragraphs for slot in p.slots):
            title = form.charts[0].title
            told = Told(
                f"“{section.heading}”没有图题“{title}”，其他各图都有。",
                f"{section.heading!r} lacks the caption {title!r} that other charts have.",
                (_spot(_end(section), section=section.key),),
            )
            yield violated(rule, told)


def contents(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Compare the list of contents with the tables and sections of the document, both ways."""
    document = figures.disclosure
    if not document.publication.contents:
        yield undecided(rule, "没有目录", "there is no list of contents")
        return
    listed = {_folded(e.text): e for e in document.publication.contents}
    titles = [t for t in document.tables if t.title]
    shared = Counter(_folded(t.title) for t in titles)
    body = {_folded(t.title): t.place for t in titles}
    heads = {_folded(s.heading): s.place for s in document.sections if s.level == 1 and s.heading}
    parts = {_folded(e.text): e.place for e in document.publication.parts}
    if not body:
        yield undecided(rule, "没有目录", "there is no list of contents")
        return
    yield passed(rule)
    tabled = {} if figures.pack is None else {_folded(p.heading): None for p in figures.pack.parts if p.key == "tables"}
    everything = {**tabled, **parts, **heads, **body, **{_folded(s.heading): s.place for s in document.sections}}
    for name, entry in listed.items():
        if name and not any(_alike(name, other) for other in everything):
            what = _TABLE.search(entry.text) is not None or name.endswith("表")
            if what or entry.text in {e.text for e in document.publication.contents if _folded(e.text) in parts}:
                yield violated(
                    rule,
                    Told(
                        f"目录列有“{entry.text}”，正文没有。",
                        f"{entry.text!r} is in the contents and not in the document.",
                        (_spot(entry.place, section="contents"),),
                    ),
                )
    yield from _turned_pages(rule, document)
    lists_tables = any(e.text and _folded(e.text) in body for e in document.publication.contents)
    whole = {_whole(e.text) for e in document.publication.contents}
    alike = [t for t in titles if shared[_folded(t.title)] > 1]  # only what stands in brackets tells them apart
    for table in alike if lists_tables and any(_whole(t.title) in whole for t in alike) else ():
        if _whole(table.title) not in whole:
            told = Told(
                f"正文有“{table.title.strip()}”，目录没有列。",
                f"{table.title.strip()!r} is not in the list of contents.",
                (_spot(table.place),),
            )
            yield violated(rule, told)
    for name, place in body.items() if lists_tables else ():
        if not any(_alike(name, other) for other in listed):
            told = Told(f"正文有“{name}”，目录没有列。", f"{name!r} is not in the list of contents.", (_spot(place),))
            yield violated(rule, told)


def _second(section: Section) -> Iterator[_Heading]:
    """Give a heading numbered （一）; one of the first level begins them anew."""
    found = _BRACKETED_NUMBER.match(section.heading)
    if found is not None:
        yield section.heading, section.key, _at(section), found[1]
    elif _NUMBERED.match(section.heading):
        yield "", "", None, ""


def _in_turn(headings: list[_Heading]) -> Iterator[tuple[str, int, _Heading]]:
    """Give each heading with the number of the one before and how many stand above it since the last 一."""
    at = 0
    for before, heading in pairwise(headings):
        at = 0 if heading[-1] == _NUMBERS[0] and before[-1] != _NUMBERS[0] else at + 1 if before[-1] else 0
        yield before[-1], at, heading


def _turned_pages(rule: Rule, document: Disclosure) -> Iterator[Result]:
    """Find entries of the contents list whose page lies before that of the entry above."""
    paged = [e for e in document.publication.contents if e.page.isdigit()]
    turned = [(a, b) for a, b in pairwise(paged) if int(b.page) < int(a.page)]
    for before, entry in turned if len(turned) <= _MOST_TURNED else ():
        told = Told(
            f"目录“{entry.text}”在第{entry.page}页，排在它前面的“{before.text}”却在第{before.page}页。",
            f"{entry.text!r} is on page {entry.page}, and {before.text!r} before it on page {before.page}.",
            (_spot(entry.place, section="contents"), _spot(before.place, section="contents")),
            actual=entry.page,
        )
        yield violated(rule, told)


def numbered(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Find headings of the written part whose number does not follow on that of the one before."""
    document = figures.disclosure
    sections = [s for s in document.sections if s.part == "written"]
    headings = [(s.heading, s.key, _at(s), m[1]) for s in sections if (m := _NUMBERED.match(s.heading)) is not None]
    parts = [(e.text, "parts", e.place, m[1]) for e in document.publication.parts if (m := _PART.match(e.text))]
    if len(headings) < 2 and len(parts) < 2:
        yield undecided(rule, "没有编号的标题", "no headings are numbered")
        return
    yield passed(rule)
    under = [h for s in sections for h in _second(s)]
    for before, at, (text, key, place, number) in (*_in_turn(headings), *_in_turn(parts), *_in_turn(under)):
        wanted = 0 if not before else _NUMBERS.index(before) + 1 if before in _NUMBERS else len(_NUMBERS)
        again = (
            () if key == "parts" and before == _NUMBERS[0] else _NUMBERS[:1]
        )  # under another heading they begin anew
        if number and wanted < len(_NUMBERS) and number not in {_NUMBERS[wanted], *again, *_NUMBERS[at : at + 1]}:
            told = Told(
                f"标题“{text}”的序号应为“{_NUMBERS[wanted]}”。",
                f"The heading {text!r} should be number {wanted + 1}.",
                (_spot(place, section=key),),
                expected=_NUMBERS[wanted],
                actual=number,
            )
            yield violated(rule, told)


def _mostly(found: int, of: int) -> bool:
    return of > 0 and found * _PERCENT >= of * int(words("presence")["most_percent"])


@lru_cache(4096)
def _folded(text: str) -> str:
    plain = _ORDINAL.sub("", spelling(_YEAR.sub("", text)))
    return re.sub(r"[“”\"'.…·\s]+\d*$", "", _BRACKETED.sub("", _ORDINAL.sub("", plain)))


@lru_cache(1024)
def _whole(title: str) -> str:
    return _ORDINAL.sub("", spelling(_YEAR.sub("", title)))


def _alike(a: str, b: str) -> bool:
    return a == b or (len(a) > 3 and len(b) > 3 and (a in b or b in a))


def _plain(heading: str) -> str:
    return _ORDINAL.sub("", heading)


def _at(section: Section) -> Place | None:
    return section.place or next((p.place for p in section.paragraphs), None)


def _end(section: Section) -> Place | None:
    return next((p.place for p in reversed(section.paragraphs) if p.place), _at(section))


def _place(document: Disclosure, table: str) -> Place | None:
    found = document.table(table)
    return None if found is None else found.place


def _spot(place: Place | None, *, table: str = "", section: str = "") -> Spot:
    page, line = (None, None) if place is None else (place.page, place.line)
    return Spot(table=table, section=section, page=page, line=line)
