"""Sentences of forms that no pack knows, compared with what their tables print: items, classes, economic classes, parts."""

from __future__ import annotations

import pytest
from tabform import read

from mingzhang.rules.engine import check

DOCUMENT = """某市示例局2031年部门预算
第二部分 部门预算表
支出总表
单位：万元
科目编码	科目名称	总额	基本支出	项目支出
208	社会保障和就业支出	50.0040	50.0040
20805	行政事业单位养老支出	50.0040	50.0040
2080501	行政单位离退休	20.0000	20.0000
2080505	机关事业单位基本养老保险缴费支出	30.0040	30.0040
210	卫生健康支出	9.0000	3.0000	6.0000
	合计	59.0040	53.0040	6.0000
一般公共预算支出表
单位：万元
科目编码	科目名称	总额	基本支出	项目支出
208	社会保障和就业支出	50.0040	50.0040
20805	行政事业单位养老支出	50.0040	50.0040
2080501	行政单位离退休	20.0000	20.0000
2080505	机关事业单位基本养老保险缴费支出	30.0040	30.0040
210	卫生健康支出	9.0000	3.0000	6.0000
	合计	59.0040	53.0040	6.0000
一般公共预算基本支出表
单位：万元
科目编码	科目名称	总额
301	工资福利支出	40.0040
302	商品和服务支出	13.0000
	合计	53.0040
第三部分 部门预算情况说明
{heading}
{text}
"""
OF = "社会保障和就业支出（类）行政事业单位养老支出（款）"


@pytest.mark.parametrize(
    ("heading", "text", "wrong"),
    [
        ("三、支出预算情况说明", "按功能分类：社会保障和就业支出50.00万元，卫生健康支出{}万元。", ("9.00", "6.00")),
        (
            "五、一般公共预算支出情况说明",
            "一般公共预算支出59.00万元，其中：基本支出53.00万元，项目支出{}万元。",
            ("6.00", "9.00"),
        ),
        ("六、一般公共预算基本支出情况说明", "工资福利支出40.00万元，商品和服务支出{}万元。", ("13.00", "31.00")),
        (
            "五、一般公共预算支出情况说明",
            f"1.{OF}行政单位离退休（项）{{}}万元。\n2.{OF}机关事业单位基本养老保险缴费支出（项）30.00万元。",
            ("20.00", "22.00"),
        ),
    ],
)
def test_what_a_sentence_states_is_what_the_table_prints(heading, text, wrong):
    told = [
        [
            (f.rule, f.severity)
            for f in check(read(DOCUMENT.format(heading=heading, text=text.format(amount))))
            if f.rule == "E-001"
        ]
        for amount in wrong
    ]
    assert told == [[], [("E-001", "warning")]]


def test_an_item_that_is_named_is_not_left_out():
    text = f"1.{OF}行政单位离退休（项）20.00万元。\n2.{OF}机关事业单位基本养老保险缴费支出（项）用于缴费，金额见表。\n3.卫生健康支出9.00万元。"
    rules = {f.rule for f in check(read(DOCUMENT.format(heading="五、一般公共预算支出情况说明", text=text)))}
    assert "E-040" not in rules
