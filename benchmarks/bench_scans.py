"""What is read of scans: figures right, doubted, missing or silently wrong, by kind of scan.

python benchmarks/bench_scans.py --documents 6 [--scan "150 dpi"]

The tables of random disclosures are printed ruled, scanned (`tests/support/scans.py`) and recognised: `mingzhang[ocr]` is
needed. A page takes one to four seconds; every line is printed when it is done.
"""

from __future__ import annotations

import argparse
import csv
import io
import sys
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests" / "support"))

from pdf_layouts import tables_pdf
from scans import SCANNERS, scanned_pdf
from sound_books import packs_of_books, sound_book

from mingzhang.compiling.compile import compile_book
from mingzhang.documents.exports import cells_csv
from mingzhang.model.fault import Fault
from mingzhang.readback.doors import read_opened
from mingzhang.readback.opening import opened_content

if TYPE_CHECKING:
    from mingzhang.model.disclosure import Disclosure

HEAD = ("right", "doubted", "missing", "wrong", "invented")
"""Doubted: not right, and said so; wrong and invented: without a word."""


def cells(disclosure: Disclosure) -> dict[tuple[str, str, str], tuple[str, bool]]:
    """Give the figures of a disclosure, each with whether it is doubted, in its cell, its row or its table."""
    tables = {t.id: bool(t.doubts) for t in disclosure.tables}
    rows = {(t.id, r.key): bool(r.doubt) for t in disclosure.tables for r in t.rows}
    out = {}
    for r in csv.DictReader(io.StringIO(cells_csv(disclosure))):
        unsure = bool(r["doubt"]) or rows.get((r["table"], r["row"]), False) or tables.get(r["table"], False)
        out[r["table"], r["row"], r["column"]] = r["value"], unsure
    return out


def compared(document: Disclosure, reading: Disclosure | None, *, show: bool) -> Counter[str]:
    """Count what became of the figures of a document."""
    wanted, got = cells(document), cells(reading) if reading is not None else {}
    unsure = {t.id for t in reading.tables if t.doubts} if reading is not None else set()
    out: Counter[str] = Counter()
    for key, (value, _doubt) in wanted.items():
        found, doubt = got.pop(key, (None, key[0] in unsure))
        kind = "right" if found == value else "doubted" if doubt else "missing" if found is None else "wrong"
        out[kind] += 1
        if show and kind != "right":
            print("   ", kind, *key, "printed", value, "read", found)
    for key, (value, doubt) in got.items():
        out["doubted" if doubt else "invented"] += 1
        if show:
            print("    invented", *key, value)
    return out


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=6, help="how many of each kind of scan")
    parser.add_argument("--first", type=int, default=0, help="the seed of the first document")
    parser.add_argument("--scan", choices=SCANNERS, action="append", help="this kind alone; may be given again")
    parser.add_argument("--show", action="store_true", help="name the figures that are not right")
    asked = parser.parse_args()
    packs = [p.id for p in packs_of_books()]
    print("| scan | documents | " + " | ".join(HEAD) + " | pages | seconds a page |")
    print("|---" * (len(HEAD) + 4) + "|")
    for name in asked.scan or SCANNERS:
        total: Counter[str] = Counter()
        pages, seconds = 0, 0.0
        for seed in range(asked.first, asked.first + asked.documents):
            document = compile_book(sound_book(seed, packs[seed % len(packs)])).disclosure
            content = scanned_pdf(tables_pdf(document, "ruled", seed), SCANNERS[name], seed=seed)
            start = time.perf_counter()
            try:
                opened = opened_content(content, "scan.pdf")
                reading = read_opened(opened)
                pages += len(opened.pages)
            except Fault:
                reading = None
            seconds += time.perf_counter() - start
            total += compared(document, reading, show=asked.show)
        counts = " | ".join(str(total[h]) for h in HEAD)
        print(f"| {name} | {asked.documents} | {counts} | {pages} | {seconds / max(pages, 1):.1f} |", flush=True)


if __name__ == "__main__":
    main()
