"""Running heads: the name of the document that converters leave at every end of a page, in the midst of tables too."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, Final

from mingzhang.forms.lexicon import lexicon, pattern
from mingzhang.model.keys import folded

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mingzhang.model.page import Line

_NAME: Final = re.compile(
    r"(?![(（]?[一二三四五六七八九十\d]{1,3}[)）、.])(?!第).{0,40}?(?:20\d\d年?度?(?:部门|单位)?|部门|单位)(?:收支)?(?:预算|决算)"
    r"(?:信息)?(?:公开)?(?:情况)?(?:说明|报告|文本|草案)?"
)
"""What a document is called: 某局2024年部门预算公开; with the year or the kind of document, for 一般公共预算 is a row's name."""
_COVER: Final = 6
_WITHOUT_NUMBERS: Final = 3


def running_heads(lines: Sequence[Line]) -> frozenset[int]:
    """Find the lines that repeat the document's name at the ends of pages, by their places among the lines.

    A name is one where it stands beside a page's number, on the first or last line of a page, beside another one, or between two
    rows of a table; where nothing but rows are around it, it must come three times. The cover's own is none.
    """
    found: dict[str, list[int]] = defaultdict(list)
    for i, line in enumerate(lines):
        if len(line.cells) == 1 and i >= _COVER and _NAME.fullmatch(text := folded(line.cells[0].text)):
            found[text].append(i)
    again = {i for places in found.values() if len(places) > 1 for i in places}
    if not again:
        return frozenset()
    at_break = {i for i in again if {i - 1, i + 1} & again or any(_is_break(lines, i, n) for n in (i - 1, i + 1))}
    between = {i for i in again - at_break if _is_row(lines, i - 1) and _is_row(lines, i + 1)}
    for i in sorted(again) + sorted(again, reverse=True):
        if {i - 1, i + 1} & (at_break | between):
            at_break.add(i)
    out: set[int] = set()
    for places in found.values():
        own = [i for i in places if i in at_break]
        inner = [i for i in places if i in between]
        if len(own) > 1 or len(own) + len(inner) >= _WITHOUT_NUMBERS:
            out.update(own, inner)
    return frozenset(out)


def _is_break(lines: Sequence[Line], at: int, other: int) -> bool:
    """Tell whether a page ends between a line and the one beside it, or that one is a page's number."""
    if not 0 <= other < len(lines):
        return True
    if lines[at].place.page != lines[other].place.page:
        return True
    cells = lines[other].cells
    return len(cells) == 1 and pattern(lexicon().marks.page_number).fullmatch(cells[0].text) is not None


def _is_row(lines: Sequence[Line], at: int) -> bool:
    return 0 <= at < len(lines) and lines[at].is_row
