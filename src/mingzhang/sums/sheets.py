"""Sheets: the figures of a document by source, row and column, as terms look them up. Knows no form.

A sheet's figures change from one document to the next, its `Shape` hardly: which rows and columns there are, and which
row stands under which. Sheets of one shape share it, and with it all that was found out about it.
"""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Mapping
from enum import Enum
from functools import cached_property, lru_cache
from itertools import count, product
from typing import Final

import msgspec

from mingzhang.model.figure import Figure, blank
from mingzhang.sums.bands import Band, bands_of

_CODE: Final = re.compile(r"(?:[a-z]+:)?(\d+)(?:#\d+)?")


class Gap(Enum):
    """Why there is no figure to look at."""

    MISSING = "missing"
    """It should be there and was not found."""
    NOT_IN_FORM = "not in form"
    """The form has no such row or column."""


class CellRef(msgspec.Struct, frozen=True, order=True, gc=False, cache_hash=True):
    """One figure's address: the sheet's id, the row's key, the column's key ("" where a sheet has but one)."""

    source: str
    row: str = ""
    column: str = ""


class Operand(msgspec.Struct, frozen=True, gc=False, cache_hash=True):
    """One figure of an identity and how often it counts."""

    coefficient: int
    ref: CellRef


class SheetRow(msgspec.Struct, frozen=True, gc=False, cache_hash=True):
    """What a sheet knows of a row: its nearest printed ancestor, level and code; `confirmed` False where they are a guess."""

    key: str
    parent: str = ""
    level: int | None = None
    code: str = ""
    confirmed: bool = True


@lru_cache(8192)
def depth_of(row: str) -> int:
    """Count the digits of a row's code, 0 where it has none."""
    code = _CODE.fullmatch(row)
    return 0 if code is None else len(code[1])


_NO_CELLS: Final[dict[str, int]] = {}


class Shape:
    """What a sheet is without its figures; of sheets alike there is one, and what is asked of it is found once."""

    def __init__(
        self,
        name: str,
        rows: tuple[SheetRow, ...],
        bands: tuple[Band, ...],
        columns: tuple[str, ...],
        known: frozenset[str],
        *,
        grows: bool,
    ) -> None:
        """Take the sheet's id, rows, cells in their order, columns and the rows that its form has besides.

        `is_whole` says that no row is printed in two pieces.
        """
        self.id = name
        self.rows = tuple([r.key for r in rows])
        self.columns = columns
        self.bands = bands
        self.size = sum([len(b.rows) * len(b.columns) for b in bands])
        printed = [row for band in bands for row in band.rows]
        self.is_whole = len(set(printed)) == len(printed)
        self._own = frozenset(self.rows)
        self._rows = rows
        self._places: dict[str, dict[str, int]] = {}
        for band in bands:
            for n, column in enumerate(band.columns):
                places = zip(band.rows, count(band.start + n, len(band.columns)), strict=False)
                if column in self._places:
                    self._places[column].update(places)
                else:
                    self._places[column] = dict(places)
        self._known = known
        self._grows = grows
        self._operands: dict[tuple[int, str, str], Operand] = {}
        self._matches: dict[tuple[re.Pattern[str], str, bool], dict[str, None]] = {}
        self._every: dict[re.Pattern[str], tuple[str, ...]] = {}
        self._codes: dict[str, tuple[tuple[str, str], ...]] = {}
        self._by: dict[str, dict[str, tuple[str, ...]]] = {}

    @property
    def grows(self) -> bool:
        """Tell whether only rows that occur are printed."""
        return self._grows

    def is_in_form(self, row: str, column: str) -> bool:
        """Tell whether there is such a cell, or should be: a row that is not printed is missing, or has nothing."""
        if row in self._places.get(column, ()):
            return True
        return row not in self._own and column in self.columns and (self._grows or row in self._known)

    def has_column(self, column: str) -> bool:
        """Tell whether a column is printed, or there are cells in it."""
        return column in self._places or column in self.columns

    @cached_property
    def alike(self) -> list[list[Band]]:
        """Give the bands that have the same columns together."""
        found: dict[tuple[str, ...], list[Band]] = {}
        for band in self.bands:
            found.setdefault(band.columns, []).append(band)
        return list(found.values())

    @cached_property
    def cells(self) -> tuple[tuple[str, str], ...]:
        """List the row and column of each cell."""
        return tuple([cell for band in self.bands for cell in product(band.rows, band.columns)])

    def cell(self, place: int) -> tuple[str, str]:
        """Give the row and column of one cell."""
        band = next(b for b in reversed(self.bands) if b.start <= place)
        row, column = divmod(place - band.start, len(band.columns))
        return band.rows[row], band.columns[column]

    def rows_by(self, attribute: str) -> dict[str, tuple[str, ...]]:
        """List the rows by their parent, code or level."""
        found = self._by.get(attribute)
        if found is None:
            alike: dict[str, list[str]] = {}
            for row in self._rows:
                value: str | int | None = getattr(row, attribute)
                if value or value == 0:
                    alike.setdefault(str(value), []).append(row.key)
            found = self._by[attribute] = {value: tuple(rows) for value, rows in alike.items()}
        return found

    def rows_with(self, attribute: str, value: str) -> tuple[str, ...]:
        """List the rows whose parent, code or level is this."""
        return self.rows_by(attribute).get(value, ())

    def rows_like(self, pattern: re.Pattern[str]) -> tuple[str, ...]:
        """List the rows whose key a pattern fits."""
        if pattern not in self._every:
            self._every[pattern] = tuple(k for k in self.rows if pattern.fullmatch(k))
        return self._every[pattern]

    def bindings(self, pattern: re.Pattern[str], variable: str, *, columns: bool) -> dict[str, None]:
        """List what a variable of a pattern stands for in the columns, or in the rows printed and known."""
        asked = (pattern, variable, columns)
        if asked not in self._matches:
            keys = self.columns if columns else (*self.rows, *sorted(self._known))
            found = (pattern.fullmatch(k) for k in keys)
            self._matches[asked] = {f[variable]: None for f in found if f is not None}
        return self._matches[asked]

    def operand(self, sign: int, row: str, column: str) -> Operand:
        """Give a cell as an operand, always the same one."""
        asked = (sign, row, column)
        found = self._operands.get(asked)
        if found is None:
            found = self._operands[asked] = Operand(sign, CellRef(self.id, row, column))
        return found

    def column(self, column: str) -> dict[str, int]:
        """Give the places of a column's cells by row."""
        return self._places.get(column, _NO_CELLS)

    def codes_behind(self, prefix: str) -> tuple[tuple[str, str], ...]:
        """List the rows whose key is a code behind a prefix, each with that code."""
        found = self._codes.get(prefix)
        if found is None:
            start = len(prefix)
            found = self._codes[prefix] = tuple(
                (row, row[start:]) for row in self.rows if row.startswith(prefix) and row[start:].isdecimal()
            )
        return found

    def is_listed_so_deep(self, row: str) -> bool:
        """Tell whether codes of this length are printed, so that one that is not has nothing; so too in an empty table."""
        depth = depth_of(row)
        return bool(depth) and (depth in self.depths or (not self.depths and bool(self.rows)))

    @cached_property
    def depths(self) -> frozenset[int]:
        """List how many digits the printed codes have."""
        return frozenset(map(depth_of, self.rows)) - {0}


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
