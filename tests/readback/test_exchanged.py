"""Tables whose rows and columns are exchanged: codes beside one another, the words of the head below one another."""

from __future__ import annotations

import pytest
from tabform import read

from mingzhang.model.page import Cell, Line
from mingzhang.readback.exchanged import exchanged_back
from mingzhang.rules.engine import check

ROWS = (
    ("项目", "", "2023年预算数", "", ""),
    ("科目编码", "科目名称", "合计", "基本支出", "项目支出"),
    ("", "合计", "30.00", "20.00", "10.00"),
    ("201", "一般公共服务支出", "30.00", "20.00", "10.00"),
    ("20113", "商贸事务", "30.00", "20.00", "10.00"),
    ("2011301", "行政运行", "20.00", "20.00", ""),
    ("2011302", "一般行政管理事务", "10.00", "", "10.00"),
)
TITLE = "2023年预算支出总表\n\n部门名称：某市示例中心\n单位：万元\n"
BETWEEN = "注：本表按功能分类列示。\n\n"


def text_of(rows) -> str:
    return TITLE + "\n".join("\t".join(r) for r in rows) + "\n"


def figures(table):
    return {(r.key, c): f.plain for r in table.rows for c, f in r.cells.items() if f.printed}


@pytest.mark.parametrize("between", ["", BETWEEN])
def test_a_table_printed_again_with_rows_and_columns_exchanged_is_the_same(between):
    document = read(text_of(ROWS) + between + text_of(zip(*ROWS, strict=True)))
    upright, exchanged = document.tables
    assert (upright.id, exchanged.id) == ("spending", "spending")
    assert figures(upright) == figures(exchanged)
    assert len(figures(upright)) == 13
    assert {r.cells["total"].place.line for r in exchanged.rows} == {exchanged.rows[1].place.line + 2}
    assert not [f for f in check(document) if f.rule[0] in "BCD"]


@pytest.mark.parametrize(
    "rows",
    [
        ROWS,
        (
            ("项目名称", "2022年", "2023年"),
            ("基本支出", "1.00", "2.00"),
            ("项目支出", "1.00", "2.00"),
        ),  # years beside each other
        (("编码", "2022", "2023"), ("基本支出", "1.00", "2.00"), ("项目支出", "1.00", "2.00")),  # years are no codes
        (("科目编码", "201", "20113"), ("甲组", "1.00", "2.00"), ("乙组", "1.00", "2.00")),  # no words of a head below
    ],
)
def test_a_table_that_stands_upright_stays(rows):
    lines = [Line(tuple(map(Cell, row))) for row in rows]
    assert exchanged_back(lines) == tuple(lines)
