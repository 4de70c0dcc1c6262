"""Words of heads by which texts without rulings are divided."""

from __future__ import annotations

from functools import cache

from mingzhang.forms.lexicon import lexicon, pattern
from mingzhang.readback.likeness import bare, shortened


@cache
def is_known(text: str) -> bool:
    """Tell whether a text is a word of heads anywhere."""
    plain = bare(text).rpartition("其中")[2].lstrip(":")
    patterns = lexicon().column_patterns.values()
    return any(w in _known() for w in (plain, *shortened(plain))) or any(
        pattern(f".*{p}").fullmatch(plain) for p in patterns
    )


def is_labelled(text: str) -> bool:
    """Tell whether a text says something behind a colon (`单位：万元`), and is not a word of a head (`其中：基本支出`)."""
    _before, colon, after = text.replace("：", ":").rpartition(":")
    return bool(colon) and not is_known(after)


@cache
def _known() -> frozenset[str]:
    known = lexicon()
    every = (known.columns, known.heads, known.text_columns)
    return frozenset(bare(w) for words in every for names in words.values() for w in names if w)
