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


def told(what: str, seconds: float, count: int, more: str = "") -> None:
    print(f"{what:34}{seconds:8.2f} s   {count / seconds:8.0f} documents/s   {more}", flush=True)


def together(documents: list[Figures]) -> set[tuple[int, str]]:
    """Add everything up in DuckDB and ask the rules about what does not come to nothing."""
    count = len(documents)
    first = time.perf_counter()
    laid = laid_out(documents)
    second = time.perf_counter()
    told("laying out as numbers", second - first, count, f"{len(laid.docs)} figures, {len(laid.cells)} cells")
    found = screened(RULES_ASKED, laid)
    third = time.perf_counter()
    told("DuckDB", third - second, count, f"{found.identities} identities")
    by_id = {r.id: r for r in RULES_ASKED}
    asked = [(n, number) for n, own in found.suspects.items() for number in sorted(own)]
    out = {(n, number) for n, number in asked if any(True for _ in violations(by_id[number], documents[n]))}
    last = time.perf_counter()
    told(
        "rules asked of what is left",
        last - third,
        count,
        f"{len(asked)} of {count * len(RULES_ASKED)}, {len(out)} speak",
    )
    told("DuckDB and what is left", last - second, count)
    return out


def one_by_one(documents: list[Figures]) -> set[tuple[int, str]]:
    start = time.perf_counter()
    out = {(n, r.id) for n, d in enumerate(documents) for r in RULES_ASKED if any(True for _ in violations(r, d))}
    told("rules one by one, one core", time.perf_counter() - start, len(documents))
    return out


def every_verdict(documents: list[Figures]) -> None:
    """Run the exact queries and hold every verdict against those of the rules."""
    start = time.perf_counter()
    database = loaded(documents)
    told("loading text relations", time.perf_counter() - start, len(documents))
    queries = {r.id: written(query, "duckdb") for r in RULES_ASKED if (query := compiled(r).verdicts) is not None}
    by_sql: Counter[tuple[str, str]] = Counter()
    start = time.perf_counter()
    for number, query in queries.items():
        counted = database.execute(f"SELECT outcome, count(*) FROM ({query}) AS q GROUP BY outcome").fetchall()
        by_sql.update({(number, outcome): n for outcome, n in counted})
    told("exact queries", time.perf_counter() - start, len(documents))
    start = time.perf_counter()
    by_rules: Counter[tuple[str, str]] = Counter()
    for one in documents:
        for rule in RULES_ASKED:
            by_rules.update((rule.id, r.verdict.outcome) for r in run_declared(rule, one) if r.verdict is not None)
    told("rules, every verdict, one core", time.perf_counter() - start, len(documents))
    if by_sql != by_rules:
        sys.exit(f"the two roads differ: {by_sql - by_rules} {by_rules - by_sql}")


if __name__ == "__main__":
    numbers = [a for a in sys.argv[1:] if a.isdigit()]
    given = (*numbers, *("2000", "100", "10")[len(numbers) :])
    main(*(int(a) for a in given[:3]), exact="exact" in sys.argv)
