"""Scans and pictures: characters recognised where they stand, ruled lines found, and then read as a page of a PDF.

An extra (`mingzhang[ocr]`): the models lie in the package, nothing is fetched. Lone codes keep their way up: how a page
lies is decided for the page, never for a word.
"""

from __future__ import annotations

import io
import logging
from functools import cache
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, Final

import msgspec

from mingzhang.model.fault import UnreadableInput
from mingzhang.model.language import gettext as _
from mingzhang.model.place import Place
from mingzhang.readback.ink_pages import InkPages, Printed
from mingzhang.readback.limits import MAX_OCR_PAGES, MAX_OCR_PIXELS
from mingzhang.readback.pdf_ink import Glyph, Ink
from mingzhang.readback.pdf_view import Box

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from PIL.Image import Image


_DOTS: Final = 200
_LONG_SIDE: Final = 1169
"""A4's long side in hundredths of an inch: a picture is taken for a page of this size."""
_UNSURE: Final = 0.9
_READS_WELL: Final = 0.9
"""Pages that stand on their head come to 0.75, faint and grainy ones the right way up to 0.95."""
_SHOWN: Final = 5
_RULE: Final = 40
_DARK: Final = 225
"""Greyer than this is paper: rules are often drawn in a light grey."""


PROGRESS: Final = "mingzhang.progress"
"""The log of what takes long; commands show it to people, not to machines."""

Word = tuple[Box, str, float]
"""A word with its box in pixels, and how surely it was recognised."""


def is_installed() -> bool:
    """Tell whether the extra is there."""
    return find_spec("rapidocr") is not None and find_spec("cv2") is not None


def must_be_installed(name: str) -> None:
    """Say what to install where it is not.

    Raises:
        UnreadableInput: the extra is not there.
    """
    if not is_installed():
        hint = _("看来是扫描件或图片。装上文字识别后可读：pip install 'mingzhang[ocr]'")
        raise UnreadableInput(_("文件里只有图片，没有文字"), place=name, hint=hint)


def picture_pages(content: bytes, name: str) -> Printed:
    """Read a picture, each of its frames a page.

    Raises:
        UnreadableInput: the extra is not there, the picture is damaged or too large, or no text was recognised.
    """
    must_be_installed(name)
    from PIL import Image, ImageSequence, UnidentifiedImageError  # noqa: PLC0415 - heavy, and only here

    try:
        with Image.open(io.BytesIO(content)) as picture:
            width, height = picture.size
            if width * height > MAX_OCR_PIXELS or getattr(picture, "n_frames", 1) > MAX_OCR_PAGES:
                raise UnreadableInput(_("图片过大"), place=name)
            return _read((f.convert("RGB") for f in ImageSequence.Iterator(picture)), name)
    except (UnidentifiedImageError, OSError, SyntaxError, Image.DecompressionBombError) as error:
        raise UnreadableInput(_("图片已损坏，无法读取"), place=name) from error


def _read(pictures: Iterable[Image], name: str) -> Printed:
    pages = InkPages()
    doubts, recognised, unsure = [_("由文字识别读入，请对照原件核对")], set(), set()
    turned: dict[int, int] = {}
    for number, picture in enumerate(pictures, start=1):
        tell_page(number)
        found = ink_of(picture, page_width(picture))
        pages.add(found.ink)
        doubts += found.told(number)
        recognised.add(Place(page=number))
        unsure |= found.places(number)
        turned[number] = found.turned
    if pages.is_empty:
        raise UnreadableInput(_("图片里没有认出文字"), place=name)
    printed = pages.printed(doubts=tuple(doubts))
    return msgspec.structs.replace(printed, recognised=frozenset(recognised), unsure=frozenset(unsure), turned=turned)


def tell_page(number: int) -> None:
    """Say that a page is being recognised: it takes seconds, and a document has many."""
    logging.getLogger(PROGRESS).info(_("正在识别文字：第 {n} 页").format(n=number))


def page_width(picture: Image) -> int:
    """Give how wide a picture's page is, in hundredths of a point: its long side is taken for A4's."""
    return round(_LONG_SIDE * 72 * picture.width / max(picture.size))


class Recognised(msgspec.Struct, frozen=True):
    """What was recognised on a picture: its ink, and the words that are not sure, each with its box.

    Boxes lie as the page reads; the picture is `turned` so many degrees, against the clock, to lie so.
    """

    ink: Ink
    unsure: tuple[tuple[str, Box], ...] = ()
    turned: int = 0

    def told(self, number: int) -> list[str]:
        """Say which words of a page were recognised without being sure."""
        if not self.unsure:
            return []
        some = _("、").join(text for text, _box in self.unsure[:_SHOWN])
        told = _("{place}：文字识别没有把握的有 {count} 处：{some}")
        return [told.format(place=Place(page=number), count=len(self.unsure), some=some)]

    def places(self, number: int) -> set[Place]:
        """Give where on a page they stand."""
        return {Place(page=number, box=box) for _text, box in self.unsure}


def ink_of(picture: Image, width: int) -> Recognised:
    """Recognise a page that is so wide, in hundredths of a point, as it reads best: upright, on its side or on its head."""
    scale = width / picture.width
    words, turned = _words(picture), 0
    if _stands_on_its_side(words):
        picture, words, turned = _best(picture, words, (90, 270))
    elif _sureness(words) < _READS_WELL:
        picture, words, turned = _best(picture, words, (180,))
    glyphs = [g for n, (box, text, _s) in enumerate(words) for g in _glyphs(box, text, scale, n)]
    rulings = [_scaled(b, scale) for b in _rulings(picture)]
    wide, high = (round(side * scale) for side in picture.size)
    unsure = tuple((text, _scaled(box, scale)) for box, text, score in words if score < _UNSURE)
    return Recognised(Ink(wide, high, glyphs, rulings, [], []), unsure, turned)


def _best(picture: Image, words: list[Word], turns: Iterable[int]) -> tuple[Image, list[Word], int]:
    """Give a picture, its words and by how much it was turned: whichever way reads best."""
    ways = [(picture, words, 0)]
    for turn in turns:
        turned = picture.rotate(turn, expand=True)
        ways.append((turned, _words(turned), turn))
    return max(ways, key=lambda way: sum(score * len(text) for _box, text, score in way[1]))


def _sureness(words: Sequence[Word]) -> float:
    """Give how surely the characters of a page were recognised on the whole; a page without any reads well."""
    count = sum(len(text) for _box, text, _score in words)
    return sum(score * len(text) for _box, text, score in words) / count if count else 1.0


def _words(picture: Image) -> list[Word]:
    """Recognise the words of a picture: box in pixels, text, and how surely."""
    import numpy as np  # noqa: PLC0415 - comes with the extra

    found = _engine()(np.asarray(picture.convert("RGB"))[:, :, ::-1], use_cls=False)
    if found.boxes is None:
        return []
    out = []
    for corners, text, score in zip(found.boxes, found.txts, found.scores, strict=True):
        x, y = [round(float(c[0])) for c in corners], [round(float(c[1])) for c in corners]
        if text.strip():
            out.append(((min(x), min(y), max(x), max(y)), text.strip(), float(score)))
    return out


@cache
def _engine() -> Any:
    from rapidocr import RapidOCR  # noqa: PLC0415 - heavy, and only here

    engine = RapidOCR(params={"Global.log_level": "error", "Global.use_cls": False})
    logging.getLogger("RapidOCR").setLevel(logging.ERROR)
    return engine


def _stands_on_its_side(words: list[Word]) -> bool:
    long = [b for b, text, _s in words if len(text) > 3]
    tall = sum(b[3] - b[1] > b[2] - b[0] for b in long)
    return 2 * tall > len(long)


def _glyphs(box: Box, text: str, scale: float, source: int) -> Iterator[Glyph]:
    """Divide a word's box among its characters, Latin ones half as wide as others."""
    left, top, right, bottom = _scaled(box, scale)
    weights = [1 if ord(c) < 0x2000 else 2 for c in text]
    unit, at, spaced = (right - left) / sum(weights), float(left), False
    for character, weight in zip(text, weights, strict=True):
        wide = unit * weight
        if character.isspace():
            spaced = True
        else:
            one = (round(at), top, round(at + wide), bottom)
            yield Glyph(character, one, bottom, bottom - top, source=source, spaced=spaced)
            spaced = False
        at += wide


def _rulings(picture: Image) -> Iterator[Box]:
    """Find the ruled lines of a page: long dark runs, across and down."""
    import cv2  # noqa: PLC0415 - comes with the extra
    import numpy as np  # noqa: PLC0415

    dark = (np.asarray(picture.convert("L")) < _DARK).astype("uint8")
    length = max(picture.size) // _RULE
    for kernel in ((length, 1), (1, length)):
        lines = cv2.morphologyEx(dark, cv2.MORPH_OPEN, np.ones(kernel[::-1], "uint8"))
        _count, _labels, stats, _middles = cv2.connectedComponentsWithStats(lines, connectivity=8)
        for x, y, w, h, _area in stats[1:].tolist():
            yield (x, y, x + w, y + h)


def _scaled(box: Box, scale: float) -> Box:
    left, top, right, bottom = (round(side * scale) for side in box)
    return left, top, right, bottom
