"""Slips of those who write: a word twice, a quotation mark without the other, a wide comma in a number."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from msgspec.structs import replace

from mingzhang.rules.functions.wording import each_place
from mingzhang.rules.texts import texts_in, texts_where
from mingzhang.rules.words import words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mingzhang.rules.catalogue import Rule
    from mingzhang.rules.figures import Figures
    from mingzhang.rules.results import Result
    from mingzhang.rules.texts import Text

_OPEN, _CLOSED = "“", "”"
_STRAIGHT: Final = re.compile('["＂〝〞「」『』]')
_QUOTE: Final = re.compile(f"[{_OPEN}{_CLOSED}]")
_TWO_OPEN: Final = re.compile(f"{_OPEN}[^{_OPEN}{_CLOSED}]*(?:{_OPEN}|$)")
_TWO_CLOSED: Final = re.compile(f"(?:^|{_CLOSED})[^{_OPEN}{_CLOSED}]*{_CLOSED}")
_WIDE: Final = re.compile(r"，(?<=\d，)\d{3}")
_GROUPED: Final = re.compile(r"(?<![\d,，.])\d{1,3}(?:，\d{3})+\.\d+\s*(?:亿元|万元|元)")
"""An amount in whose digits the comma of sentences stands; without a point it may be two numbers."""

_SHOWN: Final = 24
_ONE_IN: Final = 4


def twice(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Find words that stand twice in a row."""
    pattern = re.compile(words("slips")["twice"])
    texts = texts_where(figures, pattern, part="written")
    yield from each_place(rule, figures, texts, lambda t: pattern.finditer(t.words), "用词重复")


def commas(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Find amounts whose digits are grouped by the comma of sentences."""
    texts = texts_where(figures, _WIDE, part="written")
    yield from each_place(rule, figures, texts, lambda t: _GROUPED.finditer(t.words), "数字中的逗号不是千分位符号")


def quotes(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Find quotation marks that lack the other one; where many do, the text was not copied faithfully, and it is a hint."""
    whole = [t for t in texts_in(figures, "written") if t.words.rstrip()[-1:] in {"。", "；"}]
    odd = [t for t in whole if _is_odd(t)]
    quoted = [t for t in whole if _QUOTE.search(t.words)] if odd else []
    is_rare = len(odd) * _ONE_IN <= len(quoted)
    for result in each_place(rule, figures, odd, _first, "引号不成对"):
        yield result if is_rare or result.outcome != "violated" else replace(result, severity="hint")


def _is_odd(text: Text) -> bool:
    """Tell whether a whole paragraph has more of one mark than of the other, and none of another kind in its place."""
    return text.words.count(_OPEN) != text.words.count(_CLOSED) and _STRAIGHT.search(text.words) is None


def _first(text: Text) -> Iterator[re.Match[str]]:
    """Find the first mark that lacks the other, with no more than a few characters of what it should enclose."""
    found = _TWO_OPEN.search(text.words) or _TWO_CLOSED.search(text.words)
    shown = None if found is None else re.compile(f".{{1,{_SHOWN}}}").search(text.words, found.start(), found.end())
    if shown is not None:
        yield shown
