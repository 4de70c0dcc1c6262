"""The door for digital PDF: our own read back equal, the real sample cell by cell, layouts of others, and what is refused."""

import csv
import io
from pathlib import Path

import pytest
from readings import differing, doubts

from mingzhang.compiling.compile import compile_book
from mingzhang.documents.exports import cells_csv
from mingzhang.documents.pdf import write_pdf
from mingzhang.intake.books import read_book
from mingzhang.readback.doors import read_file

EXAMPLES = sorted((Path(__file__).parents[2] / "examples").glob("*.json"))


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda p: p.stem)
def test_an_example_reads_back_equal(path, tmp_path):
    document = compile_book(read_book(path)).disclosure
    write_pdf(document, tmp_path / "own.pdf")
    read = read_file(tmp_path / "own.pdf")
    assert [d for d in differing(document, read) if not d.startswith("- totals item_")] == []
    assert doubts(read) == []
    assert (read.source.format, read.unit_name, read.year) == ("pdf", document.unit_name, document.year)


def test_every_figure_has_its_page_its_line_and_its_box(tmp_path):
    document = compile_book(read_book(EXAMPLES[0])).disclosure
    write_pdf(document, tmp_path / "own.pdf")
    read = read_file(tmp_path / "own.pdf")
    places = [f.place for t in read.tables for r in t.rows for f in r.cells.values() if f.is_number]
    assert places
    assert all(p.page and p.line and p.box and p.box[0] < p.box[2] and p.box[1] < p.box[3] for p in places)


def test_the_sample_is_read_cell_by_cell(samples, truth):
    read = read_file(samples / "putuo-finance-2025.pdf")
    cells = {(r["table"], r["row"], r["column"]): r for r in csv.DictReader(io.StringIO(cells_csv(read)))}
    with (truth / "putuo-finance-2025.cells.csv").open(encoding="utf-8") as stream:
        wanted = {(r["table"], r["row"], r["column"]): r["value"] for r in csv.DictReader(stream)}
    assert {k: r["value"] for k, r in cells.items()} == wanted
    assert not any(r["doubt"] for r in cells.values())
    unseen = {m.place.page: len(m.text) for m in read.publication.marks if m.kind == "unseen"}
    assert unseen[8] >= 796
    assert any("看不见" in d for d in read.doubts)
