"""The parts of a document in order of print, with their headings; and the pack whose labels its forms carry."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Final

import msgspec

from mingzhang.forms.pack import part_heading
from mingzhang.forms.packs import all_packs, load_pack, usual_pack
from mingzhang.forms.performance_read import performance_forms
from mingzhang.model.disclosure import Section
from mingzhang.model.fault import InvalidPack
from mingzhang.model.keys import folded
from mingzhang.model.language import gettext as _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mingzhang.forms.pack import Pack, Part
    from mingzhang.forms.performance import PerformanceForms
    from mingzhang.model.disclosure import Disclosure

PARTS: Final = frozenset({"profile", "tables", "written", "glossary"})
"""The parts a section can stand in."""

FORMS: Final = "performance"
"""The section behind which the performance forms stand."""

_log = logging.getLogger(__name__)


class PrintedPart(msgspec.Struct, frozen=True):
    """One part to be printed: its key, the heading it stands under and its sections; whether the forms stand in it."""

    key: str
    heading: str
    sections: tuple[Section, ...] = ()
    forms: bool = False


def pack_of(disclosure: Disclosure) -> Pack | None:
    """Give the pack a document was made with, if it is here."""
    if disclosure.pack is None:
        return None
    try:
        return load_pack(disclosure.pack.id)
    except InvalidPack:
        _log.info(_("没有表样包“{pack}”，按通行的样子排版").format(pack=disclosure.pack.id))
        return None


def form_texts(pack: Pack | None) -> PerformanceForms | None:
    """Give the labels of performance forms: the pack's own, else those of the first pack that has forms."""
    candidates = ((pack,) if pack is not None else ()) + (usual_pack(), *all_packs())
    return next((f for f in map(performance_forms, candidates) if f is not None), None)


def parts_of(disclosure: Disclosure, pack: Pack | None) -> tuple[PrintedPart, ...]:
    """Give the parts that hold something, in the pack's order; headings as the document prints them, else the pack's.

    A document of no known pack has the parts of the first pack that comes with the program.
    """
    stated = [p.text for p in disclosure.publication.parts]
    parts = (pack or usual_pack()).parts
    headings = _by_pack(stated, [part_heading(p, disclosure.unit_name, disclosure.year) for p in parts])
    shared = _shared(disclosure, parts)
    forms = next((i for i, p in enumerate(parts) if p.key == "written" and (not p.sections or FORMS in p.sections)), -1)
    return tuple(
        PrintedPart(part.key, heading, own, i == forms)
        for i, (part, heading, own) in enumerate(zip(parts, headings, shared, strict=True))
        if _holds(disclosure, part, own, forms=i == forms)
    )


def _shared(disclosure: Disclosure, parts: Sequence[Part]) -> list[tuple[Section, ...]]:
    """Divide the sections among the parts: a section that none names stands with the one before it, or in the first."""
    found: list[list[Section]] = [[] for _part in parts]
    for key in dict.fromkeys(p.key for p in parts):
        own = [i for i, p in enumerate(parts) if p.key == key]
        at = next((i for i in own if not parts[i].sections), own[0])
        for section in sections_of(disclosure, key):
            at = next((i for i in own if section.key in parts[i].sections), at)
            if not section.key and any(not parts[i].sections for i in own):
                at = next(i for i in own if not parts[i].sections)
            found[at].append(section)
    return [tuple(sections) for sections in found]


def sections_of(disclosure: Disclosure, part: str) -> tuple[Section, ...]:
    """Give the sections of one part; a section of a part nobody knows stands in the written part."""
    return tuple(s for s in disclosure.sections if (s.part if s.part in PARTS else "written") == part)


def _by_pack(stated: list[str], known: list[str]) -> list[str]:
    """Match headings by their words, then by their order where as many are stated as known."""
    printed = {folded(text): text for text in stated}
    found = [printed.get(folded(heading), "") for heading in known]
    if len(stated) == len(known):
        found = [own or text for own, text in zip(found, stated, strict=True)]
    return [own or heading for own, heading in zip(found, known, strict=True)]


def _holds(disclosure: Disclosure, part: Part, sections: Sequence[Section], *, forms: bool) -> bool:
    if part.key == "tables":
        return bool(disclosure.tables)
    if part.key == "glossary":
        return bool(disclosure.glossary or sections)
    return bool(sections) or (forms and bool(disclosure.project_forms or disclosure.department_form))
