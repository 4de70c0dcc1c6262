"""The same tables in other words: what people call things elsewhere, columns more and rows that only count, in seeded order."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from other_forms import Head

from mingzhang.model.keys import tidy

if TYPE_CHECKING:
    from random import Random

    from other_forms import Printed

WORDS: Final = {
    "科目编码": ("科目代码", "功能科目编码", "编码", "支出功能分类科目编码"),
    "科目名称": ("功能分类科目名称", "科目", "支出功能分类科目名称", "项目名称"),
    "合计": ("总计", "小计", "合计数", "金额合计", "支出合计"),
    "基本支出": ("基本支出预算", "基本支出小计", "一、基本支出"),
    "项目支出": ("项目支出预算", "二、项目支出"),
    "人员经费": ("人员经费支出", "人员支出", "工资福利和个人家庭补助"),
    "公用经费": ("公用经费支出", "日常公用经费", "商品服务支出"),
    "预算数": ("预算金额", "年初预算数", "本年预算数", "金额（万元）"),
    "一般公共预算": ("一般公共预算财政拨款", "一般公共预算拨款", "财政拨款（一般公共预算）"),
    "政府性基金预算": ("政府性基金", "政府性基金预算财政拨款", "基金预算"),
    "国有资本经营预算": ("国有资本经营", "国有资本经营预算财政拨款", "国资预算"),
    "财政专户管理资金": ("财政专户管理资金收入", "财政专户核拨", "教育收费（专户）"),
    "单位资金": ("单位自有资金", "其他资金", "单位资金收入"),
    "事业收入": ("事业收入（不含专户资金）", "事业单位事业收入"),
    "上年结转": ("上年结转和结余", "结转资金", "上年结余结转"),
}
ENDINGS: Final = {
    "预算总表": ("总表", "总体情况表"),
    "情况表": ("表", "预算表"),
    "支出表": ("支出预算表", "支出情况表"),
    "预算表": ("表", "预算情况表"),
}


def reworded(tables: list[Printed], random: Random) -> list[Printed]:
    """Say the same in other words; facts follow."""
    chosen = {word: random.choice((word, *others)) for word, others in WORDS.items()}
    return [_table(t, chosen, random) for t in tables]


def _table(table: Printed, chosen: dict[str, str], random: Random) -> Printed:
    def said(text: str) -> str:
        return chosen.get(tidy(text), text)

    head = tuple(tuple(replace(c, text=said(c.text)) for c in row) for row in table.head)
    facts = tuple(replace(f, head=tidy(said(f.head))) for f in table.facts)
    body, roles = table.body, table.roles
    turned = all(not f.name for f in facts)
    sided = any(f.key.startswith(("in:", "out:")) for f in facts)
    if not sided and not turned and random.random() < 0.3:
        head = ((*head[0], Head("备注", 1, len(head))), *head[1:])
        body, roles = tuple((*row, "") for row in body), f"{roles}w"
    if not sided and not turned and random.random() < 0.2:
        head = ((Head("序号", 1, len(head)), *head[0]), *head[1:])
        body, roles = tuple((str(n), *row) for n, row in enumerate(body, start=1)), f"w{roles}"
    if not turned and random.random() < 0.25:
        head = (*head, tuple(Head(str(n)) for n in range(1, len(roles) + 1)))
    return replace(table, head=head, body=body, roles=roles, facts=facts)
