"""A sentence that lists the funds of an income one by one names every fund that has money."""

from __future__ import annotations

from pathlib import Path

import pytest
from golden import disclosure_of

from mingzhang.compiling.compile import compile_book
from mingzhang.intake.books import read_book
from mingzhang.rules.engine import check

TABLES = """[table summary] amount
in:general 60.00
in:gov_fund 30.00
in:state_capital .
in:unit_funds 10.00
in:total 100.00

[table appropriation] amount
in:general 60.00
in:carry_general 5.00
in:gov_fund 30.00
in:carry_gov_fund 2.00
in:state_capital .
in:total 97.00

"""
INCOME = """[section income]
收入预算{income_total=100.00万元}，其中一般公共预算{income_general=60.00万元}，政府性基金预算{income_gov_fund=30.00万元}，单位资金{income_unit_funds=10.00万元}。
"""
FISCAL = """[section fiscal]
财政拨款{fiscal_total=97.00万元}，其中一般公共预算{fiscal_general=65.00万元}，政府性基金预算{fiscal_gov_fund=32.00万元}，国有资本经营预算{fiscal_state_capital=0万元}。
"""


def left_out(text):
    return [f.message for f in check(disclosure_of(TABLES + text)) if f.rule == "E-040"]


@pytest.mark.parametrize("text", [INCOME, FISCAL])
def test_nothing_is_said_where_all_are_named(text):
    assert not left_out(text)


@pytest.mark.parametrize(
    ("text", "fund", "amount"),
    [
        (INCOME, "，政府性基金预算{income_gov_fund=30.00万元}", "30.00万元"),
        (FISCAL, "，政府性基金预算{fiscal_gov_fund=32.00万元}", "30.00万元"),
    ],
)
def test_a_fund_with_money_that_is_left_out(text, fund, amount):
    (message,) = left_out(text.replace(fund, ""))
    assert amount in message


def test_a_list_that_ends_in_and_others_names_some():
    assert not left_out(
        INCOME.replace("，政府性基金预算{income_gov_fund=30.00万元}", "").replace("=10.00万元}", "=10.00万元}等")
    )


def test_an_amount_that_stands_there_under_another_name_is_not_left_out():
    assert not left_out(INCOME.replace("政府性基金预算{income_gov_fund=30.00万元}", "某某基金300,000元"))


def test_a_row_whose_own_parts_are_named_is_not_left_out():
    book = read_book(Path(__file__).resolve().parents[2] / "examples" / "mixed-2024.json")
    made = compile_book(book).disclosure
    vehicles = next(r for t in made.tables if t.id == "three_public" for r in t.rows if r.key == "vehicles")
    assert vehicles.cells["total"].digits  # bought and run, which the sentence tells apart
    assert not [f for f in check(made) if f.rule == "E-040"]
