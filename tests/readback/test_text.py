"""The text form: encodings, cells, lines and pages."""

from __future__ import annotations

import pytest

from mingzhang.model.fault import UnreadableInput
from mingzhang.readback.text import read_pages


def cells(content: bytes) -> list[list[str]]:
    return [[c.text for c in line.cells] for page in read_pages(content, "a.txt") for line in page.lines]


def test_tabs_divide_cells_and_blank_ones_stay() -> None:
    assert cells(b"201\t\t1.00\t\n") == [["201", "", "1.00", ""]]


def test_lines_keep_their_number_in_the_file() -> None:
    page = read_pages("\n\n甲\n\r\n乙\t1\r\n".encode(), "a.txt")[0]
    assert [(line.text, line.place.line) for line in page.lines] == [("甲", 3), ("乙\t1", 5)]
    assert page.number is None


def test_form_feeds_divide_pages_and_lines_count_on() -> None:
    pages = read_pages("甲\n\f乙\n丙\n".encode(), "a.txt")
    assert [(p.number, [(x.text, x.place.page, x.place.line) for x in p.lines]) for p in pages] == [
        (1, [("甲", 1, 1)]),
        (2, [("乙", 2, 2), ("丙", 2, 3)]),
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_encodings(encoding: str) -> None:
    assert cells("科目编码\t合计\n".encode(encoding)) == [["科目编码", "合计"]]


def test_markdown() -> None:
    text = "| 科目编码 | 合计 |  |\n|---|---:|---|\n| 201 | 1.00 | |\n"
    assert cells(text.encode()) == [["科目编码", "合计", ""], ["201", "1.00", ""]]


def test_wide_gaps_divide_rows_but_not_sentences() -> None:
    text = "201   一般公共服务支出    1,000.00   \n本年  预算  增加了，主要是因为人员增加。\n服务 中 心\n目  录\n"
    assert cells(text.encode()) == [
        ["201", "一般公共服务支出", "1,000.00"],
        ["本年  预算  增加了，主要是因为人员增加。"],
        ["服务 中 心"],
        ["目  录"],
    ]


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b"", "空"),
        (b" \n\t\n", "空"),
        ("﻿".encode(), "没有文字"),
        ("预算".encode("utf-16"), "UTF-16"),
        ("2023年预算收支总表".encode("utf-16-le"), "UTF-16"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "二进制"),
        (bytes(range(1, 9)) * 40 + b"abc", "二进制"),
    ],
)
def test_what_is_not_text_is_refused(content: bytes, word: str) -> None:
    with pytest.raises(UnreadableInput) as caught:
        read_pages(content, "a.txt")
    assert word in caught.value.message
    assert caught.value.place.startswith("a.txt")


def test_a_wrong_encoding_names_the_line() -> None:
    with pytest.raises(UnreadableInput) as caught:
        read_pages(b"abc\nd\xff\xff\xff\n", "a.txt")
    assert caught.value.place == "a.txt: 第2行"
    assert caught.value.hint


def test_pipes_behind_cells_divide_them_and_a_pipe_in_a_sentence_does_not() -> None:
    text = "科目 | 金额 | |\n201 | 1.00 | |\n\n甲|乙两处合并办公。\n"
    assert cells(text.encode()) == [["科目", "金额", ""], ["201", "1.00", ""], ["甲|乙两处合并办公。"]]


def test_rows_with_pipes_between_cells_only() -> None:
    text = "科目 | 金额\n--- | ---\n201 | 1.00\n\f202 | 2.00\n"
    assert cells(text.encode()) == [["科目", "金额"], ["201", "1.00"], ["202", "2.00"]]
    assert [p.number for p in read_pages(text.encode(), "a.txt")] == [1, 2]


def test_a_row_of_dashes_is_a_rule_and_no_row() -> None:
    assert cells("科目\t金额\n---\t---\n201\t1.00\n-----\n".encode()) == [["科目", "金额"], ["201", "1.00"], ["-----"]]


def test_a_paragraph_whose_numbers_stand_between_blanks_is_no_row() -> None:
    text = "某中心预算收入总计 7,612.17 万元，其中：本年收入 6,389.17 万元，上年结转 1,223.00 万元，比上年减少\n50.00 万元。\n"
    assert [len(row) for row in cells(text.encode())] == [1, 1]


def test_a_year_in_a_head_stays_with_its_word() -> None:
    text = (
        "项目编码         项目名称            2024 年预算数\n"
        "                            合计       基本支出     项目支出\n"
        "201          公共服务          3.00       1.00     2.00\n"
        "202          外交            5.00       2.00     3.00\n"
    )
    assert cells(text.encode())[:2] == [
        ["项目编码", "项目名称", "2024 年预算数", "", ""],
        ["", "", "合计", "基本支出", "项目支出"],
    ]
