"""Sheets: the figures of a document by source, row and column, as terms look them up. Knows no form."""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import Enum
from typing import Final

import msgspec

from mingzhang.model.figure import Figure, blank

_CODE: Final = re.compile(r"(?:[a-z]+:)?(\d+)(?:#\d+)?")


class Gap(Enum):
    """Why there is no figure to look at."""

    MISSING = "missing"
    """It should be there and was not found."""
    NOT_IN_FORM = "not in form"
    """The form has no such row or column."""


class CellRef(msgspec.Struct, frozen=True, order=True):
    """One figure's address: the sheet's id, the row's key, the column's key ("" where a sheet has but one)."""

    source: str
    row: str = ""
    column: str = ""


class SheetRow(msgspec.Struct, frozen=True):
    """What a sheet knows of a row: its nearest printed ancestor, level and code; `confirmed` False where they are a guess."""

    key: str
    parent: str = ""
    level: int | None = None
    code: str = ""
    confirmed: bool = True

    def has(self, attribute: str, value: str) -> bool:
        """Tell whether the row's parent, code or level is this."""
        own = {"parent": self.parent, "code": self.code, "level": "" if self.level is None else str(self.level)}
        return own[attribute] == value != ""


class Sheet(msgspec.Struct, frozen=True):
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

    def look(self, row: str, column: str) -> Figure | Gap:
        """Look a figure up."""
        found = self.cells.get((row, column))
        if found is not None:
            return found
        if row in self.rows or column not in self.columns:
            return Gap.NOT_IN_FORM
        if not self.grows and row not in self.known:
            return Gap.NOT_IN_FORM
        return blank(self.unit) if self._is_listed_so_deep(row) else Gap.MISSING

    def _is_listed_so_deep(self, row: str) -> bool:
        """Tell whether codes of this length are printed, so that one that is not has nothing; so too in an empty table."""
        code = _CODE.fullmatch(row)
        if code is None:
            return False
        lengths = {len(found[1]) for r in self.rows if (found := _CODE.fullmatch(r)) is not None}
        return len(code[1]) in lengths or (not lengths and bool(self.rows))


Sheets = dict[str, Sheet]


def look(sheets: Mapping[str, Sheet], ref: CellRef) -> Figure | Gap:
    """Look a figure up in the sheet it stands in."""
    sheet = sheets.get(ref.source)
    return Gap.MISSING if sheet is None else sheet.look(ref.row, ref.column)
