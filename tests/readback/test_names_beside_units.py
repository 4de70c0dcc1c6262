"""A unit's name may stand above a table without a label: beside the unit of money, or on a line before it."""

from __future__ import annotations

import pytest

from mingzhang.readback.doors import read_file
from mingzhang.readback.surroundings import is_office

HEAD = "2025年部门预算公开\n\n部门预算收支总表\n"
GRID = """序号\t收入\t\t支出\t
\t项 目\t预算数\t项 目\t预算数
栏次\t1\t2\t3\t4
1\t一、一般公共预算拨款收入\t675.82\t一、一般公共服务支出\t592.11
2\t二、政府性基金预算拨款收入\t\t二、社会保障和就业支出\t98.25
3\t本年收入合计\t675.82\t本年支出合计\t690.36
4\t上年结转结余\t14.54\t年终结转结余\t
5\t收入总计\t690.36\t支出总计\t690.36
"""


@pytest.mark.parametrize(
    "around",
    [
        "青山县下河镇财政所\t\t单位：万元",
        "920青山县下河镇财政所\t预算年度：2025\t单位：万元",
        "920青山县下河镇财政所\n预算年度：2025\n单位：万元",
        "编制单位：青山县下河镇财政所\t单位：万元",
    ],
)
def test_the_table_below_is_read_and_the_name_known(tmp_path, around):
    path = tmp_path / "document.txt"
    path.write_text(f"{HEAD}{around}\n{GRID}", encoding="utf-8")
    document = read_file(path)
    (table,) = document.tables
    assert (document.unit_name, table.id, table.unit) == ("青山县下河镇财政所", "summary", "万元")
    printed = {r.key: {k: c.printed for k, c in r.cells.items() if c.is_number} for r in table.rows}
    assert printed["in:general"] == {"amount": "675.82"}
    assert printed["out:total"] == {"total": "690.36"}


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("青山县水利局", True),
        ("301青山县人民代表大会常务委员会办公室", True),
        ("青山县第一中学（本级）", True),
        ("收入", False),
        ("一般公共预算支出", False),
        ("2080501 行政单位离退休", False),
        ("收支总体情况，见说明部", False),
    ],
)
def test_names_of_offices(text, known):
    assert is_office(text) is known
