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
