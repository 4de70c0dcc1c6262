"""Words of heads by which texts without rulings are divided."""

from __future__ import annotations

from functools import cache

from mingzhang.readback.likeness import bare, shortened
from mingzhang.readback.meanings import by_pattern, keys_of_words, words_above, words_of_texts


@cache
def is_known(text: str) -> bool:
    """Tell whether a text is a word of heads anywhere."""
    plain = bare(text).rpartition("其中")[2].lstrip(":")
    return any(w in _known() for w in (plain, *shortened(plain))) or bool(by_pattern(plain))


def is_labelled(text: str) -> bool:
    """Tell whether a text says something behind a colon (`单位：万元`), and is not a word of a head (`其中：基本支出`)."""
    _before, colon, after = text.replace("：", ":").rpartition(":")
    return bool(colon) and not is_known(after)


@cache
def _known() -> frozenset[str]:
    return words_above() | words_of_texts() | keys_of_words().keys()
