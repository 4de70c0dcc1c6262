"""Charts as inline SVG: plain shapes, labelled directly, a zero shown as a zero, with words for those who cannot see."""

from __future__ import annotations

from math import cos, pi, sin
from typing import TYPE_CHECKING, Any, Final

from mingzhang.documents.chart import alternative, chart_block
from mingzhang.documents.drawing import svg_of
from mingzhang.documents.pictures import DRAWN, drawing_of
from mingzhang.documents.widths import EM, width

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from markupsafe import Markup

    from mingzhang.documents.palette import Palette
    from mingzhang.model.disclosure import Chart

_SIZE: Final = 14
_WIDE: Final = 720
_ROW: Final = 34
_RADII: Final = (92, 54)


def unit_of(chart: Chart) -> str:
    """Give the unit of a chart's figures, nothing where they have several."""
    units = {item.figure.unit for item in chart.items}
    return units.pop() if len(units) == 1 else ""


def drawing(chart: Chart, palette: Palette) -> Markup:
    """Draw a chart that has items."""
    from markupsafe import Markup  # noqa: PLC0415 - only where pages are written

    if chart.kind in DRAWN:
        return Markup(svg_of(drawing_of(chart, palette), alternative(chart)))  # noqa: S704 - our own drawing, texts escaped
    block = chart_block(chart)
    items: Sequence[dict[str, Any]] = block["items"]
    height, shapes = (_ring if chart.kind == "donut" else _bars)(items, palette)
    inside = Markup("\n").join(shapes)
    return Markup(
        '<svg viewBox="0 0 {wide} {height}" role="img" aria-label="{alt}" font-size="{size}" fill="{ink}">\n{inside}\n</svg>'
    ).format(wide=_WIDE, height=height, alt=block["alt"], size=_SIZE, ink=palette.ink, inside=inside)


def _bars(items: Sequence[dict[str, Any]], palette: Palette) -> tuple[int, Iterator[Markup]]:
    left = min(max(width(i["label"]) for i in items) * _SIZE // EM + 16, _WIDE // 3)
    right = max(width(i["value"]) for i in items) * _SIZE // EM + 16
    room = _WIDE - left - right
    return _ROW * len(items) + 8, _bar_shapes(items, left, room, palette)


def _bar_shapes(items: Sequence[dict[str, Any]], left: int, room: int, palette: Palette) -> Iterator[Markup]:
    from markupsafe import Markup  # noqa: PLC0415 - only where pages are written

    bottom = _ROW * len(items) + 4
    for n, item in enumerate(items):
        top, length = n * _ROW + 8, item["length"] * room // 1000
        yield _label(left - 8, top + 16, item["label"], "end")
        if item["length"]:
            yield Markup('<rect x="{}" y="{}" width="{}" height="20" rx="2" fill="{}"/>').format(
                left, top, max(length, 1), palette.colour(n)
            )
        yield _label(left + length + 8, top + 16, item["value"], "start")
    yield Markup('<line x1="{0}" y1="4" x2="{0}" y2="{1}" stroke="{2}"/>').format(left, bottom, palette.faint)


def _ring(items: Sequence[dict[str, Any]], palette: Palette) -> tuple[int, Iterator[Markup]]:
    height = max(2 * _RADII[0] + 16, 30 * len(items) + 16)
    return height, _ring_shapes(items, height, palette)


def _ring_shapes(items: Sequence[dict[str, Any]], height: int, palette: Palette) -> Iterator[Markup]:
    from markupsafe import Markup  # noqa: PLC0415 - only where pages are written

    middle, start, top = (150.0, height / 2), 0, (height - 30 * len(items)) // 2
    for n, item in enumerate(items):
        fill, at = palette.colour(n), top + 30 * n
        if item["length"]:
            path = _slice(middle, start, start + item["length"])
            yield Markup('<path d="{}" fill="{}" stroke="#fff" fill-rule="evenodd"/>').format(path, fill)
        start += item["length"]
        yield Markup('<rect x="300" y="{}" width="14" height="14" rx="2" fill="{}"/>').format(at + 6, fill)
        yield _label(324, at + 18, item["label"], "start")
        yield _label(_WIDE - 8, at + 18, item["value"], "end")


def _slice(middle: tuple[float, float], start: int, end: int) -> str:
    """Give the outline between two thousandths of a turn; a whole ring is two circles."""
    outer, inner = _RADII
    if end - start >= 999:
        return " ".join(_circle(middle, r) for r in (outer, inner))
    a, b, c, d = (_point(middle, turn, radius) for radius in (outer, inner) for turn in (start, end))
    large = int(end - start > 500)
    return f"M{a} A{outer} {outer} 0 {large} 1 {b} L{d} A{inner} {inner} 0 {large} 0 {c} Z"


def _circle(middle: tuple[float, float], radius: int) -> str:
    a, b = _point(middle, 0, radius), _point(middle, 500, radius)
    return f"M{a} A{radius} {radius} 0 0 1 {b} A{radius} {radius} 0 0 1 {a} Z"


def _point(middle: tuple[float, float], turn: int, radius: int) -> str:
    angle = 2 * pi * turn / 1000 - pi / 2
    return f"{middle[0] + radius * cos(angle):.1f} {middle[1] + radius * sin(angle):.1f}"


def _label(x: int, y: int, text: str, anchor: str) -> Markup:
    from markupsafe import Markup  # noqa: PLC0415 - only where pages are written

    return Markup('<text x="{}" y="{}" text-anchor="{}">{}</text>').format(x, y, anchor, text)
