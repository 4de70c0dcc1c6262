"""Forms beside each other and against themselves: what was copied, what is lacking, of which year they are."""

from __future__ import annotations

import pytest
from golden import disclosure_of
from msgspec.structs import replace

from mingzhang.model.performance import DepartmentForm
from mingzhang.rules.engine import check

PARTY = "组织党员集中学习和主题党日，配备学习书籍，维护党群活动室。"
SECRETS = "购置保密教育读本，组织涉密岗位人员年度培训。"


def found(text: str) -> dict[str, str]:
    return {f.rule: f.severity for f in check(disclosure_of(text))}


@pytest.mark.parametrize(
    ("other", "number"),
    [("园区保密专项经费", ""), ("市政道路养护经费", "")],
)
def test_an_overview_taken_over(other: str, number: str) -> None:
    forms = "[form 园区党员学习经费]\n@overview {}\n\n[form " + other + "]\n@overview {}\n"
    copied = found(forms.format(PARTY, PARTY))
    assert {"P-031", "P-032"} & copied.keys()
    assert not {"P-031", "P-032"} & found(forms.format(PARTY, SECRETS)).keys()
    assert number in copied or not number


def test_indicators_taken_over() -> None:
    rows = "".join(f"a 产出指标/数量指标/名称{c} = ≥{n}个\n" for n, c in enumerate("甲乙丙丁戊", 2))
    assert "P-032" in found(f"[form 甲系统运行]\n{rows}\n[form 乙道路养护]\n{rows}")
    assert "P-032" not in found(f"[form 甲系统运行]\n{rows}\n[form 乙道路养护]\n{rows.replace('≥2个', '≥3个')}")


def test_a_form_without_outputs() -> None:
    effect = "a 效益指标/社会效益指标/惠及居民 = ≥20人\na 满意度指标/服务对象满意度指标/居民满意度 = ≥90%\n"
    whole = f"a 产出指标/数量指标/次数 = ≥2次\n{effect}"
    assert found(f"[form 甲]\n{whole}\n[form 乙]\n{whole}\n[form 丙]\n{effect}")["P-010"] == "warning"
    assert "P-010" not in found(f"[form 甲]\n{whole}\n[form 乙]\n{whole}\n[form 丙]\n{whole}")


@pytest.mark.parametrize(("period", "wrong"), [("300000", False), ("100000", True)])
def test_a_project_of_one_year_with_other_money_may_be_of_several(period: str, *, wrong: bool) -> None:
    form = f"[form 甲] years=1\nperiod.total {period}\nannual.total 100000\n"
    sides = "p 产出指标/数量指标/次数 = ≥6次\na 产出指标/数量指标/次数 = ≥2次\n"
    assert ("P-011" in found(form + sides)) is wrong


def test_the_departments_form_of_another_year() -> None:
    plain = replace(disclosure_of("[form 甲] years=1\n"), year=2023)
    for title, wrong in (("整体支出绩效目标表(2022)年度", True), ("整体支出绩效目标表(2023)年度", False)):
        own = replace(plain, department_form=DepartmentForm(title=title))
        assert ("A-022" in {f.rule for f in check(own)}) is wrong


@pytest.mark.parametrize(
    ("goal", "wrong"),
    [
        ("全年举办党员培训班20期。", True),
        ("全年举办党员培训班2期。", False),
        ("春秋两季各举办党员培训班1期。", False),
        ("全年举办书画展20期。", False),
    ],
)
def test_a_goal_of_another_number(goal: str, *, wrong: bool) -> None:
    rows = "a 产出指标/数量指标/党员集中培训期数 = =2期\na 产出指标/质量指标/参训率 = ≥95%\na 产出指标/时效指标/完成时间 = 12月底前\n"
    assert ("P-062" in found(f"[form 甲] years=1\n@annual_goal {goal}\n{rows}")) is wrong


@pytest.mark.parametrize(
    ("name", "value", "severity"),
    [
        ("年度运行成本", "≤1321.82元", "error"),
        ("年度运行成本", "≤1321.82万元", ""),
        ("单位运行成本", "≤1321.82元", ""),
        ("年度运行成本", "≤1300元", ""),
    ],
)
def test_a_cost_with_the_digits_of_the_money(name: str, value: str, severity: str) -> None:
    form = f"[form 甲] years=1\nannual.total 13218200\na 产出指标/成本指标/{name} = {value}\n"
    assert found(form).get("P-021", "") == severity


def test_a_year_of_more_than_its_period_in_any_unit() -> None:
    sides = "p 产出指标/数量指标/整理档案 = ≥4800卷\na 产出指标/数量指标/整理档案 = ≥12000卷\n"
    assert found(f"[form 甲] years=4\n{sides}")["P-011"] == "warning"


@pytest.mark.parametrize(
    ("basis", "wrong"), [("略", True), ("详见附件。", True), ("简略方案的批复。", False), ("", False)]
)
def test_a_text_that_says_nothing(basis: str, *, wrong: bool) -> None:
    said = f"@basis {basis}\n" if basis else ""
    assert ("K-004" in found(f"[form 甲] years=1\n{said}")) is wrong


@pytest.mark.parametrize(("value", "wrong"), [("≥90%", True), ("≥98%", False)])
def test_a_target_unlike_the_departments(value: str, *, wrong: bool) -> None:
    own = f"[department]\na 产出指标/质量指标/农产品抽检合格率 = {value}\n"
    project = "[form 甲] years=1\na 产出指标/质量指标/农产品抽检合格率 = ≥98%\n"
    assert ("P-014" in found(f"{project}\n{own}")) is wrong


@pytest.mark.parametrize(
    ("count", "wrong"), [("vehicles_actual", True), ("vehicles_count", True), ("vehicles_quota", False)]
)
def test_no_vehicles_and_money_to_run_them(count: str, *, wrong: bool) -> None:
    text = (
        f"[table three_public] total\nvehicle_operation 8.00\ntotal 8.00\n\n[section vehicles]\n共有{{{count}=0辆}}。\n"
    )
    assert ("J-006" in found(text)) is wrong
