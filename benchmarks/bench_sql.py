"""Families B to D over many documents: together in DuckDB, and the same rules asked of each document, in one run.

    python benchmarks/bench_sql.py [DOCUMENTS] [DIFFERENT] [WRONG PER CENT] [PROCESSES] [alone] [exact]

DIFFERENT random documents are repeated up to DOCUMENTS; in so many per cent of the different ones errors are planted. The
documents are shared out among processes, which wait for each other before each step; told are the time by the clock from the
first that begins a step to the last that ends it, and what all processors spent. With `exact` the queries of
`mingzhang rules sql` are run too, which tell every verdict, also of what holds; with `alone` no other road is run. All roads
must say the same, or the benchmark stops. Times by the clock depend on what else the machine does: compare within one run.
"""

from __future__ import annotations

import multiprocessing
import os
import sys
import time
from collections import Counter
from contextlib import contextmanager
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests" / "support"))

from slips import damaged
from sound_books import packs_of_books, sound_book

from mingzhang.compiling.compile import compile_book
from mingzhang.rules.catalogue import RULES
from mingzhang.rules.declared_rules import run_declared, violations
from mingzhang.rules.engine import pack_of
from mingzhang.rules.figures import Figures
from mingzhang.rules.sql.layout import laid_out
from mingzhang.rules.sql.queries import compiled, written
from mingzhang.rules.sql.running import loaded
from mingzhang.rules.sql.screening import screened

if TYPE_CHECKING:
    from collections.abc import Iterator
    from multiprocessing.synchronize import Barrier

    from mingzhang.model.disclosure import Disclosure

FAMILIES = "BCD"
RULES_ASKED = tuple(r for r in RULES if r.holds and r.id[0] in FAMILIES)

Steps = dict[str, tuple[float, float, float]]
"""When each step began and ended by the clock of the machine, and what the processor spent on it."""


def main(count: int, different: int, per_cent: int, processes: int, *, alone: bool, exact: bool) -> None:
    packs, random = packs_of_books(), Random(20261121)
    made = [compile_book(sound_book(n, packs[n % len(packs)].id)).disclosure for n in range(different)]
    made = [damaged(d, random) if n * per_cent % 100 < per_cent else d for n, d in enumerate(made)]
    print(
        f"{count} documents of {different}, errors in {per_cent}%, {len(RULES_ASKED)} rules, "
        f"{processes} processes, {os.cpu_count()} cores"
    )
    found = shared_out(made, count, processes)
    if alone:
        return
    documents = [Figures(made[n % different], pack_of(made[n % different])) for n in range(count)]
    if found != one_by_one(documents):
        sys.exit("the two roads differ")
    if exact:
        every_verdict(documents)


def shared_out(made: list[Disclosure], count: int, processes: int) -> set[tuple[int, str]]:
    """Share the documents out among processes; print what each step took, and give what was found."""
    context = multiprocessing.get_context("fork")
    barrier, answers = context.Barrier(processes), context.SimpleQueue()
    own = [
        context.Process(target=one_share, args=(made, count, n, processes, barrier, answers)) for n in range(processes)
    ]
    for process in own:
        process.start()
    shares = [answers.get() for _process in own]
    for process in own:
        process.join()
    for step in shares[0][0]:
        began, ended, spent = zip(*(steps[step] for steps, _found, _more in shares), strict=True)
        tell(step, count, max(ended) - min(began), sum(spent), ", ".join(more[step] for _s, _f, more in shares))
    both = [[steps["DuckDB"], steps["rules asked of what is left"]] for steps, _found, _more in shares]
    clock = sum(
        max(end for _b, end, _s in one) - min(begin for begin, _e, _s in one) for one in zip(*both, strict=True)
    )
    tell("DuckDB and what is left", count, clock, sum(spent for own in both for _b, _e, spent in own))
    return {pair for _steps, found, _more in shares for pair in found}


def one_share(  # noqa: PLR0917 - what, which of it, with whom
    made: list[Disclosure],
    count: int,
    first: int,
    processes: int,
    barrier: Barrier,
    answers: multiprocessing.SimpleQueue[tuple[Steps, list[tuple[int, str]], dict[str, str]]],
) -> None:
    """Add everything of a share up in DuckDB and ask the rules about what does not come to nothing."""
    steps: Steps = {}
    more: dict[str, str] = {}

    @contextmanager
    def step(name: str) -> Iterator[None]:
        barrier.wait()
        began, before = time.monotonic(), time.process_time()
        yield
        steps[name] = began, time.monotonic(), time.process_time() - before

    numbers = range(count * first // processes, count * (first + 1) // processes)
    documents = [Figures(made[n % len(made)], pack_of(made[n % len(made)])) for n in numbers]
    with step("laying out as numbers"):
        laid = laid_out(documents)
    more["laying out as numbers"] = f"{len(laid.docs)} figures, {len(laid.cells)} cells"
    with step("DuckDB"):
        found = screened(RULES_ASKED, laid, threads=1)
    more["DuckDB"] = f"{found.identities} identities"
    by_id = {r.id: r for r in RULES_ASKED}
    asked = [(n, number, of) for n, own in found.suspects.items() for number, of in sorted(own.items())]
    with step("rules asked of what is left"):
        out = {(n, number) for n, number, of in asked if any(True for _ in violations(by_id[number], documents[n], of))}
    more["rules asked of what is left"] = f"{len(asked)} of {len(documents) * len(RULES_ASKED)}, {len(out)} speak"
    answers.put((steps, [(numbers[n], number) for n, number in out], more))


def tell(step: str, count: int, clock: float, spent: float, more: str = "") -> None:
    rates = f"{count / clock:8.0f} documents/s {count / spent:8.0f} a second of one core"
    print(f"{step:32}{clock:8.2f} s {rates}   {more}", flush=True)


class Watch:
    """Takes times by the clock and of the processor, all cores together."""

    def __init__(self) -> None:
        self.start = time.perf_counter(), time.process_time()

    def told(self, what: str, count: int, more: str = "") -> None:
        clock, spent = time.perf_counter() - self.start[0], time.process_time() - self.start[1]
        tell(what, count, clock, spent, more)


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
    given = (*numbers, *("2000", "100", "10", str(os.cpu_count() or 1))[len(numbers) :])
    main(*(int(a) for a in given[:4]), alone="alone" in sys.argv, exact="exact" in sys.argv)
