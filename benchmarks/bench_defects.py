"""Defects of words, labels, forms and publication, planted one at a time: which the rules find, and what else they say.

    python benchmarks/bench_defects.py [--books N] [--from N] [--samples FOLDER] [--only WORD] [--formats docx,html] [--show]
        [--minutes M]

Documents are the compiled examples and sound random books of every pack, printed as text and read back, and the text
samples of a folder; with `--formats` what was found is printed as Word, web page or PDF too and read back. Of every kind one defect is planted in each document that can have it. Found is a finding of the
defect's line or one beside it that names the thing, error or warning; a false one is an error or warning that the
document without the defect had not, that is about another place and under no common cause.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections import Counter, defaultdict
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests" / "support"))

import defects_of_clerks  # noqa: F401 - declares its kinds
import defects_of_forms  # noqa: F401
import defects_of_publication  # noqa: F401
import defects_of_reviews  # noqa: F401
import defects_of_sentences  # noqa: F401
import defects_of_tables  # noqa: F401
from defects import KINDS, Printed, is_said_again, planted, read_text, tried
from printed_alone import read_printed
from sound_books import packs_of_books, sound_book

from mingzhang.cli.writers import write_all
from mingzhang.compiling.compile import compile_book
from mingzhang.documents.tabbed import tabbed
from mingzhang.forms.packs import load_pack
from mingzhang.intake.books import read_book
from mingzhang.rules.engine import check

if TYPE_CHECKING:
    from collections.abc import Iterator

    from defects import Outcome

    from mingzhang.model.book import Book

EXAMPLES = Path(__file__).resolve().parents[1] / "examples"


def documents(books: int, first: int, samples: Path | None) -> Iterator[tuple[str, str]]:
    """Give documents as text by name."""
    for path in sorted(samples.glob("*.txt")) if samples is not None else ():
        yield path.stem, path.read_text(encoding="utf-8")
    for path in sorted(EXAMPLES.glob("*.json")):
        yield path.stem, printed(read_book(path))
    packs = [p.id for p in packs_of_books()]
    for n in range(first, first + books):
        pack = packs[n % len(packs)]
        yield f"{pack} {n}", printed(sound_book(n, pack))


def printed(book: Book) -> str:
    """Print a book as the text of its document."""
    return tabbed(compile_book(book).disclosure, load_pack(book.pack))


def tell(name: str, outcome: Outcome, document: Printed) -> None:
    """Print what was planted and what was not found, or said of something else."""
    text, _lines = planted(document.lines, outcome.defect)
    lines = text.split("\n")
    print(
        f"  {outcome.kind.severity} found as {outcome.found or 'nothing'} {outcome.rules}: {outcome.kind.name} in {name}"
    )
    for n in outcome.lines[:2]:
        print(f"      {n}: {lines[n - 1][:150] if 0 < n <= len(lines) else ''}")
    for found in outcome.strays[:4]:
        print(f"      beside: {found.rule} {found.message[:130]}")


def asked_again(outcome: Outcome, document: Printed, formats: tuple[str, ...]) -> Iterator[tuple[str, bool]]:
    """Print a document with a defect that was found in other forms, read them back, and ask whether the same is said."""
    if not formats or not outcome.found:
        return
    text, _lines = planted(document.lines, outcome.defect)
    with tempfile.TemporaryDirectory(prefix="defects-") as folder:
        paths = write_all(read_text(text), Path(folder), "a", formats, draft=False, fonts="")
        for form, path in zip(formats, paths, strict=True):
            yield form, is_said_again(outcome, check(read_printed(path)))


def table_of(outcomes: list[Outcome]) -> list[str]:
    """Lay out the counts of every kind, then of all."""
    by_kind: dict[str, list[Outcome]] = defaultdict(list)
    for outcome in outcomes:
        by_kind[outcome.kind.name].append(outcome)
    lines = [f"{'kind':62}{'grave':>8}{'asked':>7}{'found':>7}{'hint':>6}{'not':>5}{'beside':>8}"]
    for kind in KINDS:
        own = by_kind[kind.name]
        found = Counter(o.found for o in own)
        lines.append(
            f"{kind.name:62}{kind.severity:>8}{len(own):7}{found['error'] + found['warning']:7}{found['hint']:6}{found['']:5}"
            f"{sum(bool(o.strays) for o in own):8}"
        )
    for severity in ("error", "warning", "hint"):
        own = [o for o in outcomes if o.kind.severity == severity]
        enough = {"error", "warning", "hint"} if severity == "hint" else {"error", "warning"}
        found = sum(o.found in enough for o in own)
        lines.append(f"{severity}s: {found} of {len(own)} found, {found / max(1, len(own)):.1%}")
    strays = sum(len(o.strays) for o in outcomes)
    graver = sum(o.found in {"error", "warning"} for o in outcomes)
    lines.append(
        f"errors and warnings about something else: {strays}, beside {graver} defects found, {strays / max(1, strays + graver):.1%}"
    )
    return lines


def main() -> None:
    """Plant, ask, and print what was not found, then a table; after so many minutes with what was done by then."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--books", type=int, default=10)
    parser.add_argument("--from", dest="first", type=int, default=80_000)
    parser.add_argument("--samples", type=Path)
    parser.add_argument("--only", default="", help="kinds with this word")
    parser.add_argument("--documents", default="", help="documents with this word")
    parser.add_argument("--each", type=int, default=1, help="defects of each kind in every document")
    parser.add_argument("--show", action="store_true", help="say what was not found, or said of something else")
    parser.add_argument("--formats", default="", help="print what was found as docx, html or pdf too, and ask again")
    parser.add_argument("--minutes", type=float, default=60)
    given = parser.parse_args()
    stop = time.monotonic() + 60 * given.minutes
    outcomes: list[Outcome] = []
    again: Counter[tuple[str, bool]] = Counter()
    for name, text in documents(given.books, given.first, given.samples):
        if given.documents not in name:
            continue
        document = Printed(text)
        before = len(outcomes)
        for kind in KINDS:
            for n in range(given.each) if given.only in kind.name else ():
                outcome = tried(document, kind, Random(f"{name} {kind.name} {n}"))
                if outcome is not None:
                    outcomes.append(outcome)
                    again.update(asked_again(outcome, document, tuple(filter(None, given.formats.split(",")))))
                    if given.show and (outcome.strays or not outcome.found or "hint" == outcome.found != kind.severity):
                        tell(name, outcome, document)
        print(f"{name}: {len(outcomes) - before} planted", flush=True)
        if time.monotonic() > stop:
            break
    print("\n".join(table_of(outcomes)))
    for form in sorted({f for f, _ in again}):
        print(f"as {form}: the same said of {again[form, True]} of {again[form, True] + again[form, False]} found")


if __name__ == "__main__":
    main()
