"""Why a figure prints what it prints: facts, half-up, the sums that force it, in tables, sentences and shares."""

from __future__ import annotations

import pytest

from mingzhang.compiling.compile import compile_book
from mingzhang.compiling.explaining import explained
from mingzhang.compiling.holding import Standing
from mingzhang.model.book import Procurement

HEAD = "function | kind | economic | fund | amount"
PARTS = f"""
{HEAD}
2010601 | operating | 30201 | general | 149.00
2011301 | operating | 30211 | general | 149.00
2050203 | personnel | 30101 | general | 149.00
"""
THIRDS = """
function | kind | economic | fund | project | amount
2010601 | operating | 30201 | general | | 30000.00
2120801 | project | 30201 | gov_fund | p1 | 30000.00
2230105 | project | 30201 | state_capital | p2 | 30000.00
"""


def test_a_figure_at_half_up_has_nothing_to_explain_but_its_facts(book):
    found = explained(book(PARTS), "spending[total].total")

    assert (found.printed, found.half_up, found.fen, found.departs) == ("0.04", "0.04", 44_700, False)
    assert [x.id for x in found.lines] == ["s1", "s2", "s3"]
    assert found.breaks == found.core == found.instead == ()


def test_a_departure_names_the_sums_that_would_break_and_what_would_depart_instead(book):
    made = book(PARTS.replace("149.00", "150.00"))  # 1.50 each: 5 in all, one of three not 2
    (departure,) = compile_book(made).departures
    found = explained(made, departure.figures[0])

    assert (found.departs, found.forced, found.printed, found.half_up) == (True, False, "0.01", "0.02")
    assert found.breaks
    assert all(" = " in s for s in found.breaks)
    assert found.instead
    assert departure.because
    assert departure.figures[0].partition("[")[0] in departure.because[0]


def test_a_departure_is_forced_where_no_other_choice_is_left(book):
    made = book(PARTS)
    standing = Standing(None, {"spending[total].total": "0.04", "spending[2050203].total": "0.02"})
    found = explained(made, "spending[201].total", standing=standing)

    assert (found.printed, found.half_up) == ("0.02", "0.03")
    assert found.forced
    assert len(found.core) == 1


def test_a_figure_that_is_held_or_kept_says_so(book):
    made = book(PARTS)
    held = Standing(None, {"spending[2050203].total": "0.02"})
    earlier = Standing(compile_book(made, held=held.fixed).disclosure)

    assert explained(made, "spending[2050203].total", standing=held).stands == "held"
    assert explained(made, "spending[2050203].total", standing=earlier).stands == "kept"
    assert explained(made, "spending[2050203].total").stands == ""


def test_a_sentence_has_the_facts_of_what_it_states(book):
    found = explained(book(PARTS, procurement=Procurement(goods=14_900)), "procurement_total")

    assert found.fen == 14_900
    assert [(x.id, x.amount) for x in found.lines] == [("procurement.goods", 14_900)]


def test_a_share_is_explained_by_its_part_and_its_whole(book):
    compiled = compile_book(book(THIRDS))
    keys = ("income_general_share", "income_gov_fund_share", "income_state_capital_share")
    shares = [compiled.disclosure.slot(k).figure.plain for k in keys]
    found = explained(book(THIRDS), keys[2])

    assert shares == ["33.33", "33.33", "33.34"]
    assert compiled.disclosure.rounding == "additive"
    assert (found.printed, found.half_up, found.departs) == ("33.34", "33.33", True)
    assert found.breaks == (f"{' + '.join(keys)} = 100%",)
    assert [p.fen for p in found.parts] == [3_000_000, 9_000_000]


def test_half_up_documents_round_shares_each_by_itself(book):
    compiled = compile_book(book(THIRDS), rounding="half_up")

    assert compiled.disclosure.slot("income_state_capital_share").figure.plain == "33.33"


@pytest.mark.parametrize("key", ["", "nothing", "spending[9].total", "spending[total].nothing", "x[y].z"])
def test_what_the_document_does_not_print_is_none(book, key):
    assert explained(book(PARTS), key) is None
