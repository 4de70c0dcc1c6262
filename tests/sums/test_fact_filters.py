"""Filters over facts: however they are asked, the same facts pass."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingzhang.sums.filters import Fact, FactMasks, parse_filter, passing_any

WORDS = (
    "fund=general",
    "fund=general|gov_fund",
    "fund!=general",
    "kind=",
    "kind!=",
    "item^=201",
    "item^=",
    "origin=carried",
)
FACTS = st.lists(
    st.builds(
        lambda values: values,
        st.fixed_dictionaries(
            {},
            optional={
                "fund": st.sampled_from(("general", "gov_fund", "")),
                "kind": st.sampled_from(("project", "")),
                "item": st.sampled_from(("2010101", "2020101", "")),
                "origin": st.sampled_from(("current", "carried")),
            },
        ),
    ),
    max_size=8,
).map(lambda rows: tuple(Fact(f"s{n}", n, values) for n, values in enumerate(rows)))
TEXTS = st.lists(st.sampled_from(WORDS), max_size=3).map(" ".join)


@given(FACTS, TEXTS)
def test_of__picks_what_passes_one_by_one(facts, text):
    found = parse_filter(text)
    assert found.of(facts) == tuple(f for f in facts if found.passes(f))


@given(FACTS, st.lists(TEXTS, max_size=3))
def test_passing_any__picks_what_passes_one_of_them(facts, texts):
    filters = [parse_filter(t) for t in texts]
    assert passing_any(filters, facts) == tuple(f for f in facts if any(x.passes(f) for x in filters))


@given(FACTS, TEXTS, TEXTS)
def test_masks__of_two_filters_are_what_passes_both(facts, one, other):
    masks = FactMasks(facts)
    both = masks.mask(parse_filter(one).of(facts)) & masks.passing(other)
    assert masks.facts(both) == parse_filter(f"{one} {other}").of(facts)


@given(FACTS, st.lists(TEXTS, max_size=3))
def test_masks__by_a_field_and_of_any_filter_are_those_of_the_facts(facts, texts):
    masks = FactMasks(facts)
    any_of = {id(f) for t in texts for f in parse_filter(t).of(facts)}

    assert masks.facts(masks.passing_any(texts)) == tuple(f for f in facts if id(f) in any_of)
    assert masks.facts(masks.worth) == tuple(f for f in facts if f.amount)
    assert masks.facts(masks.every) == tuple(facts)
    assert sum(map(masks.bit, facts)) == masks.every
    by = masks.by("fund")
    assert sum(by.values()) == masks.every
    assert all(f.values.get("fund", "") == value for value, mask in by.items() for f in masks.facts(mask))


def test_a_word_that_is_no_condition__is_refused():
    with pytest.raises(ValueError, match="not a condition"):
        FactMasks(()).passing("fund>general")
