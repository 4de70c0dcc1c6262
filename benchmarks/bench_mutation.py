"""Which wrong figures the rules notice: every figure of documents printed wrongly, one at a time.

    python benchmarks/bench_mutation.py [--each N] [--books N] [--seed N] [--samples FOLDER] [--unprovable FILE]

Documents are the compiled examples, generated books of every pack, and read samples where a folder is given; each is
asked as it declares its rounding, and compiled ones also as if they declared nothing. Mutations are those of
`tests/support/mutants.py`; of each document at most `--each` are asked, drawn by `--seed` (0 asks all). `--unprovable`
writes the page `docs/unprovable.md` of what nothing noticed.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

from msgspec.structs import replace

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests" / "support"))

from mutants import REASONS, WAYS, compared_in, is_enough, kind_of_place, mutants, noticed, reason_of
from sound_books import packs_of_books, sound_book

from mingzhang.compiling.compile import compile_book
from mingzhang.intake.books import read_book
from mingzhang.readback.doors import read_file
from mingzhang.rules.rechecking import Checked

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mingzhang.model.disclosure import Disclosure


ROOT = Path(__file__).resolve().parents[1]


def documents(books: int, samples: Path | None) -> Iterator[tuple[str, str, Disclosure]]:
    """Give documents by what they are, and their name."""
    compiled = [(p.stem, compile_book(read_book(p)).disclosure) for p in sorted((ROOT / "examples").glob("*.json"))]
    compiled += [
        (f"{p.id} {n}", compile_book(sound_book(n, p.id)).disclosure) for p in packs_of_books() for n in range(books)
    ]
    for name, document in compiled:
        yield "additive", name, document
        yield "undeclared", name, replace(document, rounding="unknown")
    for path in sorted(samples.iterdir()) if samples is not None else ():
        if path.suffix in {".txt", ".pdf"}:
            yield "read", path.stem, read_file(path)


def page(reasons: dict[tuple[str, str], set[str]], asked: Counter[str], found: Counter[str], each: int) -> str:
    """Write what nothing noticed, grouped by why."""
    drawn = f"at most {each} drawn by a seed from every document" if each else "all of every document"
    lines = [
        "# What no rule can notice",
        "",
        "Written by `python benchmarks/bench_mutation.py --unprovable docs/unprovable.md`; do not edit. Figures of compiled",
        f"documents were printed wrongly one at a time ({drawn}); those below no rule noticed, by why that is so.",
        "Names are those of the contract; `CODE` stands for any code. Ways: one last digit `more` or `less`, `blank`, `zero`,",
        "the other `sign`, `tenfold`, `swapped` with an unlike neighbour.",
        "",
        *(f"- {what}: {found[what]:,} of {n:,} noticed, {found[what] / n:.2%}" for what, n in asked.items()),
    ]
    for reason, text in REASONS.items():
        own = sorted((place, ways) for (place, why), ways in reasons.items() if why == reason)
        if own:
            lines += ["", f"## {text[0].upper()}{text[1:]}", "", "| figure | ways |", "|---|---|"]
            lines += [f"| `{place}` | {', '.join(w for w in WAYS if w in ways)} |" for place, ways in own]
    return "\n".join(lines) + "\n"


def tell_missed(missed: dict[str, Counter[tuple[str, str, str]]]) -> None:
    """Print what was missed by place, most first."""
    for what, own in missed.items():
        print(f"\n{what}: missed")
        places: dict[str, list[str]] = {}
        for (place, way, seen), n in own.most_common():
            places.setdefault(place, []).append(f"{way}{'/' + seen if seen else ''} {n}")
        for place, ways in sorted(places.items(), key=lambda p: -sum(int(w.split()[-1]) for w in p[1])):
            print(f"  {place:60} {', '.join(ways)}")


def main() -> None:
    """Ask, and print a line for each document, a table of what was missed, and the shares."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--each", type=int, default=150)
    parser.add_argument("--books", type=int, default=1)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--samples", type=Path)
    parser.add_argument("--unprovable", type=Path)
    given = parser.parse_args()
    asked: Counter[str] = Counter()
    found: Counter[str] = Counter()
    missed: dict[str, Counter[tuple[str, str, str]]] = {}
    reasons: dict[tuple[str, str], set[str]] = {}
    for what, name, document in documents(given.books, given.samples):
        started = time.perf_counter()
        checked = Checked(document)
        every = list(mutants(checked.figures))
        drawn = Random(f"{given.seed} {name}").sample(every, min(len(every), given.each)) if given.each else every
        compared = compared_in(document)
        good = total = 0
        for mutant in drawn:
            seen = noticed(checked, mutant)
            if seen is None:
                continue
            total += 1
            if is_enough(mutant, seen, additive=checked.figures.additive):
                good += 1
            else:
                place = kind_of_place(mutant.ref)
                missed.setdefault(what, Counter())[place, mutant.way, seen] += 1
                if not seen and what != "read":
                    reasons.setdefault((place, reason_of(checked, mutant, compared)), set()).add(mutant.way)
        asked[what] += total
        found[what] += good
        took = time.perf_counter() - started
        print(
            f"{what:10} {name:40} {len(every):6} mutations, {total:5} asked, {good / max(total, 1):7.2%} noticed, {took:.1f} s",
            flush=True,
        )
    tell_missed(missed)
    if given.unprovable is not None:
        given.unprovable.write_text(page(reasons, asked, found, given.each), encoding="utf-8")
    for what, n in asked.items():
        print(f"{what}: {found[what]} of {n} noticed, {found[what] / n:.2%}")


if __name__ == "__main__":
    main()
