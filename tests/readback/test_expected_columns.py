"""Where cells were lost and sums leave a choice, codes and names say which column to try first; it stays in doubt."""

from __future__ import annotations

from tabform import figures, page, read, table

INCOME = "2023年预算收入总表"
BASIC = "2023年一般公共预算安排基本支出分经济科目表（不含上年结转）"
FUND = "2023年政府性基金预算支出表（不含上年结转）"
INCOME_HEAD = [
    ["项目", "", "本年收入", "", "", "", "", "", "上年结转"],
    [
        "科目编码",
        "科目名称",
        "合计",
        "一般公共预算",
        "政府性基金",
        "国有资本经营预算",
        "财政专户管理资金",
        "单位资金",
        "",
    ],
]


def test_a_government_funds_function_is_paid_by_that_fund() -> None:
    rows = [["合计", "10.00", "1.00", "9.00"], ["201", "一般公共服务支出", "1.00", "1.00"]]
    rows += [["20101", "人大事务", "1.00", "1.00"], ["212", "城乡社区支出", "9.00", "9.00"]]
    rows += [["21208", "国有土地使用权出让收入安排的支出", "9.00", "9.00"]]
    found = figures(read(page(table(INCOME, [*INCOME_HEAD, *rows]))))
    assert found["income", "21208", "gov_fund"][0] == "9.00"
    assert all(doubt for (_t, _r, column), (_v, doubt) in found.items() if column != "total")


def test_pay_is_for_staff_and_supplies_for_operations() -> None:
    head = [
        ["部门预算支出经济科目名称", "政府预算支出经济科目名称", "2023年预算数", "", ""],
        ["", "", "合计", "人员经费", "公用经费"],
    ]
    rows = [
        ["工资福利支出", "5.00", "5.00"],
        ["基本工资", "5.00", "5.00"],
        ["商品和服务支出", "4.00", "4.00"],
        ["办公费", "4.00", "4.00"],
    ]
    found = figures(read(page(table(BASIC, [*head, *rows]))))
    assert found["basic_economic", "基本工资", "personnel"][0] == "5.00"
    assert found["basic_economic", "办公费", "operating"][0] == "4.00"


def test_a_funds_table_is_of_projects() -> None:
    head = [["科目编码", "科目名称", "合计", "基本支出", "项目支出"]]
    rows = [
        ["合计", "9.00", "9.00"],
        ["212", "城乡社区支出", "9.00", "9.00"],
        ["21208", "国有土地使用权出让收入安排的支出", "9.00", "9.00"],
    ]
    found = figures(read(page(table(FUND, [*head, *rows]))))
    assert {row for (_t, row, column) in found if column == "project"} == {"total", "212", "21208"}
    assert not any(column == "basic" for (_t, _r, column) in found)


def test_a_head_that_is_not_printed_names_columns_by_the_form_with_the_years_filled_in() -> None:
    rows = [["本年收入", "9.00", "本年支出", "9.00", "9.00", ""], ["收入总计", "9.00", "支出总计", "9.00", "9.00", ""]]
    document = read(page(table("2023年预算收支总表", rows)))
    headers = [c.header for t in document.tables for c in t.columns]
    assert "2023年合计" in headers
    assert not [h for h in headers if "{" in h]
