"""Titles of tables as other places print them: what a title is by the words it is made of."""

from __future__ import annotations

import pytest

from mingzhang.forms.packs import all_packs
from mingzhang.readback.titles import TitleBook

KNOWN = {
    "部门综合预算收支总表": "summary",
    "部门收入预算总体情况表": "income",
    "表1-2. 部门支出总表": "spending",
    "《财政拨款收支总体情况表》": "appropriation",
    "部门综合预算一般公共预算支出明细表（按支出功能分类科目-不含上年结转）": "general_spending",
    "2031年一般公共预算拨款支出预算表": "general_spending",
    "一般公共预算财政拨款基本支出经济分类预算表": "basic_economic",
    "国有资本经营支出预算表": "state_capital",
    "政府性基金拨款支出预算表": "fund_spending",
    "一般公共预算拨款“三公”经费及会议费、培训费支出预算表": "three_public",
    "财政拨款安排的行政经费及“三公”经费预算表": "three_public",
    "机关运行经费支出表": "operating_cost",
    "项目支出预算表（其他运转类、特定目标类项目）": "projects",
    "政府采购预算情况表": "procurement",
    "区对镇（街）转移支付支出预算表": "transfers_down",
    "部门（单位）收支总体情况表": "summary",
}
OTHERS = (
    "一般公共预算支出明细表（按支出经济分类科目）",
    "一般公共预算基本支出明细表（按支出功能分类科目）",
    "一般公共预算项目支出预算表",
    "政府性基金预算“三公”经费支出预算表",
    "基本支出预算表（人员类、运转类公用经费项目）",
    "单位资金支出预算表",
    "部门收支总表（分单位）",
    "收入支出决算总表",
    "一般公共预算财政拨款支出决算表",
    "财政拨款“三公”经费支出决算表",
    "项目支出绩效目标表",
)


@pytest.fixture(scope="module")
def book():
    return TitleBook(all_packs())


@pytest.mark.parametrize(("title", "table"), KNOWN.items())
def test_a_title_is_known_by_the_words_it_is_made_of(book, title, table):
    named = book.named(title)
    assert named is not None
    assert named.ids[0] == table


@pytest.mark.parametrize("title", OTHERS)
def test_a_title_that_means_something_else_is_none_of_the_known(book, title):
    assert book.named(title) is None
