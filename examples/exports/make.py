# ruff: noqa: INP001
"""Write the example exports and their approved totals from the example books: `python examples/exports/make.py`.

Each stands for an export of some budget platform; every name and figure is that of the invented units beside it.
"""

from __future__ import annotations

import sys
from pathlib import Path

from mingzhang.model.book import Book
from mingzhang.model.codec import decode

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parents[1] / "tests" / "support"))

MADE = (
    ("mixed-2024", "yuan-three-columns", "农业农村局-明细.xlsx", "农业农村局-批复.xlsx"),
    ("school-2024", "wan-subtotals", "第一高级中学-明细.csv", "第一高级中学-批复.xlsx"),
    ("hospital-2023", "sheet-a-table", "人民医院-明细.xlsx", "人民医院-批复.xlsx"),
)
"""The book, the layout (by the profile that reads it), and the files."""


def main(folder: Path = HERE) -> None:
    """Write all files into a folder."""
    from exports import LAYOUTS, approved_of, write_approved  # noqa: PLC0415 - found by the line above

    for name, layout, lines, approved in MADE:
        book = decode((HERE.parent / f"{name}.json").read_bytes(), Book)
        LAYOUTS[layout][0](book, folder / lines)
        write_approved(approved_of(book), folder / approved)


if __name__ == "__main__":
    main()
