"""Tables that other places' forms have in common: balances, lists by code, three public expenses, projects, funds."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from other_forms import (
    Amounts,
    Budget,
    Fact,
    Money,
    Printed,
    Row,
    Words,
    all_of,
    carried,
    fiscal,
    function_rows,
    grid_head,
    listing,
    name_of,
    new,
    source,
    starts,
    two_sided,
)

from mingzhang.model.keys import tidy

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

SOURCES = {
    "general": "一般公共预算", "gov_fund": "政府性基金预算", "state_capital": "国有资本经营预算",
    "special_account": "财政专户管理资金", "business": "事业收入", "other": "其他收入",
}  # fmt: skip
HAN = "一二三四五六七八九十"


# ------------------------------------------------------------------------------------------------ balances


def incomes(budget: Budget, names: dict[str, str], *, ordinals: bool = True) -> list[tuple[str, str, int | None]]:
    """List this year's income by source, then its total, what was carried over, and the total."""
    out: list[tuple[str, str, int | None]] = []
    for n, (key, name) in enumerate(names.items()):
        amount = budget.sum(source(key), new)
        out.append((f"in:{key}", f"{HAN[n]}、{name}" if ordinals else name, amount))
    return out


def classes(budget: Budget, *tests: Callable[[Money], bool]) -> list[Row]:
    return function_rows(budget, *tests, levels=(3,), total="none")


def summary(
    budget: Budget,
    identity: tuple[str, str, str],
    names: dict[str, str],
    *,
    heads: Sequence[str] = ("收入/项目", "收入/预算数", "支出/项目", "支出/预算数"),
    ordinals: bool = True,
    all_classes: Sequence[str] = (),
) -> Printed:
    codes = sorted({*(r.code for r in classes(budget)), *all_classes})
    left = incomes(budget, names, ordinals=ordinals)
    left += [
        ("in:current_total", "本年收入合计", budget.sum(new)), ("in:surplus_used", "使用非财政拨款结余", 0),
        ("in:carry", "上年结转", budget.sum(carried)), ("in:total", "收入总计", budget.sum()),
    ]  # fmt: skip
    right: list[tuple[str, str, Sequence[int | None]]] = [
        (f"out:{c}", (f"{han(n)}、" if ordinals else "") + name_of(c), (budget.sum(starts(c)),))
        for n, c in enumerate(codes, start=1)
    ]
    right += [
        ("out:current_total", "本年支出合计", (budget.sum(),)), ("out:carry", "结转下年", (0,)),
        ("out:total", "支出总计", (budget.sum(),)),
    ]  # fmt: skip
    return two_sided(budget, identity, heads, left, right, ("total",), tail=(4, 3))


def han(n: int) -> str:
    return HAN[n - 1] if n <= 10 else ("" if n < 20 else HAN[n // 10 - 1]) + "十" + (HAN[n % 10 - 1] if n % 10 else "")


FISCAL_HEADS = (
    "收入/项目",
    "收入/预算数",
    "支出/项目",
    "支出/合计",
    "支出/一般公共预算",
    "支出/政府性基金预算",
    "支出/国有资本经营预算",
)


def fiscal_balance(
    budget: Budget, identity: tuple[str, str, str], heads: Sequence[str] = FISCAL_HEADS, *, suffix: str = "拨款"
) -> Printed:
    funds = ("general", "gov_fund", "state_capital")

    def split(*tests: Callable[[Money], bool]) -> list[int]:
        return [budget.sum(fiscal, *tests), *(budget.sum(source(f), *tests) for f in funds)]

    left: list[tuple[str, str, int | None]] = [("in:current_total", "一、本年收入", budget.sum(fiscal, new))]
    left += [(f"in:{f}", f"（{HAN[n]}）{SOURCES[f]}{suffix}", budget.sum(source(f), new)) for n, f in enumerate(funds)]
    left.append(("in:carry", "二、上年结转", budget.sum(fiscal, carried)))
    left += [
        (f"in:carry_{f}", f"（{HAN[n]}）{SOURCES[f]}{suffix}", budget.sum(source(f), carried))
        for n, f in enumerate(funds)
    ]
    left.append(("in:total", "收入总计", budget.sum(fiscal)))
    right: list[tuple[str, str, Sequence[int | None]]] = [("out:current_total", "一、本年支出", split())]
    right += [
        (f"out:{r.code}", f"（{han(n)}）{r.name}", split(starts(r.code)))
        for n, r in enumerate(classes(budget, fiscal), start=1)
    ]
    right += [("out:carry", "二、结转下年", [0]), ("out:total", "支出总计", split())]
    return two_sided(budget, identity, heads, left, right, ("total", *funds), tail=(1, 2))


# ------------------------------------------------------------------------------------------------ pieces

CODE = Words("科目编码", lambda r: r.code)
NAME = Words("科目名称", lambda r: r.name, named=True)


def with_head(column: Words, head: str) -> Words:
    return replace(column, head=head)


def split_codes(head: str) -> list[Words]:
    """Print a code in three cells."""
    return [
        Words(f"{head}/类", lambda r: r.code[:3]), Words(f"{head}/款", lambda r: r.code[3:5]),
        Words(f"{head}/项", lambda r: r.code[5:7]),
    ]  # fmt: skip


def indented(column: Words, by: str = "　") -> Words:
    return replace(column, of=lambda r: by * (r.level if r.code else 0) + r.name)


def by_source(
    names: dict[str, str], prefix: str = "", *, tests: Sequence[Callable[[Money], bool]] = ()
) -> list[Amounts]:
    return [Amounts(prefix + name, key, all_of(source(key), *tests)) for key, name in names.items()]


PUBLIC = {
    "total": "合计", "abroad": "因公出国（境）费", "vehicles": "公务用车购置及运行费", "vehicle_purchase": "公务用车购置费",
    "vehicle_operation": "公务用车运行费", "reception": "公务接待费",
}  # fmt: skip


def public_turned(
    budget: Budget,
    identity: tuple[str, str, str],
    groups: dict[str, tuple[str, dict[str, int]]],
    *,
    order: Sequence[str] = ("total", "abroad", "vehicles", "vehicle_purchase", "vehicle_operation", "reception"),
    unit_column: str = "",
    names: dict[str, str] | None = None,
) -> Printed:
    """Print the three public expenses on their side, once for each group (a year)."""
    spelled = {**PUBLIC, **(names or {})}
    paths, texts, facts = [], [], []
    if unit_column:
        paths.append(unit_column)
        texts.append(budget.unit_name)
    for head, (column, values) in groups.items():
        for key in order:
            vehicle = key.startswith("vehicle")
            leaf = "小计" if key == "vehicles" else spelled[key]
            path = "/".join(p for p in (head, spelled["vehicles"] if vehicle else "", leaf) if p)
            text = budget.style.money(values[key])
            paths.append(path)
            texts.append(text)
            if text not in {"", "-", "——"}:
                facts.append(Fact("", tidy(leaf), text.replace(",", ""), key, column))
    return Printed(
        identity[0], identity[2], identity[1], grid_head(paths), (tuple(texts),),
        ("w" if unit_column else "") + "f" * (len(paths) - bool(unit_column)), tuple(facts), budget.style.unit,
        budget.unit_name,
    )  # fmt: skip


def public_listed(
    budget: Budget,
    identity: tuple[str, str, str],
    names: dict[str, str],
    columns: Sequence[tuple[str, str]] = (("预算数", "total"),),
    *,
    head: str = "项目",
) -> Printed:
    """Print the three public expenses one below the other."""
    rows = [
        Row(
            k, "", n, known={"total": budget.public[k], "last_budget": budget.public_last[k],
            "change": budget.public[k] - budget.public_last[k]},
        )
        for k, n in names.items()
    ]  # fmt: skip
    return listing(
        budget, identity, [Words(head, lambda r: r.name, named=True), *(Amounts(h, k) for h, k in columns)], rows
    )


def project_rows(budget: Budget, *tests: Callable[[Money], bool]) -> list[Row]:
    works = [m for m in budget.lines if m.project and all(t(m) for t in tests)]
    return [
        Row(f"project:{m.project}", m.code, m.project, lambda x, m=m: x is m, text=m.source) for m in works
    ]  # fmt: skip


EMPTY = "本单位本年度没有此项支出，故本表为空。"


def fund_table(
    budget: Budget, identity: tuple[str, str, str], fund: str, columns: Sequence[Words | Amounts], **how: str
) -> Printed:
    """Print a fund's spending; empty with a note where there is none."""
    rows = function_rows(budget, source(fund), **how)  # type: ignore[arg-type]
    some = bool(budget.sum(source(fund)))
    return listing(budget, identity, columns, rows if some else rows[:0], notes=() if some else (f"注：{EMPTY}",))
