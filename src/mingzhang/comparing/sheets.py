"""Two workbooks cell by cell: what people see on each sheet, whatever data lie beside it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from mingzhang.model.change import Change
from mingzhang.model.place import Place

if TYPE_CHECKING:
    from collections.abc import Iterator

Shown = Mapping[str, Mapping[str, str | None]]
"""The text of each cell by sheet and name of the cell, None where a formula has no result."""


def sheet_changes(left: Shown, right: Shown) -> Iterator[Change]:
    """List the cells that show something else, and the sheets that only one of the two has."""
    for sheet in dict.fromkeys((*left, *right)):
        if sheet not in right or sheet not in left:
            was, now = (sheet, "") if sheet in left else ("", sheet)
            yield Change("cell", sheet, sheet, was, now)
            continue
        before, after = left[sheet], right[sheet]
        for cell in dict.fromkeys((*before, *after)):
            old, new = before.get(cell, ""), after.get(cell, "")
            if old is not None and new is not None and old != new:
                place = Place(sheet=sheet, cell=cell)
                yield Change("cell", str(place), "", old, new, place=place)
