"""Small pictures of the places that findings speak of, marked, for files in which nothing can be drawn over a picture."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Final

import msgspec

from mingzhang.documents.word_package import picture_relation
from mingzhang.documents.word_picture import inline
from mingzhang.documents.word_xml import paragraph
from mingzhang.model.page import Picture

if TYPE_CHECKING:
    from PIL.Image import Image

    from mingzhang.documents.found_places import Scene

_COLOURS: Final = {"error": (161, 29, 26), "warning": (192, 138, 45), "hint": (47, 93, 138)}
_GREY: Final = (95, 107, 118)
_HAIR: Final = (201, 207, 214)
_SHADES: Final = 32
_ROOM: Final = 250
"""Around print and around marks, in hundredths of a point."""

_TALLEST: Final = 400
"""Points that a picture may be high on paper."""

_LIGHT: Final = 244
"""Grey from here on is paper."""


class Cutting(msgspec.Struct, frozen=True):
    """A picture as PNG with its size in hundredths of a point, and the page it is of."""

    picture: Picture
    page: int


def cut_out(scene: Scene, picture: Picture) -> Cutting:
    """Draw a frame around what is marked and leave out the margins at both sides; the same gives the same bytes."""
    from PIL import Image, ImageDraw  # noqa: PLC0415 - heavy, and only here

    with Image.open(io.BytesIO(picture.content)) as opened:
        seen = opened.convert("RGB")
    left, right = _print_between(seen)
    pen = ImageDraw.Draw(seen)
    for mark in sorted(scene.marks, key=lambda m: m.meant):
        own = (mark.box[0] - _ROOM // 2, mark.box[1] - scene.band.top - _ROOM // 2,
               mark.box[2] + _ROOM // 2, mark.box[3] - scene.band.top + _ROOM // 2)  # fmt: skip
        across, down = picture.width, picture.height
        frame = [v * n // of for v, n, of in zip(own, seen.size * 2, (across, down) * 2, strict=True)]
        pen.rectangle(frame, outline=_COLOURS[mark.severity] if mark.meant else _GREY, width=2 if mark.meant else 1)
        left, right = min(left, frame[0] - 2), max(right, frame[2] + 2)
    edge = _ROOM * seen.width // picture.width
    left, right = max(left - edge, 0), min(right + edge, seen.width)
    part = seen.crop((left, 0, right, seen.height))
    ImageDraw.Draw(part).rectangle((0, 0, part.width - 1, part.height - 1), outline=_HAIR)
    return Cutting(Picture(_png(part), (right - left) * picture.width // seen.width, picture.height), scene.band.page)


def shown_in_word(number: int, cutting: Cutting, said: str, room: int) -> str:
    """Give the paragraph of a Word file that shows picture `number` of its media, at most `room` points wide."""
    picture = cutting.picture
    across = min(picture.width // 100, room)
    down = min(picture.height * across // picture.width, _TALLEST)
    spacing = '<w:keepLines/><w:spacing w:before="40" w:after="80" w:line="240" w:lineRule="auto"/>'
    return paragraph(inline(picture_relation(number), number, across, down, said, said), "TableText", spacing)


def _print_between(seen: Image) -> tuple[int, int]:
    """Give where print begins and ends across, or the whole where there is none."""
    ink = seen.convert("L").point([255 if v < _LIGHT else 0 for v in range(256)]).getbbox()
    return (0, seen.width) if ink is None else (ink[0], ink[2])


def _png(seen: Image) -> bytes:
    out = io.BytesIO()
    seen.quantize(_SHADES).save(out, "PNG", optimize=True)
    return out.getvalue()
