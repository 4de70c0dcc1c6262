"""Processor time of writing all formats of one department, format by format, and memory of a process over many.

`bench_documents.py [BOOK] [--many N]`: compiles the book once, writes each format five times and prints the median; with
`--many` goes on writing all five usual formats N times and prints how the process grows. Targets: one CPU-second for the
five formats of a department of 28 pages, no growth.
"""

from __future__ import annotations

import argparse
import io
import resource
import statistics
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pikepdf

from mingzhang.compiling.compile import compile_book
from mingzhang.documents.data_files import package_of, parquet_of
from mingzhang.documents.docx import docx_bytes
from mingzhang.documents.pdf import pdf_bytes
from mingzhang.documents.web import web_page
from mingzhang.documents.xlsx import workbook_bytes
from mingzhang.intake.books import read_book
from mingzhang.model.codec import encode

if TYPE_CHECKING:
    from collections.abc import Callable

    from mingzhang.model.disclosure import Disclosure

BOOK = Path(__file__).resolve().parents[1] / "examples" / "park-2023.json"
USUAL: dict[str, Callable[[Disclosure], object]] = {
    "json": encode,
    "xlsx": workbook_bytes,
    "pdf": pdf_bytes,
    "docx": docx_bytes,
    "html": web_page,
}
FURTHER: dict[str, Callable[[Disclosure], object]] = {
    "pdf, draft": lambda d: pdf_bytes(d, draft=True),
    "parquet": parquet_of,
    "datapackage.zip": package_of,
}


def seconds(work: Callable[[], object]) -> float:
    """Give the processor time of one call."""
    started = time.process_time()
    work()
    return time.process_time() - started


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("book", nargs="?", type=Path, default=BOOK)
    parser.add_argument("--many", type=int, default=0)
    asked = parser.parse_args()
    book = read_book(asked.book)
    compile_book(book)
    print(f"{'compiling':16} {statistics.median(seconds(lambda: compile_book(book)) for _ in range(5)):6.3f} s")
    disclosure = compile_book(book).disclosure
    total = 0.0
    for name, write in {**USUAL, **FURTHER}.items():
        first = seconds(lambda write=write: write(disclosure))
        usual = statistics.median(seconds(lambda write=write: write(disclosure)) for _ in range(5))
        total += usual if name in USUAL else 0.0
        print(f"{name:16} {usual:6.3f} s, the first in a process {first:6.3f} s")
    with pikepdf.open(io.BytesIO(pdf_bytes(disclosure))) as pdf:
        print(f"five formats     {total:6.3f} s for {len(pdf.pages)} pages")
    for n in range(1, asked.many + 1):
        made = compile_book(book).disclosure
        for write in USUAL.values():
            write(made)
        if n in {10, asked.many // 2, asked.many}:
            print(f"after {n:5} departments {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB")


if __name__ == "__main__":
    main()
