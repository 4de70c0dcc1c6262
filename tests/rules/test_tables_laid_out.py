"""Tables are laid out once, and forgotten with the document they are of."""

from __future__ import annotations

from weakref import ref

from disclosures import small_disclosure
from msgspec.structs import replace

from mingzhang.rules.engine import check
from mingzhang.rules.sheet_layout import sheet_of


def test_a_table_is_laid_out_once():
    table = small_disclosure().tables[0]
    assert sheet_of(table, None) is sheet_of(table, None)
    assert sheet_of(replace(table), None) is not sheet_of(table, None)


def test_what_was_checked_is_let_go():
    document = small_disclosure()
    tables = tuple(replace(t) for t in document.tables)
    document = replace(document, tables=tables)
    kept = [ref(t) for t in tables]
    check(document)
    del document, tables
    assert [k() for k in kept] == [None] * len(kept)
