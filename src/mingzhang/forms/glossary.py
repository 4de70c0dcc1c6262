"""The words of the field: the official Chinese name, the identifier used for it, and what it means in English.

Not to be confused with the glossary that a document prints for its readers (`forms.terms`).
"""

from __future__ import annotations

import csv
from functools import cache, lru_cache
from pathlib import Path
from typing import Final

import msgspec

from mingzhang.model.language import language

FILE: Final = Path(__file__).parent / "glossary.csv"
_VARIABLE: Final = ("CODE", "NAME")


class Word(msgspec.Struct, frozen=True):
    """One word: of which kind (`table`, `row`, `column`, `fund`, `statement`, …), its identifier, names and a note.

    `CODE` and `NAME` in an identifier stand for any code or name.
    """

    kind: str
    identifier: str
    name: str
    english: str
    note: str = ""


@cache
def words() -> tuple[Word, ...]:
    """Give the whole glossary in its order."""
    with FILE.open(encoding="utf-8", newline="") as file:
        return tuple(Word(**row) for row in csv.DictReader(file))


@lru_cache(4096)
def word_for(identifier: str, kind: str) -> Word | None:
    """Find the word of a kind for an identifier; `out:201` is found as `out:CODE`."""
    return next((w for w in words() if w.kind == kind and _fits(w.identifier, identifier)), None)


def spoken(identifier: str, kind: str) -> str:
    """Name an identifier for people in their language; itself where the glossary has no word of that kind."""
    word = word_for(identifier, kind) if identifier else None
    if word is None:
        return identifier
    return word.english if language() == "en" else word.name


def _fits(pattern: str, identifier: str) -> bool:
    for variable in _VARIABLE:
        before, found, after = pattern.partition(variable)
        if found:
            middle = identifier.removeprefix(before).removesuffix(after)
            whole = before + middle + after == identifier and middle != ""
            return whole and (variable != "CODE" or middle.isdigit())
    return pattern == identifier
