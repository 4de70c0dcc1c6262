"""Families B to D over many documents: together in DuckDB, and the same rules asked of each document, in one run.

    python benchmarks/bench_sql.py [DOCUMENTS] [DIFFERENT] [WRONG PER CENT] [exact]

DIFFERENT random documents are repeated up to DOCUMENTS; in so many per cent of the different ones errors are planted. With
`exact` the queries of `mingzhang rules sql` are run too, which tell every verdict, also of what holds. All roads must say
the same, or the benchmark stops. Times by the clock depend on what else the machine does: compare within one run.
"""

from __future__ import annotations

import os
import sys
import time
from collections import Counter
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests" / "support"))

from slips import damaged
from sound_books import packs_of_books, sound_book

from mingzhang.compiling.compile import compile_book
from mingzhang.rules.catalogue import RULES
from mingzhang.rules.declared_rules import run_declared, violations
from mingzhang.rules.engine import pack_of
from mingzhang.rules.figures import Figures
from mingzhang.rules.sql.queries import compiled, written
from mingzhang.rules.sql.running import loaded
from mingzhang.rules.sql.screening import laid_out, screened

FAMILIES = "BCD"
RULES_ASKED = tuple(r for r in RULES if r.holds and r.id[0] in FAMILIES)


def main(count: int, different: int, per_cent: int, *, exact: bool) -> None:
    packs, random = packs_of_books(), Random(20261121)
    made = [compile_book(sound_book(n, packs[n % len(packs)].id)).disclosure for n in range(different)]
    made = [damaged(d, random) if n * per_cent % 100 < per_cent else d for n, d in enumerate(made)]
    print(f"{count} documents of {different}, errors in {per_cent}%, {len(RULES_ASKED)} rules, {os.cpu_count()} cores")
    documents = [Figures(made[n % different], pack_of(made[n % different])) for n in range(count)]
    found = together(documents)
    if found != one_by_one(documents):
        sys.exit("the two roads differ")
    if exact:
        every_verdict(documents)


class Watch:
    """Takes times by the clock and of the processor, all cores together."""

    def __init__(self) -> None:
        self.start = time.perf_counter(), time.process_time()

    def told(self, what: str, count: int, more: str = "") -> None:
        clock, spent = time.perf_counter() - self.start[0], time.process_time() - self.start[1]
        rates = f"{count / clock:8.0f} documents/s {count / spent:8.0f} a second of one core"
        print(f"{what:32}{clock:8.2f} s {rates}   {more}", flush=True)


def together(documents: list[Figures]) -> set[tuple[int, str]]:
    """Add everything up in DuckDB and ask the rules about what does not come to nothing."""
    count = len(documents)
    watch = Watch()
    laid = laid_out(documents)
    watch.told("laying out as numbers", count, f"{len(laid.docs)} figures, {len(laid.cells)} cells")
    both = Watch()
    found = screened(RULES_ASKED, laid)
    both.told("DuckDB", count, f"{found.identities} identities")
    watch = Watch()
    by_id = {r.id: r for r in RULES_ASKED}
    asked = [(n, number) for n, own in found.suspects.items() for number in sorted(own)]
    out = {(n, number) for n, number in asked if any(True for _ in violations(by_id[number], documents[n]))}
    watch.told("rules asked of what is left", count, f"{len(asked)} of {count * len(RULES_ASKED)}, {len(out)} speak")
    both.told("DuckDB and what is left", count)
    return out


def one_by_one(documents: list[Figures]) -> set[tuple[int, str]]:
    watch = Watch()
    out = {(n, r.id) for n, d in enumerate(documents) for r in RULES_ASKED if any(True for _ in violations(r, d))}
    watch.told("rules one by one", len(documents))
    return out


def every_verdict(documents: list[Figures]) -> None:
    """Run the exact queries and hold every verdict against those of the rules."""
    watch = Watch()
    database = loaded(documents)
    watch.told("loading text relations", len(documents))
    queries = {r.id: written(query, "duckdb") for r in RULES_ASKED if (query := compiled(r).verdicts) is not None}
    by_sql: Counter[tuple[str, str]] = Counter()
    watch = Watch()
    for number, query in queries.items():
        counted = database.execute(f"SELECT outcome, count(*) FROM ({query}) AS q GROUP BY outcome").fetchall()
        by_sql.update({(number, outcome): n for outcome, n in counted})
    watch.told("exact queries", len(documents))
    watch = Watch()
    by_rules: Counter[tuple[str, str]] = Counter()
    for one in documents:
        for rule in RULES_ASKED:
            by_rules.update((rule.id, r.verdict.outcome) for r in run_declared(rule, one) if r.verdict is not None)
    watch.told("rules, every verdict", len(documents))
    if by_sql != by_rules:
        sys.exit(f"the two roads differ: {by_sql - by_rules} {by_rules - by_sql}")


if __name__ == "__main__":
    numbers = [a for a in sys.argv[1:] if a.isdigit()]
    given = (*numbers, *("2000", "100", "10")[len(numbers) :])
    main(*(int(a) for a in given[:3]), exact="exact" in sys.argv)
