"""Compiled documents: whatever the book, JSON and workbook give the same document back, and the PDF holds its figures."""

from __future__ import annotations

import pypdfium2
import pytest
from books import random_books
from hypothesis import given, settings

from mingzhang.comparing.printed import differences
from mingzhang.compiling.compile import compile_book
from mingzhang.documents.grid import grid_of
from mingzhang.documents.pdf import pdf_bytes
from mingzhang.documents.stored import write_json
from mingzhang.documents.xlsx import write_xlsx
from mingzhang.readback.stored import read_json
from mingzhang.readback.workbook import read_workbook


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("compiled")


@settings(max_examples=12, deadline=None)
@given(book=random_books())
def test_read_back_equal(folder, book):
    disclosure = compile_book(book).disclosure
    write_json(disclosure, folder / "d.json")
    write_xlsx(disclosure, folder / "d.xlsx")

    for read in (read_json(folder / "d.json"), read_workbook(folder / "d.xlsx")):
        assert read == disclosure
        assert differences(read, disclosure) == ()


@settings(max_examples=6, deadline=None)
@given(book=random_books())
def test_pdf_holds_every_figure(book):
    disclosure = compile_book(book).disclosure
    with pypdfium2.PdfDocument(pdf_bytes(disclosure)) as document:
        text = "".join("".join(page.get_textpage().get_text_bounded().split()) for page in document)
    at = text.rindex("".join(disclosure.tables[0].title.split()))
    for table in disclosure.tables:
        at = text.index("".join(table.title.split()), at)
        for cell in grid_of(table).cells:
            if cell.figure is not None and cell.text:
                at = text.index(cell.text, at) + len(cell.text)
