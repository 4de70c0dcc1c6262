"""Bounds on amounts from sums that are published, beside every world there is."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mingzhang.sums.inference import Bound, Known, Protection, concluded, first_told, joined, needed

AMOUNTS = "abcd"
LARGEST = 6


@st.composite
def published_sums(draw: st.DrawFn) -> tuple[dict[str, int], list[Known]]:
    """Draw true amounts and what is published of some of their sums; the sum of all among them, so that all ends."""
    truth = {i: draw(st.integers(0, LARGEST // 2)) for i in AMOUNTS}
    known = [
        Known(tuple((i, 1) for i in AMOUNTS), 0, min(sum(truth.values()) + draw(st.integers(0, 2)), LARGEST), ("all",))
    ]
    for n in range(draw(st.integers(0, 4))):
        terms = tuple((i, c) for i in AMOUNTS if (c := draw(st.sampled_from((0, 1, 1, -1, 2)))))
        total = sum(c * truth[i] for i, c in terms)
        low, high = total - draw(st.integers(0, 2)), total + draw(st.integers(0, 2))
        known.append(Known(terms, draw(st.sampled_from((low, None))), draw(st.sampled_from((high, None))), (f"f{n}",)))
    return truth, [k for k in known if k.holds(truth)]


def worlds(known: list[Known]) -> list[dict[str, int]]:
    """List every world that bears out what is published, one after the other."""
    every = (dict(zip(AMOUNTS, some, strict=True)) for some in product(range(LARGEST + 1), repeat=len(AMOUNTS)))
    return [w for w in every if all(k.holds(w) for k in known)]


@given(published_sums(), st.sets(st.sampled_from(AMOUNTS), min_size=1).map(frozenset))
@settings(max_examples=60)
def test_the_ends_are_those_of_every_world_there_is(drawn, wanted):
    truth, known = drawn
    if not any(k.figures == ("all",) for k in known):
        return
    sums = [sum(w[i] for i in wanted) for w in worlds(known)]

    (bound,) = concluded(known, truth, [wanted])

    assert (bound.low, bound.high) == (min(sums), max(sums))
    for world, end in zip(bound.worlds, (bound.low, bound.high), strict=True):
        assert all(k.holds(world) for k in known)
        assert sum(world[i] for i in wanted) == end


@given(published_sums(), st.lists(st.sets(st.sampled_from(AMOUNTS), min_size=1).map(frozenset), max_size=3))
@settings(max_examples=60)
def test_the_first_that_is_told__is_the_first_whose_bound_does_not_cover_it(drawn, wanted):
    truth, known = drawn
    protection = Protection(rate=50, floor=1)
    bounds = concluded(known, truth, wanted)
    covered = [protection.covers(sum(truth[i] for i in w), b) for w, b in zip(wanted, bounds, strict=True)]

    assert first_told(joined(known), truth, wanted, protection) == next(
        (n for n, c in enumerate(covered) if not c), None
    )


def test_what_is_in_no_sum_has_no_bound():
    known = [Known((("a", 1),), 100, 100)]

    (bound,) = concluded(known, {"a": 100, "secret": 70}, [frozenset({"secret"})])

    assert (bound.low, bound.high, bound.spread) == (0, None, None)


def test_nothing_published_bounds_nothing():
    (bound,) = concluded([], {"secret": 70}, [frozenset({"secret"})])

    assert (bound.low, bound.high) == (0, None)


def test_a_lower_end_alone():
    known = [Known((("secret", 1), ("a", -1)), 10, None)]

    (bound,) = concluded(known, {"a": 5, "secret": 70}, [frozenset({"secret"})])

    assert (bound.low, bound.high) == (10, None)


def test_amounts_of_billions_stay_exact():
    truth = {"a": 987_654_321_098, "b": 123_456_789_012, "secret": 555_555_555_555}
    known = [
        Known((("a", 1), ("secret", 1)), *[truth["a"] + truth["secret"]] * 2),
        Known((("a", 1), ("b", 1)), truth["a"] + truth["b"] - 9_999, truth["a"] + truth["b"] + 9_999),
        Known((("b", 1),), truth["b"] - 9_999, truth["b"] + 9_999),
    ]

    (bound,) = concluded(known, truth, [frozenset({"secret"})])

    assert (bound.low, bound.high) == (truth["secret"] - 19_998, truth["secret"] + 19_998)


def test_what_does_not_hold_of_the_truth_is_an_error():
    with pytest.raises(ValueError, match="does not hold"):
        concluded([Known((("a", 1),), 3, 3)], {"a": 4}, [frozenset({"a"})])


def test_the_same_sum_twice_is_as_narrow_as_both():
    once, twice = Known((("a", 1), ("b", 1)), 0, 9, ("x",)), Known((("b", 1), ("a", 1)), 4, 12, ("y",))

    assert joined([once, twice]) == (Known((("a", 1), ("b", 1)), 4, 9, ("x", "y")),)


def test_only_what_is_needed_is_named():
    known = [Known(((i, 1),), 1, 1, (i,)) for i in "abcdefgh"]

    found = needed(known, lambda some: {"b", "g"} <= {k.figures[0] for k in some})

    assert [k.figures[0] for k in found] == ["b", "g"]


@pytest.mark.parametrize(
    ("low", "high", "covered"),
    [
        (0, None, True),
        (900, 1_100, True),
        (950, 1_050, True),
        (951, 1_050, False),
        (0, 1_049, False),
        (951, 9_999, False),
        (1_000, 1_000, False),
    ],
)
def test_protection__ends_apart_and_neither_at_the_truth(low, high, covered):
    assert Protection(rate=10, floor=0).covers(1_000, Bound(low, high, ({}, {}))) is covered


def test_protection__a_small_amount_may_be_anything_from_nothing():
    small = Protection(rate=10, floor=10_000)

    assert small.covers(300, Bound(0, 10_000, ({}, {})))
    assert not small.covers(300, Bound(0, 5_200, ({}, {})))
    assert not small.covers(300, Bound(200, 90_000, ({}, {})))
