"""Bands: rows of a sheet one below the other that have the same columns, so that a column of them is a slice of places."""

from __future__ import annotations

from itertools import chain, groupby
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable


class Band(NamedTuple):
    """Rows one below the other that have the same columns, and the place of their first cell."""

    columns: tuple[str, ...]
    rows: tuple[str, ...]
    start: int

    def slice_of(self, column: int) -> slice:
        """Give the places of its cells in a column by the number of that."""
        width = len(self.columns)
        return slice(self.start + column, self.start + width * len(self.rows), width)


Piece = tuple[tuple[str, ...], tuple[str, ...]]
"""Rows, and the columns that each of them has."""


def bands_of(cells: Collection[tuple[str, str]]) -> tuple[Band, ...]:
    """Divide cells, row by row, into bands."""
    keys = {column for _row, column in cells}
    if len(keys) == 1:
        return (Band(tuple(keys), tuple([row for row, _column in cells]), 0),)
    pieces = [(row, tuple([column for _row, column in own])) for row, own in groupby(cells, key=itemgetter(0))]
    return banded([((row,), columns) for row, columns in pieces])


def banded(pieces: Iterable[Piece]) -> tuple[Band, ...]:
    """Divide rows into bands that come in pieces; rows without columns are in none."""
    out: list[Band] = []
    place = 0
    for columns, alike in groupby(pieces, key=itemgetter(1)):
        if columns:
            rows = tuple(chain.from_iterable([rows for rows, _columns in alike]))
            out.append(Band(columns, rows, place))
            place += len(rows) * len(columns)
    return tuple(out)
