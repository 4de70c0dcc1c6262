"""Statements made concrete for a document: what is found once for a shape holds for every document of it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from mingzhang.model.figure import Figure
from mingzhang.sums.concrete import concrete, judged
from mingzhang.sums.failing import failing
from mingzhang.sums.identities import judge
from mingzhang.sums.sheets import Sheet, SheetRow
from mingzhang.sums.terms import parse_statement

TREE = parse_statement("$table[$row].$column = sum($table[parent=$row].$column)")
ACROSS = parse_statement("$table[$row].total = $table[$row].basic + $table[$row].project")
APART = parse_statement("a[total].total = b[total].total")
AT_MOST = parse_statement("a[$row].basic <= b[$row].basic")
LESS = parse_statement("$table[$row].total - $table[$row].basic = $table[$row].project")
ROWS = {k: SheetRow(k, "" if k == "total" else "total") for k in ("total", "201", "202", "203")}
COLUMNS = ("total", "basic", "project")

FIGURES = st.builds(
    Figure,
    st.one_of(st.none(), st.integers(-3, 3)),
    st.sampled_from(("万元", "元")),
    st.integers(0, 2),
    withheld=st.sampled_from((False, False, False, True)),
)
CELLS = st.dictionaries(st.tuples(st.sampled_from(tuple(ROWS)), st.sampled_from(COLUMNS)), FIGURES)


@given(CELLS, CELLS, st.booleans())
def test_judged__is_each_identity_judged(one, other, additive):
    sheets = {n: Sheet.of(n, ROWS, cells, COLUMNS) for n, cells in (("a", one), ("b", other))}
    for statement in (TREE, ACROSS, APART):
        identities = concrete(statement, sheets, ("a", "b"))
        wanted = [judge(i, sheets, additive=additive) for i in identities]
        assert list(judged(statement, sheets, ("a", "b"), additive=additive)) == wanted


@given(CELLS, CELLS, st.booleans())
def test_failing__is_what_judged_says_does_not_hold(one, other, additive):
    sheets = {n: Sheet.of(n, ROWS, cells, COLUMNS) for n, cells in (("a", one), ("b", other))}
    for statement in (TREE, ACROSS, APART, AT_MOST, LESS):
        wanted = [
            v for v in judged(statement, sheets, ("a", "b"), additive=additive) if v.outcome in {"violated", "rounding"}
        ]
        assert list(failing(statement, sheets, ("a", "b"), additive=additive)) == wanted


@given(CELLS, st.data())
def test_sheets_of_one_shape__share_what_is_said_of_them(cells, data):
    again = {k: data.draw(FIGURES) for k in cells}
    one, other = Sheet.of("a", ROWS, cells, COLUMNS), Sheet.of("a", ROWS, again, COLUMNS)
    assert one.shape is other.shape
    assert list(concrete(TREE, {"a": one}, ("a",))) == list(concrete(TREE, {"a": other}, ("a",)))


@given(CELLS)
def test_a_row_less__is_another_shape(cells):
    fewer = {k: v for k, v in ROWS.items() if k != "203"}
    less = {k: v for k, v in cells.items() if k[0] != "203"}
    assert Sheet.of("a", ROWS, cells, COLUMNS).shape is not Sheet.of("a", fewer, less, COLUMNS).shape
