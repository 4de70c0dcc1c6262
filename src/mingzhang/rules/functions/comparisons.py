"""Rates of change that a table prints beside the change and last year's figure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mingzhang.rules.declared_rules import result_of
from mingzhang.rules.sheet_layout import RATE
from mingzhang.sums.identities import Identity, Operand, judge
from mingzhang.sums.sheets import CellRef

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mingzhang.rules.catalogue import Rule
    from mingzhang.rules.figures import Figures
    from mingzhang.rules.results import Result

_BASES = ("last_budget", "last_adjusted", "last_executed")


def rates(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Compare every rate with the change over the figure before, where all three are printed in one row."""
    for table in figures.disclosure.tables:
        if not figures.sheets[table.id].shape.column(RATE):
            continue
        columns = [c.key for c in table.columns]
        base = next((b for b in _BASES if b in columns), "")
        if RATE not in columns or "change" not in columns or not base:
            continue
        for row in table.rows:
            rate, change, before = (row.cells.get(c) for c in (RATE, "change", base))
            if rate is None or change is None or before is None or rate.unit != "%" or not rate.is_number:
                continue
            left, part, whole = (Operand(1, CellRef(table.id, row.key, c)) for c in (RATE, "change", base))
            verdict = judge(Identity((left,), "=", (part,), (whole,)), figures.sheets, additive=figures.additive)
            result = result_of(rule, verdict, figures)
            if result is not None:
                yield result
