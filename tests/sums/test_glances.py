"""What is seen at a glance: nothing that fails is ever taken for sound, and sound sheets are seen to be so."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingzhang.model.figure import Figure
from mingzhang.sums.concrete import judged, plans_of
from mingzhang.sums.failing import failing_of, is_so
from mingzhang.sums.glances import holds_at_a_glance
from mingzhang.sums.sheets import Sheet, SheetRow
from mingzhang.sums.terms import parse_statement

PARENTS = {"total": "", "201": "total", "20101": "201", "20102": "201", "202": "total"}
ROWS = {k: SheetRow(k, p, len(k) // 2, k if k.isdigit() else "") for k, p in PARENTS.items()}
SIDES = {"in:201": SheetRow("in:201"), "out:201": SheetRow("out:201"), "total": SheetRow("total")}
FUNDS = {k: SheetRow(k) for k in ("in:general", "in:gov_fund", "out:general", "out:gov_fund")}
COLUMNS = ("total", "basic", "project")
FIGURES = st.builds(
    Figure,
    st.one_of(st.none(), st.integers(-2, 2)),
    st.sampled_from(("万元", "元")),
    st.integers(0, 1),
    withheld=st.sampled_from((False, False, False, True)),
)
SAID = (
    ("$table[$row].$column = sum($table[parent=$row].$column)",),
    ("$table[$row].total = $table[$row].basic + $table[$row].project",),
    ("$table[$row].total - $table[$row].basic = $table[$row].project",),
    ("$table[$row].basic >= $table[$row].project",),
    ("$table[$row].total = $table[$row].basic", "$table[$row].total = $table[$row].basic + $table[$row].project"),
    ("a[$code].total = b[$code].total",),
    ("a[$class].basic + a[$class].project <= b[$class].total",),
    ("b[$class].total = c[out:$class].total",),
    ("a[total].total = b[total].total",),
    ("a[total].total = sum(b[20*].basic) + sum(b[parent=total].project)",),
    ("a[total].total = b[total].total", "a[total].total = b[total].basic"),
    ("a[total].total = sum(b[20*].total)", "a[total].total = b[total].basic + b[201].basic"),
    ("a[$code].total = b[$code].total", "a[$code].total + a[$code].basic = b[$code].total"),
    ("a[$class].total >= b[$class].total", "a[$class].total = c[out:$class].basic"),
    ("$table[$row].total = $table[$row].basic", "$table[$row].total = $table[$row].basic + $table[201].total"),
    ("a[total].total = 0",),
    ("a[total].$column = sum(a[parent=total].$column)",),
    ("a[total].$column = a[201].$column", "a[total].$column = sum(a[parent=total].$column) + a[202].$column"),
    (
        "$table[$row].total = $table[$row].basic + $table[$row].project",
        "$table[$row].total = $table[$row].basic + $table[$row].project + $table[209].total",
    ),
    ("d[in:$fund].total = d[out:$fund].total",),
    ("d[in:$fund].total = sum(d[out:$fund*].basic) + d[out:$fund].project",),
)


def sheets(draw):
    out = {}
    for name, rows in (("a", ROWS), ("b", ROWS), ("c", SIDES), ("d", FUNDS)):
        keys = draw(st.lists(st.sampled_from(tuple(rows)), unique=True))
        columns = draw(st.lists(st.sampled_from(COLUMNS), unique=True, min_size=1))
        whole = {(r, c): draw(FIGURES) for r in rows if r in keys for c in columns}
        gone = draw(st.sets(st.sampled_from(sorted(whole)), max_size=2)) if whole else ()
        cells = {k: f for k, f in whole.items() if k not in gone}
        known = frozenset(draw(st.sets(st.sampled_from(("209", "203")))))
        out[name] = Sheet.of(
            name, {k: rows[k] for k in keys}, cells, tuple(columns), "万元", grows=draw(st.booleans()), known=known
        )
    return out


def all_hold(statements, found, tables=()):
    ways = [plans_of(s, found, tables) for s in statements]
    return all(holds_at_a_glance(plans, found) for plans in zip(*ways, strict=True))


@given(st.composite(sheets)(), st.sampled_from(SAID), st.booleans())
def test_what_fails_and_what_is_so__are_what_is_judged(found, texts, additive):
    for statement in map(parse_statement, texts):
        verdicts = list(judged(statement, found, ("a", "b"), additive=additive))
        failing = [v for p in plans_of(statement, found, ("a", "b")) for v in failing_of(p, found, additive=additive)]
        assert failing == [v for v in verdicts if v.outcome in {"violated", "rounding"}]
        if "table" not in statement.variables:
            assert is_so(statement, found, additive=additive) == all(
                v.outcome in {"holds", "nothing"} for v in verdicts
            )


def test_what_fails_is_told_in_the_order_of_the_rows_wherever_they_are_printed():
    cells = {
        (row, c): Figure(n, "万元", 0)
        for row in ("total", "201")
        for n, c in ((9, "total"), (1, "basic"), (2, "project"))
    }
    sheet = Sheet.of("a", {k: ROWS[k] for k in ("201", "total")}, cells, COLUMNS, "万元")
    statement = parse_statement(SAID[1][0])
    (plan,) = plans_of(statement, {"a": sheet}, ("a",))
    told = [v.identity for v in failing_of(plan, {"a": sheet})]
    assert [i.left[0].ref.row for i in told] == ["201", "total"]
    assert told == [v.identity for v in judged(statement, {"a": sheet}, ("a",))]


def test_nothing_is_said_of_a_row_that_no_variable_stands_for():
    rows = {k: SheetRow(k, p) for k, p in (("total", ""), ("project:甲\n乙", "total"), ("201", "project:甲\n乙"))}
    cells = {(k, "total"): Figure(n, "元") for k, n in zip(rows, (5, 5, 4), strict=True)}
    found = {"a": Sheet.of("a", rows, cells, ("total",))}
    statement = parse_statement(SAID[0][0])
    (plan,) = plans_of(statement, found, ("a",))
    assert failing_of(plan, found) == ()
    assert [v.outcome for v in judged(statement, found, ("a",))] == ["holds"]


@given(st.composite(sheets)(), st.sampled_from(SAID), st.booleans())
def test_what_is_seen_to_hold__holds_wherever_it_is_made_concrete(found, texts, additive):
    statements = [parse_statement(t) for t in texts]
    if not all_hold(statements, found, ("a", "b")):
        return
    either = {}
    for statement in statements:
        for verdict in judged(statement, found, ("a", "b"), additive=additive):
            either.setdefault(verdict.identity.operands[0], set()).add(verdict.outcome)
    assert all(outcomes - {"violated", "rounding"} for outcomes in either.values())


@pytest.mark.parametrize("texts", SAID[:3] + SAID[5:6] + SAID[8:10], ids=lambda t: t[0])
def test_a_sound_sheet__is_seen_to_be_sound(texts):
    amounts = {"total": 7, "201": 5, "20101": 2, "20102": 3, "202": 2}
    cells = {(k, c): Figure(v * n, "元") for k, v in amounts.items() for c, n in zip(COLUMNS, (3, 1, 2), strict=True)}
    found = {n: Sheet.of(n, ROWS, cells, COLUMNS) for n in ("a", "b")}
    if "20*" in texts[0]:  # that pattern adds classes and what stands under them
        texts = ("a[total].total = sum(b[parent=total].basic) + sum(b[parent=total].project)",)
    assert all_hold([parse_statement(t) for t in texts], found, ("a", "b"))


def test_what_is_said_of_each_fund__is_seen():
    cells = {(k, c): Figure(v, "元") for k, v in zip(FUNDS, (3, 4, 3, 4), strict=True) for c in COLUMNS}
    found = {"d": Sheet.of("d", FUNDS, cells, COLUMNS)}
    assert all_hold([parse_statement(SAID[-2][0])], found)
    assert not all_hold([parse_statement(SAID[-1][0])], found)


def test_sums_of_any_column__are_seen_column_by_column():
    amounts = {"total": 5, "201": 2, "202": 3}
    cells = {(k, c): Figure(v * n, "元") for k, v in amounts.items() for n, c in enumerate(COLUMNS)}
    said = ("a[total].$column = a[201].$column", "a[total].$column = a[201].$column + a[202].$column")
    statements = [parse_statement(t) for t in said]
    assert all_hold(statements, {"a": Sheet.of("a", ROWS, cells, COLUMNS)})
    wrong = Sheet.of("a", ROWS, {**cells, ("202", "project"): Figure(1, "元")}, COLUMNS)
    assert not all_hold(statements, {"a": wrong})


def test_what_one_row_has_beside_its_sum__may_be_added():
    amounts = {"201": (3, 1, 2), "202": (9, 0, 0), "total": (12, 1, 2)}
    cells = {(k, c): Figure(v, "元") for k, own in amounts.items() for c, v in zip(COLUMNS, own, strict=True)}
    own = "$table[$row].total = $table[$row].basic + $table[$row].project"
    statements = [parse_statement(t) for t in (own, f"{own} + $table[202].total")]
    found = {"a": Sheet.of("a", ROWS, cells, COLUMNS)}
    assert all_hold(statements, found, ("a",))
    assert not all_hold(statements[:1], found, ("a",))


@pytest.mark.parametrize(("known", "outcome"), [((), "violated"), (("in:carry",), "undecided")])
def test_what_lacks_a_figure__is_nothing_that_fails(known, outcome):
    cells = {(k, c): Figure(4, "元") for k in ("total", "201") for c in COLUMNS}
    said = [parse_statement("a[total].total = b[in:carry].total + b[total].basic + b[total].project")]
    other = Sheet.of("b", ROWS, cells, COLUMNS, "元", known=frozenset(known))
    found = {"a": Sheet.of("a", ROWS, cells, COLUMNS), "b": other}
    assert [v.outcome for v in judged(said[0], found)] == [outcome]
    assert all_hold(said, found) == (outcome == "undecided")


def test_a_wrong_amount__is_not_overlooked():
    cells = {(k, c): Figure(0, "元") for k in PARENTS for c in COLUMNS} | {("20101", "basic"): Figure(1, "元")}
    found = {n: Sheet.of(n, ROWS, cells, COLUMNS) for n in ("a", "b")}
    for texts in SAID[:2]:
        assert not all_hold([parse_statement(t) for t in texts], found, ("a", "b"))
