"""Indicators below heads of more columns than name and value: sign, direction, unit and weight each in its own.

What stands below a word of the head is what the word says; levels printed once hold until the next.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import msgspec

from mingzhang.forms.indicator_values import SIGNS
from mingzhang.forms.performance import Frame, folded_label, indicator
from mingzhang.forms.performance_words import VALUE
from mingzhang.model.keys import tidy
from mingzhang.model.language import gettext as _
from mingzhang.readback.performance_rows import ClassNames, clean

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from mingzhang.model.performance import Indicator
    from mingzhang.readback.performance_labels import Token

_BY_PARENT: Final = 5
_LEVELS: Final = ("level1", "level2", "name", "value")
"""What the words of a frame's head stand for, in order."""


class ColumnHead(msgspec.Struct, frozen=True):
    """What each column of a head is, by its number; `year` says that its values are of one year."""

    columns: dict[int, str]
    year: bool = False

    def role(self, column: int) -> str:
        """Give what a cell is: by the word above it, or above the cell that spans it; "" left of all words."""
        own = max((c for c in self.columns if c <= column), default=-1)
        return self.columns.get(own, "")


def roles_of_words(frame: Frame) -> dict[str, str]:
    """Give what the folded words of a head stand for: a level, the name, the value or what stands beside it."""
    beside = {folded_label(w): key for key, names in frame.columns.items() for w in names}
    return beside | {folded_label(w): _LEVELS[min(n, VALUE)] for n, w in enumerate((*frame.head, *frame.head_names))}


def column_head(tokens: Sequence[Token], frame: Frame) -> ColumnHead | None:
    """Read a head with columns beside names and values; None where it has none, or has two sides."""
    words = roles_of_words(frame)
    found = {t.column: words.get(t.folded, "") for t in tokens}
    roles = [r for r in found.values() if r]
    if not set(roles) & set(frame.columns) or len(set(roles)) < len(roles) or not {"name", "value"} <= set(roles):
        return None
    return ColumnHead(found, any(found[t.column] == "value" and ("年" in t.folded) for t in tokens))


class ColumnReader:
    """Reads rows below such a head, one indicator each."""

    def __init__(self, frame: Frame) -> None:
        """Start before the first row."""
        self._names = ClassNames(frame)
        self._level1 = {folded_label(n): n for n in frame.level1}
        self._of = {c.name: c.level1 for c in frame.classes}
        self._last = ("", "")

    def begin(self) -> None:
        """Forget the levels of the rows before: another form begins."""
        self._last = ("", "")

    def read(self, tokens: Sequence[Token], head: ColumnHead, doubt: str = "") -> Indicator | None:
        """Read a row; None where it has neither name nor value."""
        cells: dict[str, str] = {}
        doubts = [doubt]
        for token in tokens:
            role = head.role(token.column)
            if role in cells and cells[role] != token.text:
                doubts.append(_("有未用上的单元格"))
            elif role:
                cells[role] = token.text
        self._note(cells)
        name, value = clean(cells.get("name", "")), clean(cells.get("value", ""))
        if not name and not value:
            return None
        doubts += [_("未印指标值")] if not value else [_("未印三级指标")] if not name else []
        told = _("；").join(dict.fromkeys(filter(None, doubts)))
        place = tokens[0].place
        one = indicator(self._last[0], self._last[1], name, value, place=place, doubt=told)
        return _with_columns(one, cells)

    def _note(self, cells: Mapping[str, str]) -> None:
        """Take the names of levels that a row prints; a new first level ends the second."""
        level1, level2 = self._last
        first, second = tidy(cells.get("level1", "")), tidy(cells.get("level2", ""))
        if first:
            known = self._level1.get(folded_label(first), first)
            level2 = level2 if known == level1 else ""
            level1 = known
        if second:
            known, surely = self._names.match(folded_label(second))
            known = known if surely > _BY_PARENT else ""
            level2 = known or second
            level1 = level1 if first or not known else self._of[known]
        self._last = (level1, level2)


def _with_columns(one: Indicator, cells: Mapping[str, str]) -> Indicator:
    """Add what columns of their own say: the sign before the number, its unit, direction and weight."""
    sign, unit = tidy(cells.get("sign", "")), tidy(cells.get("unit", ""))
    own = SIGNS.get(sign, "")
    is_number = bool(one.number) and not one.text
    return msgspec.structs.replace(
        one,
        comparator=one.comparator or (own if is_number else ""),
        unit=one.unit or (unit if is_number else ""),
        direction=clean(cells.get("direction", "")),
        weight=clean(cells.get("weight", "")),
    )
