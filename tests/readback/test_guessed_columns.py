"""Columns told apart by blanks alone: sure where sums across bear them out, doubted where nothing does."""

from mingzhang.model.disclosure import Source
from mingzhang.readback.recognise import read_disclosure
from mingzhang.readback.text import read_pages

PROVED = """2025年部门支出明细表
                                   单位：万元
名称              合计        基本支出      项目支出
办公              30.00        10.00       20.00
会议               7.00         3.00        4.00
合计              37.00        13.00       24.00
"""
OPEN = """2025年部门往来明细表
                                   单位：万元
名称              年初数       转入数       转出数
办公              30.00        10.00       20.00
会议               7.00         5.00        4.00
合计              37.00        15.00       24.00
"""


def doubts(text):
    found = read_disclosure(read_pages(text.encode(), "a.txt"), Source(name="a.txt"))
    return [
        {bool(f.doubt) for r in t.rows for f in r.cells.values() if f.is_number}
        for t in found.tables
        if any(f.is_number for r in t.rows for f in r.cells.values())
    ]


def test_only_a_sum_across_says_in_which_column_a_figure_stands():
    assert doubts(PROVED + "\n" + OPEN) == [{False}, {True}]


def test_tabs_leave_no_doubt():
    tabbed = "\n".join("\t".join(line.split()) for line in (PROVED + "\n" + OPEN).splitlines())
    assert doubts(tabbed + "\n") == [{False}, {False}]
