"""Small books, whole tables."""

from __future__ import annotations

from textwrap import dedent

import pytest
from compiling_text import cells_of, printed
from msgspec.structs import replace

from mingzhang.compiling.compile import compile_book
from mingzhang.forms.packs import load_pack
from mingzhang.model.book import Member, Project, YearEndCarry
from mingzhang.model.figure import Absence

BOOK = """
function | amount    | kind      | fund     | origin  | economic | project
2010601  | 100000.00 | personnel |          |         | 30101    |
2010601  | 20000.00  | operating |          |         | 30201    |
2010602  | 50000.00  | project   |          |         | 30217    | a
2010602  | 30000.00  | project   |          | carried | 30227    | a
2120801  | 700000.00 | project   | gov_fund |         |          | b
21907    | 10000.00  | project   |          |         |          | c
"""


def table(compiled, key):
    return compiled.disclosure.table(key)


def same(expected: str, table) -> None:
    assert dedent(expected).strip() == printed(table)


def test_spending__codes_that_occur_down_to_where_they_end(book):
    same(
        """
        total | 91.00 | 12.00 | 79.00
        201 | 20.00 | 12.00 | 8.00
        20106 | 20.00 | 12.00 | 8.00
        2010601 | 12.00 | 12.00 |
        2010602 | 8.00 |  | 8.00
        212 | 70.00 |  | 70.00
        21208 | 70.00 |  | 70.00
        2120801 | 70.00 |  | 70.00
        219 | 1.00 |  | 1.00
        21907 | 1.00 |  | 1.00
        """,
        table(compile_book(book(BOOK)), "spending"),
    )


def test_income__carried_money_stands_apart(book):
    same(
        """
        total | 88.00 | 18.00 | 70.00 |  |  |  | 3.00
        201 | 17.00 | 17.00 |  |  |  |  | 3.00
        20106 | 17.00 | 17.00 |  |  |  |  | 3.00
        2010601 | 12.00 | 12.00 |  |  |  |  |
        2010602 | 5.00 | 5.00 |  |  |  |  | 3.00
        212 | 70.00 |  | 70.00 |  |  |  |
        21208 | 70.00 |  | 70.00 |  |  |  |
        2120801 | 70.00 |  | 70.00 |  |  |  |
        219 | 1.00 | 1.00 |  |  |  |  |
        21907 | 1.00 | 1.00 |  |  |  |  |
        """,
        table(compile_book(book(BOOK)), "income"),
    )


def test_summary__two_sides_balance(book):
    same(
        """
        in:general | 18.00
        in:gov_fund | 70.00
        in:current_total | 88.00
        in:carry | 3.00
        in:total | 91.00
        out:201 | 20.00 | 17.00 | 3.00
        out:212 | 70.00 | 70.00 |
        out:219 | 1.00 | 1.00 |
        out:current_total | 91.00 | 88.00 | 3.00
        out:total | 91.00 | 88.00 | 3.00
        """,
        table(compile_book(book(BOOK)), "summary"),
    )


def test_fund_income__revenue_by_the_function_it_feeds(book):
    same(
        """
        total | 70.00
        103 | 70.00
        10301 | 70.00
        1030148 | 70.00
        """,
        table(compile_book(book(BOOK)), "fund_income"),
    )


def test_fund_income__of_a_function_that_the_classification_does_not_feed_is_the_funds_own(book):
    lines = "function|amount|kind|fund|project\n2082201|1.00|project|gov_fund|a\n2100201|1.00|project|gov_fund|a"

    rows = [r.key for r in table(compile_book(book(lines)), "fund_income").rows]

    assert rows == ["total", "103", "10301", "1030149"]


@pytest.mark.parametrize(
    ("unit_type", "salary", "office"),
    [("行政", "工资奖金津补贴", "办公经费"), ("公益一类", "工资福利支出", "商品和服务支出")],
)
def test_basic_economic__by_name_with_the_class_of_the_type_of_unit(book, unit_type, salary, office):
    same(
        f"""
        total | 12.00 | 10.00 | 2.00
        工资福利支出 | 10.00 | 10.00 |
        基本工资 | {salary} | 10.00 | 10.00 |
        商品和服务支出 | 2.00 |  | 2.00
        办公费 | {office} | 2.00 |  | 2.00
        """,
        table(compile_book(book(BOOK, unit_type=unit_type)), "basic_economic"),
    )


def test_basic_economic__one_name_with_two_classes_is_two_rows(book):
    lines = """
    function | amount  | kind      | economic | gov_economic
    2010601  | 1000.00 | operating | 30201    |
    2010601  | 2000.00 | operating | 30201    | 50502
    """
    same(
        """
        total | 0.30 |  | 0.30
        商品和服务支出 | 0.30 |  | 0.30
        办公费 | 办公经费 | 0.10 |  | 0.10
        办公费#2 | 商品和服务支出 | 0.20 |  | 0.20
        """,
        table(compile_book(book(lines)), "basic_economic"),
    )


def test_three_public__by_class_and_by_tag(book):
    lines = """
    function | amount   | kind      | origin  | economic | project
    2010601  | 10000.00 | operating |         | 30217    |
    2010601  | 20000.00 | operating |         | 30231    |
    2010602  | 40000.00 | project   |         | 31013    | a
    2010602  | 80000.00 | project   | carried | 30212    | a
    """
    made = book(lines)
    first, spared, *others = made.spending
    tagged = replace(made, spending=(first, replace(spared, tags=("three_public:none",)), *others))
    same(
        """
        reception | 1.00 | 1.00 |  |
        vehicles | 6.00 | 6.00 |  |
        vehicle_purchase | 4.00 | 4.00 |  |
        vehicle_operation | 2.00 | 2.00 |  |
        total | 7.00 | 7.00 |  |
        """,
        table(compile_book(made), "three_public"),
    )
    same(
        """
        reception | 1.00 | 1.00 |  |
        vehicles | 4.00 | 4.00 |  |
        vehicle_purchase | 4.00 | 4.00 |  |
        total | 5.00 | 5.00 |  |
        """,
        table(compile_book(tagged), "three_public"),
    )


MEMBERS = (
    Member(code="1", name="示例局", unit_type="行政"),
    Member(code="2", name="示例中心", unit_type="公益一类"),
    Member(code="3", name="示例队", unit_type="参公"),
)
OF_MEMBERS = """
function | amount   | kind      | economic | project | unit
2010601  | 10000.00 | operating | 30201    |         |
2010601  | 20000.00 | operating | 30201    |         | 2
2010601  | 40000.00 | operating | 30201    |         | 3
2010602  | 10000.00 | project   | 30201    | a       | 3
2010602  | 20000.00 | project   | 30201    | b       | 1
2010602  | 40000.00 | project   | 30201    | a       | 2
"""


def test_operating_cost__of_offices_alone(book):
    same(
        """
        total | 5.00 | 5.00 |  |
        示例局 | 1.00 | 1.00 |  |
        示例队 | 4.00 | 4.00 |  |
        """,
        table(compile_book(book(OF_MEMBERS, unit_code="1", members=MEMBERS)), "operating_cost"),
    )


def test_projects__without_subtotals_in_the_order_of_the_book(book):
    same(
        """
        project:项目a | 5.00 | 5.00 |  |  |  |
        project:项目b | 2.00 | 2.00 |  |  |  |
        """,
        table(compile_book(book(OF_MEMBERS, unit_code="1", members=MEMBERS)), "projects"),
    )


def test_projects__under_their_department_and_units(book):
    made = book(OF_MEMBERS, unit_code="1", members=MEMBERS, year=2024, pack="shanxi-2024")
    same(
        """
        department:示例局 | 7.00 | 7.00 |  |  |  |
        unit:示例局 | 2.00 | 2.00 |  |  |  |
        project:项目b | 2.00 | 2.00 |  |  |  |
        unit:示例中心 | 4.00 | 4.00 |  |  |  |
        project:项目a | 4.00 | 4.00 |  |  |  |
        unit:示例队 | 1.00 | 1.00 |  |  |  |
        project:项目a#2 | 1.00 | 1.00 |  |  |  |
        """,
        table(compile_book(made), "projects"),
    )


def test_projects__of_one_name_are_numbered_and_names_keep_all_but_white_space(book):
    lines = "function|amount|kind|project\n2010602|100|project|a\n2010602|200|project|b"
    projects = (Project(id="a", name="设备 更新（一）"), Project(id="b", name="设备更新（一）"))

    rows = table(compile_book(book(lines, projects=projects)), "projects").rows

    assert [r.key for r in rows] == ["project:设备更新（一）", "project:设备更新（一）#2"]
    assert [r.label for r in rows] == ["设备 更新（一）", "设备更新（一）"]


def test_year_end__money_carried_out_is_income_and_no_spending(book):
    carried = (YearEndCarry(id="y1", fund="unit_funds", amount=50_000_00, function="2100201"),)
    compiled = compile_book(book(BOOK, year_end=carried))
    cells = cells_of(compiled.disclosure)

    assert "5.00" == cells["summary", "in:unit_funds", "amount"] == cells["summary", "out:carry", "total"]
    assert "96.00" == cells["summary", "in:total", "amount"] == cells["summary", "out:total", "total"]
    assert "91.00" == cells["summary", "out:current_total", "total"] == cells["spending", "total", "total"]
    assert cells["income", "2100201", "unit_funds"] == "5.00"
    assert ("spending", "2100201", "total") not in cells


def test_state_capital__both_sides_number_their_own_lines(book):
    lines = "function|amount|kind|fund|project\n2230105|10000.00|project|state_capital|a"
    found = table(compile_book(book(lines)), "state_capital")

    same(
        """
        in:total | 1.00
        in:103 | 1.00
        in:10306 | 1.00
        out:total | 1.00 |  | 1.00
        out:223 | 1.00 |  | 1.00
        out:22301 | 1.00 |  | 1.00
        out:2230105 | 1.00 |  | 1.00
        """,
        found,
    )
    assert [r.line for r in found.rows] == [1, 2, 3, 1, 2, 3, 4]


def test_empty_table__keeps_its_total_row_blank_and_says_so(book):
    found = table(compile_book(book(BOOK)), "state_capital")

    assert [r.key for r in found.rows] == ["in:total", "out:total"]
    assert {Absence.BLANK} == {f.absence for r in found.rows for f in r.cells.values()}
    assert found.notes == ("注：本表无数据",)


def test_table_with_figures__has_no_note(book):
    assert table(compile_book(book(BOOK)), "spending").notes == ()


def test_small_sum_that_rounds_to_nothing_prints_a_zero(book):
    lines = "function|amount|kind|economic\n2010601|49.99|operating|30201"
    figure = table(compile_book(book(lines)), "spending").figure("total", "total")

    assert figure.printed == "0.00"
    assert Absence.ZERO is figure.absence
    assert figure.facts == ("s1",)


def test_line_of_nothing_makes_no_row(book):
    lines = "function|amount|kind|economic\n2010601|0|operating|30201"

    assert [r.key for r in table(compile_book(book(lines)), "spending").rows] == ["total"]


def test_head_and_title__hold_the_year_and_thousands_as_the_pack_has_them(book):
    summary = table(compile_book(book(BOOK.replace("700000.00", "70000000.00"))), "summary")
    later = table(
        compile_book(book(BOOK.replace("700000.00", "70000000.00"), year=2024, pack="shanxi-2024")), "summary"
    )

    assert summary.title == "2023年预算收支总表"
    assert next(c.header for c in later.columns if c.key == "total") == "2024年合计"
    assert "{" not in "".join(c.text for t in (summary, later) for row in t.head for c in row)
    assert summary.figure("out:212", "total").printed == "7,000.00"
    assert later.figure("out:212", "total").printed == "7000.00"


def test_form_that_prints_zeros__prints_them_in_every_cell(book):
    pack = load_pack("shanxi-2023")
    compiled = compile_book(book(BOOK), replace(pack, style=replace(pack.style, zero="zero")))

    assert compiled.disclosure.table("summary").figure("in:state_capital", "amount").printed == "0.00"
    assert {f.absence for t in compiled.disclosure.tables for r in t.rows for f in r.cells.values()} == {
        None,
        Absence.ZERO,
    }


def test_form_in_yuan__prints_fen(book):
    pack = load_pack("shanxi-2024")
    in_yuan = replace(pack, tables=tuple(replace(t, unit="元") for t in pack.tables))
    figure = (
        compile_book(book("function|amount|kind|economic\n2010601|1234.56|operating|30201"), in_yuan)
        .disclosure.table("spending")
        .figure("2010601", "basic")
    )

    assert (figure.printed, figure.unit) == ("1234.56", "元")
