"""Setting running text: the official pitch of 29 points, a little less where it spares a page with a few lines only."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from mingzhang.documents.widths import EM, lines_needed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

SIZE: Final = 16.0
LEADINGS: Final = (13.0, 12.5, 12.0, 11.5, 11.0, 10.5)
"""13 on 16 points is the pitch of official documents (22 lines a page); the last gives 24 lines."""

_PAGE: Final = 225 * 72 / 25.4
_LINE: Final = int(156 * 72 / 25.4 / SIZE * EM)
_PART: Final = 48.0
_NEARLY_EMPTY: Final = 0.25
_SAFE: Final = SIZE + 13.0
"""Lines are counted by estimate: a text is to end a line above the foot to be fairly sure of its page."""


def leading_for(blocks: Sequence[dict[str, Any]], *, headed: bool) -> float:
    """Give the leading of a run of text: tighter only where a last page would be nearly empty."""
    pages, filled = _fill(blocks, LEADINGS[0], _PAGE, headed=headed)
    if pages > 1 and filled < _NEARLY_EMPTY * _PAGE:
        for leading in LEADINGS[1:]:
            fewer, end = _fill(blocks, leading, _PAGE, headed=headed)
            if fewer < pages and end <= _PAGE - _SAFE:
                return leading
    return LEADINGS[0]


def _fill(blocks: Sequence[dict[str, Any]], leading: float, room: float, *, headed: bool) -> tuple[int, float]:
    """Count the pages a text takes and how far it fills the last."""
    pages, used = 1, _PART if headed else 0.0
    for height, gap in _heights(blocks, leading):
        if used + height > room:
            pages, used = pages + 1, 0.0
        used += height + gap
    return pages, used


def _heights(blocks: Sequence[dict[str, Any]], leading: float) -> Iterator[tuple[float, float]]:
    """Give the heights that stay together, and what follows each: lines one by one, charts whole."""
    for block in blocks:
        if block["kind"] == "chart":
            count = len(block["items"])
            drawn = 21.0 * count if block["chart"] == "bar" else max(119.0, 19.0 * count)
            yield 38.0 + drawn, 22.0
        else:
            words = block.get("term", "") + block["words"]
            for _ in range(lines_needed("　　" + words, _LINE)):
                yield SIZE, leading
