"""A gallery of page pictures: every page of the examples as PDF, and as LibreOffice and Chromium show the other forms.

    python tools/gallery.py -o out/gallery [--against OLD_GALLERY] [--sample PUBLISHED.pdf]

`index.html` shows the pages side by side; against an older gallery every page that looks different is shown first, with
what differs in red. `beside.html` has each page of a PDF beside the page of the Word file that says most alike, as
LibreOffice shows it, and each page of a published document beside ours that is most of its kind. LibreOffice and Chromium
are left out, and named, where they are not installed.
"""

from __future__ import annotations

import argparse
import html
import itertools
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path
from typing import Final

import pypdfium2
from PIL import Image, ImageChops

from mingzhang.cli.writers import write_all
from mingzhang.compiling.compile import compile_book
from mingzhang.intake.books import read_book

EXAMPLES: Final = Path(__file__).resolve().parents[1] / "examples"
SCALE: Final = 0.9
"""Pixels a point: pages can be told apart, and a whole gallery stays small."""

NOTICED: Final = 24
"""How much darker or lighter a point must be to count as different."""

WORDS: Final[dict[str, str]] = {}
"""The text of each page by the name of its picture."""

STYLE: Final = """
body { font: 15px/1.6 "Noto Sans CJK SC", "Source Han Sans SC", sans-serif; margin: 2rem; background: #eceef1; color: #1d2024; }
h1 { font-size: 1.4rem; } h2 { font-size: 1.1rem; margin: 2rem 0 .5rem; }
.pages { display: flex; flex-wrap: wrap; gap: 12px; align-items: flex-start; }
figure { margin: 0; background: #fff; box-shadow: 0 1px 5px #0003; } img { display: block; height: 330px; width: auto; }
figcaption { font-size: 12px; text-align: center; padding: 2px; color: #666; } .pair { padding: 6px; background: #dfe3e8; } .changed { outline: 3px solid #b3261e; }
"""


def main() -> int:
    """Draw the pictures and the page; 1 if any differs."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("-o", "--output", type=Path, default=Path("out/gallery"))
    parser.add_argument("--against", type=Path, help="a gallery made earlier")
    parser.add_argument(
        "--sample", type=Path, action="append", default=[], help="a published PDF to be shown beside ours"
    )
    parser.add_argument("books", nargs="*", type=Path, help="books (default: the examples)")
    asked = parser.parse_args()
    if asked.output.exists():
        shutil.rmtree(asked.output)
    asked.output.mkdir(parents=True)
    books = asked.books or sorted(EXAMPLES.glob("*.json"))
    for tool in ("soffice", "chromium"):
        if shutil.which(tool) is None:
            print(f"{tool} is not installed: its pictures are left out")
    with tempfile.TemporaryDirectory(prefix="gallery-") as folder:
        for book in books:
            count = _pictures(book, Path(folder), asked.output)
            print(f"{book.stem}: {count} pictures")
    for sample in asked.sample:
        print(f"{sample.name}: {_pages(sample, asked.output, f'{sample.stem}.sample')} pictures")
    (asked.output / "beside.html").write_text(_beside(books, asked.sample), encoding="utf-8")
    changed = _compare(asked.output, asked.against) if asked.against else {}
    (asked.output / "index.html").write_text(
        _page(asked.output, changed, compared=bool(asked.against)), encoding="utf-8"
    )
    if asked.against:
        print(f"{len(changed)} pictures differ from {asked.against}")
    print(asked.output / "index.html")
    return 1 if changed else 0


def _pictures(book: Path, folder: Path, output: Path) -> int:
    """Write the pictures of one book; give how many."""
    document = compile_book(read_book(book)).disclosure
    written = write_all(document, folder, book.stem, ("pdf", "docx", "html"), draft=False, fonts="")
    pdf, word, page = written
    count = _pages(pdf, output, f"{book.stem}.pdf")
    if shutil.which("soffice"):
        profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
        command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder / "word"), str(word)]
        subprocess.run(command, check=True, capture_output=True, timeout=300)
        count += _pages(folder / "word" / f"{book.stem}.pdf", output, f"{book.stem}.docx")
    if shutil.which("chromium"):
        target = output / f"{book.stem}.html-01.png"
        command = [
            "chromium",
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--hide-scrollbars",
            "--window-size=900,1270",
        ]
        command += [f"--user-data-dir={folder / 'browser'}", f"--screenshot={target}", page.as_uri()]
        subprocess.run(command, check=True, capture_output=True, timeout=120)
        count += 1
    return count


def _pages(path: Path, output: Path, name: str) -> int:
    document = pypdfium2.PdfDocument(path)
    for n in range(len(document)):
        picture = document[n].render(scale=SCALE).to_pil().quantize(64)
        picture.save(output / f"{name}-{n + 1:02}.png", optimize=True)
        WORDS[f"{name}-{n + 1:02}.png"] = document[n].get_textpage().get_text_bounded()
    count = len(document)
    document.close()
    return count


def _beside(books: list[Path], samples: list[Path]) -> str:
    """Pair pages that say alike: ours with Word's of the same book, a published document's with ours of the same kind."""
    parts = ["<p><a href=index.html>All pages</a></p>"]
    for book in books:
        ours, words = _named(f"{book.stem}.pdf"), _named(f"{book.stem}.docx")
        pairs = [(page, _most_alike(page, words, digits=True)) for page in ours] if words else []
        parts.append(f"<h2>{html.escape(book.stem)}: PDF, and Word in LibreOffice</h2>{_pairs(pairs)}" if pairs else "")
    every = [name for book in books for name in _named(f"{book.stem}.pdf")]
    for sample in samples:
        pairs = [(page, _most_alike(page, every, digits=False)) for page in _named(f"{sample.stem}.sample")]
        parts.append(f"<h2>{html.escape(sample.name)}, and ours</h2>{_pairs(pairs)}")
    return f"<!DOCTYPE html><meta charset=utf-8><title>Beside</title><style>{STYLE}</style><h1>Beside</h1>{''.join(parts)}\n"


def _named(name: str) -> list[str]:
    return sorted(n for n in WORDS if n.rpartition("-")[0] == name)


def _most_alike(page: str, others: list[str], *, digits: bool) -> str:
    """Give the page that shares most pairs of characters with another; with `digits` figures count too."""
    own = _couples(WORDS[page], digits=digits)
    return max(others, key=lambda o: _likeness(own, _couples(WORDS[o], digits=digits)))


def _couples(text: str, *, digits: bool) -> Counter[str]:
    text = "".join(c for c in text if not c.isspace() and (digits or not c.isdigit()))
    return Counter(a + b for a, b in itertools.pairwise(text))


def _likeness(one: Counter[str], other: Counter[str]) -> float:
    return 2 * (one & other).total() / ((one.total() + other.total()) or 1)


def _pairs(pairs: list[tuple[str, str]]) -> str:
    shown = (f'<div class="pages pair">{_figure(a, a, "")}{_figure(b, b, "")}</div>' for a, b in pairs)
    return f"<div class=pages>{''.join(shown)}</div>"


def _compare(new: Path, old: Path) -> dict[str, str]:
    """Say of each picture that differs how; write what differs beside it in red."""
    out = {}
    for path in sorted(new.glob("*.png")):
        before = old / path.name
        if not before.exists():
            out[path.name] = "new"
        elif (share := _difference(path, before, new / "different" / path.name)) > 0:
            out[path.name] = f"{100 * share:.2f} %"
    gone = {p.name for p in old.glob("*.png")} - {p.name for p in new.glob("*.png")}
    return out | dict.fromkeys(sorted(gone), "gone")


def _difference(new: Path, old: Path, target: Path) -> float:
    a, b = Image.open(new).convert("L"), Image.open(old).convert("L")
    if a.size != b.size:
        b = b.resize(a.size)
    mask = ImageChops.difference(a, b).point(lambda v: 255 if v > NOTICED else 0)
    share = sum(mask.histogram()[1:]) / (a.width * a.height)
    if share:
        target.parent.mkdir(exist_ok=True)
        marked = Image.composite(Image.new("RGB", a.size, "#b3261e"), a.convert("RGB"), mask)
        marked.save(target)
    return share


def _page(folder: Path, changed: dict[str, str], *, compared: bool) -> str:
    parts = []
    if compared:
        shown = "".join(
            _figure(f"different/{n}" if (folder / "different" / n).exists() else n, f"{n}: {how}", "changed")
            for n, how in changed.items()
            if how != "gone"
        )
        gone = ", ".join(n for n, how in changed.items() if how == "gone")
        parts.append(f"<h2>{len(changed)} different</h2><div class=pages>{shown}</div><p>{html.escape(gone)}</p>")
    groups: dict[str, list[str]] = {}
    for path in sorted(folder.glob("*.png")):
        groups.setdefault(path.name.rpartition("-")[0], []).append(path.name)
    for name, pictures in groups.items():
        figures = "".join(_figure(p, p.rpartition("-")[2].removesuffix(".png"), "") for p in pictures)
        parts.append(f"<h2>{html.escape(name)}</h2><div class=pages>{figures}</div>")
    return f"<!DOCTYPE html><meta charset=utf-8><title>Gallery</title><style>{STYLE}</style><h1>Gallery</h1>{''.join(parts)}\n"


def _figure(source: str, caption: str, kind: str) -> str:
    return (
        f'<figure class="{kind}"><a href="{html.escape(source)}"><img src="{html.escape(source)}" alt="{html.escape(caption)}"'
        f' loading="lazy"></a><figcaption>{html.escape(caption)}</figcaption></figure>'
    )


if __name__ == "__main__":
    sys.exit(main())
