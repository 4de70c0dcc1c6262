"""How grave a finding is: a hint where the reading, or nothing but a guess, stands behind it."""

from __future__ import annotations

import pytest
from golden import disclosure_of
from msgspec.structs import replace

from mingzhang.model.language import LANGUAGES, use_language
from mingzhang.model.language import gettext as _
from mingzhang.rules.engine import check

FORMS = """[form 甲] years=1
annual.total 1
@period_goal 建成示例平台
@annual_goal 建成示例平台
p 产出指标/数量指标/平台数 = 1个
p 产出指标/质量指标/合格率 = 100%
p 满意度指标/服务对象满意度指标/用户满意度 = ≥95%
a 产出指标/数量指标/平台数 = 1个
a 产出指标/质量指标/合格率 = 100%
a 满意度指标/服务对象满意度指标/用户满意度 = ≥95%

[form 乙] years=1
annual.total 1
@period_goal 办好示例会议
@annual_goal 办好示例会议
p 产出指标/数量指标/会议次数 = 1次
p 产出指标/质量指标/到会率 = 100%
p 满意度指标/服务对象满意度指标/代表满意度 = ≥95%
a 产出指标/数量指标/会议次数 = 1次
a 产出指标/质量指标/到会率 = 100%
a 满意度指标/服务对象满意度指标/代表满意度 = ≥95%
"""


def found(text, number, **of_last):
    made = disclosure_of(text)
    *others, last = made.project_forms
    return [f for f in check(replace(made, project_forms=(*others, replace(last, **of_last)))) if f.rule == number]


@pytest.mark.parametrize(
    ("number", "whole", "lacking"),
    [
        ("P-007", "会议次数 = 1次\np 产", "会议次数 =\np 产"),
        ("P-008", "@annual_goal 办好示例会议\n", ""),
    ],
)
def test_what_a_form_lacks_is_a_hint_where_texts_of_it_found_no_place(number, whole, lacking):
    text = FORMS.replace(whole, lacking)
    assert [f.severity for f in found(text, number)] == ["warning"]
    assert [
        f.severity for f in found(text, number, doubts=("annual_funds.total：金额一栏缺失", "plan：接有无标签的一行"))
    ] == ["warning"]
    assert [f.severity for f in found(text, number, doubts=("第3行：不知从哪一行起",))] == ["hint"]
    assert [f.severity for f in found(text, number, doubts=("annual_goal：接有无标签的一行",))] == ["hint"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_a_form_lacks_is_a_hint_in_whatever_language_the_doubts_were_told(language):
    lacking = FORMS.replace("@annual_goal 办好示例会议\n", "")
    use_language(language)
    row = _("第{line}行：{doubt}").format(line=3, doubt=_("有未用上的单元格"))
    field = _("{field}：重复出现").format(field="annual_funds.total")
    use_language("zh")
    assert [[f.severity for f in found(lacking, "P-008", doubts=(d,))] for d in (row, field)] == [["hint"], ["warning"]]


def test_a_satisfaction_that_found_no_place_is_not_said_to_be_lacking():
    others = FORMS.split("\n\n", maxsplit=1)[0]
    last = f"{others}\n\n{others.replace('甲', '丙')}\n\n" + "\n".join(
        line for line in FORMS.split("\n\n")[1].split("\n") if "满意度" not in line
    )
    assert [f.severity for f in found(last, "P-010")] == ["warning"]
    assert not found(last, "P-010", doubts=("“代表满意度”不知属于哪一栏",))
    assert [f.severity for f in found(last, "P-010", doubts=("第3行：不知从哪一行起",))] == ["hint"]


def test_a_mark_that_speaks_of_no_draft_is_a_hint():
    (draft,) = [f for f in check(disclosure_of("[mark watermark] 内部传阅\n")) if f.rule == "K-001"]
    (name,) = [f for f in check(disclosure_of("[mark watermark] 某县示例局\n")) if f.rule == "K-001"]
    assert (draft.severity, name.severity) == ("error", "hint")


@pytest.mark.parametrize(
    "cut",
    [
        "公务接待费预算3.00万元，比上年减少1.50万元，主要原因是其中：因公出国（境）费0万元，公务接待费3.00万元。",
        "公务接待费预算3.00万元，比上年减少1.50万元，主要原因是。其余各项与上年持平。",
        "公务接待费预算3.00万元，比上年减少1.50万元，主要原因是财政拨款支出主要内容如下：",
    ],
)
def test_a_reason_that_what_follows_cuts_off_is_a_warning(cut):
    whole = cut.replace("原因是", "原因是接待次数减少" if "如下" in cut else "原因是接待次数减少，")
    assert [f.severity for f in check(disclosure_of(f"[section three_public]\n{cut}\n")) if f.rule == "E-023"] == [
        "warning"
    ]
    assert not [f for f in check(disclosure_of(f"[section three_public]\n{whole}\n")) if f.rule == "E-023"]


def test_a_value_that_stands_within_the_name_of_its_indicator_is_not_lacking():
    woven = FORMS.replace("会议次数 = 1次\na 产", "示例会议≥1次召开次数 =\na 产")
    assert not found(woven, "P-007")


def test_a_bound_of_nothing_for_what_is_to_become_better_is_a_hint():
    text = "[form 甲] years=1\nannual.total 1\na 效益指标/社会效益指标/{name} = ≥0%\n"
    found = {
        name: [f.severity for f in check(disclosure_of(text.format(name=name))) if f.rule == "P-050"]
        for name in ("办事效率提高率", "巡查效率改善率", "园区税收增长率", "巡查覆盖比例")
    }
    assert found == {
        "办事效率提高率": ["hint"],
        "巡查效率改善率": ["hint"],
        "园区税收增长率": [],
        "巡查覆盖比例": ["warning"],
    }
