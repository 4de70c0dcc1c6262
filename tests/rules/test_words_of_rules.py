"""The words that rules go by: what excuses a year, which units are local, what a cost is, what stays private."""

from __future__ import annotations

import re

import pytest
from golden import disclosure_of
from rule_cases import CASES, document

from mingzhang.forms.glossary import words
from mingzhang.rules.engine import check
from mingzhang.rules.functions.hygiene import is_identity, is_local
from mingzhang.rules.functions.times import stale_years
from mingzhang.rules.reports import as_json
from mingzhang.rules.words import changed_words, using


@pytest.mark.parametrize(
    ("text", "stale"),
    [
        ("为做好2022年各项工作", ["2022"]),
        ("根据《关于做好2022年工作的通知》", []),
        ("市发〔2022〕3号", []),
        ("截至2022年底共有道路4条", []),
        ("自2019年成立以来", []),
        ("2021-2022年片区改造", []),
        ("支付2022年工程款", []),
        ("2023年完成", []),
    ],
)
def test_years_that_nothing_excuses_are_stale(text, stale):
    assert [m["year"] for m in stale_years(text, 2023)] == stale


@pytest.mark.parametrize(
    ("name", "local"),
    [
        ("某甲省财政厅", False),
        ("某甲省乙市财政局", True),
        ("某甲省乙山旅游区管理局", False),
        ("上海市财政局", False),
        ("上海市某区财政局", True),
        ("乙市丙区教育局", True),
        ("甲大学", False),
    ],
)
def test_units_below_the_province_are_known_by_their_names(name, local):
    assert is_local(name) is local


def test_only_the_right_check_digit_makes_an_identity_number():
    assert is_identity("11010519491231002X")
    assert not is_identity("110105194912310021")


@pytest.mark.parametrize("number", ["13800000000", "11010519491231002X", "6222020000000000000"])
def test_no_finding_repeats_a_private_number(number):
    found = check(
        disclosure_of(f"[section totals]\n收入减少，账号{number}。\n\n[form 甲] years=1\n@overview 联系{number}办理\n")
    )
    private = [f for f in found if f.rule in {"K-006", "K-007", "K-008"}]
    assert private
    assert number.encode() not in as_json(private)


def test_a_cost_rounded_in_print_and_carried_money_are_the_projects_money():
    text = """[table projects] total
project:平台建设 62.41

[table projects_carried] total
project:平台建设 186.33

[form 平台建设] years=2
period.total 5000000
annual.total 624118
a 产出指标/成本指标/总成本 = ≤248.74万元
"""
    assert not [f for f in check(disclosure_of(text)) if f.rule == "P-021"]
    (wrong,) = [f for f in check(disclosure_of(text.replace("248.74", "200"))) if f.rule == "P-021"]
    assert wrong.severity == "error"


def test_words_of_one_check_do_not_linger_in_the_next():
    document = disclosure_of("[form 甲] years=1\na 产出指标/质量指标/甲事办成率 = ≤80%\n")
    more = changed_words({}, {"indicators": {"good": ["办成率"]}})

    def rules() -> set[str]:
        return {f.rule for f in check(document)}

    assert "P-001" not in rules()
    with using(more):
        assert "P-001" in rules()
    assert "P-001" not in rules()


def placeholders_in(*lines):
    return [f.actual for f in check(disclosure_of("\n".join(("[section totals]", *lines)))) if f.rule == "K-004"]


def test_a_placeholder_is_found_whatever_the_text_before_it_ends_in():
    assert (
        placeholders_in("共有人数12", "*个项目已经完成。") == placeholders_in("共有人数。", "*个项目已经完成。") != []
    )


def test_a_pattern_of_ones_own_may_be_of_a_whole_text():
    with using(changed_words({}, {"hygiene": {"placeholders": ["^待定$"]}})):
        assert placeholders_in("共有人数12人。", "待定", "共有房屋一处。")
        assert not placeholders_in("方案待定。")


def test_a_nul_in_a_text_hides_nothing():
    assert placeholders_in("*个项目已经完成。\0")


@pytest.mark.parametrize("number", sorted(CASES))
def test_what_findings_say_has_no_identifier_for_a_name(number):
    known = {w.identifier for w in words() if w.kind in {"table", "row", "column", "section", "fund"}}
    for found in check(document(number, CASES[number]["fail"])):
        repair = found.repair
        said = [found.message, *((*repair.proof, *(c.after for c in repair.changes)) if repair else ())]
        assert not known & {w for text in said for w in re.findall(r"[a-z_:]{3,}", text)}, said
