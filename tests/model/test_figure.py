"""Figures: what is printed is read back digit for digit, and the kinds of nothing stay apart."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingzhang.model.figure import Absence, Figure, blank, number, read_figure, spell
from mingzhang.model.place import Place
from mingzhang.model.units import FEN_PER_UNIT, atoms

DIGITS = st.integers(-(10**15), 10**15)
PLACES = st.integers(0, 6)
UNITS = st.sampled_from([*FEN_PER_UNIT, "%", "个", "平方米"])
FULL_WIDTH = str.maketrans("0123456789,.-", "０１２３４５６７８９，．－")


@given(DIGITS, PLACES, st.booleans(), UNITS)
def test_what_is_spelled_is_read_back(digits, places, grouped, unit):
    printed = spell(digits, places, grouped=grouped)
    figure = read_figure(printed, unit)
    assert (figure.digits, figure.places, figure.unit, figure.printed) == (digits, places, unit, printed)
    assert figure.plain == printed.replace(",", "")


@given(DIGITS, PLACES, st.booleans())
def test_full_width_is_read_as_the_same_number(digits, places, grouped):
    printed = spell(digits, places, grouped=grouped).translate(FULL_WIDTH)
    figure = read_figure(f" {printed} ", "万元")
    assert (figure.digits, figure.places) == (digits, places)
    assert figure.printed == printed


@given(DIGITS, st.integers(0, 2))
def test_the_value_is_the_digits_in_their_unit(digits, places):
    figure = number(digits, "万元", places, grouped=True)
    assert figure.atoms == atoms(digits, places, "万元") == digits * figure.step


@pytest.mark.parametrize(
    ("digits", "places", "grouped", "printed"),
    [
        (761217, 2, True, "7,612.17"),
        (761217, 2, False, "7612.17"),
        (5, 2, True, "0.05"),
        (-5, 2, True, "-0.05"),
        (-100000, 0, True, "-100,000"),
        (0, 2, True, "0.00"),
        (0, 0, True, "0"),
    ],
)
def test_spelling(digits, places, grouped, printed):
    assert spell(digits, places, grouped=grouped) == printed


@pytest.mark.parametrize(
    ("printed", "absence"),
    [
        ("", Absence.BLANK),
        ("   ", Absence.BLANK),
        ("\u3000", Absence.BLANK),
        ("0", Absence.ZERO),
        ("0.00", Absence.ZERO),
        ("０.００", Absence.ZERO),
        ("-", Absence.NOT_APPLICABLE),
        ("—", Absence.NOT_APPLICABLE),
        ("——", Absence.NOT_APPLICABLE),
        ("/", Absence.NOT_APPLICABLE),
        ("0.01", None),
        ("-3", None),
    ],
)
def test_the_kinds_of_nothing_stay_apart(printed, absence):
    figure = read_figure(printed, "万元")
    assert figure.absence is absence
    assert figure.is_number == (absence in {None, Absence.ZERO})


def test_withheld_is_a_kind_of_its_own():
    assert Figure(withheld=True).absence is Absence.WITHHELD
    assert Figure(digits=0, withheld=True).absence is Absence.WITHHELD
    assert blank("万元").absence is Absence.BLANK


@pytest.mark.parametrize("printed", ["", "-", "/"])
def test_what_is_no_number_has_no_value(printed):
    with pytest.raises(ValueError, match="no value"):
        _ = read_figure(printed, "万元").atoms


@pytest.mark.parametrize(
    "text",
    ["合计", "1,23", "1.2.3", "1,2345", "1 234人", "3%", "201|06", ".5", "5.", "--5", "12,345,67", "①", "²", "1e5"],
)
def test_text_is_not_a_figure(text):
    assert read_figure(text, "万元") is None


def test_a_space_inside_a_number_is_a_slip_of_the_print():
    figure = read_figure("1, 234.50", "万元", Place(line=3))
    assert (figure.digits, figure.places, figure.printed, figure.place) == (123450, 2, "1, 234.50", Place(line=3))


@pytest.mark.parametrize(
    ("text", "digits", "unit", "places"),
    [
        ("1,234.50万元", 123450, "万元", 2), ("1234元", 1234, "元", 0), ("￥ 1,234.50", 123450, "万元", 2),
        ("'12.5", 125, "万元", 1), ("(12.50)", -1250, "万元", 2), ("（１２．５０）", -1250, "万元", 2), ("¥-3.0元", -30, "元", 1),
    ],
)  # fmt: skip
def test_amounts_as_people_dress_them(text, digits, unit, places):
    figure = read_figure(text, "万元")
    assert (figure.digits, figure.unit, figure.places, figure.printed) == (digits, unit, places, text)


@pytest.mark.parametrize("text", ["(1)", "（12）", "12人", "元", "¥", "'", "万元", "12.5.1元", "(12.50)元", "2024年"])
def test_what_only_looks_like_a_dressed_amount_is_text(text):
    assert read_figure(text, "万元") is None


def test_a_count_wears_no_unit_of_money():
    assert read_figure("12.5元", "%") is None
