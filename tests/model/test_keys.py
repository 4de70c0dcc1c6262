"""Keys: white space goes and nothing else; comparison folds widths, brackets and quotes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingzhang.model.keys import code_level, folded, joined_code, numbered, tidy

NAMES = st.text(alphabet='项目支出（）()“”"：:，、①２2 \u3000\t\n', max_size=20)


@given(NAMES)
def test_tidying_and_folding_are_settled_at_once(name):
    assert tidy(tidy(name)) == tidy(name)
    assert folded(folded(name)) == folded(tidy(name)) == folded(name)


@given(NAMES)
def test_tidying_takes_white_space_and_nothing_else(name):
    assert tidy(name) == "".join(c for c in name if not c.isspace())


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("因公出国（境）费", "因公出国(境)费"),
        ("“三公”经费", '"三公"经费'),
        ("２０２４年", "2024 年"),
        ("其中：基本支出", "其中:基本\n支出"),
        ("一、一般公共预算", "一、一般公共 预算"),
    ],
)
def test_spellings_that_are_the_same(one, other):
    assert folded(one) == folded(other)


@pytest.mark.parametrize(("one", "other"), [("其他支出", "其它支出"), ("帐", "账"), ("一般公共预算", "一般公共预箅")])
def test_slips_of_the_pen_stay(one, other):
    assert folded(one) != folded(other)
    assert tidy(other) == other


@given(st.lists(st.sampled_from("abc"), max_size=12))
def test_keys_that_come_again_are_numbered_in_order(keys):
    out = list(numbered(keys))
    assert len(set(out)) == len(out)
    assert [k.split("#")[0] for k in out] == keys
    for key in set(keys):
        ours = [k for k in out if k.split("#")[0] == key]
        assert ours == [key, *(f"{key}#{i}" for i in range(2, len(ours) + 1))]


@pytest.mark.parametrize(
    ("parts", "code"),
    [
        (("2010601",), "2010601"),
        (("201", "06", "01"), "2010601"),
        (("201|06|01",), "2010601"),
        (("201", "", ""), "201"),
        ((" 201 06\n01 ",), "2010601"),
        (("7|11|02",), "71102"),
        (("20106", "1"), "201061"),
    ],
)
def test_codes_are_joined_as_printed_and_never_repaired(parts, code):
    assert joined_code(*parts) == code


@pytest.mark.parametrize(
    ("code", "level"),
    [("201", 1), ("20106", 2), ("2010601", 3), ("20", None), ("201060101", None), ("abc", None), ("", None)],
)
def test_the_level_follows_from_the_length(code, level):
    assert code_level(code) == level
