"""Draw the pictures of `docs/pictures` from the examples, as they come out of the program today.

    python tools/pictures.py [-o docs/pictures]

Each is a row or two of pages on a quiet ground, in few enough colours to stay below 150 kB.
"""

from __future__ import annotations

import argparse
import io
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pypdfium2
from PIL import Image, ImageDraw

from mingzhang.compiling.compile import compile_book
from mingzhang.documents.pdf import pdf_bytes
from mingzhang.documents.theme_loading import load_theme
from mingzhang.intake.books import read_book

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mingzhang.model.disclosure import Disclosure

ROOT: Final = Path(__file__).resolve().parents[1]
GROUND: Final = "#e9ecf0"
EDGE: Final = "#c3cad2"
GAP: Final = 18
LARGEST: Final = 150_000

Pick = tuple[str, str, str]
"""An example, a theme, and a page: `cover`, or words that stand on it."""

PICTURES: Final[dict[str, tuple[tuple[Pick, ...], int, int]]] = {
    "pages": (
        (
            ("school-2024", "", "cover"),
            ("school-2024", "", "2024年预算收支总表\n"),
            ("school-2024", "", "收入预算图"),
            ("school-2024", "", "预算收支流向图"),
        ),
        4,
        430,
    ),
    "themes": (
        (
            ("school-2024", "", "cover"),
            ("county-agriculture-2025", "vermilion", "cover"),
            ("district-bureau-2025", "celadon", "cover"),
            ("school-2024", "", "2024年一般公共预算支出预算表"),
            ("county-agriculture-2025", "vermilion", "2025年一般公共预算支出表"),
            ("district-bureau-2025", "celadon", "2025年部门支出预算总表"),
        ),
        3,
        400,
    ),
    "form": ((("county-agriculture-2025", "", "项目绩效目标表"),), 1, 1100),
    "across": ((("district-bureau-2025", "", "2025年部门收入预算总表"),), 1, 1100),
}
"""The pages of each picture, how many stand in a row, and how wide each is in pixels."""


def main() -> None:
    """Draw all of them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("-o", "--output", type=Path, default=ROOT / "docs" / "pictures")
    output: Path = parser.parse_args().output
    made: dict[str, Disclosure] = {}
    for name, (picks, across, wide) in PICTURES.items():
        pages = []
        for example, theme, words in picks:
            if example not in made:
                book = read_book(ROOT / "examples" / f"{example}.json")
                made[example] = compile_book(book, charts=True).disclosure
            pages.append(page_of(made[example], theme, words, wide))
        content = together(pages, across)
        assert len(content) < LARGEST, (name, len(content))
        (output / f"{name}.png").write_bytes(content)
        print(f"{name}.png: {len(content) // 1000} kB")


def page_of(document: Disclosure, theme: str, words: str, wide: int) -> Image.Image:
    """Draw the first page behind the contents that holds these words, or the cover."""
    content = pdf_bytes(document, theme=load_theme(theme))
    with pypdfium2.PdfDocument(content) as pdf:
        texts = [page.get_textpage().get_text_bounded().replace("\r\n", "\n") for page in pdf]
        found = 0 if words == "cover" else next(n for n, t in enumerate(texts) if n > 1 and words.strip() in t)
        return pdf[found].render(scale=2 * wide / pdf[found].get_width()).to_pil().resize(
            (wide, round(wide * pdf[found].get_height() / pdf[found].get_width())), Image.Resampling.LANCZOS
        )  # fmt: skip


def together(pages: Sequence[Image.Image], across: int) -> bytes:
    """Lay pages in rows on the ground, each with a thin edge, and give the PNG."""
    wide = max(p.width for p in pages)
    rows = [pages[n : n + across] for n in range(0, len(pages), across)]
    high = [max(p.height for p in row) for row in rows]
    sheet = Image.new("RGB", (across * (wide + GAP) + GAP, sum(h + GAP for h in high) + GAP), GROUND)
    draw = ImageDraw.Draw(sheet)
    y = GAP
    for row, tall in zip(rows, high, strict=True):
        for n, page in enumerate(row):
            x, top = GAP + n * (wide + GAP), y + (tall - page.height) // 2
            sheet.paste(page, (x, top))
            draw.rectangle((x - 1, top - 1, x + page.width, top + page.height), outline=EDGE)
        y += tall + GAP
    out = io.BytesIO()
    sheet.quantize(128, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE).save(out, "PNG", optimize=True)
    return out.getvalue()


if __name__ == "__main__":
    main()
