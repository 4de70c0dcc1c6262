"""A drawing of plain shapes in whole units, and its SVG: the same for web pages, for the typesetter and for Word."""

from __future__ import annotations

from typing import Literal
from xml.sax.saxutils import escape, quoteattr

import msgspec

FONT = "Noto Sans SC"


class Box(msgspec.Struct, frozen=True):
    """A rectangle."""

    x: int
    y: int
    width: int
    height: int
    fill: str
    edge: str = ""


class Band(msgspec.Struct, frozen=True):
    """A ribbon from one upright edge to another: from `x` between `y` and `y + height` to `to_x`, `to_y`."""

    x: int
    y: int
    to_x: int
    to_y: int
    height: int
    fill: str


class Words(msgspec.Struct, frozen=True):
    """One line of text, its foot at `y`; `over` other shapes it has a light edge."""

    x: int
    y: int
    text: str
    size: int
    fill: str
    anchor: Literal["start", "middle", "end"] = "start"
    over: bool = False


Shape = Box | Band | Words


class Drawing(msgspec.Struct, frozen=True):
    """Shapes in order, the later over the earlier, in a room of so many units."""

    width: int
    height: int
    shapes: tuple[Shape, ...]


def svg_of(drawing: Drawing, words: str) -> str:
    """Give a drawing as SVG, with words for those who cannot see it."""
    inside = "\n".join(map(_spelled, drawing.shapes))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {drawing.width} {drawing.height}" role="img"'
        f' aria-label={quoteattr(words)} font-family="{FONT}, sans-serif">\n{inside}\n</svg>'
    )


def _spelled(shape: Shape) -> str:
    match shape:
        case Box(x, y, width, height, fill, edge):
            line = f' stroke="{edge}" stroke-width="2"' if edge else ""
            return f'<rect x="{x}" y="{y}" width="{width}" height="{height}" fill="{fill}"{line}/>'
        case Band(x, y, to_x, to_y, height, fill):
            middle = (x + to_x) // 2
            there = f"M{x} {y} C{middle} {y} {middle} {to_y} {to_x} {to_y}"
            back = f"L{to_x} {to_y + height} C{middle} {to_y + height} {middle} {y + height} {x} {y + height} Z"
            return f'<path d="{there} {back}" fill="{fill}" fill-opacity="0.45"/>'
        case Words(x, y, text, size, fill, anchor, over):
            edge = ' stroke="#ffffff" stroke-opacity="0.75" stroke-width="3" paint-order="stroke"' if over else ""
            return f'<text x="{x}" y="{y}" font-size="{size}" text-anchor="{anchor}" fill="{fill}"{edge}>{escape(text)}</text>'
    raise AssertionError(shape)
