"""What is drawn on a PDF page beside its text: rulings, areas, pictures; and how each text is drawn."""

from __future__ import annotations

import ctypes
from itertools import pairwise
from typing import TYPE_CHECKING, Final

import msgspec
import pypdfium2.raw as pdfium

from mingzhang.readback.limits import MAX_PAGE_OBJECTS, MAX_PDF_DEPTH
from mingzhang.readback.pdf_view import Box, Matrix, Point, View, common, moved, product

if TYPE_CHECKING:
    from collections.abc import Callable

_THIN: Final = 300
"""An area not wider than this is a ruling."""
_SHORTEST: Final = 300
_SLANT: Final = 60
_INVISIBLE: Final = 3
_CLIPPING_ONLY: Final = 7


class TooMuch(Exception):  # noqa: N818 - the door says it as a fault
    """More is drawn on a page than any disclosure has."""


class Area(msgspec.Struct, gc=False):
    """A filled area: how light it is, whether nothing shines through, and when it was painted."""

    box: Box
    light: int
    solid: bool
    order: int


class Seen(msgspec.Struct):
    """What a text drawn on the page says of its characters: where it may be seen, how light it is."""

    source: int
    clip: Box | None
    light: int
    hidden: bool
    size: int = 0
    turn: int = 0
    known: bool = False


class Drawing:
    """Walks through what is drawn and keeps rulings, areas, pictures and how texts are seen."""

    def __init__(self, view: View) -> None:
        """Begin with nothing drawn; `view` says how the page is seen."""
        self._view = view
        self._count = 0
        self.rulings: list[Box] = []
        self.areas: list[Area] = []
        self.pictures: list[Box] = []
        self.texts: dict[int, Seen] = {}
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
                inner = product(self._matrix(item), matrix)
                self.walk(item, pdfium.FPDFFormObj_CountObjects, pdfium.FPDFFormObj_GetObject, inner, depth + 1)

    def _matrix(self, item: object) -> Matrix:
        found = pdfium.FS_MATRIX()
        if not pdfium.FPDFPageObj_GetMatrix(item, found):
            return (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
        return found.a, found.b, found.c, found.d, found.e, found.f

    def _text(self, item: object, matrix: Matrix | None) -> None:
        mode = pdfium.FPDFTextObj_GetTextRenderMode(item)
        self.texts[address(item)] = Seen(
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
                points.append(moved(self._segment_point(segment), matrix))
            if points:
                box = self._view.box(*points)
                clip = box if clip is None else common(clip, box)
        return clip

    def _segment_point(self, segment: object) -> Point:
        x, y = self._floats[:2]
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        return x.value, y.value

    def _path(self, item: object, matrix: Matrix | None) -> None:
        if not pdfium.FPDFPath_GetDrawMode(item, self._fill, self._stroke):
            return
        clip = self._clip(item, matrix)
        own = product(self._matrix(item), matrix)
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
            point = moved(self._segment_point(segment), matrix)
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
        if is_thin(box):
            self._rule(box, clip)
            return
        seen = box if clip is None else common(box, clip)
        if seen[0] < seen[2] and seen[1] < seen[3]:
            light = self._lightness(item)
            self.areas.append(Area(seen, light, self._ints[3].value == 255, self._count))

    def _rule(self, box: Box, clip: Box | None) -> None:
        found = ruling(box, clip)
        if found is not None:
            self.rulings.append(found)

    def _picture(self, item: object, matrix: Matrix | None) -> None:
        a, b, c, d, e, f = product(self._matrix(item), matrix)
        box = self._view.box((e, f), (a + e, b + f), (c + e, d + f), (a + c + e, b + d + f))
        if is_thin(box):
            self._rule(box, None)
        else:
            self.pictures.append(box)


def is_thin(box: Box) -> bool:
    """Tell whether an area is a ruling drawn as one."""
    return min(box[2] - box[0], box[3] - box[1]) <= _THIN


def ruling(box: Box, clip: Box | None = None) -> Box | None:
    """Give what can be seen of a line that is level or upright and long enough; None of any other."""
    wide, high = box[2] - box[0], box[3] - box[1]
    thin = max(_SLANT, _THIN if max(wide, high) > 2 * _THIN else 0)
    if min(wide, high) > thin or max(wide, high) < _SHORTEST:
        return None
    x0, y0, x1, y1 = box if clip is None else common(box, (clip[0] - 100, clip[1] - 100, clip[2] + 100, clip[3] + 100))
    if x0 <= x1 and y0 <= y1 and max(x1 - x0, y1 - y0) >= _SHORTEST:
        return x0, y0, x1, y1
    return None


def address(item: object) -> int:
    """Give the address of an object, by which two handles of the same object are known."""
    return ctypes.cast(item, ctypes.c_void_p).value or 0  # type: ignore[arg-type]
