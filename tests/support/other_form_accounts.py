"""Final accounts, and a county's budget with last year's figures, the change and its rate beside this year's."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from other_form_coasts import before, split, sums
from other_form_pieces import CODE, NAME, by_source, classes, han, indented, split_codes, with_head
from other_forms import (
    Amounts,
    Fact,
    Printed,
    Row,
    Style,
    Words,
    basic,
    economic_rows,
    fiscal,
    function_rows,
    grid_head,
    kind,
    listing,
    project,
    random_budget,
    source,
    starts,
)

if TYPE_CHECKING:
    from random import Random

    from other_forms import Budget


def accounts(random: Random) -> tuple[Budget, list[Printed]]:
    """公开01表 …: final accounts with counted lines and columns, economic items in three pairs, planned and spent beside each other."""
    budget = random_budget(
        random, Style("万元", 2, nothing=random.choice(("", "0.00"))), year=random.choice((2022, 2023)), simple=True
    )
    m = budget.style.money
    income = [("一、一般公共预算财政拨款收入", budget.sum(source("general"))), ("二、政府性基金预算财政拨款收入", budget.sum(source("gov_fund"))),
              ("三、国有资本经营预算财政拨款收入", budget.sum(source("state_capital"))), ("四、上级补助收入", 0), ("五、事业收入", 0)]  # fmt: skip
    spent = [(f"{han(n)}、{r.name}", budget.sum(starts(r.code))) for n, r in enumerate(classes(budget), 1)]
    depth = max(len(income), len(spent))
    pairs = [
        *zip([*income, *[("", 0)] * (depth - len(income))], [*spent, *[("", 0)] * (depth - len(spent))], strict=True)
    ]
    ends = [(("本年收入合计", budget.sum()), ("本年支出合计", budget.sum())), (("使用非财政拨款结余（含专用结余）", 0), ("结余分配", 0)),
            (("年初结转和结余", 0), ("年末结转和结余", 0)), (("总计", budget.sum()), ("总计", budget.sum()))]  # fmt: skip
    body, facts = [("栏次", "", "1", "栏次", "", "2")], []
    for n, ((name, amount), (other, paid)) in enumerate([*pairs, *ends], 1):
        texts = (m(amount) if name else "", m(paid) if other else "")
        body.append((name, str(n), texts[0], other, str(n + depth + 4), texts[1]))
        facts += [Fact(x.replace(" ", ""), "金额", t) for x, t in ((name, texts[0]), (other, texts[1])) if t]
    summary = Printed("summary", "收入支出决算总表", "公开01表", grid_head(["收入/项目", "收入/行次", "收入/金额", "支出/项目", "支出/行次", "支出/金额"]),
                      tuple(body), "wwfwwf", tuple(facts), "万元", budget.unit_name)  # fmt: skip
    lead = [*split_codes("项目/支出功能分类科目编码"), with_head(NAME, "项目/科目名称")]
    public = ("total", "abroad", "vehicles", "vehicle_purchase", "vehicle_operation", "reception")
    heads = {"total": "合计", "abroad": "因公出国（境）费", "vehicles": "公务用车购置及运行维护费/小计", "vehicle_purchase": "公务用车购置及运行维护费/公务用车购置费",
             "vehicle_operation": "公务用车购置及运行维护费/公务用车运行维护费", "reception": "公务接待费"}  # fmt: skip
    texts = [m(budget.public_last[k]) for k in public] + [m(budget.public[k]) for k in public]
    three = Printed("three_public", "财政拨款“三公”经费支出决算表", "公开09表", grid_head([f"{y}/{heads[k]}" for y in ("预算数", "决算数") for k in public]),
                    (tuple(texts),), "f" * 12, tuple(Fact("", heads[k].split("/")[-1], t, k) for k, t in zip([*public, *public], texts, strict=True) if t),
                    "万元", budget.unit_name)  # fmt: skip
    return budget, [
        summary,
        listing(budget, ("income", "公开02表", "收入决算表"), [
            *lead, Amounts("本年收入合计", "total"), Amounts("财政拨款收入", "fiscal", fiscal), Amounts("上级补助收入", "superior_subsidy", lambda _m: False),
            Amounts("事业收入", "business", source("business")), Amounts("其他收入", "other", source("other"))], function_rows(budget)),
        listing(budget, ("spending", "公开03表", "支出决算表"), [
            *lead, Amounts("本年支出合计", "total"), Amounts("基本支出", "basic", basic), Amounts("项目支出", "project", project),
            Amounts("上缴上级支出", "remittance_up", lambda _m: False)], function_rows(budget)),
        listing(budget, ("general_spending", "公开05表", "一般公共预算财政拨款支出决算表"), [
            *lead, Amounts("本年支出/小计", "total"), Amounts("本年支出/基本支出", "basic", basic), Amounts("本年支出/项目支出", "project", project)],
            function_rows(budget, source("general"))),
        pairs_of_three(budget), three,
    ]  # fmt: skip


def pairs_of_three(budget: Budget) -> Printed:
    """Print economic items in two pairs of columns, staff to the left, running costs to the right, with a total below each."""
    m = budget.style.money
    rows = economic_rows(budget)[1:]
    left = [r for r in rows if r.code[:3] in {"301", "303"}]
    right = [r for r in rows if r.code[:3] not in {"301", "303"}]
    depth = max(len(left), len(right))
    blank = Row("", "", "", lambda _m: False)
    body, facts = [], []
    for one, other in zip(
        [*left, *[blank] * (depth - len(left))], [*right, *[blank] * (depth - len(right))], strict=True
    ):
        cells: list[str] = []
        for row in (one, other):
            text = m(budget.sum(row.test)) if row.code and row.test else ""
            cells += [row.code, row.name, text]
            if text:
                facts.append(Fact(row.name, "金额", text))
        body.append(tuple(cells))
    staff, costs = m(budget.sum(kind("personnel"))), m(budget.sum(kind("operating")))
    body.append(("人员经费合计", "", staff, "公用经费合计", "", costs))
    facts += [Fact(n, "金额", t) for n, t in (("人员经费合计", staff), ("公用经费合计", costs)) if t]
    head = [
        "人员经费/科目编码",
        "人员经费/科目名称",
        "人员经费/金额",
        "公用经费/科目编码",
        "公用经费/科目名称",
        "公用经费/金额",
    ]
    return Printed(
        "basic_economic",
        "一般公共预算财政拨款基本支出决算表",
        "公开06表",
        grid_head(head),
        tuple(body),
        "wwfwwf",
        tuple(facts),
        "万元",
        budget.unit_name,
    )


def valley(random: Random) -> tuple[Budget, list[Printed]]:
    """表一 …: amounts with six places and thousands, losses in brackets, rates beside changes, of-which columns."""
    budget = random_budget(random, Style("万元", 6, thousands=random.random() < 0.5), year=2024, simple=True)
    year, m = budget.year, budget.style.money
    rows, last = [], before(budget, random)
    for row in function_rows(budget, source("general")):
        now = sums(budget, row, source("general"))
        change = now["total"] - last(row)
        rate = f"{Decimal(change * 100) / last(row):.2f}%"
        rows.append(replace(row, test=None, known={"last_budget": last(row), **now, "change": change}, text=rate))
    funds = ("general", "gov_fund", "state_capital")
    left = [("in:general", "一、一般公共预算财政拨款", m(budget.sum(source("general")))), ("in:gov_fund", "二、政府性基金预算财政拨款", m(budget.sum(source("gov_fund")))),
            ("in:state_capital", "三、国有资本经营预算财政拨款", m(budget.sum(source("state_capital"))))]  # fmt: skip
    spent = [(r.code, r.name, split(budget, fiscal, starts(r.code))) for r in classes(budget, fiscal)]
    depth = max(len(left), len(spent))
    body, facts = [], []
    for n in range(depth):
        key, name, text = left[n] if n < len(left) else ("", "", "")
        code, other, amounts = spent[n] if n < len(spent) else ("", "", [])
        texts = [m(a) for a in amounts] + [""] * (4 - len(amounts))
        body.append((name, text, other, *texts))
        facts += [Fact(name, "金额", text.replace(",", ""), key, "amount")] * bool(text)
        for head, column, t in zip(
            ("合计", "一般公共预算", "政府性基金预算", "国有资本经营预算"), ("total", *funds), texts, strict=True
        ):
            facts += [Fact(other, head, t.replace(",", ""), f"out:{code}", column)] * bool(t)
    whole = [m(a) for a in split(budget, fiscal)]
    body.append(("收 入 总 计", whole[0], "支 出 总 计", *whole))
    facts.append(Fact("收入总计", "金额", whole[0].replace(",", ""), "in:total", "amount"))
    facts += [Fact("支出总计", h, t.replace(",", ""), "out:total", c) for h, c, t in
              zip(("合计", "一般公共预算", "政府性基金预算", "国有资本经营预算"), ("total", *funds), whole, strict=True) if t]  # fmt: skip
    balance = Printed("appropriation", "财政拨款收支总表", "表一", grid_head([
        "收入/项目", "收入/金额", "支出/项目", "支出/合计", "支出/一般公共预算", "支出/政府性基金预算", "支出/国有资本经营预算"]),
        tuple(body), "wfwffff", tuple(facts), "万元", budget.unit_name)  # fmt: skip
    general = listing(budget, ("general_spending", "表二", "一般公共预算支出表"), [
        CODE, indented(NAME), Amounts(f"{year - 1}年预算数", "last_budget"), Amounts(f"{year}年预算数", "total"), Amounts("其中：基本支出", "basic"),
        Amounts("其中：项目支出", "project"), Amounts("增减额", "change"), Words("增减率", lambda r: r.text)], rows)  # fmt: skip
    return budget, [
        balance,
        general,
        listing(budget, ("basic_economic", "表三", "一般公共预算基本支出表"), [
            with_head(CODE, "经济科目编码"), with_head(NAME, "经济科目名称"), Amounts("合计", "total"), Amounts("其中：人员经费", "personnel", kind("personnel")),
            Amounts("其中：公用经费", "operating", kind("operating"))], economic_rows(budget)),
        listing(budget, ("income", "表六", "部门收入总表"), [
            CODE, NAME, Amounts("合计", "total"), *by_source({"general": "一般公共预算拨款收入", "gov_fund": "政府性基金预算拨款收入", "state_capital": "国有资本经营预算拨款收入"})],
            function_rows(budget, total="last")),
        listing(budget, ("spending", "表七", "部门支出总表"), [
            CODE, NAME, Amounts("合计", "total"), Amounts("基本支出", "basic", basic), Amounts("项目支出", "project", project)], function_rows(budget, total="last")),
    ]  # fmt: skip
