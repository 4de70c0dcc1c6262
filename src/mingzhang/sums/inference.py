"""What somebody can conclude of amounts from sums that are published: for each the least and the greatest.

Whoever asks knows of every published figure which amounts it sums, and how far it may lie from their sum. All amounts
are whole fen at or above zero. The two ends come with a world each: amounts of everything under which all that is
published is as it is. Worlds are tried in integers here, so that a spread between two ends rests on no solver.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, overload

import msgspec
from msgspec.structs import replace

from mingzhang.sums.extremes import Extremes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    World = Mapping[str, int]


class Known(msgspec.Struct, frozen=True):
    """What is published of a sum of amounts: coefficients times amounts lie between two bounds in fen.

    None is no bound; `figures` are the keys of the figures that say so.
    """

    terms: tuple[tuple[str, int], ...]
    low: int | None
    high: int | None
    figures: tuple[str, ...] = ()

    def holds(self, world: World) -> bool:
        """Tell whether it holds of these amounts."""
        total = sum([c * world[i] for i, c in self.terms])
        return (self.low is None or self.low <= total) and (self.high is None or total <= self.high)


class Bound(msgspec.Struct, frozen=True):
    """What can be concluded of a sum of amounts: least and greatest in fen, None where nothing bounds it.

    `worlds` are amounts of everything that bear out the one and the other; of a sum without a greatest the second is
    the true one.
    """

    low: int
    high: int | None
    worlds: tuple[World, World]

    @property
    def spread(self) -> int | None:
        """Give the distance between the ends."""
        return None if self.high is None else self.high - self.low


class Protection(msgspec.Struct, frozen=True):
    """How much must stay open of an amount: a share of it in per cent, and at least so many fen."""

    rate: int
    floor: int

    def width(self, amount: int) -> int:
        """Give how wide apart the ends must lie."""
        return max(-(-amount * self.rate // 100), self.floor)

    def covers(self, amount: int, bound: Bound) -> bool:
        """Tell whether an amount stays open: the ends far enough apart, and neither close to the truth.

        An upper end just above the truth tells it as well as two ends do; so does a lower end just below it, but 0.
        """
        if bound.high is None:
            return True
        half = -(-self.width(amount) // 2)
        open_below = amount - bound.low >= min(half, amount)
        return bound.high - bound.low >= self.width(amount) and bound.high - amount >= half and open_below


def joined(knowns: Iterable[Known]) -> tuple[Known, ...]:
    """Join what is known of the same sums."""
    found: dict[tuple[tuple[str, int], ...], Known] = {}
    for known in knowns:
        terms = tuple(sorted([term for term in known.terms if term[1]]))
        before = found.get(terms)
        if before is None:
            found[terms] = known if known.terms == terms else replace(known, terms=terms)
            continue
        lows = [x for x in (before.low, known.low) if x is not None]
        highs = [x for x in (before.high, known.high) if x is not None]
        figures = tuple(dict.fromkeys((*before.figures, *known.figures)))
        found[terms] = Known(terms, max(lows, default=None), min(highs, default=None), figures)
    return tuple(k for k in found.values() if k.terms)


def concluded(knowns: Sequence[Known], truth: World, wanted: Sequence[frozenset[str]]) -> tuple[Bound, ...]:
    """Bound each wanted sum of amounts by all that is known.

    `truth` gives the true amount of everything that what is known speaks of. Where the solver's answer does not bear
    out in integers the true amount stands for that end: nothing is called open that is not shown to be.

    Raises:
        ValueError: what is known does not hold of the truth.
    """
    model = _model(joined(knowns), truth, wanted)
    return tuple(_bound(truth, ids, model) for ids in wanted)


def first_told(
    knowns: Sequence[Known], truth: World, wanted: Sequence[frozenset[str]], protection: Protection
) -> int | None:
    """Give the number of the first wanted sum that does not stay open by all that is known; None if all of them do.

    The same as asking `Protection.covers` of each bound of `concluded`, but that it ends with the first, and looks for an
    end only where the other leaves the answer open. What is known of one sum must be `joined`.

    Raises:
        ValueError: what is known does not hold of the truth.
    """
    model = _model(knowns, truth, wanted)
    return next((n for n, ids in enumerate(wanted) if not _stays_open(truth, ids, model, protection)), None)


def _model(knowns: Sequence[Known], truth: World, wanted: Sequence[frozenset[str]]) -> _Model:
    wrong = next((k for k in knowns if not k.holds(truth)), None)
    if wrong is not None:
        msg = f"what is published does not hold of the facts: {wrong.figures}"
        raise ValueError(msg)
    return _Model(knowns, truth, frozenset[str]().union(*wanted))


def needed(knowns: Iterable[Known], suffices: Callable[[Sequence[Known]], bool]) -> tuple[Known, ...]:
    """Drop what is not needed to conclude something, until nothing more can be dropped."""
    kept = list(knowns)
    size = max(len(kept) // 2, 1)
    while size:
        at = 0
        while at < len(kept):
            rest = kept[:at] + kept[at + size :]
            if suffices(rest):
                kept = rest
            else:
                at += size
        size //= 2
    return tuple(kept)


class _Model:
    """Amounts that stand in the same sums as one column, those that are asked for each as its own."""

    def __init__(self, knowns: Sequence[Known], truth: World, asked: frozenset[str]) -> None:
        standing: dict[str, list[tuple[int, int]]] = {}
        for n, known in enumerate(knowns):
            for i, c in known.terms:
                standing.setdefault(i, []).append((n, c))
        alike: dict[object, list[str]] = {}
        for i, where in standing.items():
            alike.setdefault(i if i in asked else tuple(where), []).append(i)
        self.columns = tuple(tuple(ids) for ids in alike.values())
        self.number = {i: n for n, ids in enumerate(self.columns) for i in ids}
        self._truth = truth
        self._knowns = knowns
        rows: list[dict[int, int]] = [{} for _ in knowns]
        for number, ids in enumerate(self.columns):
            for n, c in standing[ids[0]]:
                rows[n][number] = c
        true = [sum(c * truth[i] for i, c in k.terms) for k in knowns]
        bounds = [
            (None if k.low is None else k.low - t, None if k.high is None else k.high - t)
            for k, t in zip(knowns, true, strict=True)
        ]
        lows = [-sum(truth[i] for i in ids) for ids in self.columns]
        lines = [(tuple(r.items()), low, high) for r, (low, high) in zip(rows, bounds, strict=True)]
        self._extremes = Extremes(lows, lines) if lines else None

    def end(self, ids: frozenset[str], *, greatest: bool) -> tuple[World, bool] | None:
        """Give the amounts of an extreme world, and whether they bear out all that is known; None without a bound."""
        if self._extremes is None:
            return None
        columns = [self.number[i] for i in ids if i in self.number]
        if not columns:
            return self._truth, True
        found = self._extremes.extreme(columns, greatest=greatest)
        if found is None:
            return None
        world = self._world(found) if found else self._truth
        holds = bool(found) and all(x >= 0 for x in world.values()) and all(k.holds(world) for k in self._knowns)
        return world, holds

    def _world(self, changes: Sequence[int]) -> World:
        """Spread what each column changes over its amounts: what it loses, they lose one after the other."""
        world = dict(self._truth)
        for ids, change in zip(self.columns, changes, strict=True):
            left = change
            for i in ids:
                step = max(left, -world[i])
                world[i] += step
                left -= step
        return world


def _bound(truth: World, ids: frozenset[str], model: _Model) -> Bound:
    low, least = _low(truth, ids, model)
    most = _most(truth, ids, model)
    return Bound(low, None, (least, truth)) if most is None else Bound(low, sum(most[i] for i in ids), (least, most))


def _stays_open(truth: World, ids: frozenset[str], model: _Model, protection: Protection) -> bool:
    """Tell whether a sum is covered: mostly the greatest tells."""
    amount = sum(truth[i] for i in ids)
    most = _most(truth, ids, model)
    if most is None:
        return True
    high = sum(most[i] for i in ids)
    if not protection.covers(amount, Bound(0, high, (truth, most))):
        return False  # not even if nothing were known of the least
    low, least = _low(truth, ids, model)
    return protection.covers(amount, Bound(low, high, (least, most)))


def _low(truth: World, ids: frozenset[str], model: _Model) -> tuple[int, World]:
    free = dict.fromkeys((i for i in ids if i not in model.number), 0)
    least = {**_end(truth, ids, model, greatest=False, unbounded=truth), **free}
    return sum(least[i] for i in ids), least


def _most(truth: World, ids: frozenset[str], model: _Model) -> World | None:
    """Give the world of the greatest, None where a part of the sum stands in nothing that is known, or nothing bounds it."""
    if any(i not in model.number for i in ids):
        return None
    return _end(truth, ids, model, greatest=True, unbounded=None)


@overload
def _end(truth: World, ids: frozenset[str], model: _Model, *, greatest: bool, unbounded: World) -> World: ...
@overload
def _end(truth: World, ids: frozenset[str], model: _Model, *, greatest: bool, unbounded: None) -> World | None: ...
def _end(truth: World, ids: frozenset[str], model: _Model, *, greatest: bool, unbounded: World | None) -> World | None:
    """Give the world of one end: the true one, if the solver's does not bear out what is known."""
    found = model.end(ids, greatest=greatest)
    if found is None:
        return unbounded
    world, holds = found
    return world if holds else truth
