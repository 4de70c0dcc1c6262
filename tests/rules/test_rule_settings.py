"""What somebody may want otherwise than the catalogue says, and what is said of a file that cannot be used."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from golden import disclosure_of

from mingzhang.rules.engine import check
from mingzhang.rules.settings import InvalidRuleSettings, Steering, from_flags, read_settings, settled
from mingzhang.rules.steered import steered

if TYPE_CHECKING:
    from mingzhang.model.fault import Fault

WHOLE = (Path(__file__).parent / "whole.txt").read_text(encoding="utf-8")
WRONG = WHOLE.replace("2010602 一般行政管理事务: 24.00", "2010602 一般行政管理事务: 29.00")


def steering(tmp_path: Path, text: str) -> Steering:
    path = tmp_path / "rules.toml"
    path.write_text(text, encoding="utf-8")
    return read_settings(path)


def problems(tmp_path: Path, text: str) -> list[Fault]:
    with pytest.raises(InvalidRuleSettings) as raised:
        steering(tmp_path, text)
    return list(raised.value.problems)


def rules_of(text: str, wanted: Steering) -> set[str]:
    return {f.rule for f in steered(disclosure_of(text), wanted)}


def test_only_and_skip_take_numbers_and_families():
    everything = {f.rule for f in check(disclosure_of(WRONG))}
    assert {"B-002", "C-007"} <= everything
    assert {r[0] for r in rules_of(WRONG, from_flags(["b, C"], (), ()))} == {"B", "C"}
    assert rules_of(WRONG, from_flags((), ["B-002"], ())) == everything - {"B-002"}
    assert rules_of(WRONG, from_flags(["C-007"], (), ())) == {"C-007"}


def test_steering_with_no_wish_changes_nothing():
    assert steered(disclosure_of(WRONG), Steering()) == check(disclosure_of(WRONG))


def test_a_severity_counts_for_a_rule_or_a_family_and_the_rule_wins(tmp_path):
    found = steered(disclosure_of(WRONG), from_flags((), (), ["B=hint", "C-007=warning"]))
    assert {f.severity for f in found if f.rule[0] == "B"} == {"hint"}
    assert {f.severity for f in found if f.rule == "C-007"} == {"warning"}
    mixed = steering(tmp_path, '[severity]\nB = "hint"\n"B-002" = "warning"\n')
    assert {f.severity for f in steered(disclosure_of(WRONG), mixed) if f.rule == "B-002"} == {"warning"}


def test_what_is_said_for_one_form_holds_for_it_alone(tmp_path):
    wanted = steering(tmp_path, 'skip = ["C"]\n[pack."shanxi-2023"]\nskip = ["B"]\n')
    assert {r[0] for r in rules_of(WRONG, wanted)} == set()
    other = steering(tmp_path, 'skip = ["C"]\n[pack."shanxi-2024"]\nskip = ["B"]\n')
    assert {r[0] for r in rules_of(WRONG, other)} == {"B"}


def test_flags_win_over_the_file_and_its_forms(tmp_path):
    file = steering(tmp_path, '[severity]\nB = "warning"\n[pack."shanxi-2023".severity]\nB = "hint"\n')
    both = settled(from_flags((), (), ["B=error"]), file)
    assert both.chosen("shanxi-2023").most["B-002"] == "error"
    assert both.chosen("other").most["B-002"] == "error"


def test_thresholds_and_words_are_changed_for_one_check(tmp_path):
    text = "[section general_scale]\n一般公共预算支出{general_total=110.00万元}，待填写，比上年增长15%。\n"
    assert {"F-003", "K-004"} <= {f.rule for f in check(disclosure_of(text))}
    assert "F-003" not in rules_of(text, steering(tmp_path, "[words.reasons]\nthreshold_percent = 20\n"))
    assert "F-003" not in rules_of(text, steering(tmp_path, '[more.reasons]\nwords = ["比上年"]\n'))
    assert "K-004" not in rules_of(text, steering(tmp_path, '[words.hygiene]\nplaceholders = ["XX"]\n'))
    assert {"F-003", "K-004"} <= {f.rule for f in check(disclosure_of(text))}


OWN = """
[[rule]]
id = "U-001"
zh = "支出总表的合计等于收入总表的合计。"
basis = "本区的要求"
holds = "spending[total].total = income[total].total"
"""


def test_a_rule_of_ones_own_runs_with_the_others_and_is_judged_like_them(tmp_path):
    wanted = steering(tmp_path, OWN)
    found = [f for f in steered(disclosure_of(WHOLE), wanted, everything=True) if f.rule == "U-001"]
    assert [f.outcome for f in found] == ["violated"]
    assert (found[0].severity, found[0].difference) == ("warning", "10.00")
    assert found[0].message.startswith("支出总表的合计等于收入总表的合计")
    assert found[0].id.startswith("U-001-")
    assert [r.authority for r in wanted.rules] == ["本区的要求"]
    assert rules_of(WHOLE, settled(from_flags((), ["U"], ()), wanted)) == set()


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ('skip = ["Z-001"]', "skip"),
        ("only = [3]", "only"),
        ("colour = 1", "colour"),
        ('[severity]\n"B-001" = "grave"', "severity.B-001"),
        ('[words.reasons]\nthreshold_percent = "x"', "words.reasons.threshold_percent"),
        ("[words.nothing]\na = 1", "words.nothing"),
        ("[words.reasons]\nnothing = 1", "words.reasons.nothing"),
        ('[words.hygiene]\nmobile = "("', "words.hygiene.mobile"),
        ('[more.reasons]\nthreshold_percent = "x"', "more.reasons.threshold_percent"),
        ('[pack.x]\nskip = ["Z"]', 'pack."x".skip'),
        (OWN.replace("spending[total].total =", "spending[total].total"), "rule[1].holds"),
        (OWN.replace("spending[", "spendings["), "rule[1].holds"),
        (OWN.replace("spending[", "$table["), "rule[1].holds"),
        (OWN.replace("U-001", "B-001"), "rule[1].id"),
        (OWN.replace('basis = "本区的要求"', ""), "rule[1].basis"),
        (OWN + 'severity = "grave"', "rule[1]"),
        (OWN + 'holdings = "x"', "rule[1].holdings"),
        (OWN + OWN, "rule[2].id"),
    ],
)
def test_what_is_wrong_is_told_by_file_and_key(tmp_path, text, place):
    found = problems(tmp_path, text)
    assert [p.place for p in found] == [f"{tmp_path / 'rules.toml'} {place}"]


def test_every_problem_of_a_file_is_told_at_once(tmp_path):
    assert len(problems(tmp_path, 'skip = ["Z-001"]\ncolour = 1\n' + OWN.replace("U-001", "X"))) == 3


@pytest.mark.parametrize("text", ["skip = ", "\0"])
def test_a_file_that_is_no_toml_is_a_fault(tmp_path, text):
    assert len(problems(tmp_path, text)) == 1


@pytest.mark.parametrize("flags", [(["Z"], (), ()), ((), ["B-999"], ()), ((), (), ["B-001"]), ((), (), ["B-001=x"])])
def test_a_flag_that_names_nothing_is_a_fault(flags):
    with pytest.raises(InvalidRuleSettings, match="--"):
        from_flags(*flags)
