"""Costings of lines against their amounts and the spending standards."""

from __future__ import annotations

import pytest

from mingzhang.compiling.compile import compile_book
from mingzhang.compiling.costings import costing_remarks, shown_costing

HEAD = "function | kind | economic | amount | costing"


def remarks(book, costing: str, amount: str = "90000.00"):
    made = book(f"{HEAD}\n2010601 | operating | 30201 | {amount} | {costing}", year=2024, pack="shanxi-2024")
    return [(r.kind, r.message) for r in costing_remarks(made)]


@pytest.mark.parametrize(
    ("costing", "amount"),
    [
        ("12人×625元×12月", "90000.00"),
        ("按上年标准", "90000.00"),
        ("", "90000.00"),
        ("10元/3", "3.33"),
        ("12人×625元×12月=9万元", "90000.00"),
        ("144人×定额[办公费（示例）]", "90000.00"),
        ("150人×600元[办公费（示例）]", "90000.00"),
    ],
)
def test_nothing_to_say(book, costing, amount):
    assert remarks(book, costing, amount) == []


@pytest.mark.parametrize(
    ("costing", "kinds", "words"),
    [
        ("12人×625元×11月", ["differs"], "82,500.00"),
        ("12人×625元×12月=8万元", ["stated"], "80,000.00"),
        ("12人×625元×", ["unreadable"], "第10个字"),
        ("120人×750元[办公费（示例）]", ["above"], "625.00 元/人·年"),
        ("12人×750元[会议费]", ["unreadable"], "会议费"),
        ("10人×750元[办公费（示例）]", ["differs", "above"], "750.00"),
    ],
)
def test_what_is_amiss_is_said(book, costing, kinds, words):
    found = remarks(book, costing)
    assert [kind for kind, _ in found] == kinds
    assert any(words in message for _, message in found)
    assert all("s1" in message for _, message in found)


def test_it_comes_with_the_compiled_document_and_changes_nothing(book):
    made = book(f"{HEAD}\n2010601 | operating | 30201 | 90000.00 | 3人×5元")
    compiled = compile_book(made)
    assert [r.kind for r in compiled.costings] == ["differs"]
    assert compiled.disclosure.table("summary").figure("in:total", "amount").plain == "9.00"


def test_it_is_shown_with_what_it_comes_to(book):
    made = book(f"{HEAD}\n2010601 | operating | 30201 | 90000.00 | 12人×625元×12月")
    (line,) = made.spending
    assert shown_costing(line, made) == "12人×625元×12月 = 90,000.00 元"
