"""Figures that are held: they stay, or the smallest contradiction is named."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from sum_systems import System

from mingzhang.sums.additive import CannotHold, Sum, round_together
from mingzhang.sums.conflict import conflict_of
from mingzhang.sums.network import Choices
from mingzhang.sums.refutation import is_refuted
from mingzhang.sums.rounding import Variable

some = settings(max_examples=120, deadline=None)


def one(name, fen, unit="万元", places=2):
    return Variable(frozenset(name), fen, unit, places)


def possible(figures, sums, held) -> bool:
    """Try every choice of floors and ceilings."""
    order = tuple(dict.fromkeys((*figures, *(v for s in sums for _, v in s.terms), *held)))
    choices = Choices(order)
    ranges = [[choices.low[i], choices.low[i] + 1][: 1 + (choices.rest[i] > 0)] for i in range(len(order))]
    for picked in product(*ranges):
        digits = dict(zip(order, picked, strict=True))
        if all(digits[v] == d for v, d in held.items()) and all(s.holds(digits) for s in sums):
            return True
    return False


@given(st.integers(0, 10**9), st.integers(1, 6))
@some
def test_a_conflict_is_one_and_nothing_of_it_can_be_left_out(seed, count):
    system = System(seed)
    held = {v: v.value // v.step + (seed >> n) % 2 for n, v in enumerate(system.figures[:count])}
    assume(possible(system.figures, system.sums, {}))
    try:
        found = round_together(system.figures, system.sums, held=held)
    except CannotHold as reason:
        conflict = reason.conflict
    else:
        assert all(found.digits[v] == d for v, d in held.items())
        return
    own = {v: held[v] for v in conflict.held}
    assert is_refuted(conflict.sums, own) or not conflict.sums
    assert not possible([], conflict.sums, own)
    if conflict.sums:
        for left_out in own:
            assert possible([], conflict.sums, {v: d for v, d in own.items() if v != left_out})
        for left_out in conflict.sums:
            assert possible([], [s for s in conflict.sums if s != left_out], own)
    released = {v: d for v, d in held.items() if v not in conflict.release}
    assert possible(system.figures, system.sums, released)
    for again in conflict.release:
        assert not possible(system.figures, system.sums, {**released, again: held[again]})


def test_two_parts_held_against_their_whole():
    a, b, c = one("a", 14_900), one("b", 14_900), one("c", 5_000)
    whole, other = one("ab", 29_800), one("bc", 19_900)
    sums = [Sum(((-1, whole), (1, a), (1, b))), Sum(((-1, other), (1, b), (1, c)))]
    with pytest.raises(CannotHold) as raised:
        round_together([a, b, c], sums, held={a: 1, b: 1, whole: 3, c: 1})

    conflict = raised.value.conflict
    assert set(conflict.held) == {a, b, whole}
    assert conflict.sums == (sums[0],)
    assert len(conflict.release) == 1


@pytest.mark.parametrize("digits", [0, 3, -1])
def test_a_figure_held_a_unit_from_its_true_value_is_a_conflict_by_itself(digits):
    a = one("a", 14_900)
    with pytest.raises(CannotHold) as raised:
        round_together([a], [], held={a: digits})

    assert (raised.value.conflict.held, raised.value.conflict.sums, raised.value.conflict.release) == ((a,), (), (a,))


def test_an_exact_figure_can_be_held_at_itself_alone():
    a = one("a", 149_00, "元", 2)

    assert round_together([a], [], held={a: 14_900}).digits == {a: 14_900}
    with pytest.raises(CannotHold):
        round_together([a], [], held={a: 14_901})


def test_figures_held_stay_where_others_must_move_a_further_unit():
    a, b, c = (one(n, 5_000) for n in "abc")
    pairs = [(one(n, 10_000), x, y) for n, x, y in (("x", a, b), ("y", b, c), ("z", a, c))]
    sums = [Sum(((-1, w), (1, x), (1, y))) for w, x, y in pairs]
    found = round_together([a, b, c], sums, held={a: 1, b: 1})

    assert (found.digits[a], found.digits[b]) == (1, 1)
    assert all(s.holds(found.digits) for s in sums)
    assert set(found.because) == set(sums)


@given(st.integers(0, 10**9))
@some
def test_a_refutation_says_what_trying_everything_says(seed):
    system = System(seed)
    refuted = is_refuted(system.sums)

    assert refuted is not possible(system.figures, system.sums, {})
    assert bool(round_together(system.figures, system.sums).because) is refuted


def test_a_refutation_gives_up_rather_than_take_for_ever():
    parts = [one(f"{n:02}", 4_999) for n in range(40)]
    whole = Variable(frozenset("w"), sum(p.fen for p in parts))

    assert is_refuted([Sum(((-1, whole), *((1, p) for p in parts)))], {whole: 19}, most=5) is None


def test_no_conflict_is_an_error_to_ask_for():
    a = one("a", 14_900)

    with pytest.raises(ValueError, match="there is a choice"):
        conflict_of(Choices((a,), held={a: 1}), [])
