"""Every rule has a number of its own and a passing, a failing and a blank case; no rule escapes."""

from __future__ import annotations

import re

import pytest
from golden import disclosure_of, emptied
from rule_cases import CASES, WHOLE, document

from mingzhang.rules.catalogue import FAMILIES, RULES, rule
from mingzhang.rules.engine import check, function_of
from mingzhang.sums.terms import parse_statement


def findings(disclosure, number: str):
    return [f for f in check(disclosure, everything=True) if f.rule == number]


def test_catalogue__numbers_are_unique_and_every_rule_has_its_case():
    numbers = [r.id for r in RULES]
    assert len(numbers) == len(set(numbers))
    assert sorted(numbers) == sorted(CASES)
    for r in RULES:
        assert re.fullmatch(r"[A-Z]-\d{3}", r.id), r.id
        assert r.id[0] in FAMILIES
        assert r.zh.endswith("。"), r.id
        assert r.en.endswith("."), r.id
        assert bool(r.holds) != bool(r.function), r.id
        assert r.explained()[0] == r.zh
        assert r.explained()[-1].startswith("例如: ")


@pytest.mark.parametrize("number", [r.id for r in RULES])
def test_rule__can_be_parsed_or_found(number):
    r = rule(number)
    for text in (r.holds, *r.also, *r.when):
        if text:
            parse_statement(text)
    if r.function:
        assert callable(function_of(r.function))


@pytest.mark.parametrize("number", sorted(CASES))
def test_rule__passes(number):
    found = findings(document(number, []), number)
    assert found
    assert {f.outcome for f in found} <= {"passed", "undecided"}, [f.message for f in found]
    if number not in {"E-003", "H-001"}:  # these only ever find something or nothing
        assert "passed" in {f.outcome for f in found}, [f.message for f in found]


@pytest.mark.parametrize("number", sorted(CASES))
def test_rule__fails(number):
    found = [f for f in findings(document(number, CASES[number]["fail"]), number) if f.outcome == "violated"]
    assert found
    severity = CASES[number].get("severity", rule(number).severity)
    for f in found:
        assert f.severity == severity
        assert f.where
        assert all(s.line for s in f.where), f.where
        assert f.id.startswith(number)
        assert f.explained_by_rounding is (severity == "hint" and rule(number).severity != "hint")


@pytest.mark.parametrize("number", sorted(CASES))
def test_rule__blank(number):
    found = findings(emptied(document(number, [])), number)
    assert found
    assert "violated" not in {f.outcome for f in found}, [f.message for f in found]


def test_the_whole_document_contradicts_itself_nowhere():
    assert check(disclosure_of(WHOLE)) == ()
