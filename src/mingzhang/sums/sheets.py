"""Sheets: the figures of a document by source, row and column, as terms look them up. Knows no form.

A sheet's figures change from one document to the next, its `Shape` hardly: which rows and columns there are, and which
row stands under which. Sheets of one shape share it, and with it all that was found out about it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from enum import Enum
from functools import lru_cache
from typing import cast

import msgspec

from mingzhang.model.figure import Figure, blank
from mingzhang.model.kept import kept
from mingzhang.model.units import last_digit
from mingzhang.sums.bands import bands_of
from mingzhang.sums.shapes import CellRef, Layout, Shape, SheetRow

__all__ = ["CellRef", "Gap", "Sheet", "SheetRow", "Sheets", "look", "shape_of"]


Cells = Mapping[tuple[str, str], Figure]


class Gap(Enum):
    """Why there is no figure to look at."""

    MISSING = "missing"
    """It should be there and was not found."""
    NOT_IN_FORM = "not in form"
    """The form has no such row or column."""


class Sheet(msgspec.Struct, frozen=True, dict=True):
    """All figures of one source: one for every cell of a row's own columns, blank ones too, in the order of its shape's bands."""

    shape: Shape
    figures: Sequence[Figure]
    unit: str = "万元"

    @classmethod
    def of(
        cls,
        name: str,
        rows: Mapping[str, SheetRow],
        cells: Cells,
        columns: tuple[str, ...] = ("",),
        unit: str = "万元",
        *,
        grows: bool = False,
        known: frozenset[str] = frozenset(),
    ) -> Sheet:
        """Make a sheet of its figures by row and column."""
        layout = Layout(name, tuple(rows), bands_of(cells), columns, tuple(rows.values()), known, grows)
        return cls(shape_of(layout), tuple(cells.values()), unit)

    @property
    def id(self) -> str:
        """Give its name."""
        return self.shape.id

    @property
    def rows(self) -> Mapping[str, SheetRow]:
        """Give its rows in order of print."""
        return self.shape.placed

    @property
    def columns(self) -> tuple[str, ...]:
        """Give its columns."""
        return self.shape.columns

    @kept
    def cells(self) -> dict[tuple[str, str], Figure]:
        """Give the figures by row and column; they are looked up without it, by the places that the shape knows."""
        return dict(zip(self.shape.cells, self.figures, strict=True))

    def with_figure(self, row: str, column: str, figure: Figure) -> Sheet:
        """Give the sheet with another figure in a cell."""
        place = self.shape.column(column).get(row)
        if place is None:
            cells, own = {**self.cells, (row, column): figure}, self.shape
            return Sheet.of(self.id, self.rows, cells, own.columns, self.unit, grows=own.grows, known=own.known)
        return Sheet(self.shape, (*self.figures[:place], figure, *self.figures[place + 1 :]), self.unit)

    def printing(self, wanted: Callable[[Figure], bool]) -> list[tuple[tuple[str, str], Figure]]:
        """List the figures that are wanted, each with its row and column."""
        return [(self.shape.cell(n), figure) for n, figure in enumerate(self.figures) if wanted(figure)]

    @kept
    def values(self) -> list[int | None]:
        """Give the atoms printed in each cell, nothing printed as 0; None where that is withheld, or no whole number."""
        unit, places, step = "", -1, 0
        out: list[int | None] = []
        for figure in self.figures:
            digits = figure.digits
            if not digits or figure.withheld:
                out.append(None if figure.withheld else 0)
                continue
            if figure.places != places or figure.unit != unit:
                unit, places = figure.unit, figure.places
                step = _step_of(places, unit)
            out.append(digits * step if step else _value(figure))
        return out

    @kept
    def amounts(self) -> list[int]:
        """Give the atoms printed in each cell of a sheet that adds up."""
        return cast("list[int]", self.values)

    @kept
    def adds_up(self) -> bool:
        """Tell whether each cell has an amount that can be added: none is withheld, or finer than can be held."""
        return None not in self.values

    @kept
    def prints(self) -> list[bool]:
        """Tell of each cell whether a number, zero or not, is printed in it."""
        return [f.digits is not None for f in self.figures]

    @kept
    def looked_at(self) -> dict[object, object]:
        """Keep its amounts as they were once put together to be looked at."""
        return {}

    def figure(self, row: str, column: str) -> Figure | None:
        """Give what stands in a cell, None where there is none."""
        place = self.shape.column(column).get(row)
        return None if place is None else self.figures[place]

    def look(self, row: str, column: str) -> Figure | Gap:
        """Look a figure up."""
        place = self.shape.column(column).get(row)
        if place is not None:
            return self.figures[place]
        if not self.shape.is_in_form(row, column):
            return Gap.NOT_IN_FORM
        return blank(self.unit) if self.shape.is_listed_so_deep(row) else Gap.MISSING


Sheets = dict[str, Sheet]


@lru_cache(64)
def shape_of(layout: Layout) -> Shape:
    """Give the shape of a sheet, the same one for all alike as long as it is remembered."""
    return Shape(layout)


@lru_cache(256)
def _step_of(places: int, unit: str) -> int:
    """Give the atoms of one step of a last digit, 0 where that is no whole number."""
    try:
        return last_digit(places, unit)
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
    if sheet is None:
        return Gap.MISSING
    place = sheet.shape.column(ref.column).get(ref.row)
    return sheet.look(ref.row, ref.column) if place is None else sheet.figures[place]
