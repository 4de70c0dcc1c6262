from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingzhang.intake.cells import LARGEST, BadCell, read_cell, read_money, show_cell
from mingzhang.intake.columns import Column
from mingzhang.intake.sheets import SHEETS, SPENDING

MONEY = SPENDING.column("amount")


@given(st.integers(0, LARGEST - 1), st.sampled_from(("元", "万元")))
def test_every_amount_survives_excels_numbers(fen, unit):
    shown = show_cell(MONEY, fen, money_unit=unit, edition=None)
    assert read_money(float(f"{float(shown):.16G}"), unit) == fen


@pytest.mark.parametrize(
    ("number", "unit", "fen"),
    [
        (0.1 + 0.2, "元", 30),
        (1234.56, "元", 123456),
        (0.000001, "万元", 1),
        (57.65, "万元", 57650000),
        (3, "万元", 3000000),
        (129589.59, "万元", 129589590000),
    ],
)
def test_amounts_are_read_exactly(number, unit, fen):
    assert read_money(number, unit) == fen


@pytest.mark.parametrize(("number", "unit"), [(0.001, "元"), (1.005, "元"), (0.0000001, "万元"), (12.3456785, "万元")])
def test_parts_of_a_fen_are_refused(number, unit):
    with pytest.raises(BadCell, match="不是整数分"):
        read_money(number, unit)


@pytest.mark.parametrize("raw", ["12", "", "十元", True, dt.date(2024, 1, 1), dt.timedelta(1)])
def test_only_numbers_are_money(raw):
    with pytest.raises(BadCell, match="金额应为数字"):
        read_money(raw, "元")


@pytest.mark.parametrize("number", [float("nan"), float("inf")])
def test_what_is_no_number_is_no_money(number):
    with pytest.raises(BadCell):
        read_money(number, "元")


def test_a_date_is_spelled_in_chinese():
    assert read_cell(Column("date", "日期"), dt.date(2024, 3, 5), money_unit="元", edition=None) == "2024年3月5日"


def test_tags_may_be_words_or_keys():
    column = SPENDING.column("tags")
    read = read_cell(column, "公务接待费；x:y、不计入“三公”经费", money_unit="元", edition=None)
    assert read == ["three_public:reception", "x:y", "three_public:none"]


def test_words_are_unambiguous():
    for sheet in SHEETS:
        assert len({c.heading for c in sheet.columns}) == len(sheet.columns), sheet.title
        assert len({c.key for c in sheet.columns}) == len(sheet.columns), sheet.title
        for column in sheet.columns:
            assert len(set(column.words.values())) == len(column.words), column.heading
