"""Lines of running text that were set to the full width of a page: each character, or pair, stands apart by a blank."""

from __future__ import annotations

import re
from typing import Final

_APART: Final = re.compile(r"(?:[一-鿿] ){2}")
_MARKS: Final = re.compile(r"[,，。;；:：、]")
_HAN: Final = re.compile(r"[一-鿿]+")
_BLANK: Final = re.compile(r"(?<=[^\x00-\x7f]) (?=\S)|(?<=\S) (?=[^\x00-\x7f])|(?<=[,;:]) (?=\S)|(?<=\S) (?=[,;:])")
_SHORTEST: Final = 20
_FEWEST: Final = 5
_SHORT: Final = 2


def closed_up(line: str) -> str:
    """Take the blanks out of a line of running text that has them between its characters; any other stays as it is.

    Columns are divided by two blanks or more, and a row has no commas between its words.
    """
    if _APART.search(line) is None:
        return line
    text = line.strip()
    if len(text) < _SHORTEST or "  " in text or "\t" in text or _MARKS.search(text) is None:
        return line
    words = [w for piece in text.split(" ") for w in _HAN.findall(piece)]
    short = sum(len(w) <= _SHORT for w in words)
    single = sum(len(w) == 1 for w in words)
    return _BLANK.sub("", line) if single >= _FEWEST and short * 3 >= len(words) * 2 else line
