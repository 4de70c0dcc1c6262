"""Layouts of counties and cities: words spaced out, names and codes in one cell, a stroke for nothing, whole 元."""

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
    indented,
    project_rows,
    public_listed,
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


def lakes(random: Random) -> tuple[Budget, list[Printed]]:
    """表1 … in whole 元 with thousands divided; codes and names divided, totals last; lists by source."""
    budget = random_budget(random, Style("元", random.choice((0, 2)), thousands=True), year=random.choice((2019, 2023)))
    names = {
        "general": "一般公共预算拨款",
        "gov_fund": "政府性基金预算拨款",
        "state_capital": "国有资本经营预算拨款",
        "special_account": "财政专户管理资金",
        "business": "事业收入",
        "other": "其他收入",
    }
    return budget, [
        summary(budget, ("summary", "表1", f"{budget.year}年收支预算总表"), names,
                heads=("收入/项目", "收入/预算数", "支出/项目", "支出/预算数"), ordinals=False),
        listing(budget, ("income", "表2", f"{budget.year}年收入预算总表"), [
            CODE, NAME, Amounts("总计", "total"), Amounts("本年收入/合计", "current", new),
            *by_source(names, "本年收入/", tests=(new,)), Amounts("上年结转结余", "carry", carried)],
            function_rows(budget, total="last", word="总计")),
        listing(budget, ("spending", "表3", f"{budget.year}年支出预算总表"), [
            CODE, NAME, Amounts("合计", "total"), Amounts("人员支出", "personnel", kind("personnel")),
            Amounts("公用支出", "operating", kind("operating")), Amounts("项目支出", "project", project)],
            function_rows(budget, total="last")),
        fiscal_balance(budget, ("appropriation", "表4", f"{budget.year}年财政拨款收支预算总表")),
        listing(budget, ("general_spending", "表5", f"{budget.year}年一般公共预算支出表"), [
            CODE, NAME, Amounts("合计", "total"), Amounts("基本支出", "basic", basic), Amounts("项目支出", "project", project)],
            function_rows(budget, source("general"), total="last")),
        listing(budget, ("basic_economic", "表6", f"{budget.year}年一般公共预算基本支出表"), [
            CODE, NAME, Amounts("合计", "total"), Amounts("人员经费", "personnel", kind("personnel")),
            Amounts("公用经费", "operating", kind("operating"))], economic_rows(budget, total="last")),
        public_listed(budget, ("three_public", "表7", f"{budget.year}年一般公共预算“三公”经费支出表"), {
            "total": "合计", "abroad": "因公出国（境）费", "reception": "公务接待费", "vehicles": "公务用车购置及运行费",
            "vehicle_purchase": "其中：公务用车购置费", "vehicle_operation": "公务用车运行维护费"},
            [("上年预算数", "last_budget"), ("当年预算数", "total"), ("增减额", "change")]),
        fund_table(budget, ("fund_spending", "表8", f"{budget.year}年政府性基金预算支出表"), "gov_fund", [
            CODE, NAME, Amounts("合计", "total"), Amounts("基本支出", "basic", basic), Amounts("项目支出", "project", project)],
            total="last"),
    ]  # fmt: skip


def eastern(random: Random) -> tuple[Budget, list[Printed]]:
    """表一 …: this year and carried-over money side by side, indented names, government classes beside economic ones."""
    budget = random_budget(random, Style("万元"), year=random.choice((2022, 2026)))
    names = {k: f"{v}" for k, v in SOURCES.items()}
    return budget, [
        summary(budget, ("summary", "表一", "部门预算收支总表"), names,
                heads=("收入/项目", "收入/预算数", "支出/项目（按功能分类）", "支出/预算数")),
        listing(budget, ("income", "表二", "部门预算收入总表"), [
            CODE, indented(NAME), Amounts("收入总计", "total"), Amounts("本年收入/合计", "current", new),
            *by_source(names, "本年收入/", tests=(new,)), Amounts("上年结转/合计", "carry", carried),
            Amounts("上年结转/一般公共预算", "carry_general", all_of(carried, source("general"))),
            Amounts("上年结转/单位资金", "carry_unit_funds", lambda _m: False)], function_rows(budget)),
        listing(budget, ("spending", "表三", "部门预算支出总表"), [
            CODE, indented(NAME), Amounts("支出合计", "total"), Amounts("基本支出", "basic", basic),
            Amounts("项目支出", "project", project), Amounts("结转下年", "", lambda _m: False)], function_rows(budget)),
        fiscal_balance(budget, ("appropriation", "表四", "财政拨款收支预算总表")),
        listing(budget, ("general_spending", "表五", "一般公共预算支出表"), [
            CODE, indented(NAME), Amounts("合计", "total"), Amounts("基本支出/小计", "basic", basic),
            Amounts("基本支出/人员经费", "personnel", kind("personnel")), Amounts("基本支出/日常公用经费", "operating", kind("operating")),
            Amounts("项目支出", "project", project)], function_rows(budget, source("general"))),
        listing(budget, ("basic_economic", "表六", "一般公共预算基本支出表"), [
            with_head(CODE, "部门预算经济分类/科目编码"), with_head(indented(NAME), "部门预算经济分类/科目名称"),
            Words("政府预算经济分类", lambda r: "" if r.level == 0 else "机关商品和服务支出" if r.code.startswith("302") else "机关工资福利支出"),
            Amounts("合计", "total"), Amounts("人员经费", "personnel", kind("personnel")),
            Amounts("公用经费", "operating", kind("operating"))], economic_rows(budget)),
        fund_table(budget, ("fund_spending", "表七", "政府性基金预算支出表"), "gov_fund", [
            CODE, indented(NAME), Amounts("合计", "total"), Amounts("基本支出", "basic", basic), Amounts("项目支出", "project", project)]),
        fund_table(budget, ("state_capital", "表八", "国有资本经营预算支出表"), "state_capital", [
            CODE, indented(NAME), Amounts("合计", "total"), Amounts("基本支出", "basic", basic), Amounts("项目支出", "project", project)]),
        public_listed(budget, ("three_public", "表九", "一般公共预算“三公”经费支出表"), {
            "total": "合计", "abroad": "一、因公出国（境）费", "reception": "二、公务接待费", "vehicles": "三、公务用车购置及运行费",
            "vehicle_purchase": "（一）公务用车购置费", "vehicle_operation": "（二）公务用车运行费"}),
        listing(budget, ("projects", "表十", "项目支出预算表"), [
            Words("项目名称", lambda r: r.name, named=True), Amounts("合计", "total"),
            *by_source({"general": "一般公共预算", "gov_fund": "政府性基金预算", "state_capital": "国有资本经营预算"}),
            Amounts("财政专户管理资金", "special_account", source("special_account")),
            Amounts("单位资金", "unit_funds", source("business", "other"))],
            [*project_rows(budget), Row("total", "", "合计", project)]),
    ]  # fmt: skip


def county(random: Random) -> tuple[Budget, list[Printed]]:
    """附表1 …: words of heads spaced out, codes and names in one cell, a stroke for nothing, totals last."""
    budget = random_budget(
        random, Style("元", 2, thousands=True, nothing="-"), year=random.choice((2020, 2024)), simple=True
    )
    both = Words("科　目", lambda r: f"{'　' * r.level}{r.code} {r.name}" if r.code else "合　　计")
    names = {k: f"{SOURCES[k]}拨款" for k in ("general", "gov_fund", "state_capital")}
    return budget, [
        summary(budget, ("summary", "附表1", "部门收支预算总表"), names,
                heads=("收　　入/项　　目", "收　　入/预 算 数", "支　　出/项　　目", "支　　出/预 算 数")),
        listing(budget, ("income", "附表2", "部门收入预算总表"), [
            Words("科 目 编 码", lambda r: r.code), Words("科 目 名 称", lambda r: r.name, named=True), Amounts("合　计", "total"),
            *by_source(names)], function_rows(budget, total="last", word="合　　计")),
        listing(budget, ("spending", "附表3", "部门支出预算总表"), [
            Words("科 目 编 码", lambda r: r.code), Words("科 目 名 称", lambda r: r.name, named=True), Amounts("合　计", "total"),
            Amounts("基本\n支出", "basic", basic), Amounts("项目\n支出", "project", project)],
            function_rows(budget, total="last", word="合　　计")),
        fiscal_balance(budget, ("appropriation", "附表4", "财政拨款收支预算总表")),
        listing(budget, ("general_spending", "附表5", "一般公共预算支出预算表"), [
            both, Amounts("合　计", "total"), Amounts("基 本 支 出", "basic", basic), Amounts("项 目 支 出", "project", project)],
            function_rows(budget, source("general"), total="last")),
        listing(budget, ("basic_economic", "附表6", "一般公共预算基本支出预算表"), [
            replace(both, head="经济分类科目"), Amounts("合　计", "total"), Amounts("人 员 经 费", "personnel", kind("personnel")),
            Amounts("公 用 经 费", "operating", kind("operating"))], economic_rows(budget, total="last")),
        public_listed(budget, ("three_public", "附表7", "“三公”经费预算表"), {
            "total": "合　　计", "abroad": "1.因公出国（境）费用", "reception": "2.公务接待费", "vehicles": "3.公务用车购置及运行费",
            "vehicle_operation": "其中：公务用车运行维护费", "vehicle_purchase": "公务用车购置费"}, [("本年预算数", "total")],
            head="项　　目"),
        fund_table(budget, ("fund_spending", "附表8", "政府性基金预算支出预算表"), "gov_fund", [
            both, Amounts("合　计", "total"), Amounts("基 本 支 出", "basic", basic), Amounts("项 目 支 出", "project", project)],
            total="last"),
    ]  # fmt: skip


def plain(random: Random) -> tuple[Budget, list[Printed]]:
    """表01 …: names without codes, spending by fund and kind, purchases with quantities, costs of offices beside."""
    budget = random_budget(
        random, Style("万元", random.choice((1, 2, 4)), nothing=random.choice(("", "0.00"))), year=2023
    )
    names = {k: f"{v}收入" if k in {"general", "gov_fund", "state_capital"} else v for k, v in SOURCES.items()}
    operating = budget.sum(kind("operating"))
    things = [("办公设备", "台", 12), ("专用设备", "套", 3), ("家具用具", "件", 40)]
    rows = [
        Row(n, "", n, known={"total": operating // (i + 5), "fiscal": operating // (i + 5)}, text=f"{u}|{q}")
        for i, (n, u, q) in enumerate(things)
    ]
    total = Row("total", "", "合计", known={k: sum(r.known[k] for r in rows if r.known) for k in ("total", "fiscal")})
    return budget, [
        summary(budget, ("summary", "表01", "收支预算总表"), names),
        listing(budget, ("spending", "表03", "支出预算总表"), [
            Words("科目名称", lambda r: "　" * r.level + r.name, named=True), Amounts("合计", "total"),
            Amounts("基本支出", "basic", basic), Amounts("项目支出", "project", project)], function_rows(budget)),
        listing(budget, ("general_spending", "表05", "一般公共预算财政拨款支出预算表"), [
            CODE, NAME, Amounts("本年预算支出合计", "total"), Amounts("基本支出", "basic", basic), Amounts("项目支出", "project", project)],
            function_rows(budget, source("general"))),
        listing(budget, ("basic_economic", "表06", "一般公共预算财政拨款基本支出预算表"), [
            with_head(CODE, "支出经济分类科目/科目编码"), with_head(NAME, "支出经济分类科目/科目名称"), Amounts("本年预算数", "total")],
            economic_rows(budget)),
        public_turned(budget, ("three_public", "表07", "“三公”经费预算表"), {"": ("total", budget.public)}),
        listing(budget, ("procurement", "表09", "政府采购预算表"), [
            Words("采购品目", lambda r: r.name, named=True), Words("计量单位", lambda r: r.text.partition("|")[0]),
            Words("数量", lambda r: r.text.partition("|")[2]), Amounts("合计", "total"), Amounts("财政拨款", "fiscal")],
            [total, *rows]),
        listing(budget, ("unknown:重点支出保障事项预算表", "表10", "重点支出保障事项预算表"), [
            Words("序号", lambda r: r.text), Words("保障事项", lambda r: r.name, named=True), Amounts("本年安排", "current", new),
            Amounts("使用结转", "carry", carried)],
            [replace(r, text=str(n)) for n, r in enumerate(project_rows(budget), start=1)]),
    ]  # fmt: skip
