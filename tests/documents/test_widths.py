"""Line breaking: nothing stands alone on a line, no line begins with a comma, no number or official word is cut."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingzhang.documents.columns import needs, shared
from mingzhang.documents.grid import GridCell, grid_of, tiled
from mingzhang.documents.widths import EM, broken, broken_name, lines_needed, longest_piece, pieces, width
from mingzhang.model.disclosure import Column, HeadCell, Row, Table
from mingzhang.model.figure import number

TEXTS = st.text(alphabet="一般公共预算支出项目资金（上年结转）、，。：12.5,%Ab ", min_size=1, max_size=40)


@pytest.mark.parametrize(
    ("text", "ems", "lines"),
    [
        ("国有资本经营预算", 4, "国有资本\n经营预算"),
        ("一般公共预算", 5, "一般公共\n预算"),
        ("政府性基金预算", 5, "政府性\n基金预算"),
        ("项目资金(元)", 5, "项目\n资金(元)"),
        ("服务对象满意度指标", 8, "服务对象\n满意度指标"),
        ("2023年合计", 3, "2023年\n合计"),
        ("办公费", 3, "办公费"),
    ],
)
def test_official_words_stay_whole(text, ems, lines):
    assert broken(text, ems * EM) == lines


@given(text=TEXTS, ems=st.integers(6, 30))
def test_broken_lines_fit_and_lose_nothing(text, ems):
    lines = broken(text, ems * EM).split("\n")

    assert "".join(lines) == text
    assert len(lines) == lines_needed(text, ems * EM)
    assert all(width(line) <= max(ems * EM, longest_piece(text)) for line in lines)
    assert not any(line[0] in "）、，。：%" for line in lines[1:])
    assert not any(line.endswith("（") for line in lines[:-1])


@given(text=st.text(alphabet="甲乙丙丁戊己庚辛", min_size=9, max_size=40), ems=st.integers(8, 30))
def test_no_character_stands_alone(text, ems):
    assert all(len(line) > 1 for line in broken(text, ems * EM).split("\n"))


@given(text=TEXTS)
def test_pieces_are_the_text(text):
    assert "".join(pieces(text)) == text


def test_name_of_an_office_breaks_where_a_part_ends():
    assert (
        broken_name("某某综合改革示范区汾源新兴产业园区服务中心", 14 * EM)
        == "某某综合改革示范区\n汾源新兴产业园区服务中心"
    )


def test_figures_keep_their_width_and_labels_give_way():
    columns = (Column("label", "label"), Column("total"))
    rows = (Row("a", "一个特别长的项目名称需要分成两行", cells={"total": number(123456789, "万元", 2, grouped=True)}),)
    table = Table("x", head=((HeadCell("项目"), HeadCell("合计")),), columns=columns, rows=rows)
    widths = shared(needs(grid_of(table)), (), 16 * EM)

    assert widths is not None
    assert widths[1] >= width("1,234,567.89")
    assert widths[0] < width("一个特别长的项目名称需要分成两行")
    assert shared(needs(grid_of(table)), (), 8 * EM) is None


def test_ragged_head_is_cut_and_filled_to_a_rectangle():
    cells = [GridCell(0, 0, "甲", "head", 2, 2), GridCell(0, 0, "乙", "head", 1, 9), GridCell(1, 0, "丙", "head", 5, 1)]
    out = list(tiled(cells, 0, 2, 4))
    covered = [(c.row + r, c.column + k) for c in out for r in range(c.rows) for k in range(c.columns)]

    assert sorted(covered) == [(r, c) for r in range(2) for c in range(4)]
