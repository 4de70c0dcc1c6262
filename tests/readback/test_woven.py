"""Characters of a watermark woven into the cells of a table are taken out, and nothing that looks like them."""

from __future__ import annotations

from mingzhang.model.page import Cell, Line
from mingzhang.model.place import Place
from mingzhang.readback.woven import unwoven

TABLE = (
    ("科目编码", "科目名称", "合计"),
    ("201", "一般公共服务支出", "12.50"),
    ("2010301", "行政运行", "12.50"),
    ("205", "教育支出", "7.50"),
    ("", "合计", "20.00"),
)


def lines(rows):
    return tuple(
        Line(tuple(Cell(t, Place(line=n, cell=f"{at}")) for at, t in enumerate(row)), Place(line=n))
        for n, row in enumerate(rows, start=1)
    )


def texts(found):
    return tuple(tuple(c.text for c in line.cells) for line in found)


def edited(**changes):
    """Give the table with cells changed: `r1c2="…"`."""
    rows = [list(r) for r in TABLE]
    for spot, text in changes.items():
        row, column = spot[1:].split("c")
        rows[int(row)][int(column)] = text
    return rows


def test_behind_codes_and_amounts():
    found, marks = unwoven(lines(edited(r2c0="2010301审", r3c2="7.50内")))
    assert texts(found) == TABLE
    assert [(m.kind, m.text, m.place.line, m.place.cell) for m in marks] == [
        ("watermark", "审", 3, "0"),
        ("watermark", "内", 4, "2"),
    ]


def test_behind_a_name_only_where_a_number_has_one_too():
    alone = edited(r4c1="合计核")
    assert unwoven(lines(alone)) == (lines(alone), ())
    found, _marks = unwoven(lines(edited(r4c1="合计核", r1c0="201审")))
    assert texts(found) == TABLE


def test_a_name_printed_elsewhere_without_it():
    again = (("说明", "行政运行", ""),)
    found, _marks = unwoven(lines((*edited(r2c1="行政运行内", r1c0="201审"), ("",), *again)))
    assert texts(found) == (*TABLE, ("",), *again)
    alone = edited(r2c1="行政运行内", r1c0="201审")
    assert texts(unwoven(lines(alone))[0])[2][1] == "行政运行内"


def test_quantities_with_their_unit_stay():
    rows = [("项目", "数量"), ("车辆", "3辆"), ("房屋", "2处"), ("设备", "12台"), ("面积", "5亩"), ("人员", "9名")]
    assert unwoven(lines(rows)) == (lines(rows), ())
    mixed = [("项目", "金额"), ("车辆", "3万"), ("房屋", "2"), ("设备", "12")]
    assert unwoven(lines(mixed)) == (lines(mixed), ())
