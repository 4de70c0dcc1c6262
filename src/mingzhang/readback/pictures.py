"""How a file looks, page by page, beside what was read of it: pictures of a PDF's pages, the lines of other files."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Final

from mingzhang.model.page import Picture
from mingzhang.readback.doors import PDF, file_content
from mingzhang.readback.pdf_opening import opened
from mingzhang.readback.pdf_view import View

if TYPE_CHECKING:
    from pathlib import Path

_DOTS: Final = 1.6
"""Pixels a point: small print can be read, and thirty pages stay within a few megabytes."""

_MOST_PIXELS: Final = 2_400
"""On the longer side of a page, however large it says it is."""

_SHADES: Final = 16


def pictures_of(path: Path) -> dict[int, Picture]:
    """Give a picture of every page of a PDF by its number; a file of another kind has none.

    Raises:
        UnreadableInput: the file cannot be opened.
    """
    content = file_content(path)
    if PDF not in content[:1024]:
        return {}
    document = opened(content, path.name)
    try:
        return {n + 1: _picture(document[n]) for n in range(len(document))}
    finally:
        document.close()


def _picture(page: object) -> Picture:
    import pypdfium2  # noqa: PLC0415 - heavy, and only here

    assert isinstance(page, pypdfium2.PdfPage)
    view = View(page.raw)
    longest = max(view.width, view.height) / 100
    seen = page.render(scale=min(_DOTS, _MOST_PIXELS / max(longest, 1)), grayscale=True).to_pil()
    page.close()
    out = io.BytesIO()
    # a few shades of grey: half the size of a full picture, and print is black
    seen.quantize(_SHADES).save(out, "PNG", optimize=True)
    return Picture(out.getvalue(), view.width, view.height)
