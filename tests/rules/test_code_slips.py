"""A code printed wrong in one table is one cause: what compares its row is put together under it."""

from __future__ import annotations

import pytest
from golden import disclosure_of

from mingzhang.rules.engine import check

ROWS = """total 合计: 30.00 30.00
205 教育支出: 30.00 30.00
20502 普通教育: 30.00 30.00
2050201 学前教育: 10.00 10.00
2050202 小学教育: 20.00 20.00
"""
DOCUMENT = f"""[table summary] in: amount; out: total current carry
in:general 30.00
in:total 30.00
out:205 30.00 30.00 0.00
out:total 30.00 30.00 0.00
out:carry 0.00 0.00 0.00

[table income] total general
{ROWS}
[table spending] total project
{ROWS}
[table general_spending] total project
{ROWS}"""


def causes_of(wrong, table):
    before, own = DOCUMENT.split(f"[table {table}]")
    found = check(disclosure_of(f"{before}[table {table}]{own.replace('2050202', wrong, 1)}"))
    return [f.cause for f in found if f.severity in {"error", "warning"} and f.outcome == "violated"]


@pytest.mark.parametrize("table", ["income", "spending", "general_spending"])
@pytest.mark.parametrize("wrong", ["205022", "2050220", "2052002"])
def test_what_one_wrong_code_brings_is_one_cause(table, wrong):
    causes = causes_of(wrong, table)
    assert len(causes) > 1
    assert len(set(causes)) == 1
    assert causes[0]
