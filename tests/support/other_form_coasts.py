"""Layouts drawn to see how forms fare that the reader was not made with: two years beside each other, codes in names,
one decimal, a row for each unit, sums in sums, totals at the bottom."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from other_form_pieces import (
    CODE,
    EMPTY,
    NAME,
    by_source,
    classes,
    fund_table,
    han,
    indented,
    project_rows,
    public_turned,
    split_codes,
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
    new,
    project,
    random_budget,
    source,
    starts,
    two_sided,
)

from mingzhang.model.keys import tidy

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

    from other_forms import Budget, Money, Printed


def mountain(random: Random) -> tuple[Budget, list[Printed]]:
    """附件3-1 …: fiscal balance first, this year's amounts beside last year's, three public expenses of two years on one line."""
    budget = random_budget(
        random, Style("万元", 2, nothing=random.choice(("", "0.00"))), year=random.choice((2022, 2024)), simple=True
    )
    year, funds = budget.year, ("general", "gov_fund", "state_capital")
    last = before(budget, random)
    function = [with_head(CODE, "功能分类科目/科目编码"), indented(with_head(NAME, "功能分类科目/科目名称"))]
    economic = [with_head(CODE, "经济分类科目/科目编码"), with_head(NAME, "经济分类科目/科目名称")]
    balance = two_sided(
        budget, ("appropriation", "附件3-1", f"{year}年财政拨款收支总表"),
        ("收入/项目", "收入/预算数", "支出/项目", "支出/合计", "支出/一般公共预算财政拨款", "支出/政府性基金预算财政拨款", "支出/国有资本经营预算财政拨款"),
        [("in:current_total", "一、本年收入", budget.sum(fiscal)), *((f"in:{f}", n, budget.sum(source(f))) for f, n in
         zip(funds, ("一般公共预算财政拨款", "政府性基金预算财政拨款", "国有资本经营预算财政拨款"), strict=True)),
         ("in:carry", "二、上年结转", 0), ("in:total", "收入合计", budget.sum(fiscal))],
        [("out:current_total", "一、本年支出", split(budget, fiscal)),
         *((f"out:{r.code}", r.name, split(budget, fiscal, starts(r.code))) for r in classes(budget, fiscal)),
         ("out:carry", "二、结转下年", [0]), ("out:total", "支出合计", split(budget, fiscal))],
        ("total", *funds), tail=(1, 2))  # fmt: skip
    rows = [
        replace(r, test=None, known={"last_budget": last(r), **sums(budget, r, source("general"))})
        for r in function_rows(budget, source("general"))
    ]  # fmt: skip
    return budget, [
        balance,
        listing(budget, ("general_spending", "附件3-2", f"{year}年一般公共预算财政拨款支出预算表"), [
            *function, Amounts(f"{year - 1}年预算数", "last_budget"), Amounts(f"{year}年预算数/总计", "total"),
            Amounts(f"{year}年预算数/基本支出", "basic"), Amounts(f"{year}年预算数/项目支出", "project")], rows,
            notes=(f"备注：本表反映{year}年当年一般公共预算财政拨款支出情况。",)),
        listing(budget, ("basic_economic", "附件3-3", f"{year}年一般公共预算财政拨款基本支出预算表"), [
            *economic, Amounts(f"{year}年基本支出/总计", "total"), Amounts(f"{year}年基本支出/人员经费", "personnel", kind("personnel")),
            Amounts(f"{year}年基本支出/日常公用经费", "operating", kind("operating"))], economic_rows(budget)),
        public_turned(budget, ("three_public", "附件3-4", f"{year}年“三公”经费支出预算表"), {
            f"{year - 1}年预算数": ("last_budget", budget.public_last), f"{year}年预算数": ("total", budget.public)}),
        fund_table(budget, ("fund_spending", "附件3-5", f"{year}年政府性基金预算支出表"), "gov_fund", [
            CODE, NAME, Amounts("本年政府性基金预算财政拨款支出/合计", "total"),
            Amounts("本年政府性基金预算财政拨款支出/基本支出", "basic", basic), Amounts("本年政府性基金预算财政拨款支出/项目支出", "project", project)]),
        listing(budget, ("income", "附件3-7", f"{year}年部门收入总表"), [
            with_head(CODE, "科目/科目编码"), with_head(NAME, "科目/科目名称"), Amounts("总计", "total"), Amounts("上年结转", "carry", carried),
            *by_source({"general": "一般公共预算拨款收入", "gov_fund": "政府性基金预算拨款收入", "state_capital": "国有资本经营预算拨款收入",
                        "business": "事业收入预算", "other": "其他收入预算"})], function_rows(budget)),
        listing(budget, ("spending", "附件3-8", f"{year}年部门支出总表"), [
            CODE, NAME, Amounts("合计", "total"), Amounts("基本支出", "basic", basic), Amounts("项目支出", "project", project),
            Amounts("上缴上级支出", "remittance_up", lambda _m: False)], function_rows(budget)),
    ]  # fmt: skip


def before(budget: Budget, random: Random) -> Callable[[Row], int]:
    """Make up what was spent last year on each item; give it for a row, the sums of its items."""
    items = {
        m.code: max(budget.sum(starts(m.code), source("general")) + random.randrange(-400, 400), 1)
        for m in budget.lines
        if m.source == "general"
    }
    return lambda row: sum(v for c, v in items.items() if c.startswith(row.code))


def split(budget: Budget, *tests: Callable[[Money], bool]) -> list[int]:
    return [budget.sum(*tests), *(budget.sum(source(f), *tests) for f in ("general", "gov_fund", "state_capital"))]


def sums(budget: Budget, row: Row, *tests: Callable[[Money], bool]) -> dict[str, int]:
    keep = all_of(*tests, *([row.test] if row.test else []))
    return {"total": budget.sum(keep), "basic": budget.sum(keep, basic), "project": budget.sum(keep, project)}


def bay(random: Random) -> tuple[Budget, list[Printed]]:
    """表01 …: thousands, a summary by function and by use, spending by unit and item, codes before names in one cell."""
    style = Style("万元", 2, thousands=True)
    budget = random_budget(random, style, year=random.choice((2023, 2025)))
    both = Words("科目名称（单位）", lambda r: f"{r.code}-{r.name}" if r.code else r.name)
    names = {"general": "一般公共预算", "gov_fund": "政府性基金预算", "state_capital": "国有资本经营预算", "special_account": "财政专户管理资金收入",
             "business": "事业收入（不含专户资金）", "other": "其他收入"}  # fmt: skip
    left = [(f"in:{k}", f"{han(n)}、{v}", budget.sum(source(k), new)) for n, (k, v) in enumerate(names.items(), 1)]
    left += [
        ("in:current_total", "本年收入合计", budget.sum(new)),
        ("in:carry", "上年结转结余", budget.sum(carried)),
        ("in:total", "收入总计", budget.sum()),
    ]
    right = [(f"out:{r.code}", r.name, (budget.sum(starts(r.code)),)) for r in classes(budget)]
    right += [
        ("out:current_total", "本年支出合计", (budget.sum(),)),
        ("out:carry", "结转下年", (0,)),
        ("out:total", "支出总计", (budget.sum(),)),
    ]
    unit = Row(budget.unit_name, "", budget.unit_name, lambda _m: True)
    whole = Row("total", "", "合计", lambda _m: True)
    return budget, [
        two_sided(
            budget,
            ("summary", "表01", f"{budget.year}年部门收支预算总表"),
            ("收入/项目", "收入/预算数", "支出/项目（按支出功能科目）", "支出/预算数"),
            left,
            right,
            ("total",),
            tail=(3, 3),
        ),
        listing(
            budget,
            ("income", "表02", f"{budget.year}年部门收入预算总表"),
            [
                Words("单位名称", lambda r: r.name, named=True),
                Amounts("总计", "total"),
                Amounts("本年收入/合计", "current", new),
                *by_source(names, "本年收入/", tests=(new,)),
                Amounts("上年结转结余", "carry", carried),
            ],
            [whole, unit],
        ),
        listing(
            budget,
            ("spending", "表03", f"{budget.year}年部门支出预算总表"),
            [
                both,
                Amounts("合计", "total"),
                Amounts("基本支出/人员支出", "personnel", kind("personnel")),
                Amounts("基本支出/日常公用支出", "operating", kind("operating")),
                Amounts("项目支出", "project", project),
                Amounts("事业单位经营支出", "business_operations", lambda _m: False),
            ],
            [whole, unit, *function_rows(budget, total="none")],
        ),
        listing(
            budget,
            ("general_spending", "表05", f"{budget.year}年一般公共预算支出表"),
            [
                CODE,
                indented(NAME),
                Amounts("合计", "total"),
                Amounts("基本支出", "basic", basic),
                Amounts("项目支出", "project", project),
            ],
            function_rows(budget, source("general"), total="last"),
        ),
        listing(
            budget,
            ("basic_economic", "表06", f"{budget.year}年一般公共预算基本支出表"),
            [
                with_head(CODE, "支出经济分类科目/科目编码"),
                with_head(NAME, "支出经济分类科目/科目名称"),
                Amounts("一般公共预算基本支出/合计", "total"),
                Amounts("一般公共预算基本支出/人员经费", "personnel", kind("personnel")),
                Amounts("一般公共预算基本支出/公用经费", "operating", kind("operating")),
            ],
            economic_rows(budget, total="last"),
        ),
        public_turned(
            budget,
            ("three_public", "表07", f"{budget.year}年“三公”经费表"),
            {"": ("total", budget.public)},
            unit_column="单位名称",
            order=("total", "abroad", "reception", "vehicles", "vehicle_purchase", "vehicle_operation"),
        ),
        listing(
            budget,
            ("projects", "表10", f"{budget.year}年部门项目支出预算表"),
            [
                Words("单位、项目名称", lambda r: r.name, named=True),
                Amounts("合计", "total"),
                Amounts("财政拨款/小计", "fiscal", fiscal),
                *by_source(
                    {"general": "一般公共预算", "gov_fund": "政府性基金预算", "state_capital": "国有资本经营预算"},
                    "财政拨款/",
                ),
                Amounts("其他资金", "other", source("special_account", "business", "other")),
            ],
            [
                Row("total", "", "合计", project),
                Row(f"department:{tidy(budget.unit_name)}", "", budget.unit_name, project),
                *project_rows(budget),
            ],
        ),
    ]


def peninsula(random: Random) -> tuple[Budget, list[Printed]]:
    """部门公开表1 …: income lists sums within sums, basic spending by economic classes, totals first."""
    budget = random_budget(random, Style("万元", 2, nothing=random.choice(("", "0.00"))), year=2023)
    funds = {"general": "一般公共预算", "gov_fund": "政府性基金预算", "state_capital": "国有资本经营预算"}
    left = [("in:fiscal", "一、财政拨款收入", budget.sum(fiscal, new)),
            *((f"in:{k}", f"（{han(n)}）{v}收入", budget.sum(source(k), new)) for n, (k, v) in enumerate(funds.items(), 1)),
            ("in:special_account", "二、财政专户管理资金收入", budget.sum(source("special_account"), new)),
            ("in:business", "三、事业收入", budget.sum(source("business"), new)), ("in:other", "四、其他收入", budget.sum(source("other"), new)),
            ("in:current_total", "本年收入合计", budget.sum(new)), ("in:carry", "上年结转", budget.sum(carried)), ("in:total", "收入总计", budget.sum())]  # fmt: skip
    right = [
        (f"out:{r.code}", f"{han(n)}、{r.name}", (budget.sum(starts(r.code)),))
        for n, r in enumerate(classes(budget), 1)
    ]
    right += [
        ("out:current_total", "本年支出合计", (budget.sum(),)),
        ("out:carry", "结转下年", (0,)),
        ("out:total", "支出总计", (budget.sum(),)),
    ]
    year = budget.year
    wages = {"301": "工资福利支出", "302": "商品和服务支出", "303": "对个人和家庭的补助"}
    return budget, [
        two_sided(budget, ("summary", "部门公开表1", "收支预算总表"), ("收入/项目", f"收入/{year}年预算数", "支出/项目", f"支出/{year}年预算数"),
                  left, right, ("total",), tail=(3, 3)),
        listing(budget, ("income", "部门公开表2", "收入预算表"), [
            *split_codes("科目编码"), NAME, Amounts("合计", "total"), Amounts("本年收入/财政拨款收入/小计", "fiscal", all_of(fiscal, new)),
            *by_source(funds, "本年收入/财政拨款收入/", tests=(new,)), Amounts("本年收入/财政专户管理资金收入", "special_account", all_of(source("special_account"), new)),
            Amounts("本年收入/事业收入", "business", all_of(source("business"), new)), Amounts("本年收入/其他收入", "other", all_of(source("other"), new)),
            Amounts("上年结转", "carry", carried)], function_rows(budget)),
        listing(budget, ("spending", "部门公开表3", "支出预算表"), [
            *split_codes("科目编码"), NAME, Amounts("合计", "total"), Amounts("基本支出", "basic", basic), Amounts("项目支出", "project", project),
            Amounts("上缴上级支出", "remittance_up", lambda _m: False), Amounts("事业单位经营支出", "business_operations", lambda _m: False),
            Amounts("对附属单位补助支出", "affiliate_subsidy", lambda _m: False)], function_rows(budget)),
        listing(budget, ("general_spending", "部门公开表5", "一般公共预算支出预算表"), [
            *split_codes("科目编码"), NAME, Amounts("合计", "total"), Amounts("基本支出/小计", "basic", basic),
            *(Amounts(f"基本支出/{v}", "", lambda m, k=k: m.economic.startswith(k)) for k, v in wages.items()), Amounts("项目支出", "project", project)],
            function_rows(budget, source("general"))),
        listing(budget, ("basic_economic", "部门公开表6", "一般公共预算基本支出预算表"), [
            Words("部门预算支出经济分类科目/科目编码/类", lambda r: r.code[:3]), Words("部门预算支出经济分类科目/科目编码/款", lambda r: r.code[3:5]),
            with_head(NAME, "部门预算支出经济分类科目/科目名称"), Amounts("合计", "total"), Amounts("人员经费", "personnel", kind("personnel")),
            Amounts("公用经费", "operating", kind("operating"))], economic_rows(budget)),
        fund_table(budget, ("fund_spending", "部门公开表7", "政府性基金预算支出预算表"), "gov_fund", [
            *split_codes("科目编码"), NAME, Amounts("合计", "total"), Amounts("基本支出", "basic", basic), Amounts("项目支出", "project", project)]),
        listing(budget, ("state_capital", "部门公开表8", "国有资本经营预算支出预算表"), [
            *split_codes("科目编码"), NAME, Amounts("合计", "total"), Amounts("基本支出", "basic", basic), Amounts("项目支出", "project", project)],
            function_rows(budget, source("state_capital")) if budget.sum(source("state_capital")) else [], notes=() if budget.sum(source("state_capital")) else (EMPTY,)),
        public_turned(budget, ("three_public", "部门公开表9", "财政拨款“三公”经费支出预算表"), {
            f"{year}年预算数": ("total", budget.public)}, order=("total", "abroad", "vehicles", "vehicle_purchase", "vehicle_operation", "reception")),
    ]  # fmt: skip


def harbour(random: Random) -> tuple[Budget, list[Printed]]:
    """2023年部门收支总表 …: one decimal, no numbers of tables, only the lowest level of codes, last year and the change beside."""
    budget = random_budget(
        random, Style("万元", 1, nothing=random.choice(("", "0.0"))), year=random.choice((2022, 2023)), simple=True
    )
    year = budget.year
    rows, last = function_rows(budget, source("general")), before(budget, random)
    known = []
    for row in rows:
        now = sums(budget, row, source("general"))
        known.append(
            replace(row, test=None, known={"last_executed": last(row), **now, "change": now["total"] - last(row)})
        )
    names = {"general": "一般公共预算拨款", "gov_fund": "政府性基金预算拨款", "state_capital": "国有资本经营预算拨款"}
    left = [(f"in:{k}", f"{han(n)}、{v}", budget.sum(source(k))) for n, (k, v) in enumerate(names.items(), 1)]
    left += [
        ("in:current_total", "本年收入小计", budget.sum()),
        ("in:carry", "上年结转收入", 0),
        ("in:total", "收入总计", budget.sum()),
    ]
    right = [
        (f"out:{r.code}", f"{han(n)}、{r.name}", (budget.sum(starts(r.code)),))
        for n, r in enumerate(classes(budget), 1)
    ]
    right += [
        ("out:current_total", "本年支出小计", (budget.sum(),)),
        ("out:carry", "结转下年支出", (0,)),
        ("out:total", "支出总计", (budget.sum(),)),
    ]
    return budget, [
        two_sided(budget, ("summary", "", f"{year}年部门收支总表"), ("收入/项目", "收入/金额", "支出/项目", "支出/金额"), left, right, ("total",), tail=(3, 3)),
        listing(budget, ("spending", "", f"{year}年部门支出总表"), [
            CODE, NAME, Amounts("合计", "total"), Amounts("基本支出/小计", "basic", basic), Amounts("基本支出/人员经费", "personnel", kind("personnel")),
            Amounts("基本支出/公用经费", "operating", kind("operating")), Amounts("项目支出", "project", project)], function_rows(budget, levels=(7,), total="last")),
        listing(budget, ("general_spending", "", f"{year}年一般公共预算支出表"), [
            CODE, NAME, Amounts(f"{year - 1}年执行数", "last_executed"), Amounts(f"{year}年预算数/合计", "total"), Amounts(f"{year}年预算数/基本支出", "basic"),
            Amounts(f"{year}年预算数/项目支出", "project"), Amounts(f"{year}年预算数比{year - 1}年执行数增减", "change")], known),
        listing(budget, ("basic_economic", "", f"{year}年一般公共预算基本支出表"), [
            CODE, NAME, Amounts("预算数", "total")], economic_rows(budget, total="last")),
        fund_table(budget, ("fund_spending", "", f"{year}年政府性基金预算支出表"), "gov_fund", [
            CODE, NAME, Amounts("合计", "total"), Amounts("基本支出", "basic", basic), Amounts("项目支出", "project", project)], total="last"),
        public_turned(budget, ("three_public", "", f"{year}年一般公共预算“三公”经费支出表"), {f"{year}年预算数": ("total", budget.public)},
                      order=("total", "abroad", "vehicles", "vehicle_purchase", "vehicle_operation", "reception")),
    ]  # fmt: skip
