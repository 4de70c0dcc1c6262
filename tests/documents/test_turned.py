"""Tables whose rows stand in their head, and codes in several columns: laid out as they are printed."""

from __future__ import annotations

from pathlib import Path

from mingzhang.compiling.compile import disclosure_of
from mingzhang.documents.columns import needs, shared
from mingzhang.documents.flow import TableBlock, flow_of
from mingzhang.forms.packs import load_pack
from mingzhang.intake.books import read_book

BOOK = read_book(Path(__file__).parents[2] / "examples" / "district-bureau-2025.json")
PACK = load_pack(BOOK.pack)
DOCUMENT = disclosure_of(BOOK, PACK)
BLOCKS = {b.table.id: b for p in flow_of(DOCUMENT, PACK) for b in p.blocks if isinstance(b, TableBlock)}


def lines(grid):
    cells = [[""] * grid.columns for _ in range(grid.rows)]
    for cell in grid.cells:
        cells[cell.row][cell.column] = cell.text
    return cells


def test_a_turned_table_has_one_line_of_amounts_and_holds_the_table_beside_it():
    assert "operating_cost" not in BLOCKS
    grid = BLOCKS["three_public"].grid
    assert lines(grid) == [
        ["“三公”经费预算数", "", "", "", "", "", "机关运行经费预算数"],
        ["合计", "因公出国(境)费", "公务接待费", "公务用车购置及运行费", "", "", ""],
        ["", "", "", "小计", "购置费", "运行费", ""],
        ["6.11", "", "0.86", "5.25", "", "5.25", "160.79"],
    ]
    at = {c.path for c in grid.cells if c.figure is not None}
    assert {p.split("/")[2] for p in at} == {"#8", "#9"}


def test_a_code_is_cut_into_its_columns_which_stay_narrow():
    grid = BLOCKS["general_spending"].grid
    assert [row[:4] for row in lines(grid)[3:6]] == [
        ["208", "", "", "社会保障和就业支出"],
        ["208", "05", "", "行政事业单位养老支出"],
        ["208", "05", "01", "行政单位离退休"],
    ]
    widths = shared(needs(grid), grid.sides, 60_000)
    assert widths is not None
    assert max(widths[:3]) * 2 < min(widths[3:])
    assert sum(widths) > 59_900


def test_every_table_lies_across_under_the_name_that_the_form_gives_the_unit():
    assert all(b.across for b in BLOCKS.values())
    assert {b.name for b in BLOCKS.values()} == {f"编制部门：{BOOK.unit_name}"}


def test_each_part_has_its_own_sections():
    parts = [
        (p.key, p.heading, [b.text for b in p.blocks if getattr(b, "level", 0) == 1]) for p in flow_of(DOCUMENT, PACK)
    ]
    assert [(k, h) for k, h, _ in parts] == [
        ("profile", f"{BOOK.unit_name}主要职能"),
        ("profile", f"{BOOK.unit_name}机构设置"),
        ("glossary", "名词解释"),
        ("written", "2025年部门预算编制说明"),
        ("tables", "部门预算表"),
        ("written", "其他相关情况说明"),
        ("written", "项目经费情况说明"),
    ]
    assert [h[0][0] for *_, h in parts if h] == ["一", "一"]
    assert [len(h) for *_, h in parts] == [0, 0, 0, 0, 0, 5, 7]
