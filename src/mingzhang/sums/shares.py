"""Shares of one whole, in %: each the floor or the ceiling of its true ratio, and all together 100.

They are figures like any other, whose sum is the whole's own share; so they are chosen by the same rules.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mingzhang.sums.additive import Sum, round_together
from mingzhang.sums.rounding import Variable

if TYPE_CHECKING:
    from collections.abc import Sequence


def rounded_shares(parts: Sequence[int], whole: int, places: int) -> tuple[int, ...]:
    """Give the digits of each part's share in % with so many places.

    Where the parts make up the whole the shares add up to exactly 100, the fewest of them beside half-up, then nearest
    to the true ratios; of those alike the first stay half-up. Else each is rounded half-up.

    Raises:
        ValueError: the whole is not above nothing, or a part is below.
    """
    if whole <= 0 or any(p < 0 for p in parts):
        msg = f"no shares of {whole}: {parts}"
        raise ValueError(msg)
    shares = [Variable(frozenset({str(n)}), part, "%", places, whole) for n, part in enumerate(parts)]
    if sum(parts) != whole:
        return tuple(s.half_up for s in shares)
    all_of_it = Variable(frozenset(), whole, "%", places, whole)
    chosen = round_together(shares, [Sum(((-1, all_of_it), *((1, s) for s in shares)))])
    return tuple(chosen.digits[s] for s in shares)
