"""Values of indicators taken apart."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingzhang.forms.indicator_values import is_measure, split_value

CASES = """
≤60.5万元/年 | ≤ | 60.5 | 万元/年 |
大于等于20人次 | ≥ | 20 | 人次 |
50次以上 | ≥ | 50 | 次 |
30天以内 | ≤ | 30 | 天 |
不少于3次 | ≥ | 3 | 次 |
不超过 1,200元 | ≤ | 1200 | 元 |
控制在50万元以内 | ≤ | 50 | 万元 |
＞=95％ | ≥ | 95 | % |
<100% | < | 100 | % |
=12场 | = | 12 | 场 |
100% |  | 100 | % |
各4次 |  | 4 | 次 | 各
每年至少1次 | ≥ | 1 | 次 | 每年
占投资比重85%以上 | ≥ | 85 | % | 占投资比重
满意度≥95% | ≥ | 95 | % | 满意度
≤13.35元/平米 | ≤ | 13.35 | 元/平米 |
≥329.38万平米 | ≥ | 329.38 | 万平米 |
≤2.5亿 | ≤ | 2.5 | 亿 |
≥5年 | ≥ | 5 | 年 |
1205000 |  | 1205000 |  |
10个问题 |  | 10 | 个 | 问题
良好 |  |  |  | 良好
一次 |  |  |  | 一次
12月底前完成 |  |  |  | 12月底前完成
2024年2月1日至2024年12月31日 |  |  |  | 2024年2月1日至2024年12月31日
2023年12月之前 |  |  |  | 2023年12月之前
3个月1次 |  |  |  | 3个月1次
10-20个 |  |  |  | 10-20个
第3届 |  |  |  | 第3届
第七届 |  |  |  | 第七届
为10家以上的单位提供咨询服务 |  |  |  | 为10家以上的单位提供咨询服务
 |  |  |  |
"""


@pytest.mark.parametrize("case", CASES.strip("\n").splitlines())
def test_a_value_in_its_parts(case):
    value, *parts = [c.strip() for c in case.split("|")]
    parts += [""] * (4 - len(parts))
    found = split_value(value)
    assert [found.comparator, found.number, found.unit, found.text] == parts


@given(
    st.sampled_from(("", "≥", "≤", ">", "<")),
    st.integers(0, 10**12),
    st.integers(0, 3),
    st.sampled_from(("%", "元", "万元", "人次", "万元/年", "个")),
)
def test_sign_number_and_unit_come_back(sign, digits, places, unit):
    text = str(digits).zfill(places + 1)
    number = f"{text[:-places]}.{text[-places:]}" if places else str(digits)
    found = split_value(sign + number + unit)
    assert (found.comparator, found.number, found.unit, found.text) == (sign, number, unit, "")


@given(st.text(alphabet="各每次元%≥≤123.,年月日至以上良好 ", max_size=14))
def test_no_text_is_lost(value):
    found = split_value(value)
    assert found.number or found.text == "".join(value.split())


@pytest.mark.parametrize("name", ["2023年护林项目", "新装路灯", "夜间亮灯率", "3年期管护", "第3次培训", ""])
def test_names_are_no_measures(name):
    assert not is_measure(name)
