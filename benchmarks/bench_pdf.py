"""How exactly and how fast PDF files are read, layout by layout; other programs beside it are in `bench_readers.py`.

    python benchmarks/bench_pdf.py [--documents 300] [--sample FILE.pdf]

Random disclosures are printed in the layouts of `tests/support/pdf_layouts.py`, read back without any attachment and
compared cell by cell: exact, missing or wrong, invented, and silently wrong (wrong or invented without a doubt).
Times are for reading alone; compare within one run only.
"""

from __future__ import annotations

import argparse
import csv
import io
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests" / "support"))

from pdf_layouts import ALSO, LAYOUTS, emptied_columns, tables_pdf
from sound_books import packs_of_books, sound_book

from mingzhang.compiling.compile import compile_book
from mingzhang.documents.exports import cells_csv
from mingzhang.model.fault import Fault
from mingzhang.readback.doors import read_file
from mingzhang.readback.pdf import read_pages

if TYPE_CHECKING:
    from mingzhang.model.disclosure import Disclosure

Cells = dict[tuple[str, str, str], tuple[str, str]]


def cells(disclosure: Disclosure) -> Cells:
    """Give the figures of a disclosure by key, each with its doubt."""
    rows = csv.DictReader(io.StringIO(cells_csv(disclosure)))
    return {(r["table"], r["row"], r["column"]): (r["value"], r["doubt"]) for r in rows}


def compared(wanted: Cells, got: Cells) -> Counter[str]:
    """Count the cells that are exact, and those that are not, by what is wrong with them."""
    wrong = {k for k, (value, _) in wanted.items() if k in got and got[k][0] != value}
    invented = {k for k in got if k not in wanted}
    missing = {k for k in wanted if k not in got}
    return Counter(
        cells=len(wanted),
        exact=len(wanted) - len(wrong) - len(missing),
        wrong=len(wrong),
        missing=len(missing),
        invented=len(invented),
        silent=sum(not got[k][1] for k in wrong | invented),
    )


def layout_table(documents: int, folder: Path) -> None:
    """Print one line for each layout."""
    packs = [p.id for p in packs_of_books()]
    each = max(1, documents // len(LAYOUTS))
    print("| layout | files | cells | exact | % | missing | wrong | invented | silent | pages/s |")
    print("|---|---|---|---|---|---|---|---|---|---|")
    for layout in (*LAYOUTS, *ALSO):
        total: Counter[str] = Counter()
        pages, seconds = 0, 0.0
        for seed in range(1000, 1000 + each):
            document = compile_book(sound_book(seed, packs[seed % len(packs)])).disclosure
            if layout == "empty":
                document = emptied_columns(document, seed)
            path = folder / f"{layout}-{seed}.pdf"
            path.write_bytes(tables_pdf(document, layout, seed))
            start = time.perf_counter()
            pages += len(read_pages(path.read_bytes(), path.name).pages)
            seconds += time.perf_counter() - start
            try:
                total += compared(cells(document), cells(read_file(path)))
            except Fault:
                total += Counter(cells=len(cells(document)), missing=len(cells(document)))
            path.unlink()
        share = 100 * total["exact"] / max(total["cells"], 1)
        print(
            f"| {layout} | {each} | {total['cells']} | {total['exact']} | {share:.2f} | {total['missing']} | {total['wrong']}"
            f" | {total['invented']} | {total['silent']} | {pages / seconds:.1f} |",
            flush=True,
        )


def sample_lines(path: Path) -> None:
    """Print how fast a real file is read: its pages alone, and as a disclosure."""
    content = path.read_bytes()
    for name, run in (
        ("pages and cells", lambda: read_pages(content, path.name)),
        ("the whole disclosure", lambda: read_file(path)),
    ):
        run()
        start = time.perf_counter()
        run()
        seconds = time.perf_counter() - start
        pages = len(read_pages(content, path.name).pages)
        print(f"{path.name}: {name}: {pages / seconds:.1f} pages/s")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=300, help="how many in the six layouts together")
    parser.add_argument("--sample", type=Path, help="a real PDF")
    asked = parser.parse_args()
    if asked.sample is not None:
        sample_lines(asked.sample)
    with tempfile.TemporaryDirectory() as folder:
        layout_table(asked.documents, Path(folder))


if __name__ == "__main__":
    main()
