from __future__ import annotations

import io

import openpyxl
import pytest

from mingzhang.forms.packs import load_pack
from mingzhang.intake.sheets import SHEETS
from mingzhang.intake.template import template_bytes, write_template
from mingzhang.intake.workbook import read_workbook
from mingzhang.model.fault import Fault, InvalidBook


@pytest.fixture(scope="module")
def empty():
    return template_bytes(load_pack("shanxi-2024"))


@pytest.fixture(scope="module")
def opened(empty):
    return openpyxl.load_workbook(io.BytesIO(empty))


def test_it_has_a_sheet_for_each_kind_of_fact(opened):
    assert opened.sheetnames == [s.title for s in SHEETS if not s.optional] + ["选项"]
    assert opened["选项"].sheet_state == "hidden"


def test_every_closed_list_drops_down(opened):
    for sheet in SHEETS:
        if sheet.optional:
            continue
        rules = opened[sheet.title].data_validations.dataValidation
        lists = {r.promptTitle for r in rules if r.type == "list"}
        wanted = {c.heading for c in sheet.columns if c.words or c.kind in {"code", "ref"}}
        assert wanted <= lists, sheet.title


def test_the_list_of_functions_holds_the_classification(opened):
    rule = next(r for r in opened["支出明细"].data_validations.dataValidation if r.promptTitle == "功能科目")
    name, cells = rule.formula1.strip("'").split("'!")
    column = cells.split("$")[1]
    assert rule.errorStyle == "information"
    assert "2010301 行政运行" in {c.value for c in opened[name][column]}


def test_headings_carry_help(opened):
    for cell in opened["项目"][2]:
        assert cell.comment is not None
        assert cell.comment.text.strip()


def test_an_empty_one_lacks_only_what_must_be_filled_in(empty):
    with pytest.raises(InvalidBook) as caught:
        read_workbook(empty, "empty.xlsx")
    assert [str(f) for f in caught.value.problems] == ["单位信息!B12: 缺少“单位名称”", "单位信息!B13: 缺少“单位性质”"]


def test_nothing_is_left_behind_where_it_cannot_be_written(tmp_path):
    with pytest.raises(Fault, match="无法写入"):
        write_template(tmp_path / "no" / "book.xlsx", load_pack("shanxi-2024"))
    (tmp_path / "taken.xlsx").mkdir()
    with pytest.raises(Fault, match="无法写入"):
        write_template(tmp_path / "taken.xlsx", load_pack("shanxi-2024"))
    assert [p.name for p in tmp_path.iterdir()] == ["taken.xlsx"]


def test_filled_in_elsewhere_it_is_read(opened, tmp_path):
    rows = {
        "单位信息": {"B12": "青川县示例局", "B13": "行政", "B6": "万元"},
        "支出明细": {"A3": 1, "B3": "2010301 行政运行", "C3": 12.345678, "D3": "人员经费", "H3": 30101},
        "部门概况": {"A3": "主要职责", "B3": "第一行\n第二行"},
    }
    for sheet, cells in rows.items():
        for cell, value in cells.items():
            opened[sheet][cell] = value
    opened.save(tmp_path / "filled.xlsx")
    book = read_workbook((tmp_path / "filled.xlsx").read_bytes(), "filled.xlsx")
    assert [(line.id, line.amount, line.economic) for line in book.spending] == [("1", 12345678, "30101")]
    assert book.profile.duties == ("第一行\n第二行",)
