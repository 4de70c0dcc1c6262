"""Years before in the texts of forms: a warning where one stands for this year's, a hint or nothing where it may be meant."""

from __future__ import annotations

import pytest
from golden import disclosure_of

from mingzhang.rules.engine import check


@pytest.mark.parametrize(
    ("field", "text", "severities"),
    [
        ("necessity", "为做好2022年度示例工作，申请本经费", ["warning"]),
        ("necessity", "2022年示例工作计划所需", ["warning"]),
        ("necessity", "2022年本县示例产值有所上升", ["hint"]),
        ("annual_goal", "做好2022年各项示例工作", ["warning"]),
        ("annual_goal", "参照2022年的办法办好示例会议", []),
        ("annual_goal", "在2022年基础上再提升示例水平", []),
        ("plan", "2022年12月底拨付到位", ["warning"]),
        ("plan", "2022年购买示例用书至少80册", ["warning"]),
        ("plan", "2022年至2024年分批购买", []),
        ("plan", "2022年建设示例一期，2023年建设示例二期", ["hint"]),
        ("period_goal", "2022年、2023年分别培训示例人员100人", ["hint"]),
    ],
)
def test_years_before(field, text, severities):
    found = check(disclosure_of(f"[form 甲] years=1\nannual.total 1\n@{field} {text}\n"))
    assert [f.severity for f in found if f.rule in {"K-010", "K-011"}] == severities
