"""All smallest sets that meet every conflict, where conflicts come to light as sets are tried.

A conflict is a set of things of which at least one is wrong. Sets are masks of bits. What a set that meets all known
conflicts still contradicts is a conflict that was not known (Reiter's diagnosis, with a bound by disjoint conflicts).
A conflict may rest on premises: it binds a set that has something of each of them, and no other.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from mingzhang.sums.repair_rows import Contradiction, Point

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

MOST_SETS: Final = 120
MOST_STEPS: Final = 30_000
MOST_TRIALS: Final = 400


class _EnoughError(Exception):
    """The search has taken as many steps as it may."""


class Search:
    """A search for the smallest sets that meet all conflicts and pass a trial."""

    def __init__(self, conflicts: Sequence[int], tried: Callable[[int], Point | Contradiction], largest: int) -> None:
        """Take the conflicts known at first, the trial, and how large a set may be."""
        self.is_cut = False
        self.is_ended = False
        self._conflicts: list[int] = []
        self._resting: list[Contradiction] = []
        self._tried = tried
        self._largest = largest
        self._steps = self._trials = self._unproved = 0
        self._known: dict[int, Point | Contradiction] = {}
        for conflict in conflicts:
            self._learn(conflict)

    @property
    def behind(self) -> int:
        """Give all that stands in a conflict come to light by now."""
        every = self._unproved
        for conflict in (*self._conflicts, *(c.mask for c in self._resting)):
            every |= conflict
        return every

    def smallest(self) -> list[Point]:
        """Find all sets of the smallest size that pass; few are left out where there are very many, see `is_cut`."""
        found: list[Point] = []
        if 0 in self._conflicts:
            return found
        try:
            for size in range(1, self._largest + 1):
                for point in self._sets(0, 0, size):
                    found.append(point)
                    if len(found) >= MOST_SETS:
                        raise _EnoughError  # noqa: TRY301 - one way out of the loops
                if found:
                    break
        except _EnoughError:
            self.is_cut = self.is_ended = True
        return found

    def _learn(self, conflict: int) -> None:
        if any(c & conflict == c for c in self._conflicts):
            return
        self._conflicts = [c for c in self._conflicts if c & conflict != conflict]
        self._conflicts.append(conflict)
        self._conflicts.sort(key=int.bit_count)

    def _sets(self, chosen: int, barred: int, room: int) -> Iterator[Point]:
        """Give the sets that hold what is chosen, nothing barred, and at most so many more."""
        self._steps += 1
        if self._steps > MOST_STEPS:
            raise _EnoughError
        conflicts = self._binding(chosen)
        conflict = _open(conflicts, chosen, barred, room)
        if conflict == 0:
            return
        if conflict is None:
            found = self._trial(chosen)
            if isinstance(found, Point):
                yield found
                return
            if room == 0 or not found.mask & ~barred:
                return
            conflict = found.mask & ~barred
            conflicts = self._binding(chosen)
        conflict &= _in_all(conflicts, chosen, barred) if room == 1 else conflict
        for one in _likeliest(conflicts, conflict):
            yield from self._sets(chosen | one, barred, room - 1)
            barred |= one

    def _binding(self, chosen: int) -> list[int]:
        """List the conflicts that bind a set: those that rest on nothing, and those all of whose premises it has."""
        own = [c.mask for c in self._resting if all(p & chosen for p in c.premises)] if self._resting else []
        return sorted((*self._conflicts, *own), key=int.bit_count) if own else self._conflicts

    def _trial(self, chosen: int) -> Point | Contradiction:
        known = self._known.get(chosen)
        if known is None:
            self._trials += 1
            if self._trials > MOST_TRIALS:
                raise _EnoughError
            known = self._known[chosen] = self._tried(chosen)
            if isinstance(known, Contradiction):
                for one in (known, *known.others):
                    self._take(one)
        return known

    def _take(self, found: Contradiction) -> None:
        """Learn what a trial showed; of premises that any set has, since they are conflicts themselves, nothing is kept.

        What is not proved binds no other set, and leaves open whether there are more.
        """
        if not found.mask:
            return
        if not found.proved:
            self.is_cut = True
            self._unproved |= found.mask
            return
        resting = tuple(p for p in found.premises if all(c & ~p for c in self._conflicts))
        if not resting:
            self._learn(found.mask)
        elif all(found.mask != c.mask or resting != c.premises for c in self._resting):
            self._resting.append(Contradiction(found.mask, resting))


def _open(conflicts: Sequence[int], chosen: int, barred: int, room: int) -> int | None:
    """Give the smallest conflict not yet met, None if all are, 0 if they cannot be with what room there is."""
    smallest: int | None = None
    met = apart = 0
    for conflict in conflicts:
        if conflict & chosen:
            continue
        rest = conflict & ~barred
        if not rest:
            return 0
        if smallest is None or rest.bit_count() < smallest.bit_count():
            smallest = rest
        if not rest & met:
            met |= rest
            apart += 1
            if apart > room:
                return 0
    return smallest


def _in_all(conflicts: Sequence[int], chosen: int, barred: int) -> int:
    """Give what stands in every conflict not yet met: what one thing more can only be."""
    common = ~barred
    for conflict in conflicts:
        if not conflict & chosen:
            common &= conflict
            if not common:
                break
    return common


def _likeliest(conflicts: Sequence[int], conflict: int) -> list[int]:
    """Order a conflict by in how many conflicts each stands, so that contradictions show early."""
    counts = {one: sum([1 for c in conflicts if c & one]) for one in _bits_of(conflict)}
    return sorted(counts, key=lambda one: -counts[one])


def _bits_of(mask: int) -> Iterator[int]:
    while mask:
        one = mask & -mask
        yield one
        mask ^= one
