"""A file of ours says that its figures add up, in its properties: read back, it is checked as it was compiled."""

import pytest
from sound_books import sound_book

from mingzhang.compiling.compile import compile_book
from mingzhang.documents.docx import write_docx
from mingzhang.documents.pdf import write_pdf
from mingzhang.documents.web import write_web
from mingzhang.readback.doors import read_file
from mingzhang.rules.engine import check

DOCUMENT = compile_book(sound_book(4, "shanxi-2023")).disclosure
WRITERS = {"html": write_web, "docx": write_docx, "pdf": write_pdf}


@pytest.mark.parametrize("form", WRITERS)
def test_a_file_says_what_its_figures_may_be_taken_for(form, tmp_path):
    assert DOCUMENT.rounding == "additive"
    path = tmp_path / f"file.{form}"
    WRITERS[form](DOCUMENT, path)
    read = read_file(path)
    assert read.rounding == "additive"
    said = [f.message for f in check(DOCUMENT) if f.severity == "error"]
    assert [f.message for f in check(read) if f.severity == "error"] == said == []


def test_a_fragment_says_so_too(tmp_path):
    write_web(DOCUMENT, tmp_path / "part.html", fragment=True)
    assert read_file(tmp_path / "part.html").rounding == "additive"


def test_nothing_is_claimed_that_was_not_said(tmp_path):
    document = compile_book(sound_book(4, "shanxi-2023"), rounding="half_up").disclosure
    for form, write in WRITERS.items():
        write(document, tmp_path / f"file.{form}")
        assert read_file(tmp_path / f"file.{form}").rounding == "unknown"
