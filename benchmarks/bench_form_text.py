"""Performance forms read where no ruling shows their cells: fields and indicators right, doubted, lost and silently wrong.

`python benchmarks/bench_form_text.py [DOCUMENTS] [--why]` compiles made-up books on every pack that has forms, prints them in
several ways and reads them again. Each way's row is printed when it is done.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests" / "support"))

from form_scores import fields_of, indicators_of, scored
from sound_books import packs_of_books, sound_book

from mingzhang.compiling.compile import compile_book
from mingzhang.documents.pdf import pdf_bytes
from mingzhang.model.fault import Fault
from mingzhang.readback.doors import read_file

if TYPE_CHECKING:
    from mingzhang.model.disclosure import Disclosure


def main() -> None:
    """Print the table."""
    documents = next((int(a) for a in sys.argv[1:] if a.isdigit()), 10)
    packs = [p.id for p in packs_of_books() if p.forms]
    names = ("fields", "right", "indicators", "right", "doubted", "wrong", "silent")
    print(f"{'way':12}" + "".join(f"{n:>12}" for n in names))
    with tempfile.TemporaryDirectory() as folder:
        for way in ("layout",):
            total: Counter[str] = Counter()
            for n in range(documents):
                document = compile_book(sound_book(n, packs[n % len(packs)])).disclosure
                path = Path(folder) / "a.txt"
                subprocess.run(["pdftotext", "-layout", "-", str(path)], input=pdf_bytes(document), check=True)
                total += _measured(document, path)
            fields, indicators = max(total["fields"], 1), max(total["indicators"], 1)
            print(
                f"{way:12}{fields:12}{total['right_fields'] / fields:12.2%}{indicators:12}"
                f"{total['right_indicators'] / indicators:12.2%}{total['doubted']:12}"
                f"{total['wrong_fields'] + total['wrong_indicators']:12}{total['silent']:12}",
                flush=True,
            )


def _measured(document: Disclosure, path: Path) -> Counter[str]:
    try:
        got = read_file(path)
    except Fault as fault:
        print("  ", fault)
        return Counter()
    if "--why" in sys.argv:
        _tell(document, got)
    return scored(document, got)


def _tell(wanted: Disclosure, got: Disclosure) -> None:
    read = {f.project: f for f in got.project_forms}
    for form in wanted.project_forms:
        one = read.get(form.project)
        if one is None:
            print("   no form", form.project)
            continue
        a, b = dict(fields_of(form)), dict(fields_of(one))
        for key in {*a, *b}:
            if a.get(key) != b.get(key):
                print("  ", form.project, key, a.get(key), "->", b.get(key), one.doubts[:2])
        x, y = Counter(k for k, _ in indicators_of(form)), Counter(k for k, _ in indicators_of(one))
        for key in x - y:
            print("   lost", form.project, key)
        for key in y - x:
            print("   extra", form.project, key)


if __name__ == "__main__":
    main()
