"""Last digits settled together: a document that does not say so, and prints as one that was."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from msgspec.structs import replace

from mingzhang.rules.catalogue import RULES
from mingzhang.rules.declared_rules import run_declared
from mingzhang.rules.once import once
from mingzhang.sums.identities import width

if TYPE_CHECKING:
    from mingzhang.rules.figures import Figures
    from mingzhang.rules.results import Result

_ENOUGH: Final = 20
"""So many sums of rounded figures that all hold to the last digit: of figures rounded one by one not one in a hundred would."""

_AT_LEAST: Final = 3
"""Figures that a sum has for its last digit to tell anything."""


def lowered_tail(result: Result, figures: Figures) -> Result:
    """Make a hint of a difference of less than one last digit between units where last digits were settled together.

    An amount in 元 beside the same in 万元 then differs by up to a whole unit of the last digit, not by half of one.
    """
    verdict = result.verdict
    if result.outcome != "violated" or verdict is None or figures.additive or result.is_rounding:
        return result
    found = [f for o in verdict.identity.operands if (f := figures.figure(o.ref)) is not None and f.is_number]
    room = sum(width(f, additive=True) for f in found)
    if len({f.unit for f in found}) < 2 or 2 * abs(verdict.difference) >= room or not settled_together(figures):
        return result
    return replace(result, severity="hint")


@once
def settled_together(figures: Figures) -> bool:
    """Tell whether the sums inside tables hold to the last digit so often that figures cannot have been rounded one by one."""
    held = 0
    for rule in (r for r in RULES if r.holds and r.id.startswith("B-")):
        for result in run_declared(rule, figures):
            if result.is_rounding:
                return False
            printed = [f for r in result.refs if (f := figures.figure(r)) is not None and f.digits and width(f)]
            held += result.outcome == "passed" and len(printed) >= _AT_LEAST
    return held >= _ENOUGH
