"""Pages that are pictures, and pictures among the text of a page: recognised where that is possible, else named.

Scanners may lay unseen text under their picture. Where nothing better can be had it is read, and said so.
"""

from __future__ import annotations

import re
import time
from typing import TYPE_CHECKING, Final

from msgspec.structs import replace

from mingzhang.model.fault import UnreadableInput
from mingzhang.model.language import gettext as _
from mingzhang.model.place import Place
from mingzhang.readback import ocr
from mingzhang.readback.limits import MAX_OCR_PAGES
from mingzhang.readback.pdf_runs import Sifted, sifted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from PIL.Image import Image

    from mingzhang.readback.ink_pages import Printed
    from mingzhang.readback.pdf_ink import Glyph, Ink
    from mingzhang.readback.pdf_view import Box

_LARGE: Final = 12
"""How much of a page, in hundredths, a picture takes that may hold a table; logos and seals take less."""
_FEW: Final = 5
_ENOUGH: Final = 20
_TABLE: Final = 6
"""So many amounts make a picture among text worth reading: it is a table, and no chart or photograph."""
_AMOUNT: Final = re.compile(r"-?\d[\d,]*\.\d+")
_SHOWN: Final = 12


class PicturePages:
    """Looks at each page of a file for pictures without text, in order, and keeps what is to be said of them."""

    def __init__(self, name: str) -> None:
        """Begin before the first page of the file called so."""
        self._name = name
        self._left = MAX_OCR_PAGES
        self._by: dict[str, list[int]] = {}
        self._words: list[str] = []
        self._unsure: set[Place] = set()
        self._turned: dict[int, int] = {}
        self.seconds = 0.0

    def read(self, ink: Ink, found: Sifted, number: int, picture: Callable[[], Image | None]) -> tuple[Ink, Sifted]:
        """Give the ink of a page, with what was recognised on its pictures; `picture` shows the page."""
        bare = [box for box in ink.pictures if _is_large(box, ink) and not _has_text(box, found.glyphs)]
        if not ink.pictures or (found.glyphs and not bare):
            return ink, found
        if ocr.is_installed() and self._left and (seen := picture()) is not None:
            return self._recognised(ink, found, number, seen, bare)
        under = [g for g in found.unseen if g.hidden]
        if found.glyphs:
            self._note("beside", number)
        elif len(under) >= _ENOUGH:
            self._note("under", number)
            return ink, Sifted(under, found.stamped, [])
        else:
            self._note("unread", number)
        return ink, found

    def must_be_readable(self, *, is_empty: bool) -> None:
        """Say what to install where nothing could be read and there are pictures.

        Raises:
            UnreadableInput: there is no text, and what stands on the pictures was not recognised.
        """
        if not is_empty or not self._by:
            return
        ocr.must_be_installed(self._name)
        raise UnreadableInput(_("图片里没有认出文字"), place=self._name)

    def also(self, printed: Printed) -> Printed:
        """Say of a file that was read what its pictures add: pages recognised, words not sure, doubts."""
        pages = frozenset(Place(page=n) for n in self._by.get("recognised", ()))
        doubts = (*printed.doubts, *self._told(), *self._words)
        return replace(printed, doubts=doubts, recognised=pages, unsure=frozenset(self._unsure), turned=self._turned)

    def _recognised(self, ink: Ink, found: Sifted, number: int, seen: Image, bare: Sequence[Box]) -> tuple[Ink, Sifted]:
        start = time.monotonic()
        ocr.tell_page(number)
        recognised = ocr.ink_of(seen, ink.width)
        read = recognised.ink
        self.seconds += time.monotonic() - start
        self._left -= 1
        if found.glyphs:
            glyphs = [g for g in read.glyphs if any(_holds(box, *g.middle) for box in bare)]
            if _amounts(glyphs) < _TABLE:
                return ink, found
            rulings = [r for r in read.rulings if any(_overlap(box, r) for box in bare)]
            read = replace(ink, glyphs=[*found.glyphs, *glyphs], rulings=[*ink.rulings, *rulings])
            found = replace(found, glyphs=read.glyphs)
        else:
            found = sifted(read)
            self._turned[number] = recognised.turned
        self._note("recognised", number)
        self._words += recognised.told(number)
        self._unsure |= recognised.places(number)
        return read, found

    def _note(self, kind: str, number: int) -> None:
        self._by.setdefault(kind, []).append(number)

    def _told(self) -> Iterator[str]:
        hint = "" if ocr.is_installed() else _("（装上文字识别后可读：pip install 'mingzhang[ocr]'）")
        for kind, numbers in self._by.items():
            some = _("、").join(map(str, numbers[:_SHOWN])) + (_("等") if len(numbers) > _SHOWN else "")
            if kind == "recognised":
                yield _("第 {pages} 页（共 {count} 页）由文字识别读入，请对照原件核对").format(
                    pages=some, count=len(numbers)
                )
            elif kind == "under":
                yield _("第 {pages} 页（共 {count} 页）是图片，按扫描件自带的文字读入，请对照原件核对{hint}").format(
                    pages=some, count=len(numbers), hint=hint
                )
            elif kind == "beside":
                yield _("第 {pages} 页（共 {count} 页）有大幅图片，图上的文字没有读入{hint}").format(
                    pages=some, count=len(numbers), hint=hint
                )
            else:
                yield _("第 {pages} 页（共 {count} 页）只有图片，没有读入{hint}").format(
                    pages=some, count=len(numbers), hint=hint
                )


def _amounts(glyphs: Sequence[Glyph]) -> int:
    """Count the texts that are amounts."""
    texts: dict[int, str] = {}
    for glyph in glyphs:
        texts[glyph.source] = texts.get(glyph.source, "") + glyph.text
    return sum(_AMOUNT.fullmatch(t) is not None for t in texts.values())


def _is_large(box: Box, ink: Ink) -> bool:
    seen = max(0, min(box[2], ink.width) - max(box[0], 0)) * max(0, min(box[3], ink.height) - max(box[1], 0))
    return 100 * seen >= _LARGE * ink.width * ink.height


def _has_text(box: Box, glyphs: Sequence[Glyph]) -> bool:
    return sum(_holds(box, *g.middle) for g in glyphs) >= _FEW


def _holds(box: Box, x: int, y: int) -> bool:
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]


def _overlap(one: Box, other: Box) -> bool:
    return one[0] <= other[2] and other[0] <= one[2] and one[1] <= other[3] and other[1] <= one[3]
