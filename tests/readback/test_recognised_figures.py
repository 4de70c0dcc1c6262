"""Figures that were recognised on pictures are weighed by the sums they stand in."""

from __future__ import annotations

import pytest
from msgspec.structs import replace
from sound_books import sound_book

from mingzhang.compiling.compile import compile_book
from mingzhang.model.figure import read_figure
from mingzhang.model.place import Place
from mingzhang.readback.recognised_figures import weighed

PAGE = frozenset({Place(page=1)})


@pytest.fixture(scope="module")
def document():
    """A document all of whose figures stand somewhere on its first page, each in a box of its own."""
    found = compile_book(sound_book(7, "shanxi-2024")).disclosure
    n = 0
    tables = []
    for table in found.tables:
        rows = []
        for row in table.rows:
            cells = {}
            for key, figure in row.cells.items():
                n += 10
                cells[key] = replace(figure, place=Place(page=1, line=1, box=(n, 0, n + 5, 5)))
            rows.append(replace(row, cells=cells))
        tables.append(replace(table, rows=tuple(rows)))
    return replace(found, tables=tuple(tables))


def changed(document, table, row, column, text):
    tables = []
    for t in document.tables:
        rows = []
        for r in t.rows:
            if (t.id, r.key) == (table, row):
                old = r.cells[column]
                r = replace(r, cells=r.cells | {column: read_figure(text, old.unit, old.place)})  # noqa: PLW2901
            rows.append(r)
        tables.append(replace(t, rows=tuple(rows)))
    return replace(document, tables=tuple(tables))


def doubts(document):
    return {(t.id, r.key, k): f.doubt for t in document.tables for r in t.rows for k, f in r.cells.items() if f.doubt}


def test_what_adds_up_is_sure_even_where_the_words_were_not(document):
    everywhere = frozenset({Place(page=1, box=(0, 0, 10**6, 10))})
    told = doubts(weighed(document, PAGE, everywhere, None))
    numbers = sum(f.is_number for t in document.tables for r in t.rows for f in r.cells.values())
    assert len(told) < numbers // 10
    assert set(told.values()) <= {"文字识别没有把握"}


def test_a_digit_read_wrong_is_doubted_with_what_the_sums_ask_for(document):
    right = next(r for t in document.tables if t.id == "spending" for r in t.rows if len(r.key) == 7)
    text = right.cells["total"].plain
    wrong = text[:-1] + str((int(text[-1]) + 3) % 10)
    found = weighed(changed(document, "spending", right.key, "total", wrong), PAGE, frozenset(), None)
    told = doubts(found)
    assert text in told["spending", right.key, "total"]
    table = next(t for t in found.tables if t.id == "spending")
    assert next(r for r in table.rows if r.key == right.key).cells["total"].plain == wrong
    assert any("文字识别" in d for d in table.doubts)


def test_figures_that_were_printed_as_text_are_left_alone(document):
    wrong = changed(document, "spending", "total", "total", "1.00")
    assert not doubts(weighed(wrong, frozenset({Place(page=2)}), frozenset(), None))
