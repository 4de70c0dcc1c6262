"""Families B to D by SQL in DuckDB over many documents, against the same rules asked of each document, in one run.

    python benchmarks/bench_sql.py [DOCUMENTS] [DIFFERENT]

DIFFERENT random documents are repeated up to DOCUMENTS. Loading them, which is done once, stands apart. Both roads must say
the same, or the benchmark stops. Times by the clock depend on what else the machine does: compare within one run.
"""

from __future__ import annotations

import os
import sys
import time
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests" / "support"))

from sound_books import packs_of_books, sound_book

from mingzhang.compiling.compile import compile_book
from mingzhang.rules.catalogue import RULES
from mingzhang.rules.declared_rules import run_declared
from mingzhang.rules.engine import pack_of
from mingzhang.rules.figures import Figures
from mingzhang.rules.sql.queries import compiled, written
from mingzhang.rules.sql.running import loaded

FAMILIES = "BCD"


def main(count: int, different: int) -> None:
    packs = packs_of_books()
    made = [compile_book(sound_book(n, packs[n % len(packs)].id)).disclosure for n in range(different)]
    documents = [Figures(made[n % different], pack_of(made[n % different])) for n in range(count)]
    rules = [r for r in RULES if r.holds and r.id[0] in FAMILIES]
    start = time.perf_counter()
    database = loaded(documents)
    figures = database.execute("SELECT count(*) FROM figures").fetchone()
    stop = time.perf_counter()
    print(f"{count} documents, {figures[0] if figures else 0} figures, {len(rules)} rules, {os.cpu_count()} cores")
    print(f"loading                 {stop - start:7.2f} s   {count / (stop - start):8.0f} documents/s")
    start = time.perf_counter()
    queries = {r.id: written(query, "duckdb") for r in rules if (query := compiled(r).verdicts) is not None}
    print(
        f"writing {len(queries)} queries      {time.perf_counter() - start:7.2f} s   once for any number of documents"
    )
    by_sql: Counter[tuple[str, str]] = Counter()
    slowest = []
    clock, processor = time.perf_counter(), time.process_time()
    for number, query in queries.items():
        begun = time.perf_counter()
        counted = database.execute(f"SELECT outcome, count(*) FROM ({query}) AS q GROUP BY outcome").fetchall()
        slowest.append((time.perf_counter() - begun, number))
        by_sql.update({(number, outcome): n for outcome, n in counted})
    seconds, spent = time.perf_counter() - clock, time.process_time() - processor
    print(
        f"SQL                     {seconds:7.2f} s   {count / seconds:8.0f} documents/s   ({spent:.2f} s of processor)"
    )
    print("  slowest:", ", ".join(f"{number} {s:.2f} s" for s, number in sorted(slowest, reverse=True)[:6]))
    by_rules: Counter[tuple[str, str]] = Counter()
    clock = time.perf_counter()
    for one in documents:
        for rule in rules:
            by_rules.update((rule.id, r.verdict.outcome) for r in run_declared(rule, one) if r.verdict is not None)
    seconds = time.perf_counter() - clock
    print(f"rules, one core         {seconds:7.2f} s   {count / seconds:8.0f} documents/s")
    if by_sql != by_rules:
        sys.exit(f"the two roads differ: {by_sql - by_rules} {by_rules - by_sql}")


if __name__ == "__main__":
    main(*(int(a) for a in (*sys.argv[1:3], *("1000", "30")[len(sys.argv) - 1 :])))
