"""What a pattern needs: no text that it is found in is refused, and texts without it are."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingzhang.rules.needed import looks_beyond, may_be_found

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


BESIDE = (
    *PATTERNS,
    r"(?<!\d[^\d年])\*",
    r"(?<!\d[^\d年\0])\*",
    r"(?<![^\0])a+(?![^\0])",
    r"(?<!\D)a",
    r"1(?!.)",
    r"1(?!\s*\W)",
    r"a(?=[，\0]|$)",
    r"a(?=，|$)",
    r"\A1|b\Z",
    r"(?>[^a]*)，",
    r"1[^a]*a",
    r"\ba\B",
)
TEXTS = st.text("ab1*，年 ", max_size=4)


@given(st.sampled_from(BESIDE), TEXTS, TEXTS, TEXTS)
def test_what_no_other_text_may_keep_from_being_found__is_found_beside_others(text_of_pattern, before, text, behind):
    pattern = re.compile(text_of_pattern)
    start, end = len(before) + 1, len(before) + 1 + len(text)
    if pattern.search(text) and not looks_beyond(pattern):
        found = list(pattern.finditer(f"{before}\0{text}\0{behind}"))
        assert any("\0" in m[0] or start <= m.start() <= m.end() <= end for m in found)


@pytest.mark.parametrize("pattern", [p for n, p in enumerate(BESIDE) if n in {7, 8, 11, 12, 13, 15, 16, 17}])
def test_ends_of_texts_and_what_must_not_be_beside__look_beyond(pattern):
    assert looks_beyond(re.compile(pattern))


@pytest.mark.parametrize("pattern", [p for n, p in enumerate(BESIDE) if n in {1, 2, 3, 9, 10, 14, 18, 19}])
def test_most_patterns_do_not_look_beyond(pattern):
    assert not looks_beyond(re.compile(pattern))
