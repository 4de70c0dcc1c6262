"""How fast `mingzhang check FOLDER` is as its users have it: every report written, all documents held against each other.

    python benchmarks/bench_batch.py [COUNT]

COUNT departments (600 unless told) are compiled, no two alike, and written as files; then the command is run on their
folder, once for the reports and once more, when it finds that nothing has changed. By the clock and of the processor.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import time
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests" / "support"))

from sound_books import sound_book

from mingzhang.compiling.compile import compile_book
from mingzhang.documents.stored import write_json
from mingzhang.forms.packs import pack_ids

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mingzhang.model.book import Book

COUNT, FIRST = 600, 50_000
SPENDING, PROJECTS = 12, 5
"""A department has so many lines of spending and projects at least."""


def departments() -> Iterator[Book]:
    """Give departments of all forms in turn."""
    packs = pack_ids()
    seed = FIRST
    while True:
        book = sound_book(seed, packs[seed % len(packs)])
        if len(book.spending) >= SPENDING and len(book.projects) >= PROJECTS:
            yield book
        seed += 1


def seconds(folder: Path, out: Path) -> tuple[float, float]:
    """Run the command: seconds by the clock and of the processor; it ends with 1 where documents contradict each other."""
    start, before = time.perf_counter(), children()
    command = [sys.executable, "-c", "from mingzhang.cli.main import run; run()", "check", str(folder), "-o", str(out)]
    done = subprocess.run(command, capture_output=True, check=False, text=True)
    if done.returncode not in {0, 1} or not (out / "area.html").exists():
        raise RuntimeError(done.stderr)
    return time.perf_counter() - start, children() - before


def children() -> float:
    """Give the seconds of the processor that processes begun here have taken with theirs."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def main() -> None:
    """Measure it."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else COUNT
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch, "in")
        folder.mkdir()
        for n, book in enumerate(islice(departments(), count)):
            write_json(compile_book(book).disclosure, folder / f"{n:06}.json")
        for name in ("checked, all reports written", "asked again, nothing changed"):
            clock, processor = seconds(folder, Path(scratch, "out"))
            each = f"{processor / count * 1000:6.1f} ms of the processor each"
            print(f"{name:<30} {clock:6.1f} s   {count / clock:6.1f} documents a second   {each}")


if __name__ == "__main__":
    main()
