"""Targets that contradict the names of their indicators, and those that only seem to."""

from __future__ import annotations

import pytest
from golden import disclosure_of

from mingzhang.rules.engine import check


def severities(indicator: str, number: str) -> set[str]:
    return {f.severity for f in check(disclosure_of(f"[form 甲] years=1\na {indicator}\n")) if f.rule == number}


@pytest.mark.parametrize(
    ("indicator", "number", "severity"),
    [
        ("产出指标/质量指标/学员参训率 = ≥95个", "P-005", "warning"),
        ("满意度指标/服务对象满意度指标/职工满意度 = ≥92人", "P-005", "warning"),
        ("产出指标/数量指标/计划培训人数 = ≥80%", "P-005", "hint"),
        ("产出指标/成本指标/年度活动经费 = ≤10%", "P-005", "hint"),
        ("产出指标/时效指标/问题整改时限 = ≥15天", "P-048", "warning"),
        ("产出指标/时效指标/故障响应时间 = ≥2小时", "P-048", "warning"),
        ("产出指标/质量指标/道路安全事故 = ≥1次", "P-048", "warning"),
        ("效益指标/社会效益指标/失泄密事件数 = ≥1起", "P-048", "warning"),
        ("效益指标/社会效益指标/带动周边村民就业 = ≤1123人", "P-001", "warning"),
        ("效益指标/社会效益指标/受益群众人数 = <800人", "P-001", "warning"),
        ("产出指标/时效指标/不符合项关闭时限 = ≤30%", "P-005", "warning"),
        ("产出指标/质量指标/培训覆盖率 = =100", "P-055", "hint"),
        ("产出指标/数量指标/水泵数量 = 4月5日", "P-042", "hint"),
        ("产出指标/质量指标/参训率 = ≥≥95%", "P-044", "hint"),
        ("产出指标/质量指标/参训率 = 大于≥95%", "P-044", "hint"),
        ("产出指标/质量指标/参训率 = 1OO%", "P-044", "hint"),
    ],
)
def test_what_contradicts_its_name_is_found(indicator: str, number: str, severity: str) -> None:
    assert severities(indicator, number) == ({severity} if severity else set())


@pytest.mark.parametrize(
    ("indicator", "number"),
    [
        ("产出指标/数量指标/巡查频率 = ≥4次", "P-005"),
        ("产出指标/时效指标/时限内办结比例 = ≥95%", "P-005"),
        ("产出指标/质量指标/资金周转率 = ≥12", "P-055"),
        ("效益指标/社会效益指标/孕产妇死亡率 = ≤5人", "P-005"),
        ("产出指标/数量指标/参训人数增长 = ≥5%", "P-005"),
        ("产出指标/数量指标/培训人次完成比例 = ≥95%", "P-005"),
        ("产出指标/成本指标/费用控制 = ≤100%", "P-005"),
        ("产出指标/质量指标/质保服务期限 = ≥2年", "P-048"),
        ("产出指标/数量指标/培训完成时间 = ≥30天", "P-048"),
        ("产出指标/数量指标/处置安全生产事故 = ≥3起", "P-048"),
        ("效益指标/社会效益指标/化解信访上访 = ≥10件", "P-048"),
        ("产出指标/成本指标/带动就业补助人数 = ≤10人", "P-001"),
        ("产出指标/数量指标/完成时间 = 4月5日", "P-042"),
        ("产出指标/质量指标/参训率 = >=95%", "P-044"),
        ("产出指标/质量指标/覆盖网络 = 5G网络I期", "P-044"),
    ],
)
def test_what_only_seems_to_is_not(indicator: str, number: str) -> None:
    assert severities(indicator, number) == set()
