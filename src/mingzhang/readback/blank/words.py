"""Printed words as a pack spells them, and what they mean where the pack does not say."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final

from mingzhang.forms.classifications import edition
from mingzhang.forms.lexicon import lexicon
from mingzhang.model.keys import folded, tidy
from mingzhang.readback.likeness import bare, filled, unnumbered

if TYPE_CHECKING:
    from mingzhang.forms.pack import Pack, PackTable
    from mingzhang.model.disclosure import Side

UNDECIDED: Final = "todo=undecided"
"""A filter that no fact passes: what is drafted without knowing its money prints nothing until somebody decides."""

_PART_OF: Final = re.compile(r"^其中[:：]?")
_LEFT_OPEN: Final = re.compile(r"(?:(?:20)?[_＿×xX*〇○]{2,}|(?<!\d)20)年|^年(?![初终末中])")


def templated(text: str, year: int | None) -> str:
    """Spell a printed text as a pack does: white space removed, `{year}` and `{last_year}` for the years."""
    plain = _LEFT_OPEN.sub("{year}年", tidy(text))
    if year is None:
        return plain
    return plain.replace(str(year), "{year}").replace(str(year - 1), "{last_year}")


def meaning(text: str) -> str:
    """Give what of a text tells it from others: no years, widths, quotes."""
    return bare(filled(text, None))


def is_same(one: str, other: str) -> bool:
    """Tell whether two texts are one, years left out and widths of brackets apart."""
    return one == other or folded(one) == folded(other) or meaning(one) == meaning(other)


@cache
def columns_meant(word: str) -> frozenset[str]:
    """Give the keys of columns that a head word means anywhere; none for a word nobody knows."""
    plain = meaning(_PART_OF.sub("", word))
    return frozenset(k for k, words in lexicon().columns.items() if plain and plain in {bare(w) for w in words})


def is_text_column(word: str) -> bool:
    """Tell whether a head word is that of a column of words, not of money."""
    return meaning(word) in {bare(w) for w in lexicon().text_columns["words"]}


def side_of(words: tuple[str, ...]) -> Side:
    """Tell under which side of a table of two the words of a head stand; "" where they do not say."""
    for word in words:
        plain = meaning(word)
        if plain.endswith("收入") and "支出" not in plain:
            return "in"
        if plain.endswith("支出") and "收入" not in plain:
            return "out"
    return ""


def rows_meant(label: str, side: str, table: PackTable, pack: Pack) -> frozenset[str]:
    """Give the keys of rows that a label means anywhere on this side of this table; none if nobody knows it."""
    name = unnumbered(filled(label, None))
    kinds = {"in": ("in", "in_carried"), "out": ("out",)}.get(side, (table.id, "total"))
    prefix = f"{side}:" if side else ""
    keys = {
        f"{prefix}{key}"
        for kind in kinds
        for key, words in lexicon().rows.get(kind, {}).items()
        if name in {unnumbered(w) for w in words}
    }
    if side == "out":
        keys |= {f"out:{e.code}" for e in edition(pack.standards).named(name, level=1)}
    return frozenset(keys)
