"""The data a PDF carries: taken where the print says the same, pointed out where somebody changed the one or the other."""

import io
from pathlib import Path

import pikepdf
import pytest
from msgspec.structs import replace
from readings import differing, doubts

from mingzhang.compiling.compile import compile_book
from mingzhang.documents.pdf import write_pdf
from mingzhang.intake.books import read_book
from mingzhang.model.codec import encode
from mingzhang.model.figure import spell
from mingzhang.readback.attached import NAME
from mingzhang.readback.doors import read_file

EXAMPLES = Path(__file__).parents[2] / "examples"


@pytest.fixture(scope="module")
def document():
    return compile_book(read_book(EXAMPLES / "hospital-2023.json")).disclosure


@pytest.fixture(scope="module")
def printed(document, tmp_path_factory):
    path = tmp_path_factory.mktemp("pdf") / "file.pdf"
    write_pdf(document, path)
    return path.read_bytes()


def attaching(content, data, tmp_path):
    with pikepdf.open(io.BytesIO(content)) as pdf:
        if NAME in pdf.attachments:
            del pdf.attachments[NAME]
        if data is not None:
            pdf.attachments[NAME] = data
        pdf.save(tmp_path / "file.pdf")
    return tmp_path / "file.pdf"


def changed(document):
    """Change one figure of the second table."""
    table = document.tables[1]
    row = table.rows[-1]
    column = next(c for c, f in row.cells.items() if f.is_number and f.digits)
    figure = row.cells[column]
    digits = figure.digits + 100
    cells = {**row.cells, column: replace(figure, digits=digits, printed=spell(digits, figure.places, grouped=True))}
    tables = list(document.tables)
    tables[1] = replace(table, rows=(*table.rows[:-1], replace(row, cells=cells)))
    return replace(document, tables=tuple(tables)), (table.id, row.key, column)


def test_the_data_are_taken_with_the_places_of_the_print(document, printed, tmp_path):
    found = read_file(attaching(printed, encode(document), tmp_path))
    assert differing(document, found) == []
    assert found.version == document.version
    assert found.pack == document.pack
    assert all(f.place.page for t in found.tables for r in t.rows for f in r.cells.values() if f.is_number)
    assert [f.facts for t in found.tables for r in t.rows for f in r.cells.values()] == [
        f.facts for t in document.tables for r in t.rows for f in r.cells.values()
    ]


def test_a_patched_file_is_read_as_printed_and_told(document, printed, tmp_path):
    other, (table, row, column) = changed(document)
    found = read_file(attaching(printed, encode(other), tmp_path))
    assert differing(document, found) == []
    assert "不一致" in found.doubts[0]
    assert f"{table}[{row}].{column}" in found.doubts[1]
    assert "第" in found.doubts[1]
    assert len(doubts(found)) == 1


@pytest.mark.parametrize("data", [b"{", b"[]", b'{"schema": "mingzhang.disclosure/9.0"}', b""])
def test_data_that_cannot_be_used_are_told_and_the_print_read(data, document, printed, tmp_path):
    found = read_file(attaching(printed, data, tmp_path))
    assert differing(document, found) == []
    assert any("附带的数据" in d for d in found.doubts)


def test_without_data_the_print_is_read(document, printed, tmp_path):
    assert differing(document, read_file(attaching(printed, None, tmp_path))) == []
