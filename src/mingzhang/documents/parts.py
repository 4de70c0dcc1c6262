"""The parts of a document in order of print, with their headings; and the pack whose labels its forms carry."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Final

import msgspec

from mingzhang.forms.packs import all_packs, load_pack
from mingzhang.forms.performance import performance_forms
from mingzhang.model.fault import InvalidPack
from mingzhang.model.keys import folded
from mingzhang.model.language import gettext as _

if TYPE_CHECKING:
    from mingzhang.forms.pack import Pack
    from mingzhang.forms.performance import PerformanceForms
    from mingzhang.model.disclosure import Disclosure, Section

PARTS: Final = frozenset({"profile", "tables", "written", "glossary"})
"""The parts a section can stand in."""

_log = logging.getLogger(__name__)


class PrintedPart(msgspec.Struct, frozen=True):
    """One part to be printed: its key and the heading it stands under."""

    key: str
    heading: str


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
    candidates = ((pack,) if pack is not None else ()) + all_packs()
    return next((f for f in map(performance_forms, candidates) if f is not None), None)


def parts_of(disclosure: Disclosure, pack: Pack | None) -> tuple[PrintedPart, ...]:
    """Give the parts that hold something, in the pack's order; headings as the document prints them, else the pack's.

    A document of no known pack has the parts of the first pack that comes with the program.
    """
    stated = [p.text for p in disclosure.publication.parts]
    year = str(disclosure.year or "")
    known = [(p.key, p.heading.replace("{year}", year)) for p in (pack or all_packs()[0]).parts]
    headings = _by_pack(stated, [(key, heading) for key, heading in known])
    return tuple(PrintedPart(key, headings[key]) for key, _ in known if _holds(disclosure, key))


def sections_of(disclosure: Disclosure, part: str) -> tuple[Section, ...]:
    """Give the sections of one part; a section of a part nobody knows stands in the written part."""
    return tuple(s for s in disclosure.sections if (s.part if s.part in PARTS else "written") == part)


def _by_pack(stated: list[str], known: list[tuple[str, str]]) -> dict[str, str]:
    """Match headings by their words, then by their order where as many are stated as known."""
    printed = {folded(text): text for text in stated}
    found = {key: printed.get(folded(heading), "") for key, heading in known}
    if len(stated) == len(known):
        found = {key: found[key] or text for (key, _), text in zip(known, stated, strict=True)}
    return {key: found[key] or heading for key, heading in known}


def _holds(disclosure: Disclosure, part: str) -> bool:
    if part == "tables":
        return bool(disclosure.tables)
    if part == "glossary":
        return bool(disclosure.glossary or sections_of(disclosure, "glossary"))
    forms = part == "written" and bool(disclosure.project_forms or disclosure.department_form)
    return bool(sections_of(disclosure, part)) or forms
