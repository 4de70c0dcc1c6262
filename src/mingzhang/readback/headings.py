"""Headings of the written part: known by their numbering and their words, with tolerance for both."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Final

import msgspec

from mingzhang.forms.narrative import SectionForm
from mingzhang.model.keys import folded
from mingzhang.model.place import Place

if TYPE_CHECKING:
    from mingzhang.forms.narrative import Narrative
    from mingzhang.forms.pack import Part
    from mingzhang.model.page import Line

_MARKS: Final = (
    ("han", re.compile(r"^[一二三四五六七八九十]{1,3}[、.,]")),
    ("bracketed", re.compile(r"^\([一二三四五六七八九十]{1,3}\)[、.,]?")),
    ("digit", re.compile(r"^\d{1,2}(?:[、,]|\.(?!\d))")),
    ("bracketed_digit", re.compile(r"^\(\d{1,2}\)[、.,]?")),
    ("chapter", re.compile(r"^第[一二三四五六七八九十]{1,3}[章节条部]?[、.,]?")),
)
_PART: Final = re.compile(r"^第[一二三四五六七八九十]部分")
_LEADER: Final = re.compile(r"[.…·]{3,}\d*$")
_CLOSED: Final = re.compile(r"[。;,]$")
_YEAR: Final = re.compile(r"(?:\d{4}|\{(?:last_)?year\})年度?")
_LONGEST: Final = 40
_AMOUNT: Final = re.compile(r"\d[万亿]?元")


class Heading(msgspec.Struct, frozen=True):
    """A heading as printed: the section's key, its words, level, declared form if known, and place."""

    key: str
    text: str
    level: int
    form: SectionForm | None
    place: Place


class HeadingReader:
    """Reads headings one after another; which numbering stands for which level is learnt on the way."""

    def __init__(self, narrative: Narrative, part: Part | None = None) -> None:
        """Take the sections of the written part as candidates, or those of one part and what stands below them."""
        wanted = part.sections if part is not None else ()
        self._sections = tuple(
            s
            for s in narrative.sections
            if s.part == "written" and (not wanted or s.key in wanted or s.parent in wanted)
        )
        self._first = next((s for s in self._sections if part is not None and not s.heading), None)
        self._narrative = narrative
        self._top = ""  # the kind of numbering of first-level headings, once one has been seen
        self._current: SectionForm | None = None

    def is_part(self, text: str) -> bool:
        """Tell whether a line is the heading of a part of the document (第三部分 …)."""
        return _PART.match(folded(text)) is not None

    def unheaded(self, line: Line) -> Heading:
        """Make the heading of what stands before any: that of the part's own section without one, if it has such."""
        return Heading("" if self._first is None else self._first.key, "", 1, self._first, line.place)

    def read(self, line: Line) -> Heading | None:
        """Read a line as a heading; None if it is text."""
        text = folded(line.text)
        if not text or len(text) > _LONGEST or _CLOSED.search(text) or _LEADER.search(text) or _PART.match(text):
            return None
        if _AMOUNT.search(text):
            return None  # 1.基本支出预算40万元，其中：
        mark, words = _split(text)
        form = self._known(mark, words)
        if form is None:
            return self._unknown(line, mark, words)
        if form.level == 1:
            self._top = self._top or mark
            self._current = form
        return Heading(form.key, line.text.strip(), form.level, form, line.place)

    def _known(self, mark: str, words: str) -> SectionForm | None:
        """Find the declared section that a heading names, under the current one or at the first level."""
        best: tuple[int, int, SectionForm] | None = None
        for i, section in enumerate(self._sections):
            likeness = _likeness(mark, words, section)
            if not likeness or not self._may_follow(mark, section):
                continue
            if best is None or (likeness, -i) > best[:2]:
                best = (likeness, -i, section)
        return None if best is None else best[2]

    def _may_follow(self, mark: str, section: SectionForm) -> bool:
        if section.level > 1:
            below = self._current is not None and section.parent == self._current.key
            return below and (not mark or mark != self._top)
        return not self._top or mark == self._top

    def _unknown(self, line: Line, mark: str, words: str) -> Heading | None:
        """Take a line numbered as first-level headings are for a heading that the pack does not know."""
        if not mark or mark != self._top or len(words) > 25:
            return None
        self._current = None
        return Heading(f"unknown:{words}", line.text.strip(), 1, None, line.place)


def _split(text: str) -> tuple[str, str]:
    """Divide a heading into the kind of its numbering ("" if none) and its words."""
    for kind, pattern in _MARKS:
        found = pattern.match(text)
        if found is not None:
            return kind, text[found.end() :].rstrip(":")
    return "", text.rstrip(":")


def _likeness(mark: str, words: str, section: SectionForm) -> int:
    """Weigh how well a heading's words fit a section, 0 if not; without numbering only the very words will do."""
    declared = _split(_YEAR.sub("", folded(section.heading)))[1]
    words = _YEAR.sub("", words)
    if not declared:
        return 0
    if words == declared:
        return 100
    if not mark:
        return 0
    ratio = int(SequenceMatcher(None, words, declared).ratio() * 100)
    if ratio >= 75:
        return ratio
    return 50 if any(re.search(n, words) for n in section.names) else 0
