"""What is drawn on a page of a PDF: characters, rulings and areas, in hundredths of a point from the page's top left.

The page is turned as it is seen: by its own `/Rotate`, and once more where its text stands on its side.
"""

from __future__ import annotations

import ctypes
import unicodedata
from collections import Counter
from functools import cache
from itertools import pairwise
from math import atan2, degrees
from typing import TYPE_CHECKING, Final

import msgspec
import pypdfium2.raw as pdfium

from mingzhang.readback.limits import MAX_PAGE_CHARACTERS, MAX_PAGE_OBJECTS, MAX_PDF_DEPTH

if TYPE_CHECKING:
    from collections.abc import Callable

Box = tuple[int, int, int, int]
"""Left, top, right, bottom."""

_THIN: Final = 300
"""An area not wider than this is a ruling."""
_SHORTEST: Final = 300
_SLANT: Final = 60
_INVISIBLE: Final = 3
_CLIPPING_ONLY: Final = 7


class TooMuch(Exception):  # noqa: N818 - the door says it as a fault
    """More is drawn on a page than any disclosure has."""


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


class Area(msgspec.Struct, gc=False):
    """A filled area: how light it is, whether nothing shines through, and when it was painted."""

    box: Box
    light: int
    solid: bool
    order: int


class Ink(msgspec.Struct):
    """All that matters of a page: its size, characters in the order of the file, rulings, filled areas, pictures."""

    width: int
    height: int
    glyphs: list[Glyph]
    rulings: list[Box]
    areas: list[Area]
    pictures: list[Box]


Point = tuple[float, float]
Matrix = tuple[float, float, float, float, float, float]


class _Seen(msgspec.Struct):
    """What a text drawn on the page says of its characters: where it may be seen, how light it is."""

    source: int
    clip: Box | None
    light: int
    hidden: bool
    size: int = 0
    turn: int = 0
    known: bool = False


def ink_of(page: object, text: object) -> Ink:
    """Take the ink from a page (raw handles of the page and of its text).

    Raises:
        TooMuch: more objects or characters than a page can have.
    """
    view = _View(page)
    drawing = _Drawing(view)
    drawing.walk(page, pdfium.FPDFPage_CountObjects, pdfium.FPDFPage_GetObject, None, 0)
    ink = Ink(view.width, view.height, [], drawing.rulings, drawing.areas, drawing.pictures)
    ink.glyphs = _glyphs(text, view, drawing)
    turns = Counter(g.turn for g in ink.glyphs if not g.hidden)
    usual = max(turns, key=lambda t: (turns[t], -t), default=0)
    return _turned(ink, usual // 90) if usual in {90, 180, 270} else ink


class _View:
    """From the page's own space to what is seen: turned by the page's rotation, y from the top, in hundredths."""

    def __init__(self, page: object) -> None:
        rect = pdfium.FS_RECTF()
        pdfium.FPDF_GetPageBoundingBox(page, rect)
        self.left, self.bottom, self.right, self.top = rect.left, rect.bottom, rect.right, rect.top
        self.turn: int = pdfium.FPDFPage_GetRotation(page)
        wide, high = self.right - self.left, self.top - self.bottom
        if self.turn % 2:
            wide, high = high, wide
        self.width, self.height = round(wide * 100), round(high * 100)

    def point(self, x: float, y: float) -> tuple[int, int]:
        """Give a point as it is seen."""
        x, y = x - self.left, y - self.bottom
        wide, high = self.right - self.left, self.top - self.bottom
        match self.turn:
            case 0:
                seen = x, high - y
            case 1:
                seen = y, x
            case 2:
                seen = wide - x, y
            case _:
                seen = high - y, wide - x
        return round(_held(seen[0]) * 100), round(_held(seen[1]) * 100)

    def box(self, *points: Point) -> Box:
        """Give the box around points, as it is seen."""
        seen = [self.point(x, y) for x, y in points]
        xs, ys = [p[0] for p in seen], [p[1] for p in seen]
        return min(xs), min(ys), max(xs), max(ys)

    def direction(self, a: float, b: float) -> int:
        """Give a direction as it is seen, in degrees clockwise from the right, 0 to 359; a slight tilt is none."""
        turn = (round(-degrees(atan2(b, a))) + 90 * self.turn) % 360
        nearest: int = (turn + 45) // 90 * 90
        return nearest % 360 if abs(turn - nearest) <= 2 else turn


def _held(value: float) -> float:
    """Hold a coordinate within what makes sense; broken files have any."""
    return value if -1e6 < value < 1e6 else 0.0


class _Drawing:
    """Walks through what is drawn and keeps rulings, areas, pictures and how texts are seen."""

    def __init__(self, view: _View) -> None:
        self._view = view
        self._count = 0
        self.rulings: list[Box] = []
        self.areas: list[Area] = []
        self.pictures: list[Box] = []
        self.texts: dict[int, _Seen] = {}
        self._floats = [ctypes.c_float() for _ in range(4)]
        self._ints = [ctypes.c_uint() for _ in range(4)]
        self._fill, self._stroke = ctypes.c_int(), ctypes.c_int()

    def walk(
        self,
        owner: object,
        count: Callable[[object], int],
        get: Callable[[object, int], object],
        matrix: Matrix | None,
        depth: int,
    ) -> None:
        """Look at each object of a page or a group; `matrix` leads from the group to the page."""
        for i in range(count(owner)):
            self._count += 1
            if self._count > MAX_PAGE_OBJECTS:
                raise TooMuch
            item = get(owner, i)
            kind = pdfium.FPDFPageObj_GetType(item)
            if kind == pdfium.FPDF_PAGEOBJ_TEXT:
                self._text(item, matrix)
            elif kind == pdfium.FPDF_PAGEOBJ_PATH:
                self._path(item, matrix)
            elif kind == pdfium.FPDF_PAGEOBJ_IMAGE:
                self._picture(item, matrix)
            elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < MAX_PDF_DEPTH:
                inner = _product(self._matrix(item), matrix)
                self.walk(item, pdfium.FPDFFormObj_CountObjects, pdfium.FPDFFormObj_GetObject, inner, depth + 1)

    def _matrix(self, item: object) -> Matrix:
        found = pdfium.FS_MATRIX()
        if not pdfium.FPDFPageObj_GetMatrix(item, found):
            return (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
        return found.a, found.b, found.c, found.d, found.e, found.f

    def _text(self, item: object, matrix: Matrix | None) -> None:
        mode = pdfium.FPDFTextObj_GetTextRenderMode(item)
        self.texts[address(item)] = _Seen(
            self._count, self._clip(item, matrix), self._lightness(item), mode in {_INVISIBLE, _CLIPPING_ONLY}
        )

    def _lightness(self, item: object) -> int:
        """Tell how light an object's fill looks on white paper."""
        r, g, b, a = self._ints
        if not pdfium.FPDFPageObj_GetFillColor(item, r, g, b, a):
            return 0
        grey = (r.value * 30 + g.value * 59 + b.value * 11) // 100
        return 255 - (255 - grey) * a.value // 255

    def _clip(self, item: object, matrix: Matrix | None) -> Box | None:
        """Give the box in which an object can be seen; None where nothing clips it."""
        path = pdfium.FPDFPageObj_GetClipPath(item)
        if not path:
            return None
        clip: Box | None = None
        for n in range(max(pdfium.FPDFClipPath_CountPaths(path), 0)):
            points = []
            for s in range(max(pdfium.FPDFClipPath_CountPathSegments(path, n), 0)):
                segment = pdfium.FPDFClipPath_GetPathSegment(path, n, s)
                points.append(_moved(self._segment_point(segment), matrix))
            if points:
                box = self._view.box(*points)
                clip = box if clip is None else _common(clip, box)
        return clip

    def _segment_point(self, segment: object) -> Point:
        x, y = self._floats[:2]
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        return x.value, y.value

    def _path(self, item: object, matrix: Matrix | None) -> None:
        if not pdfium.FPDFPath_GetDrawMode(item, self._fill, self._stroke):
            return
        clip = self._clip(item, matrix)
        own = _product(self._matrix(item), matrix)
        for points, straight in self._outlines(item, own):
            if self._fill.value:
                self._area(self._view.box(*points), item, clip)
            if self._stroke.value and straight:
                for one, other in pairwise(points):
                    self._rule(self._view.box(one, other), clip)

    def _outlines(self, item: object, matrix: Matrix | None) -> list[tuple[list[Point], bool]]:
        """Give the outlines of a path, and whether each has straight sides only."""
        out: list[tuple[list[Point], bool]] = []
        for s in range(max(pdfium.FPDFPath_CountSegments(item), 0)):
            segment = pdfium.FPDFPath_GetPathSegment(item, s)
            kind = pdfium.FPDFPathSegment_GetType(segment)
            point = _moved(self._segment_point(segment), matrix)
            if kind == pdfium.FPDF_SEGMENT_MOVETO or not out:
                out.append(([point], True))
            else:
                points, straight = out[-1]
                points.append(point)
                out[-1] = points, straight and kind == pdfium.FPDF_SEGMENT_LINETO
            if pdfium.FPDFPathSegment_GetClose(segment):
                out[-1][0].append(out[-1][0][0])
        return [o for o in out if len(o[0]) > 1]

    def _area(self, box: Box, item: object, clip: Box | None) -> None:
        if min(box[2] - box[0], box[3] - box[1]) <= _THIN:
            self._rule(box, clip)
            return
        seen = box if clip is None else _common(box, clip)
        if seen[0] < seen[2] and seen[1] < seen[3]:
            light = self._lightness(item)
            self.areas.append(Area(seen, light, self._ints[3].value == 255, self._count))

    def _rule(self, box: Box, clip: Box | None) -> None:
        """Keep a line that is level or upright and long enough."""
        wide, high = box[2] - box[0], box[3] - box[1]
        thin = max(_SLANT, _THIN if max(wide, high) > 2 * _THIN else 0)
        if min(wide, high) > thin or max(wide, high) < _SHORTEST:
            return
        x0, y0, x1, y1 = (
            box if clip is None else _common(box, (clip[0] - 100, clip[1] - 100, clip[2] + 100, clip[3] + 100))
        )
        if x0 <= x1 and y0 <= y1 and max(x1 - x0, y1 - y0) >= _SHORTEST:
            self.rulings.append((x0, y0, x1, y1))

    def _picture(self, item: object, matrix: Matrix | None) -> None:
        a, b, c, d, e, f = _product(self._matrix(item), matrix)
        box = self._view.box((e, f), (a + e, b + f), (c + e, d + f), (a + c + e, b + d + f))
        if min(box[2] - box[0], box[3] - box[1]) <= _THIN:
            self._rule(box, None)
        else:
            self.pictures.append(box)


def address(item: object) -> int:
    """Give the address of an object, by which two handles of the same object are known."""
    return ctypes.cast(item, ctypes.c_void_p).value or 0  # type: ignore[arg-type]


def _glyphs(text: object, view: _View, drawing: _Drawing) -> list[Glyph]:
    out: list[Glyph] = []
    count = pdfium.FPDFText_CountChars(text)
    if count > MAX_PAGE_CHARACTERS:
        raise TooMuch
    rect, matrix = pdfium.FS_RECTF(), pdfium.FS_MATRIX()
    x, y = ctypes.c_double(), ctypes.c_double()
    stranger = _Seen(-1, None, 0, hidden=False)
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
                _character(code), box, base[0] if seen.turn in {90, 270} else base[1], seen.size or box[3] - box[1],
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
def _character(code: int) -> str:
    """Give the character of a code: radicals and compatibility forms, which some fonts give, as the usual characters."""
    if code > 0x10FFFF or 0xD800 <= code <= 0xDFFF or code < 32:
        return _UNKNOWN
    odd = 0x2E80 <= code <= 0x2FDF or 0xF900 <= code <= 0xFAFF
    return unicodedata.normalize("NFKC", chr(code)) if odd else chr(code)


def _turned(ink: Ink, quarters: int) -> Ink:
    """Turn a page back whose text stands on its side, by quarters of a turn."""
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


def _product(one: Matrix, other: Matrix | None) -> Matrix:
    """Chain two matrices: the first is applied first."""
    if other is None:
        return one
    a, b, c, d, e, f = one
    p, q, r, s, t, u = other
    return a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u


def _moved(point: Point, matrix: Matrix | None) -> Point:
    if matrix is None:
        return point
    x, y = point
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def _common(one: Box, other: Box) -> Box:
    return max(one[0], other[0]), max(one[1], other[1]), min(one[2], other[2]), min(one[3], other[3])


def _holds(box: Box, x: int, y: int) -> bool:
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]
