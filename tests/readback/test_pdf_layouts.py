"""Tables printed by other people's programs: cell by cell; `benchmarks/bench_pdf.py` tries many more."""

import csv
import io

import pytest
from pdf_layouts import ALSO, LAYOUTS, emptied_columns, tables_pdf
from sound_books import sound_book

from mingzhang.compiling.compile import compile_book
from mingzhang.documents.exports import cells_csv
from mingzhang.readback.doors import read_file

PACKS = ("shanghai-2025", "shanxi-2023", "shanxi-2024")


def cells(disclosure):
    rows = csv.DictReader(io.StringIO(cells_csv(disclosure)))
    return {(r["table"], r["row"], r["column"]): r["value"] for r in rows}


@pytest.mark.parametrize(("number", "layout"), list(enumerate([*LAYOUTS, *ALSO])))
def test_every_cell_is_read(number, layout, tmp_path):
    document = compile_book(sound_book(number, PACKS[number % len(PACKS)])).disclosure
    if layout == "empty":
        document = emptied_columns(document, number)
    (tmp_path / "tables.pdf").write_bytes(tables_pdf(document, layout, number))
    assert cells(read_file(tmp_path / "tables.pdf")) == cells(document)
