"""Performance forms in shapes that no pack has: read alike through every door."""

from __future__ import annotations

import pytest
from other_performance import DOORS, NUMBERS, written

from mingzhang.readback.doors import read_file


def forms(tmp_path, shape, door):
    path = tmp_path / f"form{DOORS[door]}"
    path.write_bytes(written(shape, door))
    return read_file(path).project_forms


def parts(indicators, *, weight=True):
    return [
        (i.level1, i.level2, i.level3, i.comparator, i.number, i.unit, *([i.weight] if weight else []))
        for i in indicators
    ]


@pytest.mark.parametrize("door", DOORS)
def test_sign_unit_and_weight_in_columns_of_their_own(tmp_path, door):
    (form,) = forms(tmp_path, "columns", door)
    assert (form.project, form.kind) == ("河道巡护经费", "application")
    assert (form.department, form.implementing_unit, form.period_printed) == ("示例市水务局", "示例市河道中心", "1年")
    assert form.annual_funds.total.plain == "86.50"
    assert form.annual_funds.total.unit == "万元"
    assert form.annual_funds.total.doubt
    assert form.annual_funds.other.plain == "6.50"
    assert form.annual_goal == "全年巡河三百二十公里，水面清洁，居民满意。"
    assert parts(form.annual_indicators) == NUMBERS
    assert [i.doubt for i in form.annual_indicators] == [""] * len(NUMBERS)
    assert not form.period_indicators


@pytest.mark.parametrize("door", [d for d in DOORS if d not in {"blanks", "unruled"}])
def test_several_projects_in_one_list(tmp_path, door):
    found = forms(tmp_path, "list", door)
    assert [f.project for f in found] == ["河道巡护经费", "泵站检修经费", "水质监测经费"]
    assert [f.annual_funds.total.plain for f in found] == ["86.50", "41.00", "12.30"]
    assert {f.annual_funds.total.unit for f in found} == {"万元"}
    assert found[1].annual_goal == "泵站检修经费按计划使用，年底前完成。"
    for form in found:
        assert parts(form.annual_indicators) == NUMBERS
        assert {i.direction for i in form.annual_indicators} == {"正向指标", "反向指标"}


@pytest.mark.parametrize("door", DOORS)
def test_targets_of_the_year_alone(tmp_path, door):
    (form,) = forms(tmp_path, "year", door)
    assert (form.project, form.attribute, form.period_years) == ("河道巡护经费", "continuing", 3)
    assert form.annual_goal == "全年巡河三百二十公里，水面清洁，居民满意。"
    assert not form.period_goal
    assert parts(form.annual_indicators, weight=False) == [n[:-1] for n in NUMBERS]


HEAD = "项目名称|预算数{unit}|年度目标|一级指标|二级指标|三级指标|指标性质|指标值|度量单位|权重"
ROWS = """河道巡护经费|86.50|按计划完成。|产出指标|数量指标|巡河里程|≥|320|公里|20
泵站检修经费|41.00|年底前完成。|产出指标|数量指标|检修泵站|≥|3|座|20"""


def listed(tmp_path, rows, unit="(万元)", above=""):
    path = tmp_path / "list.txt"
    lines = ["项目支出绩效目标表", *([above] if above else []), HEAD.format(unit=unit), *rows.splitlines()]
    path.write_text("\n".join(lines).replace("|", "\t"), encoding="utf-8")
    return read_file(path).project_forms


@pytest.mark.parametrize("rows", [f"合 计|127.50\n{ROWS}", f"{ROWS}\n合计|127.50"], ids=["above", "below"])
def test_the_total_of_a_list_is_no_project(tmp_path, rows):
    assert [f.project for f in listed(tmp_path, rows)] == ["河道巡护经费", "泵站检修经费"]


def test_what_a_list_says_of_an_amount_is_kept_with_a_doubt(tmp_path):
    form = listed(tmp_path, ROWS.replace("86.50", "约86"))[0]
    assert (form.annual_funds.total.printed, form.annual_funds.total.digits) == ("约86", None)
    assert form.annual_funds.total.doubt
    twice = listed(tmp_path, ROWS.replace("泵站检修经费", "河道巡护经费"))
    assert [f.annual_funds.total.plain for f in twice] == ["86.50"]
    assert [d.partition("：")[0] for d in twice[0].doubts] == ["annual_goal", "annual_funds.total"]


@pytest.mark.parametrize(
    ("unit", "above", "read"),
    [("", "单位：亿元", "亿元"), ("（亿元）", "", "亿元"), ("", "(2024年度) 金额单位：万元", "万元")],
)
def test_a_list_takes_its_unit_from_what_stands_over_it(tmp_path, unit, above, read):
    total = listed(tmp_path, ROWS, unit, above)[0].annual_funds.total
    assert (total.unit, total.doubt) == (read, "")


def test_the_unit_of_a_list_that_says_none_is_in_doubt(tmp_path):
    assert all(f.annual_funds.total.doubt for f in listed(tmp_path, ROWS, ""))
