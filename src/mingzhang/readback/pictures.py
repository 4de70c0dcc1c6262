"""How a file looks, page by page, beside what was read of it: pictures of a PDF's pages, scans, the lines of other files."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Final

from mingzhang.model.page import Band, Picture
from mingzhang.readback.opening import PDF, PICTURES, file_content
from mingzhang.readback.pdf_opening import opened
from mingzhang.readback.pdf_view import View

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from PIL.Image import Image

_DOTS: Final = 1.6
"""Pixels a point: small print can be read, and thirty pages stay within a few megabytes."""

_MOST_PIXELS: Final = 2_400
"""On the longer side of a page, however large it says it is."""

_SHADES: Final = 16


def pictures_of(path: Path, turned: Mapping[int, int] | None = None) -> dict[int, Picture]:
    """Give a picture of every page of a PDF, or of a scan, by its number; a file of another kind has none.

    Pages that were `turned` so many degrees to be read are shown as they were read.

    Raises:
        UnreadableInput: the file cannot be opened.
    """
    content, turned = file_content(path), turned or {}
    if content.startswith(PICTURES):
        return {n: _framed(frame, turned.get(n, 0)) for n, frame in enumerate(_frames(content), start=1)}
    if PDF not in content[:1024]:
        return {}
    document = opened(content, path.name)
    try:
        return {n + 1: _picture(document[n], turned.get(n + 1, 0)) for n in range(len(document))}
    finally:
        document.close()


def sizes_of(path: Path) -> dict[int, tuple[int, int]]:
    """Give the width and height of every page of a PDF, as seen, in hundredths of a point; of other files nothing.

    Raises:
        UnreadableInput: the file cannot be opened.
    """
    content = file_content(path)
    if PDF not in content[:1024]:
        return {}
    document = opened(content, path.name)
    try:
        out = {}
        for n in range(len(document)):
            page = document[n]  # held while its handle is looked at
            view = View(page.raw)
            out[n + 1] = view.width, view.height
            page.close()
        return out
    finally:
        document.close()


def bands_of(path: Path, bands: Iterable[Band]) -> dict[Band, Picture]:
    """Give pictures of parts of a PDF's pages; a page is drawn once, however many of its parts are asked for.

    Raises:
        UnreadableInput: the file cannot be opened.
    """
    document = opened(file_content(path), path.name)
    pages: dict[int, list[Band]] = {}
    for band in bands:
        pages.setdefault(band.page, []).append(band)
    out: dict[Band, Picture] = {}
    try:
        for number, own in sorted(pages.items()):
            seen, view = _seen(document[number - 1])
            for band in own:
                top, bottom = (at * seen.height // view.height for at in (band.top, band.bottom))
                part = seen.crop((0, top, seen.width, max(bottom, top + 1)))
                out[band] = Picture(_png(part), view.width, band.bottom - band.top)
    finally:
        document.close()
    return out


def _picture(page: object, turned: int) -> Picture:
    seen, view = _seen(page)
    wide, high = (view.height, view.width) if turned % 180 else (view.width, view.height)
    return Picture(_png(seen.rotate(turned, expand=True) if turned else seen), wide, high)


def _frames(content: bytes) -> Iterator[Image]:
    from PIL import Image, ImageSequence  # noqa: PLC0415 - heavy, and only here

    with Image.open(io.BytesIO(content)) as picture:
        for frame in ImageSequence.Iterator(picture):
            yield frame.convert("L")


def _framed(frame: Image, turned: int) -> Picture:
    """Give a frame of a scan as the page it was read as."""
    from mingzhang.readback.ocr import page_width  # noqa: PLC0415

    hundredths = page_width(frame) / frame.width
    seen = frame.rotate(turned, expand=True) if turned else frame
    wide, high = (round(side * hundredths) for side in seen.size)
    most = _MOST_PIXELS / max(seen.size)
    if most < 1:
        seen = seen.resize((round(seen.width * most), round(seen.height * most)))
    return Picture(_png(seen), wide, high)


def _seen(page: object) -> tuple[Image, View]:
    import pypdfium2  # noqa: PLC0415 - heavy, and only here

    assert isinstance(page, pypdfium2.PdfPage)
    view = View(page.raw)
    longest = max(view.width, view.height) / 100
    seen = page.render(scale=min(_DOTS, _MOST_PIXELS / max(longest, 1)), grayscale=True).to_pil()
    page.close()
    return seen, view


def _png(seen: Image) -> bytes:
    """Write a page in a few even shades of grey: half the size of a full picture, and print is black."""
    from PIL import Image  # noqa: PLC0415 - heavy, and only here

    most = _SHADES - 1
    nearest = [(level * most + 127) // 255 for level in range(256)]
    page = Image.frombytes("P", seen.size, seen.convert("L").point(nearest).tobytes())
    page.putpalette([shade for n in range(_SHADES) for shade in (255 * n // most,) * 3])
    out = io.BytesIO()
    page.save(out, "PNG", bits=4, compress_level=6)  # smaller by a twentieth would take six times as long
    return out.getvalue()
