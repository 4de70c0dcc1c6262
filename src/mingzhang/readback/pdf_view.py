"""From a PDF page's own space to what is seen of it: turned by its rotation, y from the top, in hundredths of a point."""

from __future__ import annotations

from math import atan2, degrees

import pypdfium2.raw as pdfium

Box = tuple[int, int, int, int]
"""Left, top, right, bottom."""

Point = tuple[float, float]
Matrix = tuple[float, float, float, float, float, float]


class View:
    """From the page's own space to what is seen: turned by the page's rotation, y from the top, in hundredths."""

    def __init__(self, page: object) -> None:
        """Take the box and the rotation of a page (its raw handle)."""
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


def product(one: Matrix, other: Matrix | None) -> Matrix:
    """Chain two matrices: the first is applied first."""
    if other is None:
        return one
    a, b, c, d, e, f = one
    p, q, r, s, t, u = other
    return a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u


def moved(point: Point, matrix: Matrix | None) -> Point:
    """Move a point by a matrix."""
    if matrix is None:
        return point
    x, y = point
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def common(one: Box, other: Box) -> Box:
    """Give what two boxes share; its right is left of its left where they share nothing."""
    return max(one[0], other[0]), max(one[1], other[1]), min(one[2], other[2]), min(one[3], other[3])
