"""Layouts of the capital's and the central departments' forms: comparisons, money carried over, procurement."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from other_form_pieces import (
    CODE,
    NAME,
    SOURCES,
    by_source,
    fiscal_balance,
    fund_table,
    project_rows,
    public_turned,
    summary,
    with_head,
)
from other_forms import (
    Amounts,
    Row,
    Style,
    Words,
    all_of,
    basic,
    carried,
    economic_rows,
    function_rows,
    kind,
    listing,
    new,
    project,
    random_budget,
    source,
)

if TYPE_CHECKING:
    from random import Random

    from other_forms import Budget, Printed


def central(random: Random) -> tuple[Budget, list[Printed]]:
    """部门公开表1 …: comparison with what was spent last year, three public expenses of two years on their side."""
    budget = random_budget(random, Style("万元"), year=random.choice((2022, 2024, 2025)))
    year = budget.year
    names = {k: f"{v}拨款收入" if k in {"general", "gov_fund", "state_capital"} else v for k, v in SOURCES.items()}
    spend = [
        Amounts("基本支出", "basic", basic), Amounts("项目支出", "project", project),
        Amounts("上缴上级支出", "remittance_up", lambda _m: False),
        Amounts("事业单位经营支出", "business_operations", lambda _m: False),
        Amounts("对附属单位补助支出", "affiliate_subsidy", lambda _m: False),
    ]  # fmt: skip
    general = list(function_rows(budget, source("general"), total="last"))

    def last(row: Row) -> int:
        return sum(v for c, v in budget.last.items() if c.startswith(row.code))

    compared = []
    for row in general:
        assert row.test is not None
        now, before = budget.sum(row.test), last(row)
        compared.append(
            replace(
                row,
                known={
                    "last_executed": before, "total": now, "basic": budget.sum(row.test, basic),
                    "project": budget.sum(row.test, project), "change": now - before,
                },
            )
        )  # fmt: skip
    rate = Words("比较/增减%", _rate)
    return budget, [
        summary(budget, ("summary", "部门公开表1", "部门收支总表"), names),
        listing(budget, ("income", "部门公开表2", "部门收入总表"), [
            CODE, NAME, Amounts("合计", "total"), Amounts("上年结转", "carry", carried),
            *by_source(names, tests=(new,)), Amounts("使用非财政拨款结余", "surplus_used", lambda _m: False),
        ], function_rows(budget, total="last")),
        listing(budget, ("spending", "部门公开表3", "部门支出总表"), [CODE, NAME, Amounts("合计", "total"), *spend],
                function_rows(budget, total="last")),
        fiscal_balance(budget, ("appropriation", "部门公开表4", "财政拨款收支总表")),
        listing(budget, ("general_spending", "部门公开表5", "一般公共预算支出表"), [
            with_head(CODE, "功能分类科目/科目编码"), with_head(NAME, "功能分类科目/科目名称"),
            Amounts(f"{year - 1}年执行数", "last_executed"), Amounts(f"{year}年预算数/小计", "total"),
            Amounts(f"{year}年预算数/基本支出", "basic"), Amounts(f"{year}年预算数/项目支出", "project"),
            Amounts("比较/增减额", "change"), rate,
        ], compared),
        listing(budget, ("basic_economic", "部门公开表6", "一般公共预算基本支出表"), [
            with_head(CODE, "部门预算支出经济分类科目/科目编码"), with_head(NAME, "部门预算支出经济分类科目/科目名称"),
            Amounts("本年一般公共预算基本支出/合计", "total"),
            Amounts("本年一般公共预算基本支出/人员经费", "personnel", kind("personnel")),
            Amounts("本年一般公共预算基本支出/公用经费", "operating", kind("operating")),
        ], economic_rows(budget, total="last")),
        public_turned(budget, ("three_public", "部门公开表7", "一般公共预算“三公”经费支出表"), {
            f"{year - 1}年预算数": ("last_budget", budget.public_last), f"{year}年预算数": ("total", budget.public)}),
        fund_table(budget, ("fund_spending", "部门公开表8", "政府性基金预算支出表"), "gov_fund", [
            CODE, NAME, Amounts("本年政府性基金预算支出/合计", "total"),
            Amounts("本年政府性基金预算支出/基本支出", "basic", basic),
            Amounts("本年政府性基金预算支出/项目支出", "project", project)], total="last"),
        fund_table(budget, ("state_capital", "部门公开表9", "国有资本经营预算支出表"), "state_capital", [
            CODE, NAME, Amounts("本年国有资本经营预算支出/合计", "total"),
            Amounts("本年国有资本经营预算支出/基本支出", "basic", basic),
            Amounts("本年国有资本经营预算支出/项目支出", "project", project)], total="last"),
    ]  # fmt: skip


def _rate(row: Row) -> str:
    """Print a change in per cent, halves up; nothing where nothing was before."""
    assert row.known is not None
    before, change = row.known["last_executed"], row.known["change"]
    if not before:
        return ""
    hundredths, rest = divmod(abs(change) * 10000, before)
    hundredths += 2 * rest >= before
    return ("-" if change < 0 and hundredths else "") + f"{hundredths // 100}.{hundredths % 100:02d}%"


def capital(random: Random) -> tuple[Budget, list[Printed]]:
    """预算01表 …: six decimals, projects by fund with money carried over, procurement, purchased services."""
    budget = random_budget(random, Style("万元", 6), year=random.choice((2023, 2025)))
    spend = [
        Amounts("基本支出", "basic", basic), Amounts("项目支出", "project", project),
        Amounts("事业单位经营支出", "business_operations", lambda _m: False),
        Amounts("上缴上级支出", "remittance_up", lambda _m: False),
        Amounts("对附属单位补助支出", "affiliate_subsidy", lambda _m: False),
    ]  # fmt: skip
    code, name = with_head(CODE, "功能分类科目编码"), with_head(NAME, "功能分类科目名称")
    fiscal_names = {"general": "一般公共预算", "gov_fund": "政府性基金预算", "state_capital": "国有资本经营预算"}
    names = {k: f"{v}财政拨款收入" if k in fiscal_names else v for k, v in SOURCES.items()}
    services = [m for m in budget.lines if m.project and m.source == "general"][:2]
    buys = {"A": "货物", "B": "工程", "C": "服务"}
    bought = {k: sum(m.amount for m in budget.lines if m.project) // (n + 7) for n, k in enumerate(buys)}
    kinds = [Row("total", "", "合计", known={"total": sum(bought.values())})] + [
        Row(n, k, n, known={"total": bought[k]}) for k, n in buys.items()
    ]
    return budget, [
        summary(budget, ("summary", "预算01表", "收支总表"), names),
        listing(budget, ("income", "预算02表", "收入总表"), [
            Words("部门（单位）代码", lambda r: r.code), Words("部门（单位）名称", lambda r: r.name, named=True),
            Amounts("合计", "total"), Amounts("本年收入/小计", "current", new),
            *by_source(SOURCES, "本年收入/", tests=(new,)), Amounts("上年结转结余/小计", "carry", carried),
            Amounts("上年结转结余/一般公共预算", "carry_general", all_of(carried, source("general"))),
        ], [Row("total", "", "合计", lambda _m: True), Row(budget.unit_name, "017", budget.unit_name, lambda _m: True)]),
        listing(budget, ("spending", "预算03表", "支出总表"), [code, name, Amounts("合计", "total"), *spend],
                function_rows(budget, total="last", word="合　计")),
        listing(budget, ("projects", "预算04表", "项目支出表"), [
            Words("类型", lambda _r: "特定目标类"), Words("项目名称", lambda r: r.name, named=True),
            Words("项目单位", lambda _r: budget.unit_name), Amounts("合计", "total"),
            *by_source(fiscal_names, "本年拨款/", tests=(new,)),
            Amounts("财政拨款结转结余/一般公共预算", "carry_general", all_of(carried, source("general"))),
            Amounts("财政拨款结转结余/政府性基金预算", "carry_gov_fund", all_of(carried, source("gov_fund"))),
            Amounts("财政专户管理资金", "special_account", source("special_account")),
            Amounts("单位资金", "unit_funds", source("business", "other")),
        ], [*project_rows(budget), Row("total", "", "合计", project)]),
        listing(budget, ("procurement", "预算05表", "政府采购预算明细表"), [
            Words("采购类别", lambda r: r.name, named=True), Amounts("金额", "total")], kinds),
        fiscal_balance(budget, ("appropriation", "预算06表", "财政拨款收支总表"), suffix="财政拨款"),
        listing(budget, ("general_spending", "预算07表", "一般公共预算财政拨款支出表"), [
            code, name, Amounts("合计", "total"), Amounts("基本支出/小计", "basic", basic),
            Amounts("基本支出/人员经费", "personnel", kind("personnel")),
            Amounts("基本支出/公用经费", "operating", kind("operating")), Amounts("项目支出", "project", project),
        ], function_rows(budget, source("general"), total="last")),
        listing(budget, ("basic_economic", "预算08表", "一般公共预算财政拨款基本支出表"), [
            with_head(CODE, "经济分类科目编码"), with_head(NAME, "经济分类科目名称"), Amounts("合计", "total"),
            Amounts("人员经费", "personnel", kind("personnel")), Amounts("公用经费", "operating", kind("operating")),
        ], economic_rows(budget, total="last")),
        fund_table(budget, ("fund_spending", "预算09表", "政府性基金预算财政拨款支出表"), "gov_fund", [
            code, name, Amounts("合计", "total"), Amounts("基本支出", "basic", basic),
            Amounts("项目支出", "project", project)], total="last"),
        public_turned(budget, ("three_public", "预算11表", "财政拨款“三公”经费支出表"), {
            "“三公”经费财政拨款预算总额": ("total", budget.public)},
            order=("total", "abroad", "reception", "vehicles", "vehicle_purchase", "vehicle_operation"),
            unit_column="部门（单位）名称",
            names={"vehicles": "公务用车购置和运行维护费", "vehicle_operation": "公务用车运行维护费"}),
        listing(budget, ("purchased_services", "预算12表", "政府购买服务预算财政拨款明细表"), [
            Words("指导性目录一级", lambda _r: "政府履职辅助性服务"), Words("购买服务内容", lambda r: r.name, named=True),
            Amounts("预算金额", "total")],
            [Row(m.project, "", m.project, known={"total": m.amount // 3}) for m in services]),
    ]  # fmt: skip
