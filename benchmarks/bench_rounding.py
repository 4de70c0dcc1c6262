"""Half-up beside additive rounding on random books: identities broken, figures beside half-up, distance, time.

    python benchmarks/bench_rounding.py [BOOKS] [SEED]

Both columns are of the same books in the same run. Identities are those that the certificate is asked of: what the
rules demand of the document and what is true of its facts. Every book is rounded a second time with another seed of
the solver, which must change nothing.
"""

from __future__ import annotations

import statistics
import sys
import time
import warnings
from collections import Counter
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests" / "support"))

from books import random_books
from hypothesis import HealthCheck, Phase, given, seed, settings

from mingzhang.compiling.additivity import links_of
from mingzhang.compiling.compile import added_up, disclosure_of
from mingzhang.compiling.facts import facts_of
from mingzhang.forms.packs import load_pack
from mingzhang.model.units import ATOMS_PER_FEN, last_digit
from mingzhang.rules.figures import Figures
from mingzhang.sums.additive import round_together
from mingzhang.sums.certificate import certify
from mingzhang.sums.rounding import half_up_each

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from mingzhang.model.book import Book
    from mingzhang.sums.rounding import Variable

T = TypeVar("T")

BOOKS = 200


def distance(variables: Iterable[Variable], digits: Mapping[Variable, int]) -> Fraction:
    """Give how far the figures lie from the truth at most, in units of the last digit."""
    steps = {v: last_digit(v.places, v.unit) for v in variables}
    return max((Fraction(abs(digits[v] * s - v.fen * ATOMS_PER_FEN), s) for v, s in steps.items()), default=Fraction(0))


def milliseconds(stage: Callable[[], T]) -> tuple[T, float]:
    """Run a stage and time it."""
    start = time.perf_counter()
    found = stage()
    return found, 1000 * (time.perf_counter() - start)


def measure(book: Book, counts: Counter, times: dict[str, list[float]], worst: dict[str, Fraction]) -> None:
    """Round one book both ways."""
    pack = load_pack(book.pack)
    facts = facts_of(book, pack)
    plain, compiling = milliseconds(lambda: disclosure_of(book, pack))
    links = links_of(book, pack, facts, plain)
    chosen, rounding = milliseconds(lambda: round_together(links.variables, links.sums, links.anchors))
    (whole, _), adding = milliseconds(lambda: added_up(book, pack, plain))
    for name, ms in (("compile", compiling), ("round", rounding), ("add up", adding)):
        times[name].append(ms)
    printed = links.variables
    half = half_up_each(printed)
    worst["half-up"] = max(worst["half-up"], distance(printed, half))
    worst["additive"] = max(worst["additive"], distance([v for v in printed if v not in chosen.beyond], chosen.digits))
    broken = len(certify(links.identities, Figures(plain, pack).sheets, {}).broken)
    counts["books"] += 1
    counts["figures"] += len(printed)
    counts["identities"] += len(links.identities)
    counts["half-up broken"] += broken
    counts["half-up books broken"] += broken > 0
    counts["additive broken"] += sum(not s.holds(chosen.digits) for s in links.sums)
    counts["additive uncertified"] += whole.rounding != "additive"
    counts["departures"] += len(chosen.departures)
    counts["fallback"] += bool(chosen.beyond or chosen.unmet)
    counts["other seed differs"] += chosen != round_together(links.variables, links.sums, links.anchors, seed=23)


def main() -> None:
    """Measure so many random books."""
    warnings.simplefilter("ignore")
    books = int(sys.argv[1]) if len(sys.argv) > 1 else BOOKS
    counts: Counter = Counter()
    times: dict[str, list[float]] = {"compile": [], "round": [], "add up": []}
    worst = {"half-up": Fraction(0), "additive": Fraction(0)}

    @seed(int(sys.argv[2]) if len(sys.argv) > 2 else 1)
    @settings(
        max_examples=books,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(random_books(kinds=True, largest=24))
    def run(book: Book) -> None:
        measure(book, counts, times, worst)

    run()
    n = counts["books"]
    print(f"{n} books, {counts['figures'] / n:.0f} figures and {counts['identities'] / n:.0f} identities each")
    print(f"{'':<34}{'half-up':>10}{'additive':>10}")
    print(f"{'identities broken':<34}{counts['half-up broken']:>10}{counts['additive broken']:>10}")
    print(f"{'books with a broken identity':<34}{counts['half-up books broken']:>10}{counts['additive broken']:>10}")
    print(f"{'figures beside half-up, a book':<34}{0:>10}{counts['departures'] / n:>10.1f}")
    print(f"{'worst distance, last digits':<34}{float(worst['half-up']):>10.4f}{float(worst['additive']):>10.4f}")
    print(f"books with a fallback: {counts['fallback']}, uncertified: {counts['additive uncertified']}")
    print(f"books that another seed of the solver changes: {counts['other seed differs']}")
    for name, found in times.items():
        print(f"{name:<10}{statistics.median(found):>8.1f} ms median{max(found):>8.1f} ms worst")


if __name__ == "__main__":
    main()
