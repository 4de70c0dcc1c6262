"""Numbers of order before the codes of a table are no part of them, however many digits they have."""

from __future__ import annotations

from tabform import page, read, table

FUNDS = ["一般公共预算", "政府性基金", "国有资本经营预算", "财政专户管理资金", "单位资金"]
HEAD = [
    ["序号", "项目", "", "本年收入", "", "", "", "", "", "上年结转"],
    ["", "科目编码", "科目名称", "合计", *FUNDS, ""],
]


def test_codes_beside_numbers_of_order():
    codes = ["201", "20113", "2011301", "205", "20502", "2050201", "208", "20805", "2080505", "210", "21011", "2101102"]
    rows = [[str(n), c, f"科目{c}支出", "2.00", "2.00", "", "", "", ""] for n, c in enumerate(codes, start=2)]
    grid = [*HEAD, ["1", "", "合计", "8.00", "8.00", "", "", "", "", ""], *rows]
    (found,) = read(page(table("2023年预算收入总表", grid))).tables
    assert [r.code for r in found.rows if r.code] == codes
