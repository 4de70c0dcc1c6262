"""Spending standards: dated, by place, one's own before what is shipped."""

from __future__ import annotations

import datetime as dt

import pytest
from workbooks import SMALL

from mingzhang.forms.standards_of_spending import (
    VARIABLE,
    InvalidSpendingStandards,
    rates_for,
    spending_standards,
    standard_for,
)

OWN = """
[[standard]]
id = "own"
name = "办公费（自定）"
amount = "500"
unit = "元/人·年"
valid_from = 2023-01-01
valid_until = 2023-12-31

[[standard]]
id = "own"
name = "办公费（自定）"
amount = "650.50"
unit = "元/人·年"
valid_from = 2024-01-01
place = "示例省"
source = "示例"
"""


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "own.toml").write_text(OWN, encoding="utf-8")
    return tmp_path


def test_what_is_shipped_is_marked_as_an_example():
    assert spending_standards()
    assert all("示例" in s.name and "不是" in s.source for s in spending_standards())


@pytest.mark.parametrize(
    ("day", "division", "fen"),
    [
        (dt.date(2023, 6, 1), "", 50_000),
        (dt.date(2023, 12, 31), "示例省青川县", 50_000),
        (dt.date(2024, 1, 1), "示例省青川县", 65_050),
        (dt.date(2024, 1, 1), "别省", None),
        (dt.date(2022, 12, 31), "示例省", None),
    ],
)
def test_day_and_place_choose(folder, day, division, fen):
    found = standard_for("own", day, division, folder=folder)
    assert (None if found is None else found.fen) == fen


def test_names_are_found_with_brackets_of_any_width(folder):
    assert standard_for("办公费(自定)", dt.date(2023, 6, 1), folder=folder).id == "own"


def test_the_nearer_place_wins_and_ones_own_before_the_shipped(folder, monkeypatch):
    day = dt.date(2024, 5, 1)
    assert standard_for("example-office", day, "示例省青川县").fen == 70_000
    assert standard_for("example-office", day, "").fen == 62_500
    (folder / "more.toml").write_text(OWN.replace('"own"', '"example-office"').replace("示例省", ""), encoding="utf-8")
    monkeypatch.setenv(VARIABLE, str(folder))
    assert standard_for("example-office", day, "示例省青川县").fen == 65_050


def test_a_books_year_and_place_choose_its_rates(folder):
    rate = rates_for(SMALL, folder)
    assert rate("own") is None
    assert rate("example-office").fen == 62_500
    assert rate("没有的标准") is None


@pytest.mark.parametrize(
    "text",
    [
        OWN.replace('"500"', '"五百"'),
        OWN.replace('"500"', '"5.001"'),
        OWN.replace("元/人·年", "人"),
        OWN.replace("2023-12-31", "2022-12-31"),
        OWN.replace("name", "nome"),
        "[[standard",
    ],
)
def test_files_that_do_not_fit_are_refused_with_their_place(tmp_path, text):
    (tmp_path / "bad.toml").write_text(text, encoding="utf-8")
    with pytest.raises(InvalidSpendingStandards) as refused:
        spending_standards(tmp_path)
    assert "bad.toml" in refused.value.place


def test_no_such_folder(tmp_path):
    with pytest.raises(InvalidSpendingStandards):
        standard_for("own", dt.date(2024, 1, 1), folder=tmp_path / "none")
