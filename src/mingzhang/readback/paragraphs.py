"""Lines → paragraphs: a paragraph broken over lines or pages is joined, every character keeping its own line."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING, Final

import msgspec

from mingzhang.model.place import Place

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from mingzhang.model.page import Line

_CLOSED: Final = re.compile(r"[。；;：:！!？?）)]\s*$")
_BEGINS: Final = re.compile(
    r"\s*(?:[（(]?[一二三四五六七八九十]{1,3}[、.．）)]|[（(]?\d{1,2}(?:[、）)]|[.．](?!\d))|第[一二三四五六七八九十]+[章部条节]|[①-⑳]|附[件表]|注[：:])"
)
_ENDINGS: Final = ("”", "’", "》", "、", "，", "。", "；", "：")
OF_CHART: Final = re.compile(
    r"(?P<label>[^\d。；，]+)\s+(?P<amount>[\d,]+(?:\.\d+)?)\s*[（(]\s*(?P<share>[\d.]+)%\s*[）)]"
)
"""A label of a chart with its amount and share: a row of its data and no sentence."""

_SHORT: Final = 2
"""A line that ends so many characters before the edge is not full: signs and numbers are not divided."""

_YEAR: Final = re.compile(r"(?:19|20)\d{2}\s*年")


class Joined(msgspec.Struct, frozen=True):
    """One paragraph as printed; `starts` and `places` tell which line each character stands on."""

    text: str
    starts: tuple[int, ...]
    places: tuple[Place, ...]
    is_row: bool = False

    @property
    def place(self) -> Place:
        """Give the place of the first line."""
        return self.places[0]

    def place_at(self, at: int) -> Place:
        """Give the place of the line on which a character stands."""
        return self.places[bisect_right(self.starts, at) - 1]


def joined(lines: Sequence[Line]) -> list[Joined]:
    """Join lines to paragraphs: a line goes on in the next unless it is closed, a list of one word, or a row.

    Where lines have boxes, one that fills its page's width goes on in a line that stands left of the paragraph's first.
    """
    edges = _edges(lines)
    out: list[Joined] = []
    for line in lines:
        text = line.text.strip()
        is_row = line.is_row or OF_CHART.fullmatch(text) is not None
        before = out[-1] if out else None
        if before is not None and (
            _goes_on(before, text, is_row=is_row) or (not is_row and _hangs(before, line.place, edges))
        ):
            out[-1] = Joined(
                before.text + text, (*before.starts, len(before.text)), (*before.places, line.place), is_row=False
            )
        else:
            out.append(Joined(text, (0,), (line.place,), is_row=is_row))
    return out


def _edges(lines: Sequence[Line]) -> dict[int | None, int]:
    """Give the right edge of each page's running text."""
    edges: dict[int | None, int] = {}
    for line in lines:
        if not line.is_row and line.place.box is not None:
            edges[line.place.page] = max(edges.get(line.place.page, 0), line.place.box[2])
    return edges


def _hangs(before: Joined, place: Place, edges: Mapping[int | None, int]) -> bool:
    """Tell whether a line stands further left than its paragraph's first, indented one, and the line before is full."""
    first, last, box = before.place.box, before.places[-1].box, place.box
    if before.is_row or first is None or last is None or box is None:
        return False
    size = min(first[3] - first[1], box[3] - box[1])
    is_full = edges[before.places[-1].page] - last[2] < _SHORT * size
    return is_full and first[0] - box[0] >= size and (last is first or abs(last[0] - box[0]) < size)


def _goes_on(before: Joined, text: str, *, is_row: bool) -> bool:
    if before.is_row or is_row:
        return False
    if text.startswith(_ENDINGS):
        return True  # no paragraph begins with what ends a piece of text
    if _is_quoting(before.text):
        return True
    if _CLOSED.search(before.text):
        return False
    if before.text[-1:].isdigit() and _YEAR.match(text):
        return False  # a number ends and a year begins
    return before.text not in {"无", "略"} and not _BEGINS.match(text)


def _is_quoting(text: str) -> bool:
    """Tell whether a text ends inside a quotation, unless in a sentence of its own."""
    return text.rfind("“") > text.rfind("”") and not text.rstrip().endswith(("。", "；", ";", "！", "？"))
