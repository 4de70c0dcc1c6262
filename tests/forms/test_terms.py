"""The glossary a document prints: whole, our own words, and only what the document uses."""

from __future__ import annotations

import re

import pytest
from msgspec.structs import replace

from mingzhang.forms.packs import all_packs, load_pack
from mingzhang.forms.terms import pack_terms, used_terms
from mingzhang.model.fault import InvalidPack
from mingzhang.sums.filters import Fact

NAMES = (
    "基本支出", "项目支出", "“三公”经费", "机关运行经费", "政府购买服务", "财政专户管理资金", "单位资金", "上年结转",
    "一般公共预算", "政府性基金预算", "国有资本经营预算",
)  # fmt: skip
SHARED = 20


def fact(**values):
    return Fact("1", 100, {"flow": "spending", "three_public": "", "operating_cost": ""} | values)


@pytest.mark.parametrize("pack", all_packs(), ids=lambda p: p.id)
def test_the_terms_of_a_pack_stand_once_and_say_something(pack):
    terms = pack_terms(pack)
    names = [t.term for t in terms]
    assert [n for n in names if n in NAMES] == list(NAMES) or pack.place != load_pack("shanxi-2023").place
    assert {"“三公”经费", "机关运行经费"} < set(names)
    assert len(set(names)) == len(names)
    for term in terms:
        assert term.meaning.endswith("。")
        assert term.when or term.sections
        assert not re.search("省直|市直|县直|某省|某市|某局|XX|本市|本省", term.meaning)


def test_only_the_terms_a_document_uses_are_printed():
    pack = load_pack("shanxi-2024")
    used = used_terms(
        pack, [fact(kind="operating", fund="general", origin="current", operating_cost="yes")], ["totals"]
    )
    assert [t.term for t in used] == ["基本支出", "机关运行经费", "一般公共预算"]
    assert used_terms(pack, [], []) == ()


def test_a_section_or_a_single_fact_suffices():
    pack = load_pack("shanxi-2023")
    assert [t.term for t in used_terms(pack, [], ["purchased_services"])] == ["政府购买服务"]
    carried = [fact(), fact(kind="project", fund="gov_fund", origin="carried", three_public="reception")]
    assert [t.term for t in used_terms(pack, carried, [])] == ["项目支出", "“三公”经费", "上年结转", "政府性基金预算"]
    out = [Fact("2", 100, {"flow": "year_end", "fund": "special_account", "kind": ""})]
    assert [t.term for t in used_terms(pack, out, [])] == ["财政专户管理资金", "年终结转"]


@pytest.mark.parametrize(
    "entry",
    [{"term": "甲"}, {"term": "甲", "meaning": "乙", "when": ["fund"]}, {"term": "甲", "meaning": "乙", "unheard": 1}],
)
def test_an_entry_that_does_not_fit_is_a_fault(entry):
    pack = replace(load_pack("shanxi-2023"), texts={"glossary": {"terms": [entry]}})
    with pytest.raises(InvalidPack, match="名词解释"):
        pack_terms(pack)


def test_a_pack_may_have_none():
    assert pack_terms(replace(load_pack("shanxi-2023"), texts={})) == ()


def test_no_meaning_is_taken_from_a_sample(samples):
    published = [han(p.read_text(encoding="utf-8")) for p in samples.glob("*.txt")]
    for pack in all_packs():
        for term in pack_terms(pack):
            words = han(term.meaning)
            runs = {words[i : i + SHARED] for i in range(len(words) - SHARED + 1)}
            assert not [r for r in runs if any(r in p for p in published)], term.term


def han(text):
    return "".join(re.findall(r"[\u4e00-\u9fff]", text))
