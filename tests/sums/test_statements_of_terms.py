"""The language of terms."""

from __future__ import annotations

import pytest

from mingzhang.sums.terms import Cell, Part, TermError, parse_statement, pattern_of


def test_a_cell_on_each_side():
    parsed = parse_statement("summary[in:total].amount = summary[out:total].total")
    assert parsed.left == (Part(1, Cell("summary", "in:total", "amount")),)
    assert parsed.relation == "="
    assert parsed.right == (Part(1, Cell("summary", "out:total", "total")),)
    assert parsed.variables == ()


def test_sums_differences_and_selectors():
    parsed = parse_statement("$table[$row].$column = sum($table[parent=$row].$column) - income[total].carry")
    assert parsed.variables == ("table", "row", "column")
    assert parsed.right == (
        Part(1, Cell("$table", "$row", "$column", "parent", every=True)),
        Part(-1, Cell("income", "total", "carry")),
    )


def test_a_name_without_a_row():
    parsed = parse_statement("department.by_use.total <= text.income_total")
    assert [c.row for c in parsed.cells] == ["by_use.total", "income_total"]
    assert parsed.relation == "<="


def test_a_share():
    parsed = parse_statement("text.a_share = text.a / text.b + text.c")
    assert [p.cell.row for p in parsed.over] == ["b", "c"]


def test_nothing():
    assert parse_statement("summary[out:carry].total = 0").right == ()


def test_row_keys_may_hold_any_name():
    parsed = parse_statement("projects[project:园区监控中心(二级平台)].total = projects[project:*].total")
    assert next(parsed.cells).row == "project:园区监控中心(二级平台)"


@pytest.mark.parametrize(
    ("text", "position", "reason"),
    [
        ("summary[in:total].amount", 25, "expected relation"),
        ("summary[in:total].amount = ", 28, "expected call or cell"),
        ("summary[in:total] = 0", 1, "not a term"),
        ("a[b].c = sum(a[b].c", 20, "expected )"),
        ("a[b].c = 12", 10, "not a term"),
        ("a[b].c = d[e].f g[h].i", 17, "nothing may follow"),
        ("a[b].c = $nobody[b].c", 10, "no variable is called $nobody"),
        ("a[b].c.d = 0", 1, "one column"),
        ("a[b].c <= d.e / f.g", 1, "share"),
        ("a[b].c = 1.5", 10, "not a term"),
    ],
)
def test_what_is_no_statement_is_told_with_its_position(text, position, reason):
    with pytest.raises(TermError, match=r"at character") as caught:
        parse_statement(text)
    assert caught.value.position == position
    assert reason in str(caught.value)


def test_patterns_of_keys():
    assert pattern_of("in:carry_$fund").fullmatch("in:carry_gov_fund")["fund"] == "gov_fund"
    assert pattern_of("out:$class").fullmatch("out:20101") is None
    assert pattern_of("project:*").fullmatch("project:x(1)")
    assert pattern_of("a.b").fullmatch("axb") is None
