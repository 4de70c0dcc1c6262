"""Whether the tables print what a sentence states: used where words alone may mean either of two figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mingzhang.forms.expressions import Cell
from mingzhang.forms.narrative_elsewhere import meant
from mingzhang.model.figure import Figure

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mingzhang.forms.narrative import Narrative
    from mingzhang.forms.narrative_numbers import Printed
    from mingzhang.model.disclosure import Table


def agreeing(narrative: Narrative, tables: Sequence[Table], key: str, number: Printed) -> bool | None:
    """Tell whether a table prints a number where a slot's declaration says its value stands, to the last digit stated.

    None where no table prints anything there.
    """
    declared = (narrative.declaration(key) or meant(key)) if key else None
    if declared is None:
        return None
    seen = None
    stated = Figure(number.digits, number.unit, number.places)
    for tree in declared.trees:
        if not isinstance(tree, Cell):
            continue
        found = (t.row(tree.row) for t in tables if t.id == tree.table)
        cells = [row.cells.get(tree.column) for row in found if row is not None]
        if any(f is not None and f.is_number and abs(f.atoms - stated.atoms) <= stated.step for f in cells):
            return True
        seen = False if any(f is not None and f.is_number for f in cells) else seen
    return seen
