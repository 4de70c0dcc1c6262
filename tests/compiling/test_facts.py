from __future__ import annotations

import pytest
from msgspec.structs import replace

from mingzhang.compiling.compile import compile_book
from mingzhang.compiling.facts import facts_of, withheld_of
from mingzhang.compiling.trace import figure_at, trace
from mingzhang.forms.classifications import edition
from mingzhang.forms.packs import all_packs
from mingzhang.model.book import Claim, Project, Withheld, YearEndCarry

SPENDING = """
function | amount | kind      | fund     | economic | project
2010601  | 12.34  | operating |          | 30217    |
2120801  | 100.00 | project   | gov_fund |          | a
"""


def test_facts__carry_every_value_that_filters_ask_for(book):
    office, project = facts_of(book(SPENDING, unit_code="100"))

    assert office.amount == 1234
    assert office.values == {
        "flow": "spending", "class": "201", "group": "20106", "item": "2010601", "economic": "30217",
        "economic_class": "302", "gov_economic": "50206", "revenue": "", "fund": "general", "fund_part": "",
        "origin": "current", "kind": "operating", "project": "", "unit": "100", "level": "municipal",
        "three_public": "reception", "operating_cost": "yes",
    }  # fmt: skip
    assert (project.values["revenue"], project.values["operating_cost"]) == ("1030148", "")


def test_facts__a_code_goes_as_far_as_it_goes(book):
    (fact,) = facts_of(book("function|amount|kind|project\n21907|1.00|project|a"))

    assert (fact.values["class"], fact.values["group"], fact.values["item"]) == ("219", "21907", "")


def test_facts__a_lines_own_values_come_before_defaults(book):
    made = book(SPENDING)
    line = replace(made.spending[0], gov_economic="50201", tags=("three_public:abroad",))
    fund = replace(made.spending[1], revenue="1030146")

    office, project = facts_of(replace(made, spending=(line, fund)))

    assert (office.values["gov_economic"], office.values["three_public"]) == ("50201", "abroad")
    assert project.values["revenue"] == "1030146"


@pytest.mark.parametrize(
    "change",
    [{"kind": "personnel"}, {"origin": "carried"}, {"fund": "unit_funds"}, {"kind": "project", "project": "a"}],
)
def test_operating_cost__of_this_years_fiscal_operating_money_alone(book, change):
    made = book(SPENDING)
    (fact, _other) = facts_of(replace(made, spending=(replace(made.spending[0], **change), made.spending[1])))

    assert fact.values["operating_cost"] == ""


def test_year_end__is_a_fact_of_its_own_flow(book):
    carried = (YearEndCarry(id="y1", fund="gov_fund", amount=5, function="2120801"),)
    *_others, fact = facts_of(book(SPENDING, year_end=carried))

    assert (fact.id, fact.amount, fact.values["flow"], fact.values["revenue"]) == ("y1", 5, "year_end", "1030148")


def test_withheld__lines_and_the_lines_of_withheld_projects(book):
    made = book(SPENDING, withheld=(Withheld(id="w", basis="示例", approver="示例", date="2023-01-01"),))
    by_project = replace(made, projects=(Project(id="a", name="项目a", withheld="w"),))
    by_line = replace(made, spending=(replace(made.spending[0], withheld="w"), made.spending[1]))

    assert (withheld_of(by_project), [f.id for f in facts_of(by_project)]) == (("s2",), ["s1"])
    assert (withheld_of(by_line), [f.id for f in facts_of(by_line)]) == (("s1",), ["s2"])


def test_trace__goes_down_to_the_lines(book):
    made = book(SPENDING)
    traced = trace(compile_book(made).disclosure, made, "summary[in:total].amount")

    assert (traced.printed, traced.unit, traced.total) == ("0.01", "万元", 11234)
    assert [(x.id, x.amount) for x in traced.lines] == [("s1", 1234), ("s2", 10000)]
    assert traced.lines[0].description == "2010601 行政运行；30217 公务接待费；一般公共预算；本年安排；示例局"
    assert traced.lines[1].description.startswith("项目a；2120801 ")


@pytest.mark.parametrize("key", ["summary[in:no].amount", "no[in:total].amount", "summary[in:total].no", "nothing", ""])
def test_trace__of_a_figure_that_is_not_there_is_nothing(book, key):
    made = book(SPENDING)

    assert trace(compile_book(made).disclosure, made, key) is None


def test_figure_at__finds_rows_whose_names_hold_brackets(book):
    made = book(SPENDING, projects=(Project(id="a", name="甲[1]"),))

    assert figure_at(compile_book(made).disclosure, "projects[project:甲[1]].total").printed == "0.01"


@pytest.mark.parametrize(
    ("kind", "amount", "holds"),
    [("approved", 11234, True), ("approved", 11233, False), ("ceiling", 11234, True), ("ceiling", 11235, True), ("ceiling", 11233, False)],
)  # fmt: skip
def test_claims__approved_amounts_are_equal_and_ceilings_not_exceeded(book, kind, amount, holds):
    claim = Claim(id="c", kind=kind, figure="summary[in:total].amount", amount=amount, source="示例")
    made = book(SPENDING, claims=(claim,))
    found = compile_book(made).contradictions

    assert holds == (not found)
    for one in found:
        assert (one.stated, one.derived) == (amount, 11234)
        assert "112.34 元" in one.message


def test_claims__count_what_is_withheld(book):
    claim = Claim(id="c", kind="approved", figure="summary[in:total].amount", amount=11234)
    made = book(SPENDING, claims=(claim,))
    secret = replace(made, spending=(replace(made.spending[0], withheld="w"), made.spending[1]))

    assert compile_book(secret).contradictions == ()


def test_claims__change_no_figure(book):
    claim = Claim(id="c", kind="approved", figure="summary[in:total].amount", amount=1)

    assert compile_book(book(SPENDING)).disclosure == compile_book(book(SPENDING, claims=(claim,))).disclosure


def test_claims__of_a_figure_that_is_not_there_are_told(book):
    claim = Claim(id="c", kind="approved", figure="summary[in:no].amount", amount=1)
    (found,) = compile_book(book(SPENDING, claims=(claim,))).contradictions

    assert found.derived is None
    assert "不存在" in found.message


@pytest.mark.parametrize("pack", all_packs(), ids=lambda p: p.id)
def test_defaults__name_codes_that_exist(pack):
    codes = edition(pack.standards)

    assert all(codes.revenue(code) for code in pack.defaults["revenue_of_fund"].values())
    assert set(pack.defaults["three_public"].values()) == {
        "abroad",
        "reception",
        "vehicle_operation",
        "vehicle_purchase",
    }
    assert all(codes.economic(code) for code in pack.defaults["three_public"])
