"""The columns of rows that only blanks divide: what stands above one another, never two texts of one row."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import msgspec

from mingzhang.readback.names import is_total
from mingzhang.readback.spaced_texts import Text

if TYPE_CHECKING:
    from collections.abc import Sequence

_FIRST: Final = re.compile(r"\d{3}")
_NEXT: Final = re.compile(r"\d{2}")
_SEVERAL: Final = 2
_NEAR: Final = 4


class Column(msgspec.Struct):
    """One column while it is found: from where to where its texts reach, the texts, and whether its word is in doubt."""

    left: int
    right: int
    members: list[Text]
    unsure: bool = False

    @property
    def lines(self) -> set[int]:
        """Give the lines that have a text in it."""
        return {m.line for m in self.members}

    @property
    def figures(self) -> int:
        """Count its figures."""
        return sum(m.is_figure for m in self.members)

    @property
    def of_figures(self) -> bool:
        """Tell whether figures stand in it rather than words."""
        return 2 * self.figures > len(self.members)

    def add(self, text: Text) -> None:
        """Take a text."""
        self.members.append(text)
        self.left, self.right = min(self.left, text.left), max(self.right, text.right)

    def gap(self, other: Column) -> int:
        """Measure how far it stands from another column; less than 0 where they overlap."""
        return max(self.left - other.right, other.left - self.right)

    def shared(self, text: Text) -> int:
        """Measure how much of a text stands in it."""
        return min(self.right, text.right) - max(self.left, text.left)


class Columns(msgspec.Struct):
    """Columns from the left, and how much speaks against them."""

    found: list[Column]
    against: int = 0

    def at(self, text: Text) -> int:
        """Give the column that a text stands in."""
        return next(n for n, c in enumerate(self.found) if any(m is text for m in c.members))


def columns_of(lines: Sequence[Sequence[Text]]) -> Columns:
    """Find the columns that rows show: texts that overlap make one, unless a row has two of them."""
    columns = Columns([])
    for text in sorted(
        (t for line in lines for t in line), key=lambda t: (t.is_mark, t.right - t.left, t.line, t.left)
    ):
        _take(columns, text)
    _gather_marks(columns)
    columns.found.sort(key=lambda c: (c.left + c.right, c.left))
    _gather_totals(columns)
    _order_codes(columns)
    columns.against += sum(_ragged(c) for c in columns.found)
    return columns


def _take(columns: Columns, text: Text) -> None:
    over = [c for c in columns.found if c.shared(text) > 0]
    free = [c for c in over if text.line not in c.lines]
    if not over:
        columns.found.append(Column(text.left, text.right, [text]))
    elif not free:
        columns.against += 1
        _divide(columns, max(over, key=lambda c: c.shared(text)), text)
    elif len(over) == 1:
        free[0].add(text)
    elif len(free) == len(over) and _are_one(over, text):
        for other in over[1:]:
            for member in other.members:
                over[0].add(member)
        columns.found[:] = [c for c in columns.found if not any(c is o for o in over[1:])]
        over[0].add(text)
    else:
        columns.against += 1
        best = max(free, key=lambda c: (c.of_figures == text.is_figure, c.shared(text)))
        _widen(columns, best, text)


def _widen(columns: Columns, column: Column, text: Text) -> None:
    """Let a column take a text and reach as far as it does, but not into others."""
    left = max((c.right for c in columns.found if c is not column and c.left < column.left), default=text.left)
    right = min((c.left for c in columns.found if c is not column and c.right > column.right), default=text.right)
    column.members.append(text)
    column.left, column.right = min(column.left, max(left, text.left)), max(column.right, min(right, text.right))


def _are_one(over: Sequence[Column], text: Text) -> bool:
    """Tell whether columns that one text overlaps are one: no row has a text in two of them, nor do they hold figures each."""
    lines = [c.lines for c in over]
    if len(set().union(*lines)) < sum(map(len, lines)):
        return False
    return text.is_figure or sum(c.figures >= _SEVERAL for c in over) < _SEVERAL


def _gather_marks(columns: Columns) -> None:
    """Put marks of no amount that stand a little beside the amounts of a column into it."""
    for alone in [c for c in columns.found if all(m.is_mark for m in c.members)]:
        near = [c for c in columns.found if c is not alone and c.gap(alone) <= _NEAR and not c.lines & alone.lines]
        near = [c for c in near if c.of_figures and not all(m.is_mark for m in c.members)]
        if len(near) == 1:
            columns.found[:] = [c for c in columns.found if c is not alone]
            for member in alone.members:
                near[0].add(member)


def _gather_totals(columns: Columns) -> None:
    """Put words of totals, which often stand in the middle, into the column of names beside them."""
    for alone in [c for c in columns.found if all(is_total(m.text) for m in c.members)]:
        at = next(n for n, c in enumerate(columns.found) if c is alone)
        beside = [c for c in columns.found[max(at - 1, 0) : at + 2] if c is not alone and not c.of_figures]
        home = next((c for c in beside if not c.lines & alone.lines), None)
        if home is not None:
            del columns.found[at]
            for member in alone.members:
                home.add(member)


def _order_codes(columns: Columns) -> None:
    """Put the parts of codes into as many columns as a row has at most: a code's parts follow one another from the left."""
    begin = next((n for n, c in enumerate(columns.found) if _all(_FIRST, c)), len(columns.found))
    end = begin + 1
    while end < len(columns.found) and _all(_NEXT, columns.found[end]):
        end += 1
    run = columns.found[begin:end]
    rows: dict[int, list[Text]] = {}
    for member in sorted((m for c in run for m in c.members), key=lambda m: m.left):
        rows.setdefault(member.line, []).append(member)
    most = max(map(len, rows.values()), default=0)
    if len(run) <= most or not all(_FIRST.fullmatch(parts[0].text) for parts in rows.values()):
        return
    parts = [[row[n] for row in rows.values() if len(row) > n] for n in range(most)]
    columns.found[begin:end] = [Column(min(m.left for m in p), max(m.right for m in p), p) for p in parts]


def _all(pattern: re.Pattern[str], column: Column) -> bool:
    return all(pattern.fullmatch(m.text) for m in column.members)


def _divide(columns: Columns, column: Column, text: Text) -> None:
    """Divide a column in which a row has two texts, at the room between these."""
    other = next(m for m in column.members if m.line == text.line)
    cut = (other.right + text.left) if text.left >= other.right else (text.right + other.left)
    left = [m for m in (*column.members, text) if m.middle <= cut]
    right = [m for m in (*column.members, text) if m.middle > cut]
    columns.found[:] = [c for c in columns.found if c is not column]
    for members in (left, right):
        columns.found.append(Column(min(m.left for m in members), max(m.right for m in members), members))


def _ragged(column: Column) -> int:
    """Measure how far the amounts of a column are from one edge, at the side at which they are laid."""
    amounts = [m for m in column.members if m.is_amount]
    return min(_deviation([m.right for m in amounts]), _deviation([m.left for m in amounts])) // _SEVERAL


def _deviation(places: list[int]) -> int:
    middle = sorted(places)[len(places) // 2] if places else 0
    return sum(abs(p - middle) for p in places)


def at_right(columns: Sequence[Column]) -> bool:
    """Tell whether the amounts of a table stand at the right of their columns rather than at the left."""
    edges = [({m.left for m in c.members if m.is_amount}, {m.right for m in c.members if m.is_amount}) for c in columns]
    return sum(len(e[0]) for e in edges) >= sum(len(e[1]) for e in edges)
