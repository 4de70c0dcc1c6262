"""Texts of a line that only blanks divide, and from where to where each reaches.

How wide a character counts differs between programs: Chinese characters are two columns wide on a screen, one in the
text of a PDF.
"""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise
from typing import TYPE_CHECKING, Final

import msgspec

from mingzhang.model.figure import read_figure
from mingzhang.readback.columns import CODE_PARTS
from mingzhang.readback.names import is_total
from mingzhang.readback.pdf_rows import BEGINS
from mingzhang.readback.spaced_words import is_known

if TYPE_CHECKING:
    from collections.abc import Sequence

_TEXT: Final = re.compile(r"[^\s\u3000]+(?: [^\s\u3000]+)*")
_BLANK: Final = re.compile(r"(?<=[^ ]) (?=[^ ])")
_MONEY: Final = re.compile(r"[-−－]?(?:\d{1,3}(?:[,，]\d{3})+(?:\.\d+)?|\d+\.\d+)%?")
_WHOLE: Final = re.compile(r"\d+")
_MARK: Final = re.compile(r"[-−－—–/]+")
_CODE: Final = re.compile(r"\d{3}(?:\d{2}){0,3}")
_CODE_PART: Final = re.compile(r"\d{2,3}")
_NEXT_PART: Final = re.compile(r"\d{2}")
_YEAR: Final = re.compile(r"20\d\d")
_PARTING: Final = re.compile(r"(?<!^20\d\d) | (?!年)")
"""A blank between two words: not the one that some programs put between a year's digits and 年."""
_LETTERS_APART: Final = 14
_CLOSE: Final = 5
_UNKNOWN: Final = 6


class Text(msgspec.Struct, frozen=True):
    """One text of a line: the number of its line, and the columns of characters from `left` to before `right`."""

    text: str
    line: int
    left: int
    right: int

    @property
    def is_figure(self) -> bool:
        """Tell whether it is an amount, a share, a code or a mark of none."""
        return read_figure(self.text.removesuffix("%"), "元") is not None

    @property
    def is_code(self) -> bool:
        """Tell whether it has the digits of a code."""
        return _CODE.fullmatch(self.text) is not None

    @property
    def is_mark(self) -> bool:
        """Tell whether it is a stroke that stands for no amount."""
        return _MARK.fullmatch(self.text) is not None

    @property
    def is_amount(self) -> bool:
        """Tell whether it is a figure and no code."""
        return self.is_figure and not self.is_code

    @property
    def middle(self) -> int:
        """Give twice the place of its middle."""
        return self.left + self.right

    @property
    def is_of_body(self) -> bool:
        """Tell whether it is a figure or a code; a year stands in heads too."""
        return self.is_figure and _YEAR.fullmatch(self.text) is None

    @property
    def begins(self) -> bool:
        """Tell whether it begins a row: with a code or a number of its own."""
        return BEGINS.match(self.text) is not None

    def overlaps(self, left: int, right: int) -> bool:
        """Tell whether it stands above or below a stretch."""
        return min(self.right, right) > max(self.left, left)

    def divided(self, at: int) -> tuple[Text, Text]:
        """Divide it at one of its blanks, given by its place in the text."""
        one, other = self.text[:at], self.text[at + 1 :]
        cut = self.left + width(one, 2 if self.right - self.left > len(self.text) else 1)
        return Text(one, self.line, self.left, cut), Text(other, self.line, cut + 1, self.right)


def width(text: str, wide: int) -> int:
    """Count the columns of characters that a text takes, a Chinese character taken for `wide` of them."""
    return len(text) if wide == 1 else sum(wide if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def texts_of(printed: str, line: int, wide: int) -> list[Text]:
    """Divide a line at its gaps, and at single blanks beside amounts; a word whose letters stand apart is one."""
    found: list[Text] = []
    for match in _TEXT.finditer(printed):
        left = width(printed[: match.start()], wide)
        for piece in _pieces(match[0]):
            right = left + width(piece, wide)
            found.append(Text(piece, line, left, right))
            left = right + 1
    return _joined_letters(found)


def apart(text: Text) -> list[Text]:
    """Divide a text at all of its blanks."""
    out = [text]
    while (found := _PARTING.search(out[-1].text)) is not None:
        out[-1:] = out[-1].divided(found.start())
    return _joined_letters(out)


def code_and_name(text: Text) -> list[Text]:
    """Divide a code from the name after it."""
    at = text.text.find(" ")
    if at > 0 and _CODE.fullmatch(text.text[:at]) and not text.text[at + 1].isdigit():
        return list(text.divided(at))
    return [text]


def _pieces(text: str) -> list[str]:
    """Divide a text at single blanks where an amount stands at one of the sides."""
    words = text.split(" ")
    out = [words[0]]
    for word in words[1:]:
        before = out[-1].rpartition(" ")[2]
        if _are_apart(before, word):
            out.append(word)
        else:
            out[-1] += " " + word
    return out


def _are_apart(one: str, other: str) -> bool:
    if _MONEY.fullmatch(one) or _MONEY.fullmatch(other):
        return True
    if _CODE_PART.fullmatch(one) and _NEXT_PART.fullmatch(other):
        return True
    marks = [_MARK.fullmatch(t) is not None for t in (one, other)]
    return any(marks) or (_WHOLE.fullmatch(one) is not None and BEGINS.match(other) is not None)


def _joined_letters(texts: Sequence[Text]) -> list[Text]:
    """Join words whose letters stand apart: 合　计; the parts of a code, 类 款 项, are words of their own."""
    out: list[Text] = []
    run: list[Text] = []
    for text in texts:
        letter = len(text.text) == 1 and "\u4e00" <= text.text <= "\u9fff"
        if run and not (letter and text.left - run[-1].right <= _LETTERS_APART):
            out += _words(run)
            run = []
        (run if letter else out).append(text)
    return out + _words(run)


def _words(letters: Sequence[Text]) -> list[Text]:
    """Divide letters that stand apart into words: known ones, else those that stand closer to one another than to others."""
    n = len(letters)
    if n < 2 or all(t.text in CODE_PARTS for t in letters):
        return list(letters)
    gaps = [b.left - a.right for a, b in pairwise(letters)]
    # best[i]: what it costs to make words of the first i letters, and where the last of these words begins.
    best = [(0, 0)]
    for i in range(1, n + 1):
        ways = []
        for start in range(i):
            text = "".join(t.text for t in letters[start:i])
            if len(text) > 1 and set(text) <= set(CODE_PARTS):
                continue
            inside = max(gaps[start : i - 1], default=0)
            known = is_known(text) or is_total(text)
            cost = inside * inside // 4 if known else _UNKNOWN + (0 if inside <= _CLOSE else n * _UNKNOWN)
            ways.append((best[start][0] + _UNKNOWN + cost, start))
        best.append(min(ways))
    out: list[Text] = []
    while n:
        start = best[n][1]
        text = "".join(t.text for t in letters[start:n])
        out.insert(0, Text(text, letters[0].line, letters[start].left, letters[n - 1].right))
        n = start
    return out
