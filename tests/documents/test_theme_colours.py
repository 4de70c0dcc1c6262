"""Colours of themes: contrast as WCAG counts it, charts told apart in grey and by those who see fewer colours."""

from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingzhang.documents.colour_vision import DEUTERANOPIA, PROTANOPIA, apart, contrast, lightness
from mingzhang.documents.palette import Palette
from mingzhang.documents.theme_loading import load_theme, theme_names

themes = pytest.mark.parametrize("name", ["", *theme_names()])
ALL = ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0))
"""Who sees every colour."""

colours = st.from_regex(r"#[0-9a-f]{6}", fullmatch=True)


def test_contrast_is_what_the_guideline_says():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
    assert contrast("#123456", "#123456") == 1


@given(one=colours, other=colours)
def test_contrast_has_no_order(one, other):
    assert contrast(one, other) == contrast(other, one) >= 1


@themes
def test_colours_of_charts_are_steps_of_grey(name):
    greys = [lightness(c) for c in load_theme(name).colours.chart]

    assert greys == sorted(greys)
    assert min(b - a for a, b in pairwise(greys)) >= 5


@themes
@pytest.mark.parametrize("matrix", [ALL, DEUTERANOPIA, PROTANOPIA], ids=["all", "deuteranopia", "protanopia"])
def test_everybody_tells_colours_apart(name, matrix):
    for a, b in combinations(load_theme(name).colours.chart, 2):
        assert apart(a, b, matrix) >= 10, (a, b)


@themes
def test_letters_stand_out_from_their_colour(name):
    palette = load_theme(name).palette

    for n, colour in enumerate(palette.colours):
        assert contrast(palette.letters_on(n), colour) >= 4.5, colour


def test_a_colour_comes_again_when_all_are_given_out():
    palette = Palette(("#000000", "#ffffff"), "#111111", "#222222")

    assert [palette.colour(n) for n in range(3)] == ["#000000", "#ffffff", "#000000"]
    assert [palette.letters_on(n) for n in range(2)] == ["#ffffff", "#111111"]
