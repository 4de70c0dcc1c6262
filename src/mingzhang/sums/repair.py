"""Which figures are wrong: all the smallest sets of figures whose change lets every identity of a document hold.

Identities that fail say that at least one of their figures is wrong. A set that meets all of them is tried exactly: with
its figures free, do whole numbers fit every identity they stand in? If not, the figures behind the contradiction are a
further set of which one is wrong. So sets are found size by size, all of the smallest size, and none is guessed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import msgspec

from mingzhang.sums.hitting import Search
from mingzhang.sums.identities import Identity, judge
from mingzhang.sums.repair_rows import Contradiction, Line, Point, solved, to_be_kept
from mingzhang.sums.repair_sides import Side
from mingzhang.sums.sheets import CellRef, look

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from mingzhang.model.figure import Figure
    from mingzhang.sums.sheets import Sheet

LARGEST: Final = 6
"""No set of more figures is looked for: so much is no slip of the pen."""

_FEW: Final = 2
"""What more figures than these would settle is first looked at together with what it touches."""

_MOST_SOLVED: Final = 128
"""So many ways in which demands can hold together are tried."""

_HOLDS: Final = frozenset({"holds", "rounding", "nothing"})


class Demand(msgspec.Struct, frozen=True):
    """What must hold: one of `ways`, unless one of `premises` does not."""

    ways: tuple[Identity, ...]
    premises: tuple[Identity, ...] = ()


class Reprint(msgspec.Struct, frozen=True):
    """One figure that should print `digits` of its last digit, which has `places` places."""

    ref: CellRef
    digits: int
    unit: str
    places: int


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
) -> tuple[Trouble, ...]:
    """Find all smallest sets of figures that settle what fails, for each group of demands that hang together.

    `signed` tells which figures may be negative although they are not.
    """
    wrong = list(failing)
    if not wrong:
        return ()
    system = _System(demands, wrong, sheets, additive=additive, signed=signed)
    apart = [system.trouble(g, _FEW) for g in _together([([i], system.mask_of(demands[i])) for i in wrong])]
    joined = _together([(list(t.demands), system.reach_of(t)) for t in apart])
    known = {t.demands: t for t in apart}
    return tuple(t for g in joined for t in system.looked_at_together(g, known))


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


class _System:
    """The demands of a document, and the figures in them as bits.

    The lowest bits stand for the demands that fail: what a contradiction rests on has their bits beside its figures'. A
    demand that fails binds a choice only where it is of the group looked at, or has a figure that is chosen.
    """

    def __init__(
        self,
        demands: Sequence[Demand],
        failing: Sequence[int],
        sheets: Mapping[str, Sheet],
        *,
        additive: bool,
        signed: Callable[[CellRef], bool],
    ) -> None:
        self._demands = demands
        self._sheets = sheets
        self._additive = additive
        self._signed = signed
        self._bits: dict[CellRef, int] = {}
        self._failing = tuple(failing)
        self._own_bits = {at: 1 << n for n, at in enumerate(self._failing)}
        self._refs: list[CellRef] = [CellRef("")] * len(self._failing)
        self._figures: dict[CellRef, Figure] = {}
        self._about: dict[CellRef, list[int]] = {}
        self._sides: dict[tuple[int, int], Side] = {}
        self._held: dict[int, bool] = {}
        self._masks: dict[int, int] = {}
        self._behind: dict[tuple[int, ...], int] = {}
        self._trials: dict[int, Point | Contradiction] = {}
        self._signs: dict[int, Line | None] = {}
        self._ways_by: dict[tuple[int, int], tuple[tuple[Line, ...], ...] | None] = {}
        for at, demand in enumerate(demands):
            for ref in dict.fromkeys(o.ref for i in (*demand.ways, *demand.premises) for o in i.operands):
                self._about.setdefault(ref, []).append(at)

    def trouble(self, group: Sequence[int], largest: int = LARGEST) -> Trouble:
        """Find all smallest sets for demands that hang together."""
        search = Search([self.mask_of(self._demands[i]) for i in group], self._tried, largest)
        found = search.smallest()
        sets = tuple(RepairSet(tuple(self._reprints(p)), p.is_settled) for p in found)
        if not sets or _size_of(sets) > 1:
            self._behind[tuple(group)] = search.behind
        return Trouble(tuple(group), sets, search.is_cut)

    def looked_at_together(self, group: Sequence[int], known: Mapping[tuple[int, ...], Trouble]) -> Sequence[Trouble]:
        """Settle demands at once where that takes fewer figures than each group of them by itself."""
        parts = [t for t in known.values() if set(t.demands) <= set(group)]
        if len(parts) == 1 and parts[0].sets:
            return parts
        whole = self.trouble(group)
        if whole.sets and not (all(t.sets for t in parts) and _size_of(whole.sets) >= sum(map(_size, parts))):
            return (whole,)
        return [t if t.sets or len(parts) == 1 else self.trouble(t.demands) for t in parts]

    def reach_of(self, trouble: Trouble) -> int:
        """Give the figures by which a trouble may hang together with others: where one is not enough, all behind it."""
        reach = self._behind.get(trouble.demands, 0)
        for at in trouble.demands:
            reach |= self.mask_of(self._demands[at])
        return reach

    def mask_of(self, demand: Demand) -> int:
        """Give the figures that could be changed in a demand."""
        mask = self._masks.get(id(demand))
        if mask is None:
            mask = 0
            for identity in (*demand.ways, *demand.premises):
                for operand in identity.operands:
                    mask |= self._bit(operand.ref)
            self._masks[id(demand)] = mask
        return mask

    def _bit(self, ref: CellRef) -> int:
        """Give a figure's bit, 0 where it cannot be changed: it is not printed there, or withheld."""
        known = self._bits.get(ref)
        if known is not None:
            return known
        sheet = self._sheets.get(ref.source)
        figure = None if sheet is None else sheet.cells.get((ref.row, ref.column))
        if sheet is None or figure is None or figure.withheld:
            self._bits[ref] = 0
            return 0
        self._figures[ref] = figure if figure.is_number else _empty(figure, sheet, ref)
        self._refs.append(ref)
        self._bits[ref] = 1 << (len(self._refs) - 1)
        return self._bits[ref]

    def _tried(self, chosen: int) -> Point | Contradiction:
        """Try whether every demand on the figures chosen can hold with them free; each choice is tried once for all."""
        if chosen not in self._trials:
            self._trials[chosen] = self._worked(chosen)
        return self._trials[chosen]

    def _worked(self, chosen: int) -> Point | Contradiction:
        free = tuple(_places_of(chosen))
        touched = dict.fromkeys(at for i in free for at in self._about[self._refs[i]])
        always = [line for i in free if (line := self._sign(i)) is not None]
        choices: list[tuple[tuple[Line, ...], ...]] = []
        for at in touched:
            ways = self._ways(at, chosen)
            if ways is None:
                continue
            if not ways:
                return self._contradiction(self._rest_of(at), chosen)
            choices.append(ways)
        behind, proved = 0, True
        for n, found in enumerate(solved(always, choices)):
            if n == _MOST_SOLVED:
                proved = False
                break
            if isinstance(found, Contradiction):
                behind |= found.mask
                proved = proved and found.proved
                continue
            broken = self._broken(touched, self._printed(found))
            if broken is None:
                return found if len(found.values) == len(free) else self._filled(found, free)
            behind |= self._rest_of(broken)
            proved = False  # other numbers may do
        return self._contradiction(behind, chosen, proved=proved)

    def _rest_of(self, at: int) -> int:
        """Give all that a contradiction rests on to which a demand leads: its figures, and itself if it fails."""
        return self.mask_of(self._demands[at]) | self._own_bits.get(at, 0)

    def _contradiction(self, behind: int, chosen: int, *, proved: bool = True) -> Contradiction:
        """Part the figures behind a contradiction from the demands that fail by themselves, on which it rests."""
        own = behind & ((1 << len(self._failing)) - 1)
        premises = tuple(self.mask_of(self._demands[self._failing[n]]) for n in _places_of(own))
        return Contradiction((behind ^ own) & ~chosen, premises, proved)

    def _ways(self, at: int, chosen: int) -> tuple[tuple[Line, ...], ...] | None:
        """Give the rows of each way in which a demand can hold with what is chosen of it; None where any value will do.

        What is chosen beside the demand's own figures changes nothing, so that it is worked out once.
        """
        own = chosen & self.mask_of(self._demands[at])
        if (at, own) not in self._ways_by:
            ways = tuple(self._worked_out(at, {self._refs[i]: i for i in _places_of(own)}))
            self._ways_by[at, own] = None if () in ways else ways
        return self._ways_by[at, own]

    def _worked_out(self, at: int, free: Mapping[CellRef, int]) -> Iterable[tuple[Line, ...]]:
        """Give the rows of each way in which a demand can hold; no rows where it holds whatever is chosen."""
        demand = self._demands[at]
        for identity in demand.ways:
            if any(o.ref in free for o in identity.operands):
                yield tuple(map(to_be_kept, self._side(identity, at).rows(free)))
            elif self._holds(identity):
                yield ()
        if any(o.ref in free for i in demand.premises for o in i.operands):
            yield ()

    def _side(self, identity: Identity, at: int) -> Side:
        found = self._sides.get((at, id(identity)))
        if found is None:
            mask = self._rest_of(at)
            found = Side(identity, self._sheets, self._figures, additive=self._additive, mask=mask)
            self._sides[at, id(identity)] = found
        return found

    def _holds(self, identity: Identity) -> bool:
        found = self._held.get(id(identity))
        if found is None:
            found = judge(identity, self._sheets, additive=self._additive).outcome in _HOLDS
            self._held[id(identity)] = found
        return found

    def _filled(self, point: Point, free: Iterable[int]) -> Point:
        """Leave as they are the figures of which no row says anything."""
        kept = {i: self._figures[self._refs[i]].digits or 0 for i in free if i not in point.values}
        return Point({**point.values, **kept}, is_settled=False)

    def _sign(self, i: int) -> Line | None:
        """Give the row that keeps a figure from turning negative, None where it may."""
        if i not in self._signs:
            ref = self._refs[i]
            is_free = self._signed(ref) or (self._figures[ref].digits or 0) < 0
            self._signs[i] = None if is_free else to_be_kept(Line({i: 1}, 0, None, 0))
        return self._signs[i]

    def _reprints(self, point: Point) -> Iterable[Reprint]:
        for i, digits in sorted(point.values.items()):
            figure = self._figures[self._refs[i]]
            yield Reprint(self._refs[i], digits, figure.unit, figure.places)

    def _printed(self, point: Point) -> dict[str, Sheet]:
        return with_reprints(self._sheets, tuple(self._reprints(point)))

    def _broken(self, touched: Iterable[int], sheets: Mapping[str, Sheet]) -> int | None:
        """Find a demand that does not hold after all."""
        return next((at for at in touched if not is_met(self._demands[at], sheets, additive=self._additive)), None)


def _places_of(mask: int) -> Iterator[int]:
    """Give the places of the bits of a mask, the lowest first."""
    while mask:
        low = mask & -mask
        yield low.bit_length() - 1
        mask ^= low


def is_met(demand: Demand, sheets: Mapping[str, Sheet], *, additive: bool = False) -> bool:
    """Tell whether a demand holds by what is printed, or may by rounding, or does not apply."""
    if any(judge(i, sheets, additive=additive).outcome in _HOLDS for i in demand.ways):
        return True
    return any(judge(i, sheets, additive=additive).outcome not in {"holds", "nothing"} for i in demand.premises)


def with_reprints(sheets: Mapping[str, Sheet], reprints: Sequence[Reprint]) -> dict[str, Sheet]:
    """Give the sheets with some figures printed anew."""
    out = dict(sheets)
    for one in reprints:
        sheet = out[one.ref.source]
        old = look(out, one.ref)
        assert isinstance(old, msgspec.Struct)
        new = msgspec.structs.replace(old, digits=one.digits, unit=one.unit, places=one.places)
        cells = {**sheet.cells, (one.ref.row, one.ref.column): new}
        out[one.ref.source] = msgspec.structs.replace(sheet, cells=cells)
    return out


def _empty(figure: Figure, sheet: Sheet, ref: CellRef) -> Figure:
    """Give what a blank cell will print the unit and places of the numbers of its column, else of its sheet."""
    printed = [f for (_row, column), f in sheet.cells.items() if f.is_number and f.unit and column == ref.column]
    printed = printed or [f for f in sheet.cells.values() if f.is_number and f.unit == figure.unit]
    finest = max(printed, key=lambda f: f.places, default=figure)
    return msgspec.structs.replace(figure, digits=0, unit=finest.unit, places=finest.places)
