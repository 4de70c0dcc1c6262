"""What an attacker of its own making can conclude of withheld amounts, in what is published of random books.

    python benchmarks/bench_withheld.py [BOOKS] [FIRST_SEED]

Each book has one to three withheld lines and projects, left out or merged. It is compiled; where it is refused, with
the steps that are proposed. Then `tests/support/attacker.py`, which shares no code with the project, computes for every
withheld amount the interval of what can be concluded, by exact fractions. Beside it: the same of documents made without
looking, and of documents after an earlier version in which what is now left out stood merged.
"""

from __future__ import annotations

import json
import statistics
import sys
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests" / "support"))

from attacker import Sum, interval, told
from msgspec.structs import replace
from secret_books import secret_book

from mingzhang.compiling.compile import compile_book, disclosure_of
from mingzhang.compiling.withheld import published
from mingzhang.compiling.withheld_check import Revealed
from mingzhang.compiling.withheld_proposal import taken
from mingzhang.forms.packs import load_pack, pack_ids
from mingzhang.model.codec import encode

if TYPE_CHECKING:
    from mingzhang.model.book import Book
    from mingzhang.model.disclosure import Disclosure

FORMS = Path(__file__).resolve().parents[1] / "src" / "mingzhang" / "forms"


def seen(disclosure: Disclosure, book: Book, policy: str = "") -> list[Sum]:
    """Give what the attacker reads out of a document as it is stored."""
    standards = FORMS / "standards" / load_pack(book.pack).standards
    form = FORMS / "packs" / book.pack
    return told(json.loads(encode(disclosure)), json.loads(encode(book)), form, standards, policy)


def attacked(book: Book, sums: list[Sum], counts: Counter[str], what: str) -> None:
    """Count withheld amounts, those with an upper end, and those that the attacker pins."""
    pack = load_pack(book.pack)
    truth = {x.id: x.amount for x in (*book.spending, *book.year_end)}
    for secret in published(book, pack).secrets:
        low, high = interval(sums, truth, secret.lines)
        counts[f"{what}: amounts"] += 1
        counts[f"{what}: bounded"] += high is not None
        width = max(-(-secret.amount * pack.withheld.rate // 100), pack.withheld.floor)
        counts[f"{what}: pinned"] += high is not None and high - low < width


def compiled(
    book: Book, counts: Counter[str], what: str, beside: tuple[Disclosure, ...] = ()
) -> tuple[Book, Disclosure]:
    """Compile a book; refused, with the steps proposed."""
    try:
        made = compile_book(book, beside=beside).disclosure
    except Revealed as refused:
        counts[f"{what}: refused"] += 1
        if refused.proposal is None:
            raise
        counts[f"{what}: steps"] += len(refused.proposal.steps)
        counts[f"{what}: smallest"] += refused.proposal.smallest
        book = taken(book, refused.proposal.steps)
        made = compile_book(book, beside=beside).disclosure
    return book, made


def main() -> None:
    """Attack one book after the other."""
    books = int(sys.argv[1]) if len(sys.argv) > 1 else 500
    first = int(sys.argv[2]) if len(sys.argv) > 2 else 0
    counts: Counter[str] = Counter()
    times: list[float] = []
    packs = pack_ids()
    for n in range(first, first + books):
        book = secret_book(n, packs[n % len(packs)])
        pack = load_pack(book.pack)
        unseen = disclosure_of(published(book, pack).book, pack)
        attacked(book, seen(unseen, book), counts, "made without looking")
        start = time.perf_counter()
        safe, made = compiled(book, counts, "published")
        times.append(time.perf_counter() - start)
        attacked(safe, seen(made, safe), counts, "published")
        merged = replace(book, withheld=tuple(replace(w, policy="merged") for w in book.withheld))
        before, earlier = compiled(merged, Counter(), "earlier")
        now = replace(before, withheld=tuple(replace(w, policy="left_out", cover=(), fold=()) for w in book.withheld))
        try:
            later, made = compiled(now, counts, "after an earlier version", (earlier,))
        except Revealed:
            counts["after an earlier version: no way out"] += 1
        else:
            both = [*seen(made, later), *seen(earlier, before)]
            attacked(later, both, counts, "after an earlier version")
        if (n + 1 - first) % 25 == 0:
            print(f"{n + 1 - first} books", file=sys.stderr, flush=True)
    for name in sorted(counts):
        print(f"{name:45} {counts[name]:7}")
    print(f"compile with the proof, and a proposal where refused: median {1000 * statistics.median(times):.0f} ms, "
          f"longest {1000 * max(times):.0f} ms")  # fmt: skip


if __name__ == "__main__":
    main()
