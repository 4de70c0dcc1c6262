"""What each stage of the road costs; a typical department compiled, documents checked, checked again, in two processes.

    python benchmarks/bench_stages.py [FOLDER]

The first table gives stages as multiples of compiling the same book in the same run: absolute times mean nothing on a
busy machine. Below stand ms of the processor with what is aimed at; the last line goes by the clock, at all times and at those
at which a loop that is always the same shows the machine at its own speed. Departments are compiled
once each, no two of one shape, in a process that has compiled their forms, and then again and again. FOLDER holds
published documents (text, PDF …) to be checked beside the examples. `asked` is all rules asked of a document that this
process never saw; `told` also writes the findings, with all smallest repairs of what fails, which have an aim of their own.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

from msgspec.structs import replace

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests" / "support"))

from sound_books import sound_book

from mingzhang.batch.collecting import collect_seldom
from mingzhang.compiling.compile import compile_book, disclosure_of
from mingzhang.documents.pdf import write_pdf
from mingzhang.documents.xlsx import write_xlsx
from mingzhang.forms.packs import all_packs, load_pack
from mingzhang.intake.books import read_book
from mingzhang.model.codec import decode, encode
from mingzhang.model.disclosure import Disclosure
from mingzhang.model.fault import Fault
from mingzhang.model.figure import spell
from mingzhang.readback.doors import read_file
from mingzhang.readback.workbook import read_workbook
from mingzhang.rules.catalogue import RULES
from mingzhang.rules.engine import check, pack_of, results_of
from mingzhang.rules.figures import Figures
from mingzhang.rules.rechecking import Checked

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from mingzhang.model.book import Book

EXAMPLES = Path(__file__).resolve().parents[1] / "examples"
RUNS = 7
EDITS = 10
PROCESSES = 2
SECONDS = 20
YARD, LOT, OWN_SPEED = 20_000, 8, 1.15
FACTS, PROJECTS = range(20, 26), 8


def times_ms(stage: Callable[[], object], runs: int = RUNS) -> list[float]:
    """Time a stage after one warm-up."""
    stage()
    times = []
    for _ in range(runs):
        start = time.process_time()
        stage()
        times.append((time.process_time() - start) * 1000)
    return times


def median_ms(stage: Callable[[], object], runs: int = RUNS) -> float:
    """Time a stage after one warm-up, the median."""
    return statistics.median(times_ms(stage, runs))


def first_times_ms(books: Sequence[Book]) -> list[float]:
    """Time compiling each of some books, none of which this process ever saw; what a form needs is there already."""
    times = []
    for book in books:
        start = time.process_time()
        compile_book(book)
        times.append((time.process_time() - start) * 1000)
    return times


def spread(times: Sequence[float], aim: str = "") -> str:
    """Give the median and the 95th percentile of some times, and what is aimed at."""
    ordered = sorted(times)
    told = (
        f"median {statistics.median(ordered):6.1f}   p95 {ordered[int(len(ordered) * 0.95)]:6.1f}   n {len(ordered):4}"
    )
    return f"{told}   aim: {aim}" if aim else told


def line_of(path: Path, folder: Path) -> str:
    """Measure one example."""
    book = read_book(path)
    pack = load_pack(book.pack)
    disclosure = disclosure_of(book, pack)
    stored, sheet, page = encode(disclosure), folder / "a.xlsx", folder / "a.pdf"
    base = median_ms(lambda: disclosure_of(book, pack))
    stages = (
        lambda: compile_book(book, pack),
        lambda: encode(disclosure),
        lambda: decode(stored, Disclosure),
        lambda: check(disclosure),
        lambda: write_xlsx(disclosure, sheet),
        lambda: read_workbook(sheet),
        lambda: write_pdf(disclosure, page),
    )
    return f"{path.stem:<22}{base:>9.1f}" + "".join(f"{median_ms(s) / base:>9.2f}x" for s in stages)


def typical_books() -> Iterator[Book]:
    """Give departments of 20 to 25 spending lines, a third of them of eight or more projects, ten of each form."""
    for pack in all_packs():
        made = (sound_book(seed, pack.id) for seed in range(2000))
        own = (b for b in made if len(b.spending) in FACTS and len(b.projects) >= PROJECTS)
        yield from (book for _, book in zip(range(10), own, strict=False))


def documents(folder: Path | None) -> Iterator[Disclosure]:
    """Give the examples and typical departments as compiled, and what a folder's files are read as."""
    for book in (*map(read_book, sorted(EXAMPLES.glob("*.json"))), *typical_books()):
        yield compile_book(book).disclosure
    for path in sorted(folder.iterdir()) if folder is not None else ():
        try:
            yield read_file(path)
        except Fault as reason:
            print(f"left out: {reason}", file=sys.stderr)


def edited(document: Disclosure, random: Random) -> Disclosure:
    """Move one figure of a table by its last digit."""
    cells = [
        (t, r, key)
        for t, table in enumerate(document.tables)
        for r, row in enumerate(table.rows)
        for key, figure in row.cells.items()
        if figure.digits
    ]
    t, r, key = random.choice(cells)
    table, row = document.tables[t], document.tables[t].rows[r]
    figure = row.cells[key]
    digits = (figure.digits or 0) + 1
    figure = replace(figure, digits=digits, printed=spell(digits, figure.places, grouped=False))
    rows = list(table.rows)
    rows[r] = replace(row, cells={**row.cells, key: figure})
    tables = list(document.tables)
    tables[t] = replace(table, rows=tuple(rows))
    return replace(document, tables=tuple(tables))


def rechecks(document: Disclosure, random: Random) -> Iterator[tuple[float, float, float]]:
    """Edit a document again and again: ms to ask the rules again, to tell their findings, and to check it anew."""
    checked = Checked(document)
    for _ in range(EDITS):
        now = edited(checked.disclosure, random)
        start = time.process_time()
        checked = checked.after(now)
        asked = time.process_time()
        found = checked.findings
        told = time.process_time()
        anew = check(now)
        end = time.process_time()
        if found != anew:
            raise AssertionError(now.unit_name)
        yield (asked - start) * 1000, (told - asked) * 1000, (end - told) * 1000


def asked_and_told(stored: list[bytes]) -> tuple[list[float], list[float]]:
    """Ask all rules of documents, each for the first time in this process, and check them; ms of each."""
    asked, told = [], []
    for data in stored:
        document = decode(data, Disclosure)
        start = time.process_time()
        for _result in results_of(RULES, Figures(document, pack_of(document))):
            pass
        asked.append((time.process_time() - start) * 1000)
        start = time.process_time()
        check(document)
        told.append((time.process_time() - start) * 1000)
    return asked, told


def yardstick() -> float:
    """Time a loop that is always the same: how fast the machine is at the moment."""
    start = time.perf_counter()
    total = 0
    for n in range(YARD):
        total += n
    return time.perf_counter() - start


def checked_for(stored: list[bytes], seconds: float) -> list[tuple[int, float, float]]:
    """Decode and check documents over and over, as one process of a batch does: how many, in which time, at which yardstick."""
    collect_seldom()
    for data in stored:
        check(decode(data, Disclosure))
    lots = [stored[n : n + LOT] for n in range(0, len(stored), LOT)]
    found: list[tuple[int, float, float]] = []
    begin, before = time.perf_counter(), yardstick()
    while time.perf_counter() - begin < seconds:
        lot = lots[len(found) % len(lots)]
        start = time.perf_counter()
        for data in lot:
            check(decode(data, Disclosure))
        clock, after = time.perf_counter() - start, yardstick()
        found.append((len(lot), clock, max(before, after)))
        before = after
    return found


def throughput(stored: list[bytes]) -> tuple[float, float, float]:
    """Give the documents a second that two processes decode and check with all families, by the clock: always, and at the
    moments at which nobody else slowed the machine down, with the share of those.
    """
    with ProcessPoolExecutor(PROCESSES, mp_context=get_context("spawn")) as pool:
        done = list(pool.map(checked_for, [stored] * PROCESSES, [SECONDS] * PROCESSES))
    best = min(yard for own in done for _, _, yard in own)
    free = [[lot for lot in own if lot[2] < best * OWN_SPEED] for own in done]
    rates = [sum(sum(c for c, _, _ in own) / sum(t for _, t, _ in own) for own in kind if own) for kind in (done, free)]
    return rates[0], rates[1], sum(map(len, free)) / sum(map(len, done))


def main() -> None:
    """Measure all of it."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else None
    heads = ("add up", "encode", "decode", "check", "xlsx", "reread", "pdf")
    print(f"{'book':<22}{'print ms':>9}" + "".join(f"{h:>10}" for h in heads))
    with tempfile.TemporaryDirectory() as scratch:
        for path in sorted(EXAMPLES.glob("*.json")):
            print(line_of(path, Path(scratch)))
    books = list(typical_books())
    print("\nms")
    print(f"{f'compile {len(books)} departments, once each':<34}", spread(first_times_ms(books), "median 30"))
    print(
        f"{'  each of them again and again':<34}",
        spread([t for b in books for t in times_ms(lambda b=b: compile_book(b))], "median 30"),
    )
    made = list(documents(folder))
    stored = [encode(d) for d in made]
    asked, told = asked_and_told(stored)
    print(f"{'check a document: asked':<34}", spread(asked, "p95 20"))
    print(f"{'  and told, with repairs':<34}", spread(told, "200 each"))
    random = Random(1)
    again = [times for d in made for times in rechecks(d, random)]
    for name, times, aim in zip(
        ("one figure edited: rules asked", "  findings told, with repairs", "  all checked anew"),
        zip(*again, strict=True),
        ("median 2", "", ""),
        strict=True,
    ):
        print(f"{name:<34}", spread(times, aim))
    rate, free, share = throughput(stored)
    print(
        f"\n{rate:.0f} documents a second, decoded and checked in {PROCESSES} processes, all families, with repairs;"
        f" {free:.0f} in the {share:.0%} of the time in which the machine was at its own speed   aim: 300"
    )


if __name__ == "__main__":
    main()
