"""Which figures are wrong: all the smallest sets of figures, and what they should be."""

from __future__ import annotations

from itertools import combinations, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mingzhang.model.figure import Figure, read_figure
from mingzhang.sums.hitting import Search
from mingzhang.sums.identities import Identity, Operand, judge
from mingzhang.sums.repair import minimal_repairs
from mingzhang.sums.repair_demands import Demand, is_met, standing_in, with_reprints
from mingzhang.sums.repair_kinds import kind_of
from mingzhang.sums.repair_rows import Contradiction, Line, Point, solve, solved
from mingzhang.sums.repair_trials import Trials
from mingzhang.sums.sheets import CellRef, Sheet, SheetRow


def ref(name):
    return CellRef("a", name)


def sheets_of(figures):
    cells = {(k, ""): read_figure(v, "万元") if isinstance(v, str) else v for k, v in figures.items()}
    return {"a": Sheet.of("a", {k: SheetRow(k) for k in figures}, cells)}


def identity(text):
    """Make `total = a b c` an identity."""
    left, relation, *right = text.split()
    return Identity((Operand(1, ref(left)),), relation, tuple(Operand(1, ref(r)) for r in right))


def found(figures, *statements, **options):
    """List the repairs of each trouble; a statement may have others beside it, `a = b | a = c`."""
    sheets = sheets_of(figures)
    demands = [Demand(tuple(identity(way) for way in text.split("|"))) for text in statements]
    failing = [i for i, d in enumerate(demands) if not is_met(d, sheets)]
    return [
        [{r.ref.row: r.digits for r in one.reprints} for one in trouble.sets]
        for trouble in minimal_repairs(demands, failing, sheets, **options)
    ]


def test_one_figure_in_two_sums_that_fail_by_the_same():
    figures = {"t": "10.00", "a": "4.00", "b": "7.00", "u": "9.00", "c": "3.00"}
    assert found(figures, "t = a b", "u = b c") == [[{"b": 600}]]


def test_one_sum_alone_leaves_open_which_figure_it_is():
    assert found({"t": "10.00", "a": "4.00", "b": "7.00"}, "t = a b") == [[{"t": 1100}, {"a": 300}, {"b": 600}]]


def test_a_figure_in_a_sum_that_holds_is_changed_only_with_another():
    figures = {"t": "10.00", "a": "4.00", "b": "7.00", "d": "7.00"}
    assert found(figures, "t = a b", "d = b") == [[{"t": 1100}, {"a": 300}]]


def test_two_wrong_figures_that_hang_together():
    figures = {"t": "10.00", "a": "5.00", "b": "7.00", "x": "4.00", "y": "6.00"}
    assert found(figures, "t = a b", "a = x", "b = y") == [[{"a": 400, "b": 600}]]


def test_what_has_nothing_in_common_is_two_troubles():
    figures = {"t": "10.00", "a": "4.00", "u": "9.00", "c": "3.00", "x": "10.00", "y": "3.00"}
    assert found(figures, "t = a", "t = x", "u = c", "c = y") == [[{"a": 1000}], [{"u": 300}]]


def test_a_blank_cell_may_lack_its_figure():
    figures = {"t": "10.00", "a": "4.00", "b": "", "u": "9.00", "c": "3.00"}
    assert found(figures, "t = a b", "u = b c") == [[{"b": 600}]]


def test_an_inequality_decides_between_figures():
    figures = {"t": "36.00", "a": "21.00", "b": "0.00", "q": "21.00"}
    assert found(figures, "t = a b", "t <= q") == [[{"t": 2100}]]


def test_amounts_do_not_turn_negative_unless_they_may():
    figures = {"t": "3.00", "a": "4.00", "b": "5.00"}
    assert found(figures, "t = a b") == [[{"t": 900}]]
    assert found(figures, "t = a b", signed=lambda _ref: True) == [[{"t": 900}, {"a": -200}, {"b": -100}]]


def test_one_of_two_ways_is_enough():
    figures = {"t": "15.00", "a": "10.00", "c": "4.00", "d": "4.00"}
    assert [set(one) for one in found(figures, "t = a | t = a c", "c = d")[0]] == [{"t"}, {"a"}]


def test_a_premise_that_is_wrong_is_a_repair():
    figures = {"carry": "", "in": "9.00", "out": "7.00", "all": "9.00", "own": "9.00", "spent": "7.00"}
    sheets = sheets_of(figures)
    unless = Identity((Operand(1, ref("carry")),), "=", ())
    demands = [
        Demand((identity("in = out"),), (unless,)),
        *(Demand((identity(t),)) for t in ("all = out carry", "in = own", "out = spent")),
    ]
    (trouble,) = minimal_repairs(demands, [0, 1], sheets)
    assert [{r.ref.row: r.digits for r in s.reprints} for s in trouble.sets] == [{"carry": 200}]


def test_nothing_is_wrong_where_rounding_may_explain():
    figures = {"t": "10.01", "a": "4.00", "b": "6.00", "u": "16.00", "c": "8.00"}
    sheets = sheets_of(figures)
    assert judge(identity("t = a b"), sheets).outcome == "rounding"
    assert [set(one) for one in found(figures, "t = a b", "u = b c")[0]] == [{"u"}, {"c"}]


def test_what_fails_elsewhere__rules_out_only_what_touches_it():
    """That u cannot be changed rests on `r = u q`, which fails by itself: v is none the worse for it."""
    figures = {"z": "9.00", "x": "5.00", "y": "3.00", "r": "10.00", "u": "2.00", "q": "7.00", "v": "3.00"}
    pins = [(k, f"{k}{n}") for k, most in (("y", 2), ("z", 2), ("u", 6), ("q", 6), ("r", 6)) for n in range(most)]
    figures |= {other: figures[own] for own, other in pins}
    troubles = found(figures, "z = x y", "r = u q", "x = u v", *(f"{own} = {other}" for own, other in pins))
    assert troubles == [[{"x": 600, "v": 400}], []]


def test_two_figures_of_which_one_row_alone_speaks__are_solved_for():
    point = solve([Line({1: 1, 2: 1}, 5, 5, 0)])
    assert isinstance(point, Point)
    assert sum(point.values.values()) == 5
    assert not point.is_settled


ROWS = st.builds(
    lambda a, b, total: Line({k: w for k, w in ((1, a), (2, b)) if w} or {1: 1}, total, total, 1),
    st.integers(-1, 1), st.integers(-1, 1), st.integers(0, 2),
)  # fmt: skip


@given(st.lists(st.lists(ROWS, min_size=2, max_size=3), min_size=4, max_size=4))
def test_of_many_ways_seen_step_by_step__the_first_that_fits_is_that_of_trying_all_of_them(choices):
    every = [[(row,) for row in rows] for rows in choices]
    always = [Line({n: 1}, 0, 3, 0) for n in (1, 2)]
    wanted = [r for way in product(*choices) if isinstance(r := solve([*always, *way]), Point)]
    fitting = [r for r in solved(always, every) if isinstance(r, Point)]
    assert fitting == wanted


def test_what_is_not_proved_to_be_a_conflict__leaves_open_whether_there_are_more():
    def tried(chosen):
        return Point({chosen: 0}, is_settled=True) if chosen == 0b01 else Contradiction(0b100, proved=False)

    search = Search([0b11], tried, 1)
    assert [p.values for p in search.smallest()] == [{1: 0}]
    assert search.is_cut


@pytest.mark.parametrize(
    ("before", "after", "kind"),
    [
        (-500, 500, "sign"), (51234, 52134, "swapped_digits"), (1234000, 123400, "unit_slip"), (12, 120000, "unit_slip"),
        (None, 7, "missing_figure"), (1284, 1234, "digit"), (124, 1234, "digit"), (999, 123, "figure"),
    ],
)  # fmt: skip
def test_kinds_of_slips(before, after, kind):
    assert kind_of(before, after) == kind


NAMES = "tabcuvw"
SUMS = st.lists(
    st.tuples(st.sampled_from(NAMES), st.sets(st.sampled_from(NAMES), min_size=1, max_size=3)).filter(
        lambda s: s[0] not in s[1]
    ),
    min_size=1,
    max_size=5,
    unique_by=lambda s: (s[0], frozenset(s[1])),
)


def all_smallest(values, demands, top=8):
    """Find the smallest sets of figures that some whole numbers settle, by trying them all."""
    for size in range(1, 3):
        good = set()
        for names in combinations(NAMES, size):
            trials = [()]
            for _ in names:
                trials = [(*t, v) for t in trials for v in range(top * 4)]
            for trial in trials:
                sheets = sheets_of(
                    {k: Figure(v, "元", 2) for k, v in (values | dict(zip(names, trial, strict=True))).items()}
                )
                if all(is_met(d, sheets) for d in demands):
                    good.add(frozenset(names))
                    break
        if good:
            return good
    return None


@settings(max_examples=25, deadline=None)
@given(st.fixed_dictionaries({n: st.integers(0, 4) for n in NAMES}), SUMS)
def test_the_sets_are_those_that_trying_everything_finds(values, sums):
    demands = [Demand((identity(f"{left} = {' '.join(sorted(right))}"),)) for left, right in sums]
    sheets = sheets_of({k: Figure(v, "元", 2) for k, v in values.items()})
    failing = [i for i, d in enumerate(demands) if not is_met(d, sheets)]
    troubles = minimal_repairs(demands, failing, sheets)
    for trouble in troubles:
        for one in trouble.sets:
            after = with_reprints(sheets, one.reprints)
            assert all(is_met(demands[i], after) for i in trouble.demands)
    if len(troubles) == 1 and troubles[0].sets and len(troubles[0].sets[0].reprints) == 1:
        found_sets = {frozenset(r.ref.row for r in s.reprints) for s in troubles[0].sets}
        assert found_sets == all_smallest(values, demands)


def trials_of(figures, *statements):
    sheets = sheets_of(figures)
    demands = [Demand((identity(text),)) for text in statements]
    failing = [i for i, d in enumerate(demands) if not is_met(d, sheets)]
    return Trials(demands, standing_in(demands), failing, sheets, additive=True, signed=lambda _ref: False)


def bits(trials, at, *names):
    """Give the bits of figures that a demand has."""
    trials.mask_of(at)
    return sum(trials._bit(ref(name)) for name in names)


def test_figures_that_no_demand_joins_are_tried_apart():
    figures = {"t": "10.00", "a": "4.00", "x": "10.00", "u": "9.00", "c": "3.00", "y": "8.00"}
    trials = trials_of(figures, "t = a", "t = x", "u = c", "u = y")
    one, other = bits(trials, 0, "t"), bits(trials, 2, "u")
    told = trials.tried(one | other)
    alone = [trials.tried(one), trials.tried(other)]
    assert isinstance(told, Contradiction)
    assert {told.mask, *(c.mask for c in told.others)} == {c.mask for c in alone}
    assert all(c.proved for c in alone)
    fitting = trials.tried(bits(trials, 0, "a") | bits(trials, 2, "u", "c"))
    assert isinstance(fitting, Point)
    assert sorted(fitting.values.values()) == [800, 800, 1000]
