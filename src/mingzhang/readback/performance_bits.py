"""Words of a form that no ruling divides: pieces with their places, and labels found among them, whole or broken over lines.

A piece stands on a line (counted from 0) from `left` to before `right`, in columns of characters or any other unit.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Final

import msgspec

from mingzhang.forms.performance import folded_label
from mingzhang.model.keys import folded
from mingzhang.readback.spaced_texts import width

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

_PIECE: Final = re.compile(r"[^\s\u3000]+")
_COLON: Final = re.compile("[:：]")
_AMOUNT_BEHIND: Final = re.compile(r"(?<=[^\d.,，])\d[\d,]*(?:\.\d+)?$")
_UNIT: Final = re.compile(r"[（(《“【\[〔]*(?:[\x21-\x7e]+|.)[、，,。；;：:）)】》”〕%％]*")
_ASCII_OVER: Final = 5
"""So many Latin letters or digits may take half a letter more than half widths."""
_OPENING: Final = tuple("（《“【〔")
_CLOSING: Final = tuple("、，。；：）》”】〕")
_MOST_PIECES: Final = 9
_REACH: Final = 3
"""Lines between the parts of one label, at most: a value beside it may stand on a line between."""
_FEWEST_LETTERS: Final = 2
"""Letters that the first part of a broken label has at least, where words of sentences stand beside."""


class Bit(msgspec.Struct, frozen=True):
    """A piece of text without a blank; `near` says that one blank alone stands between it and the piece before.

    On a page `top` and `bottom` are its heights; in a text they are 0.
    """

    text: str
    line: int
    left: int
    right: int
    near: bool = False
    top: int = 0
    bottom: int = 0

    @property
    def middle(self) -> int:
        """Give twice the place of its middle."""
        return self.left + self.right

    def apart(self, at: int) -> tuple[Bit, Bit]:
        """Divide it before one of its characters."""
        cut = self.left + (self.right - self.left) * long(self.text[:at]) // max(long(self.text), 1)
        return (
            msgspec.structs.replace(self, text=self.text[:at], right=cut),
            msgspec.structs.replace(self, text=self.text[at:], left=cut, near=True),
        )


class Found(msgspec.Struct, frozen=True):
    """A label found: its key and its pieces, from the top."""

    key: str
    bits: tuple[Bit, ...]

    @property
    def first(self) -> int:
        """Give the line of its first piece."""
        return self.bits[0].line

    @property
    def last(self) -> int:
        """Give the line of its last piece."""
        return self.bits[-1].line

    @property
    def left(self) -> int:
        """Give where it begins."""
        return min(b.left for b in self.bits)

    @property
    def right(self) -> int:
        """Give where it ends."""
        return max(b.right for b in self.bits)

    @property
    def text(self) -> str:
        """Give the label as printed."""
        return "".join(b.text for b in self.bits)


def long(text: str) -> int:
    """Measure a text in half widths, a Chinese character taken for two."""
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def set_long(text: str) -> int:
    """Measure a line as it is set: brackets and marks at its ends take half their width."""
    plain = text.strip()
    return long(plain) - (plain[:1] in _OPENING) - (plain[-1:] in _CLOSING)


def would_fit(text: str, after: str, widest: int) -> bool:
    """Tell whether the line after a text would have begun on its line, were both of one cell as wide as `widest`.

    What cannot be parted from its first letter goes with it: the rest of a number or word, brackets and marks.
    """
    unit = _UNIT.match(after)
    line = text + (unit[0] if unit else after[:1])
    return set_long(line) + sum(map(str.isascii, line)) // _ASCII_OVER <= widest


def bits_of(printed: str, line: int, wide: int) -> list[Bit]:
    """Divide a printed line at all of its blanks, a Chinese character taken for `wide` columns."""
    out: list[Bit] = []
    end = 0
    for match in _PIECE.finditer(printed):
        left = width(printed[: match.start()], wide)
        near = bool(out) and printed[end : match.start()] == " "
        out.append(Bit(match[0], line, left, left + width(match[0], wide), near))
        end = match.end()
    return out


def joined(bits: Sequence[Bit]) -> str:
    """Join pieces of one cell: with a blank where one stood on the line or between Latin words, else with none."""
    out = ""
    for n, bit in enumerate(bits):
        same = n > 0 and bits[n - 1].line == bit.line
        latin = (
            bool(out) and out[-1].isascii() and bit.text[0].isascii() and (out[-1].isalpha() or bit.text[0].isalpha())
        )
        out += " " * (same or latin) + bit.text if out else bit.text
    return out


def labels_in(
    lines: Sequence[Sequence[Bit]], spellings: Mapping[str, str], fewest: int = _FEWEST_LETTERS
) -> tuple[list[Found], list[list[Bit]]]:
    """Find the labels in lines, longest first from the top; give them and the pieces that are of none.

    A label's parts may stand with blanks between them, or one below the other; with a colon the value may follow at once.
    """
    search = _Search([_at_colons(line, spellings) for line in lines], spellings, fewest)
    return search.found(), search.rest()


def _at_colons(line: Sequence[Bit], spellings: Mapping[str, str]) -> list[Bit]:
    """Divide pieces that hold a label and, after a colon or at once, its value: an amount."""
    out: list[Bit] = []
    for bit in line:
        marks = [m.end() for m in _COLON.finditer(bit.text) if m.end() < len(bit.text)]
        marks += [m.start() for m in (_AMOUNT_BEHIND.search(bit.text),) if m is not None]
        cut = next((at for at in reversed(marks) if folded_label(bit.text[:at]) in spellings), 0)
        out += bit.apart(cut) if cut else (bit,)
    return out


class _Search:
    """Labels being found from the top; what one takes no other does."""

    def __init__(self, lines: list[list[Bit]], spellings: Mapping[str, str], fewest: int) -> None:
        self._lines = lines
        self._fewest = fewest
        self._spellings = spellings
        self._starts = {s[:n] for s in spellings for n in range(1, len(s))}
        self._taken: set[int] = set()

    def found(self) -> list[Found]:
        out = []
        for line in self._lines:
            for n, bit in enumerate(line):
                if id(bit) in self._taken:
                    continue
                best = max(self._ways(line, n, ""), key=lambda way: len(_text(way)), default=())
                if best:
                    self._taken |= {id(b) for b in best}
                    out.append(Found(self._spellings[_text(best)], best))
        return out

    def rest(self) -> list[list[Bit]]:
        return [[b for b in line if id(b) not in self._taken] for line in self._lines]

    def _ways(self, line: Sequence[Bit], start: int, before: str) -> Iterator[tuple[Bit, ...]]:
        """Yield the labels that begin, or after `before` go on, at a piece."""
        text = before
        for end in range(start, min(start + _MOST_PIECES, len(line))):
            bit = line[end]
            letters = all(len(b.text) == 1 for b in line[start : end + 1])
            if id(bit) in self._taken or (end > start and not bit.near and not letters):
                return
            text += folded(bit.text)
            here = tuple(line[start : end + 1])
            if folded_label(text) in self._spellings:
                yield here
            if text not in self._starts:
                return
            if len(text) >= self._fewest and not _COLON.fullmatch(bit.text[-1]):  # below a colon is another row
                yield from ((*here, *way) for way in self._below(here, text))

    def _below(self, here: tuple[Bit, ...], text: str) -> Iterator[tuple[Bit, ...]]:
        """Yield how a label goes on in one of the next lines, under its part above."""
        left, right, at = here[0].left, here[-1].right, here[0].line
        for number in range(at + 1, min(at + 1 + _REACH, len(self._lines))):
            under = [n for n, b in enumerate(self._lines[number]) if min(b.right, right) > max(b.left, left)]
            if under:
                yield from self._ways(self._lines[number], under[0], text)
                return


def _text(way: Sequence[Bit]) -> str:
    return folded_label("".join(b.text for b in way))
