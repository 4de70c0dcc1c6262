"""The best choice of digits for one part of the network: one wish after the other, and no two choices equally good.

In this order: the fewest figures move a further unit; the fewest leave the digits that they had before; each anchor has
the digits that it should have, the first before the second; the fewest figures depart; they lie nearest to the true
values; and of what is still alike, what stands first stays. Nothing is left to the solver's taste.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from mingzhang.sums.network import Row
from mingzhang.sums.program import Program

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from mingzhang.sums.network import Part

_LARGEST: Final = 10**8
"""So much may the costs of one run of the solver differ; more is weighed in a run of its own."""

_AT_ONCE: Final = 20
"""So many figures are ranked in one run of the solver, each weighing twice the next."""


def best_of(
    part: Part, anchors: Sequence[int] = (), held: Mapping[int, int] | None = None, *, seed: int = 0
) -> list[int] | None:
    """Choose the digits of a part's knots; None if its rows cannot hold.

    `anchors` are knots by rank, `held` what knots must be. `seed` is the solver's; no result depends on it.
    """
    if not anchors and not held and (row := _only_sum(part)) is not None:
        return _of_one_sum(part, row)
    search = _Search(part, seed)
    for n, digits in (held or {}).items():
        search.program.hold(n, digits)
    for level in ([k.further for k in part.knots], [k.left for k in part.knots]):
        if any(level) and not search.settle(level):
            return None
    departing, distance = [k.departing for k in part.knots], [k.distance for k in part.knots]
    pulled = [k.departing if n in set(anchors) else 0 for n, k in enumerate(part.knots)]
    together = _weighed(pulled, departing, distance)
    if not search.cheapest(together or _weighed(pulled, departing) or departing):
        return None
    for n in (n for n in dict.fromkeys(anchors) if n not in (held or {})):
        search.wish(n)
    search.limit(departing)
    if together is None:
        search.cheapest(distance)
    search.limit(distance)
    search.first_stay()
    return search.best


def _only_sum(part: Part) -> Row | None:
    """Give the row of a part that has no other, where all that is asked is which of its figures are the higher."""
    if len(part.rows) != 1 or any(k.left or k.further or k.high - k.low > 1 for k in part.knots):
        return None
    row = part.rows[0]
    return row if row.relation == "=" and all(abs(c) == 1 for _, c in row.terms) else None


def _of_one_sum(part: Part, row: Row) -> list[int] | None:
    """Choose the digits of knots that one sum alone ties: those are higher that cost least; no solver is needed.

    What is taken away counts the other way round: its higher digit makes the sum lower.
    """
    sign = dict(row.terms)
    costs = {n: (c * part.knots[n].departing, c * part.knots[n].distance) for n, c in sign.items()}
    free = [n for n in sorted(sign, key=lambda n: (costs[n], n)) if part.knots[n].low < part.knots[n].high]
    raised = row.right - sum(c * (part.knots[n].low if c > 0 else part.knots[n].high) for n, c in row.terms)
    if not 0 <= raised <= len(free):
        return None
    chosen = set(free[:raised])
    if 0 < raised < len(free):  # of those that cost as much as the last one chosen the first stay as wanted
        alike = [n for n in free if costs[n] == costs[free[raised - 1]]]
        up = sum(n in chosen for n in alike)
        chosen.difference_update(alike)
        for left, n in zip(range(len(alike), 0, -1), sorted(alike), strict=True):
            knot = part.knots[n]
            wants_up = (knot.wanted == knot.high) == (sign[n] > 0)
            if up and (wants_up or up == left):
                chosen.add(n)
                up -= 1
    return [k.high if (n in chosen) == (sign[n] > 0) else k.low for n, k in enumerate(part.knots)]


class _Search:
    """A program, and the best choice found so far."""

    def __init__(self, part: Part, seed: int) -> None:
        self._knots = part.knots
        self.program = Program([k.low for k in part.knots], [k.high for k in part.knots], part.rows, seed)
        self.best: list[int] = []
        self._costs: Sequence[int] = ()

    def cheapest(self, costs: Sequence[int]) -> bool:
        """Look for the cheapest choice; tell whether there is any."""
        self._costs = costs
        found = self.program.cheapest(costs)
        self.best = found or self.best
        return found is not None

    def settle(self, level: Sequence[int]) -> bool:
        """Look for the cheapest choice, and demand of all others that they are as cheap."""
        found = self.cheapest(level)
        if found:
            self.limit(level)
        return found

    def limit(self, level: Sequence[int]) -> None:
        """Demand of all other choices that they cost no more than the best."""
        right = sum(c * x for c, x in zip(level, self.best, strict=True))
        self.program.add(Row(tuple((n, c) for n, c in enumerate(level) if c), "<=", right))

    def wish(self, n: int) -> None:
        """Hold a knot at what is wanted of it if any choice allows; what the best has already costs nothing to hold."""
        wanted = self._knots[n].wanted
        kept = self.best
        self.program.hold(n, wanted)
        if kept[n] != wanted and not self.cheapest(self._costs):
            self.program.release(n)
            if self._knots[n].high - self._knots[n].low == 1:
                self.program.hold(n, kept[n])

    def first_stay(self) -> None:
        """Of all choices that are as good, take that in which what stands first stays as wanted."""
        knots = self._knots
        at = 0
        while chunk := [n for n in range(at, len(knots)) if self.best[n] != knots[n].wanted][:_AT_ONCE]:
            self._hold(at, chunk[0])
            at = chunk[0]
            costs = [0] * len(knots)
            for weight, n in enumerate(reversed(chunk)):
                costs[n] = 2**weight * (1 if knots[n].wanted == knots[n].low else -1)
            found = self.program.cheapest(costs)
            assert found is not None  # the best itself is one
            stays = next((n for n in chunk if found[n] == knots[n].wanted), None)
            if stays is None:
                self._hold(at, chunk[-1] + 1)
                at = chunk[-1] + 1
            elif all(found[n] == self.best[n] for n in range(at, stays)):
                self.best = found
                self._hold(at, stays + 1)
                at = stays + 1
            else:  # it stays only if another before it gives way: ask again with those held
                self._hold(at, stays)
                at = stays
                self._try(stays)
        # what is left stays as wanted

    def _try(self, n: int) -> None:
        """Hold one knot as wanted if that is as good."""
        self.program.hold(n, self._knots[n].wanted)
        found = self.program.cheapest()
        if found is None:
            self.program.hold(n, self.best[n])
        else:
            self.best = found

    def _hold(self, start: int, stop: int) -> None:
        for n in range(start, stop):
            self.program.hold(n, self.best[n])


def _weighed(*levels: Sequence[int]) -> list[int] | None:
    """Weigh levels so that the least of one counts more than all of those after it; None if that is too much."""
    spans = [sum(map(abs, level)) for level in levels]
    weights = [1] * len(levels)
    for n in range(len(levels) - 2, -1, -1):
        weights[n] = weights[n + 1] * (spans[n + 1] + 1)
    if weights[0] * spans[0] > _LARGEST and len(levels) > 1:
        return None
    return [sum(w * c for w, c in zip(weights, costs, strict=True)) for costs in zip(*levels, strict=True)]
