"""What is drawn on a page of an OFD file: characters, rulings, areas and pictures, in hundredths of a point from its top left.

Objects have a box of their own (`Boundary`, in millimetres) and may be turned and stretched inside it (`CTM`); characters
stand where the steps between them (`DeltaX`, `DeltaY`) lead.
"""

from __future__ import annotations

from itertools import pairwise
from math import atan2, degrees, hypot
from typing import TYPE_CHECKING, Final

from mingzhang.readback.limits import MAX_PAGE_CHARACTERS, MAX_PAGE_OBJECTS, MAX_PDF_DEPTH
from mingzhang.readback.ofd_parts import kind_of
from mingzhang.readback.ofd_strokes import number, numbers, outlines, steps
from mingzhang.readback.pdf_drawing import Area, TooMuch, is_thin, ruling
from mingzhang.readback.pdf_ink import Glyph, Ink, character, upright
from mingzhang.readback.pdf_view import common, moved, product

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from lxml.etree import _Element as Element

    from mingzhang.readback.ofd_parts import Leaf
    from mingzhang.readback.pdf_view import Box, Matrix, Point

_UNITS: Final = 7200 / 25.4
"""Hundredths of a point in a millimetre."""
_A4: Final = (0.0, 0.0, 210.0, 297.0)
_FARTHEST: Final = 1e5
_USUAL_SIZE: Final = 3.5
"""Of a text that does not say it, in millimetres."""
_ASCENT: Final = 0.85
_DESCENT: Final = 0.15
_GROUPS: Final = frozenset({"Layer", "PageBlock", "Content"})


def ink_of(leaf: Leaf, resources: Mapping[str, Element]) -> Ink:
    """Take the ink from a page and from the templates that it stands on.

    Raises:
        TooMuch: more objects or characters than a page can have.
    """
    area = numbers(leaf.area)
    left, top, width, height = area[:4] if len(area) >= 4 and area[2] > 0 and area[3] > 0 else _A4
    painter = _Painter(resources)
    start = (1.0, 0.0, 0.0, 1.0, -left, -top)
    for tree in (*leaf.templates, leaf.content):
        for part in tree:
            if kind_of(part) == "Content":
                painter.paint(part, start, None, 0)
    ink = Ink(
        round(width * _UNITS), round(height * _UNITS), painter.glyphs, painter.rulings, painter.areas, painter.pictures
    )
    return upright(ink)


def texts_in(element: Element) -> Iterator[str]:
    """Give the texts drawn inside an element, in order."""
    for code in element.iter():
        if kind_of(code) == "TextCode" and (code.text or "").strip():
            yield (code.text or "").strip()


class _Painter:
    """Walks through the objects of a page in the order in which they are painted."""

    def __init__(self, resources: Mapping[str, Element]) -> None:
        self._resources = resources
        self._count = 0
        self.glyphs: list[Glyph] = []
        self.rulings: list[Box] = []
        self.areas: list[Area] = []
        self.pictures: list[Box] = []

    def paint(self, group: Element, matrix: Matrix, param: str | None, depth: int) -> None:
        """Look at each object of a group; `matrix` leads from it to the page, `param` names how it is drawn by default."""
        if depth > MAX_PDF_DEPTH:
            return
        param = group.get("DrawParam") or param
        for item in group:
            self._count += 1
            if self._count > MAX_PAGE_OBJECTS:
                raise TooMuch
            if kind_of(item) in _GROUPS:
                self.paint(item, matrix, param, depth + 1)
            else:
                self._object(item, matrix, param, depth)

    def _object(self, item: Element, matrix: Matrix, param: str | None, depth: int) -> None:
        match kind_of(item):
            case "TextObject":
                self._text(item, _matrix_of(item, matrix), param)
            case "PathObject":
                self._path(item, _matrix_of(item, matrix), param)
            case "ImageObject":
                self._picture(_box_of(item, matrix))
            case "CompositeObject":
                unit = self._resources.get(item.get("ResourceID", ""))
                for inner in unit if unit is not None and item.get("Visible") != "false" else ():
                    if kind_of(inner) == "Content":
                        self.paint(inner, _matrix_of(item, matrix), param, depth + 1)

    def _text(self, item: Element, matrix: Matrix, param: str | None) -> None:
        size = number(item.get("Size"), 0.0) or _USUAL_SIZE
        stretch = number(item.get("HScale"), 1.0) or 1.0
        light, seen = self._light(item, param, filled=item.get("Fill") != "false")
        clip = _clip(item, matrix)
        at = 0.0, 0.0
        a, b, c, d = matrix[:4]
        turn = round(degrees(atan2(b, a)) + number(item.get("CharDirection"), 0)) % 360
        nearest = (turn + 45) // 90 * 90
        turn = nearest % 360 if abs(turn - nearest) <= 2 else turn
        high = max(round(min(size * (hypot(c, d) or hypot(a, b)), _FARTHEST) * _UNITS), 1)
        down = item.get("ReadDirection") in {"90", "270"}
        for code in item:
            if kind_of(code) != "TextCode":
                continue
            text = code.text or ""
            text = text.strip("\r\n\t ") if "\n" in text else text
            at = number(code.get("X"), at[0]), number(code.get("Y"), at[1])
            spaced = False
            for mark, (x, y), wide in _set(text, at, code, size, stretch, down=down):
                if mark.isspace() or mark in "\u200b\ufeff":
                    spaced = True
                    continue
                corners = [moved(p, matrix) for p in ((x, y - _ASCENT * size), (x + wide, y - _ASCENT * size),
                                                      (x, y + _DESCENT * size), (x + wide, y + _DESCENT * size))]  # fmt: skip
                box, origin = _around(corners), _point(moved((x, y), matrix))
                base = origin[0] if turn in {90, 270} else origin[1]
                self.glyphs.append(
                    Glyph(
                        character(ord(mark)),
                        box,
                        base,
                        high,
                        turn,
                        light,
                        hidden=not seen,
                        source=self._count,
                        spaced=spaced,
                    )
                )
                spaced = False
                if clip is not None and not _holds(clip, *self.glyphs[-1].middle):
                    self.glyphs[-1].hidden = True
                if len(self.glyphs) > MAX_PAGE_CHARACTERS:
                    raise TooMuch

    def _path(self, item: Element, matrix: Matrix, param: str | None) -> None:
        light, seen = self._light(item, param, filled=True)
        filled, stroked = item.get("Fill") == "true", item.get("Stroke") != "false"
        if item.get("Visible") == "false":
            return
        clip = _clip(item, matrix)
        drawn = next((e.text or "" for e in item if kind_of(e) == "AbbreviatedData"), "")
        for points, straight in outlines(drawn):
            placed = [moved(p, matrix) for p in points]
            if filled:
                self._area(_around(placed), light, clip, solid=seen)
            if stroked and straight:
                for one, other in pairwise(placed):
                    self._rule(_around([one, other]), clip)

    def _area(self, box: Box, light: int, clip: Box | None, *, solid: bool) -> None:
        if is_thin(box):
            self._rule(box, clip)
            return
        shown = box if clip is None else common(box, clip)
        if shown[0] < shown[2] and shown[1] < shown[3]:
            self.areas.append(Area(shown, light, solid, self._count))

    def _picture(self, box: Box) -> None:
        if is_thin(box):
            self._rule(box, None)
        else:
            self.pictures.append(box)

    def _rule(self, box: Box, clip: Box | None) -> None:
        found = ruling(box, clip)
        if found is not None:
            self.rulings.append(found)

    def _light(self, item: Element, param: str | None, *, filled: bool) -> tuple[int, bool]:
        """Tell how light an object looks on white paper, 0 for black, and whether it can be seen at all."""
        colour = next((e for e in item if kind_of(e) == "FillColor"), None)
        name, depth = item.get("DrawParam") or param or "", 0
        while colour is None and name in self._resources and depth < MAX_PDF_DEPTH:
            found = self._resources[name]
            colour = next((e for e in found if kind_of(e) == "FillColor"), None)
            name, depth = found.get("Relative", ""), depth + 1
        alpha = number(item.get("Alpha"), 255)
        parts: Sequence[float] = ()
        if colour is not None:
            alpha = alpha * number(colour.get("Alpha"), 255) / 255
            parts = numbers(colour.get("Value") or "")
        stroked = item.get("Stroke") == "true" or kind_of(item) == "PathObject"
        seen = item.get("Visible") != "false" and alpha > 0 and (filled or stroked)
        return 255 - round((255 - _grey(parts)) * max(0.0, min(alpha, 255)) / 255), seen


def _grey(parts: Sequence[float]) -> float:
    """Give the lightness of a colour: of one part grey, of three red, green and blue, of four printing inks."""
    held = [max(0.0, min(p, 255.0)) for p in parts]
    if len(held) == 4:
        key = held[3]
        held = [255 - min(255, p + key) for p in held[:3]]
    if len(held) == 3:
        return (30 * held[0] + 59 * held[1] + 11 * held[2]) / 100
    return held[0] if len(held) == 1 else 0.0


def _set(
    text: str, at: Point, code: Element, size: float, stretch: float, *, down: bool
) -> Iterator[tuple[str, Point, float]]:
    """Give each character of a text with its place and its width, in the object's own space."""
    across, along = steps(code.get("DeltaX") or "", len(text)), steps(code.get("DeltaY") or "", len(text))
    x, y = at
    for n, mark in enumerate(text):
        wide = size * stretch * (0.5 if ord(mark) < 0x2000 else 1.0)
        told = n < len(across) or n < len(along)
        step_x = across[n] if n < len(across) else 0.0 if told or down else wide
        step_y = along[n] if n < len(along) else size if down and not told else 0.0
        yield mark, (x, y), min(wide, step_x) if step_x > 0 else wide
        x, y = x + step_x, y + step_y


def _clip(item: Element, matrix: Matrix) -> Box | None:
    """Give the box in which an object can be seen; None where nothing clips it."""
    clip: Box | None = None
    for one in (c for group in item if kind_of(group) == "Clips" for c in group):
        areas = [
            _box_of(path, _matrix_of(area, matrix))
            for area in one
            for path in area
            if kind_of(path) in {"Path", "Text"} and path.get("Boundary")
        ]
        if areas:
            box = _joined(areas)
            clip = box if clip is None else common(clip, box)
    return clip


def _matrix_of(item: Element, outer: Matrix) -> Matrix:
    """Give the way from an object's own space to the page."""
    own = numbers(item.get("CTM") or "")
    inner: Matrix = (
        (own[0], own[1], own[2], own[3], own[4], own[5]) if len(own) == 6 else (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
    )
    box = numbers(item.get("Boundary") or "")
    x, y = (box[0], box[1]) if len(box) >= 2 else (0.0, 0.0)
    return product(product(inner, (1.0, 0.0, 0.0, 1.0, x, y)), outer)


def _box_of(item: Element, matrix: Matrix) -> Box:
    box = numbers(item.get("Boundary"))
    x, y, wide, high = box[:4] if len(box) >= 4 else (0.0, 0.0, 0.0, 0.0)
    return _around([moved(p, matrix) for p in ((x, y), (x + wide, y), (x, y + high), (x + wide, y + high))])


def _around(points: Sequence[Point]) -> Box:
    seen = [_point(p) for p in points]
    xs, ys = [p[0] for p in seen], [p[1] for p in seen]
    return min(xs), min(ys), max(xs), max(ys)


def _joined(boxes: Sequence[Box]) -> Box:
    return min(b[0] for b in boxes), min(b[1] for b in boxes), max(b[2] for b in boxes), max(b[3] for b in boxes)


def _point(point: Point) -> tuple[int, int]:
    """Give a point in hundredths; broken files have any coordinate."""
    x, y = (v if -_FARTHEST < v < _FARTHEST else 0.0 for v in point)
    return round(x * _UNITS), round(y * _UNITS)


def _holds(box: Box, x: int, y: int) -> bool:
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]
