from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingzhang.sums.filters import Fact
from mingzhang.sums.rounding import divided, half_up, half_up_each, variable_of

FEN = {"元": Decimal(100), "万元": Decimal(1_000_000), "亿元": Decimal(10_000_000_000)}


@given(st.integers(-(10**15), 10**15), st.sampled_from(sorted(FEN)), st.integers(0, 4))
def test_half_up__is_what_decimal_arithmetic_gives(fen, unit, places):
    step = Decimal(1).scaleb(-places)
    expected = (Decimal(fen) / FEN[unit]).quantize(step, rounding=ROUND_HALF_UP)

    assert expected == Decimal(half_up(fen, unit, places)).scaleb(-places)


@pytest.mark.parametrize(
    ("fen", "digits"), [(4_999, 0), (5_000, 1), (14_999, 1), (15_000, 2), (-5_000, -1), (-4_999, 0), (0, 0)]
)
def test_half_up__halves_of_a_hundredth_of_ten_thousand(fen, digits):
    assert digits == half_up(fen, "万元", 2)


@pytest.mark.parametrize(
    ("dividend", "divisor", "quotient"), [(1, 2, 1), (-1, 2, -1), (1, -2, -1), (1, 3, 0), (2, 3, 1)]
)
def test_divided__to_the_nearest_halves_away_from_zero(dividend, divisor, quotient):
    assert quotient == divided(dividend, divisor)


def test_divided__by_nothing_is_an_error():
    with pytest.raises(ZeroDivisionError):
        divided(1, 0)


def test_variable_of__sets_that_differ_by_facts_of_nothing_are_one():
    one, nothing, other = Fact("a", 5, {}), Fact("b", 0, {}), Fact("c", 5, {})

    assert variable_of((one,), "元", 2) == variable_of((nothing, one), "元", 2)
    assert variable_of((one,), "元", 2) != variable_of((other,), "元", 2)
    assert variable_of((one,), "元", 2) != variable_of((one,), "万元", 2)


def test_half_up_each__rounds_every_variable_by_itself():
    facts = [Fact(name, 5_000, {}) for name in "ab"]
    parts, whole = [variable_of((f,), "万元", 2) for f in facts], variable_of(facts, "万元", 2)

    assert {parts[0]: 1, parts[1]: 1, whole: 1} == half_up_each([*parts, whole])
