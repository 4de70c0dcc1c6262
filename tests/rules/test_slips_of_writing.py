"""Words twice, marks without their other, wide commas in amounts; what is no slip stays unsaid."""

from __future__ import annotations

import pytest
from golden import disclosure_of

from mingzhang.rules.engine import check

GOOD = "“文化支出”20万元。\n“教育支出”11万元。\n“农林水支出”30万元。\n“住房保障支出”20万元。\n"


def told(text: str, number: str) -> list[str]:
    return [f.severity for f in check(disclosure_of(f"[section unknown:说明]\n{text}")) if f.rule == number]


@pytest.mark.parametrize(
    ("text", "many"),
    [
        ("设备购置比上年增加增加3万元。", 1),
        ("设备购置增加，原因主要是主要是更新老旧设备。", 1),
        ("设备购置增加，主要是是更新老旧设备。", 1),
        ("为了了解民意，实现目的的过程中有的的士在为为民服务。", 0),
        ("设备购置增加，增加的原因是更新老旧设备，主要用于主要场馆。", 0),
    ],
)
def test_words_twice(text, many):
    assert told(text, "K-035") == ["warning"] * many


@pytest.mark.parametrize(
    ("text", "severities"),
    [
        ("“卫生健康支出9万元，主要用于防疫。", ["warning"]),
        ("卫生健康支出”9万元，主要用于“放管服”改革。", ["warning"]),
        ('“卫生健康支出"9万元，主要用于防疫。', []),
        ("“卫生健康支出9万元，主要用于", []),  # cut off, as by a page
    ],
)
def test_quotes(text, severities):
    assert told(f"{GOOD}{text}", "K-036") == severities


def test_quotes__many_are_lost_by_copying():
    assert told("“文化支出20万元。\n“教育支出”11万元。\n农林水支出”30万元。", "K-036") == ["hint", "hint"]


@pytest.mark.parametrize(
    ("text", "many"),
    [
        ("公用经费3，518.85万元。", 1),
        ("公用经费3,518.85万元。", 0),
        ("公用经费、项目支出分别为120，300万元。", 0),
        ("共有设备3，120台，其中2024年，300元以上的5台。", 0),
    ],
)
def test_wide_commas(text, many):
    assert told(text, "K-037") == ["warning"] * many


@pytest.mark.parametrize(
    ("text", "many"),
    [
        ("编报绩效目标的项目3个。（项目绩效目标情况，以及项目数量、预算金额等）", 1),
        ("编报绩效目标的项目3个。（绩效目标情况见附表）", 0),
        ("编报绩效目标的项目3个（含项目情况、资金数量等）。", 0),
    ],
)
def test_what_a_template_asks_for(text, many):
    assert told(text, "K-029") == ["warning"] * many


def test_no_rise_of_nothing():
    assert told("政府性基金预算0万元，与上年增加持平。", "K-021") == ["warning"]


def test_final_accounts__a_page_that_nowhere_says_what_it_is_of():
    page = "公务接待费支出决算1.5万元，比预算增加0.5万元。"
    assert told(page, "K-033") == []
    assert told(f"2023年部门预算情况说明如下。\n{page}", "K-033") == ["warning"]


@pytest.mark.parametrize(
    ("text", "many"),
    [("用于公务用车的燃料费、维修费。", 0), ("用于公务用地燃料费、维修费。", 1)],
)
def test_a_word_between_those_of_an_official_name(text, many):
    assert told(text, "K-020") == ["warning"] * many


@pytest.mark.parametrize(("following", "many"), [("1.房屋3200平方米。", 0), ("房屋3200平方米。", 1)])
def test_what_is_left_open_before_a_list(following, many):
    assert (
        told(f"截至2022年底，本单位占用使用的各类国有资产，包括房屋、车辆和办公家具，总体情况为\n{following}", "E-023")
        == ["warning"] * many
    )
