"""Shapes: what sheets are without their figures, so that those of one form share it, and all that is found out about it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from functools import lru_cache
from itertools import compress, count, product
from operator import attrgetter
from typing import TYPE_CHECKING, Final, NamedTuple

import msgspec

from mingzhang.model.kept import kept

if TYPE_CHECKING:
    from mingzhang.sums.bands import Band

_CODE: Final = re.compile(r"(?:[a-z]+:)?(\d+)(?:#\d+)?")


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


class _Places(dict[str, dict[str, int]]):
    """The places of the cells of each column by row, found when a column is first asked for."""

    def __init__(self, bands: Sequence[Band]) -> None:
        super().__init__()
        self._bands = bands

    def __missing__(self, column: str) -> dict[str, int]:
        found = self[column] = {}
        for band in self._bands:
            if column in band.columns:
                start = band.start + band.columns.index(column)
                found.update(zip(band.rows, count(start, len(band.columns)), strict=False))
        return found


def _is_whole(bands: Sequence[Band]) -> bool:
    rows = [row for band in bands for row in band.rows]
    return len(set(rows)) == len(rows)


def _alike(bands: Sequence[Band]) -> list[list[Band]]:
    found: dict[tuple[str, ...], list[Band]] = {}
    for band in bands:
        found.setdefault(band.columns, []).append(band)
    return list(found.values())


Placing = Callable[[str, tuple[str, ...]], Sequence[SheetRow]]
"""Says of the rows of a sheet, given its id and their keys, what they stand under; always the same."""


def flat(_name: str, keys: tuple[str, ...]) -> Sequence[SheetRow]:
    """Say of rows that none stands under another."""
    return [SheetRow(key) for key in keys]


class Layout(NamedTuple):
    """How a sheet is laid out: its id, rows and columns in order of print, its cells in bands, where its rows stand.

    `grows` says that only rows that occur are printed. `known` are rows of the form that are not printed. A code that is
    not printed has nothing where others of its length are; any other row is missing.
    """

    id: str
    rows: tuple[str, ...]
    bands: tuple[Band, ...]
    columns: tuple[str, ...] = ("",)
    placing: Placing | tuple[SheetRow, ...] = flat
    known: frozenset[str] = frozenset()
    grows: bool = False


class Shape:
    """What a sheet is without its figures; of sheets alike there is one, and what is asked of it is found once."""

    def __init__(self, layout: Layout) -> None:
        """Take how the sheet is laid out.

        `is_whole` says that no row is printed in two pieces, `alike` are the bands that have the same columns together;
        `column` gives the places of a column's cells by row.
        """
        self.id, self.rows, bands, self.columns, self._placing, self.known, self.grows = layout
        self.bands = bands
        self.size = sum([len(b.rows) * len(b.columns) for b in bands])
        self.is_whole = len(bands) <= 1 or _is_whole(bands)
        self.alike = [list(bands)] if len(bands) == 1 else _alike(bands)
        self._own = frozenset(self.rows)
        self.column: Callable[[str], dict[str, int]] = _Places(bands).__getitem__
        self._printed = {column for band in bands for column in band.columns}
        self._operands: dict[tuple[int, str, str], Operand] = {}
        self._matches: dict[tuple[re.Pattern[str], str, bool], dict[str, None]] = {}
        self._every: dict[re.Pattern[str], tuple[str, ...]] = {}
        self._codes: dict[tuple[str, int], tuple[tuple[str, str], ...]] = {}
        self._coded: dict[tuple[str, int], list[tuple[Band, list[bool], list[str]]]] = {}
        self._by: dict[str, dict[str, tuple[str, ...]]] = {}

    @kept
    def placed(self) -> dict[str, SheetRow]:
        """Give what is known of each row."""
        rows = self._placing if isinstance(self._placing, tuple) else self._placing(self.id, self.rows)
        return dict(zip(self.rows, rows, strict=True))

    def is_in_form(self, row: str, column: str) -> bool:
        """Tell whether there is such a cell, or should be: a row that is not printed is missing, or has nothing."""
        if row in self.column(column):
            return True
        return row not in self._own and column in self.columns and (self.grows or row in self.known)

    def has_column(self, column: str) -> bool:
        """Tell whether a column is printed, or there are cells in it."""
        return column in self._printed or column in self.columns

    @kept
    def lines(self) -> dict[str, tuple[int, Band]]:
        """Give the place of each row's first cell, and the row's band; of a row in two pieces those of the last."""
        return {
            row: (band.start + n * len(band.columns), band) for band in self.bands for n, row in enumerate(band.rows)
        }

    @kept
    def families(self) -> list[tuple[int, tuple[str, ...], list[int]]] | None:
        """Give each row that others stand under: the place of its first cell, its columns, the places where those begin.

        None where they do not all have the same columns, or it is not printed, or one is printed in two pieces.
        """
        if not self.is_whole:
            return None
        starts: dict[str, int] = {}
        for band in self.bands:
            starts.update(zip(band.rows, count(band.start, len(band.columns)), strict=False))
        if not self._own <= starts.keys():
            return None
        under: defaultdict[str, list[int]] = defaultdict(list)
        for key, row in self.placed.items():
            under[row.parent].append(starts[key])
        under.pop("", None)
        if not under.keys() <= starts.keys():
            return None
        if len(self.bands) == 1:
            return [(starts[parent], self.bands[0].columns, below) for parent, below in under.items()]
        columns = {row: band.columns for band in self.bands for row in band.rows}
        if any(row.parent and columns[row.parent] != columns[key] for key, row in self.placed.items()):
            return None
        return [(starts[parent], columns[parent], below) for parent, below in under.items()]

    @kept
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
            for value, key in map(attrgetter(attribute, "key"), self.placed.values()):
                if value or value == 0:
                    alike.setdefault(str(value), []).append(key)
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
            keys = self.columns if columns else (*self.rows, *sorted(self.known))
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

    def codes_behind(self, prefix: str, length: int = 0) -> tuple[tuple[str, str], ...]:
        """List the rows whose key is a code behind a prefix, each with that code; those of one length, or all."""
        found = self._codes.get((prefix, length))
        if found is None:
            start = len(prefix)
            codes = [(row, row[start:]) for row in self.rows if row.startswith(prefix) and row[start:].isdecimal()]
            found = self._codes[prefix, length] = tuple([c for c in codes if not length or len(c[1]) == length])
        return found

    def coded(self, prefix: str, length: int) -> Sequence[tuple[Band, list[bool], list[str]]]:
        """Tell of each band which of its rows' keys are a code, of one length or any, behind a prefix, and these codes."""
        found = self._coded.get((prefix, length))
        if found is None:
            found = self._coded[prefix, length] = []
            start = len(prefix)
            for band in self.bands:
                codes = [r[start:] if r.startswith(prefix) else "" for r in band.rows] if prefix else band.rows
                is_code = [code.isdecimal() and (not length or len(code) == length) for code in codes]
                found.append((band, is_code, list(compress(codes, is_code))))
        return found

    def is_listed_so_deep(self, row: str) -> bool:
        """Tell whether codes of this length are printed, so that one that is not has nothing; so too in an empty table."""
        depth = depth_of(row)
        return bool(depth) and (depth in self.depths or (not self.depths and bool(self.rows)))

    @kept
    def depths(self) -> frozenset[int]:
        """List how many digits the printed codes have."""
        return frozenset(map(depth_of, self.rows)) - {0}
