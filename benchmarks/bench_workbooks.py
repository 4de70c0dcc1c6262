"""How exactly workbooks that others made are read, look by look, and text and tables published apart.

    python benchmarks/bench_workbooks.py [--random 20]

The example books and random ones are written as workbooks in the looks of `tests/support/foreign_workbooks.py`, without
any sheet of data, and as an archive of a Word text and a workbook of tables; then read back and compared cell by cell.
"""

from __future__ import annotations

import argparse
import csv
import io
import sys
import tempfile
import time
import zipfile
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests" / "support"))

from foreign_workbooks import LOOKS, printed_sheets, saved
from msgspec.structs import replace
from sound_books import packs_of_books, sound_book

from mingzhang.compiling.compile import compile_book
from mingzhang.documents.docx import docx_bytes
from mingzhang.documents.exports import cells_csv
from mingzhang.intake.books import read_book
from mingzhang.readback.doors import read_file

if TYPE_CHECKING:
    from mingzhang.model.disclosure import Disclosure


EXAMPLES = Path(__file__).resolve().parents[1] / "examples"


def apart(document: Disclosure) -> bytes:
    """Publish text and tables apart, in an archive."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("说明.docx", docx_bytes(replace(document, tables=())))
        archive.writestr("附表.xlsx", saved(printed_sheets(document, tables_only=True)))
    return out.getvalue()


def cells(document: Disclosure) -> dict[tuple[str, str, str], tuple[str, str]]:
    """Give the figures by key, each with its doubt."""
    rows = csv.DictReader(io.StringIO(cells_csv(document)))
    return {(r["table"], r["row"], r["column"]): (r["value"], r["doubt"]) for r in rows}


def main() -> None:
    """Measure and print a line for each look."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--random", type=int, default=0, help="random books of each pack")
    wanted = parser.parse_args().random
    books = [read_book(p) for p in sorted(EXAMPLES.glob("*.json"))]
    books += [sound_book(seed, pack.id) for pack in packs_of_books() for seed in range(wanted)]
    documents = [compile_book(b).disclosure for b in books]
    print(f"{'look':16} books  cells  exact  wrong missing invented doubted silent seconds")
    with tempfile.TemporaryDirectory() as folder:
        for look, write in {**LOOKS, "text and tables": apart}.items():
            total: Counter[str] = Counter()
            for document in documents:
                path = Path(folder) / "file"
                path.write_bytes(write(document))
                start = time.perf_counter()
                got = cells(read_file(path))
                total["seconds"] += round(1000 * (time.perf_counter() - start))
                want = cells(document)
                wrong = {k for k in want if k in got and got[k][0] != want[k][0]}
                invented = got.keys() - want.keys()
                missing = want.keys() - got.keys()
                total.update(
                    cells=len(want), exact=len(want) - len(wrong) - len(missing), wrong=len(wrong), missing=len(missing),
                    invented=len(invented), doubted=sum(bool(d) for _v, d in got.values()),
                    silent=sum(not got[k][1] for k in wrong | invented),
                )  # fmt: skip
            numbers = (total[k] for k in ("cells", "exact", "wrong", "missing", "invented", "doubted", "silent"))
            print(f"{look:16} {len(documents):5}", *(f"{n:6}" for n in numbers), f"{total['seconds'] / 1000:.1f}")


if __name__ == "__main__":
    main()
