"""Numbers in running text."""

from __future__ import annotations

import pytest

from mingzhang.forms.narrative import narrative_of
from mingzhang.forms.narrative_numbers import fold, numbers_in
from mingzhang.forms.packs import load_pack


def found(text):
    return [
        (n.digits, n.places, n.unit) for n in numbers_in(fold(text), narrative_of(load_pack("shanxi-2023")).lexicon)
    ]


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("收入1,234.50万元", [(123450, 2, "万元")]),
        ("收入１，２３４．５０万元", [(123450, 2, "万元")]),
        ("收入1, 234. 50 万 元", [(123450, 2, "万元")]),
        ("占12.50％，另占百分之30", [(1250, 2, "%"), (30, 0, "%")]),
        ("减少-3.20元", [(-320, 2, "元")]),
        ("1.2亿，50万以上", [(12, 1, "亿元"), (50, 0, "万元")]),
        ("3万人次、2万平方米", [(3, 0, "万人次"), (2, 0, "万平方米")]),
        ("设备2台（套）、车4辆、280㎡、36名", [(2, 0, "台"), (4, 0, "辆"), (280, 0, "平方米"), (36, 0, "名")]),
        ("提高2.5个百分点", [(25, 1, "百分点")]),
        ("支出预算——30万元", [(30, 0, "万元")]),
        ("共需12.5", [(125, 1, "")]),
        ("共需12人", [(12, 0, "人")]),
    ],
)
def test_what_states_something(text, numbers):
    assert found(text) == numbers


@pytest.mark.parametrize(
    "text",
    [
        "2023年12月31日", "2023", "2022-2024年", "2022—2024年度", "（2023）", "〔2021〕101号", "第33次会议", "附件2", "表10",
        "1、收入", "2.支出", "（3）其他", "3.2025年预算", "3. 2025年预算", "PM2.5", "5G网络", "A4纸", "电话0351-1234567", "3个月", "20230110172309",
        "21世纪", "2024 年 3 月",
    ],
)  # fmt: skip
def test_what_only_names_a_date_an_order_or_a_document(text):
    assert found(text) == []


def test_a_folded_text_knows_where_it_stood():
    text = "占 １２．５０ ％"
    folded = fold(text)
    [number] = numbers_in(folded, narrative_of(load_pack("shanxi-2023")).lexicon)
    start, stop = folded.span(number.start, number.end)
    assert text[start:stop] == "１２．５０"
