"""Labels that have slipped by one row: which blocks of lines could move."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


class Shift(msgspec.Struct, frozen=True):
    """A block of lines, `first` to `last`, whose labels move by one: down (1) or up (-1)."""

    first: int
    last: int
    by: int

    def label_of(self, line: int) -> int | None:
        """Give the index of the label that a line gets, None where none is left for it."""
        if not self.first <= line <= self.last:
            return line
        moved = line - self.by
        return moved if self.first <= moved <= self.last else None


def label_shifts(blank: Sequence[bool], *, top_is_lost: bool) -> Iterator[Shift]:
    """List the shifts by one row that lose no figure: the longest block first.

    `blank` tells of each line whether no figure stands on it. A line that is left without a label must be blank,
    or be the first of the table where the label above all others is lost.
    """
    lines = len(blank)
    for length in range(lines, 1, -1):
        for first in range(lines - length + 1):
            last = first + length - 1
            if blank[first] or (first == 0 and top_is_lost):
                yield Shift(first, last, 1)
            if blank[last]:
                yield Shift(first, last, -1)
