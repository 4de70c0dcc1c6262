"""Titles of tables, number labels, and likeness of texts."""

from __future__ import annotations

import pytest

from mingzhang.forms.packs import all_packs
from mingzhang.readback.likeness import bare, han_ordinal, likeness, slips, unnumbered
from mingzhang.readback.titles import TitleBook, divided, is_number_label

BOOK = TitleBook(all_packs())


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("2022年预算收支总表", ("summary",)),
        ("2025 年 预算收入总表", ("income",)),
        ("表十二2024年项目支出预算表（本年预算）", ("projects",)),
        ("2024年项目支出预算表(上年结转)", ("projects_carried",)),
        ("2023年预算收人总表", ("income",)),
        ("2023年一般公共预算三公经费支出预算表", ("three_public",)),
        ("2023年一般公共预算支出预算表", ("general_spending",)),
        ("2025年部门财务收支预算总表", ("summary",)),
        ("某局2023年部门支出总表", ("spending",)),
        ("某县财政局2023年部门支出总表", ("spending",)),
        ("某县国有资产服务中心2023年一般公共预算支出表", ("general_spending",)),
        ("2023年政府采购预算表（续表）", ("procurement",)),
    ],
)
def test_titles_are_known_through_years_widths_and_slips(text: str, ids: tuple[str, ...]) -> None:
    named = BOOK.named(text)
    assert named is not None
    assert named.ids == ids


def test_a_title_that_two_tables_share_names_both() -> None:
    named = BOOK.named("2023年项目支出预算表")
    assert named is not None
    assert set(named.ids) == {"projects", "projects_carried"}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "收入预算图",
        "某区项目支出绩效目标申报表",
        "国有资本经营预算项目表",
        "本部门预算收支总表见附件。",
        "第二部分 2023年部门预算报表",
    ],
)
def test_other_lines_name_no_table(text: str) -> None:
    assert BOOK.named(text) is None


def test_number_labels() -> None:
    assert is_number_label("预算公开表10")
    assert is_number_label("部门公开表9")
    assert not is_number_label("2023年预算收支总表")
    assert divided("表一2024年预算收支总表") == ("表一", "2024年预算收支总表")
    assert divided("表12022年预算收支总表") == ("表1", "2022年预算收支总表")


def test_a_character_that_looks_alike_is_a_smaller_slip() -> None:
    assert 0 < slips("收人", "收入") < slips("收大", "收入")
    assert likeness("灾害防治及应急管理支出", "灾害防治及应急管理体系支出") > 0.7
    assert likeness("支出", "") == 0


def test_years_and_ordinals_are_left_out() -> None:
    assert bare("2023年度“三公”经费") == "三公经费"
    assert bare("2022年预算数", 2023) == "上年预算数"
    assert [unnumbered(t) for t in ("二十三、其他", "（一）其他", "①其他", "1. 其他", "一般公共预算", "9610项目")] == [
        "其他",
        "其他",
        "其他",
        "其他",
        "一般公共预算",
        "9610项目",
    ]
    assert [han_ordinal(t) for t in ("三十、甲", "二十一、甲", "九、甲", "甲")] == [30, 21, 9, None]
