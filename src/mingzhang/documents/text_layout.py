"""Setting running text: the official pitch of 29 points, a little less where it spares a page with a few lines only."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from mingzhang.documents.flow import Heading, Picture, TermBlock, Text
from mingzhang.documents.widths import EM, lines_needed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mingzhang.documents.flow import Block

Pitch = tuple[float, float]
"""Size of the text, and what is between two lines."""

OFFICIAL: Final[Pitch] = (16.0, 13.0)
"""三号 on a pitch of 29 points: 22 lines of 28 characters a page."""

TIGHTER: Final[tuple[Pitch, ...]] = ((16.0, 12.5), (16.0, 12.0), (16.0, 11.5), (16.0, 11.0), (16.0, 10.5))
SMALLER: Final[tuple[Pitch, ...]] = ((15.0, 11.5), (14.0, 12.0), (14.0, 11.0))
"""For the glossary, which is looked up rather than read."""

_PAGE: Final = 225 * 72 / 25.4
_ACROSS: Final = 156 * 72 / 25.4
_PART: Final = 48.0
_NEARLY_EMPTY: Final = 0.25
_SAFE: Final = 29.0
"""Lines are counted by estimate: a text is to end a line above the foot to be fairly sure of its page."""


def pitch_for(blocks: Sequence[Block], *, headed: bool, glossary: bool = False) -> Pitch:
    """Give size and leading of a run of text: tighter only where a last page would be nearly empty."""
    pages, filled = _fill(blocks, OFFICIAL, headed=headed)
    if pages > 1 and filled < _NEARLY_EMPTY * _PAGE:
        for pitch in (*TIGHTER, *(SMALLER if glossary else ())):
            fewer, end = _fill(blocks, pitch, headed=headed)
            if fewer < pages and end <= _PAGE - _SAFE:
                return pitch
    return OFFICIAL


def _fill(blocks: Sequence[Block], pitch: Pitch, *, headed: bool) -> tuple[int, float]:
    """Count the pages a text takes and how far it fills the last."""
    pages, used = 1, _PART if headed else 0.0
    for height, gap in _heights(blocks, pitch):
        if used + height > _PAGE:
            pages, used = pages + 1, 0.0
        used += height + gap
    return pages, used


def _heights(blocks: Sequence[Block], pitch: Pitch) -> Iterator[tuple[float, float]]:
    """Give the heights that stay together, and what follows each: lines one by one, charts whole."""
    size, leading = pitch
    for block in blocks:
        if isinstance(block, Picture) and block.chart.items:
            count = len(block.chart.items)
            drawn = 21.0 * count if block.chart.kind == "bar" else max(119.0, 19.0 * count)
            yield 38.0 + drawn, 22.0
        else:
            for _ in range(lines_needed("　　" + _words(block), int(_ACROSS / size * EM))):
                yield size, leading


def _words(block: Block) -> str:
    match block:
        case Heading(text, _):
            return text
        case Text():
            return block.paragraph.text.strip()
        case TermBlock(number, term, meaning):
            return f"{number}、{term}：{meaning}"
        case Picture(chart):
            return chart.title
    raise AssertionError(block)
