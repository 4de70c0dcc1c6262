"""Sections that speak of projects one by one, each by its name and a colon: all speak of the same projects."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Final

from mingzhang.forms.classification import spelling
from mingzhang.model.finding import Evidence, Spot
from mingzhang.rules.names import is_slip
from mingzhang.rules.once import once_for_all
from mingzhang.rules.results import Result, Told, passed, undecided, violated

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mingzhang.model.disclosure import Paragraph, Section
    from mingzhang.rules.catalogue import Rule
    from mingzhang.rules.figures import Figures

_NAMED: Final = re.compile(r"\s*(?P<name>[^：:。，；\d（(]{4,30})[：:]\S")
_FEWEST: Final = 3
"""So many sections at least that speak of the very same projects say which those are."""


def same(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Find projects that one section leaves out, or calls by another name, where the others agree."""
    sections = _told_one_by_one(figures)
    sets = Counter(frozenset(names) for _section, names in sections)
    usual, often = sets.most_common(1)[0] if sets else (frozenset[str](), 0)
    if often < _FEWEST or len(usual) < 2 or often * 2 <= len(sections):
        yield undecided(rule, "没有分节逐个说明项目", "no sections speak of projects one by one")
        return
    yield passed(rule)
    for section, names in sections:
        for name in sorted(usual.difference(names)):
            slip = next((n for n in names if n not in usual and is_slip(n, name)), "")
            others = len(usual.intersection(names))
            if not slip and (others * 2 <= len(usual) or len(names) > len(usual)):
                continue  # it speaks of something else
            place = names[slip].place if slip else section.place
            page, line = (None, None) if place is None else (place.page, place.line)
            spot = Spot(section=section.key, sentence=slip or section.heading, page=page, line=line)
            zh = (
                f"项目“{name}”在“{section.heading}”写作“{slip}”。"
                if slip
                else f"“{section.heading}”没有说明项目“{name}”，其他各节都有。"
            )
            en = (
                f"The project {name!r} is called {slip!r} here."
                if slip
                else f"{section.heading!r} does not speak of {name!r}."
            )
            told = Told(zh, en, (spot,), expected=name, actual=slip, evidence=(Evidence(spot, name, "", "project"),))
            yield violated(rule, told)


@once_for_all
def _told_one_by_one(figures: Figures) -> list[tuple[Section, dict[str, Paragraph]]]:
    """List the sections of which every paragraph begins with a name and a colon, with those names."""
    out = []
    for section in figures.disclosure.sections:
        if section.part != "written" or len(section.paragraphs) < 2 or not _NAMED.match(section.paragraphs[0].text):
            continue
        found = [(_NAMED.match(p.text), p) for p in section.paragraphs]
        names = {spelling(m["name"].strip()): p for m, p in found if m is not None}
        if len(names) == len(section.paragraphs):
            out.append((section, names))
    return out
