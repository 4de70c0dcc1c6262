"""A share may stand behind brackets that divide its amount, and nothing needs none where no other nothing has one."""

from __future__ import annotations

import pytest
from golden import disclosure_of

from mingzhang.rules.engine import check

TABLE = """[table spending] total basic project business
total 合计: 100.00 40.00 60.00 .

[section spending]
"""


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("基本支出{expenditure_basic=40.00万元}（人员30.00万元、公用10.00万元），占{=40%}", 0),
        ("基本支出{expenditure_basic=40.00万元}", 1),
        ("基本支出{expenditure_basic=0万元}", 0),
        (
            "基本支出{expenditure_basic=0万元}，经营支出{expenditure_business=0万元}，占{expenditure_business_share=0%}",
            1,
        ),
    ],
)
def test_shares_missing(text, told):
    whole = f"支出{{expenditure_total=100.00万元}}，其中{text}；项目支出{{expenditure_project=60.00万元}}，占{{expenditure_project_share=60%}}。"
    assert [f.rule for f in check(disclosure_of(TABLE + whole)) if f.rule == "E-003"] == ["E-003"] * told
