"""The mark of a draft, stamped on finished pages as outlines: seen on paper, absent from the text of the file.

Typst draws the words once as SVG, whose glyphs are paths; the paths become one form that every page shows.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final
from xml.etree import ElementTree as ET

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pikepdf
    import typst

WORDS: Final = "草稿 未经批准"
SIZE: Final = 30
_OPACITY: Final = "0.12"
_COLOUR: Final = "0.55 0.11 0.09"
_STEP: Final = (250, 165)
_TURN: Final = "0.866 0.5 -0.5 0.866"
_PAGE: Final = f"""#set page(width: auto, height: auto, margin: 0pt, fill: none)
#set text(size: {SIZE}pt, font: "Noto Serif SC", top-edge: "bounds", bottom-edge: "bounds")
#box[{WORDS}]"""

_SVG: Final = "{http://www.w3.org/2000/svg}"
_LINK: Final = "{http://www.w3.org/1999/xlink}href"
_COMMAND: Final = re.compile(r"([A-Za-z])([^A-Za-z]*)")
_MATRIX: Final = re.compile(r"matrix\(([^)]*)\)")


def stamp(pdf: pikepdf.Pdf, fonts: typst.Fonts) -> None:
    """Put the mark over every page as an artifact, which readers of the text leave out."""
    import pikepdf as pk  # noqa: PLC0415 - heavy, and only for drafts

    words, wide, high = outlines(fonts)
    form = pdf.make_stream(words)
    form.update({"/Type": pk.Name.XObject, "/Subtype": pk.Name.Form, "/BBox": pk.Array([-1, -high, wide + 1, high])})
    state = pdf.make_indirect(pk.Dictionary(Type=pk.Name.ExtGState, ca=pk.Object.parse(_OPACITY.encode())))
    for page in pdf.pages:
        box = [float(x) for x in page.mediabox]
        marks = " ".join(f"q {_TURN} {x} {y} cm /MzDraft Do Q" for x, y in _places(box[2], box[3]))
        page.add_resource(form, pk.Name.XObject, pk.Name.MzDraft, replace_existing=True)
        page.add_resource(state, pk.Name.ExtGState, pk.Name.MzFaint, replace_existing=True)
        start = "/Artifact <</Type /Pagination /Subtype /Watermark>> BDC q /MzFaint gs"
        page.contents_add(pdf.make_stream(b"q"), prepend=True)
        page.contents_add(pdf.make_stream(f"Q {start} {_COLOUR} rg {marks} Q EMC".encode()))


@cache
def outlines(fonts: typst.Fonts) -> tuple[bytes, int, int]:
    """Give the words as PDF path operators, baseline at the origin, with their width and height in points."""
    import typst  # noqa: PLC0415 - heavy, and only for drafts

    svg = typst.Compiler(font_paths=fonts, ignore_system_fonts=True).compile(_PAGE.encode(), format="svg")
    assert isinstance(svg, bytes)
    root = ET.fromstring(svg)  # noqa: S314 - our own drawing
    glyphs = {s.get("id"): s[0].get("d", "") for s in root.iter(f"{_SVG}symbol")}
    out = []
    for group in root.iter(f"{_SVG}g"):
        uses = [u for u in group if u.tag == f"{_SVG}use"]
        for use in uses:
            x = float(use.get("x", "0"))
            out.append(f"q 1 0 0 1 {x:g} 0 cm {' '.join(_operators(glyphs[use.get(_LINK, '#')[1:]]))} f Q")
    _left, _top, wide, high = (float(n) for n in root.get("viewBox", "0 0 0 0").split())
    return "\n".join(out).encode(), round(wide), round(high)


def _places(width: float, height: float) -> Iterator[tuple[int, int]]:
    """Scatter the mark over a page, every second row shifted."""
    for row, y in enumerate(range(20, int(height), _STEP[1])):
        for x in range(-60 + row % 2 * _STEP[0] // 2, int(width), _STEP[0]):
            yield x, y


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
