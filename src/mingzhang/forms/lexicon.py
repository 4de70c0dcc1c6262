"""Words by which any place's disclosure is known where no form pack says it: `lexicon.toml`, loaded once."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Final

import msgspec

SOURCE: Final = Path(__file__).parent / "lexicon.toml"


class Around(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words of the lines that stand around a table's grid; `number_label` is a regular expression."""

    unit_name: tuple[str, ...]
    money_unit: tuple[str, ...]
    office: str
    other: tuple[str, ...]
    note: tuple[str, ...]
    title_ending: tuple[str, ...]
    title_owner: tuple[str, ...]
    number_label: str
    not_a_table: tuple[str, ...]


class Marks(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is not content: words of watermarks, and regular expressions of residues and page numbers.

    `measures` are the characters that stand behind a number as its unit, and are none of a watermark's.
    """

    watermark: tuple[str, ...]
    measures: str
    residue: tuple[str, ...]
    page_number: str


class Lexicon(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All words, by what they mean; keys are those of the contract."""

    tables: dict[str, tuple[str, ...]]
    title_patterns: dict[str, str]
    title_scopes: dict[str, str]
    columns: dict[str, tuple[str, ...]]
    column_endings: dict[str, tuple[str, ...]]
    column_patterns: dict[str, str]
    text_columns: dict[str, tuple[str, ...]]
    filters: dict[str, str]
    endings: dict[str, tuple[str, ...]]
    parts_of_words: dict[str, tuple[str, ...]]
    heads: dict[str, tuple[str, ...]]
    rows: dict[str, dict[str, tuple[str, ...]]]
    around: Around
    units: dict[str, tuple[str, ...]]
    parts: dict[str, tuple[str, ...]]
    contents: dict[str, tuple[str, ...]]
    cover: dict[str, tuple[str, ...]]
    marks: Marks
    scope: dict[str, tuple[str, ...]]
    expected_kinds: dict[str, tuple[str, ...]]
    alike: dict[str, tuple[str, ...]]

    def row_keys(self, *kinds: str) -> dict[str, tuple[str, ...]]:
        """Give the rows of these kinds, key by key, later kinds after earlier ones."""
        return {key: words for kind in kinds for key, words in self.rows.get(kind, {}).items()}


@cache
def lexicon() -> Lexicon:
    """Load the words."""
    return msgspec.convert(tomllib.loads(SOURCE.read_text(encoding="utf-8")), Lexicon)


@cache
def pattern(text: str) -> re.Pattern[str]:
    """Compile a regular expression of the lexicon once."""
    return re.compile(text)
