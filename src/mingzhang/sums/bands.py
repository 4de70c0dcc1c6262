"""Bands: rows of a sheet one below the other that have the same columns, so that a column of them is a slice of places."""

from __future__ import annotations

from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Collection


class Band(NamedTuple):
    """Rows one below the other that have the same columns, and the place of their first cell."""

    columns: tuple[str, ...]
    rows: tuple[str, ...]
    start: int

    def slice_of(self, column: int) -> slice:
        """Give the places of its cells in a column by the number of that."""
        width = len(self.columns)
        return slice(self.start + column, self.start + width * len(self.rows), width)


def bands_of(cells: Collection[tuple[str, str]]) -> tuple[Band, ...]:
    """Divide cells, row by row, into bands."""
    keys = {column for _row, column in cells}
    if len(keys) == 1:
        return (Band(tuple(keys), tuple([row for row, _column in cells]), 0),)
    out: list[Band] = []
    place = 0
    pieces = [(row, [column for _row, column in own]) for row, own in groupby(cells, key=itemgetter(0))]
    for columns, alike in groupby(pieces, key=itemgetter(1)):
        rows = tuple([row for row, _columns in alike])
        out.append(Band(tuple(columns), rows, place))
        place += len(rows) * len(columns)
    return tuple(out)
