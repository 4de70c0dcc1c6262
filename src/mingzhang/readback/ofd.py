"""OFD files (GB/T 33190), the national format of laid-out documents: their texts where they stand, read as a page of a PDF.

An extra (`mingzhang[ofd]`). Ruled lines are not given by the package, so tables are told by how their texts stand.
"""

from __future__ import annotations

from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, Final

from mingzhang.model.fault import UnreadableInput
from mingzhang.model.language import gettext as _
from mingzhang.readback.limits import MAX_PDF_PAGES
from mingzhang.readback.pdf import Printed, page_of
from mingzhang.readback.pdf_across import aligned
from mingzhang.readback.pdf_ink import Glyph, Ink
from mingzhang.readback.pdf_page import blocks_of

if TYPE_CHECKING:
    from collections.abc import Iterator

MAIN: Final = "OFD.xml"
_UNITS: Final = 7200 / 25.4
"""Hundredths of a point in a millimetre."""


def is_ofd(parts: tuple[str, ...]) -> bool:
    """Tell whether the parts of a packed file are those of an OFD file."""
    return any(p.lstrip("/").lower() == MAIN.lower() for p in parts)


def read_pages(content: bytes, name: str) -> Printed:
    """Read an OFD file as pages of lines; what it unpacks to was counted before.

    Raises:
        UnreadableInput: the extra is not there, the file is damaged or locked, or holds no text or too many pages.
    """
    if find_spec("ofdkit") is None:
        hint = _("装上后可读：pip install 'mingzhang[ofd]'")
        raise UnreadableInput(_("是 OFD 版式文件，没有装读它的部件"), place=name, hint=hint)
    import ofdkit  # noqa: PLC0415 - an extra

    try:
        with ofdkit.open(content) as document:
            pages = list(document.pages)
            if len(pages) > MAX_PDF_PAGES:
                raise UnreadableInput(_("OFD 的页数过多"), place=name)
            blocks = [blocks_of(ink, ink.glyphs) for ink in map(_ink_of, pages)]
    except (ofdkit.OFDError, ValueError, KeyError, OSError) as error:
        raise UnreadableInput(_("OFD 文件已损坏，无法读取"), place=name) from error
    if not any(blocks):
        raise UnreadableInput(_("文件里没有文字"), place=name)
    aligned(blocks)
    return Printed(tuple(page_of(b, n) for n, b in enumerate(blocks, start=1)))


def _ink_of(page: Any) -> Ink:
    runs = [r for r in page.runs() if r.text.strip()]
    glyphs = [g for n, r in enumerate(runs) for g in _glyphs(r, n)]
    width = max((g.box[2] for g in glyphs), default=0)
    height = max((g.box[3] for g in glyphs), default=0)
    return Ink(width, height, glyphs, [], [], [])


def _glyphs(run: Any, source: int) -> Iterator[Glyph]:
    weights = [1 if ord(c) < 0x2000 else 2 for c in run.text]
    unit, at, spaced = run.width / sum(weights), run.x, False
    base, size = round(run.y * _UNITS), max(round(run.size * _UNITS), 1)
    for character, weight in zip(run.text, weights, strict=True):
        if character.isspace():
            spaced = True
        else:
            left, right = round(at * _UNITS), round((at + unit * weight) * _UNITS)
            yield Glyph(character, (left, base - size, right, base), base, size, source=source, spaced=spaced)
            spaced = False
        at += unit * weight
