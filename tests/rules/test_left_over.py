"""What is left over in a document that is published: words of drafts and secrecy, errors of fields, none said where there is some."""

from __future__ import annotations

import pytest
from golden import disclosure_of
from msgspec.structs import replace

from mingzhang.model.disclosure import ContentsEntry, Disclosure, HeadCell
from mingzhang.rules.engine import check


def numbers(disclosure: Disclosure) -> set[str]:
    return {f.rule for f in check(disclosure)}


def covered(line: str) -> Disclosure:
    plain = disclosure_of("[unit] 甲省乙市档案中心\n\n[section totals]\n2023年预算收入30.00万元。\n")
    return replace(plain, publication=replace(plain.publication, cover=("甲省乙市档案中心", line)))


@pytest.mark.parametrize(
    "line",
    [
        "2023年度部门预算公开（征求意见稿）",
        "2023年度部门预算送审稿",
        "秘密★1年",
        "密级：机密",
        "内部资料 注意保存",
        "（初稿）",
    ],
)
def test_a_cover_that_is_not_to_be_published(line: str) -> None:
    assert "K-001" in numbers(covered(line))


@pytest.mark.parametrize(
    "line", ["2023年度部门预算公开", "机密局2023年预算", "密级：无", "秘密战线纪念馆", "稿件管理中心"]
)
def test_a_cover_that_is(line: str) -> None:
    assert "K-001" not in numbers(covered(line))


def test_a_cover_of_final_accounts() -> None:
    assert "K-033" in numbers(covered("2023年度部门决算公开"))
    assert "K-033" not in numbers(covered("2023年度部门预算和2022年度部门决算公开"))


@pytest.mark.parametrize(("head", "found"), [("2023年决算数", True), ("2022年决算数", False), ("2023年预算数", False)])
def test_a_head_of_final_accounts(head: str, *, found: bool) -> None:
    plain = disclosure_of("[table three_public] total\ntotal 2.00\n\n[section totals]\n2023年收入预算30.00万元。\n")
    tables = tuple(replace(t, head=((HeadCell("项目"), HeadCell(head)),)) for t in plain.tables)
    assert ("K-033" in numbers(replace(plain, tables=tables))) is found


def test_a_page_that_a_contents_list_lost() -> None:
    plain = disclosure_of("[section totals]\n2023年预算收入30.00万元。\n")
    lost = (ContentsEntry("一、收入", "错误!未定义书签。"), ContentsEntry("二、支出", "3"))
    assert "K-031" in numbers(replace(plain, publication=replace(plain.publication, contents=lost)))
    assert "K-031" not in numbers(replace(plain, publication=replace(plain.publication, contents=lost[1:])))


TABLE = "[table projects] total\n甲项目: 3.00\n"


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("本年度未安排项目支出。", True),
        ("本年度无项目支出，只有基本支出。", True),
        ("所属其他单位未安排项目支出。", False),
        ("本年度不涉及项目支出。", True),
        ("2022年未安排项目支出。", False),
        ("收入总计{income_carry_over=5.00万元}，无上年结转收入。", True),
        ("收入总计{income_carry_over=0.00万元}，无上年结转收入。", False),
        ("上年结转{income_carry_over=5.00万元}，政府性基金预算无上年结转。", False),
    ],
)
def test_none_is_said_where_there_is_some(words: str, *, found: bool) -> None:
    assert ("E-037" in numbers(disclosure_of(f"{TABLE}\n[section totals]\n{words}\n"))) is found


@pytest.mark.parametrize(("abroad", "found"), [(".", True), ("0.00", True), ("2.00", False)])
def test_groups_abroad_without_money(abroad: str, *, found: bool) -> None:
    text = (
        f"[table three_public] total\nabroad {abroad}\ntotal 2.00\n\n[section three_public]\n安排出国团组2个、5人次。\n"
    )
    assert ("G-007" in numbers(disclosure_of(text))) is found


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("价值50万元以上的通用设备0台，价值100万元以上的通用设备3台。", True),
        ("单价50万元以上通用设备0台（套），单价100万元以上专用设备3台（套）。", False),
    ],
)
def test_equipment_above_two_limits(words: str, *, found: bool) -> None:
    assert ("J-014" in numbers(disclosure_of(f"[section vehicles]\n{words}\n"))) is found
