"""What is drawn on a page of a PDF: characters, rulings and areas, in hundredths of a point from the page's top left.

The page is turned as it is seen: by its own `/Rotate`, and once more where its text stands on its side.
"""

from __future__ import annotations

import ctypes
import unicodedata
from collections import Counter
from functools import cache
from typing import Final

import msgspec
import pypdfium2.raw as pdfium

from mingzhang.readback.limits import MAX_PAGE_CHARACTERS
from mingzhang.readback.pdf_drawing import Area, Drawing, Seen, TooMuch, address
from mingzhang.readback.pdf_view import Box, View


class Glyph(msgspec.Struct, gc=False):
    """One character: its box, baseline and size; `turn` is its direction in degrees clockwise, 0 for upright text.

    `light` is 0 for black to 255 for white as it falls on white paper; `source` tells texts drawn apart from one another, in the order
    of painting; `spaced` says that a blank was written before it.
    """

    text: str
    box: Box
    base: int
    size: int
    turn: int = 0
    light: int = 0
    hidden: bool = False
    source: int = 0
    spaced: bool = False

    @property
    def middle(self) -> tuple[int, int]:
        """Give the centre of the character's body, which stands on the baseline."""
        return (self.box[0] + self.box[2]) // 2, self.base - self.size * 35 // 100


class Ink(msgspec.Struct):
    """All that matters of a page: its size, characters in the order of the file, rulings, filled areas, pictures."""

    width: int
    height: int
    glyphs: list[Glyph]
    rulings: list[Box]
    areas: list[Area]
    pictures: list[Box]


def ink_of(page: object, text: object) -> Ink:
    """Take the ink from a page (raw handles of the page and of its text).

    Raises:
        TooMuch: more objects or characters than a page can have.
    """
    view = View(page)
    drawing = Drawing(view)
    drawing.walk(page, pdfium.FPDFPage_CountObjects, pdfium.FPDFPage_GetObject, None, 0)
    ink = Ink(view.width, view.height, [], drawing.rulings, drawing.areas, drawing.pictures)
    ink.glyphs = _glyphs(text, view, drawing)
    return upright(ink)


def upright(ink: Ink) -> Ink:
    """Turn a page back where most of its text stands on its side."""
    turns = Counter(g.turn for g in ink.glyphs if not g.hidden)
    usual = max(turns, key=lambda t: (turns[t], -t), default=0)
    return _turned(ink, usual // 90) if usual in {90, 180, 270} else ink


def _glyphs(text: object, view: View, drawing: Drawing) -> list[Glyph]:
    out: list[Glyph] = []
    count = pdfium.FPDFText_CountChars(text)
    if count > MAX_PAGE_CHARACTERS:
        raise TooMuch
    rect, matrix = pdfium.FS_RECTF(), pdfium.FS_MATRIX()
    x, y = ctypes.c_double(), ctypes.c_double()
    stranger = Seen(-1, None, 0, hidden=False)
    spaced = False
    for i in range(max(count, 0)):
        code = pdfium.FPDFText_GetUnicode(text, i)
        if code in _SPACES:
            spaced = spaced or not pdfium.FPDFText_IsGenerated(text, i)
            continue
        if code == _HYPHEN:
            code = ord("-")
        item = pdfium.FPDFText_GetTextObject(text, i)
        seen = drawing.texts.get(address(item), stranger)
        if not seen.known or seen is stranger:
            pdfium.FPDFText_GetMatrix(text, i, matrix)
            scale = (matrix.c**2 + matrix.d**2) ** 0.5 or (matrix.a**2 + matrix.b**2) ** 0.5
            seen.size = round(min(abs(pdfium.FPDFText_GetFontSize(text, i)) * scale, 1e5) * 100)
            seen.turn = view.direction(matrix.a, matrix.b)
            seen.known = True
        if not pdfium.FPDFText_GetLooseCharBox(text, i, rect):
            continue
        pdfium.FPDFText_GetCharOrigin(text, i, x, y)
        box = view.box((rect.left, rect.bottom), (rect.right, rect.top))
        base = view.point(x.value, y.value)
        out.append(
            Glyph(
                character(code), box, base[0] if seen.turn in {90, 270} else base[1], seen.size or box[3] - box[1],
                seen.turn, seen.light, seen.hidden, seen.source, spaced,
            )
        )  # fmt: skip
        spaced = False
        if seen.clip is not None and not _holds(seen.clip, *out[-1].middle):
            out[-1].hidden = True
    return out


_SPACES: Final = frozenset({9, 10, 11, 12, 13, 32, 0xA0, 0xAD, 0x200B, 0xFEFF, 0x3000, 0xFFFE})
_HYPHEN: Final = 2
"""What the library gives for a hyphen at the end of a line."""
_UNKNOWN: Final = "\ufffd"


@cache
def character(code: int) -> str:
    """Give the character of a code: radicals and compatibility forms, which some fonts give, as the usual characters."""
    if code > 0x10FFFF or 0xD800 <= code <= 0xDFFF or code < 32:
        return _UNKNOWN
    odd = 0x2E80 <= code <= 0x2FDF or 0xF900 <= code <= 0xFAFF
    return unicodedata.normalize("NFKC", chr(code)) if odd else chr(code)


def _turned(ink: Ink, quarters: int) -> Ink:
    """Turn a page by quarters of a turn against the clock."""
    for _ in range(quarters):
        wide = ink.width

        def box(b: Box, wide: int = wide) -> Box:
            return b[1], wide - b[2], b[3], wide - b[0]

        glyphs = []
        for g in ink.glyphs:
            upright = g.turn % 180 == 0
            base = g.base if upright else wide - g.base
            glyphs.append(msgspec.structs.replace(g, box=box(g.box), base=base, turn=(g.turn - 90) % 360))
        ink = Ink(
            ink.height, wide, glyphs, [box(b) for b in ink.rulings], [Area(box(a.box), a.light, a.solid, a.order) for a in ink.areas],
            [box(b) for b in ink.pictures],
        )  # fmt: skip
    return ink


def _holds(box: Box, x: int, y: int) -> bool:
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]
