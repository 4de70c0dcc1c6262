"""All forms of random documents and of the examples read back, the data attached to PDFs not used.

    python benchmarks/bench_round_trip.py --documents 300

For each format: how many documents come back equal in everything printed, how many things are in doubt, and what is not
equal. Documents are compiled from sound random books of every pack.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests" / "support"))

from printed_alone import read_printed
from readings import differing, doubts, said
from sound_books import sound_book

from mingzhang.cli.writers import write_all
from mingzhang.compiling.compile import compile_book
from mingzhang.forms.packs import all_packs
from mingzhang.intake.books import read_book

EXAMPLES = Path(__file__).resolve().parents[1] / "examples"
FORMATS = ("pdf", "docx", "xlsx", "html", "json")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=300)
    parser.add_argument("--formats", default=",".join(FORMATS))
    parser.add_argument("--show", action="store_true", help="say what is not equal")
    asked = parser.parse_args()
    formats = tuple(asked.formats.split(","))
    packs = [p.id for p in all_packs() if p.tables]
    books = [read_book(p) for p in sorted(EXAMPLES.glob("*.json"))]
    books += [sound_book(n, packs[n % len(packs)]) for n in range(max(0, asked.documents - len(books)))]
    counts: dict[str, Counter[str]] = {f: Counter() for f in formats}
    with tempfile.TemporaryDirectory(prefix="round-trip-") as folder:
        for n, book in enumerate(books):
            document = compile_book(book).disclosure
            for path in write_all(document, Path(folder), "a", formats, draft=False, fonts=""):
                form = path.name.partition(".")[2]
                read = read_printed(path)
                different = differing(document, read)
                counts[form].update(
                    documents=1, equal=not different, things=said(document).total(), different=len(different),
                    doubts=len(doubts(read)),
                )  # fmt: skip
                for line in different if asked.show else ():
                    print(f"    {form} {n} {book.pack}: {line[:160]}")
            print(f"\r{n + 1}/{len(books)}", end="", file=sys.stderr)
    print(file=sys.stderr)
    print(f"{'format':8}{'documents':>10}{'equal':>8}{'things said':>13}{'different':>11}{'doubts':>8}")
    for form, own in counts.items():
        print(f"{form:8}{own['documents']:10}{own['equal']:8}{own['things']:13}{own['different']:11}{own['doubts']:8}")


if __name__ == "__main__":
    main()
