"""What looks like a contradiction and is none: cases of the newer rules in which nothing may be said."""

from __future__ import annotations

import pytest
from golden import disclosure_of

from mingzhang.rules.engine import check

SILENT = {
    "a table by units lists its codes again for each": (
        "D-008",
        "[table spending] total\n2010601 甲: 1.00\n2010601#2 乙: 1.00\n2010601#3 丙: 1.00\n2010602 甲: 1.00\n",
    ),
    "what was executed two years ago may stand beside": (
        "A-019",
        "[table three_public] total\n@header 2021年决算数\ntotal 8.00\n",
    ),
    "only units of the department have no operating costs": (
        "G-006",
        "[section operating_cost]\n所属两家事业单位不涉及机关运行经费。\n\n[table operating_cost] total\ntotal 合计: 6.00\n",
    ),
    "a plan up to a later day is no statement": (
        "K-024",
        "[section assets]\n公开时间：2023年2月10日。\n\n[form 甲] years=1\nannual.total 1\n@annual_goal 截至2023年12月31日完成\n",
    ),
    "a class has items of several funds": (
        "D-005",
        "[table fund_spending] total\n212 城乡社区支出: 5.00\n21208 国有土地使用权出让收入安排的支出: 5.00\n",
    ),
    "a name may lack its ending": (
        "D-002",
        "[table spending] total\n201 一般公共服务: 5.00\n",
    ),
    "old vehicles are replaced": (
        "J-007",
        (
            "[table three_public] total\nvehicle_purchase 18.00\ntotal 18.00\n\n"
            "[section vehicles]\n公务用车编制{vehicles_quota=3辆}，实有{vehicles_actual=3辆}，报废更新1辆。\n"
        ),
    ),
    "a project of the families of the deceased names nobody": (
        "K-023",
        "[table projects] total\nproject:遗属生活困难补助 2.00\nproject:离退休老人慰问金 2.00\nproject:农村五保老人供养 1.00\n",
    ),
    "brackets of two widths close each other": (
        "P-044",
        "[form 甲] years=1\nannual.total 1\na 产出指标/数量指标/系统个数(套） = ≥2个\n",
    ),
    "satisfaction short of all is a target": (
        "P-045",
        "[form 甲] years=1\nannual.total 1\na 满意度指标/服务对象满意度指标/用户满意度 = ≥99%\n",
    ),
    "a heading with an amount is no cut sentence": (
        "E-023",
        "[section totals]\n本年收入预算与上年相比的情况，以及各项支出的构成情况如下表所列各数：\n",
    ),
}


@pytest.mark.parametrize("case", sorted(SILENT))
def test_nothing_is_said_of(case):
    number, text = SILENT[case]
    assert number not in {f.rule for f in check(disclosure_of(text))}
