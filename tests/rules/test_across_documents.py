"""Documents of an area against each other: every rule of an area passes, fails, and is undecided where parts lack."""

from __future__ import annotations

import pytest
from golden import disclosure_of
from msgspec.structs import replace

from mingzhang.rules.across import check_area, excerpt, listed_units
from mingzhang.rules.catalogue import EVERY_RULE
from mingzhang.rules.settings import from_flags

DEPARTMENT = """
[unit] 某某局
[table spending] total basic project affiliate_subsidy
total 合计: 150.00 90.00 50.00 10.00

[table general_spending] total basic project
total 合计: 140.00 90.00 50.00
201 一般公共服务支出: 140.00 90.00 50.00

[table projects] total general
total 合计: 50.00 50.00
department:某某局 50.00 50.00
unit:某某局本级 30.00 30.00
project:信息系统建设一期 30.00 30.00
unit:某某服务中心 20.00 20.00
project:政务大厅设备更新 20.00 20.00

[table operating_cost] total
total 合计: 8.00
某某局本级 6.00
某某服务中心 2.00
"""
OFFICE = """
[unit] 某某局本级
[table summary] in: amount; out: total current carry
in:affiliate_remittance 3.00
in:total 103.00
out:total 103.00 103.00 .

[table spending] total basic project affiliate_subsidy
total 合计: 100.00 60.00 30.00 10.00

[table general_spending] total basic project
total 合计: 90.00 60.00 30.00
201 一般公共服务支出: 90.00 60.00 30.00

[table projects] total general
total 合计: 30.00 30.00
project:信息系统建设一期 30.00 30.00

[table operating_cost] total
total 合计: 6.00
"""
CENTRE = """
[unit] 某某服务中心
[table summary] in: amount; out: total current carry
in:superior_subsidy 10.00
in:total 63.00
out:total 63.00 63.00 .

[table spending] total basic project remittance_up
total 合计: 53.00 30.00 20.00 3.00

[table general_spending] total basic project
total 合计: 50.00 30.00 20.00
201 一般公共服务支出: 50.00 30.00 20.00

[table projects] total general
total 合计: 20.00 20.00
project:政务大厅设备更新 20.00 20.00

[table operating_cost] total
total 合计: 2.00
"""
FILES = {"局.pdf": DEPARTMENT, "本级.pdf": OFFICE, "中心.pdf": CENTRE}
FAILS = {
    "L-001": ("中心.pdf", "201 一般公共服务支出: 50.00", "201 一般公共服务支出: 49.00"),
    "L-002": ("中心.pdf", "total 合计: 50.00 30.00", "total 合计: 150.00 30.00"),
    "L-003": ("中心.pdf", "total 合计: 20.00 20.00", "total 合计: 21.00 20.00"),
    "L-004": ("本级.pdf", "total 合计: 6.00", "total 合计: 6.10"),
    "L-005": ("中心.pdf", "in:superior_subsidy 10.00", "in:superior_subsidy 9.00"),
    "L-006": ("中心.pdf", "20.00 3.00", "20.00 4.00"),
    "L-011": ("中心.pdf", "project:政务大厅设备更新 20.00", "project:信息系统建设一期 30.00"),
}


def documents(changes: dict[str, tuple[str, str]] | None = None, *, leave_out: str = ""):
    for name, text in FILES.items():
        old, new = (changes or {}).get(name, ("", ""))
        assert old in text
        made = disclosure_of(text.replace(old, new, 1), "")
        if name != leave_out:
            yield name, replace(made, scope="aggregate" if name == "局.pdf" else "unit")


def outcomes(number: str, *args, **kwargs):
    found = check_area(documents(*args, **kwargs), everything=True)
    return [f for f in found if f.finding.rule == number]


@pytest.mark.parametrize("number", sorted(FAILS))
def test_documents_that_agree_pass(number):
    assert {f.finding.outcome for f in outcomes(number)} == {"passed"}


@pytest.mark.parametrize("number", sorted(FAILS))
def test_what_documents_contradict_is_told_with_their_files(number):
    name, old, new = FAILS[number]
    told = [f for f in outcomes(number, {name: (old, new)}) if f.finding.outcome == "violated"]
    assert told
    assert {f.finding.severity for f in told} == {next(r.severity for r in EVERY_RULE if r.id == number)}
    for f in told:
        assert name in f.files
        assert all(s.line for s in f.finding.where)
        assert {e.role for e in f.finding.evidence} <= set(f.files)


@pytest.mark.parametrize("number", ["L-001", "L-005", "L-006"])
def test_sums_of_units_are_undecided_where_a_listed_unit_has_no_document(number):
    found = outcomes(number, leave_out="中心.pdf")
    assert {f.finding.outcome for f in found} == {"undecided"}


def test_a_unit_without_a_document_is_named():
    (found,) = outcomes("L-013", leave_out="中心.pdf")
    assert (found.finding.outcome, found.files) == ("violated", ("局.pdf",))
    assert "某某服务中心" in found.finding.message
    assert [f.finding.outcome for f in outcomes("L-013")] == ["passed"]


def test_what_is_withheld_leaves_a_sum_undecided_and_says_so():
    found = outcomes("L-004", {"本级.pdf": ("total 合计: 6.00", "total 合计: 涉密")})
    assert sorted(f.finding.outcome for f in found) == ["passed", "undecided"]
    assert any("依法不予公开" in f.finding.message for f in found)


def test_mostly_wrong_sums_are_taken_for_a_unit_nobody_named():
    text = CENTRE.replace("50.00 30.00 20.00", "40.00 25.00 15.00")
    made = [(n, d) for n, d in documents() if n != "中心.pdf"]
    made.append(("中心.pdf", replace(disclosure_of(text, ""), scope="unit")))
    found = [f.finding for f in check_area(made, everything=True) if f.finding.rule == "L-001"]
    assert [f.outcome for f in found] == ["undecided"]


def test_one_unit_twice_with_other_figures_is_told():
    changed = disclosure_of(OFFICE.replace("in:total 103.00", "in:total 104.00"), "")
    made = [*documents(), ("本级二.pdf", replace(changed, scope="unit"))]
    found = [f for f in check_area(made) if f.finding.rule == "L-012"]
    assert [f.files for f in found] == [("本级.pdf", "本级二.pdf")]
    same = [*documents(), ("本级二.pdf", replace(disclosure_of(OFFICE, ""), scope="unit"))]
    assert not [f for f in check_area(same) if f.finding.rule == "L-012"]


def test_two_years_of_a_unit_are_held_against_each_other():
    now = disclosure_of("[unit] 甲中心\n[table three_public] total last_budget\ntotal 0.50 0.60\n", "")
    last = disclosure_of("[unit] 甲中心\n[table three_public] total\ntotal 0.70\n", "")
    found = check_area([("今.pdf", now), ("去.pdf", replace(last, year=2022))])
    assert [(f.finding.rule, f.files) for f in found] == [("F-013", ("今.pdf", "去.pdf"))]


def test_rules_of_an_area_are_chosen_like_others():
    name, old, new = FAILS["L-004"]
    found = check_area(documents({name: (old, new)}), from_flags((), ["L-004"], ()))
    assert "L-004" not in {f.finding.rule for f in found}
    graver = check_area(documents({name: (old, new)}), from_flags(["L-004"], (), ["L=error"]))
    assert {(f.finding.rule, f.finding.severity) for f in graver} == {("L-004", "error")}


def test_nothing_contradicts_nothing():
    assert check_area([]) == ()


def test_an_excerpt_names_the_units_as_the_document_does():
    made = disclosure_of(DEPARTMENT, "")
    assert listed_units(excerpt(made)) == ("某某局本级", "某某服务中心")


def test_a_code_joins_documents_of_one_place_only():
    whole = replace(
        disclosure_of("[unit] 甲乙县文化局\n[table general_spending] total\ntotal 合计: 9.00\n", ""), unit_code="307"
    )
    unit = disclosure_of("[unit] 甲乙县图书馆\n[table general_spending] total\ntotal 合计: 10.00\n", "")
    unit = replace(unit, unit_code="307002", scope="unit")
    other = replace(unit, unit_name="丙丁县图书馆")
    assert [f.finding.rule for f in check_area([("局", whole), ("馆", unit)])] == ["L-002"]
    assert check_area([("局", whole), ("馆", other)]) == ()


def test_units_named_in_the_profile_belong_to_the_department():
    text = "[unit] 甲乙县文化局\n[section organisation]\n@part profile\n所属单位包括：1.图书馆、甲乙县文化馆（公益一类）。\n"
    whole = disclosure_of(text + "[table general_spending] total\ntotal 合计: 9.00\n", "")
    unit = disclosure_of("[unit] 甲乙县文化馆\n[table general_spending] total\ntotal 合计: 10.00\n", "")
    assert [f.finding.rule for f in check_area([("局", whole), ("馆", unit)])] == ["L-002"]
