"""What documents cost: each form by itself, beside other programs, and over many departments.

    python benchmarks/bench_documents.py [BOOK] [--beside 10] [--departments 60] [--jobs 2]

First the processor time of each form of one department (median of five; the target is one CPU-second for the five usual
forms of a department of 28 pages). With `--beside N`: N departments as PDF by us, by WeasyPrint from our web pages, and by
LibreOffice from our Word files, each in a process of its own for all N and for one alone, in processor time with all
children. A program that is not installed says so. With `--departments N`: N books of every pack are compiled as a folder
by the command, and what its processes hold is sampled: documents a second, and memory over time, which must not grow.
"""

from __future__ import annotations

import argparse
import io
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pikepdf

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests" / "support"))

from sound_books import packs_of_books, sound_book

from mingzhang.cli.writers import write_all
from mingzhang.compiling.compile import compile_book
from mingzhang.documents.data_files import package_of, parquet_of
from mingzhang.documents.docx import docx_bytes
from mingzhang.documents.pdf import pdf_bytes
from mingzhang.documents.web import web_page
from mingzhang.documents.xlsx import workbook_bytes
from mingzhang.intake.books import read_book
from mingzhang.model.codec import encode

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

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
OURS = """
import sys
from pathlib import Path
from mingzhang.documents.pdf import write_pdf
from mingzhang.readback.stored import read_json
for path in map(Path, sys.argv[1:]):
    write_pdf(read_json(path), path.with_suffix(".ours.pdf"))
"""
WEASYPRINT = """
import sys
from weasyprint import HTML
for path in sys.argv[1:]:
    HTML(path).write_pdf(path.removesuffix(".html") + ".weasyprint.pdf", pdf_tags=True)
"""
COMMAND = "from mingzhang.cli.main import run; run()"
OFFICES = ("soffice", "libreoffice")
SAMPLED = 0.5
"""Seconds between two looks at what the processes hold."""
TOLD = 12
"""So many lines tell a run over many departments."""


def seconds(work: Callable[[], object]) -> float:
    """Give the processor time of one call."""
    started = time.process_time()
    work()
    return time.process_time() - started


def forms_of_one(path: Path) -> None:
    """Time compiling a book and writing each form."""
    book = read_book(path)
    compile_book(book)
    print(f"{'compiling':16} {statistics.median(seconds(lambda: compile_book(book)) for _ in range(5)):6.3f} s")
    disclosure = compile_book(book).disclosure
    total = 0.0
    for name, write in {**USUAL, **FURTHER}.items():
        first = seconds(lambda write=write: write(disclosure))
        usual = statistics.median(seconds(lambda write=write: write(disclosure)) for _ in range(5))
        total += usual if name in USUAL else 0.0
        print(f"{name:16} {usual:6.3f} s, the first in a process {first:6.3f} s")
    print(f"five formats     {total:6.3f} s for {pages_of(pdf_bytes(disclosure))} pages")


def pages_of(pdf: bytes | Path) -> int:
    with pikepdf.open(io.BytesIO(pdf) if isinstance(pdf, bytes) else pdf) as opened:
        return len(opened.pages)


def children_seconds(command: Sequence[str]) -> float:
    """Give the processor time of a command with all of its children."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True, capture_output=True, timeout=3600)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime


def beside(count: int) -> None:
    """Write the same departments by each program, all in one process and one in a process of its own."""
    with tempfile.TemporaryDirectory(prefix="beside-") as name:
        folder = Path(name)
        packs = [p.id for p in packs_of_books()]
        for n in range(count):
            document = compile_book(sound_book(50_000 + n, packs[n % len(packs)])).disclosure
            write_all(document, folder, f"{n:03}", ("json", "html", "docx"), draft=False, fonts="")
        print(
            f"\n{'PDF by':28}{'CPU-s each of ' + str(count):>18}{'pages':>7}{'ratio':>8}{'one alone':>12}{'ratio':>8}"
        )
        first: tuple[float, float] | None = None
        for title, ending, command in programs(folder):
            if command is None:
                print(f"{title:28}{'not installed':>18}")
                continue
            files = sorted(str(p) for p in folder.glob(f"???.{ending}"))
            many, alone = children_seconds([*command, *files]) / count, children_seconds([*command, files[0]])
            first = first or (many, alone)
            pages = sum(pages_of(p) for p in folder.glob(made_as(title)))
            print(
                f"{title:28}{many:18.3f}{pages:7}{many / first[0]:7.1f}x{alone:12.3f}{alone / first[1]:7.1f}x",
                flush=True,
            )


def made_as(title: str) -> str:
    """Name the files that a program makes."""
    return {"Mingzhang": "???.ours.pdf", "WeasyPrint from HTML": "???.weasyprint.pdf"}.get(title, "office/*.pdf")


def programs(folder: Path) -> Iterator[tuple[str, str, list[str] | None]]:
    """Name each program, the form that it takes, and its command, None where it is not installed."""
    yield "Mingzhang", "json", [sys.executable, "-c", OURS]
    weasyprint = subprocess.run([sys.executable, "-c", "import weasyprint"], capture_output=True, check=False)
    yield "WeasyPrint from HTML", "html", None if weasyprint.returncode else [sys.executable, "-c", WEASYPRINT]
    office = next(filter(None, map(shutil.which, OFFICES)), None)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [office or "", profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder / "office")]
    if office is not None:  # the first start writes a profile, which is not counted
        subprocess.run([*command, str(folder / "000.docx")], check=True, capture_output=True, timeout=600)
    yield "LibreOffice from DOCX", "docx", None if office is None else command


def many_departments(count: int, jobs: int) -> None:
    """Compile a folder of departments by the command and watch its processes."""
    with tempfile.TemporaryDirectory(prefix="departments-") as name:
        books, out = Path(name) / "books", Path(name) / "out"
        books.mkdir()
        packs = [p.id for p in packs_of_books()]
        for n in range(count):
            (books / f"{n:05}.json").write_bytes(encode(sound_book(60_000 + n, packs[n % len(packs)])))
        command = [sys.executable, "-c", COMMAND, "compile", str(books), "-o", str(out), "--jobs", str(jobs)]
        print(f"\n{count} departments, {jobs} processes, five forms each")
        print(f"{'seconds':>8}{'documents':>11}{'a second':>10}{'MB a process':>26}{'MB in all':>11}")
        before, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
        running = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        samples: list[tuple[float, int, list[int]]] = []
        told = 0
        while running.poll() is None:
            time.sleep(SAMPLED)
            held = sorted((resident(p) for p in descendants(running.pid)), reverse=True)
            done = len(list(out.glob("*.html"))) if out.exists() else 0
            samples.append((time.perf_counter() - started, done, held))
            if done * TOLD // count > told:
                told = done * TOLD // count
                print(line_of(samples[-1], jobs), flush=True)
        after, took = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter() - started
        done = len(list(out.glob("*.html")))
        cpu = after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime
        print(
            f"{done} of {count} written in {took:.0f} s: {done / took:.2f} a second, {cpu / max(1, done):.3f} CPU-s each"
        )
        tell_growth(samples, count, jobs)


def line_of(sample: tuple[float, int, list[int]], jobs: int) -> str:
    at, done, held = sample
    workers = " ".join(f"{mb:4}" for mb in held[:jobs])
    return f"{at:8.0f}{done:11}{done / at:10.2f}{workers:>26}{sum(held):11}"


def tell_growth(samples: Sequence[tuple[float, int, list[int]]], count: int, jobs: int) -> None:
    """Say how much the working processes held in the second quarter of the run and in the last."""
    quarters = {
        name: [mb for _, done, held in samples if low * count <= done <= high * count for mb in held[:jobs]]
        for name, low, high in (("second", 0.25, 0.5), ("last", 0.75, 1.0))
    }
    if all(quarters.values()):
        told = ", ".join(f"{n} quarter median {statistics.median(q):.0f}, most {max(q)}" for n, q in quarters.items())
        print(f"MB a working process: {told}")


def descendants(process: int) -> list[int]:
    """List the processes that a process started, at any depth, that still run."""
    parents: dict[int, list[int]] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        parents.setdefault(int(fields[1]), []).append(int(stat.parent.name))
    found = [process]
    for one in found:
        found += parents.get(one, ())
    return found


def resident(process: int) -> int:
    """Give the resident memory of a process in MB, 0 if it has ended."""
    try:
        return int(Path(f"/proc/{process}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") // 2**20
    except OSError:
        return 0


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("book", nargs="?", type=Path, default=BOOK)
    parser.add_argument("--beside", type=int, default=10, help="departments written by other programs too (0: none)")
    parser.add_argument("--departments", type=int, default=60, help="departments compiled as a folder (0: none)")
    parser.add_argument("--jobs", type=int, default=2)
    asked = parser.parse_args()
    forms_of_one(asked.book)
    if asked.beside:
        beside(asked.beside)
    if asked.departments:
        many_departments(asked.departments, asked.jobs)


if __name__ == "__main__":
    main()
