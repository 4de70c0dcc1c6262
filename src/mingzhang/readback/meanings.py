"""What the words of heads mean where no form says it: keys of columns, columns of names, of codes and of other texts."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final

from mingzhang.forms.lexicon import lexicon, pattern
from mingzhang.readback.likeness import bare, shortened, unnumbered

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mingzhang.readback.heads import Stack

_TRAILING: Final = re.compile(r"\([^()]*\)$")
_WHICH: Final = re.compile(r"^.*其中:?(?=.)")
"""What a part is one of: `其中：基本支出`, or `预算数其中：基本支出` in one cell."""
_LONG_ENOUGH: Final = 3


@cache
def keys_of_words() -> Mapping[str, tuple[str, ...]]:
    """Give the keys of every word of columns."""
    out: dict[str, list[str]] = {}
    for key, words in lexicon().columns.items():
        for word in words:
            if word:
                out.setdefault(bare(word), []).append(key)
    return {word: tuple(keys) for word, keys in out.items()}


@cache
def words_of_texts() -> frozenset[str]:
    """Give the words of columns in which neither names nor amounts stand."""
    return frozenset(bare(w) for w in lexicon().text_columns["words"])


@cache
def words_above() -> frozenset[str]:
    """Give the words that only stand above columns."""
    return frozenset(bare(w) for w in lexicon().heads["words"])


@cache
def plain_word(text: str, year: int | None) -> str:
    """Give a head's word without its year, its ordinal and what only says where it belongs."""
    plain = _WHICH.sub("", bare(unnumbered(text), year))
    short = _TRAILING.sub("", plain) or plain
    known = keys_of_words().keys() | words_of_texts()
    found = next((w for w in (plain, short) if w in known), "")
    return found or next((w for w in shortened(short) if w in known), short)


def meanings_of(text: str, year: int | None = None) -> tuple[str, ...]:
    """Give the keys that a word of a head may have, the likeliest first; () where it means nothing."""
    word = plain_word(text, year)
    return keys_of_words().get(word) or by_pattern(word) or _by_ending(word)


@cache
def by_pattern(word: str) -> tuple[str, ...]:
    """Know a column by what its longer word is made of: 预算数比上年执行数增减."""
    patterns = lexicon().column_patterns
    return next(((key,) for key, text in patterns.items() if pattern(f".*{text}").fullmatch(word)), ())


@cache
def _by_ending(word: str) -> tuple[str, ...]:
    """Know a column of names or codes by how its word ends: 支出部门经济分类科目, 政府经济科目编码."""
    words = lexicon().column_endings
    if word in words_of_texts() or len(word) < _LONG_ENOUGH:
        return ()
    if word.endswith(words["code"]):
        return ("code",) if any(w in word for w in words["coded"]) else ()
    return ("label",) if word.endswith(words["label"]) else ()


def is_name(stack: Stack) -> bool:
    """Tell whether a column's word says that names stand in it."""
    return "label" in meanings_of(stack.own)


def is_code(stack: Stack) -> bool:
    """Tell whether a column's word says that codes stand in it."""
    return "code" in meanings_of(stack.own)


def is_word(stack: Stack) -> bool:
    """Tell whether a column's word says that no amounts stand in it."""
    return not stack.own or is_name(stack) or is_code(stack) or plain_word(stack.own, None) in words_of_texts()


def by_part(text: str) -> str:
    """Name a column by the one word of money that stands in a longer one; "" where none does, or several."""
    plain = bare(text)
    if "不含" in plain or "其中" in plain:
        return ""
    found = [key for key, words in lexicon().parts_of_words.items() if any(w in plain for w in words)]
    rest = [k for k in found if k != "carry"]
    if len(found) == 1:
        return found[0]
    return f"carry_{rest[0]}" if len(rest) == 1 else ""
