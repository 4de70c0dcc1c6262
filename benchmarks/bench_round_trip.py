"""All five forms of random documents and of the examples read back, the data attached to PDFs not used.

    python benchmarks/bench_round_trip.py [--documents 300] [--from N] [--formats pdf,docx] [--jobs 2] [--show]

For each form: how many documents come back equal in every figure, number of a sentence, field of a form and term; how
many of them `mingzhang diff` finds no difference in, which compares titles, notes and paragraphs word by word too; and how
many things are in doubt. Documents are compiled from sound random books of every pack in turn; `--from` takes other books
and leaves the examples out. Running totals go to standard error, so that a run which is stopped has said something.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import traceback
from collections import Counter
from concurrent.futures import ProcessPoolExecutor, as_completed
from multiprocessing import get_context
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests" / "support"))

from printed_alone import read_printed
from readings import differing, doubts, said
from sound_books import packs_of_books, sound_book

from mingzhang.cli.writers import write_all
from mingzhang.comparing.versions import changes
from mingzhang.compiling.compile import compile_book
from mingzhang.intake.books import read_book

EXAMPLES = Path(__file__).resolve().parents[1] / "examples"
FORMATS = ("pdf", "docx", "xlsx", "html", "json")
EVERY = 20
TASKS_A_CHILD = 50


def measured(what: str | int, pack: str, formats: tuple[str, ...]) -> tuple[dict[str, Counter[str]], list[str]]:
    """Write one document in every form, read each back, and count; the lines tell what is not equal."""
    book = read_book(Path(what)) if isinstance(what, str) else sound_book(what, pack)
    document = compile_book(book).disclosure
    name = f"{what if isinstance(what, int) else Path(what).stem} {book.pack}"
    counts: dict[str, Counter[str]] = {}
    lines: list[str] = []
    with tempfile.TemporaryDirectory(prefix="round-trip-") as folder:
        for form, path in zip(
            formats, write_all(document, Path(folder), "a", formats, draft=False, fonts=""), strict=True
        ):
            read = read_printed(path)
            different = differing(document, read)
            told = changes(document, read)
            counts[form] = Counter(
                documents=1, equal=not different, worded=not told, things=said(document).total(),
                different=len(different), doubts=len(doubts(read)),
            )  # fmt: skip
            lines += [f"    {form} {name}: {line[:200]}" for line in different]
            lines += [f"    {form} {name}: {c.kind} {c.key}: {c.was} → {c.now}" for c in told]
    return counts, lines


def table_of(counts: dict[str, Counter[str]]) -> str:
    """Lay out the totals."""
    lines = [f"{'form':8}{'documents':>10}{'equal':>8}{'by diff':>9}{'things said':>13}{'different':>11}{'doubts':>8}"]
    lines += [
        f"{form:8}{c['documents']:10}{c['equal']:8}{c['worded']:9}{c['things']:13}{c['different']:11}{c['doubts']:8}"
        for form, c in counts.items()
    ]
    return "\n".join(lines)


def main() -> int:
    """Measure all of them; 1 if anything differs."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=300)
    parser.add_argument("--from", dest="first", type=int, default=0, help="the first seed (0: with the examples)")
    parser.add_argument("--formats", default=",".join(FORMATS))
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--show", action="store_true", help="say what is not equal")
    asked = parser.parse_args()
    formats = tuple(asked.formats.split(","))
    packs = [p.id for p in packs_of_books()]
    books: list[tuple[str | int, str]] = [] if asked.first else [(str(p), "") for p in sorted(EXAMPLES.glob("*.json"))]
    seeds = range(asked.first, asked.first + max(0, asked.documents - len(books)))
    books += [(n, packs[n % len(packs)]) for n in seeds]
    counts: dict[str, Counter[str]] = {f: Counter() for f in formats}
    failed = 0
    with ProcessPoolExecutor(
        asked.jobs, mp_context=get_context("spawn"), max_tasks_per_child=TASKS_A_CHILD
    ) as processes:
        waiting = {
            processes.submit(measured, what, pack, formats): (what, pack) for what, pack in books[: asked.documents]
        }
        for n, done in enumerate(as_completed(waiting), 1):
            try:
                own, lines = done.result()
            except Exception:  # noqa: BLE001 - a document that cannot be measured is told, and the rest goes on
                failed += 1
                print("    not measured:", waiting[done], traceback.format_exc(), flush=True)
                continue
            for form, count in own.items():
                counts[form].update(count)
            if asked.show and lines:
                print("\n".join(lines), flush=True)
            if n % EVERY == 0:
                print(f"after {n} of {len(waiting)}\n{table_of(counts)}", file=sys.stderr, flush=True)
    print(table_of(counts))
    if failed:
        print(f"{failed} not measured")
    return 1 if failed or any(c["equal"] < c["documents"] for c in counts.values()) else 0


if __name__ == "__main__":
    sys.exit(main())
