"""Which lines of a file a paragraph takes up, and which of them a sentence of it."""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from functools import cached_property
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mingzhang.model.disclosure import Disclosure, Paragraph
    from mingzhang.model.finding import Spot

Key = tuple[int | None, int]
"""A line: its page, None where there are none, and number."""

_STRANGE: Final = 4
"""So many lines in a row may stand in between that are none of the paragraph's: foot and head of a page."""

_BEGINS: Final = 6
"""Characters by which the beginning of a paragraph is found in its first line."""


class Wrapped:
    """The lines of a document as they were seen, to be found by what was read of them."""

    def __init__(self, disclosure: Disclosure, texts: Mapping[Key, str]) -> None:
        """Take a document and its lines' texts in the order in which they stand."""
        self._texts = texts
        self._disclosure = disclosure
        self._found: dict[Key, tuple[tuple[Key, int, int], ...]] = {}

    def lines(self, spot: Spot) -> tuple[Key, ...]:
        """List the lines on which the sentence of a place stands; the place's own line where that is all that is known."""
        if spot.line is None:
            return ()
        own = (spot.page, spot.line)
        text = self._paragraphs.get(own, "")
        sentence = _squeezed(spot.sentence)
        start = text.find(sentence) if sentence else -1
        if start < 0:
            return (own,)
        if own not in self._found:
            self._found[own] = self._taken(own, text)
        stop = start + len(sentence)
        return tuple(k for k, begins, ends in self._found[own] if begins < stop and ends > start) or (own,)

    def piece(self, paragraph: Paragraph, start: int, stop: int) -> tuple[Key, int, int, int] | None:
        """Find the line on which a piece of a paragraph begins; None where that cannot be told.

        With it come widths, counting Chinese twice: what stands before the piece on the line, what of it stands there,
        and the whole line.
        """
        if paragraph.place is None or paragraph.place.line is None:
            return None
        own = (paragraph.place.page, paragraph.place.line)
        text = _squeezed(paragraph.text)
        begins = len(_squeezed(paragraph.text[:start]))
        ends = begins + len(_squeezed(paragraph.text[start:stop]))
        for key, first, last in self._taken(own, text):
            if first <= begins < last:
                line = _squeezed(self._texts[key])
                at = begins - first + max(line.find(text[first:last]), 0)
                return key, _wide(line[:at]), _wide(line[at : at + min(ends, last) - begins]), _wide(line)
        return None

    @cached_property
    def _paragraphs(self) -> dict[Key, str]:
        return {
            (p.place.page, p.place.line): _squeezed(p.text)
            for section in self._disclosure.sections
            for p in section.paragraphs
            if p.place is not None and p.place.line is not None
        }

    @cached_property
    def _order(self) -> list[Key]:
        return sorted(self._texts, key=_by_page)

    def _taken(self, first: Key, text: str) -> tuple[tuple[Key, int, int], ...]:
        """Follow a paragraph from its first line on; give each line with the part of the text that it holds."""
        out: list[tuple[Key, int, int]] = []
        at = strange = 0
        for key in self._order[bisect_left(self._order, _by_page(first), key=_by_page) :]:
            line = _squeezed(self._texts[key])
            if not out:
                line = line[max(line.find(text[:_BEGINS]), 0) :]
            if line and text.startswith(line, at):
                out.append((key, at, at + len(line)))
                at, strange = at + len(line), 0
                if at == len(text):
                    break
            elif not out or strange == _STRANGE:
                break
            else:
                strange += 1
        return tuple(out)


def _by_page(key: Key) -> tuple[int, int]:
    return key[0] or 0, key[1]


def _wide(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(c) in "WFA" else 1 for c in text)


def _squeezed(text: str) -> str:
    return "".join(text.split())
