"""Tables of two sides, of projects and of other places' words, read from the text form."""

from __future__ import annotations

import pytest
from tabform import UNIT, figures, page, read, table

SUMMARY = "2023年预算收支总表"
HEAD = [["收入", "", "支出", "", "", ""], ["项目", "2023年", "项目", "2023年合计", "当年预算安排", "上年结转安排"]]
ROWS = [
    ["一、一般公共预算", "100.00", "一、一般公共服务支出", "60.00", "60.00", ""],
    ["二、政府性基金预算", "20.00", "八、社会保障和就业支出", "50.00", "40.00", "10.00"],
    ["", "", "十二、城乡社区支出", "20.00", "20.00", ""],
    ["本年收入合计", "120.00", "本年支出合计", "130.00", "120.00", "10.00"],
    ["上年结转", "10.00", "年终结转", "", "", ""],
    ["收入总计", "130.00", "支出总计", "130.00", "120.00", "10.00"],
]


def keys(text: str) -> list[str]:
    return [r.key for r in read(text).tables[0].rows]


def test_both_sides_share_a_line_and_keep_their_keys() -> None:
    found = read(page(table(SUMMARY, HEAD + ROWS))).tables[0]
    assert [(r.line, r.key) for r in found.rows] == [
        (1, "in:general"), (1, "out:201"), (2, "in:gov_fund"), (2, "out:208"), (3, "out:212"),
        (4, "in:current_total"), (4, "out:current_total"), (5, "in:carry"), (5, "out:carry"),
        (6, "in:total"), (6, "out:total"),
    ]  # fmt: skip
    assert [(c.side, c.key) for c in found.columns] == [
        ("in", "label"), ("in", "amount"), ("out", "label"), ("out", "total"), ("out", "current"), ("out", "carry"),
    ]  # fmt: skip
    assert found.row("out:carry").cells.keys() == {"total", "current", "carry"}  # type: ignore[union-attr]


def test_a_side_that_lost_its_blank_cells_is_known_by_its_names() -> None:
    whole = figures(read(page(table(SUMMARY, HEAD + ROWS))))
    short = [*ROWS[:2], ["十二、城乡社区支出", "20.00", "20.00", ""], *ROWS[3:]]
    assert figures(read(page(table(SUMMARY, HEAD + short)))) == whole


def test_names_are_known_through_renames_and_slips() -> None:
    renamed = [
        ["", "", "十九、国土海洋气象等支出", "1.00", "1.00", ""],
        ["", "", "二十三、灾害防治及应急管埋支出", "1.00", "1.00", ""],
    ]
    found = read(page(table(SUMMARY, HEAD + renamed))).tables[0]
    assert [r.key for r in found.rows] == ["out:220", "out:224"]
    assert [bool(r.doubt) for r in found.rows] == [False, True]


def test_a_row_the_form_does_not_have_is_kept_with_a_doubt() -> None:
    strange = [["", "", "三十一、新增的某类安排", "1.00", "1.00", ""]]
    found = read(page(table(SUMMARY, HEAD + strange))).tables[0]
    assert [(r.key, bool(r.doubt)) for r in found.rows] == [("out:三十一、新增的某类安排", True)]


def test_names_below_the_carry_over_are_those_of_the_carry_over() -> None:
    head = [
        ["收入", "", "支出", "", "", "", ""],
        ["项目", "金额", "项目", "金额", "", "", ""],
        ["", "", "", "小计", "一般公共预算", "政府性基金预算", "国有资本经营预算"],
    ]
    rows = [
        ["一、一般公共预算", "5.00", "一、一般公共服务支出", "7.00", "7.00", "", ""],
        ["本年收入合计", "5.00", "本年支出合计", "7.00", "7.00", "", ""],
        ["上年财政拨款结转", "2.00", "年终结转", "", "", "", ""],
        ["一、一般公共预算", "2.00", "", "", "", "", ""],
        ["收入总计", "7.00", "支出总计", "7.00", "7.00", "", ""],
    ]
    assert keys(page(table("2023年财政拨款收支总表", head + rows))) == [
        "in:general", "out:201", "in:current_total", "out:current_total", "in:carry", "out:carry", "in:carry_general",
        "in:total", "out:total",
    ]  # fmt: skip


def test_state_capital_keeps_its_sides_and_one_word_totals_both() -> None:
    head = [
        ["国有资本经营预算收入", "", "", "国有资本经营预算支出", "", "", "", ""],
        ["项目", "", "国有资本经营收入预算", "科目编码", "科目名称", "合计", "基本支出", "项目支出"],
        ["收入科目编码", "科目名称", "", "", "", "", "", ""],
    ]
    rows = [
        ["合计", "", "3.00", "", "", "3.00", "", "3.00"],
        ["10306", "利润收入", "3.00", "223", "国有资本经营预算支出", "3.00", "", "3.00"],
    ]
    found = read(page(table("2023年国有资本经营预算收支预算表（不含上年结转）", head + rows)))
    assert [r.key for r in found.tables[0].rows] == ["in:total", "out:total", "in:10306", "out:223"]
    assert [f.plain for f in found.tables[0].row("out:223").cells.values()] == ["3.00", "", "3.00"]  # type: ignore[union-attr]


PROJECTS = [
    ["项目名称", "合计", "2023年财政拨款", "", "", "财政专户管理资金", "单位资金"],
    ["", "", "一般公共预算", "政府性基金预算", "国有资本经营预算", "", ""],
    ["1", "2", "3", "4", "5", "6", "7"],
]


def project(name: str, amount: str) -> list[str]:
    return [name, amount, amount, "", "", "", ""]


def test_subtotals_of_department_units_and_projects() -> None:
    rows = [
        project(UNIT, "9.00"), project(UNIT, "5.00"), project("甲项目", "2.00"), project("甲项目", "3.00"),
        project("某县某某站", "4.00"), project("乙项目", "4.00"),
    ]  # fmt: skip
    assert keys(page(table("2023年项目支出预算表（本年预算）", PROJECTS + rows))) == [
        f"department:{UNIT}", f"unit:{UNIT}", "project:甲项目", "project:甲项目#2", "unit:某县某某站", "project:乙项目",
    ]  # fmt: skip


@pytest.mark.parametrize("at", [0, 5])
def test_units_that_make_up_the_total_are_found_where_no_department_is_named(at: int) -> None:
    rows = [
        project("某某本级", "5.00"), project("甲项目", "2.00"), project("乙项目", "3.00"),
        project("某某二站", "4.00"), project("丙项目", "4.00"),
    ]  # fmt: skip
    rows.insert(at, project("合计", "9.00"))
    found = keys(page(table("2023年项目支出预算表（本年预算）", PROJECTS + rows)))
    assert [k for k in found if k.startswith("unit:")] == ["unit:某某本级", "unit:某某二站"]


def test_projects_that_make_up_the_total_are_no_units() -> None:
    rows = [project("合计", "9.00"), project("甲项目", "5.00"), project("乙项目", "2.00"), project("丙项目", "2.00")]
    found = keys(page(table("2023年项目支出预算表（本年预算）", PROJECTS + rows)))
    assert found == ["total", "project:甲项目", "project:乙项目", "project:丙项目"]


def test_a_title_without_its_scope_is_settled_by_the_head() -> None:
    carried = [[*r[:5]] for r in PROJECTS]
    text = page(
        table("2023年项目支出预算表", [*carried, project("甲", "1.00")[:5]]),
        table("2023年项目支出预算表", [*PROJECTS, project("乙", "1.00")]),
    )
    assert [t.id for t in read(text).tables] == ["projects_carried", "projects"]


def test_three_public_and_operating_cost() -> None:
    head = [["项目", "2023年预算数", "", "", ""], ["", "合计", "一般公共预算", "政府性基金预算", "国有资本经营预算"]]
    labels = [
        "因公出国（境）费",
        "公务接待费",
        "公务用车购置及运行费",
        "①公务用车购置费",
        "②公务用车运行维护费",
        "合计",
    ]
    public = [*head, *([x, "1.00", "1.00", "", ""] for x in labels)]
    office = [["单位名称", *head[0][1:]], head[1], ["部门合计", "2.00", "2.00", "", ""], [UNIT, "2.00", "2.00", "", ""]]
    text = page(
        table("2023年一般公共预算“三公”经费支出预算表", public), table("2023年财政拨款安排机关运行经费预算表", office)
    )
    assert [[r.key for r in t.rows] for t in read(text).tables] == [
        ["abroad", "reception", "vehicles", "vehicle_purchase", "vehicle_operation", "total"],
        ["total", UNIT],
    ]


def test_another_places_form_is_read_by_its_words() -> None:
    summary = [
        ["本年收入", "", "本年支出", ""],
        ["项目", "预算数", "项目", "预算数"],
        ["一、财政拨款收入", "300.00", "一、一般公共服务支出", "310.00"],
        ["1. 一般公共预算资金", "300.00", "二、卫生健康支出", "10.00"],
        ["二、事业收入", "20.00", "", ""],
        ["收入总计", "320.00", "支出总计", "320.00"],
    ]
    income = [
        ["项目", "", "", "", "收入预算", "", "", "", ""],
        [
            "功能分类科目编码",
            "",
            "",
            "功能分类科目名称",
            "合计",
            "财政拨款收入",
            "事业收入",
            "事业单位经营收入",
            "其他收入",
        ],
        ["类", "款", "项", "", "", "", "", "", ""],
        ["201", "", "", "一般公共服务支出", "320.00", "300.00", "20.00", "", ""],
        ["201", "06", "", "财政事务", "320.00", "300.00", "20.00", "", ""],
        ["201", "06", "01", "行政运行", "320.00", "300.00", "20.00", "", ""],
        ["", "", "", "合计", "320.00", "300.00", "20.00", "", ""],
    ]
    got = figures(
        read(
            page(
                table("2025年部门财务收支预算总表", summary, unit="元"),
                table("2025年部门收入预算总表", income, unit="元"),
                year=2025,
            )
        )
    )
    assert {k: v for k, (v, doubt) in got.items() if not doubt} == {
        ("summary", "in:fiscal", "amount"): "300.00", ("summary", "out:201", "total"): "310.00",
        ("summary", "in:general", "amount"): "300.00", ("summary", "out:210", "total"): "10.00",
        ("summary", "in:business", "amount"): "20.00", ("summary", "in:total", "amount"): "320.00",
        ("summary", "out:total", "total"): "320.00",
        **{("income", r, c): v for r in ("201", "20106", "2010601", "total") for c, v in (("total", "320.00"), ("fiscal", "300.00"), ("business", "20.00"))},
    }  # fmt: skip


@pytest.mark.parametrize("name", ["本年收入合计", "本 年 收 入 合 计", "当年收入合计"])
def test_this_years_sum_below_what_was_carried_over_leaves_that_out(name: str) -> None:
    rows = [
        ["一、一般公共预算", "100.00", "一、一般公共服务支出", "120.00", "100.00", "20.00"],
        ["上年结转", "20.00", "", "", "", ""],
    ]
    this_year = [name, "100.00", "本年支出合计", "120.00", "100.00", "20.00"]
    every = ["收入合计", "120.00", "支出合计", "120.00", "100.00", "20.00"]
    assert "in:current_total" in keys(page(table(SUMMARY, [*HEAD, *rows, this_year])))
    assert "in:total" in keys(page(table(SUMMARY, [*HEAD, *rows, every])))
