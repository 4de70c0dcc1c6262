"""Characters to runs: what stands on one baseline without a gap and without a ruling between.

What cannot be seen, stands outside the page, or was stamped across it is set aside first and told apart, not lost.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from itertools import pairwise
from statistics import median_low
from typing import TYPE_CHECKING, Final

import msgspec

from mingzhang.readback.pdf_ink import Glyph
from mingzhang.readback.pdf_view import Box

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from mingzhang.readback.pdf_ink import Ink

_SAME_BASE: Final = 30
"""Baselines nearer than this, in hundredths of the size, are one."""
_GAP: Final = 30
_WORD_GAP: Final = 18
_STRUCK_TWICE: Final = 20
_WHITE: Final = 245
_LIGHT: Final = 150
_DARK: Final = 200
_LARGE: Final = 150
_REPEATED: Final = 3
_TOUCHING: Final = 8
_AMOUNT: Final = re.compile(r"-?\d[\d,]*\.\d+|\d{5,}")
"""An amount, or a code; a year before its word is neither."""
_OVER: Final = 45


class Run(msgspec.Struct, gc=False):
    """A piece of text without a gap: its box, baseline and size; `spaced` says that a blank was written before it."""

    text: str
    box: Box
    base: int
    size: int
    spaced: bool = False

    @property
    def middle(self) -> tuple[int, int]:
        """Give the centre of the text's body."""
        return (self.box[0] + self.box[2]) // 2, (self.box[1] + self.box[3]) // 2


class Sifted(msgspec.Struct):
    """The characters of a page that are its text, and those set aside: stamped across it, or not to be seen."""

    glyphs: list[Glyph]
    stamped: list[Glyph]
    unseen: list[Glyph]


def sifted(ink: Ink) -> Sifted:
    """Divide a page's characters; one that was struck twice, as makeshift bold print is, counts once."""
    unseen: list[Glyph] = []
    seen: list[Glyph] = []
    for glyph in ink.glyphs:
        x, y = glyph.middle
        inside = 0 <= x <= ink.width and 0 <= y <= ink.height
        (seen if inside and not glyph.hidden and not _is_covered(glyph, ink) else unseen).append(glyph)
    seen = _struck_once(seen)
    usual = median_low([g.size for g in seen]) if seen else 0
    tone = Counter(g.light for g in seen).most_common(1)[0][0] if seen else 0
    light = _repeated([g for g in seen if g.light >= max(_LIGHT, tone + 60)])
    kept: list[Glyph] = []
    stamped: list[Glyph] = []
    for glyph in seen:
        faint = glyph.light >= _LIGHT and 100 * glyph.size >= _LARGE * usual
        (stamped if glyph.turn % 90 or faint or glyph.source in light else kept).append(glyph)
    return Sifted(kept, stamped, unseen)


def _is_covered(glyph: Glyph, ink: Ink) -> bool:
    """Tell whether a character is white on white, or was painted over in white."""
    x, y = glyph.middle
    if glyph.light >= _WHITE:
        on_dark = any(a.light < _DARK and _holds(a.box, x, y) for a in ink.areas)
        return not on_dark and not any(_holds(p, x, y) for p in ink.pictures)
    return any(a.solid and a.light >= _WHITE and a.order > glyph.source >= 0 and _holds(a.box, x, y) for a in ink.areas)


def _holds(box: Box, x: int, y: int) -> bool:
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]


def _struck_once(glyphs: Sequence[Glyph]) -> list[Glyph]:
    """Leave out a character that stands on the same one again, shifted by a trifle."""
    out: list[Glyph] = []
    places: dict[tuple[str, int, int], list[Glyph]] = {}
    for glyph in glyphs:
        reach = max(glyph.size * _STRUCK_TWICE // 100, 1)
        x, y = glyph.box[0] // 400, glyph.base // 400
        near = (g for dx in (-1, 0, 1) for dy in (-1, 0, 1) for g in places.get((glyph.text, x + dx, y + dy), ()))
        if any(
            abs(g.box[0] - glyph.box[0]) <= reach and abs(g.base - glyph.base) <= reach and g.turn == glyph.turn
            for g in near
        ):
            continue
        places.setdefault((glyph.text, x, y), []).append(glyph)
        out.append(glyph)
    return out


def _repeated(glyphs: Iterable[Glyph]) -> frozenset[int]:
    """Find the texts, drawn lighter than the rest, that come several times on the page."""
    texts: dict[int, str] = {}
    for glyph in glyphs:
        texts[glyph.source] = texts.get(glyph.source, "") + glyph.text
    count = Counter(t for t in texts.values() if len(t) > 1)
    return frozenset(s for s, t in texts.items() if count[t] >= _REPEATED)


def texts_of(glyphs: Sequence[Glyph]) -> list[tuple[str, Box]]:
    """Give what was set aside as texts, each as it was drawn, with its box."""
    out: list[tuple[str, Box]] = []
    last = None
    for glyph in glyphs:
        key = glyph.turn, glyph.size, glyph.light, glyph.hidden
        if out and key == last:
            text, box = out[-1]
            out[-1] = text + glyph.text, joined_box([box, glyph.box])
        else:
            out.append((glyph.text, glyph.box))
        last = key
    return out


def runs_of(glyphs: Sequence[Glyph], uprights: Sequence[Box]) -> list[Run]:
    """Join characters to runs, by where they stand and not by their order in the file, divided by upright rulings.

    Only what was drawn as one text keeps its order: its characters may stand over those of another that runs over its
    cell's edge.
    """
    walls = _Walls(uprights)
    out = _on_their_side([g for g in glyphs if g.turn in {90, 270}])
    for row in _rows([g for g in glyphs if g.turn not in {90, 270}]):
        run: list[Glyph] = []
        # by the middle: the box of an opening quotation mark begins before the figure that its ink stands behind
        for piece in sorted(_pieces(row, walls), key=lambda p: (p[0].middle[0], p[-1].box[2])):
            if run and (_parts(run[-1], piece[0], walls) or _drawn_apart(run, piece, walls)):
                out.append(_run(run))
                run = []
            run += piece
        if run:
            out.append(_run(run))
    return out


def _pieces(row: Iterable[Glyph], walls: _Walls) -> list[list[Glyph]]:
    """Group the characters of one baseline that were drawn as one text and follow each other."""
    texts: dict[int, list[Glyph]] = {}
    for glyph in row:
        texts.setdefault(glyph.source, []).append(glyph)
    out: list[list[Glyph]] = []
    for text in texts.values():
        text.sort(key=lambda g: g.middle[0])
        out.append([text[0]])
        for one, other in pairwise(text):
            if _parts(one, other, walls):
                out.append([])
            out[-1].append(other)
    return out


def _rows(glyphs: Sequence[Glyph]) -> list[list[Glyph]]:
    """Group characters by baseline."""
    rows: list[list[Glyph]] = []
    for glyph in sorted(glyphs, key=lambda g: (g.base, g.box[0])):
        if rows and 100 * (glyph.base - rows[-1][0].base) <= _SAME_BASE * min(glyph.size, rows[-1][0].size):
            rows[-1].append(glyph)
        else:
            rows.append([glyph])
    return rows


def _parts(one: Glyph, other: Glyph, walls: _Walls) -> bool:
    """Tell whether a gap, a ruling in a gap, or one text over another divides two characters."""
    size = max(one.size, other.size)
    gap = 100 * (other.box[0] - one.box[2])
    if gap > _GAP * size or gap < -_OVER * size:
        return True
    # A ruling through touching characters divides nothing: the text runs over its cell's edge.
    return gap > _TOUCHING * size and walls.stands_between(one.middle[0], other.middle[0], one.middle[1])


def _drawn_apart(one: Sequence[Glyph], other: Sequence[Glyph], walls: _Walls) -> bool:
    """Tell whether two texts that touch are of two cells: drawn apart, with a ruling where they meet, or one an amount or a code.

    Programs that draw each character by itself say nothing by it.
    """
    if one[-1].source == other[0].source or len(one) < 2 or len(other) < 2:
        return False
    y = one[-1].middle[1]
    if walls.stands_between(one[-1].middle[0], other[0].middle[0], y):
        return True
    amounts = any(_AMOUNT.fullmatch("".join(g.text for g in text)) for text in (one, other))
    return amounts and walls.stands_between(one[0].middle[0], other[-1].middle[0], y)


def _run(glyphs: Sequence[Glyph]) -> Run:
    parts = [glyphs[0].text]
    for one, other in pairwise(glyphs):
        words = other.spaced or (_latin(one.text) and _latin(other.text))
        if words and 100 * (other.box[0] - one.box[2]) > _WORD_GAP * other.size:
            parts.append(" ")
        parts.append(other.text)
    size = max(g.size for g in glyphs)
    base = Counter(g.base for g in glyphs).most_common(1)[0][0]
    left, right = min(g.box[0] for g in glyphs), max(g.box[2] for g in glyphs)
    box = left, base - size * 85 // 100, right, base + size * 15 // 100
    return Run("".join(parts), box, base, size, glyphs[0].spaced)


def _latin(text: str) -> bool:
    return text.isascii() and text.isalpha()


def _on_their_side(glyphs: Sequence[Glyph]) -> list[Run]:
    """Give texts that stand on their side, each as one run in the order in which it was drawn."""
    sources: dict[tuple[int, int], list[Glyph]] = {}
    for glyph in glyphs:
        sources.setdefault((glyph.source, glyph.turn), []).append(glyph)
    out = []
    for group in sources.values():
        box = joined_box([g.box for g in group])
        out.append(Run("".join(g.text for g in group), box, box[3], group[0].size))
    return out


def joined_box(boxes: Iterable[Box]) -> Box:
    """Give the box around several."""
    all_of = list(boxes)
    return (
        min(b[0] for b in all_of), min(b[1] for b in all_of), max(b[2] for b in all_of), max(b[3] for b in all_of),
    )  # fmt: skip


class _Walls:
    """Upright rulings, found by place."""

    def __init__(self, uprights: Sequence[Box]) -> None:
        self._walls = sorted((b[0] + b[2]) // 2 for b in uprights)
        self._boxes = sorted(uprights, key=lambda b: (b[0] + b[2]) // 2)

    def stands_between(self, left: int, right: int, y: int) -> bool:
        """Tell whether a ruling stands between two points at a height."""
        first, last = bisect_right(self._walls, left), bisect_left(self._walls, right)
        return any(self._boxes[i][1] - 100 <= y <= self._boxes[i][3] + 100 for i in range(first, last))
