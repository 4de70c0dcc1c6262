"""Charts of a whole document: only where wanted, only of what is printed, and the flow adds up at every step."""

from pathlib import Path

import pytest

from mingzhang.compiling.compile import compile_book
from mingzhang.compiling.overview import HEADING, SECTION
from mingzhang.intake.books import read_book
from mingzhang.rules.engine import check

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"


@pytest.fixture(scope="module", params=["park-2023", "district-bureau-2025"])
def pair(request):
    book = read_book(EXAMPLES / f"{request.param}.json")
    return book, compile_book(book).disclosure, compile_book(book, charts=True).disclosure


def charts(disclosure):
    return {c.key: c for s in disclosure.sections if s.key == SECTION for c in s.charts}


def test_no_form_has_them_unasked_and_nothing_else_changes(pair):
    _book, plain, drawn = pair

    assert charts(plain) == {}
    assert [s for s in drawn.sections if s.key != SECTION] == list(plain.sections)
    assert drawn.tables == plain.tables
    assert [s.heading for s in drawn.sections if s.key == SECTION] == [HEADING]
    assert check(drawn) == check(plain)


def test_the_flow_adds_up_where_it_goes_through_a_class(pair):
    _book, _plain, drawn = pair
    items = charts(drawn)["flow"].items
    classes = {i.group for i in items if i.label in {"基本支出", "项目支出"}}

    assert classes
    for name in classes:
        gone = sum(i.figure.atoms for i in items if i.group == name)
        come = sum(i.figure.atoms for i in items if i.label == name)
        assert gone == come, name


def test_the_map_holds_all_spending(pair):
    _book, _plain, drawn = pair
    total = next(r for t in drawn.tables if t.id == "spending" for r in t.rows if r.key == "total").cells["total"]

    assert sum(i.figure.atoms for i in charts(drawn)["tree"].items) == total.atoms


def test_last_year_is_the_books_and_this_year_is_as_stated(pair):
    book, _plain, drawn = pair
    for key in ("compared", "compared_expenses"):
        items = charts(drawn)[key].items
        before = [i for i in items if i.group == f"{book.year - 1}年"]
        assert 2 * len(before) == len(items)
        assert {i.figure.atoms for i in before} <= {
            (2 * fen + 10_000) // 20_000 * 10_000 * 10**6 for fen in book.last_year.values()
        }
