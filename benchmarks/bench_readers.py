"""Tables out of PDF beside other programs: exact cells and pages a second, in one run.

python benchmarks/bench_readers.py --documents 36 [--sample FILE --truth CELLS.csv]

Random disclosures of all packs are printed in the layouts of `tests/support/pdf_layouts.py` and as our own documents
without their attachment. Ours counts by key, as `read --to cells` gives them; the others by the generous rule of
`tests/support/table_readers.py`, each in the way that does best on a document. `--sample` reads a real file whose cells are
known (CSV: table, row, column, value). A reader that is not installed (`pip install --group bench`) has an empty column.
"""

from __future__ import annotations

import argparse
import csv
import io
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests" / "support"))

from msgspec.structs import replace
from pdf_layouts import ALSO, LAYOUTS, emptied_columns, tables_pdf
from sound_books import packs_of_books, sound_book
from table_readers import READERS, Outcome, is_there, outcome_of, wanted_of

from mingzhang.compiling.compile import compile_book
from mingzhang.documents.exports import cells_csv
from mingzhang.documents.pdf import pdf_bytes
from mingzhang.model.fault import Fault
from mingzhang.readback.doors import read_file, read_opened
from mingzhang.readback.opening import opened_content

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mingzhang.model.disclosure import Disclosure

Values = dict[tuple[str, str, str], str]
Case = tuple[Path, "Disclosure", Values]
"""A file, the disclosure it was printed from, and its figures."""
OURS = "ours"
OWN = "own print"


def values_of(disclosure: Disclosure) -> Values:
    """Give the figures of a disclosure by table, row and column, as they are exported."""
    rows = csv.DictReader(io.StringIO(cells_csv(disclosure)))
    return {(r["table"], r["row"], r["column"]): r["value"] for r in rows}


def ours(paths: Sequence[Path], wanted: Sequence[Values]) -> Outcome:
    """Read files as `mingzhang read` does, by what they print alone."""
    out = Outcome()
    for path, values in zip(paths, wanted, strict=True):
        start = time.perf_counter()
        try:
            opened = opened_content(path.read_bytes(), path.name)
            found = values_of(read_opened(replace(opened, attached=None)))
            out.pages += len(opened.pages)
        except Fault:
            found = {}
        out.seconds += time.perf_counter() - start
        out.exact += sum(found.get(k) == v for k, v in values.items())
        out.wanted += len(values)
    return out


def all_of(cases: Sequence[Case]) -> dict[str, Outcome]:
    """Let everyone who is there read files; the documents tell in which order their columns are printed."""
    paths = [path for path, _document, _values in cases]
    out = {OURS: ours(paths, [values for _path, _document, values in cases])}
    wanted = [wanted_of(document, values) for _path, document, values in cases]
    return out | {r: outcome_of(r, paths, wanted) for r in READERS if is_there(r)}


def line(name: str, files: int, found: dict[str, Outcome]) -> str:
    """Print one layout: of each reader the share of exact cells and the pages a second."""
    cells = []
    for reader in (OURS, *READERS):
        one = found.get(reader)
        cells.append("– | –" if one is None else f"{_share(one):.2f}% | {one.pages / max(one.seconds, 1e-9):.1f}")
    return f"| {name} | {files} | {found[OURS].wanted} | {' | '.join(cells)} |"


def _share(one: Outcome) -> float:
    return 100 * one.exact / max(one.wanted, 1)


def printed(layout: str, seed: int) -> tuple[Disclosure, bytes]:
    """Make a disclosure and print it in a layout."""
    packs = [p.id for p in packs_of_books()]
    document = compile_book(sound_book(seed, packs[seed % len(packs)])).disclosure
    if layout == OWN:
        return document, pdf_bytes(document)
    if layout == "empty":
        document = emptied_columns(document, seed)
    return document, tables_pdf(document, layout, seed)


def warm(sample: Path | None) -> None:
    """Load every reader once, so that none is charged for it: with a small file, or the real one."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "warm.pdf"
        document, content = printed("ruled", 1)
        path.write_bytes(sample.read_bytes() if sample is not None else content)
        all_of([(path, document, {})])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    layouts = (*LAYOUTS, *ALSO, OWN)
    parser.add_argument("--documents", type=int, default=33, help="how many in all layouts together")
    parser.add_argument("--layout", choices=layouts, action="append", help="this layout alone; may be given again")
    parser.add_argument("--sample", type=Path, help="a real PDF")
    parser.add_argument("--truth", type=Path, help="the cells of the real PDF, known by hand")
    asked = parser.parse_args()
    gone = [r for r in READERS if not is_there(r)]
    if gone:
        print(f"not installed, columns empty: {', '.join(gone)} (pip install --group bench)")
    print("| layout | files | cells | " + " | ".join(f"{r}: exact | pages/s" for r in (OURS, *READERS)) + " |")
    print("|---" * (3 + 2 * (1 + len(READERS))) + "|")
    warm(asked.sample)
    if asked.sample is not None and asked.truth is not None:
        with asked.truth.open(encoding="utf-8") as stream:
            values = {(r["table"], r["row"], r["column"]): r["value"] for r in csv.DictReader(stream)}
        found = all_of([(asked.sample, read_file(asked.sample), values)])
        print(line(asked.sample.stem, 1, found), flush=True)
    chosen = asked.layout or layouts
    each = max(1, asked.documents // len(chosen)) if asked.documents else 0
    total = {r: Outcome() for r in (OURS, *READERS) if r == OURS or is_there(r)}
    for layout in chosen if each else ():
        with tempfile.TemporaryDirectory() as folder:
            cases = []
            for seed in range(1000, 1000 + each):
                document, content = printed(layout, seed)
                path = Path(folder) / f"{layout.replace(' ', '-')}-{seed}.pdf"
                path.write_bytes(content)
                cases.append((path, document, values_of(document)))
            found = all_of(cases)
        for reader, one in found.items():
            total[reader].add(one)
        print(line(layout, each, found), flush=True)
    if each:
        print(line("all", each * len(chosen), total))


if __name__ == "__main__":
    main()
