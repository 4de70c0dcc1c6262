"""Costings in running text: found whole or left alone."""

from __future__ import annotations

import pytest
from golden import disclosure_of

from mingzhang.rules.engine import check


def findings(words: str):
    document = disclosure_of(f"[form 甲项目] years=1\nannual.total 100000\n@overview {words}\n")
    return [f for f in check(document, everything=True) if f.rule == "H-013" and f.outcome != "undecided"]


@pytest.mark.parametrize(
    "words",
    [
        "聘用12人×625元×12月=90000元。",
        "聘用１２人×６２５元/人·月×１２月＝９万元。",
        "补助3人×2000元+5人×1000元=11000元。",
        "演出24场×15000元/场，共计36万元。",
        "按33人×33333元=110万元安排。",
        "60平方米×1,200.50元/平方米=72030元",
        "补助12人×625元=7500元×12月=9万元",
        "购置3.5台×1001元=3503元。",
    ],
)
def test_right_ones_pass(words):
    found = findings(words)
    assert found
    assert {f.outcome for f in found} == {"passed"}


@pytest.mark.parametrize(
    ("words", "expected", "difference"),
    [
        ("聘用12人×625元×12月=80000元。", "90000", "-10000"),
        ("补助3人×2000元+5人×1000元=12000元。", "11000", "1000"),
        ("演出24场×1.5万元/场，合计38万元。", "360000", "20000"),
        ("购置3.5台×1001元=3500.00元。", "3503.50", "-3.50"),
    ],
)
def test_wrong_ones_are_told(words, expected, difference):
    (one,) = [f for f in findings(words) if f.outcome == "violated"]
    assert (one.expected, one.difference, one.unit) == (expected, difference, "元")
    assert one.where[0].field == "overview"
    assert one.severity == "warning"


@pytest.mark.parametrize(
    "words",
    [
        "宣传3期×3万元，演出24场×1.5万元，共计50万元。",
        "约12人×625元，合计9万元左右。",
        "规格3×5厘米，合计9万元。",
        "型号X3x4=12元素",
        "尺寸2米×3米=6平方米",
        "2×(3+4)人×5元=80元",
        "面积12×625，共9万元",
        "625元×3元=5元",
    ],
)
def test_what_cannot_be_told_is_left_alone(words):
    assert findings(words) == []
