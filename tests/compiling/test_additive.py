"""What holds of every compiled document's rounding: all that is printed adds up, nothing lies a unit off."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from books import random_books
from hypothesis import HealthCheck, Phase, given, seed, settings

from mingzhang.compiling.compile import compile_book
from mingzhang.compiling.trace import figure_at
from mingzhang.intake.books import read_book
from mingzhang.model.book import Claim, DepartmentGoals, Procurement
from mingzhang.model.codec import encode
from mingzhang.rules.engine import check

EXAMPLES = sorted((Path(__file__).resolve().parents[2] / "examples").glob("*.json"))
FEN_PER_STEP = 10_000

some = settings(max_examples=40, deadline=None, phases=[Phase.generate], suppress_health_check=[HealthCheck.too_slow])
few = settings(max_examples=15, deadline=None)

HEAD = "function | kind | economic | amount"
SHARES = f"""
{HEAD}
2010601 | operating | 30201 | 150.00
2011301 | operating | 30211 | 150.00
2050203 | personnel | 30101 | 150.00
"""


def grave(compiled):
    return Counter((f.rule, f.severity) for f in check(compiled.disclosure) if f.severity != "hint")


def true_fen(book, figure):
    amounts = {x.id: x.amount for x in (*book.spending, *book.year_end)}
    return sum(amounts[i] for i in figure.facts)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda p: p.stem)
def test_every_example_adds_up_without_a_finding(path):
    compiled = compile_book(read_book(path))

    assert compiled.disclosure.rounding == "additive"
    assert compiled.broken == ()
    assert grave(compiled) == {}


@seed(20_261_121)
@given(random_books(kinds=True, largest=24))
@some
def test_random_books__nothing_is_broken_and_no_rule_finds_what_half_up_did_not(book):
    compiled, half_up = compile_book(book), compile_book(book, rounding="half_up")
    further = [d for d in compiled.departures if d.further]

    assert compiled.broken == ()
    assert grave(compiled) == grave(half_up)
    assert (compiled.disclosure.rounding == "additive") is not further


@given(random_books(withheld=False))
@few
def test_random_books__every_figure_lies_less_than_a_unit_from_its_facts(book):
    compiled = compile_book(book)
    named = {key for d in compiled.departures if d.further for key in d.figures}
    departed = {key for d in compiled.departures for key in d.figures}
    disclosure = compiled.disclosure
    for table in disclosure.tables:
        for row in table.rows:
            for column, figure in row.cells.items():
                key = f"{table.id}[{row.key}].{column}"
                off = abs((figure.digits or 0) * FEN_PER_STEP - true_fen(book, figure))
                assert off < FEN_PER_STEP or key in named
                assert off <= FEN_PER_STEP // 2 or key in departed


@given(random_books())
@few
def test_random_books__same_bytes_each_time(book):
    assert encode(compile_book(book).disclosure) == encode(compile_book(book).disclosure)


def test_a_departure_says_what_is_true_and_what_is_printed(book):
    compiled = compile_book(book(SHARES))
    (departure,) = compiled.departures

    assert departure.fen == 15_000
    assert (departure.unit, departure.printed, departure.half_up, departure.further) == ("万元", "0.01", "0.02", False)
    for key in departure.figures:
        if "[" in key:
            assert figure_at(compiled.disclosure, key).plain == departure.printed


def test_the_grand_total_stays_half_up_and_so_does_what_was_approved(book):
    odd = SHARES.replace("150.00", "149.00")  # 1.49 each, 4.47 in all: the total stays where it is
    plain = compile_book(book(odd))
    assert plain.disclosure.table("summary").figure("in:total", "amount").plain == "0.04"

    approved = book(odd, claims=(Claim(id="a", kind="approved", figure="spending[201].total", amount=29_800),))
    compiled = compile_book(approved)
    assert compiled.disclosure.table("spending").figure("201", "total").plain == "0.03"
    assert compiled.broken == ()


def test_half_up_is_still_there(book):
    compiled = compile_book(book(SHARES), rounding="half_up")

    assert compiled.disclosure.rounding == "unknown"
    assert compiled.departures == ()
    assert {f.rule for f in compiled.broken} >= {"B-002", "B-003"}


def test_what_the_book_alone_states_adds_up_too(book):
    procurement = Procurement(goods=14_900, works=14_900, services=14_900)
    compiled = compile_book(book(SHARES, procurement=procurement))
    digits = {
        key: compiled.disclosure.slot(f"procurement_{key}").figure.digits
        for key in ("total", "goods", "works", "services")
    }

    assert digits["total"] == digits["goods"] + digits["works"] + digits["services"] == 4


def test_last_years_items_add_up_to_last_years_total(book):
    keys = ("abroad", "reception", "vehicle_run", "vehicle_buy")
    last = {f"three_public_{k}": 14_900 for k in keys} | {"three_public_total": 4 * 14_900}
    compiled = compile_book(book(f"{HEAD}\n2010601 | operating | 30217 | 300000.00", last_year=last))
    found = [f for f in check(compiled.disclosure, everything=True) if f.rule == "E-006"]

    assert [f.outcome for f in found] == ["passed"]


def test_the_departments_form_prints_the_tables_digits(book):
    compiled = compile_book(book(SHARES, department_goals=DepartmentGoals()))
    form = compiled.disclosure.department_form

    assert form.by_source["total"].digits == compiled.disclosure.table("summary").figure("out:total", "current").digits
    assert form.by_use["total"].digits == form.by_use["basic"].digits + form.by_use["project"].digits


def test_a_sentence_that_rounding_drops_is_no_harm(book):
    compiled = compile_book(book(f"{HEAD}\n2010601 | operating | 30201 | 50.00\n2050203 | operating | 30201 | 99.99"))

    assert compiled.disclosure.rounding == "additive"
    assert grave(compiled) == {}


def test_a_rule_whose_condition_holds_in_print_alone_is_met_too(book):
    spending = """
function | kind | economic | fund | origin | project | amount
2010601 | project | 30201 | general | current | p1 | 149.00
2010601 | project | 30201 | general | current | p2 | 149.00
2010601 | project | 30201 | general | current | p3 | 149.00
2050204 | project | 30201 | unit_funds | carried | p4 | 30.00
"""  # 0.30 steps of carried unit funds print as nothing: as if all that is carried were appropriations
    compiled = compile_book(book(spending))
    found = [f.outcome for f in check(compiled.disclosure, everything=True) if f.rule == "C-054"]

    assert found == ["passed"]
    assert compiled.disclosure.rounding == "additive"
