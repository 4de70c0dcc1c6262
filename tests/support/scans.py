"""Scans made of printed pages: as many dots an inch as asked, on their side, a little askew, with the grain of a sensor."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from PIL.Image import Image


class Scanner(msgspec.Struct, frozen=True):
    """How pages are scanned: `turn` in degrees against the clock, `askew` in tenths of a degree, `grain` in shades of grey."""

    dots: int = 200
    turn: int = 0
    askew: int = 0
    grain: int = 0
    quality: int = 80


SCANNERS = {
    "150 dpi": Scanner(150),
    "200 dpi": Scanner(200),
    "300 dpi": Scanner(300),
    "on its side": Scanner(turn=90),
    "upside down": Scanner(turn=180),
    "askew 0.6°": Scanner(askew=6),
    "grain": Scanner(grain=14, quality=60),
    "150 dpi, askew, grain": Scanner(150, askew=-4, grain=10, quality=60),
    "110 dpi, askew, coarse grain": Scanner(110, askew=3, grain=28, quality=40),
}
"""The scans that are measured, by name."""


def scanned(content: bytes, scanner: Scanner, *, seed: int = 0) -> list[Image]:
    """Give the pages of a PDF as a scanner takes them."""
    import numpy as np  # noqa: PLC0415 - heavy, and only here
    import pypdfium2  # noqa: PLC0415
    from PIL import Image  # noqa: PLC0415

    random = np.random.default_rng(seed)
    document = pypdfium2.PdfDocument(content)
    pages = []
    for n in range(len(document)):
        page = document[n].render(scale=scanner.dots / 72, grayscale=True).to_pil()
        if scanner.askew:
            page = page.rotate(scanner.askew / 10, fillcolor=255, resample=Image.Resampling.BICUBIC)
        if scanner.grain:
            noisy = np.asarray(page).astype("int16") + random.normal(0, scanner.grain, (page.height, page.width))
            page = Image.fromarray(noisy.clip(0, 255).astype("uint8"))
        pages.append(page.rotate(scanner.turn, expand=True))
    document.close()
    return pages


def scanned_pdf(content: bytes, scanner: Scanner, *, seed: int = 0) -> bytes:
    """Give a PDF that holds the pictures of another one's pages and no text."""
    first, *rest = scanned(content, scanner, seed=seed)
    out = io.BytesIO()
    first.save(out, "PDF", save_all=True, append_images=rest, resolution=scanner.dots, quality=scanner.quality)
    return out.getvalue()
