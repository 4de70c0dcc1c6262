"""A document beside that of the year before: every rule that needs both passes, fails, and is silent on blanks."""

from __future__ import annotations

import pytest
from golden import disclosure_of, emptied
from msgspec.structs import replace

from mingzhang.rules.catalogue import EVERY_RULE
from mingzhang.rules.steered import NotLastYear, steered

THIS = """
[table summary] in: amount; out: total current carry
in:total 135.00
out:total 135.00 125.00 10.00

[table three_public] total last_budget
reception 0.50 0.60
total 0.50 0.60

[table projects] total general
total 合计: 30.00 30.00
project:甲系统运行 20.00 20.00
project:乙调查 10.00 10.00

[table projects_carried] total general
total 合计: 5.00 5.00
project:丙修缮 5.00 5.00

[section totals]
收入预算{income_total=135.00万元}，比上年{income_change=增加}{income_change_amount=15.00万元}，主要原因是新增加了甲系统运行的项目经费安排。

[form 甲系统运行] years=3
period.total 600000
annual.total 200000
"""
LAST = """
[table summary] in: amount; out: total current carry
in:total 120.00
out:total 120.00 120.00 .

[table three_public] total
reception 0.60
total 0.60

[table projects] total general
total 合计: 40.00 40.00
project:甲系统运行 20.00 20.00
project:丙修缮 20.00 20.00

[section totals]
收入预算{income_total=120.00万元}，比上年{income_change=增加}{income_change_amount=9.00万元}，主要原因是工资标准调整增加了基本支出。

[form 甲系统运行] years=3
period.total 600000
annual.total 200000
"""
FAILS = {
    "F-011": ("15.00万元}，主要", "16.00万元}，主要", LAST),
    "F-013": ("reception 0.50 0.60", "reception 0.50 0.70", LAST),
    "F-014": ("600000", "650000", LAST),
    "F-016": (
        "",
        "",
        LAST + "\n[table projects_carried] total general\ntotal 合计: 5.00 5.00\nproject:丙修缮 5.00 5.00\n",
    ),
    "F-017": ("project:丙修缮 5.00", "project:丁修缮 5.00", LAST),
}


def found(this: str, last: str, number: str, *, blank: bool = False):
    now, before = disclosure_of(this), replace(disclosure_of(last), year=2022)
    if blank:
        now, before = emptied(now), emptied(before)
    return [f for f in steered(now, last_year=before, everything=True) if f.rule == number]


@pytest.mark.parametrize("number", sorted(FAILS))
def test_two_years_that_agree_pass(number):
    assert {f.outcome for f in found(THIS, LAST, number)} == {"passed"}


@pytest.mark.parametrize("number", sorted(FAILS))
def test_what_disagrees_with_last_year_is_told_with_its_place(number):
    old, new, last = FAILS[number]
    told = [f for f in found(THIS.replace(old, new, 1), last, number) if f.outcome == "violated"]
    assert told
    assert all(s.line for f in told for s in f.where)
    assert {f.severity for f in told} == {next(r.severity for r in EVERY_RULE if r.id == number)}


@pytest.mark.parametrize("number", [r.id for r in EVERY_RULE if r.reach == "years"])
def test_blank_years_contradict_nothing(number):
    assert "violated" not in {f.outcome for f in found(THIS, LAST, number, blank=True)}


def test_words_taken_over_with_their_amounts_are_told():
    sentence = LAST.partition("[section totals]\n")[2].splitlines()[0]
    same = THIS.replace(THIS.partition("[section totals]\n")[2].splitlines()[0], sentence)
    assert [f.outcome for f in found(same, LAST, "F-018")] == ["violated"]
    assert [f.outcome for f in found(THIS, LAST, "F-018")] == ["passed"]


def test_a_sentence_on_another_basis_is_not_held_against_last_years_budget():
    other = THIS.replace("比上年", "比上年执行数").replace("15.00万元}，", "16.00万元}，")
    assert "violated" not in {f.outcome for f in found(other, LAST, "F-011")}


def test_rounding_explains_a_change_off_by_one_digit():
    near = THIS.replace("15.00万元}，主要", "15.01万元}，主要")
    assert {f.outcome for f in found(near, LAST, "F-011")} == {"passed"}


def test_a_document_of_another_year_is_refused():
    with pytest.raises(NotLastYear, match="2023"):
        steered(disclosure_of(THIS), last_year=disclosure_of(LAST))


def test_without_last_year_its_rules_are_not_asked():
    assert not {r.id for r in EVERY_RULE if r.reach != "document"} & {
        f.rule for f in steered(disclosure_of(THIS), everything=True)
    }
