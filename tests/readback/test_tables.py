"""Tables of the text form: each kind of damage once, in tables of our own."""

from __future__ import annotations

import pytest
from tabform import UNIT, figures, page, read, spending, table

from mingzhang.model.figure import Absence

SPENDING = "2023年预算支出总表"
ROWS = spending(
    [
        ("2011301", "行政运行", 2070, 0),
        ("2011302", "一般行政管理事务", 0, 400795),
        ("2120803", "城市建设支出", 0, 1316000),
    ]
)
TRUE = {k: v for k, (v, _) in figures(read(page(table(SPENDING, ROWS)))).items()}


def sure(text: str) -> dict[tuple[str, str, str], str]:
    got = figures(read(text))
    assert not [k for k, (_, doubt) in got.items() if doubt]
    return {k: v for k, (v, _) in got.items()}


def doubted(text: str) -> dict[tuple[str, str, str], str]:
    return {k: doubt for k, (_, doubt) in figures(read(text)).items() if doubt}


def test_a_whole_table() -> None:
    read_table = read(page(table(SPENDING, ROWS, number="预算公开表3"))).table("spending")
    assert read_table is not None
    assert (read_table.number, read_table.title, read_table.unit, read_table.unit_name) == (
        "预算公开表3",
        SPENDING,
        "万元",
        UNIT,
    )
    assert [c.key for c in read_table.columns] == ["code", "label", "total", "basic", "project"]
    assert [(r.key, r.code, r.label, r.level, r.line) for r in read_table.rows][:3] == [
        ("total", "", "合计", 0, 1),
        ("201", "201", "科目201支出", 1, 2),
        ("20113", "20113", "科目20113支出", 2, 3),
    ]
    assert [(c.text, c.columns, c.rows) for c in read_table.head[0]] == [("项目", 2, 1), ("2023年预算数", 3, 1)]
    total = read_table.figure("total", "total")
    assert total is not None
    assert total.plain == "17188.65"
    assert total.place is not None
    assert total.place.line == 9
    assert TRUE["spending", "2011302", "project"] == "4007.95"
    assert len(TRUE) == 19


def test_dash_blank_and_zero_stay_apart() -> None:
    grid = [
        ROWS[0],
        ROWS[1],
        ["", "合计", "1.00", "0.00", "1.00"],
        ["201", "甲支出", "1.00", "—", "1.00"],
        ["202", "乙支出", "", "", ""],
    ]
    found = read(page(table(SPENDING, grid))).table("spending")
    assert found is not None
    kinds = [found.figure(r, "basic") for r in ("total", "201", "202")]
    assert [f.absence for f in kinds if f is not None] == [Absence.ZERO, Absence.NOT_APPLICABLE, Absence.BLANK]


def test_text_where_a_number_belongs_is_kept_with_a_doubt() -> None:
    grid = [*ROWS[:2], ["", "合计", "见附件", "", ""]]
    got = figures(read(page(table(SPENDING, grid))))
    assert got == {("spending", "total", "total"): ("见附件", "不是数字")}


def test_blank_cells_trimmed_from_the_ends_of_all_rows() -> None:
    grid = [[*r] for r in ROWS]
    for row in grid:
        while not row[-1]:
            row.pop()
    assert sure(page(table(SPENDING, grid))) == TRUE


def test_a_blank_cell_lost_inside_a_row_is_settled_by_the_sums() -> None:
    at = next(i for i, r in enumerate(ROWS) if r[0] == "2011302")
    grid = [[*r] for r in ROWS]
    del grid[at][3]
    assert sure(page(table(SPENDING, grid))) == TRUE


def test_cells_lost_where_no_sum_can_tell_are_doubted() -> None:
    grid = [ROWS[0], ROWS[1], ["", "合计", "5.00", "5.00"], ["201", "甲支出", "5.00", "5.00"]]
    assert doubted(page(table(SPENDING, grid))).keys() == {("spending", "total", "basic"), ("spending", "201", "basic")}


def test_a_blank_cell_too_many() -> None:
    grid = [[*r] for r in ROWS]
    grid[3].insert(3, "")
    assert sure(page(table(SPENDING, grid))) == TRUE


def test_a_column_without_figures_left_out_altogether() -> None:
    rows = spending([("2120803", "城市建设支出", 0, 1316000)])
    whole = {k: v for k, (v, _) in figures(read(page(table(SPENDING, rows)))).items()}
    grid = [[c for i, c in enumerate(r) if i != 3] for r in rows]
    found = read(page(table(SPENDING, grid)))
    assert {k: v for k, (v, _) in figures(found).items()} == whole
    assert found.tables[0].doubts == ("没有找到栏目：基本支出",)


def test_a_code_column_lost_is_found_by_name_and_doubted() -> None:
    grid = [["项目", "2023年预算数", "", ""], ["科目名称", "合计", "基本支出", "项目支出"]]
    grid += [["合计", "3.00", "3.00", ""], ["一般公共服务支出", "3.00", "3.00", ""], ["商贸事务", "3.00", "3.00", ""]]
    grid += [["行政运行", "3.00", "3.00", ""]]
    got = figures(read(page(table(SPENDING, grid))))
    assert [k[1] for k in got if k[2] == "total"] == ["total", "201", "20113", "2011301"]
    assert all(doubt for k, (_, doubt) in got.items() if k[1] != "total")


@pytest.mark.parametrize("in_head", [True, False])
def test_codes_in_three_cells(in_head: bool) -> None:
    def parted(row: list[str], *, body: bool) -> list[str]:
        code = row[0]
        if not body:
            return ["类", "款", "项", *row[1:]] if code == "科目编码" else [code, "", "", *row[1:]]
        return [code[:3], code[3:5], code[5:], *row[1:]]

    grid = [parted(r, body=i > 1) if in_head or i > 1 else r for i, r in enumerate(ROWS)]
    assert sure(page(table(SPENDING, grid))) == TRUE


def test_code_and_name_in_one_cell() -> None:
    grid = [*ROWS[:2], *([r[0] + r[1], *r[2:]] for r in ROWS[2:])]
    assert sure(page(table(SPENDING, grid))) == TRUE


def test_a_code_of_an_odd_length_is_not_repaired() -> None:
    grid = [*ROWS[:2], ["20113 02", "某支出", "1.00", "", "1.00"], ["2011", "某支出", "1.00", "", "1.00"]]
    assert {k[1] for k in figures(read(page(table(SPENDING, grid))))} == {"2011302", "2011"}


@pytest.mark.parametrize("total", [["合计", ""], ["", "合计"], ["部门合计", ""]])
def test_the_total_stands_in_either_column(total: list[str]) -> None:
    grid = [*ROWS[:2], [*total, *ROWS[2][2:]], *ROWS[3:]]
    assert sure(page(table(SPENDING, grid))) == TRUE


def test_a_page_break_with_the_head_once_more() -> None:
    text = table(SPENDING, ROWS)
    lines = text.split("\n")
    at = len(lines) - 2
    bare_break = [*lines[:at], "", "- 3 -", "", "\t".join(ROWS[0]), "\t".join(ROWS[1]), *lines[at:]]
    titled_break = [*lines[:at], "", SPENDING, "单位：万元", "\t".join(ROWS[0]), "\t".join(ROWS[1]), *lines[at:]]
    assert sure(page("\n".join(bare_break))) == TRUE
    assert sure(page("\n".join(titled_break))) == TRUE


def test_a_label_broken_over_two_lines() -> None:
    at = next(i for i, r in enumerate(ROWS) if r[0] == "2011302")
    row = ROWS[at]
    for rest in (["", row[1][5:], "", "", ""], [row[1][5:]]):
        grid = [*ROWS[:at], [row[0], row[1][:5], *row[2:]], rest, *ROWS[at + 1 :]]
        found = read(page(table(SPENDING, grid)))
        assert found.tables[0].row("2011302").label == row[1]  # type: ignore[union-attr]
        assert sure(page(table(SPENDING, grid))) == TRUE


def test_figures_on_the_second_line_of_a_broken_row() -> None:
    at = next(i for i, r in enumerate(ROWS) if r[0] == "201")
    code, name, *amounts = ROWS[at]
    grid = [*ROWS[:at], [code, name[:3], "", "", ""], ["", name[3:], *amounts], *ROWS[at + 1 :]]
    got = figures(read(page(table(SPENDING, grid))))
    assert {k: v for k, (v, _) in got.items()} == TRUE
    assert {k[1] for k, (_, doubt) in got.items() if doubt} == {"201"}


def test_a_row_that_would_add_up_one_column_further_stays_and_is_doubted() -> None:
    at = next(i for i, r in enumerate(ROWS) if r[0] == "2011302")
    grid = [[*r] for r in ROWS]
    grid[at] = [*ROWS[at][:3], ROWS[at][4], ""]
    got = figures(read(page(table(SPENDING, grid))))
    assert got["spending", "2011302", "basic"] == ("4007.95", "移一栏则各和相符")


def test_a_wrong_sum_alone_is_no_doubt() -> None:
    grid = [[*r] for r in ROWS]
    grid[2][2] = "99,999.99"
    assert not doubted(page(table(SPENDING, grid)))


def test_the_title_lost_is_known_by_the_head() -> None:
    text = table(
        "2023年一般公共预算“三公”经费支出预算表",
        [
            ["项目", "2023年预算数", "", "", ""],
            ["", "合计", "一般公共预算", "政府性基金预算", "国有资本经营预算"],
            ["公务接待费", "1.00", "1.00", "", ""],
            ["合计", "1.00", "1.00", "", ""],
        ],
    )
    untitled = "\n".join(line for line in text.split("\n") if not line.startswith("2023"))
    found = read(page(table(SPENDING, ROWS), "预算公开表10\n" + untitled))
    assert [(t.id, t.number, t.title) for t in found.tables][1] == ("three_public", "预算公开表10", "")


def test_a_table_nobody_knows_is_kept_by_its_own_words() -> None:
    grid = [["事项", "数量", "预算金额"], ["会议", "3", "1.50"], ["培训", "2", "2.50"]]
    found = read(page(table(SPENDING, ROWS), table("2023年会议培训计划表", grid)))
    strange = found.tables[1]
    assert strange.id == "unknown:2023年会议培训计划表"
    assert [c.header for c in strange.columns] == ["事项", "数量", "预算金额"]
    assert [[f.plain for f in r.cells.values()] for r in strange.rows] == [["3", "1.50"], ["2", "2.50"]]


def test_two_tables_in_markdown_and_gb18030() -> None:
    lines = page(table(SPENDING, ROWS)).split("\n")
    text = "\n".join("| " + x.replace("\t", " | ") + " |" if "\t" in x else x for x in lines)
    assert sure(text) == TRUE


def test_notes_end_a_table_and_belong_to_it() -> None:
    found = read(page(table(SPENDING, [*ROWS[:2], ["合计", "", "", "", ""]], note="注：本表无数据")))
    assert found.tables[0].notes == ("注：本表无数据",)
    assert found.tables[0].row("total") is not None
