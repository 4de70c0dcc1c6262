"""The cheapest whole numbers under rows, whichever way they are looked for."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from mingzhang.sums.network import Row
from mingzhang.sums.program import Program

ROWS = st.lists(
    st.builds(
        Row,
        st.lists(
            st.tuples(st.integers(0, 3), st.sampled_from((-1, 1, 2))), min_size=1, max_size=4, unique_by=lambda t: t[0]
        ).map(tuple),
        st.sampled_from(("=", "<=")),
        st.integers(-1, 2),
    ),
    max_size=4,
)


def test_where_halves_would_be_cheaper__whole_numbers_are_given():
    pairs = [Row(((a, 1), (b, 1)), "<=", 1) for a, b in ((0, 1), (1, 2), (0, 2))]
    program = Program([0, 0, 0], [1, 1, 1], pairs)

    assert sorted(program.cheapest([-1, -1, -1])) == [0, 0, 1]
    program.hold(2, 0)
    assert sum(program.cheapest([-1, -1, -1])) == 1


@given(ROWS, st.lists(st.integers(-3, 3), min_size=4, max_size=4))
@settings(max_examples=80, deadline=None)
def test_both_ways_find_numbers_that_cost_the_same(rows, costs):
    lows, highs = [0, 1, -1, 0], [1, 2, 0, 1]
    found = [Program(lows, highs, rows, whole=whole).cheapest(costs) for whole in (False, True)]

    assert (found[0] is None) is (found[1] is None)
    for numbers in (n for n in found if n is not None):
        assert all(row.holds(numbers) for row in rows)
        assert sum(map(int.__mul__, costs, numbers)) == sum(map(int.__mul__, costs, found[1]))
