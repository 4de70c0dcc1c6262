"""How the document presents itself: watermarks left on its pages, and words of drafts and of secrecy on its cover and titles."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec.structs import replace

from mingzhang.model.finding import Evidence, Spot
from mingzhang.rules.results import Result, Told, passed, violated
from mingzhang.rules.words import words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mingzhang.model.place import Place
    from mingzhang.rules.catalogue import Rule
    from mingzhang.rules.figures import Figures


def watermarks(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Find draft watermarks: one finding for each text, with all its lines; a hint where no word says that it is a draft's."""
    found: dict[str, list[Spot]] = {}
    for mark in figures.disclosure.publication.marks:
        if mark.kind == "watermark":
            place = mark.place
            page, line = (None, None) if place is None else (place.page, place.line)
            found.setdefault(mark.text.strip(), []).append(
                Spot(section="publication", sentence=mark.text.strip(), page=page, line=line)
            )
    for text, spots in found.items():
        told = Told(
            f"公开文件残留水印“{text}”，共{len(spots)}处。",
            f"The watermark {text!r} is left in the file, {len(spots)} times.",
            tuple(spots),
            actual=text,
            evidence=tuple(Evidence(spot, text, "", "watermark") for spot in spots),
        )
        of_drafts = any(w in text for w in words("publication")["drafts"])
        yield violated(rule, told, None if of_drafts else "hint")
    drafts = tuple(_of_drafts(figures))
    for spot, text, words_found in drafts:
        told = Told(
            f"公开文件的“{text}”写有“{words_found}”。",
            f"The published file says {words_found!r} in {text!r}.",
            (spot,),
            actual=words_found,
            evidence=(Evidence(spot, words_found, "", "draft"),),
        )
        yield violated(rule, told)
    if not (found or drafts):
        yield passed(rule)


def _of_drafts(figures: Figures) -> Iterator[tuple[Spot, str, str]]:
    """Give what the cover, headings of parts and titles of tables say of drafts, and of what is not to be published."""
    pattern = re.compile(words("publication")["not_public"])
    document = figures.disclosure
    lines: list[tuple[str, Spot, Place | None]]  # lines of the cover have no place
    lines = [(line, Spot(section="cover", sentence=line), None) for line in document.publication.cover]
    lines += [(e.text, Spot(section="parts", sentence=e.text), e.place) for e in document.publication.parts]
    lines += [(t.title, Spot(table=t.id), t.places.get("title", t.place)) for t in document.tables]
    if re.search(pattern.pattern, "\n".join([line.strip() for line, _spot, _place in lines]), re.MULTILINE) is None:
        return
    for line, spot, place in lines:
        found = pattern.search(line.strip())
        if found is not None:
            page, number = (None, None) if place is None else (place.page, place.line)
            yield replace(spot, page=page, line=number), line.strip(), found[0]
