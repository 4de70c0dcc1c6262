"""Silence: what the rules say of compiled documents, in which nothing is wrong: no error, no warning.

    python benchmarks/bench_silence.py [--count 5000] [--from N] [--minutes M]

Books are those of `tests/support/sound_books.py`, of every pack in turn, each another seed. Stops after so many minutes
with what was done by then.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests" / "support"))

from sound_books import packs_of_books, sound_book

from mingzhang.compiling.compile import compile_book
from mingzhang.rules.engine import check


def main() -> None:
    """Compile, check, and print whatever is said above a hint."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=5000)
    parser.add_argument("--from", dest="first", type=int, default=10_000)
    parser.add_argument("--minutes", type=float, default=60)
    given = parser.parse_args()
    packs = [p.id for p in packs_of_books()]
    stop = time.monotonic() + 60 * given.minutes
    loud: Counter[str] = Counter()
    done = 0
    for n in range(given.first, given.first + given.count):
        pack = packs[n % len(packs)]
        said = [f for f in check(compile_book(sound_book(n, pack)).disclosure) if f.severity != "hint"]
        for found in said:
            print(f"{pack} {n}: {found.rule} {found.severity} {found.message}", flush=True)
        loud[pack] += bool(said)
        done += 1
        if time.monotonic() > stop:
            break
    print(f"{done} documents of {len(packs)} packs, {sum(loud.values())} with an error or a warning")


if __name__ == "__main__":
    main()
