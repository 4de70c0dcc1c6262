"""Which figure is wrong: one to five figures printed wrongly, looked for among the smallest repairs shown first.

    python benchmarks/bench_localisation.py [--count 500] [--seed N] [--undeclared] [--misses]

Documents are compiled from generated books of every pack and from the examples; what is planted are slips of the pen
(`tests/support/planted.py`), each of which the rules notice by itself: of what nothing notices, no repair can be found
(`bench_mutation.py` counts that). Found means that every cause shown has, among the repairs shown, one of planted figures,
and that these together are all that were planted. `--undeclared` drops the declaration that all adds up exactly.
"""

from __future__ import annotations

import argparse
import statistics
import sys
from collections import defaultdict
from pathlib import Path
from random import Random

from msgspec.structs import replace

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests" / "support"))

from planted import Located, located, planted
from sound_books import packs_of_books, sound_book

from mingzhang.compiling.compile import compile_book
from mingzhang.intake.books import read_book
from mingzhang.rules.rechecking import Checked

MOST = 5
EACH = 5


def main() -> None:
    """Plant and look; print shares by how many were planted, and how long it took."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--undeclared", action="store_true")
    parser.add_argument("--misses", action="store_true")
    given = parser.parse_args()
    random = Random(given.seed)
    books = [read_book(p) for p in sorted((Path(__file__).resolve().parents[1] / "examples").glob("*.json"))]
    packs = [p.id for p in packs_of_books()]
    found: dict[int, list[Located]] = defaultdict(list)
    done = 0
    while done < given.count:
        turn = done // EACH
        book = books[turn] if turn < len(books) else sound_book(given.seed * 1000 + turn, packs[turn % len(packs)])
        document = compile_book(book).disclosure
        document = replace(document, rounding="unknown") if given.undeclared else document
        checked = Checked(document)
        for _ in range(min(EACH, given.count - done)):
            count = done % MOST + 1
            wrong = planted(checked, count, random)
            result = located(document, wrong)
            if result is None:
                continue
            done += 1
            found[count].append(result)
            if given.misses and not result.figures:
                print(book.pack, [(f"{r.source}/{r.row}/{r.column}", f.printed) for r, f in wrong], result.alternatives)
    every = [r for own in found.values() for r in own]
    for count, own in sorted(found.items()):
        share = sum(r.figures for r in own) / len(own)
        exact = sum(r.amounts for r in own) / len(own)
        print(
            f"{count} planted: {len(own)} documents, {share:.1%} among those shown, {exact:.1%} with the right amounts"
        )
    times = sorted(r.seconds for r in every)
    print(f"{len(every)} documents, {sum(r.figures for r in every) / len(every):.1%} among those shown")
    print(
        f"seconds of the processor: median {statistics.median(times):.3f}, p95 {times[int(len(times) * 0.95)]:.3f}, most {times[-1]:.3f}; "
        f"{sum(t <= 0.2 for t in times) / len(times):.1%} within 0.2"
    )
    shown = sorted(r.alternatives for r in every)
    print(f"repairs of the most open cause: median {shown[len(shown) // 2]}, p95 {shown[int(len(shown) * 0.95)]}")


if __name__ == "__main__":
    main()
