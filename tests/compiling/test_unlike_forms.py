"""Forms that print what occurs beside what they always print: optional rows and columns, totals on one line."""

from __future__ import annotations

import pytest
from compiling_text import lines_of
from msgspec.structs import replace

from mingzhang.compiling.compile import compile_book, disclosure_of
from mingzhang.forms.packs import load_pack
from mingzhang.model.book import Book, Project, YearEndCarry
from mingzhang.model.fault import InvalidBook

PLAIN = Book(
    year=2025,
    pack="shanghai-2025",
    unit_name="澄浦区某局",
    unit_type="行政",
    spending=lines_of(
        """function | amount   | kind      | economic | fund       | project
           2010601  | 120000.5 | personnel | 30101    |            |
           2010601  | 30000    | operating | 30201    |            |
           2010602  | 45000    | project   | 30227    |            | p
           2010602  | 5000     | project   | 30227    | unit_funds | p"""
    ),
    projects=(Project(id="p", name="业务费", overview="日常业务。", period_years=2),),
)


def lines(disclosure, table):
    return [(r.line, r.key, r.label) for r in disclosure.table(table).rows]


def test_totals_of_both_sides_stand_on_one_line_below_all_rows():
    found = disclosure_of(PLAIN, load_pack(PLAIN.pack))
    assert lines(found, "summary")[-3:] == [
        (8, "in:total", "收入总计"),
        (1, "out:201", "一、一般公共服务支出"),
        (8, "out:total", "支出总计"),
    ]
    assert found.table("summary").figure("in:other", "amount").plain == "5000.00"


@pytest.mark.parametrize("pack", ["shanghai-2025", "shanghai-2025-unit"])
def test_money_carried_in_and_out_is_printed_where_there_is_any(pack):
    carried = replace(PLAIN.spending[1], id="c", origin="carried")
    out = YearEndCarry(id="y", fund="general", amount=700_00, function="2010601")
    kind = load_pack(pack).kind
    scope = "unit" if kind == "unit_budget" else "aggregate"
    book = replace(PLAIN, pack=pack, kind=kind, scope=scope, spending=(*PLAIN.spending, carried), year_end=(out,))
    compiled = compile_book(book)
    found = compiled.disclosure
    assert found.rounding == "additive"
    assert {k for _, k, _ in lines(found, "summary")} >= {"in:carry", "out:carry"}
    assert (2, "out:carry", "二、结转下年") in lines(found, "summary")
    assert [c.key for c in found.table("income").columns][-1] == "carry"
    head = found.table("income").head
    assert (head[0][-1].columns, head[1][-1].text, head[1][-1].rows) == (6, "上年结转", 2)
    assert {k for _, k, _ in lines(disclosure_of(PLAIN, load_pack(pack)), "summary")}.isdisjoint(
        {"in:carry", "out:carry"}
    )


def test_a_fact_that_no_row_takes_in_is_refused():
    pack = load_pack(PLAIN.pack)
    summary = pack.table("summary")
    income, spending = summary.rows
    income = replace(income, fixed=tuple(r for r in income.fixed if r.key != "in:other"))
    less = replace(summary, rows=(income, spending))
    tables = tuple(less if t is summary else t for t in pack.tables)
    with pytest.raises(InvalidBook, match="没有一栏可列这笔资金"):
        disclosure_of(PLAIN, replace(pack, tables=tables))


def test_a_sentence_for_each_item_says_what_was_executed_and_what_it_is_for():
    book = replace(PLAIN, last_executed={"2010601": 14_000_000}, notes={"item_2010601": "人员与日常开支。"})
    section = next(s for s in disclosure_of(book, load_pack(book.pack)).sections if s.key == "totals")
    said = [p for p in section.paragraphs if p.key == "items"]
    assert [p.text for p in said] == [
        "1.“一般公共服务支出（类）财政事务（款）行政运行（项）”15.00万元，2024年执行数14.00万元，主要用于人员与日常开支。",
        "2.“一般公共服务支出（类）财政事务（款）一般行政管理事务（项）”4.50万元。",
    ]
    assert [s.key for s in said[0].slots] == ["item_2010601", "item_executed_2010601", "item_use_2010601"]


def test_projects_are_listed_with_their_money_and_described_in_seven_points():
    found = compile_book(PLAIN).disclosure
    texts = {s.key: [p.text for p in s.paragraphs] for s in found.sections if s.key.startswith("project_")}
    assert list(texts) == [
        "project_overview", "project_basis", "project_body", "project_plan", "project_period", "project_budget", "project_goal",
    ]  # fmt: skip
    assert texts["project_overview"] == ["业务费：日常业务。"]
    assert texts["project_period"] == ["业务费：项目期2年，本年度为2025年1月1日至2025年12月31日。"]
    assert texts["project_budget"] == ["业务费5.00万元。"]
    performance = next(s for s in found.sections if s.key == "performance")
    assert performance.paragraphs[0].text == (
        "2025年度，本部门编报绩效目标的项目1个，涉及项目预算资金5.00万元。其中：业务费5.00万元。"
    )
