"""Units: one scale for figures of any unit, exactly."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingzhang.model.units import ATOMS_PER_FEN, FEN_PER_UNIT, atoms, base_of, is_money, last_digit


@given(st.integers(-(10**15), 10**15))
def test_the_same_money_in_any_unit_is_the_same(fen):
    assert atoms(fen, 0, "分") == atoms(fen, 2, "元") == atoms(fen, 6, "万元") == atoms(fen, 10, "亿元")
    assert atoms(fen, 0, "分") == fen * ATOMS_PER_FEN


@given(st.sampled_from([*FEN_PER_UNIT, "%", "辆"]), st.integers(0, 6), st.integers(-(10**9), 10**9))
def test_a_figure_is_so_many_steps_of_its_last_digit(unit, places, digits):
    assert atoms(digits, places, unit) == digits * last_digit(places, unit)
    assert last_digit(places, unit) * 10**places == base_of(unit)


def test_what_is_finer_than_an_atom_is_an_error():
    with pytest.raises(ValueError, match="finer"):
        atoms(1, 7, "%")
    assert atoms(10, 7, "%") == 1


def test_only_money_is_money():
    assert [u for u in ("元", "万元", "亿元", "分", "%", "个", "平方米", "") if is_money(u)] == [
        "元",
        "万元",
        "亿元",
        "分",
    ]
    assert base_of("%") == base_of("辆") == ATOMS_PER_FEN
