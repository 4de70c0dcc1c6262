"""Offices counted and named in a profile; spans of time the wrong way round."""

from __future__ import annotations

import pytest
from golden import disclosure_of

from mingzhang.rules.engine import check


def numbers(text: str) -> set[str]:
    return {f.rule for f in check(disclosure_of(text))}


@pytest.mark.parametrize(
    ("words", "wrong"),
    [
        ("内设机构9个：综合科、招商科。", True),
        ("核定内设机构4个：综合科、招商服务科、保税事务科。", True),
        ("内设机构3个，分别是：综合科、招商科、项目科。", False),
        ("内设机构3个：综合科、招商科、法规和监督科。", False),
        ("本部门有经济运行科、项目管理科、经济指导科和统计分析中心4个内设科室。", False),
        ("本部门有经济运行科、项目管理科、经济指导科和统计分析中心5个内设科室。", True),
        ("内设办公室、规划财务科、种植业科，共六个科室。", True),
        ("内设办公室、规划财务科、种植业科等6个科室。", False),
        ("内设办公室、规划财务科（审批科、法规科合署）、种植业科，共3个科室。", False),
        ("所属预算单位3个：执法大队（参公）、推广中心。", True),
        ("所属预算单位3个：行政单位1个、事业单位2个。", False),
        ("下属单位12个：含各乡镇、街道。", False),
        ("内设机构十二个：甲科、乙科、丙科、丁科、戊科、己科、庚科、辛科、壬科、癸科、子科、丑科。", False),
    ],
)
def test_offices_stated_and_named(words: str, *, wrong: bool) -> None:
    assert ("J-015" in numbers(f"[section organisation]\n@part profile\n{words}\n")) is wrong


@pytest.mark.parametrize(("units", "severity"), [("0", "warning"), ("2", "hint")])
def test_offices_of_the_form(units: str, severity: str) -> None:
    text = f"[section organisation]\n@part profile\n内设机构2个：甲科、乙科。\n\n[department]\nsections 6\nsubordinate_units {units}\n"
    assert [f.severity for f in check(disclosure_of(text)) if f.rule == "J-016"] == [severity]


@pytest.mark.parametrize(
    ("words", "wrong"),
    [
        ("2023年11月1日-2023年3月31日供暖。", True),
        ("2024年12月31日至2024年2月1日发放。", True),
        ("2023年11月至2023年3月施工。", True),
        ("2025-2023年三年任务。", True),
        ("2023年至2021年。", True),
        ("2023年11月1日—2024年3月31日供暖。", False),
        ("2023年1月-2023年1月31日。", False),
        ("晋财建〔2022〕154号，2022年-2023年。", False),
        ("由2024年到2025年。", False),
    ],
)
def test_spans_of_time(words: str, *, wrong: bool) -> None:
    assert ("K-043" in numbers(f"[form 甲] years=1\n@plan {words}\n")) is wrong
