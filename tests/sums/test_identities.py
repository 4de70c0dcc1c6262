"""Statements made concrete, and judged."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingzhang.model.figure import Figure, blank, read_figure
from mingzhang.model.units import atoms
from mingzhang.sums.concrete import concrete
from mingzhang.sums.identities import Identity, Operand, judge, width
from mingzhang.sums.sheets import CellRef, Gap, Sheet, SheetRow
from mingzhang.sums.terms import parse_statement


def sheet(name, rows, *, columns="total", parents=(), grows=False, known=(), unit="万元"):
    """Make a sheet of `key: figures` lines; a figure may bring its own unit."""
    names = columns.split()
    cells = {}
    for key, texts in rows.items():
        for column, text in zip(names, texts.split(), strict=True):
            digits, _, own = text.partition("|")
            cells[key, column] = read_figure("" if digits == "." else digits, own or unit)
    kept = {k: SheetRow(k, dict(parents).get(k, "")) for k in rows}
    return Sheet.of(name, kept, cells, tuple(names), unit, grows=grows, known=frozenset(known))


def verdicts(text, *sheets, additive=False, tables=()):
    known = {s.id: s for s in sheets}
    return [judge(i, known, additive=additive) for i in concrete(parse_statement(text), known, tables)]


def outcome(text, *sheets, additive=False):
    (verdict,) = verdicts(text, *sheets, additive=additive)
    return verdict.outcome


def test_equal_to_the_last_digit():
    a = sheet("a", {"x": "1.10", "y": "2.20", "z": "3.30"})
    assert outcome("a[z].total = a[x].total + a[y].total", a) == "holds"


@pytest.mark.parametrize(
    ("total", "unknown", "additive"),
    [("3.30", "holds", "holds"), ("3.31", "rounding", "violated"), ("3.32", "violated", "violated")],
)
def test_a_tail_is_a_hint_unless_the_document_says_that_it_adds_up(total, unknown, additive):
    a = sheet("a", {"x": "1.10", "y": "2.20", "z": total})
    text = "a[z].total = a[x].total + a[y].total"
    assert outcome(text, a) == unknown
    assert outcome(text, a, additive=True) == additive


def test_figures_to_the_fen_are_exact():
    a = sheet("a", {"x": "1.10", "y": "1.11"}, unit="元")
    assert outcome("a[x].total = a[y].total", a) == "violated"


@pytest.mark.parametrize(
    ("wan", "yuan", "unknown", "additive"),
    [
        ("1321.82", "13218200.00", "holds", "holds"),
        ("1321.82", "13218249.99", "holds", "holds"),
        ("1321.82", "13218250.00", "holds", "holds"),
        ("1321.82", "13218250.01", "violated", "holds"),
        ("1321.82", "13218299.99", "violated", "holds"),
        ("1321.82", "13218300.00", "violated", "violated"),
    ],
)
def test_yuan_against_ten_thousand_yuan(wan, yuan, unknown, additive):
    a = sheet("a", {"x": f"{wan}|万元", "y": f"{yuan}|元"})
    assert outcome("a[x].total = a[y].total", a) == unknown
    assert outcome("a[x].total = a[y].total", a, additive=True) == additive


def test_three_places_and_hundreds_of_millions():
    a = sheet("a", {"x": "8425.664|万元", "y": "1.924|万元", "z": "8423.74|万元", "w": "0.84|亿元"})
    assert outcome("a[x].total = a[y].total + a[z].total", a) == "holds"
    assert outcome("a[w].total = a[x].total", a) == "holds"


def test_counts_are_exact():
    a = sheet("a", {"x": "36", "y": "21", "z": "0"}, unit="人")
    assert outcome("a[x].total = a[y].total + a[z].total", a) == "violated"
    assert width(read_figure("36", "人")) == 0
    assert width(read_figure("0.32", "%")) > 0
    assert width(blank("万元")) == 0


@pytest.mark.parametrize(
    ("share", "part", "whole", "expected"),
    [
        ("16.24", "21050.00", "129589.59", "holds"),
        ("0.04", "57.65", "129589.59", "holds"),
        ("16.25", "21050.00", "129589.59", "violated"),
        ("100", "6365.00", "6365.00", "holds"),
        ("0", "0", "0.00", "holds"),
        ("33.34", "0.01", "0.03", "rounding"),
        ("50.00", "1.00", "0.00", "undecided"),
    ],
)
def test_shares_in_whole_numbers(share, part, whole, expected):
    a = sheet("a", {"s": f"{share}|%", "p": part, "w": whole})
    assert outcome("a[s].total = a[p].total / a[w].total", a) == expected


def test_a_share_says_what_it_should_be():
    a = sheet("a", {"s": "17.00|%", "p": "21050.00", "w": "129589.59"})
    (verdict,) = verdicts("a[s].total = a[p].total / a[w].total", a)
    assert verdict.right == atoms(1624, 2, "%")


def test_blank_counts_as_nothing_unless_all_is_blank():
    a = sheet("a", {"x": ".", "y": "2.00", "z": "2.00", "u": ".", "v": "-"})
    assert outcome("a[z].total = a[x].total + a[y].total", a) == "holds"
    assert outcome("a[u].total = a[x].total + a[v].total", a) == "nothing"
    assert outcome("a[u].total = a[x].total + a[y].total", a) == "violated"


def test_withheld_is_undecided():
    a = sheet("a", {"x": "1.00", "y": "2.00"})
    a = a.with_figure("x", "total", Figure(None, withheld=True))
    (verdict,) = verdicts("a[x].total = a[y].total", a)
    assert (verdict.outcome, verdict.withheld, verdict.gap) == ("undecided", True, CellRef("a", "x", "total"))


def test_inequalities():
    a = sheet("a", {"x": "1.00", "y": "1.01", "z": "1.02"})
    assert outcome("a[x].total <= a[y].total", a) == "holds"
    assert outcome("a[x].total >= a[y].total", a) == "rounding"
    assert outcome("a[x].total >= a[z].total", a) == "violated"


def test_a_row_that_should_be_printed_is_missing():
    a = sheet("a", {"x": "1.00"}, known=("total",))
    (verdict,) = verdicts("a[total].total = a[x].total", a)
    assert (verdict.outcome, verdict.gap) == ("undecided", CellRef("a", "total", "total"))


def test_a_row_that_the_form_does_not_have_is_left_out():
    a = sheet("a", {"x": "3.00", "y": "1.00", "z": "2.00"})
    assert outcome("a[x].total = a[y].total + a[z].total + a[nobody].total", a) == "holds"
    assert verdicts("a[x].total = a[nobody].total", a) == []
    assert verdicts("a[x].total = a[y].total + a[nobody].total", a) == []
    assert verdicts("a[x].total = elsewhere[y].total", a) == []


def test_codes_that_are_not_printed_have_nothing_where_others_so_long_are():
    a = sheet("a", {"total": "3.00", "201": "3.00"}, grows=True)
    assert a.look("202", "total") == blank("万元")
    assert a.look("20201", "total") is Gap.MISSING
    assert sheet("e", {"total": "."}, grows=True).look("20201", "total") == blank("万元")
    assert sheet("e", {}, grows=True).look("20201", "total") is Gap.MISSING


def test_trees_only_where_there_are_children():
    parents = {"201": "total", "20101": "201", "20102": "201", "202": "total"}
    a = sheet("a", {"total": "5.00", "201": "3.00", "20101": "1.00", "20102": "1.00", "202": "2.00"}, parents=parents)
    found = verdicts("$table[$row].$column = sum($table[parent=$row].$column)", a, tables=("a",))
    assert [(v.identity.left[0].ref.row, v.outcome) for v in found] == [("total", "holds"), ("201", "violated")]


def test_variables_stand_for_what_occurs():
    a = sheet("a", {"201": "1.00", "202": "2.00", "total": "3.00"}, grows=True)
    b = sheet("b", {"201": "1.00", "203": "4.00"}, grows=True)
    fixed = sheet("f", {"out:201": "1.00", "out:202": ".", "out:total": "3.00"})
    found = verdicts("a[$code].total = b[$code].total", a, b)
    assert [(v.identity.left[0].ref.row, v.outcome) for v in found] == [
        ("201", "holds"), ("202", "violated"), ("203", "violated"),
    ]  # fmt: skip
    found = verdicts("a[$class].total = f[out:$class].total", a, fixed)
    assert [(v.identity.left[0].ref.row, v.outcome) for v in found] == [("201", "holds"), ("202", "violated")]


def test_a_variable_may_be_a_row_here_and_a_column_there():
    a = sheet("a", {"total": "1.00 2.00 9.00"}, columns="general gov_fund carry", grows=True)
    b = sheet("b", {"in:general": "1.00", "in:gov_fund": "3.00", "in:unit_funds": "5.00"}, columns="amount")
    found = verdicts("a[total].$fund = b[in:$fund].amount", a, b)
    assert [(v.identity.left[0].ref.column, v.outcome) for v in found] == [
        ("general", "holds"),
        ("gov_fund", "violated"),
    ]


@given(st.lists(st.integers(-(10**9), 10**9), min_size=1, max_size=12))
def test_sums_of_figures_rounded_one_by_one_are_never_violated(fen):
    """True amounts in fen, printed in 万元 with two places, each by itself: a sum may miss, but never by too much."""
    rows = {str(i): Figure(_half_up(x), "万元", 2) for i, x in enumerate(fen)}
    rows["total"] = Figure(_half_up(sum(fen)), "万元", 2)
    made = Sheet.of("a", {k: SheetRow(k) for k in rows}, {(k, ""): v for k, v in rows.items()})
    parts = tuple(Operand(1, CellRef("a", str(i))) for i in range(len(fen)))
    verdict = judge(Identity((Operand(1, CellRef("a", "total")),), "=", parts), {"a": made})
    assert verdict.outcome in {"holds", "rounding"}


def _half_up(fen: int) -> int:
    return (abs(fen) + 5000) // 10_000 * (1 if fen >= 0 else -1)
