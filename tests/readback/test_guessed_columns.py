"""Columns told apart by blanks alone: sure where sums across bear them out, doubted where nothing does."""

import pytest

from mingzhang.model.disclosure import Source
from mingzhang.readback.recognise import read_disclosure
from mingzhang.readback.text import read_pages

HEAD = "2025年部门预算公开\n2025年部门支出明细表\n                                   单位：万元\n"
PROVED = """名称              合计        基本支出      项目支出
办公              30.00        10.00       20.00
会议               7.00         3.00        4.00
合计              37.00        13.00       24.00
"""
OPEN = """名称          一般公共预算  政府性基金预算   单位资金
办公              30.00        10.00       20.00
会议               7.00         5.00        4.00
合计              37.00        15.00       24.00
"""


def doubts(text):
    found = read_disclosure(read_pages(text.encode(), "a.txt"), Source(name="a.txt"))
    (table,) = [t for t in found.tables if t.rows]
    return {bool(f.doubt) for r in table.rows for f in r.cells.values() if f.is_number}


@pytest.mark.parametrize(("body", "doubted"), [(PROVED, False), (OPEN, True)])
def test_only_a_sum_across_says_in_which_column_a_figure_stands(body, doubted):
    assert doubts(HEAD + body) == {doubted}


def test_tabs_leave_no_doubt():
    tabbed = "\n".join("\t".join(line.split()) for line in OPEN.splitlines())
    assert doubts(HEAD + tabbed + "\n") == {False}
