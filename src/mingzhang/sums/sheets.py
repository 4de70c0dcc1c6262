"""Sheets: the figures of a document by source, row and column, as terms look them up. Knows no form.

A sheet's figures change from one document to the next, its `Shape` hardly: which rows and columns there are, and which
row stands under which. Sheets of one shape share it, and with it all that was found out about it.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping
from enum import Enum
from functools import cached_property
from typing import Final

import msgspec

from mingzhang.model.figure import Figure, blank
from mingzhang.sums.bands import Band, bands_of
from mingzhang.sums.shapes import CellRef, Shape, SheetRow

__all__ = ["CellRef", "Gap", "Sheet", "SheetRow", "Sheets", "banded", "look"]


class Gap(Enum):
    """Why there is no figure to look at."""

    MISSING = "missing"
    """It should be there and was not found."""
    NOT_IN_FORM = "not in form"
    """The form has no such row or column."""


class Sheet(msgspec.Struct, frozen=True, dict=True):
    """All figures of one source.

    `rows` in order of print; `cells` has every cell of a row's own columns, blank ones too. `grows` says that only
    rows that occur are printed. `known` are rows of the form that are not printed. A code that is not printed has
    nothing where others of its length are; any other row is missing.
    """

    id: str
    rows: Mapping[str, SheetRow]
    cells: Mapping[tuple[str, str], Figure]
    columns: tuple[str, ...] = ("",)
    unit: str = "万元"
    grows: bool = False
    known: frozenset[str] = frozenset()

    @cached_property
    def shape(self) -> Shape:
        """Give what the sheet is without its figures."""
        return _shape_of(self)

    @cached_property
    def bands(self) -> tuple[Band, ...]:
        """Divide its cells into rows one below the other that have the same columns."""
        return bands_of(self.cells)

    @cached_property
    def values(self) -> list[int | None]:
        """Give the atoms printed in each cell, nothing printed as 0; None where that is withheld, or no whole number."""
        unit, places, step = "", -1, 0
        out: list[int | None] = []
        for figure in self.cells.values():
            digits = figure.digits
            if not digits or figure.withheld:
                out.append(None if figure.withheld else 0)
                continue
            if figure.places != places or figure.unit != unit:
                unit, places, step = figure.unit, figure.places, _step_of(figure)
            out.append(digits * step if step else _value(figure))
        return out

    @cached_property
    def adds_up(self) -> bool:
        """Tell whether each cell has an amount that can be added: none is withheld, or finer than can be held."""
        return None not in self.values

    @cached_property
    def prints(self) -> list[bool]:
        """Tell of each cell whether a number, zero or not, is printed in it."""
        return [f.digits is not None for f in self.cells.values()]

    @cached_property
    def looked_at(self) -> dict[object, object]:
        """Keep its amounts as they were once put together to be looked at."""
        return {}

    def look(self, row: str, column: str) -> Figure | Gap:
        """Look a figure up."""
        found = self.cells.get((row, column))
        if found is not None:
            return found
        if not self.shape.is_in_form(row, column):
            return Gap.NOT_IN_FORM
        return blank(self.unit) if self.shape.is_listed_so_deep(row) else Gap.MISSING


Sheets = dict[str, Sheet]


def banded(sheet: Sheet, bands: tuple[Band, ...]) -> Sheet:
    """Tell a new sheet its bands where they are known, so that they need not be found from its cells."""
    sheet.__dict__["bands"] = bands
    return sheet


_KEPT: Final = 256
"""So many shapes are remembered, those that were asked for last."""

_SHAPES: Final[OrderedDict[object, Shape]] = OrderedDict()


def _shape_of(sheet: Sheet) -> Shape:
    """Find the shape of a sheet among those known, or make it."""
    rows = tuple(sheet.rows.values())
    key = (sheet.id, rows, sheet.bands, sheet.columns, sheet.known, sheet.grows)
    found = _SHAPES.get(key)
    if found is None:
        found = _SHAPES[key] = Shape(sheet.id, rows, sheet.bands, sheet.columns, sheet.known, grows=sheet.grows)
        if len(_SHAPES) > _KEPT:
            _SHAPES.popitem(last=False)
    else:
        _SHAPES.move_to_end(key)
    return found


def _step_of(figure: Figure) -> int:
    """Give the atoms of one step of a figure's last digit, 0 where that is no whole number."""
    try:
        return figure.step
    except ValueError:
        return 0


def _value(figure: Figure) -> int | None:
    """Give the atoms of a number whose last digit is finer than an atom; None where they are no whole number."""
    try:
        return figure.atoms
    except ValueError:  # an error where it is asked for
        return None


def look(sheets: Mapping[str, Sheet], ref: CellRef) -> Figure | Gap:
    """Look a figure up in the sheet it stands in."""
    sheet = sheets.get(ref.source)
    return Gap.MISSING if sheet is None else sheet.look(ref.row, ref.column)
