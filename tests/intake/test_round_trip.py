from __future__ import annotations

import msgspec
from books import random_books
from hypothesis import given, settings
from hypothesis import strategies as st
from workbooks import SMALL

from mingzhang.forms.packs import load_pack
from mingzhang.intake.books import read_book
from mingzhang.intake.template import template_bytes, write_template
from mingzhang.intake.validation import problems
from mingzhang.intake.workbook import read_workbook
from mingzhang.model.codec import encode


@settings(max_examples=25, deadline=None)
@given(random_books(), st.sampled_from(("元", "万元")))
def test_a_random_book_survives_the_workbook(book, unit):
    assert [str(p) for p in problems(book)] == []
    content = template_bytes(load_pack(book.pack), book, money_unit=unit)
    assert read_workbook(content, "book.xlsx") == book


def test_json_and_workbook_give_the_same_book(tmp_path, small):
    (tmp_path / "book.json").write_bytes(encode(small))
    write_template(tmp_path / "book.xlsx", load_pack(small.pack), small)
    assert read_book(tmp_path / "book.json") == small
    assert read_book(tmp_path / "book.xlsx") == small


def test_the_same_book_gives_the_same_bytes(small):
    pack = load_pack(small.pack)
    assert template_bytes(pack, small) == template_bytes(pack, small)


@settings(max_examples=15, deadline=None)
@given(st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1).filter(str.strip))
def test_any_text_survives_the_workbook(text):
    book = msgspec.structs.replace(SMALL, notes={"other_notes": text})
    if problems(book):
        return
    assert read_workbook(template_bytes(load_pack(book.pack), book), "book.xlsx") == book
