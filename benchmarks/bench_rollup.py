"""Departments of three units: every document rounded by itself against all of them together, in one run.

python benchmarks/bench_rollup.py [departments] [seed]
"""

from __future__ import annotations

import statistics
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests" / "support"))

from typing import TYPE_CHECKING

from msgspec.structs import replace
from sound_books import sound_book

from mingzhang.compiling.additivity import links_of
from mingzhang.compiling.facts import facts_of
from mingzhang.compiling.rollup_documents import WHOLE, Documents, compile_department
from mingzhang.compiling.rollup_ties import ties_of
from mingzhang.forms.packs import load_pack
from mingzhang.rules.engine import check
from mingzhang.rules.figures import Figures

if TYPE_CHECKING:
    from mingzhang.model.book import Book

PACK = "shanxi-2024"


def unit(seed: int, code: str, scope: str) -> Book:
    book = sound_book(seed, PACK)
    return replace(
        book,
        scope=scope,
        unit_code=code,
        unit_name=f"示例单位{code}",
        members=(),
        spending=tuple(replace(x, unit="") for x in book.spending),
        year_end=tuple(replace(x, unit="") for x in book.year_end),
        projects=tuple(replace(p, unit="") for p in book.projects),
        department_goals=None,
        claims=(),
    )


def broken_ties(done: Documents, units: dict[str, Book]) -> tuple[int, int]:
    """Count the figures of the department that units print the parts of, and those that are not their sum."""
    pack = load_pack(PACK)
    made = [(code, units.get(code, done.book), c.disclosure) for code, c in done.documents.items()]
    made.sort(key=lambda m: m[0] != WHOLE)
    ties = ties_of([(code, links_of(b, pack, facts_of(b, pack), d)) for code, b, d in made])
    printed = {code: Figures(d, pack) for code, _, d in made}
    return len(ties), sum(not t.holds(printed) for t in ties)


def main(count: int, seed: int) -> None:
    rows: dict[str, list[tuple[int, int, int, int, float]]] = {"each by itself": [], "together": []}
    apart = 0
    for n in range(count):
        scopes = ("own_office", "unit", "unit")
        books = [unit(seed * 10_000 + 10 * n + i, f"90{i}", s) for i, s in enumerate(scopes)]
        units = {b.unit_code: b for b in books}
        for name, together in (("each by itself", False), ("together", True)):
            started = time.perf_counter()
            done = compile_department(books, together=together)
            seconds = time.perf_counter() - started
            found = [f for c in done.documents.values() for f in check(c.disclosure) if f.severity != "hint"]
            further = sum(d.further for c in done.documents.values() for d in c.departures)
            rows[name].append((*broken_ties(done, units), len(found), further, seconds))
            apart += bool(done.apart) and together
    for name, found in rows.items():
        ties, broken, findings, further, seconds = zip(*found, strict=True)
        print(
            f"{name:>15}: {sum(ties)} figures of departments that units print the parts of, {sum(broken)} not their sum"
            f" in {sum(b > 0 for b in broken)} of {count}; {sum(findings)} findings, {sum(further)} figures a unit off,"
            f" median {statistics.median(seconds) * 1000:.0f} ms a department"
        )
    print(f"not possible together: {apart} of {count}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100, int(sys.argv[2]) if len(sys.argv) > 2 else 1)
