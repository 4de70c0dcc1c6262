"""A table printed with rows and columns exchanged: its codes beside one another, the words of its head below one another."""

from __future__ import annotations

import re
from itertools import zip_longest
from typing import TYPE_CHECKING, Final

from mingzhang.forms.lexicon import lexicon
from mingzhang.model.keys import folded
from mingzhang.model.page import Cell, Line
from mingzhang.readback.heads import has_numbers, head_words
from mingzhang.readback.likeness import bare

if TYPE_CHECKING:
    from collections.abc import Sequence

_CODE: Final = re.compile(r"\d{3}(?:\d{2}){0,2}")
_FEWEST: Final = 2
_DEEPEST: Final = 2


def exchanged_back(lines: Sequence[Line]) -> tuple[Line, ...]:
    """Give the lines of a table upright, each line a code's; lines that are not exchanged as they are."""
    if not any(names_codes(line) for line in lines[:_DEEPEST]):
        return tuple(lines)
    words = head_words((), None)
    named = sum(has_numbers(line) and any(bare(c.text) in words for c in line.cells[:_DEEPEST]) for line in lines)
    if named <= _FEWEST:  # the codes' own line and two of amounts
        return tuple(lines)
    columns = zip_longest(*(line.cells for line in lines), fillvalue=Cell())
    return tuple(
        Line(cells, next((c.place for c in cells if c.text), lines[0].place))
        for cells in columns
        if any(c.text for c in cells)
    )


def names_codes(line: Line) -> bool:
    """Tell whether a line begins with the word for codes, and has nothing but codes behind it, a total aside."""
    known = lexicon()
    texts = [c.text for c in line.cells if c.text]
    first = next((n for n, text in enumerate(texts) if _CODE.fullmatch(folded(text))), 0)
    before, behind = [bare(t) for t in texts[:first]], texts[first:]
    codes = {bare(w) for w in known.columns["code"]}
    totals = {bare(w) for w in known.rows["total"]["total"]}
    return (
        len(behind) >= _FEWEST
        and all(_CODE.fullmatch(folded(text)) for text in behind)
        and 0 < len([w for w in before if w not in totals]) <= _DEEPEST
        and any(word in codes for word in before)
    )
