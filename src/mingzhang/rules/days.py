"""Days that a document states: that of its publication, and any other by year, month and day."""

from __future__ import annotations

import re
from datetime import MAXYEAR, MINYEAR, date
from typing import TYPE_CHECKING

from mingzhang.rules.once import once_for_all
from mingzhang.rules.texts import texts_with
from mingzhang.rules.words import words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mingzhang.rules.figures import Figures


@once_for_all
def published_on(figures: Figures) -> date | None:
    """Give the day of publication: stated as such, else the one whole date on the cover."""
    publication = figures.disclosure.publication
    stated = re.compile(words("dates")["published"])
    found = _first(stated, publication.cover) or _first(stated, [t.words for t in texts_with(figures, stated)])
    if found is not None:
        return day_of(found)
    dated = re.compile(words("dates")["day"])
    on_cover = {d for line in publication.cover for m in dated.finditer(line) if (d := day_of(m)) is not None}
    return on_cover.pop() if len(on_cover) == 1 else None


def _first(pattern: re.Pattern[str], lines: Sequence[str]) -> re.Match[str] | None:
    return next((found for line in lines if (found := pattern.search(line)) is not None), None)


def published_by(figures: Figures) -> date | None:
    """Give the day of publication, the end of the document's year at the latest; a budget is not still to be published on its last day."""
    year = figures.disclosure.year
    known = year is not None and MINYEAR <= year <= MAXYEAR
    last = 30 if figures.disclosure.kind.endswith("_budget") else 31
    return published_on(figures) or (date(year or 0, 12, last) if known else None)


def day_of(found: re.Match[str]) -> date | None:
    """Give the day that a pattern found, by its year, month and day."""
    return day_from(found["year"], found["month"], found["day"])


def day_from(year: str, month: str, day: str) -> date | None:
    """Give a day, None where there is no such."""
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None
