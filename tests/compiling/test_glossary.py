from __future__ import annotations

from msgspec.structs import replace

from mingzhang.compiling.glossary import terms_of
from mingzhang.forms.packs import load_pack
from mingzhang.model.disclosure import Section
from mingzhang.sums.filters import Fact


def pack():
    terms = [
        {"term": "基本支出", "meaning": "甲", "when": ["kind=personnel|operating"]},
        {"term": "单位资金", "meaning": "乙", "when": ["fund=unit_funds", "fund=special_account"]},
        {"term": "政府购买服务", "meaning": "丙", "sections": ["purchased_services"]},
    ]
    return replace(load_pack("shanxi-2023"), texts={"glossary": {"terms": terms}})


def names(facts, sections=()):
    return [t.term for t in terms_of(pack(), facts, sections)]


def test_terms__of_the_money_that_there_is():
    assert names([Fact("a", 1, {"kind": "operating", "fund": "general"})]) == ["基本支出"]
    assert names([Fact("a", 1, {"kind": "operating", "fund": "special_account"})]) == ["基本支出", "单位资金"]


def test_terms__of_the_sections_that_are_printed():
    assert names([], [Section("purchased_services", "政府购买服务")]) == ["政府购买服务"]


def test_terms__money_of_nothing_explains_nothing():
    assert names([Fact("a", 0, {"kind": "operating"})]) == []


def test_terms__of_a_pack_without_a_glossary_are_none():
    assert terms_of(replace(pack(), texts={}), [Fact("a", 1, {"kind": "operating"})], ()) == ()
