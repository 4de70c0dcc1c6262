"""Additive rounding beside half-up, CtrlRound and the same program with every printed figure by itself.

    python benchmarks/bench_rounding.py [--count 2000] [--seed 1] [--halves] [--out FILE] [--ctrlround FOLDER]

Every way rounds the same random books in the same run: typical departments (some twenty facts) and every tenth of up to
300, of every pack, amounts in fen. Identities are those that the certificate is asked of: what the rules demand of the
document and what is true of its facts. Each book is rounded again with another seed of the solver, whose document must
have the same bytes. `--out` keeps a line for every book done, so that a run that was stopped goes on.

CtrlRound (PyPI, MIT) rounds the inner cells of one table and lets margins follow: here the facts by all their headings,
with the headings that the form adds up by as margins. Its figures then are sums of rounded facts. It is no dependency:

    pip install --target FOLDER CtrlRound
"""

from __future__ import annotations

import argparse
import contextlib
import io
import statistics
import sys
import time
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

import msgspec
from msgspec.structs import replace

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests" / "support"))

from sound_books import packs_of_books, sound_book

from mingzhang.compiling.adding_up import add_up
from mingzhang.compiling.additivity import links_of
from mingzhang.compiling.compile import disclosure_of
from mingzhang.compiling.facts import facts_of
from mingzhang.compiling.naming import key_of, ref_of
from mingzhang.forms.packs import load_pack
from mingzhang.model.codec import encode
from mingzhang.model.units import ATOMS_PER_FEN, last_digit
from mingzhang.rules.figures import Figures
from mingzhang.sums.additive import Sum, round_together
from mingzhang.sums.certificate import certify
from mingzhang.sums.refutation import is_refuted
from mingzhang.sums.rounding import Variable, half_up_each

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from mingzhang.compiling.additivity import Links
    from mingzhang.forms.pack import Pack
    from mingzhang.model.book import Book
    from mingzhang.model.disclosure import Disclosure
    from mingzhang.sums.filters import Fact
    from mingzhang.sums.sheets import CellRef

LARGEST = 300
LARGE_EVERY = 10
MARGINS = ((), ("fund",), ("origin",), ("kind",), ("class",), ("group",), ("item",), ("project",), ("economic",),
           ("class", "fund"), ("item", "fund"), ("class", "kind"), ("item", "kind"), ("class", "origin"))  # fmt: skip
HEADINGS = ("class", "group", "item", "fund", "origin", "kind", "project", "economic")


class Way(msgspec.Struct):
    """What one way of rounding does to one book: identities broken, figures not floor or ceiling, milliseconds.

    `apart` counts the sets of facts that are printed in two ways.
    """

    broken: int
    outside: int
    ms: float
    apart: int = 0


class Measured(msgspec.Struct):
    """One book rounded in every way."""

    number: int
    pack: str
    facts: int
    figures: int
    identities: int
    ways: dict[str, Way]
    departures: int
    fallback: bool
    proved: bool | None
    certified: bool
    same_bytes: bool
    whole_ms: float


def timed(stage: Callable[[], Any]) -> tuple[Any, float]:
    """Run a stage and time it in milliseconds."""
    start = time.perf_counter()
    found = stage()
    return found, 1000 * (time.perf_counter() - start)


def book_of(number: int, seed: int, *, halves: bool = False) -> Book:
    """Make a random book; every tenth is large.

    A third of the amounts of the tests' books end in exactly half a last digit of 万元, the hardest there is. With
    `halves` they stay, else they get odd fen.
    """
    packs = packs_of_books()
    pack = packs[number % len(packs)].id
    large = number % LARGE_EVERY == LARGE_EVERY - 1
    lines = Random(f"{seed} {number}").randint(40, LARGEST) if large else None
    book = sound_book(seed * 1_000_003 + number, pack, lines=lines)
    if halves:
        return book
    random = Random(f"fen {seed} {number}")
    spending = tuple(
        replace(x, amount=x.amount + random.randint(-4_999, 4_999)) if x.amount % 10_000 == 5_000 else x
        for x in book.spending
    )
    return replace(book, spending=spending)


def outside(values: Mapping[CellRef, int], links: Links, figures: Figures) -> int:
    """Count the figures a full unit or more from the truth."""
    far = 0
    for ref, atoms in values.items():
        figure = figures.figure(ref)
        step = figure.step if figure is not None else 1
        far += abs(atoms - links.asserted.truth[ref] * ATOMS_PER_FEN) >= step
    return far


def measured(number: int, seed: int, ctrlround: str, *, halves: bool) -> Measured:
    """Round one book in every way."""
    book = book_of(number, seed, halves=halves)
    pack = load_pack(book.pack)
    facts = facts_of(book, pack)
    half_up = disclosure_of(book, pack)
    links = links_of(book, pack, facts, half_up)
    figures = Figures(half_up, pack)
    made, whole_ms = timed(lambda: _added(book, pack, half_up, 0))
    chosen, ms = timed(lambda: round_together(links.variables, links.sums, links.anchors))
    by_itself = Way(len(certify(links.asserted.identities, figures.sheets, {}).broken), 0, 0.0)
    by_itself.ms = timed(lambda: half_up_each(links.variables))[1]
    ways = {
        "half-up": by_itself,
        "additive": Way(len(made.certificate.broken), len(made.certificate.far), ms),
        "not merged": _not_merged(links, figures),
    }
    if ctrlround:
        ways["CtrlRound"] = _ctrlround(facts, links, figures)
    return Measured(
        number=number,
        pack=book.pack,
        facts=len(facts),
        figures=len(links.asserted.truth),
        identities=len(links.asserted.identities),
        ways=ways,
        departures=len(chosen.departures),
        fallback=bool(made.chosen.beyond or made.chosen.unmet),
        proved=is_refuted(made.chosen.because) if made.chosen.because else None,
        certified=made.certificate.holds,
        same_bytes=encode(made.disclosure) == encode(_added(book, pack, half_up, 23 + number).disclosure),
        whole_ms=whole_ms,
    )


def _added(book: Book, pack: Pack, half_up: Disclosure, seed: int) -> Any:
    return add_up(book, pack, half_up, lambda chosen: disclosure_of(book, pack, chosen), seed=seed)


def _not_merged(links: Links, figures: Figures) -> Way:
    """Solve the same program with a variable for each printed figure."""
    own = {
        ref: Variable(frozenset({str(ref)}), fen, f.unit, f.places)
        for ref, fen in links.asserted.truth.items()
        if (f := figures.figure(ref)) is not None
    }
    sums = []
    for identity in links.asserted.identities:
        sides = ((1, identity.left), (-1, identity.right))
        terms = tuple((c * o.coefficient, own[o.ref]) for c, side in sides for o in side if o.ref in own)
        alike = len({(v.unit, v.places) for _, v in terms}) == 1
        if not identity.over and alike and identity.relation != ">=" and sum(c * v.fen for c, v in terms) <= 0:
            sums.append(Sum(terms, "=" if identity.relation == "=" else "<="))
    chosen, ms = timed(lambda: round_together(own.values(), sums))
    printed: dict[Variable, set[int]] = {}
    for variable, keys in links.variables.items():
        printed[variable] = {chosen.digits[own[ref_of(k)]] for k in keys if ref_of(k) in own}
    return Way(len(chosen.unmet), len(chosen.beyond), ms, sum(len(found) > 1 for found in printed.values()))


def _ctrlround(facts: Sequence[Fact], links: Links, figures: Figures) -> Way:
    """Round the facts with CtrlRound and add them up for every figure that prints 万元 with two places."""
    import pandas as pd  # noqa: PLC0415 - only where CtrlRound was asked for
    from CtrlRound import ctrl_round  # noqa: PLC0415

    step = last_digit(2, "万元")
    rows = [{h: dict(f.values).get(h) or "-" for h in HEADINGS} | {"id": f.id, "value": f.amount} for f in facts]
    frame = pd.DataFrame(rows)
    if frame.empty:
        return Way(0, 0, 0.0)
    frame["value"] = frame["value"].astype(float) * ATOMS_PER_FEN / step
    used = sorted({h for margin in MARGINS for h in margin})
    with contextlib.redirect_stdout(io.StringIO()):
        found, ms = timed(
            lambda: ctrl_round(frame, by=used, margins=[list(m) for m in MARGINS if m != tuple(used)], var="value")
        )
    rounded = found["rounded_table"].set_index(used)["value"].round().astype(int).to_dict()
    cells: dict[tuple[str, ...], set[str]] = {}
    for row in rows:
        cells.setdefault(tuple(row[h] for h in used), set()).add(row["id"])
    values: dict[CellRef, int] = {}
    present = {f.id for f in facts if f.amount}
    variables = {key: v for v, keys in links.variables.items() for key in keys}
    for ref in links.asserted.truth:
        variable, figure = variables[key_of(ref)], figures.figure(ref)
        parts = [cell for cell, ids in cells.items() if ids & variable.facts]
        if figure is None or (figure.unit, figure.places) != ("万元", 2) or variable.fen == 0:
            continue
        if any(cells[c] & variable.facts != cells[c] & present for c in parts):
            continue  # a figure that divides one of its cells: not asked of it
        values[ref] = sum(rounded[c] for c in parts) * step
    return Way(0, outside(values, links, figures), ms)


def report(done: Sequence[Measured]) -> None:
    """Print what was found."""
    n = len(done)
    print(
        f"{n} books of {len({m.pack for m in done})} packs, {min(m.facts for m in done)} to {max(m.facts for m in done)} facts,"
        f" {sum(m.figures for m in done) / n:.0f} figures and {sum(m.identities for m in done) / n:.0f} identities each"
    )
    print(
        f"{'':<12}{'identities broken':>20}{'books with one':>16}{'figures outside':>18}{'printed in two ways':>21}{'ms median':>11}{'p99':>9}{'worst':>9}"
    )
    for name in ("half-up", "CtrlRound", "not merged", "additive"):
        ways = [m.ways[name] for m in done if name in m.ways]
        if ways:
            ms = sorted(w.ms for w in ways)
            print(
                f"{name:<12}{sum(w.broken for w in ways):>20}{sum(w.broken > 0 for w in ways):>16}"
                f"{sum(w.outside for w in ways):>18}{sum(w.apart for w in ways):>21}{statistics.median(ms):>11.2f}{ms[int(0.99 * len(ms))]:>9.1f}{ms[-1]:>9.1f}"
            )
    typical = [m for m in done if m.number % LARGE_EVERY != LARGE_EVERY - 1] or list(done)
    print(f"typical books: {statistics.median(m.ways['additive'].ms for m in typical):.2f} ms to round,", end=" ")
    print(f"{statistics.median(m.whole_ms for m in typical):.1f} ms with finding sums, printing again, certificate")
    print(f"figures beside half-up: {sum(m.departures for m in done) / n:.1f} a book")
    fallen = [m for m in done if m.fallback]
    print(f"books with a fallback: {len(fallen)}, proved without the solver: {sum(m.proved is True for m in fallen)}")
    print(
        f"books certified: {sum(m.certified for m in done)}; changed by another seed: {sum(not m.same_bytes for m in done)}"
    )


def main() -> None:
    """Measure so many random books, going on where a run was stopped."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--count", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path)
    parser.add_argument("--halves", action="store_true", help="a third of the amounts end in half a last digit")
    parser.add_argument("--ctrlround", default="", help="the folder that CtrlRound was installed into")
    asked = parser.parse_args()
    if asked.ctrlround:
        sys.path.append(asked.ctrlround)
    done: dict[int, Measured] = {}
    if asked.out is not None and asked.out.exists():
        for line in asked.out.read_bytes().splitlines():
            found = msgspec.json.decode(line, type=Measured)
            done[found.number] = found
    with contextlib.ExitStack() as stack:
        out = None if asked.out is None else stack.enter_context(asked.out.open("ab"))
        for number in range(asked.count):
            if number in done:
                continue
            done[number] = measured(number, asked.seed, asked.ctrlround, halves=asked.halves)
            if out is not None:
                out.write(msgspec.json.encode(done[number]) + b"\n")
                out.flush()
            if sys.stderr.isatty() or number % 100 == 99:
                print(f"\r{len(done)}/{asked.count}", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)
    report([done[n] for n in sorted(done) if n < asked.count])


if __name__ == "__main__":
    main()
