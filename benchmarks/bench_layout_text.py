"""Figures of known forms read from the text that pdftotext lays out: exact, missing or wrong, invented, silently wrong.

`python benchmarks/bench_layout_text.py [DOCUMENTS] [--why]` compiles made-up books on every pack, prints their tables in
several layouts of PDF and reads `pdftotext -layout`. Each layout's row is printed when it is done.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests" / "support"))
sys.path.insert(0, str(Path(__file__).resolve().parent))

from bench_pdf import cells, compared
from pdf_layouts import tables_pdf
from sound_books import packs_of_books, sound_book

from mingzhang.compiling.compile import compile_book
from mingzhang.model.fault import Fault
from mingzhang.readback.doors import read_file

LAYOUTS = ("ruled", "unruled", "landscape", "merged", "long")


def main() -> None:
    """Print the table."""
    documents = next((int(a) for a in sys.argv[1:] if a.isdigit()), 10)
    packs = [p.id for p in packs_of_books()]
    print(f"{'layout':10}{'cells':>8}{'exact':>9}{'wrong':>7}{'missing':>9}{'invented':>10}{'silent':>8}")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.txt"
        for layout in LAYOUTS:
            total: Counter[str] = Counter()
            for n in range(documents):
                document = compile_book(sound_book(n, packs[n % len(packs)])).disclosure
                command = ["pdftotext", "-layout", "-", str(path)]
                subprocess.run(command, input=tables_pdf(document, layout, n), check=True)
                wanted = cells(document)
                try:
                    got = cells(read_file(path))
                except Fault:
                    got = {}
                total += compared(wanted, got)
                if "--why" in sys.argv:
                    _tell(f"{layout} {n} {packs[n % len(packs)]}", wanted, got)
            exact = total["exact"] / max(total["cells"], 1)
            print(
                f"{layout:10}{total['cells']:8}{exact:9.2%}{total['wrong']:7}{total['missing']:9}"
                f"{total['invented']:10}{total['silent']:8}",
                flush=True,
            )


def _tell(
    name: str, wanted: dict[tuple[str, str, str], tuple[str, str]], got: dict[tuple[str, str, str], tuple[str, str]]
) -> None:
    lost = [(k, v[0], got.get(k)) for k, v in wanted.items() if k not in got or got[k][0] != v[0]]
    odd = [(k, v) for k, v in got.items() if k not in wanted]
    for what in (*lost[:4], *odd[:4]):
        print(f"  {name}: {what}")


if __name__ == "__main__":
    main()
