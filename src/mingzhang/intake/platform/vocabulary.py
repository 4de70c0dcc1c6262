"""What platforms call their columns and what they write in them, from `vocabulary.toml`."""

from __future__ import annotations

import re
import tomllib
from functools import cache, lru_cache
from pathlib import Path
from typing import Final

import msgspec

from mingzhang.model.keys import folded

_FILE: Final = Path(__file__).with_name("vocabulary.toml")
_UNIT_IN_BRACKETS: Final = re.compile(r"[(\[]?(?:(?:金额)?单位[:]?)?(?P<unit>万元|元)[)\]]")
_STATED: Final = re.compile(r"(?:金额)?单位[:]?(?:人民币)?[(]?(?P<unit>万元|元)[)]?")
_NUMBERED: Final = re.compile(r"^[(\[]?[0-9A-Za-z.]{1,12}[)\]]?[-_.、:\s]*(?=[^\s0-9A-Za-z])")

TEXTS: Final = ("overview", "basis", "necessity", "safeguards", "plan", "period_goal", "annual_goal")
"""Fields of an export that are words of a project, not of a line."""


class Headings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How one field is headed: patterns that say it, and weak ones that say it only where nothing else does."""

    strong: tuple[str, ...]
    weak: tuple[str, ...] = ()


class Neutral(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Headings that say nothing of an amount column."""

    headings: tuple[str, ...]


class Vocabulary(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The whole file."""

    totals: str
    heading: dict[str, Headings]
    neutral: Neutral
    words: dict[str, dict[str, tuple[str, ...]]]


@cache
def vocabulary() -> Vocabulary:
    """Read the shipped vocabulary."""
    return msgspec.convert(tomllib.loads(_FILE.read_text(encoding="utf-8")), Vocabulary)


@cache
def _meanings(field: str) -> dict[str, str]:
    return {folded(w): meaning for meaning, words in vocabulary().words.get(field, {}).items() for w in words}


def meaning(field: str, printed: str, own: dict[str, str] | None = None) -> str | None:
    """Say what a printed word of a field means, a number before it aside; None if nobody knows it.

    `own` are words of a profile; they go before ours. A meaning may have a second part: `unit_funds/business`.
    """
    mine = {folded(k): v for k, v in (own or {}).items()}
    text = folded(printed)
    for spelled in (text, folded(_NUMBERED.sub("", text))):
        if spelled in mine:
            return mine[spelled]
        if spelled in _meanings(field):
            return _meanings(field)[spelled]
    return text if text in vocabulary().words.get(field, {}) else None


def words_of(field: str) -> tuple[str, ...]:
    """List the first word of each meaning of a field, to show what may be written."""
    return tuple(words[0] for words in vocabulary().words.get(field, {}).values())


def heading_text(raw: object) -> str:
    """Fold a heading cell for comparing: no white space, no unit in brackets, no leading stars."""
    return _UNIT_IN_BRACKETS.sub("", folded(str(raw))).strip("*:：")


def unit_stated(raw: object) -> str:
    """Find the unit of money that a title or heading states; blank if it states none."""
    text = folded(str(raw))
    found = _UNIT_IN_BRACKETS.search(text) or _STATED.search(text)
    return found["unit"] if found else ""


@cache
def _total_pattern() -> re.Pattern[str]:
    return re.compile(rf"(?P<of>.{{0,60}}?)[\s:：\-—_(（\[]*{vocabulary().totals}[)）\]:：\s]*")


@lru_cache(maxsize=4096)
def total_of(text: str) -> str | None:
    """Give what a total is of (`示例局小计` → `示例局`); None if the text does not end in a word for a total."""
    found = _total_pattern().fullmatch(folded(text))
    return None if found is None else found["of"].strip("-—_:")
