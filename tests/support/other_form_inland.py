"""Layouts drawn for one measure before anything was mended for them: three pairs in a balance, two classifications in a row,
projects under items, units as rows, numbers of lines, notes in columns, yuan, no decimals, broken names."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from other_form_accounts import pairs_of_three
from other_form_coasts import before, split, sums
from other_form_pieces import (
    CODE,
    NAME,
    by_source,
    classes,
    fund_table,
    han,
    project_rows,
    public_listed,
    public_turned,
    split_codes,
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
    fiscal,
    function_rows,
    kind,
    listing,
    name_of,
    new,
    project,
    random_budget,
    source,
    starts,
    two_sided,
)

from mingzhang.model.keys import tidy

if TYPE_CHECKING:
    from random import Random

    from other_forms import Budget, Printed

FUNDS = {"general": "一般公共预算拨款", "gov_fund": "政府性基金预算拨款", "state_capital": "国有资本经营预算拨款"}


def plateau(random: Random) -> tuple[Budget, list[Printed]]:
    """预算01表 …: yuan with thousands, the codes' levels beside the names, totals last, of-which columns within sums."""
    budget = random_budget(random, Style("元", 2, thousands=True), year=random.choice((2022, 2025)))
    year = budget.year
    lead = [*split_codes("功能分类科目/科目编码"), with_head(NAME, "功能分类科目/科目名称")]
    names = {"general": "一般公共预算收入", "gov_fund": "政府性基金预算收入", "state_capital": "国有资本经营预算收入",
             "special_account": "财政专户管理资金收入", "business": "事业收入", "other": "其他收入"}  # fmt: skip
    return budget, [
        summary(budget, ("summary", "预算01表", f"{year}年部门（单位）收支总体情况表"), names, heads=("收  入/项  目", f"收  入/{year}年预算", "支  出/项  目", f"支  出/{year}年预算")),
        listing(budget, ("income", "预算02表", f"{year}年部门（单位）收入总体情况表"), [
            *lead, Amounts("总计", "total"), Amounts("财政拨款收入/小计", "fiscal", all_of(fiscal, new)), *by_source(FUNDS, "财政拨款收入/", tests=(new,)),
            Amounts("财政专户管理资金收入", "special_account", all_of(source("special_account"), new)), Amounts("事业收入", "business", all_of(source("business"), new)),
            Amounts("其他收入", "other", all_of(source("other"), new)), Amounts("上年结转", "carry", carried)], function_rows(budget, total="last")),
        listing(budget, ("spending", "预算03表", f"{year}年部门（单位）支出总体情况表"), [
            *lead, Amounts("合计", "total"), Amounts("基本支出/合计", "basic", basic), Amounts("基本支出/其中：人员支出", "personnel", kind("personnel")),
            Amounts("基本支出/其中：公用支出", "operating", kind("operating")), Amounts("项目支出", "project", project)], function_rows(budget, total="last")),
        listing(budget, ("general_spending", "预算05表", f"{year}年一般公共预算支出情况表"), [
            *lead, Amounts("合计", "total"), Amounts("基本支出", "basic", basic), Amounts("项目支出", "project", project)], function_rows(budget, source("general"), total="last")),
        listing(budget, ("basic_economic", "预算06表", f"{year}年一般公共预算基本支出情况表"), [
            Words("经济分类科目/科目编码/类", lambda r: r.code[:3]), Words("经济分类科目/科目编码/款", lambda r: r.code[3:5]), with_head(NAME, "经济分类科目/科目名称"),
            Amounts("合计", "total"), Amounts("人员支出", "personnel", kind("personnel")), Amounts("公用支出", "operating", kind("operating"))], economic_rows(budget, total="last")),
        public_listed(budget, ("three_public", "预算07表", f"{year}年一般公共预算“三公”经费支出情况表"), {
            "abroad": "1.因公出国（境）费", "reception": "2.公务接待费", "vehicles": "3.公务用车购置及运行费", "vehicle_purchase": "其中：公务用车购置费",
            "vehicle_operation": "公务用车运行费", "total": "合    计"}, [(f"{year}年预算", "total")]),
        fund_table(budget, ("fund_spending", "预算08表", f"{year}年政府性基金预算支出情况表"), "gov_fund", [
            *lead, Amounts("合计", "total"), Amounts("基本支出", "basic", basic), Amounts("项目支出", "project", project)], total="last"),
    ]  # fmt: skip


def lowland(random: Random) -> tuple[Budget, list[Printed]]:
    """表1 …: spending by kind in the balance, rows counted, money carried over split by source, a column of notes."""
    budget = random_budget(random, Style("万元", 2, nothing=random.choice(("", "0.00"))), year=2024)
    count = iter(range(1, 999))
    number = Words("序号", lambda _r: str(next(count)))
    left = [("in:fiscal", "一、财政拨款收入", budget.sum(fiscal, new)), *((f"in:{k}", f"（{han(n)}）{v}收入", budget.sum(source(k), new)) for n, (k, v) in enumerate(FUNDS.items(), 1)),
            ("in:special_account", "二、财政专户管理资金收入", budget.sum(source("special_account"), new)), ("in:business", "三、事业收入", budget.sum(source("business"), new)),
            ("in:other", "四、其他收入", budget.sum(source("other"), new)), ("in:current_total", "本年收入合计", budget.sum(new)),
            ("in:carry", "上年结转（结余）", budget.sum(carried)), ("in:total", "收入总计", budget.sum())]  # fmt: skip
    right = [("", "一、基本支出", (budget.sum(basic),)), ("", "人员经费", (budget.sum(kind("personnel")),)), ("", "公用经费", (budget.sum(kind("operating")),)),
             ("", "二、项目支出", (budget.sum(project),)), ("out:current_total", "本年支出合计", (budget.sum(),)), ("out:total", "支出总计", (budget.sum(),))]  # fmt: skip
    first = {"general": "一般公共预算", "gov_fund": "政府性基金", "state_capital": "国有资本经营预算"}
    return budget, [
        two_sided(budget, ("summary", "表1", "收支预算总表"), ("收入/项目", "收入/预算数", "支出/项目（按支出项目类别）", "支出/预算数"), left, right, ("total",), tail=(3, 2)),
        listing(budget, ("income", "表2", "部门收入总表"), [
            CODE, NAME, Amounts("合计", "total"), Amounts("上年结转/小计", "carry", carried), *(Amounts(f"上年结转/{v}", f"carry_{k}", all_of(carried, source(k))) for k, v in first.items()),
            Amounts("财政拨款/小计", "fiscal", all_of(fiscal, new)), *by_source(first, "财政拨款/", tests=(new,)), Amounts("事业收入", "business", all_of(new, source("business"))),
            Amounts("其他收入", "other", all_of(new, source("other"))), Amounts("财政专户管理资金", "special_account", all_of(new, source("special_account")))], function_rows(budget)),
        listing(budget, ("spending", "表3", "部门支出总表"), [CODE, NAME, Amounts("合计", "total"), Amounts("基本支出", "basic", basic), Amounts("项目支出", "project", project),
            Words("备注", lambda _r: "")], function_rows(budget)),
        listing(budget, ("general_spending", "表5", "一般公共预算支出表"), [CODE, NAME, Amounts(f"{budget.year}年预算数/合计", "total"), Amounts(f"{budget.year}年预算数/基本支出", "basic", basic),
            Amounts(f"{budget.year}年预算数/项目支出", "project", project)], function_rows(budget, source("general"))),
        listing(budget, ("projects", "表9", "项目支出表"), [number, Words("项目名称", lambda r: r.name, named=True), Words("科目编码", lambda r: r.code), Amounts("合计", "total"),
            *by_source({**first, "other": "其他资金"}), Words("备注", lambda r: "结转" if r.text == "general" else "")], [*project_rows(budget, source("general", "gov_fund", "state_capital", "other")),
            Row("total", "", "合计", all_of(project, source("general", "gov_fund", "state_capital", "other")))]),
        public_turned(budget, ("three_public", "表7", "“三公”经费支出预算表"), {"": ("total", budget.public)}, unit_column="单位名称",
                      order=("total", "reception", "abroad", "vehicles", "vehicle_operation", "vehicle_purchase")),
    ]  # fmt: skip


def forest(random: Random) -> tuple[Budget, list[Printed]]:
    """附表1-1 …: whole 万元 only, units as rows of every table, amounts of several units under a head of one line."""
    budget = random_budget(random, Style("万元", 0), year=2023, simple=True)
    unit = Row(budget.unit_name, "", budget.unit_name, lambda _m: True)
    whole = Row("total", "", "总计", lambda _m: True)
    owner = Words("单位名称", lambda _r: budget.unit_name)
    return budget, [
        listing(budget, ("income", "附表1-1", "部门收入预算表"), [Words("单位名称", lambda r: r.name, named=True), Amounts("收入合计", "total"), *by_source(FUNDS)], [whole, unit]),
        listing(budget, ("spending", "附表1-2", "部门支出预算表"), [owner, with_head(CODE, "支出功能科目编码"), with_head(NAME, "支出功能科目名称"), Amounts("支出合计", "total"),
            Amounts("基本支出", "basic", basic), Amounts("项目支出", "project", project)], function_rows(budget, total="none")),
        listing(budget, ("general_spending", "附表1-4", "一般公共预算支出表（功能科目）"), [with_head(CODE, "支出功能科目编码"), with_head(NAME, "支出功能科目名称"), Amounts("合计", "total"),
            Amounts("人员经费", "personnel", kind("personnel")), Amounts("日常公用经费", "operating", kind("operating")), Amounts("项目支出", "project", project)],
            function_rows(budget, source("general"), word="总计")),
        pairs_of_three(budget) if random.random() < 0.5 else listing(budget, ("basic_economic", "附表1-5", "一般公共预算基本支出表（经济科目）"), [
            with_head(CODE, "支出经济科目编码"), with_head(NAME, "支出经济科目名称"), Amounts("金额", "total")], economic_rows(budget)),
        public_listed(budget, ("three_public", "附表1-6", "一般公共预算“三公”经费支出表"), {"total": "“三公”经费合计", "abroad": "因公出国（境）费用", "reception": "公务接待费",
            "vehicles": "公务用车购置及运行费用", "vehicle_purchase": "其中：公务用车购置", "vehicle_operation": "公务用车运行维护费"}, [("上年预算", "last_budget"), ("本年预算", "total"), ("增减额", "change")]),
        fund_table(budget, ("fund_spending", "附表1-7", "政府性基金预算支出表"), "gov_fund", [with_head(CODE, "支出功能科目编码"), with_head(NAME, "支出功能科目名称"), Amounts("合计", "total"),
            Amounts("基本支出", "basic", basic), Amounts("项目支出", "project", project)]),
    ]  # fmt: skip


def desert(random: Random) -> tuple[Budget, list[Printed]]:
    """表一 …: projects under their items with names and codes in the same row, names broken over lines, sums by use."""
    budget = random_budget(random, Style("万元", 2), year=random.choice((2022, 2024)), simple=True)
    broken = Words(
        "功能分类科目名称", lambda r: r.name[:8] + ("\n" + r.name[8:] if len(r.name) > 8 else ""), named=True
    )
    lead = [*split_codes("功能分类科目编码"), broken]
    left = [("in:fiscal", "财政拨款（补助）", budget.sum(fiscal)), *((f"in:{k}", v.removesuffix("拨款"), budget.sum(source(k))) for k, v in FUNDS.items()),
            ("in:total", "收入总计", budget.sum())]  # fmt: skip
    right = [(f"out:{r.code}", f"{r.code} {r.name}", (budget.sum(starts(r.code)),)) for r in classes(budget)] + [
        ("out:total", "支出总计", (budget.sum(),))
    ]
    items = [replace(row, text=name_of(row.code)) for row in project_rows(budget, source("general"))]
    return budget, [
        two_sided(budget, ("summary", "表一", "部门收支总体情况表"), ("收入/项目", "收入/预算数", "支出/功能分类", "支出/预算数"), left, right, ("total",), tail=(1, 1)),
        listing(budget, ("spending", "表三", "部门支出总体情况表"), [*lead, Amounts("支出预算/合计", "total"), Amounts("支出预算/基本支出", "basic", basic),
            Amounts("支出预算/项目支出", "project", project)], function_rows(budget)),
        listing(budget, ("general_spending", "表五", "一般公共预算支出情况表"), [*lead, Amounts("一般公共预算支出/小计", "total"), Amounts("一般公共预算支出/基本支出", "basic", basic),
            Amounts("一般公共预算支出/项目支出", "project", project)], function_rows(budget, source("general"), total="last")),
        listing(budget, ("x_projects", "表七", "项目支出情况表（按经济分类）"), [*split_codes("科目编码"), Words("科目名称", lambda r: r.text), Words("项目名称", lambda r: r.name, named=True),
            Amounts("项目支出合计", "total"), Amounts("商品和服务支出", "")], items),
        public_turned(budget, ("three_public", "表八", "一般公共预算“三公”经费支出情况表"), {"": ("total", budget.public)},
                      order=("total", "abroad", "vehicles", "vehicle_purchase", "vehicle_operation", "reception")),
        fund_table(budget, ("fund_spending", "表九", "政府性基金预算支出情况表"), "gov_fund", [*lead, Amounts("政府性基金预算支出/合计", "total"),
            Amounts("政府性基金预算支出/基本支出", "basic", basic), Amounts("政府性基金预算支出/项目支出", "project", project)]),
    ]  # fmt: skip


def canyon(random: Random) -> tuple[Budget, list[Printed]]:
    """预算公开表1 …: fiscal money by fund for basic and project spending, economic items of both classifications in one row."""
    budget = random_budget(random, Style("万元", 2, nothing="0.00"), year=2025, simple=True)
    gov = {"301": "501", "302": "502", "303": "509", "310": "503"}
    both = [with_head(CODE, "部门预算支出经济分类/科目编码"), with_head(NAME, "部门预算支出经济分类/科目名称"),
            Words("政府预算支出经济分类/科目编码", lambda r: gov.get(r.code[:3], "599") if r.code else ""), Words("政府预算支出经济分类/科目名称", lambda r: "机关工资福利支出" if r.code else "")]  # fmt: skip
    funds = {
        "general": "一般公共预算财政拨款",
        "gov_fund": "政府性基金预算财政拨款",
        "state_capital": "国有资本经营预算财政拨款",
    }
    left = [(f"in:{k}", f"{han(n)}、{v}收入", budget.sum(source(k))) for n, (k, v) in enumerate(funds.items(), 1)]
    left += [
        ("in:current_total", "本 年 收 入 合 计", budget.sum(fiscal)),
        ("in:carry", "年初财政拨款结转和结余", 0),
        ("in:total", "总计", budget.sum(fiscal)),
    ]
    right = [
        (f"out:{r.code}", f"{han(n)}、{r.name}", split(budget, fiscal, starts(r.code)))
        for n, r in enumerate(classes(budget, fiscal), 1)
    ]
    right += [
        ("out:current_total", "本 年 支 出 合 计", split(budget, fiscal)),
        ("out:carry", "年末财政拨款结转和结余", [0, 0, 0, 0]),
        ("out:total", "总计", split(budget, fiscal)),
    ]
    return budget, [
        two_sided(budget, ("appropriation", "预算公开表4", "财政拨款收支总表"), ("收     入/项    目", "收     入/金额", "支     出/项目", "支     出/合计",
            *(f"支     出/{v}" for v in funds.values())), left, right, ("total", *funds), tail=(3, 3)),
        listing(budget, ("general_spending", "预算公开表5", "一般公共预算财政拨款支出表"), [CODE, NAME, Amounts("合计", "total"), Amounts("基本支出/小计", "basic", basic),
            Amounts("基本支出/人员经费", "personnel", kind("personnel")), Amounts("基本支出/日常公用经费", "operating", kind("operating")), Amounts("项目支出", "project", project)],
            function_rows(budget, source("general"), levels=(7,), total="first")),
        listing(budget, ("basic_economic", "预算公开表6", "一般公共预算财政拨款基本支出表"), [*both, Amounts("一般公共预算财政拨款基本支出/合计", "total"),
            Amounts("一般公共预算财政拨款基本支出/人员经费", "personnel", kind("personnel")), Amounts("一般公共预算财政拨款基本支出/公用经费", "operating", kind("operating"))], economic_rows(budget)),
        public_turned(budget, ("three_public", "预算公开表7", "财政拨款“三公”经费支出表"), {"2024年预算数": ("last_budget", budget.public_last), "2025年预算数": ("total", budget.public)},
                      order=("total", "abroad", "vehicles", "vehicle_purchase", "vehicle_operation", "reception")),
        listing(budget, ("spending", "预算公开表3", "部门支出总表"), [CODE, NAME, Amounts("合计", "total"), Amounts("基本支出", "basic", basic), Amounts("项目支出", "project", project),
            Amounts("事业单位经营支出", "business_operations", lambda _m: False), Amounts("上缴上级支出", "remittance_up", lambda _m: False)], function_rows(budget, levels=(5, 7), total="first")),
    ]  # fmt: skip


def island(random: Random) -> tuple[Budget, list[Printed]]:
    """公开1表 …: last year's budget, this year's and the rate beside each other, remarks behind, purchases by kind."""
    budget = random_budget(random, Style("万元", 2, nothing="-"), year=2024, simple=True)
    year, last = budget.year, before(budget, random)
    rows = []
    for row in function_rows(budget, source("general"), levels=(3, 7)):
        now = sums(budget, row, source("general"))
        rows.append(replace(row, test=None, known={"last_budget": last(row), **now}, text="持续推进"))
    parts = [random.randrange(100, 90000) for _ in range(3)]
    bought = {"A货物": parts[0], "B工程": parts[1], "C服务": parts[2]}
    style = budget.style
    head = ["采购类别", f"{year}年预算金额", "备注"]
    listed = [Row("", "", k, known={"total": v}) for k, v in bought.items()]
    return budget, [
        listing(budget, ("general_spending", "公开1表", f"{year}年一般公共预算支出表"), [CODE, NAME, Amounts(f"{year - 1}年预算数", "last_budget"), Amounts(f"{year}年预算数", "total"),
            Amounts(f"{year}年预算数其中：基本支出", "basic"), Amounts(f"{year}年预算数其中：项目支出", "project"), Words("备注", lambda r: r.text)], rows),
        listing(budget, ("basic_economic", "公开2表", f"{year}年一般公共预算基本支出表"), [with_head(CODE, "科目编码"), with_head(NAME, "科目名称"), Amounts("合计", "total"),
            Amounts("其中：人员经费", "personnel", kind("personnel")), Amounts("其中：公用经费", "operating", kind("operating")), Words("备注", lambda _r: "")], economic_rows(budget)),
        public_listed(budget, ("three_public", "公开3表", f"{year}年“三公”经费预算表"), {"total": "合计", "abroad": "一、因公出国（境）费", "reception": "二、公务接待费",
            "vehicles": "三、公务用车购置及运行维护费", "vehicle_operation": "（一）公务用车运行维护费", "vehicle_purchase": "（二）公务用车购置费"}, [(f"{year - 1}年预算数", "last_budget"), (f"{year}年预算数", "total")]),
        listing(budget, ("procurement", "公开9表", f"{year}年政府采购预算表"), [Words(head[0], lambda r: r.name, named=True), Amounts(head[1], "total"), Words(head[2], lambda _r: "")],
                [Row("total", "", "合计", known={"total": sum(parts)}), *listed], style=style),
        listing(budget, ("spending", "公开6表", f"{year}年部门支出总表"), [CODE, NAME, Amounts("合计", "total"), Amounts("基本支出", "basic", basic), Amounts("项目支出", "project", project)],
            function_rows(budget)),
        listing(budget, ("projects", "公开8表", f"{year}年部门项目支出表"), [Words("序号", lambda r: r.code[-2:]), Words("项目名称", lambda r: r.name, named=True), Words("项目单位", lambda _r: tidy(budget.unit_name)),
            Amounts("合计", "total"), *by_source(FUNDS), Words("备注", lambda _r: "")], [*project_rows(budget), Row("total", "", "合计", project)]),
    ]  # fmt: skip
