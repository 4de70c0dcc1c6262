"""Shares of one whole add up to 100, each next to its true ratio."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mingzhang.sums.rounding import divided
from mingzhang.sums.shares import rounded_shares

some = settings(max_examples=60, deadline=None)


@given(st.lists(st.integers(0, 10**14), min_size=1, max_size=12).filter(any), st.integers(0, 4))
@some
def test_parts_that_make_up_the_whole_add_up_to_a_hundred(parts, places):
    whole = sum(parts)
    shares = rounded_shares(parts, whole, places)

    assert sum(shares) == 100 * 10**places
    assert all(abs(s - Fraction(100 * 10**places * p, whole)) < 1 for s, p in zip(shares, parts, strict=True))


@given(st.lists(st.integers(0, 30), min_size=1, max_size=5).filter(any), st.integers(0, 1))
@some
def test_no_other_shares_that_add_up_have_fewer_beside_half_up(parts, places):
    whole, scale = sum(parts), 100 * 10**places
    shares = rounded_shares(parts, whole, places)
    half_up = [divided(scale * p, whole) for p in parts]
    choices = [{scale * p // whole, -(-scale * p // whole)} for p in parts]

    def departing(digits):
        return sum(d != h for d, h in zip(digits, half_up, strict=True))

    assert departing(shares) == min(departing(c) for c in product(*choices) if sum(c) == scale)


@given(st.lists(st.integers(0, 10**9), min_size=1, max_size=6), st.integers(1, 10**9), st.integers(0, 3))
@some
def test_parts_of_something_more_are_rounded_each_by_itself(parts, more, places):
    whole = sum(parts) + more

    assert list(rounded_shares(parts, whole, places)) == [divided(100 * 10**places * p, whole) for p in parts]


def test_three_thirds__the_first_stay_half_up():
    assert rounded_shares([1, 1, 1], 3, 2) == (3333, 3333, 3334)
    assert rounded_shares([1, 1, 1, 1, 1, 1], 6, 2) == (1667, 1667, 1667, 1667, 1666, 1666)


@pytest.mark.parametrize(("parts", "whole"), [([0], 0), ([1], -1), ([-1, 2], 1)])
def test_shares_of_nothing_are_an_error(parts, whole):
    with pytest.raises(ValueError, match="no shares"):
        rounded_shares(parts, whole, 2)
