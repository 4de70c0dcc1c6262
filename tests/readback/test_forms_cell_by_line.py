"""Performance forms copied as text with each cell on a line of its own, in no order of rows: told, and nothing read wrongly."""

from __future__ import annotations

import pytest

from mingzhang.model.disclosure import Source
from mingzhang.readback.recognise import read_disclosure
from mingzhang.readback.text import read_pages

VALUES = "实施期资金总额：\n27,000,000 年度资金总额：\n其中：中央财政资金\n0 其中：中央财政资金\n省级财政资金\n0 省级财政资金\n"
LABELS = "项目名称\n主管部门及代码\n项目属性\n项目资金（元）\n项目概况\n立项依据\n项目设立必要性\n"
HEAD = "一级指标\n二级指标\n三级指标\n指标值\n"
GROUPS = ("数量指标", "质量指标", "时效指标", "成本指标", "社会效益指标", "服务对象满意度指标")
BEFORE = "第三部分 情况说明\n十、绩效管理情况\n2024年纳入绩效目标管理的项目2个。\n"
BEHIND = "十一、国有资产占有使用情况\n2023年末共有车辆1辆。\n"


def form(words: str) -> str:
    indicators = "".join(f"{g}\n" + "".join(f"示例{g}第{n}项\n≥{n}个\n" for n in range(9)) for g in GROUPS)
    return f"{LABELS}{VALUES}{words * 20}{HEAD}{indicators}负责人：\n"


@pytest.mark.parametrize(
    "words", ["为保障示例工作正常开展\n，维护良好秩序\n", "根据 2022 年 11 月 12 日专题会议\n精神，维护良好秩序\n"]
)
def test_a_form_whose_order_is_unknown_is_told_once_and_leaves_nothing_to_the_written_part(words):
    text = f"{BEFORE}{form(words)}{form(words)}{BEHIND}"
    found = read_disclosure(read_pages(text.encode(), "a.txt"), Source(name="a.txt", sha256=""))
    assert [(f.project, f.period_funds.total, f.first.line) for f in found.project_forms] == [
        ("", None, 4),
        ("", None, 4 + form(words).count("\n")),
    ]
    assert all("次序不明" in f.doubts[0] for f in found.project_forms)
    assert [p.text for s in found.sections for p in s.paragraphs] == [BEFORE.split("\n")[2], BEHIND.split("\n")[1]]
