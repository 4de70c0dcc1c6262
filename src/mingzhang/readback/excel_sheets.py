"""What a workbook holds, whatever its format: sheets of texts and exact numbers, and what of them is not shown."""

from __future__ import annotations

from decimal import Context, Decimal

import msgspec

Spot = tuple[int, int]
"""Row and column, from 0."""

Area = tuple[int, int, int, int]
"""First row, first column, last row, last column of merged cells."""

_AS_SHOWN = Context(prec=15)
"""Spreadsheets keep fifteen digits; what follows is the noise of their binary numbers."""


class Number(msgspec.Struct, frozen=True):
    """A number in a cell with the format that shows it; `format` is "" where none is known."""

    value: Decimal
    format: str = ""


class Grid(msgspec.Struct, frozen=True):
    """One sheet: what its cells hold, which are merged, what is hidden; formulas without a result are named."""

    name: str
    cells: dict[Spot, str | Number]
    merged: tuple[Area, ...] = ()
    hidden: bool = False
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    zeros: bool = True
    unsolved: tuple[Spot, ...] = ()


def exact(text: str) -> Decimal:
    """Give the number that a workbook's text of a binary number stands for.

    Raises:
        decimal.InvalidOperation: it is no number.
    """
    return _AS_SHOWN.create_decimal(text)
