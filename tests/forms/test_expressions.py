"""Where a slot's value comes from: the small language and its exact arithmetic."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingzhang.forms.expressions import Cell, Named, at_class, evaluate, exact, parse_expression, parts_of, written


class Sheet:
    """Cells, slots, last year's figures and values of a book, by their spelling."""

    def __init__(self, **values):
        self.values = values

    def cell(self, cell):
        return self.values.get("cells", {}).get((cell.table, cell.row, cell.column))

    def count(self, cell):
        return self.values.get("counts", {}).get(cell.table)

    def named(self, name):
        return self.values.get(name.source, {}).get(name.name)


def value(text, **values):
    return evaluate(parse_expression(text), Sheet(**values))


def test_each_kind_of_part():
    cells = {("summary", "in:total", "amount"): Fraction(500)}
    assert value("summary[in:total].amount", cells=cells) == 500
    assert value("income_total", slot={"income_total": Fraction(7)}) == 7
    assert value("last.income_total", last={"income_total": Fraction(8)}) == 8
    assert value("book.procurement.goods", book={"procurement.goods": Fraction(9)}) == 9
    assert value("count(projects[project:*].total)", counts={"projects": 3}) == 3
    assert value("50") == 50


def test_sums_ratios_and_differences():
    slots = {"a": Fraction(6), "b": Fraction(4), "c": Fraction(0)}
    assert value("a + b - c", slot=slots) == 10
    assert value("b / a", slot=slots) == Fraction(2, 3)
    assert value("abs(b - a)", slot=slots) == 2
    assert value("abs(b - a) / a", slot=slots) == Fraction(1, 3)


def test_what_is_missing_is_not_nothing():
    assert value("a + b", slot={"a": Fraction(6)}) is None
    assert value("a - last.a", slot={"a": Fraction(6)}) is None
    assert value("count(projects[project:*].total)") is None


def test_no_percentage_on_a_base_of_nothing():
    assert value("a / b", slot={"a": Fraction(6), "b": Fraction(0)}) is None
    assert value("a / b", slot={"a": Fraction(0), "b": Fraction(0)}) == 0


def test_a_class_stands_in_for_its_sign():
    tree = at_class(parse_expression("general_exp_@ / general_spending[@].total"), "205")
    assert list(parts_of(tree)) == [Named("slot", "general_exp_205"), Cell("general_spending", "205", "total")]


@pytest.mark.parametrize("text", ["", "a +", "a b", "abs(a", "sum(a)", "a // b", "表[行].列"])
def test_what_is_no_expression_is_refused(text):
    with pytest.raises(ValueError, match=r"expression|unexpected"):
        parse_expression(text)


@pytest.mark.parametrize(
    ("fen", "unit", "places", "digits"),
    [
        (12_345_678, "万元", 2, 1235), (12_345_000, "万元", 2, 1235), (12_344_999, "万元", 2, 1234), (5, "万元", 2, 0),
        (12_345_678, "元", 2, 12_345_678), (-12_345_000, "万元", 2, -1235), (3, "个", 0, 3),
    ],
)  # fmt: skip
def test_rounding_is_half_up_in_whole_numbers(fen, unit, places, digits):
    assert written(Fraction(fen), unit, places) == digits


def test_a_ratio_is_printed_in_per_cent():
    assert written(Fraction(1, 3), "%", 2) == 3333
    assert written(Fraction(1, 800), "%", 2) == 13
    assert exact(3333, "%", 2) == Fraction(3333, 10_000)


@given(st.integers(-(10**15), 10**15), st.sampled_from(["元", "万元", "亿元", "%", "个"]), st.integers(0, 4))
def test_printed_digits_stand_for_themselves(digits, unit, places):
    assert written(exact(digits, unit, places), unit, places) == digits
