"""How the document presents itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mingzhang.model.finding import Evidence, Spot
from mingzhang.rules.results import Result, Told, passed, violated
from mingzhang.rules.words import words

if TYPE_CHECKING:
    from collections.abc import Iterator

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
    if not found:
        yield passed(rule)
