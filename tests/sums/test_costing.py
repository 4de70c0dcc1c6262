"""Costings are worked out exactly; what cannot be is refused with its column."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingzhang.sums.costing import LONGEST, Rate, UnreadableCosting, is_costing, work_out

RATES = {"办公费": Rate("办公费", 62_500, "元/人·年"), "差旅费": Rate("差旅费", 300_000, "元/人·年")}


@pytest.mark.parametrize(
    ("text", "yuan"),
    [
        ("12人 × 625元 × 12月", "90000"),
        ("12人×６２５元/人·月×12月＋3辆×（2,500－300）元", "96600"),
        ("１２人Ｘ625元".replace("Ｘ", "x"), "7500"),
        ("12人*625元＊12月", "90000"),
        ("(12+3)人×5%×1.2万元", "9000"),
        ("90万人×0.5元÷2", "225000"),
        ("1.5亿元×3‰", "450000"),
        ("300平方米×2.5元/平方米·月×12个月", "9000"),
        ("办公费：12人×625元；差旅费：3人×1,200.50元；", "11101.50"),
        ("3.6千元×10/4", "9000"),
        ("1,000,000元-1元", "999999"),
        ("60万元×(30/100)", "180000"),
        ("12人×定额[办公费]", "7500"),
    ],
)
def test_worked_out(text, yuan):
    assert is_costing(text)
    assert work_out(text, RATES.get).fen == Fraction(yuan) * 100


def test_thirds_stay_exact():
    assert work_out("10元/3").fen == Fraction(1000, 3)
    assert work_out("10元/3×3").fen == 1000


@pytest.mark.parametrize(
    ("text", "column"),
    [
        ("12人×625", 1),
        ("12人+625元", 5),
        ("12人+3辆×2元", 5),
        ("(12人+3辆)×2元", 6),
        ("625元×3元", 5),
        ("100人÷5元", 5),
        ("10元/0", 4),
        ("12人×625元×", 10),
        ("12人×(625元", 10),
        ("约12人×3元", 1),
        ("12人×3元，其他", 7),
        ("12人×3元标准", 6),
        ("(3元)元×2", 5),
        ("12,34人×1元", 3),
        ("1.2.3元×2", 4),
        ("3人×2元=6人", 7),
        ("", 1),
        ("3人[办公费]×2元", 3),
        ("定额[会议费]×3人", 1),
        ("800元/人·月[办公费]×3人", 9),
        ("__import__('os')×1元", 1),
        ("9**9元", 3),
    ],
)
def test_refused_with_its_column(text, column):
    with pytest.raises(UnreadableCosting) as refused:
        work_out(text, RATES.get)

    assert refused.value.column == column
    assert str(column) in refused.value.place


def test_too_long_or_deep_is_refused_or_worked_out_without_harm():
    assert work_out("(" * 900 + "1元" + ")" * 900).fen == 100
    with pytest.raises(UnreadableCosting):
        work_out("1元" + "+1元" * LONGEST)


def test_results_written_are_compared_to_their_last_digit():
    good, rounded, bad, bare = work_out("3人×2元=6元；3人×33333元=10万元；3人×2元=7元；3人×2元=6").stated

    assert [s.holds for s in (good, rounded, bad, bare)] == [True, True, False, True]
    assert bad.derived == 600
    assert bad.fen == 700


def test_prices_name_their_standard():
    found = work_out("700元[办公费]×3人+600元/人·年[办公费]×2人+定额[差旅费]×1人", RATES.get)

    assert [(u.name, u.above) for u in found.used] == [("办公费", True), ("办公费", False), ("差旅费", False)]
    assert found.fen == 210_000 + 120_000 + 300_000


@pytest.mark.parametrize("text", ["", "按上年标准测算", "共12人", "依据2023年文件", "2023-05-01 会议纪要"])
def test_words_are_no_costing(text):
    assert not is_costing(text)


@given(st.lists(st.tuples(st.integers(1, 9999), st.integers(1, 10**7), st.integers(1, 12)), min_size=1, max_size=6))
def test_sums_of_products(parts):
    text = "＋".join(f"{people}人×{fen // 100:,}.{fen % 100:02d}元×{months}月" for people, fen, months in parts)

    assert work_out(text).fen == sum(a * b * c for a, b, c in parts)


@given(st.text(alphabet="12０.,，×*/÷+-（）()[]=；：%人元万月 定额办\n", max_size=30))
def test_anything_is_worked_out_or_refused(text):
    columns, found = [], None
    try:
        found = work_out(text, RATES.get)
    except UnreadableCosting as fault:
        columns.append(fault.column)
    assert found is None or isinstance(found.fen, Fraction)
    assert all(1 <= c <= len(text) + 1 for c in columns)
