"""Keys of rows that a form prints by name: through renames, ordinals and slips of OCR."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final

import msgspec

from mingzhang.forms.classifications import edition
from mingzhang.forms.lexicon import lexicon
from mingzhang.model.keys import folded, tidy
from mingzhang.model.language import gettext as _
from mingzhang.readback.likeness import han_ordinal, likeness, shortened, unnumbered

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from mingzhang.forms.pack import PackRows, PackTable

_NUMBER_BEFORE: Final = re.compile(r"[一二三四五六七八九十]{1,3}")
_ALIKE: Final = 0.72
_MARGIN: Final = 0.08
_ALIKE_WITH_ORDINAL: Final = 0.5


class KnownRow(msgspec.Struct, frozen=True):
    """One row a form prints: its key, its names without ordinals, and its ordinal."""

    key: str
    names: frozenset[str]
    ordinal: int | None = None


class Match(msgspec.Struct, frozen=True):
    """The key found for a label, and why it is not sure."""

    key: str
    doubt: str = ""


class NameBook:
    """The rows of one side of a table, found by printed label in the order of print."""

    def __init__(self, table: PackTable, side: str, standards: str, *, own_form: bool = True) -> None:
        """Gather the form's own rows, the lexicon's, and on the spending side the classification's classes.

        In a document that is not of the table's `own_form` an ordinal says nothing: likeness alone has to do.
        """
        self.side = side
        self._own_form = own_form
        self._standards = standards
        self._rows = known_rows(table, side)
        self._last = -1
        self._used: set[str] = set()
        self._carried = False

    def match(self, label: str, *, all_in_order: bool = False) -> Match | None:
        """Find the row a label names, looking onward from the last one found; None if no row is called so.

        `all_in_order` says that the print numbers as many rows as the form has: then an ordinal is enough.
        """
        name = unnumbered(label)
        if not name:
            return None
        found = self._exact(name)
        if found is not None:
            return self._take(found)
        key = self._general(name)
        if key:
            return self._take(Match(key))
        plain = _asides().sub("", name)
        if plain and plain != name and (found := self.match(plain)) is not None:
            return found
        if (rest := _without_lost_stop(name)) and (found := self._exact(rest)) is not None:
            return self._take(found)
        near = self._near(label, name, all_in_order=all_in_order)
        return None if near is None else self._take(near)

    def _take(self, match: Match) -> Match:
        self._used.add(match.key)
        self._carried = self._carried or match.key == "in:carry"
        for i, row in enumerate(self._rows):
            if row.key == match.key:
                self._last = max(self._last, i)
        return match

    def _exact(self, name: str) -> Match | None:
        rows = [(i, r) for i, r in enumerate(self._rows) if name in r.names]
        if not rows:
            return None
        onward = [r for i, r in rows if i > self._last and r.key not in self._used]
        unused = [r for _key, r in rows if r.key not in self._used]
        if not unused:
            return Match(rows[0][1].key, _("同名的行再次出现"))
        return Match((onward or unused)[0].key)

    def _general(self, name: str) -> str:
        """Find a key by the lexicon, or a class of spending by the classification."""
        kinds = {"in": ("in_carried", "in") if self._carried else ("in",), "out": ("out",), "": ("three_public",)}
        for kind in kinds.get(self.side, ()):
            for key, words in lexicon().rows.get(kind, {}).items():
                if name in _spelled(words):
                    return f"{self.side}:{key}" if self.side else key
        for kind in kinds["in"] if self.side == "in" else ():
            for key, words in lexicon().rows.get(kind, {}).items():
                if set(shortened(name)) & _spelled(words):
                    return f"in:{key}"
        if self.side == "out":
            entry = next(iter(edition(self._standards).named(name, level=1)), None)
            return "" if entry is None else f"out:{entry.code}"
        return ""

    def _near(self, label: str, name: str, *, all_in_order: bool) -> Match | None:
        ordinal = han_ordinal(label) if self._own_form else None
        free = [r for r in self._rows if r.key not in self._used]
        ranked = sorted(((max(likeness(name, n) for n in r.names), r.key, r) for r in free), reverse=True)
        for like, _order, row in ranked:
            if ordinal is not None and row.ordinal == ordinal and (like >= _ALIKE_WITH_ORDINAL or all_in_order):
                return Match(row.key, _("行名“{label}”与表样不同，按序号和相近程度认定").format(label=tidy(label)))
        if not ranked:
            return None
        best = ranked[0]
        second = ranked[1][0] if len(ranked) > 1 else 0.0
        if best[0] >= _ALIKE and best[0] - second >= _MARGIN:
            return Match(best[2].key, _("行名“{label}”与表样不同，按相近程度认定").format(label=tidy(label)))
        return None


def _without_lost_stop(name: str) -> str:
    """Give a name without the number before it whose stop was lost: 二十三灾害… and 一一般公共…; "" if none stands there.

    The longest number is taken off that leaves a name; where that begins with a number itself, 一般, one character less.
    """
    found = _NUMBER_BEFORE.match(name)
    if found is None:
        return ""
    end = found.end() - (name[found.end() - 1 : found.end() + 1] == "一般")
    return name[end:] if end else ""


@cache
def _asides() -> re.Pattern[str]:
    return re.compile(rf"\((?:{'|'.join(lexicon().endings['aside'])})\)$")


@cache
def _spelled(words: tuple[str, ...]) -> frozenset[str]:
    return frozenset(unnumbered(w) for w in words)


def known_rows(table: PackTable, side: str) -> tuple[KnownRow, ...]:
    """List the rows that the form always prints on one side."""
    return tuple(
        KnownRow(r.key, frozenset(unnumbered(n) for n in (r.label, *r.names)), han_ordinal(r.label))
        for rows in table.rows
        if rows.side == side
        for r in sorted(rows.fixed, key=lambda f: f.line)
    )


def lists_by_name(table: PackTable, rows: PackRows) -> bool:
    """Tell whether one side of a table of two lists what occurs by its name, without a column of codes."""
    coded = any(c.kind == "code" and c.side == rows.side for c in table.columns)
    return bool(rows.side) and rows.source == "functions" and not coded


def names_of_side(table: PackTable, side: str, standards: str) -> frozenset[str]:
    """Give every label known for one side of a table of two, without ordinals."""
    own = {n for r in known_rows(table, side) for n in r.names}
    if any(lists_by_name(table, r) for r in table.rows if r.side == side):
        own |= {unnumbered(e.name) for e in edition(standards).classes()}
    kinds = ("in", "in_carried") if side == "in" else ("out",)
    return frozenset(own | {n for w in lexicon().row_keys(*kinds).values() for n in _spelled(w)})


def numbers_all(labels: Iterable[str], rows: Sequence[KnownRow]) -> bool:
    """Tell whether the printed ordinals run from one on, as many as the form has."""
    printed = [n for label in labels if (n := han_ordinal(label)) is not None]
    wanted = [r.ordinal for r in rows if r.ordinal is not None]
    return bool(wanted) and printed == wanted


def is_total(text: str) -> bool:
    """Tell whether a text is the word of a total row: 合计, 部门合计."""
    return folded(text) in lexicon().rows["total"]["total"]
