"""What programs and scanners put into the cells of a text that nobody printed there: quotes, words for nothing, specks."""

from __future__ import annotations

import re
from typing import Final

_NOTHING: Final = frozenset({"nan", "NaN", "None", "none", "null", "NULL", "<NA>", "&nbsp;", "&#160;"})
"""What programs write for a blank cell."""
_SPECK: Final = re.compile(r"[.,'`´·_|:;‘’，．]{1,2}")
"""Dirt on paper or a piece of a ruling, taken for a sign: no cell holds it alone."""
_QUOTED: Final = re.compile(r'"(?P<text>(?:[^"]|"")*)"')
_RULING: Final = re.compile(r"^\|+\s*|\s*\|+$")


def plain_cell(text: str) -> str:
    """Give a cell's text as it was printed: without the quotes of a program, pieces of rulings, words for nothing, specks."""
    bare = text.strip()
    if bare in _NOTHING or _SPECK.fullmatch(bare):
        return ""
    quoted = _QUOTED.fullmatch(bare)
    if quoted is not None:
        return quoted["text"].replace('""', '"')
    return _RULING.sub("", bare) if "|" in bare else text
