"""What each stage of the road costs, as a multiple of compiling the same book in the same run.

Absolute times mean nothing on a busy machine; the ratios are what to compare from one version to the next.
"""

from __future__ import annotations

import statistics
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from mingzhang.compiling.compile import disclosure_of
from mingzhang.documents.pdf import write_pdf
from mingzhang.documents.xlsx import write_xlsx
from mingzhang.forms.packs import load_pack
from mingzhang.intake.books import read_book
from mingzhang.model.codec import decode, encode
from mingzhang.model.disclosure import Disclosure
from mingzhang.readback.workbook import read_workbook
from mingzhang.rules.engine import check

if TYPE_CHECKING:
    from collections.abc import Callable

EXAMPLES = Path(__file__).resolve().parents[1] / "examples"
RUNS = 7


def median_ms(stage: Callable[[], object], runs: int = RUNS) -> float:
    """Time a stage after one warm-up."""
    stage()
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        stage()
        times.append((time.perf_counter() - start) * 1000)
    return statistics.median(times)


def line_of(path: Path, folder: Path) -> str:
    """Measure one example."""
    book = read_book(path)
    pack = load_pack(book.pack)
    disclosure = disclosure_of(book, pack)
    stored, sheet, page = encode(disclosure), folder / "a.xlsx", folder / "a.pdf"
    base = median_ms(lambda: disclosure_of(book, pack))
    stages = (
        lambda: encode(disclosure),
        lambda: decode(stored, Disclosure),
        lambda: check(disclosure),
        lambda: write_xlsx(disclosure, sheet),
        lambda: read_workbook(sheet),
        lambda: write_pdf(disclosure, page),
    )
    return f"{path.stem:<18}{base:>11.1f}" + "".join(f"{median_ms(s) / base:>9.2f}x" for s in stages)


def main() -> None:
    """Measure every example."""
    heads = ("encode", "decode", "check", "xlsx", "reread", "pdf")
    print(f"{'book':<18}{'compile ms':>11}" + "".join(f"{h:>10}" for h in heads))
    with tempfile.TemporaryDirectory() as folder:
        for path in sorted(EXAMPLES.glob("*.json")):
            print(line_of(path, Path(folder)))


if __name__ == "__main__":
    main()
