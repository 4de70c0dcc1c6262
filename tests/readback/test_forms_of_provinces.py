"""Forms of provinces without a pack, as their systems print them: every table known, every figure in its place, nothing found."""

from __future__ import annotations

import re

import pytest
from other_form_provinces import (
    FINAL_ACCOUNTS,
    FUJIAN,
    GUANGDONG,
    HEBEI,
    HUNAN,
    INNER_MONGOLIA,
    JIANGSU,
    SHAANXI,
    YUNNAN,
)
from tabform import figures, read

from mingzhang.rules.engine import check

ALL = {
    "jiangsu": JIANGSU,
    "guangdong": GUANGDONG,
    "hunan": HUNAN,
    "fujian": FUJIAN,
    "shaanxi": SHAANXI,
    "yunnan": YUNNAN,
    "hebei": HEBEI,
    "inner mongolia": INNER_MONGOLIA,
    "final": FINAL_ACCOUNTS,
}


@pytest.mark.parametrize("name", ALL)
def test_nothing_is_found_in_a_document_that_agrees_with_itself(name):
    found = [f for f in check(read(ALL[name])) if f.severity != "hint"]
    assert [f.message for f in found] == []


@pytest.mark.parametrize("name", ALL)
def test_every_figure_of_the_text_is_read_without_a_doubt(name):
    text = ALL[name]
    cells = [c.strip() for line in text.splitlines() if "\t" in line for c in line.split("\t")]
    printed = sorted(c.replace(",", "").rstrip("%") for c in cells if re.fullmatch(r"-?[\d,]+\.\d+%?", c))
    every = [f for t in read(text).tables for r in t.rows for f in r.cells.values() if f.printed]
    assert sorted(f.plain for f in every if "." in f.plain) == printed
    assert [f.printed for f in every if f.doubt] == []


def ids(text: str) -> list[str]:
    return [t.id for t in read(text).tables if not t.beside]


def test_shaanxi_has_balances_of_four_pairs_and_totals_with_and_without_meetings():
    got = figures(read(SHAANXI))
    assert ids(SHAANXI)[0] == "summary"
    assert got["summary", "in:general", "amount"][0] == "95.00"
    assert got["summary", "out:208", "total"][0] == "20.00"
    assert got["general_spending", "2010602", "project"][0] == "30.00"
    assert (got["three_public", "total", "total"][0], got["three_public", "合计", "total"][0]) == ("4.00", "7.00")
    assert got["three_public", "meetings", "last_budget"][0] == "1.00"
    assert read(SHAANXI).unit_name == "某县示例局"


def test_yunnan_has_income_by_unit_and_words_below_the_last_head_word_of_a_line():
    got = figures(read(YUNNAN))
    assert ids(YUNNAN) == [
        "summary", "income", "spending", "general_spending", "three_public", "unknown:部门基本支出预算表", "projects",
        "fund_spending",
    ]  # fmt: skip
    assert got["income", "total", "current"][0] == "100.00"
    assert got["spending", "2010601", "unit_funds"][0] == "5.00"
    assert got["summary", "in:other", "amount"][0] == "5.00"
    assert got["projects", "project:票据管理项目", "current"][0] == "200000.00"


def test_hebei_counts_lines_beside_the_names_and_prints_the_year_above_the_head():
    got = figures(read(HEBEI))
    assert got["summary", "in:total", "amount"][0] == "100.00"
    assert got["income", "2010601", "general"][0] == "70.00"
    assert got["three_public", "vehicles", "general"][0] == "3.00"


def test_inner_mongolia_prints_last_year_beside_this_and_each_level_s_own_digits():
    got = figures(read(INNER_MONGOLIA))
    assert got["general_spending", "208", "last_budget"][0] == "22.00"
    assert got["spending", "06", "total"][0] == "75.00"
    assert got["three_public", "vehicle_operation", "last_budget"][0] == "3.00"


def test_final_accounts_are_not_a_budget():
    found = read(FINAL_ACCOUNTS)
    assert found.kind == "final_accounts"
    assert ids(FINAL_ACCOUNTS) == ["unknown:收入支出决算总表", "unknown:收入决算表"]
    got = figures(found)
    assert got["unknown:收入支出决算总表", "out:total", "total"][0] == "100.00"


def test_hunan_prints_codes_in_parts_and_whole_and_units_among_the_items():
    got = figures(read(HUNAN))
    assert got["spending", "2040501", "basic"][0] == "60.00"
    assert got["spending", "某市示例法院", "total"][0] == "90.00"
    assert got["general_spending", "20405", "工资福利支出"][0] == "50.00"
    assert got["unknown:支出预算分类汇总表（按政府预算经济分类）", "行政运行", "机关工资福利支出"][0] == "50.00"


def test_fujian_s_tables_by_economic_class_are_what_their_titles_say():
    assert ids(FUJIAN) == [
        "summary", "income", "spending", "unknown:2024年度一般公共预算支出经济分类情况表", "basic_economic", "three_public",
    ]  # fmt: skip


def test_jiangsu_lists_operating_costs_by_economic_item_and_meetings_beside_three_public_expenses():
    got = figures(read(JIANGSU))
    assert got["operating_cost", "30201", "total"][0] == "5.00"
    assert got["three_public", "training", "total"][0] == "1.50"
    assert got["income", "total", "carry_unit_funds"][0] == "2.00"


def test_guangdong_divides_spending_by_kind_and_puts_codes_in_brackets():
    got = figures(read(GUANGDONG))
    assert got["summary", "out:二、项目支出", "total"][0] == "15.00"
    assert got["general_spending", "2010302", "project"][0] == "15.00"
    assert got["three_public", "reception", "general"][0] == "1.00"
