"""Slips that reviewers write down, in other words than the cases of the rules, and what only looks like one."""

from __future__ import annotations

import pytest
from golden import disclosure_of
from msgspec.structs import replace

from mingzhang.rules.engine import check


def rules_of(text: str, **given: str) -> set[str]:
    return {f.rule for f in check(disclosure_of(text, **given))}


def said(words: str) -> set[str]:
    return rules_of(f"[unit] 甲省乙市档案中心\n\n[section totals]\n{words}\n")


def planned(words: str) -> set[str]:
    return rules_of(f"[form 甲] years=1\n@plan {words}\n")


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("公用经费为965..00万元。", "E-050"),
        ("公用经费为9.6.5万元。", "E-050"),
        ("公用经费为12O.50万元。", "E-050"),
        ("公用经费为1,O50.00万元。", "E-050"),
        ("公用经费为13,160,00万元。", "E-050"),
        ("现有在职人员30人，其中行政人员12人、事业人员15人。", "E-051"),
        ("收入30.00万元，与2020年预算持平。", "F-019"),
        ("收入比上年减少3.00万元，主要原因是人员增加。", "F-020"),
        ("2023年丙县水务局收入预算30.00万元。", "A-026"),
        ("截至2022年11月31日共有道路4条。", "K-040"),
        ("截至2022年13月1日共有道路4条。", "K-040"),
        ("公用经费为12.00万元元。", "K-041"),
        ("公用经费（含水电费为12.00万元。", "K-042"),
        ("值班补助每人每月2000元，3人，12个月，共计7.5万元。", "H-013"),
        ("公用经费为12.00万元[批注2：与股室核对]。", "K-029"),
        ("批注[a3]: 数字待核。", "K-029"),
        ("带格式的：缩进。", "K-029"),
        ("错误！未找到引用源。所示，公用经费为12.00万元。", "K-031"),
        ("专项资金1.2E+07元。", "K-031"),
        ("目录见http://192.168.3.8:8080/a.do。", "K-009"),
        ("打印时间：2023-01-13 10:22", "K-009"),
        ("存于D:\\公开\\终稿", "K-009"),
        ("截至2023年12月31日，共有办公用房280平方米。", "K-024"),
    ],
)
def test_what_is_wrong_in_a_sentence_is_found(words: str, number: str) -> None:
    assert number in said(words)


@pytest.mark.parametrize(
    "words",
    [
        "三项经费分别为10,20,30元。",
        "公用经费为13,160.00万元，人员经费为1,200万元。",
        "现有在职人员30人，其中党员12人、妇女15人。",
        "核定编制30名，其中：行政编制12名、事业编制15名、工勤编制3名。",
        "收入30.00万元，与2022年预算持平；自2020年起由市里拨付。",
        "收入比上年减少3.00万元，主要原因是上年增加了一次性经费。",
        "收入比上年增加3.00万元，主要原因是人员增加，公用经费压减。",
        "2023年甲省乙市档案中心收入预算30.00万元，2023年档案中心收入预算30.00万元。",
        "截至2024年2月29日共有道路4条，2月29日验收。",
        "公用经费为12.00万元（含水电费）；1）办公费；2）差旅费。",
        "值班补助每人每月2000元，3人，12个月，共计7.2万元。",
        "领导批注的意见已落实，详见https://www.example.gov.cn/a.html。",
        "截至2022年12月31日，共有办公用房280平方米，型号3E+10。",
    ],
)
def test_what_only_looks_wrong_is_not(words: str) -> None:
    new = {"E-050", "E-051", "E-052", "F-019", "F-020", "A-026", "K-040", "K-041", "K-042", "K-029", "K-031", "K-009"}
    assert not said(words) & new


@pytest.mark.parametrize(
    ("words", "wrong"),
    [
        ("一季度支付30%，二季度支付30%，三季度支付30%，四季度支付20%。", True),
        ("一季度完成25%，二季度完成50%，三季度完成75%，四季度完成100%。", False),
        ("第一季度20%、第二季度30%、第三季度30%和第四季度20%。", False),
        ("全年支出60万元，其中：一季度10万元、二季度20万元、三季度20万元、四季度10万元。", False),
        ("全年支出70万元，其中：一季度10万元、二季度20万元、三季度20万元、四季度10万元。", True),
        ("一季度10万元、二季度20万元、三季度20万元、四季度10万元。", False),
    ],
)
def test_quarters_make_up_what_is_said_of_the_year(words: str, *, wrong: bool) -> None:
    assert bool(planned(words) & {"P-058", "P-059"}) is wrong


def test_a_unit_that_the_profile_names_is_its_own() -> None:
    document = "[unit] 甲省乙市档案中心\n\n[section duties]\n所属单位有丙县水务局。\n\n[section totals]\n2023年丙县水务局收入预算30.00万元。\n"
    disclosure = disclosure_of(document)
    sections = tuple(replace(s, part="profile") if s.key == "duties" else s for s in disclosure.sections)
    assert "A-026" not in {f.rule for f in check(replace(disclosure, sections=sections))}
    assert "A-026" in {f.rule for f in check(replace(disclosure, sections=sections[1:]))}


@pytest.mark.parametrize(
    ("text", "severities"),
    [
        (
            "共有车辆5辆，价值75.50万元；其中：一般公务用车3辆，价值45.00万元；执法执勤用车3辆，价值30.50万元。",
            ["error"],
        ),
        ("共有车辆9台，其中：一般公务用车5台，特种专业技术用车4台。单位价值100万元（含）以上设备2台（套）。", []),
        ("共有车辆9辆，其中：一般公务用车5辆，特种专业技术用车3辆。", ["hint"]),
        ("共有车辆9辆，其中：一般公务用车5辆；单价50万元以上设备2台（套）。", []),
        ("共有车辆9辆，其中：一般公务用车5辆（其中：越野车2辆）、其他用车4辆。", []),
    ],
)
def test_vehicles_by_kind(text, severities):
    document = disclosure_of(f"[section unknown:说明]\n{text}", pack="")
    assert [f.severity for f in check(document) if f.rule == "J-021"] == severities


@pytest.mark.parametrize(
    ("text", "many"),
    [
        ("比上年减少，主要原因是接待批次减少，主要原因是接待批次减少。", 1),
        ("一般公务用车0辆，执法执勤用车0辆，接待批次减少，接待人数减少。", 0),
    ],
)
def test_clauses_twice_in_a_row(text, many):
    assert [f.rule for f in check(disclosure_of(f"[section unknown:说明]\n{text}")) if f.rule == "K-034"] == [
        "K-034"
    ] * many


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("按规定安排的办公费比上年增加，一般公共预算拨款支出10万元，主要用于。", "E-023"),
        ("公务接待费（）0.86万元，与上年持平。", "K-004"),
    ],
)
def test_what_was_never_filled_in(text, rule):
    assert [f.severity for f in check(disclosure_of(f"[section unknown:说明]\n{text}")) if f.rule == rule] == [
        "warning"
    ]


@pytest.mark.parametrize(
    ("text", "many"),
    [
        ("收入增加的主要原因是招录人员，支出减少的主要原因是压减。收入比上年增加3万元，支出比上年减少2万元。", 0),
        ("收入比上年增加3万元，支出减少的原因是压减。", 1),
        ("收入比上年增加0万元，减少的原因是压减。", 0),
    ],
)
def test_reasons_of_the_other_direction(text, many):
    assert [f.rule for f in check(disclosure_of(f"[section unknown:说明]\n{text}")) if f.rule == "F-021"] == [
        "F-021"
    ] * many
