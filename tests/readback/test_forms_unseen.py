"""Layouts drawn before the reader was tried on them: what each taught stands here by itself."""

from __future__ import annotations

import re
import shutil

import pytest
from other_form_scores import read_as, scored
from tabform import figures, read

from mingzhang.readback.titles import divided
from mingzhang.rules.engine import check

DRAWN = ("mountain", "bay", "peninsula", "harbour", "accounts", "valley")

PAIRS = """2023年度某局部门决算
一般公共预算财政拨款基本支出决算表
单位：万元
人员经费|||公用经费
科目编码|科目名称|决算数|科目编码|科目名称|决算数
301|工资福利支出|90.00|302|商品和服务支出|10.00
30101|基本工资|60.00|30201|办公费|7.00
30102|津贴补贴|30.00|30202|印刷费|3.00
303|对个人和家庭的补助|5.00
人员经费合计||95.00|公用经费合计||10.00
""".replace("|", "\t")

SPANNED = """2024年某局部门预算
附件3-5
2024年政府性基金预算支出表
单位：万元
本年政府性基金预算财政拨款支出
科目编码|科目名称|合计|基本支出|项目支出
|合计|20.00||20.00
212|城乡社区支出|20.00||20.00
附件3-6
2024年部门收支总表
单位：万元
项目|预算数|项目|预算数
一、本年收入|90.00|一、城乡社区支出|95.00
二、上年结转|5.00|二、结转下年
收入合计|95.00|支出合计|95.00
""".replace("|", "\t")


@pytest.mark.parametrize("layout", DRAWN)
def test_figures_are_read_by_the_words_of_the_form(layout):
    tables, disclosure = read_as(layout, "docx", 1)
    score = scored(tables, disclosure)
    assert disclosure.pack is None
    assert (score.right, score.keyed, score.wrong) == (score.all, score.keys, 0), score.examples
    assert [f.message for f in check(disclosure) if f.severity != "hint"] == []


@pytest.mark.parametrize(
    ("layout", "door"),
    [
        ("peninsula", "layout_text"),
        ("harbour", "unruled_pdf"),
        ("accounts", "html"),
        ("forest", "xlsx"),
        ("island", "unruled_pdf"),
        ("plateau", "spaced"),
    ],
)
def test_other_doors_give_every_figure(layout, door):
    if door == "layout_text" and shutil.which("pdftotext") is None:
        pytest.skip("pdftotext is not installed")
    tables, disclosure = read_as(layout, door, 0)
    score = scored(tables, disclosure)
    assert (score.right, score.wrong) == (score.all, 0), score.examples


def test_a_list_in_two_columns_of_the_page_is_one_list():
    (table,) = read(PAIRS).tables
    assert {r.label: [f.plain for f in r.cells.values() if f.printed] for r in table.rows} == {
        "工资福利支出": ["90.00"], "基本工资": ["60.00"], "津贴补贴": ["30.00"], "对个人和家庭的补助": ["5.00"], "人员经费合计": ["95.00"],
        "商品和服务支出": ["10.00"], "办公费": ["7.00"], "印刷费": ["3.00"], "公用经费合计": ["10.00"],
    }  # fmt: skip


def test_a_word_over_a_whole_table_begins_its_head_and_the_next_number_another_table():
    fund, summary = read(SPANNED).tables
    assert (fund.id, fund.number, [r.label for r in fund.rows]) == (
        "fund_spending",
        "附件3-5",
        ["合计", "城乡社区支出"],
    )
    assert {r.key for r in summary.rows} >= {"in:current_total", "in:carry", "in:total", "out:total"}


@pytest.mark.parametrize(
    ("line", "number", "title"),
    [
        ("附件3-52024年收支总表", "附件3-5", "2024年收支总表"), ("表3-2一般公共预算支出表", "表3-2", "一般公共预算支出表"),
        ("附件2-1：部门收入总表", "附件2-1", "部门收入总表"), ("公开03表 支出决算表", "公开03表", "支出决算表"),
    ],
)  # fmt: skip
def test_a_number_is_divided_from_its_title(line, number, title):
    assert divided(line) == (number, title)


@pytest.mark.parametrize("owner", ["某县财政局", "部门", "单位"])
def test_a_form_is_known_by_its_titles_with_a_unit_in_them(owner, samples):
    text = (samples / "xiaohe-park-2023.txt").read_text(encoding="utf-8")
    named = re.sub(
        r"^2023年((?:预算|一般|政府|国有|财政|项目|机关)\S*表(?:（\S*）)?)$",
        rf"{owner}2023年\1" if len(owner) > 2 else rf"2023年{owner}\1",
        text,
        flags=re.MULTILINE,
    )
    found, plain = read(named), read(text)
    assert (found.pack, figures(found)) == (plain.pack, figures(plain))


ACCOUNTS = """某区示例局2025年度部门决算
支出决算表
单位：万元
项目||||本年支出合计|基本支出|项目支出
功能分类科目编码|||科目名称
||||决算数|决算数|决算数
类|款|项|合计|100.00|70.00|30.00
201|||一般公共服务支出|100.00|70.00|30.00
20103|||政府办公厅（室）及相关机构事务|100.00|70.00|30.00
财政拨款“三公”经费支出决算表
单位：万元
财政拨款“三公”经费
合计||因公出国（境）费||公务用车购置及运行维护费||||||公务接待费
||||小计||公务用车购置费||公务用车运行维护费
预算数|决算数|预算数|决算数|预算数|决算数|预算数|决算数|预算数|决算数|预算数|决算数
21.00|16.95|0.00|0.00|20.50|16.95|0.00|0.00|20.50|16.95|0.50|0.00
""".replace("|", "\t")


def test_planned_and_spent_stand_under_every_word_of_a_head():
    spending, public = read(ACCOUNTS).tables
    assert [r.key for r in spending.rows] == ["total", "201", "20103"]
    assert [c.header for c in spending.columns if c.kind == "figure"] == ["本年支出合计", "基本支出", "项目支出"]
    assert public.title == "财政拨款“三公”经费支出决算表"
    (row,) = public.rows
    assert [f.plain for f in row.cells.values()] == ACCOUNTS.splitlines()[-1].split("\t")
    assert {c.header for c in public.columns if c.kind == "figure"} == {"预算数", "决算数"}
