"""The choice of digits against trying every choice there is, on small systems of sums."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from sum_systems import System

from mingzhang.sums import ranking
from mingzhang.sums.additive import CannotHold, Sum, round_together
from mingzhang.sums.network import Knot, Part, Row
from mingzhang.sums.rounding import Variable

some = settings(max_examples=150, deadline=None)


def compared(seed: int) -> None:
    system = System(seed)
    best = system.best()
    try:
        found = system.solved(seed % 3)
    except CannotHold:
        assert best is None
        return
    if best is None:
        assert found.beyond
        assert all(found.digits[v] == d for v, d in system.held.items())
    else:
        assert found.digits == best
        assert found.beyond == ()


@given(st.integers(0, 10**9))
@some
def test_the_choice_is_the_first_of_all_that_there_are(seed):
    compared(seed)


@pytest.mark.parametrize("at_once", [1, 2])
def test_the_choice_is_the_same_where_every_wish_is_weighed_by_itself(monkeypatch, at_once):
    monkeypatch.setattr(ranking, "_LARGEST", 1)
    monkeypatch.setattr(ranking, "_AT_ONCE", at_once)
    for seed in range(120):
        compared(seed)


@st.composite
def knots_of_one_sum(draw: st.DrawFn) -> Part:
    """Draw figures that one sum ties, many of them alike, some with nothing to choose."""
    signs = draw(st.lists(st.sampled_from([1, 1, -1]), min_size=1, max_size=7))
    knots, right = [], draw(st.integers(-1, 1))
    for n, sign in enumerate(signs):
        low, free = draw(st.integers(0, 2)), draw(st.sampled_from([True, True, True, False]))
        departing, distance = draw(st.sampled_from([(1, 400), (1, 600), (-1, -400), (0, 0), (-1, -600), (2, 800)]))
        high = low + free
        knots.append(Knot((n,), low, high, low if departing > 0 else high, 0, departing, distance))
        right += sign * draw(st.integers(low, high))
    return Part(tuple(knots), (Row(tuple(enumerate(signs)), "=", right),))


@given(knots_of_one_sum())
@some
def test_what_one_sum_ties_is_chosen_as_the_solver_would(part):
    twice = replace(part, rows=part.rows * 2)  # a sum that stands twice is given to the solver

    assert ranking.best_of(part) == ranking.best_of(twice)


def test_what_stands_first_stays_half_up():
    alike = [Variable(frozenset({n}), 14_000) for n in "abc"]  # 4.20 steps: one of the three must go up
    whole = Variable(frozenset("abc"), 42_000)
    found = round_together([*alike, whole], [Sum(((-1, whole), *((1, v) for v in alike)))])

    assert [found.digits[v] for v in (*alike, whole)] == [1, 1, 2, 4]


def test_what_was_printed_before_stays_though_more_figures_depart():
    parts = [Variable(frozenset({n}), 14_900) for n in "abcd"]  # 5.96 steps, 6
    whole = Variable(frozenset("abcd"), 59_600)
    total = [Sum(((-1, whole), *((1, v) for v in parts)))]
    kept = {parts[2]: 2, parts[3]: 2, whole: 6}
    found = round_together([*parts, whole], total, kept=kept)

    assert [found.digits[v] for v in (*parts, whole)] == [1, 1, 2, 2, 6]
    assert found.kept == frozenset(kept)
    assert round_together([*parts, whole], total).digits[parts[0]] == 1


def test_what_was_printed_before_and_is_a_unit_off_now_is_no_wish():
    part = Variable(frozenset("a"), 14_900)

    assert round_together([part], [], kept={part: 3}).digits == {part: 1}


def test_a_whole_document_printed_before_is_printed_again():
    system = next(s for s in map(System, range(100)) if not s.held and s.best() and len(s.figures) > 6)
    first = round_together(system.figures, system.sums, system.anchors)
    shuffled = round_together(system.figures[::-1], system.sums[::-1], kept=first.digits, seed=5)

    assert dict(shuffled.digits) == dict(first.digits)
