"""Additive rounding on random tables of three headings, and on small ones made by hand."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from mingzhang.model.units import ATOMS_PER_FEN, last_digit
from mingzhang.sums.additive import Additive, Sum, round_together
from mingzhang.sums.refutation import is_refuted
from mingzhang.sums.rounding import Variable, half_up

few = settings(max_examples=60, deadline=None)
STEP = 10_000


def one(name: str, fen: int, unit: str = "万元", places: int = 2) -> Variable:
    return Variable(frozenset({name}), fen, unit, places)


def union(*parts: Variable) -> Variable:
    first = parts[0]
    return Variable(frozenset().union(*(p.facts for p in parts)), sum(p.fen for p in parts), first.unit, first.places)


def adds_up(whole: Variable, *parts: Variable) -> Sum:
    return Sum(((-1, whole), *((1, p) for p in parts)))


@st.composite
def linked_tables(draw: st.DrawFn, unit: str = "万元", places: int = 2):
    """Give the variables and sums of facts with three headings, added up by each heading and by every two."""
    amount = st.one_of(st.integers(1, 10**9), st.integers(0, 200).map(lambda n: n * STEP + STEP // 2), st.just(1))
    heads = st.tuples(st.integers(0, 2), st.integers(0, 1), st.integers(0, 2))
    facts = {f"f{n}": draw(st.tuples(amount, heads)) for n in range(draw(st.integers(1, 16)))}

    def variable(*wanted):
        ids = [k for k, (_, own) in facts.items() if all(w in {None, o} for w, o in zip(wanted, own, strict=True))]
        return Variable(frozenset(ids), sum(facts[i][0] for i in ids), unit, places)

    ranges = ((None, 0, 1, 2), (None, 0, 1), (None, 0, 1, 2))
    cells = [c for c in product(*ranges) if None in c]
    sums = []
    for cell in cells:
        for at in (n for n, value in enumerate(cell) if value is None):
            parts = [(*cell[:at], value, *cell[at + 1 :]) for value in ranges[at][1:]]
            if all(None in p for p in parts):
                sums.append(adds_up(variable(*cell), *(variable(*p) for p in parts)))
    return [variable(*c) for c in cells], sums


def possible(found: Additive) -> bool:
    """Tell whether floors and ceilings could satisfy all sums; with three headings, rarely, none can, and that is proved."""
    assert not found.because or is_refuted(found.because)
    return not found.because


def is_near(variable: Variable, digits: int) -> bool:
    step = last_digit(variable.places, variable.unit)
    return abs(digits * step - variable.fen * ATOMS_PER_FEN) < step


@given(linked_tables())
@few
def test_every_sum_holds_and_every_figure_is_floor_or_ceiling(drawn):
    variables, sums = drawn
    found = round_together(variables, sums, variables[:4])
    assume(possible(found))

    assert (found.beyond, found.unmet) == ((), ())
    assert all(s.holds(found.digits) for s in sums)
    assert all(is_near(v, d) for v, d in found.digits.items())
    assert set(found.departures) == {v for v, d in found.digits.items() if d != half_up(v.fen, v.unit, v.places)}


@given(linked_tables("元", 0), linked_tables("亿元", 4), linked_tables("元", 2))
@few
def test_units_and_places_side_by_side__fen_are_printed_as_they_are(yuan, large, exact):
    found = round_together((*yuan[0], *large[0], *exact[0]), (*yuan[1], *large[1], *exact[1]))
    assume(possible(found))

    assert all(s.holds(found.digits) for s in (*yuan[1], *large[1], *exact[1]))
    assert all(is_near(v, d) for v, d in found.digits.items())
    assert all(found.digits[v] == v.fen for v in exact[0])


@given(linked_tables(), st.data())
@few
def test_the_same_facts_in_many_units__each_adds_up_and_no_two_contradict_each_other(drawn, data):
    units = data.draw(st.permutations([("万元", 2), ("元", 2), ("元", 0), ("万元", 4), ("万元", 6), ("亿元", 2)]))
    variables = [replace(v, unit=unit, places=places) for unit, places in units for v in drawn[0]]
    sums = [
        Sum(tuple((c, replace(v, unit=unit, places=places)) for c, v in s.terms))
        for unit, places in units
        for s in drawn[1]
    ]
    anchor = replace(drawn[0][-1], unit="万元", places=2)
    found = round_together(variables, sums, [anchor])
    assume(possible(found))

    assert all(s.holds(found.digits) for s in sums)
    assert all(v.is_near(found.digits[v]) for v in variables)
    assert found.digits[anchor] == anchor.half_up
    for v in drawn[0]:
        printed = {u: (found.digits[replace(v, unit=u[0], places=u[1])], last_digit(u[1], u[0])) for u in units}
        assert printed["元", 2][0] == printed["万元", 6][0] == v.fen
        for (a, a_step), (b, b_step) in product(printed.values(), repeat=2):
            assert abs(a * a_step - b * b_step) < a_step + b_step


@given(linked_tables())
@few
def test_the_first_anchor_is_always_half_up_and_no_seed_changes_anything(drawn):
    variables, sums = drawn
    found = round_together(variables, sums, variables[:6])
    assume(possible(found))

    assert found.digits[variables[0]] == half_up(variables[0].fen, "万元", 2)
    assert found == round_together(variables, sums, variables[:6], seed=11)


@given(linked_tables())
@few
def test_fewer_figures_depart_than_any_other_choice_that_is_tried(drawn):
    """The choice made with other anchors is a choice like any: it cannot depart less than that made with none."""
    variables, sums = drawn
    found = round_together(variables, sums)
    assume(possible(found))
    fewest = len(found.departures)

    assert fewest <= len(round_together(variables, sums, variables[::-1]).departures)


def test_three_headings_may_leave_no_choice_and_that_is_proved():
    halves = [one(n, STEP // 2) for n in "abc"]  # each two of them make one step, all three one and a half
    pairs = [union(halves[n], halves[n - 1]) for n in range(3)]
    whole = union(*halves)
    sums = [adds_up(pairs[n], halves[n], halves[n - 1]) for n in range(3)]
    sums += [adds_up(whole, pairs[n], halves[n - 2]) for n in range(3)]
    found = round_together([*halves, *pairs, whole], sums)

    assert is_refuted(found.because)
    assert found.beyond
    assert all(s.holds(found.digits) for s in sums)


def test_nothing_departs_where_half_up_adds_up():
    parts = [one("a", 12_345), one("b", 20_000)]
    found = round_together([*parts], [adds_up(union(*parts), *parts)])

    assert found.departures == ()
    assert list(found.digits.values()) == [1, 2, 3]


def test_the_part_nearest_to_the_other_digit_departs():
    parts = [one("a", 14_000), one("b", 14_900), one("c", 14_500)]  # 1.40 + 1.49 + 1.45 = 4.34 steps
    found = round_together(parts, [adds_up(union(*parts), *parts)])

    assert found.departures == (parts[1],)
    assert [found.digits[p] for p in parts] == [1, 2, 1]


def test_anchors_by_rank__the_later_gives_way():
    parts = [one("a", 14_900), one("b", 14_000)]  # 1.49 + 1.40 = 2.89: one of the three must depart
    whole = union(*parts)
    total = [adds_up(whole, *parts)]

    assert round_together([whole, *parts], total, [whole, parts[0]]).departures == (parts[1],)
    assert round_together([whole, *parts], total, [*parts, whole]).departures == (whole,)


def test_an_inequality_is_kept():
    less, more, other = one("a", 15_100), one("b", 15_200), one("c", 14_500)
    bound = Sum(((1, less), (-1, more)), "<=")
    whole = union(more, other)  # 2.97 steps: the part that gives way takes the smaller figure along
    found = round_together([less, more, other, whole], [bound, adds_up(whole, more, other)], [whole, other])

    assert found.digits[less] <= found.digits[more]


def test_no_choice_holds__one_further_unit_and_its_figure_is_named():
    a, b, c = (one(n, STEP // 2) for n in "abc")
    sums = [adds_up(one(n, STEP), x, y) for n, x, y in (("x", a, b), ("y", b, c), ("z", a, c))]
    found = round_together([a, b, c], sums)

    assert found.unmet == ()
    assert len(found.beyond) == 1
    assert set(found.because) == set(sums)
    assert [v.fen for v in found.beyond] == [STEP]  # one that is exact lies one last digit off, a half would lie more
    assert all(s.holds(found.digits) for s in sums)
    assert [v for v, d in found.digits.items() if not is_near(v, d)] == list(found.beyond)


def test_no_further_unit_helps__half_up_and_the_sums_are_named():
    a, b = one("a", 1), one("b", 9 * STEP)
    wrong = Sum(((1, a), (-1, b)))
    found = round_together([a, b], [wrong])

    assert (found.unmet, found.beyond, list(found.digits.values())) == ((wrong,), (), [0, 9])


def test_a_sum_of_different_last_digits_is_an_error():
    with pytest.raises(ValueError, match="last digits differ"):
        round_together([], [Sum(((1, one("a", 1)), (-1, one("a", 1, "元", 2))))])


def test_a_rounding__what_was_not_asked_is_half_up():
    found = round_together([one("a", 15_000)], [])

    assert found([one("a", 15_000), one("new", 4_999)]) == {one("a", 15_000): 2, one("new", 4_999): 0}
