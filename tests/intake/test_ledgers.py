"""Ledgers from workbooks and JSON; what is wrong is told with its cell."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest
import xlsxwriter
from workbooks import SMALL

from mingzhang.compiling.ledger import adjusted
from mingzhang.forms.packs import load_pack
from mingzhang.intake.grids import read_grids
from mingzhang.intake.ledgers import ledger_template_bytes, read_ledger
from mingzhang.intake.template import template_bytes
from mingzhang.intake.workbook import read_workbook
from mingzhang.model.codec import encode
from mingzhang.model.fault import Fault, InvalidBook, UnknownVersion, UnreadableInput

if TYPE_CHECKING:
    from pathlib import Path

    from mingzhang.model.ledger import Ledger

FILLED = {
    "调整明细": [
        ["t1", "追加", "2024-05-20", "示例〔2024〕1号", "s1", 120.5, "", "增编"],
        ["t2", "调剂", "2024年7月2日", "示例〔2024〕2号", "s2", "", 30, "先建后补"],
        ["t2", "调剂", "2024/7/2", "示例〔2024〕2号", "n1", 30, "", "先建后补"],
    ],
    "新增明细": {"编号": "n1", "功能科目": "2010302", "支出类别": "公用经费", "部门经济科目": "30201 办公费"},
    "目标调整": {"项目编号": "p1", "日期": "2024.7.2", "年度总体目标": "整理档案450卷。"},
    "调整后指标": {
        "项目编号": "p1",
        "期间": "年度",
        "一级指标": "产出指标",
        "二级指标": "数量指标",
        "三级指标": "整理卷数",
        "指标值": "≥450卷",
    },
}


def filled(change=lambda sheets: None) -> bytes:
    """Fill in the template of the small book's ledger, with what a test changes."""
    grids = read_grids(ledger_template_bytes(SMALL), "ledger.xlsx")
    sheets = {name: [list(row) for row in grid.rows] for name, grid in grids.items() if name != "选项"}
    for name, rows in FILLED.items():
        if isinstance(rows, dict):
            rows = [[rows.get(heading, "") for heading in sheets[name][1]]]  # noqa: PLW2901
        sheets[name] = [*sheets[name][:2], *(list(row) for row in rows)]
    change(sheets)
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as workbook:
        for name, rows in sheets.items():
            sheet = workbook.add_worksheet(name)
            for n, row in enumerate(rows):
                sheet.write_row(n, 0, row)
    return buffer.getvalue()


def read(tmp_path: Path, content: bytes, name: str = "ledger.xlsx") -> Ledger:
    path = tmp_path / name
    path.write_bytes(content)
    return read_ledger(path)


def test_the_template_is_for_the_book_and_the_same_each_time():
    grids = read_grids(ledger_template_bytes(SMALL), "ledger.xlsx")
    assert [row[1] for row in grids["调整台账"].rows[2:]] == [2024, "元", "100", "青川县示例局"]
    assert ledger_template_bytes(SMALL) == ledger_template_bytes(SMALL)


def test_a_filled_workbook_is_a_ledger(tmp_path):
    found = read(tmp_path, filled())

    assert [(c.entry, c.kind, c.date, c.line, c.more, c.less) for c in found.changes] == [
        ("t1", "increase", "2024-05-20", "s1", 12_050, 0),
        ("t2", "shift", "2024-07-02", "s2", 0, 3000),
        ("t2", "shift", "2024-07-02", "n1", 3000, 0),
    ]
    assert [(x.id, x.function, x.amount, x.economic) for x in found.lines] == [("n1", "2010302", 0, "30201")]
    assert [(t.project, t.date, t.annual_goal, t.goals[0].value) for t in found.targets] == [
        ("p1", "2024-07-02", "整理档案450卷。", "≥450卷")
    ]
    after = adjusted(SMALL, found)
    assert {x.id: x.amount for x in after.spending} == {"s1": 1_246_617, "s2": 499_997_000, "n1": 3000}
    assert read(tmp_path, encode(found), "ledger.json") == found


def test_an_adjusted_book_survives_its_workbook(tmp_path):
    after = adjusted(SMALL, read(tmp_path, filled()))
    assert read_workbook(template_bytes(load_pack(SMALL.pack), after), "book.xlsx") == after


@pytest.mark.parametrize(
    ("cell", "value", "place"),
    [
        (("调整明细", 2, 1), "增加", "调整明细!B3"),
        (("调整明细", 2, 5), "很多", "调整明细!F3"),
        (("调整明细", 2, 5), 1.005, "调整明细!F3"),
        (("调整明细", 3, 4), "", "调整明细!E4"),
        (("调整台账", 2, 1), "今年", "调整台账!B3"),
        (("调整后指标", 2, 0), "p7", "调整后指标"),
    ],
)
def test_what_is_wrong_is_told_with_its_cell(tmp_path, cell, value, place):
    def change(sheets):
        sheet, row, column = cell
        sheets[sheet][row][column] = value

    with pytest.raises(InvalidBook) as refused:
        read(tmp_path, filled(change))
    assert place in [p.place for p in refused.value.problems]


def test_what_is_no_ledger_is_refused(tmp_path):
    with pytest.raises(UnreadableInput):
        read(tmp_path, template_bytes(load_pack(SMALL.pack), SMALL))
    with pytest.raises(UnknownVersion):
        read(tmp_path, encode(SMALL), "book.json")
    with pytest.raises(Fault):
        read_ledger(tmp_path / "none.json")
    with pytest.raises(UnreadableInput):
        read(tmp_path, b'{"schema": "mingzhang.ledger/1.0", "year": "2024"}', "ledger.json")
