"""Codes printed wrong in one table: the other tables print the same item, with the same amount, under another code."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

import msgspec

from mingzhang.forms.classification import spelling
from mingzhang.model.keys import code_level
from mingzhang.rules.names import distance
from mingzhang.rules.sheet_layout import sheet_of
from mingzhang.sums.sheets import Sheet

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mingzhang.model.disclosure import Row, Table
    from mingzhang.rules.figures import Figures

_FUNCTIONAL: Final = ("income", "spending", "general_spending", "fund_spending", "special_account_spending")
_FEW: Final = 2
"""So many digits at most differ in a code that slipped, not counting those that changed their places."""


class CodeSlip(msgspec.Struct, frozen=True):
    """A row whose code is another in the other tables, that code, and the row's sheet with it."""

    table: str
    row: str
    code: str
    sheet: Sheet


def code_slips(figures: Figures) -> Iterator[CodeSlip]:
    """Find rows whose code no other table has, where another table has the item and amount under a code like it."""
    tables = [t for t in figures.disclosure.tables if t.id in _FUNCTIONAL]
    at: dict[str, set[str]] = defaultdict(set)
    named: dict[str, list[Row]] = defaultdict(list)
    for table in tables:
        for row in table.rows:
            if row.code.isdigit():
                at[row.code].add(table.id)
                named[spelling(row.label)].append(row)
    for table in tables:
        for row in table.rows:
            if row.code.isdigit() and (at[row.code] == {table.id} or code_level(row.code) is None):
                others = {o.code for o in named[spelling(row.label)] if _is_same_item(row, o, at[o.code], table.id)}
                if len(others) == 1:
                    (code,) = others
                    yield CodeSlip(table.id, row.key, code, sheet_of(_with_code(table, row, code), figures.pack))


def _is_same_item(row: Row, other: Row, places: set[str], table: str) -> bool:
    """Tell whether a row of another table, under a code that this table has not, may be the same item."""
    if table in places or code_level(other.code) is None or other.code == row.code:
        return False
    near = sorted(row.code) == sorted(other.code) or distance(row.code, other.code) <= _FEW
    return near and bool(_amounts(row) & _amounts(other))


def _amounts(row: Row) -> set[int]:
    return {f.atoms for f in row.cells.values() if f.is_number and f.digits}


def _with_code(table: Table, row: Row, code: str) -> Table:
    new = msgspec.structs.replace(row, key=code, code=code, level=code_level(code))
    return msgspec.structs.replace(table, rows=tuple(new if r is row else r for r in table.rows))
