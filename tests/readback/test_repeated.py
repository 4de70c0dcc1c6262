"""Text at the foot of a page and again at the head of the next: read once, and told."""

from __future__ import annotations

import pytest

from mingzhang.readback.opening import opened_content

ITEMS = "2.“示例支出（类）甲（款）”10.00万元，主要用于甲\n项工作。\n3.“示例支出（类）乙（款）”20.00万元。\n"
BEFORE = "2025年部门预算编制说明\n1.“示例支出（类）丙（款）”5.00万元。\n"


def texts(content: str) -> tuple[list[str], tuple[str, ...]]:
    file = opened_content(content.encode(), "a.txt")
    return [line.text.strip() for page in file.pages for line in page.lines], file.doubts


@pytest.mark.parametrize("number", ["", "第 7 页\n"])
def test_text_that_the_next_page_begins_with_again_is_read_once(number):
    again = ITEMS.replace("\n", "  \n").replace("3.“", "  3. “")
    lines, told = texts(f"{BEFORE}{ITEMS}{number}\f{again}4.其他事项。\n")
    assert lines == [*f"{BEFORE}{ITEMS}{number}".strip().split("\n"), "4.其他事项。"]
    assert told == ("第2页开头的3行与上页末尾相同，只读一次",)


@pytest.mark.parametrize(
    "text",
    [
        f"{BEFORE}{ITEMS}\f附注一。\n{ITEMS}",  # further down it is printed again
        f"{BEFORE}{ITEMS}{ITEMS}\f下一页。\n",  # on one page it is as well
        "甲\t1.00。\n乙\t2.00\n丙\t3.00\n\f甲\t1.00。\n乙\t2.00\n丙\t3.00\n",  # rows of a table
        "表1\n单位：元\n科目\n\f表1\n单位：元\n科目\n",  # what each page begins with
        f"{ITEMS[:-1]}\n甲。\n乙。\n\f甲。\n乙。\n完。\n",  # few lines
    ],
)
def test_what_is_printed_again_otherwise_stays(text):
    lines, told = texts(text)
    assert len(lines) == sum(bool(x.strip()) for x in text.replace("\f", "").split("\n"))
    assert not told
