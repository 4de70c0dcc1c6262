"""Which figures are wrong: all the smallest sets of figures whose change lets every identity of a document hold.

Identities that fail say that at least one of their figures is wrong. A set that meets all of them is tried exactly: with
its figures free, do whole numbers fit every identity they stand in? If not, the figures behind the contradiction are a
further set of which one is wrong. So sets are found size by size, all of the smallest size, and none is guessed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import msgspec

from mingzhang.sums.hitting import Search
from mingzhang.sums.repair_demands import Reprint, standing_in
from mingzhang.sums.repair_trials import Trials

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from mingzhang.sums.repair_demands import Demand
    from mingzhang.sums.sheets import CellRef, Sheet

LARGEST: Final = 6
"""No set of more figures is looked for: so much is no slip of the pen."""

_FEW: Final = 2
"""What more figures than these would settle is first looked at together with what it touches."""


class RepairSet(msgspec.Struct, frozen=True):
    """Figures to be printed anew together; `is_settled` where the identities leave no other values as likely."""

    reprints: tuple[Reprint, ...]
    is_settled: bool


class Trouble(msgspec.Struct, frozen=True):
    """Demands that fail and hang together, all smallest sets that settle them, and whether the search was cut short."""

    demands: tuple[int, ...]
    sets: tuple[RepairSet, ...]
    is_cut: bool = False


def minimal_repairs(
    demands: Sequence[Demand],
    failing: Iterable[int],
    sheets: Mapping[str, Sheet],
    *,
    additive: bool = False,
    signed: Callable[[CellRef], bool] = lambda _ref: False,
    standing: Mapping[CellRef, Sequence[int]] | None = None,
) -> tuple[Trouble, ...]:
    """Find all smallest sets of figures that settle what fails, for each group of demands that hang together.

    `signed` tells which figures may be negative although they are not; `standing` is `standing_in` these demands.
    """
    wrong = list(failing)
    if not wrong:
        return ()
    trials = Trials(demands, standing or standing_in(demands), wrong, sheets, additive=additive, signed=signed)
    searches = _Searches(trials)
    apart = [searches.trouble(g, _FEW) for g in _together([([i], trials.mask_of(i)) for i in wrong])]
    joined = _together([(list(t.demands), searches.reach_of(t)) for t in apart])
    known = {t.demands: t for t in apart}
    return tuple(t for g in joined for t in searches.looked_at_together(g, known))


def _size(trouble: Trouble) -> int:
    return _size_of(trouble.sets)


def _size_of(sets: Sequence[RepairSet]) -> int:
    return len(sets[0].reprints)


def _together(masks: Sequence[tuple[list[int], int]]) -> list[list[int]]:
    """Put demands together that share a figure."""
    groups: list[tuple[int, list[int]]] = []
    for places, mask in masks:
        apart = [g for g in groups if not g[0] & mask]
        joined = [g for g in groups if g[0] & mask]
        every = mask
        for other, _own in joined:
            every |= other
        groups = [*apart, (every, [i for _m, own in joined for i in own] + places)]
    return sorted(sorted(own) for _mask, own in groups)


class _Searches:
    """The searches of one document, and what is known of them."""

    def __init__(self, trials: Trials) -> None:
        self._trials = trials
        self._behind: dict[tuple[int, ...], int] = {}
        self._ended: set[tuple[int, ...]] = set()

    def trouble(self, group: Sequence[int], largest: int = LARGEST) -> Trouble:
        """Find all smallest sets for demands that hang together."""
        search = Search([self._trials.mask_of(i) for i in group], self._trials.tried, largest)
        found = search.smallest()
        sets = tuple(RepairSet(tuple(self._trials.reprints(p)), p.is_settled) for p in found)
        if not sets or _size_of(sets) > 1:
            self._behind[tuple(group)] = search.behind
        if search.is_ended:
            self._ended.add(tuple(group))
        return Trouble(tuple(group), sets, search.is_cut)

    def looked_at_together(self, group: Sequence[int], known: Mapping[tuple[int, ...], Trouble]) -> Sequence[Trouble]:
        """Settle demands at once where that takes fewer figures than each group of them by itself."""
        parts = [t for t in known.values() if set(t.demands) <= set(group)]
        if len(parts) == 1:
            return [self._looked_at_further(parts[0])]
        fewer = sum(map(_size, parts)) - 1 if all(t.sets for t in parts) else LARGEST
        whole = self.trouble(group, min(fewer, LARGEST))
        return (whole,) if whole.sets else [self._looked_at_further(t) for t in parts]

    def _looked_at_further(self, trouble: Trouble) -> Trouble:
        """Look for larger sets where there are no small ones; a search that came to its limit would come to the same."""
        done = trouble.sets or trouble.demands in self._ended
        return trouble if done else self.trouble(trouble.demands)

    def reach_of(self, trouble: Trouble) -> int:
        """Give the figures by which a trouble may hang together with others: where one is not enough, all behind it."""
        reach = self._behind.get(trouble.demands, 0)
        for at in trouble.demands:
            reach |= self._trials.mask_of(at)
        return reach
