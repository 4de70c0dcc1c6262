"""Which rows of a list of projects are units, where a figure is wrong; columns whose own words are lost."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from tabform import UNIT, page, read, table

from mingzhang.model.disclosure import Row, Table
from mingzhang.readback.unit_rows import unit_rows, unit_rows_but_one, units_told

PROJECTS = [
    ["项目名称", "合计", "2023年财政拨款", "", "", "财政专户管理资金", "单位资金"],
    ["", "", "一般公共预算", "政府性基金预算", "国有资本经营预算", "", ""],
]
TITLE = "2023年项目支出预算表（本年预算）"
CARRIED = "2023年项目支出预算表（上年结转）"


def project(name: str, amount: str) -> list[str]:
    return [name, amount, amount, "", "", "", ""]


def keyed(text: str, of: str = "projects") -> dict[str, str]:
    found = read(text).table(of)
    assert found is not None
    return {r.key: r.doubt for r in found.rows}


def test_one_group_that_does_not_add_up_keeps_its_unit() -> None:
    rows = [
        project(UNIT, "9.00"), project(UNIT, "5.00"), project("甲项目", "2.00"), project("乙项目", "3.00"),
        project("某县某某站", "4.00"), project("丙项目", "4.10"),
    ]  # fmt: skip
    found = keyed(page(table(TITLE, PROJECTS + rows)))
    assert list(found) == [
        f"department:{UNIT}", f"unit:{UNIT}", "project:甲项目", "project:乙项目", "unit:某县某某站", "project:丙项目",
    ]  # fmt: skip
    assert "不符" in found["unit:某县某某站"]
    assert not any(doubt for key, doubt in found.items() if key != "unit:某县某某站")


def test_a_departments_own_amount_may_be_the_wrong_one() -> None:
    rows = [
        project(UNIT, "9.90"), project(UNIT, "5.00"), project("甲项目", "2.00"), project("乙项目", "3.00"),
        project("某县某某站", "4.00"), project("丙项目", "4.00"),
    ]  # fmt: skip
    assert list(keyed(page(table(TITLE, PROJECTS + rows))))[4] == "unit:某县某某站"


def test_projects_of_one_unit_are_no_units() -> None:
    rows = [project(UNIT, "9.00"), project("甲项目", "2.00"), project("乙项目", "2.00"), project("丙项目", "5.10")]
    assert list(keyed(page(table(TITLE, PROJECTS + rows))))[1:] == [
        "project:甲项目",
        "project:乙项目",
        "project:丙项目",
    ]


def test_projects_of_equal_amounts_are_no_units_where_their_department_is_rounded() -> None:
    same = [project(f"{n}项目", "5.00") for n in "甲乙丙丁"]
    assert list(keyed(page(table(TITLE, [*PROJECTS, project(UNIT, "20.01"), *same]))))[1:] == [
        f"project:{n}项目" for n in "甲乙丙丁"
    ]


def test_a_unit_that_another_table_tells_is_one_here_too() -> None:
    rows = [
        project(UNIT, "9.00"), project(UNIT, "5.00"), project("甲项目", "5.00"),
        project("某县某某站", "4.00"), project("丙项目", "4.00"),
    ]  # fmt: skip
    wrong = [
        project(UNIT, "7.00")[:5], project(UNIT, "1.10")[:5], project("甲项目", "1.00")[:5],
        project("某县某某站", "2.20")[:5], project("丁项目", "2.00")[:5],
    ]  # fmt: skip
    heads = [r[:5] for r in PROJECTS]
    alone = keyed(page(table(CARRIED, heads + wrong)), "projects_carried")
    beside = keyed(page(table(TITLE, PROJECTS + rows), table(CARRIED, heads + wrong)), "projects_carried")
    assert "project:某县某某站" in alone
    assert "unit:某县某某站" in beside


def test_a_row_without_a_name_names_no_unit() -> None:
    rows = Row("unit:某县某某站", "某县某某站"), Row("unit:", code="101")
    assert list(units_told(Table("projects", rows=rows), None)) == ["某县某某站"]


groups = st.lists(st.lists(st.integers(1, 10**9), min_size=1, max_size=6), min_size=2, max_size=5)


@given(groups, st.data())
def test_units_are_found_whichever_unit_s_amount_is_off(parts: list[list[int]], data: st.DataObject) -> None:
    values, units = [sum(map(sum, parts))], []
    for own in parts:
        units.append(len(values))
        values += [sum(own), *own]
    assert unit_rows(values, 0)
    off = data.draw(st.sampled_from([i for i in range(1, len(values)) if i not in units]))
    values[off] += 10**10 + 1
    found, _broken = unit_rows_but_one(values, 0)
    assert sum(values[i] for i in found) == values[0]
    assert not unit_rows(values, 0)
    assert len(found) > 1


def test_words_below_a_head_that_are_lost() -> None:
    lost = [["项目名称", "合计", "2023年财政拨款", "", "", "财政专户管理资金", "单位资金"]]
    rows = [["甲项目", "9.00", "4.00", "3.00", "2.00", "", ""], ["乙项目", "1.00", "", "", "1.00", "", ""]]
    whole = read(page(table(TITLE, [*PROJECTS, *rows]))).tables[0]
    found = read(page(table(TITLE, [*lost, *rows]))).tables[0]
    assert [(r.key, {k: f.plain for k, f in r.cells.items()}) for r in found.rows] == [
        (r.key, {k: f.plain for k, f in r.cells.items()}) for r in whole.rows
    ]
    assert not whole.doubts
    assert any("财政拨款" in d for d in found.doubts)
