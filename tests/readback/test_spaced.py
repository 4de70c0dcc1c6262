"""Tables whose columns only blanks divide: columns, heads of several lines, broken names, marks, codes in parts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from other_form_scores import read_as, scored
from other_form_tables import layouts

from mingzhang.model.disclosure import Source
from mingzhang.model.language import gettext as _
from mingzhang.model.page import Cell, Line, Page
from mingzhang.readback.recognise import read_disclosure
from mingzhang.readback.settling import UNSURE
from mingzhang.readback.spaced_breaks import words_of
from mingzhang.readback.spaced_columns import columns_of
from mingzhang.readback.spaced_heads import placed
from mingzhang.readback.spaced_texts import Text, texts_of
from mingzhang.readback.text import read_pages


def rows(text):
    """Give the cells of the lines that were laid into columns."""
    (page,) = read_pages(text.encode(), "a.txt")
    return [[c.text for c in x.cells] for x in page.lines if len(x.cells) > 1]


def test_a_word_of_a_group_spans_the_columns_below_it():
    table = """
                               基本支出
 科目名称      合计                               项目支出
                       小计    人员经费   公用经费
 办公          30.00    10.00      6.00       4.00      20.00
 会议           7.00     3.00                 3.00       4.00
"""
    assert rows(table) == [
        ["科目名称", "合计", "基本支出", "", "", "项目支出"],
        ["", "", "小计", "人员经费", "公用经费", ""],
        ["办公", "30.00", "10.00", "6.00", "4.00", "20.00"],
        ["会议", "7.00", "3.00", "", "3.00", "4.00"],
    ]


def test_a_broken_word_is_one_and_a_column_may_be_empty():
    table = """
                            政府性基金预算拨
 单位名称         合计                              单位资金
                                 款收入
 示例局          30.00                             20.00
 示例中心         7.00                              4.00
"""
    assert rows(table)[0] == ["单位名称", "合计", "政府性基金预算拨款收入", "单位资金"]
    assert rows(table)[1] == ["示例局", "30.00", "", "20.00"]


def test_a_word_right_over_amounts_is_their_own_though_those_beside_it_stand_lower():
    table = """
                                        财政专户管理资金
 科目名称      合计   国有资本经营预算                    事业收入
 示例局       30.00                             10.00      20.00
 示例中心      7.00                              3.00       4.00
"""
    assert rows(table) == [
        ["科目名称", "合计", "国有资本经营预算", "财政专户管理资金", "事业收入"],
        ["示例局", "30.00", "", "10.00", "20.00"],
        ["示例中心", "7.00", "", "3.00", "4.00"],
    ]


def test_two_sides_keep_their_names_where_one_blank_divides_them():
    table = """
            收入                        支出
      项目           预算数         项目          预算数
一、一般公共预算        27285.07 一、一般公共服务支出       30400.90
二、政府性基金预算                二、教育支出              963.18
三、国有资本经营
                         162.72 三、农林水支出             12.00
预算
"""
    assert rows(table)[:2] == [["收入", "", "支出", ""], ["项目", "预算数", "项目", "预算数"]]
    assert rows(table)[2] == ["一、一般公共预算", "27285.07", "一、一般公共服务支出", "30400.90"]
    assert rows(table)[4] == ["三、国有资本经营预算", "162.72", "三、农林水支出", "12.00"]


def test_parts_of_codes_and_marks_stand_in_their_columns():
    table = """
科目编码
                  科目名称          合计       项目支出
类  款  项
201               一般公共服务支出      30.00        -
201 06            财政事务             30.00         -
201    06   02    行政运行             30.00        8.00
"""
    assert rows(table)[2:] == [
        ["201", "", "", "一般公共服务支出", "30.00", "-"],
        ["201", "06", "", "财政事务", "30.00", "-"],
        ["201", "06", "02", "行政运行", "30.00", "8.00"],
    ]


def test_letters_that_stand_apart_are_the_words_that_are_known():
    found = texts_of("   科   目         合    计      类    款    项", 0, 1)
    assert [t.text for t in found] == ["科目", "合计", "类", "款", "项"]


def test_a_head_that_comes_again_is_not_read_as_rows():
    page = """
 科目名称         合计      基本支出      项目支出
 办公            30.00       10.00        20.00
 会议             7.00        3.00         4.00
"""
    again = page.replace("办公 ", "差旅 ").replace("会议 ", "培训 ").replace("  合计", "合计  ")
    text = f"2025年支出明细表\n单位：万元\n{page}\f{again}"
    found = read_disclosure(read_pages(text.encode(), "a.txt"), Source(name="a.txt"))
    assert [r.label for t in found.tables for r in t.rows] == ["办公", "会议", "差旅", "培训"]


@pytest.mark.parametrize(("place", "unsure"), [(22, False), (25, False), (28, True)])
def test_a_column_between_two_words_is_in_doubt_where_either_may_be_its_own(place, unsure):
    head = [Text("合计", 0, 12, 14), Text("项目支出", 0, 20, 24), Text("经营支出", 0, 34, 38)]
    body = [[Text("30.00", n, 11, 16), Text("12.00", n, place, place + 5)] for n in (1, 2)]
    columns = columns_of(body).found
    placed(words_of([head], columns), columns)
    assert [(c.unsure, len(c.members)) for c in columns] == [(False, 2), (unsure, 2), (False, 0)]


def test_what_is_in_doubt_is_told_of_the_figure():
    cells = ("名称", "合计", "项目支出"), ("办公", "30.00", "12.00"), ("会议", "7.00", "3.00")
    lines = [Line(tuple(Cell(t) for t in row), guessed=True, unsure=(2,)) for row in cells]
    title = [Line((Cell(t),)) for t in ("2025年支出明细表", "单位：万元")]
    found = read_disclosure([Page((*title, *lines))], Source(name="a.txt"))
    (table,) = found.tables
    assert {f.doubt for r in table.rows for c, f in r.cells.items() if c == "project"} == {_(UNSURE)}


@given(st.lists(st.lists(st.integers(0, 10**9), min_size=3, max_size=3), min_size=2, max_size=8), st.integers(1, 9))
def test_amounts_at_the_right_of_columns_are_never_mixed(table, gap):
    widths = [max(len(f"{row[n]:,}") for row in table) for n in range(3)]
    lines = []
    for row in table:
        left, texts = 0, []
        for amount, width in zip(row, widths, strict=True):
            text = f"{amount:,}"
            texts.append(Text(text, len(lines), left + width - len(text), left + width))
            left += width + gap
        lines.append(texts)
    found = columns_of(lines).found
    assert [[m.text for m in sorted(c.members, key=lambda m: m.line)] for c in found] == [
        [f"{row[n]:,}" for row in table] for n in range(3)
    ]


@pytest.mark.parametrize("layout", layouts())
def test_forms_nobody_knows_are_read_from_text_laid_out_by_blanks(layout):
    tables, disclosure = read_as(layout, "spaced", 3)
    score = scored(tables, disclosure)
    assert 50 * score.right >= 49 * score.all, score.examples
    assert not score.wrong, score.examples


@pytest.mark.parametrize("layout", ["river", "southern"])
def test_forms_nobody_knows_are_read_from_pages_without_rulings(layout):
    tables, disclosure = read_as(layout, "unruled_pdf", 3, words=True)
    score = scored(tables, disclosure)
    assert 50 * score.right >= 49 * score.all, score.examples
