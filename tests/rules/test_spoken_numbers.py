"""Sentences of any form: what they say of their own amounts - rates of change, shares of a whole - is worked out."""

from __future__ import annotations

import pytest
from golden import disclosure_of

from mingzhang.rules.engine import check


def told(text: str, number: str) -> list[tuple[str, str | None]]:
    found = check(disclosure_of(f"[section unknown:说明]\n{text}"))
    return [(f.severity, f.expected) for f in found if f.rule == number]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("（一）文化支出120万元，占支出总预算24%，同比增加20万元，增长20%。", []),
        ("（一）文化支出120万元，占支出总预算24%，同比增加20万元，增长16.67%。", [("error", "20.00")]),
        ("文化支出 120 万元 ,同比增加 20 万元 ,增长 30 %。", [("error", "20")]),
        ("文化支出1200.00万元，比上年增加200.00万元，增长20.01%。", [("hint", "20.00")]),
        ("文化支出120万元，比上年增加20万元，增长20.01%。", []),
        ("文化支出120.5万元，与2023年年初预算相比减少3000元，下降0.25%。", []),
        ("文化支出120.5万元，与2023年年初预算相比减少3000元，下降2.5%。", [("error", "0.2")]),
        ("文化支出由上年的100万元增加20万元，增长20%。", []),
        ("总支出500万元，其中文化支出120万元，比上年增加100万元，增长25%。", []),
        ("文化支出120万元，因新增场馆而增加20万元，增长30%。", [("hint", "20")]),
        ("文化支出20万元，同比增加20万元，增长100%。", []),
        ("文化支出0万元，同比减少4万元，下降100%。", []),
        ("文化支出33万元，比上年增加1万元，增长3%。", []),
        ("文化支出33万元，比上年增加1万元，增长9%。", [("error", "3")]),
    ],
)
def test_rates(text, expected):
    assert told(text, "F-002") == expected


SUM = "项目支出500万元，其中：设备购置300万元，占项目支出的{}%；房屋修缮200万元，占项目支出的{}%。"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (SUM.format(60, 40), []),
        (SUM.format(60, 45), [("error", "40")]),
        (SUM.format("60.00", "40.01"), []),
        (SUM.format(65, 45), []),  # nothing tells which of both is right, or of what they are
        ("设备购置300万元，占比60%；房屋修缮200万元，占比45%。", [("error", "40")]),
        ("设备购置300万元，占本年预算的30%；房屋修缮200万元，占上年预算的45%。", []),
        (
            "2024年公用经费预算88万元。办公费22万元，占公用经费25%；差旅费11万元，占公用经费的21.5%。",
            [("error", "12.5")],
        ),
        ("设备购置0万元，占0%；房屋修缮200万元，占100%。", []),
    ],
)
def test_shares(text, expected):
    assert told(text, "E-044") == expected
