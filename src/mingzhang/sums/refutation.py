"""A proof that sums cannot hold between floors and ceilings: every choice is tried. Shares nothing with the solver."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from mingzhang.sums.network import Sum
    from mingzhang.sums.rounding import Variable

MOST: Final = 200_000
"""So many choices are looked at before it gives up."""


def is_refuted(sums: Sequence[Sum], held: Mapping[Variable, int] | None = None, *, most: int = MOST) -> bool | None:
    """Tell whether no floors and ceilings of the figures satisfy all sums; None if there are too many to try.

    `held` are figures that print what is given.
    """
    ranges: dict[Variable, tuple[int, ...]] = {}
    for variable in (v for s in sums for _, v in s.terms):
        low, rest = divmod(variable.value, variable.step)
        ranges[variable] = (low, low + 1) if rest else (low,)
    ranges.update((v, tuple(d for d in ranges[v] if d == digits)) for v, digits in (held or {}).items() if v in ranges)
    if not all(ranges.values()):
        return True
    order = sorted(ranges, key=lambda v: len(ranges[v]))
    looked = 0

    def satisfied(at: int) -> bool | None:
        """Look for digits of the figures from one place on, those before it being single numbers."""
        nonlocal looked
        looked += 1
        if looked > most:
            return None
        if not all(_may_hold(s, ranges) for s in sums):
            return False
        if at == len(order):
            return True
        variable = order[at]
        before = ranges[variable]
        found: bool | None = False
        for digits in before:
            ranges[variable] = (digits,)
            found = satisfied(at + 1)
            if found is not False:
                break
        ranges[variable] = before
        return found

    found = satisfied(0)
    return None if found is None else not found


def _may_hold(total: Sum, ranges: Mapping[Variable, tuple[int, ...]]) -> bool:
    """Tell whether some digits in these ranges could satisfy one sum."""
    least = sum(min(c * d for d in ranges[v]) for c, v in total.terms)
    most = sum(max(c * d for d in ranges[v]) for c, v in total.terms)
    return least <= 0 and (total.relation == "<=" or most >= 0)
