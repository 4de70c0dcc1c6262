"""Words as outlines: drawn on a page without becoming text of the file.

Typst draws the words once as SVG, whose glyphs are paths; the paths become operators of a PDF.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple
from xml.etree import ElementTree as ET

if TYPE_CHECKING:
    from collections.abc import Iterator

    import typst

_PAGE: Final = b"""#set page(width: auto, height: auto, margin: 0pt, fill: none)
#set text(size: float(sys.inputs.size) * 1pt, font: sys.inputs.family, top-edge: "bounds", bottom-edge: "bounds",
  cjk-latin-spacing: none)
#box(sys.inputs.words)"""

_SVG: Final = "{http://www.w3.org/2000/svg}"
_LINK: Final = "{http://www.w3.org/1999/xlink}href"
_COMMAND: Final = re.compile(r"([A-Za-z])([^A-Za-z]*)")
_MATRIX: Final = re.compile(r"matrix\(([^)]*)\)")


class Outlines(NamedTuple):
    """Operators that draw words with their baseline at the origin, and how wide and high they are in points."""

    operators: bytes
    width: int
    height: int


@lru_cache(maxsize=32)
def outlines(fonts: typst.Fonts, words: str, size: float, family: str) -> Outlines:
    """Draw words in a size in points."""
    import typst  # noqa: PLC0415 - heavy, and only here

    given = {"words": words, "size": str(size), "family": family}
    svg = typst.Compiler(font_paths=fonts, ignore_system_fonts=True).compile(_PAGE, format="svg", sys_inputs=given)
    assert isinstance(svg, bytes)
    root = ET.fromstring(svg)  # noqa: S314 - our own drawing
    glyphs = {s.get("id"): s[0].get("d", "") for s in root.iter(f"{_SVG}symbol") if len(s)}
    out = []
    for group in root.iter(f"{_SVG}g"):
        found = _MATRIX.fullmatch(group.get("transform", ""))
        left = float(found[1].split()[4]) if found else 0.0
        for use in (u for u in group if u.tag == f"{_SVG}use"):
            x = left + float(use.get("x", "0"))
            out.append(f"q 1 0 0 1 {x:g} 0 cm {' '.join(_operators(glyphs.get(use.get(_LINK, '#')[1:], '')))} f Q")
    _left, _top, wide, high = (float(n) for n in root.get("viewBox", "0 0 0 0").split())
    return Outlines("\n".join(out).encode(), round(wide), round(high))


def operands(colour: str) -> str:
    """Give a colour `#rrggbb` as a PDF's colour operator takes it."""
    return " ".join(f"{int(colour[i : i + 2], 16) / 255:.3f}" for i in (1, 3, 5))


def _operators(path: str) -> Iterator[str]:
    """Turn SVG path commands, absolute or relative, into PDF operators."""
    x = y = left = top = 0.0
    for command, rest in _COMMAND.findall(path):
        numbers = [float(n) for n in re.findall(r"-?\d*\.?\d+(?:e-?\d+)?", rest)]
        kind, relative = command.upper(), command.islower()
        if kind == "Z":
            x, y = left, top
            yield "h"
            continue
        take = {"M": 2, "L": 2, "H": 1, "V": 1, "C": 6, "Q": 4}[kind]
        for start in range(0, len(numbers), take):
            points = _absolute(kind, numbers[start : start + take], (x, y), relative=relative)
            if kind == "Q":
                points = _cubic((x, y), points)
            if kind == "M":
                left, top = points[-1]
            x, y = points[-1]
            operator = {2: "m" if kind == "M" and start == 0 else "l", 6: "c"}[2 * len(points)]
            yield " ".join(f"{n:.3f}" for point in points for n in point) + f" {operator}"


def _absolute(kind: str, numbers: list[float], at: tuple[float, float], *, relative: bool) -> list[tuple[float, float]]:
    x, y = at if relative else (0.0, 0.0)
    if kind == "H":
        return [(numbers[0] + x, at[1])]
    if kind == "V":
        return [(at[0], numbers[0] + y)]
    return [(a + x, b + y) for a, b in zip(numbers[::2], numbers[1::2], strict=True)]


def _cubic(start: tuple[float, float], points: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """Turn a quadratic curve into the cubic that PDF has."""
    control, end = points
    first = (start[0] + (control[0] - start[0]) * 2 / 3, start[1] + (control[1] - start[1]) * 2 / 3)
    second = (end[0] + (control[0] - end[0]) * 2 / 3, end[1] + (control[1] - end[1]) * 2 / 3)
    return [first, second, end]
