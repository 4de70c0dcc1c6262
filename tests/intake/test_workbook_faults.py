from __future__ import annotations

import pytest

from mingzhang.intake.workbook import read_workbook
from mingzhang.model.fault import InvalidBook, UnknownVersion, UnreadableInput

GOLDEN = {
    "text where money belongs": ({"支出明细!C3": "一万元"}, ["支出明细!C3: 金额应为数字，这里是“一万元”"]),
    "money as text": ({"支出明细!C3": "1,200.00"}, ["支出明细!C3: 金额应为数字，这里是“1,200.00”"]),
    "negative": ({"支出明细!C3": -5.5}, ["支出明细!C3: “金额”不得为负"]),
    "less than a fen": ({"支出明细!C3": 12.345}, ["支出明细!C3: 金额 12.345 元不是整数分"]),
    "too large": ({"支出明细!C3": 1e13}, ["支出明细!C3: 金额 10000000000000.0 元过大"]),
    "a truth value for money": ({"支出明细!C3": True}, ["支出明细!C3: 金额应为数字，这里是“是”"]),
    "blank amount": ({"支出明细!C3": ""}, ["支出明细!C3: 缺少“金额”"]),
    "word not in the list": ({"支出明细!D3": "人员"}, ["支出明细!D3: “人员”不在可选范围内"]),
    "no such code": ({"支出明细!B3": "2019876"}, ["支出明细!B3: “功能科目”2019876 在 2024 年版收支分类科目中不存在"]),
    "code with another's name": (
        {"支出明细!B3": "2010301 事业运行"},
        ["支出明细!B3: 编码 2010301 的名称是“行政运行”，这里写的是“事业运行”"],
    ),
    "not a code": ({"支出明细!B3": "行政运行"}, ["支出明细!B3: “行政运行”不是科目编码"]),
    "code too short": ({"支出明细!B3": "20103"}, ["支出明细!B3: “功能科目”20103 下面还有明细科目"]),
    "no such economic code": (
        {"支出明细!H3": 30188},
        ["支出明细!H3: “部门经济科目”30188 在 2024 年版收支分类科目中不存在"],
    ),
    "basic line without economic code": ({"支出明细!H3": ""}, ["支出明细!H3: 基本支出要有“部门经济科目”"]),
    "unknown project": ({"支出明细!K4": "p9"}, ["支出明细!K4: “项目编号”p9 在“项目”表中没有"]),
    "project line without project": ({"支出明细!K4": ""}, ["支出明细!K4: 项目支出要有“项目编号”"]),
    "unknown unit": ({"支出明细!L3": "1009"}, ["支出明细!L3: “单位代码”1009 在“所属单位”表中没有"]),
    "an id of another sheet": ({"年终结转!A3": "s2"}, ["年终结转!A3: 编号“s2”重复"]),
    "a part of another fund": ({"年终结转!G3": "事业收入"}, ["年终结转!G3: 资金来源不是单位资金，不应填单位资金构成"]),
    "same id twice": ({"支出明细!A4": "s1"}, ["支出明细!A4: 编号“s1”重复"]),
    "goal of no project": ({"绩效目标!A3": "p7"}, ["绩效目标!A3: “项目编号”p7 在“项目”表中没有"]),
    "goal value as a number": ({"绩效目标!F3": 0.95}, ["绩效目标!F3: 指标值应为文本，这里是数字"]),
    "count with a part": ({"资产!B4": 2.5}, ["资产!B4: 应为整数，这里是“2.5”"]),
    "negative count": ({"人员编制!B3": -1}, ["人员编制!B3: “核定编制数（人）”不得为负"]),
    "failed formula": ({"政府采购!B3": "=X1"}, ["政府采购!B3: 公式出错"]),
    "key twice": ({"上年数!A4": "收入总计", "上年数!B4": 3}, ["上年数!A4: 项目“收入总计”重复"]),
    "unknown year's figure": ({"上年数!A3": "收入共计"}, ["上年数!A3: “收入共计”不在可选范围内"]),
    "no name": ({"单位信息!B12": ""}, ["单位信息!B12: 缺少“单位名称”"]),
    "no such pack": ({"单位信息!B5": "shanxi-1999"}, ["单位信息!B5: 没有名为“shanxi-1999”的表样包"]),
    "year out of reach": ({"单位信息!B4": 24}, ["单位信息!B4: 预算年度 24 不是年份"]),
    "heading unknown": (
        {"年终结转!C2": "数额"},
        ["年终结转!C2: 不认识的列“数额”", "年终结转!A2: 缺少列“金额”"],
    ),
    "column without heading": ({"年终结转!I3": "x"}, ["年终结转!I3: 这一列没有列名"]),
    "tasks without the department's goals": (
        {"部门整体目标!B3": "否", "部门整体目标!B4": ""},
        ["部门重点任务!A3: 填了内容，但“部门整体目标”的“是否编报”不是“是”"],
    ),
    "several at once": (
        {"支出明细!C3": "无", "支出明细!B4": "9999999", "年终结转!C3": -1, "单位信息!B13": "机关"},
        [
            "单位信息!B13: “机关”不在可选范围内",
            "支出明细!C3: 金额应为数字，这里是“无”",
            "支出明细!B4: “功能科目”9999999 在 2024 年版收支分类科目中不存在",
            "年终结转!C3: “金额”不得为负",
        ],
    ),
}


@pytest.mark.parametrize("case", GOLDEN)
def test_each_fault_names_its_sheet_and_cell(workbook, case):
    changes, expected = GOLDEN[case]
    for place, value in changes.items():
        workbook.put(place, value)
    with pytest.raises(InvalidBook) as caught:
        read_workbook(workbook.content(), "book.xlsx")
    assert [f"{f.place}: {f.message}" for f in caught.value.problems] == expected


def test_a_missing_sheet_is_named(workbook):
    del workbook.sheets["年终结转"]
    del workbook.sheets["资产"]
    with pytest.raises(InvalidBook) as caught:
        read_workbook(workbook.content(), "book.xlsx")
    assert [f"{f.place}: {f.message}" for f in caught.value.problems] == [
        "年终结转: 缺少工作表“年终结转”",
        "资产: 缺少工作表“资产”",
    ]


def test_a_workbook_of_something_else_is_one_fault(workbook):
    workbook.sheets = {"Sheet1": [["收入", "支出"], [1, 2]]}
    with pytest.raises(UnreadableInput, match="不是预算底册"):
        read_workbook(workbook.content(), "other.xlsx")


def test_a_broken_workbook_is_one_fault(workbook):
    with pytest.raises(UnreadableInput, match="不是能读的 Excel"):
        read_workbook(workbook.content()[:3000], "cut.xlsx")


def test_a_later_format_is_refused(workbook):
    workbook.put("单位信息!B3", "mingzhang.book/9.0")
    with pytest.raises(UnknownVersion, match=r"book/9\.0"):
        read_workbook(workbook.content(), "book.xlsx")


def test_ones_own_remarks_are_left_alone(workbook, small):
    workbook.put("年终结转!I2", "备注：来源")
    workbook.put("年终结转!I3", "见附件")
    workbook.put("资产!A20", "备注")
    workbook.sheets["草稿"] = [["随手记"]]
    assert read_workbook(workbook.content(), "book.xlsx") == small


def test_codes_and_ids_may_be_numbers(workbook, small):
    workbook.put("支出明细!B3", 2010301)
    workbook.put("支出明细!H3", 30101.0)
    workbook.put("支出明细!L3", 1001)
    workbook.put("所属单位!A3", 1001)
    assert read_workbook(workbook.content(), "book.xlsx") == small
