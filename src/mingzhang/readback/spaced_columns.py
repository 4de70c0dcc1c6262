"""The columns of rows that only blanks divide: what stands above one another, never two texts of one row."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import msgspec

from mingzhang.readback.spaced_texts import Text

if TYPE_CHECKING:
    from collections.abc import Sequence

_SEVERAL: Final = 2


class Column(msgspec.Struct):
    """One column while it is found: from where to where its texts reach, and the texts."""

    left: int
    right: int
    members: list[Text]

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

    @property
    def at_right(self) -> bool:
        """Tell whether its texts stand at the right: amounts do unless their left edges show otherwise."""
        if not self.of_figures:
            return False
        edges = len({m.left for m in self.members}), len({m.right for m in self.members})
        return edges[0] > edges[1] or (edges[0] == edges[1] and not all(m.is_code for m in self.members))

    def add(self, text: Text) -> None:
        """Take a text."""
        self.members.append(text)
        self.left, self.right = min(self.left, text.left), max(self.right, text.right)

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
    for text in sorted((t for line in lines for t in line), key=lambda t: (t.right - t.left, t.line, t.left)):
        _take(columns, text)
    columns.found.sort(key=lambda c: (c.left + c.right, c.left))
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
        best.members.append(text)


def _are_one(over: Sequence[Column], text: Text) -> bool:
    """Tell whether columns that one text overlaps are one: no row has a text in two of them, nor do they hold figures each."""
    lines = [c.lines for c in over]
    if len(set().union(*lines)) < sum(map(len, lines)):
        return False
    return text.is_figure or sum(c.figures >= _SEVERAL for c in over) < _SEVERAL


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
    """Count how many edges the amounts of a column have more than one, at the side at which they are laid."""
    amounts = [m for m in column.members if m.is_amount]
    edges = len({m.right for m in amounts}), len({m.left for m in amounts})
    return max(min(edges) - 1, 0)
