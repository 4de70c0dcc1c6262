"""Additive rounding: every figure the floor or the ceiling of its true value, so that all that is printed adds up.

Half-up of each figure breaks sums; here the figures that sums tie together are chosen together. Of all choices under
which every sum holds, the one taken keeps the anchors at half-up, the first before the second; then has the fewest
figures beside half-up; then lies nearest to the true values; then, of what is still alike, changes what stands later.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import msgspec

from mingzhang.sums.network import FURTHER, Choices, Part, Sum, parts_of, whole_of
from mingzhang.sums.program import Program
from mingzhang.sums.rounding import Variable, half_up, half_up_each

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

__all__ = ["Additive", "Sum", "round_together"]


class Additive(msgspec.Struct, frozen=True):
    """The digits chosen for the variables of a document; a `Rounding`.

    `beyond` names the figures a full unit or more from their true value, where sums cannot hold otherwise; `unmet`
    the sums that no choice satisfies: then all digits are half-up.
    """

    digits: Mapping[Variable, int]
    beyond: tuple[Variable, ...] = ()
    unmet: tuple[Sum, ...] = ()

    def __call__(self, variables: Collection[Variable], /) -> Mapping[Variable, int]:
        """Give the digits chosen; what no sum was known of is rounded half-up."""
        return {v: half_up(v.fen, v.unit, v.places) if (d := self.digits.get(v)) is None else d for v in variables}

    @property
    def departures(self) -> tuple[Variable, ...]:
        """List the variables that are not half-up, in their order."""
        return tuple(v for v, d in self.digits.items() if d != half_up(v.fen, v.unit, v.places))


def round_together(
    variables: Iterable[Variable], sums: Iterable[Sum], anchors: Sequence[Variable] = (), *, seed: int = 0
) -> Additive:
    """Choose the digits of variables, given in the order of print, so that every sum holds.

    `anchors` stay half-up where that is possible, the first before the second. `seed` is the solver's; no result
    depends on it.

    Raises:
        ValueError: a sum of figures whose last digits differ.
    """
    sums = tuple(dict.fromkeys(sums))
    order = tuple(dict.fromkeys((*variables, *(v for s in sums for _, v in s.terms))))
    choices = Choices(order)
    chosen: dict[int, int] = {}
    for part in parts_of(choices, sums):
        solved = _solved(part, [choices.index[a] for a in anchors if a in choices.index], seed)
        if solved is None:
            return _further(choices, sums, seed)
        chosen |= solved
    return Additive({v: chosen.get(i, choices.half[i]) for i, v in enumerate(order)})


def _solved(part: Part, anchors: Sequence[int], seed: int) -> dict[int, int] | None:
    """Choose the digits of one part; None if its sums cannot hold.

    An anchor that the best choice so far keeps costs nothing to hold; any other is tried.
    """
    if part.holds([k.half for k in part.knots]):
        return {}
    at = {member: n for n, knot in enumerate(part.knots) for member in knot.members}
    ranked = list(dict.fromkeys(at[a] for a in anchors if a in at))
    costs = [k.cost * (len(ranked) if n in ranked else 1) for n, k in enumerate(part.knots)]
    program = Program(costs, [k.low for k in part.knots], [k.low + 1 for k in part.knots], part.rows, seed)
    best = program.cheapest()
    if best is None:
        return None
    for n in ranked:
        half = part.knots[n].half
        program.hold(n, half, half)
        if best[n] != half:
            found = program.cheapest()
            if found is None:
                program.hold(n, best[n], best[n])
            else:
                best = found
    return {member: best[n] for n, knot in enumerate(part.knots) for member in knot.members}


def _further(choices: Choices, sums: tuple[Sum, ...], seed: int) -> Additive:
    """Let figures move one further unit, at a high cost, and name those that do."""
    whole = whole_of(choices, sums)
    count = len(whole.knots)
    rows = tuple(r.widened(count) for r in whole.rows)
    costs = [k.cost for k in whole.knots] + [FURTHER] * (2 * count)
    lows = [k.low for k in whole.knots] + [0] * count + [-1] * count
    highs = [k.high for k in whole.knots] + [1] * count + [0] * count
    signs = [1] * (2 * count) + [-1] * count
    best = Program([c * s for c, s in zip(costs, signs, strict=True)], lows, highs, rows, seed).cheapest()
    if best is None:
        digits = half_up_each(choices.order)
        return Additive(digits, unmet=tuple(s for s in sums if not s.holds(digits)))
    found = {k.members[0]: best[n] + best[count + n] + best[2 * count + n] for n, k in enumerate(whole.knots)}
    digits = {v: found.get(i, choices.half[i]) for i, v in enumerate(choices.order)}
    return Additive(digits, beyond=tuple(v for i, v in enumerate(choices.order) if not choices.is_near(i, digits[v])))
