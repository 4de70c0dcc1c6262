"""Heads whose words were pushed to the left are laid out again, or left as they are printed."""

from __future__ import annotations

from textwrap import dedent

import pytest

from mingzhang.forms.packs import all_packs
from mingzhang.readback.pushed import straightened
from mingzhang.readback.text import read_pages


def laid(text: str) -> list[list[str]]:
    """Lay out a table given with a pipe behind each cell."""
    (page,) = read_pages(dedent(text).strip().encode(), "a.txt")
    return [[c.text for c in line.cells] for line in straightened(page.lines, all_packs())]


def test_words_known_to_stand_below_one_another() -> None:
    assert laid("""
        项目 | 本年收入 | 上年结转 | ||
        科目编码 | 科目名称 | 合计 | 一般公共预算 | |
        201 | 一般公共服务支出 | 3.00 | 3.00 | |
    """)[:2] == [
        ["项目", "", "本年收入", "", "上年结转"],
        ["科目编码", "科目名称", "合计", "一般公共预算", ""],
    ]  # fmt: skip


def test_a_subtotal_begins_a_group_that_no_form_knows() -> None:
    assert laid("""
        摊位 | 摊位费 | ||
        小计 | 甲区 | 乙区 | |
        101 | 9.00 | 4.00 | 5.00 |
    """)[:2] == [
        ["摊位", "摊位费", "", ""],
        ["", "小计", "甲区", "乙区"],
    ]  # fmt: skip


def test_changes_stand_below_what_says_that_years_are_compared() -> None:
    assert laid("""
        项目 | 2023年预算数 | 2024年预算数 | 比上年增、减情况 | |
        增、减金额 | 增、减幅度 | |||
        合计 | 8.10 | 9.10 | 1.00 | 12% |
    """)[:2] == [
        ["项目", "2023年预算数", "2024年预算数", "比上年增、减情况", ""],
        ["", "", "", "增、减金额", "增、减幅度"],
    ]  # fmt: skip


def test_two_sides_with_the_same_words() -> None:
    assert laid("""
        来路 | 去路 | ||
        名目 | 钱数 | 名目 | 钱数 |
        租金 | 9.00 | 修理 | 9.00 |
    """)[0] == ["来路", "", "去路", ""]


@pytest.mark.parametrize(
    "text",
    [
        "甲 | 乙 | 丙 | |\n丁 | 戊 | ||\n101 | 1.00 | 2.00 | 3.00 |\n",
        "科目编码 | 科目名称 | 合计 |\n201 | 公共服务 | 1.00 |\n202 | 外交 | 2.00 |\n",
    ],
    ids=["nothing known", "one row"],
)
def test_else_a_head_stays_as_it_is_printed(text: str) -> None:
    (page,) = read_pages(text.encode(), "a.txt")
    assert straightened(page.lines, all_packs()) == page.lines
