"""Layouts of tables as other places print them; each function makes all tables of one document from a budget."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from other_form_accounts import accounts, valley
from other_form_capitals import capital, central
from other_form_coasts import bay, harbour, mountain, peninsula
from other_form_counties import county, eastern, lakes, plain
from other_form_inland import canyon, desert, forest, island, lowland, plateau
from other_form_pieces import (
    CODE,
    NAME,
    SOURCES,
    by_source,
    classes,
    fiscal_balance,
    fund_table,
    han,
    indented,
    project_rows,
    public_listed,
    public_turned,
    split_codes,
    summary,
    with_head,
)
from other_forms import (
    Amounts,
    Fact,
    Printed,
    Row,
    Style,
    Words,
    all_of,
    basic,
    carried,
    economic_rows,
    fiscal,
    function_rows,
    grid_head,
    kind,
    listing,
    new,
    project,
    random_budget,
    source,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

    from other_forms import Budget, Money


def layouts() -> dict[str, Callable[[Random], tuple[Budget, list[Printed]]]]:
    """Give every layout by its name."""
    return {
        "central": central, "capital": capital, "southern": southern, "western": western, "river": river,
        "lakes": lakes, "eastern": eastern, "county": county, "plain": plain, "mountain": mountain, "bay": bay, "peninsula": peninsula, "harbour": harbour,
        "accounts": accounts, "valley": valley, "plateau": plateau, "lowland": lowland, "forest": forest, "desert": desert,
        "canyon": canyon, "island": island,
    }  # fmt: skip


def southern(random: Random) -> tuple[Budget, list[Printed]]:
    """表1 … 情况表: three public expenses listed among administrative expenses, names with codes in one cell."""
    budget = random_budget(random, Style("万元", 2, nothing=random.choice(("", "0.00"))), year=2024, simple=True)
    both = Words("功能科目名称", lambda r: f"{r.code} {r.name}".strip(), named=False)
    both = replace(both, head="支出功能分类科目")
    budget_names = {k: f"{v}拨款" if k in {"general", "gov_fund", "state_capital"} else v for k, v in SOURCES.items()}
    economics = economic_rows(budget)
    return budget, [
        summary(budget, ("summary", "表1", "收支总体情况表"), budget_names,
                heads=("收入/项目", f"收入/{budget.year}年预算", "支出/项目", f"支出/{budget.year}年预算")),
        listing(budget, ("income", "表2", "收入总体情况表"), [
            Words("项目", lambda r: r.name, named=True), Amounts(f"{budget.year}年预算", "total")], [
            Row("", "", "一、一般公共预算拨款", source("general")),
            Row("", "", "二、政府性基金预算拨款", source("gov_fund")),
            Row("", "", "三、国有资本经营预算拨款", source("state_capital")),
            Row("", "", "收入合计", lambda _m: True)]),
        listing(budget, ("spending", "表3", "支出总体情况表"), [
            both, Amounts("合计", "total"), Amounts("基本支出", "basic", basic), Amounts("项目支出", "project", project)],
            function_rows(budget)),
        fiscal_balance(budget, ("appropriation", "表4", "财政拨款收支总体情况表")),
        listing(budget, ("general_spending", "表5", "一般公共预算支出情况表（按功能分类科目）"), [
            both, Amounts("合计", "total"), Amounts("其中：基本支出", "basic", basic),
            Amounts("项目支出", "project", project)], function_rows(budget, source("general"))),
        listing(budget, ("basic_economic", "表6", "一般公共预算基本支出情况表（按支出经济分类科目）"), [
            Words("部门预算支出经济分类科目", lambda r: f"[{r.code}]{r.name}" if r.code else r.name),
            Amounts("金额", "total")], economics),
        public_listed(budget, ("three_public", "表7", "财政拨款安排的“三公”经费预算表"), {
            "total": "“三公”经费", "abroad": "其中：（一）因公出国（境）支出", "vehicles": "（二）公务用车购置及运行维护支出",
            "vehicle_purchase": "1.公务用车购置", "vehicle_operation": "2.公务用车运行维护费", "reception": "（三）公务接待费支出"}),
        fund_table(budget, ("fund_spending", "表8", "政府性基金预算支出情况表"), "gov_fund", [
            both, Amounts("合计", "total"), Amounts("基本支出", "basic", basic), Amounts("项目支出", "project", project)]),
        listing(budget, ("projects", "表10", "部门预算项目支出及其他支出预算表"), [
            Words("支出项目类别（资金使用单位）", lambda r: r.name, named=True), Amounts("总计", "total"),
            Amounts("财政拨款/小计", "fiscal", fiscal), *by_source({
                "general": "一般公共预算拨款", "gov_fund": "政府性基金预算拨款", "state_capital": "国有资本经营预算拨款"}, "财政拨款/")],
            [Row("total", "", "合计", project), *project_rows(budget)]),
    ]  # fmt: skip


def western(random: Random) -> tuple[Budget, list[Printed]]:
    """表1, 表1-1 …: codes in three cells, the unit's code and name among the rows, amounts of funds at each row."""
    budget = random_budget(random, Style("万元"), year=random.choice((2021, 2023, 2026)))
    unit = Words("单位代码", lambda _r: "312301")
    title = Words("单位名称（科目）", lambda r: r.name, named=True)

    def lead() -> list[Words]:
        return [
            *split_codes("项目/科目编码"),
            replace(unit, head="项目/单位代码"),
            replace(title, head="项目/单位名称（科目）"),
        ]

    def items(*tests: Callable[[Money], bool]) -> list[Row]:
        return list(function_rows(budget, *tests, levels=(7,)))

    names = {k: f"{v}拨款收入" if k in {"general", "gov_fund", "state_capital"} else f"{v}" for k, v in SOURCES.items()}
    codes2 = [
        Words("项目/科目编码/类", lambda r: r.code[:3]),
        Words("项目/科目编码/款", lambda r: r.code[3:5]),
        replace(unit, head="项目/单位代码"),
        replace(title, head="项目/单位名称（科目）"),
    ]
    return budget, [
        summary(budget, ("summary", "表1", "部门收支总表"), names, all_classes=("201", "202", "203", "204", "205", "206", "207", "208", "210")),
        listing(budget, ("income", "表1-1", "部门收入总表"), [
            Words("项目/单位代码", lambda r: r.code), Words("项目/单位名称（科目）", lambda r: r.name, named=True),
            Amounts("合计", "total"), Amounts("上年结转", "carry", carried), *by_source(names, tests=(new,)),
            Amounts("上级补助收入", "superior_subsidy", lambda _m: False),
        ], [Row("total", "", "合计", lambda _m: True), Row(budget.unit_name, "312301", budget.unit_name, lambda _m: True)]),
        listing(budget, ("spending", "表1-2", "部门支出总表"), [
            *lead(), Amounts("合计", "total"), Amounts("基本支出", "basic", basic), Amounts("项目支出", "project", project),
            Amounts("上缴上级支出", "remittance_up", lambda _m: False),
            Amounts("对附属单位补助支出", "affiliate_subsidy", lambda _m: False)], items()),
        fiscal_balance(budget, ("appropriation", "表2", "财政拨款收支预算总表")),
        listing(budget, ("general_spending", "表3", "一般公共预算支出预算表"), [
            *lead(), Amounts("合计", "total"), Amounts("当年财政拨款安排", "current", new),
            Amounts("上年结转安排", "carry", carried)], items(source("general"))),
        listing(budget, ("basic_economic", "表3-1", "一般公共预算基本支出预算表"), [
            *codes2, Amounts("基本支出/合计", "total"), Amounts("基本支出/人员经费", "personnel", kind("personnel")),
            Amounts("基本支出/公用经费", "operating", kind("operating"))], economic_rows(budget)),
        listing(budget, ("x_general_projects", "表3-2", "一般公共预算项目支出预算表"), [
            *split_codes("科目编码"), unit, Words("单位名称（科目）", lambda r: r.name, named=True),
            Amounts("金额", "amount")],
            [Row("total", "", "合计", all_of(project, source("general"))), *project_rows(budget, source("general"))]),
        public_turned(budget, ("three_public", "表3-3", "一般公共预算“三公”经费支出预算表"), {
            "当年财政拨款预算安排": ("total", budget.public)}, unit_column="单位名称（科目）"),
        fund_table(budget, ("fund_spending", "表4", "政府性基金预算支出预算表"), "gov_fund", [
            *lead(), Amounts("本年政府性基金预算支出/合计", "total"),
            Amounts("本年政府性基金预算支出/基本支出", "basic", basic),
            Amounts("本年政府性基金预算支出/项目支出", "project", project)], levels=(7,)),
    ]  # fmt: skip


def river(random: Random) -> tuple[Budget, list[Printed]]:
    """公开表01 …: a summary of four pairs, income by unit, amounts by economic classes in the columns."""
    budget = random_budget(random, Style("万元", 2, nothing=random.choice(("", "-"))), year=2025, simple=True)
    spend = classes(budget)
    four = [
        ("一、基本支出", budget.sum(basic)),
        ("人员经费", budget.sum(kind("personnel"))),
        ("公用经费", budget.sum(kind("operating"))),
        ("二、项目支出", budget.sum(project)),
    ]
    income = [
        ("一、一般公共预算拨款收入", "general"),
        ("二、政府性基金预算拨款收入", "gov_fund"),
        ("三、国有资本经营预算拨款收入", "state_capital"),
    ]
    depth = max(len(spend), len(four), len(income))
    m = budget.style.money
    body, facts = [], []
    for i in range(depth):
        cells = ["", "", "", "", "", ""]
        if i < len(income):
            cells[0], cells[1] = income[i][0], m(budget.sum(source(income[i][1])))
            facts.append(Fact(income[i][0], "预算数", cells[1], f"in:{income[i][1]}", "amount"))
        if i < len(spend):
            assert spend[i].test is not None
            cells[2], cells[3] = f"{han(i + 1)}、{spend[i].name}", m(budget.sum(spend[i].test))
            facts.append(Fact(cells[2], "预算数", cells[3], f"out:{spend[i].code}", "total"))
        if i < len(four):
            cells[4], cells[5] = four[i][0], m(four[i][1])
            facts.append(Fact(cells[4], "预算数", cells[5]))
        body.append(tuple(cells))
    whole = m(budget.sum())
    body += [
        ("本年收入合计", whole, "本年支出合计", whole, "本年支出合计", whole),
        ("收入总计", whole, "支出总计", whole, "支出总计", whole),
    ]
    facts += [
        Fact("本年收入合计", "预算数", whole, "in:current_total", "amount"),
        Fact("收入总计", "预算数", whole, "in:total", "amount"),
    ]
    facts += [
        Fact("本年支出合计", "预算数", whole, "out:current_total", "total"),
        Fact("本年支出合计", "预算数", whole),
    ]
    facts += [Fact("支出总计", "预算数", whole, "out:total", "total"), Fact("支出总计", "预算数", whole)]
    facts = [f for f in facts if f.value not in {"", "-"}]
    balance = Printed(
        "summary", "部门收支总体情况表", "公开表01", grid_head([
            "收入/项目", "收入/预算数", "支出/项目（按功能分类）", "支出/预算数", "支出/项目（按支出性质）", "支出/预算数"]),
        tuple(body), "wfwfwf", tuple(facts), budget.style.unit, budget.unit_name)  # fmt: skip
    return budget, [
        balance,
        listing(budget, ("income", "公开表02", "部门收入总体情况表"), [
            Words("单位名称", lambda r: r.name, named=True), Amounts("合计", "total"),
            *by_source({"general": "一般公共预算拨款", "gov_fund": "政府性基金预算拨款", "state_capital": "国有资本经营预算拨款"})],
            [Row("total", "", "合计", lambda _m: True), Row(budget.unit_name, "", budget.unit_name, lambda _m: True)]),
        listing(budget, ("spending", "公开表03", "部门支出总体情况表"), [
            *split_codes("科目编码"), NAME, Amounts("总计", "total"), Amounts("基本支出/小计", "basic", basic),
            Amounts("基本支出/人员经费", "personnel", kind("personnel")), Amounts("基本支出/公用经费", "operating", kind("operating")),
            Amounts("项目支出", "project", project)], function_rows(budget, levels=(7,), word="总计")),
        listing(budget, ("general_spending", "公开表05", "一般公共预算支出情况表"), [
            CODE, indented(NAME), Amounts("合计", "total"), Amounts("基本支出/工资福利支出", "", lambda x: x.economic.startswith("301")),
            Amounts("基本支出/商品和服务支出", "", lambda x: x.economic.startswith("302")),
            Amounts("基本支出/对个人和家庭的补助", "", lambda x: x.economic.startswith("303")),
            Amounts("项目支出", "project", project)], function_rows(budget, source("general"))),
        listing(budget, ("basic_economic", "公开表06", "一般公共预算基本支出情况表"), [
            with_head(CODE, "部门预算经济分类/科目编码"), with_head(NAME, "部门预算经济分类/科目名称"), Amounts("基本支出", "total")],
            economic_rows(budget)),
        fund_table(budget, ("fund_spending", "公开表07", "政府性基金预算支出情况表"), "gov_fund", [
            CODE, indented(NAME), Amounts("合计", "total"), Amounts("基本支出", "basic", basic), Amounts("项目支出", "project", project)]),
        public_listed(budget, ("three_public", "公开表08", "一般公共预算“三公”经费支出情况表"), {
            "abroad": "1、因公出国（境）费用", "reception": "2、公务接待费", "vehicles": "3、公务用车费",
            "vehicle_operation": "其中：（1）公务用车运行维护费", "vehicle_purchase": "（2）公务用车购置", "total": "合计"},
            [("上年预算数", "last_budget"), ("本年预算数", "total")]),
    ]  # fmt: skip
