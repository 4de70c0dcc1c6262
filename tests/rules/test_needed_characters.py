"""What a pattern needs: no text that it is found in is refused, and texts without it are."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingzhang.rules.needed import may_be_found

PATTERNS = (
    r"_{4,}",
    r"(?<![\dA-Za-z])(?:[Xx]{2,}|×{2,}|[Xx]年)(?![\dA-Za-z])",
    r"(?P<mark>[。，])(?P=mark)+",
    r"[^ab]x|y?z",
    r"(?:ab|c(?=d)|(?:ef)?)g",
    r"(?:a|b*)c|[a-z]\d",
    r"(?i:A)b|_",
    r"^a|b$|\.",
)


@given(st.sampled_from(PATTERNS), st.text("abcdefgxyzXB×年_。，1. ", max_size=8))
def test_a_text_in_which_it_is_found__is_never_refused(text_of_pattern, text):
    pattern = re.compile(text_of_pattern)
    if pattern.search(text):
        assert may_be_found(pattern, text)


@pytest.mark.parametrize(
    ("pattern", "text"),
    [(PATTERNS[0], "abc"), (PATTERNS[1], "年×"[:1]), (PATTERNS[2], "ab"), (r"ab+c", "aac"), (r"(?:ab|cd)e", "abd")],
)
def test_a_text_without_what_is_needed__is_refused(pattern, text):
    assert not may_be_found(re.compile(pattern), text)


def test_letters_of_either_case__are_not_refused():
    assert may_be_found(re.compile("a", re.IGNORECASE), "A")
    assert may_be_found(re.compile("(?i:A)b"), "ab")
