"""Whether a document's demands can hold with some figures free: each choice of figures tried exactly, and once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import msgspec

from mingzhang.sums.identities import judge
from mingzhang.sums.repair_demands import HOLDS, Reprint, as_number, is_met, with_reprints
from mingzhang.sums.repair_rows import Contradiction, Line, Point, solved, to_be_kept
from mingzhang.sums.repair_sides import Side
from mingzhang.sums.sheets import CellRef

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from mingzhang.model.figure import Figure
    from mingzhang.sums.identities import Identity
    from mingzhang.sums.repair_demands import Demand
    from mingzhang.sums.sheets import Sheet

_MOST_SOLVED: Final = 128
"""So many ways in which demands can hold together are tried."""

Rows = tuple[Line, ...]


class Trials:
    """The demands of a document, and the figures in them as bits.

    The lowest bits stand for the demands that fail: what a contradiction rests on has their bits beside its figures'. A
    demand that fails binds a choice only where it is of the group looked at, or has a figure that is chosen.
    """

    def __init__(
        self,
        demands: Sequence[Demand],
        standing: Mapping[CellRef, Sequence[int]],
        failing: Sequence[int],
        sheets: Mapping[str, Sheet],
        *,
        additive: bool,
        signed: Callable[[CellRef], bool],
    ) -> None:
        """Take the demands, the figures that stand in them, which of them fail, and the sheets.

        `signed` tells what may be negative.
        """
        self._demands = demands
        self._sheets = sheets
        self._additive = additive
        self._signed = signed
        self._bits: dict[CellRef, int] = {}
        self._failing = tuple(failing)
        self._own_bits = {at: 1 << n for n, at in enumerate(self._failing)}
        self._refs: list[CellRef] = [CellRef("")] * len(self._failing)
        self._figures: dict[CellRef, Figure] = {}
        self._about = standing
        self._sides: dict[tuple[int, int], Side] = {}
        self._held: dict[int, bool] = {}
        self._masks: dict[int, int] = {}
        self._reaches: dict[int, int] = {}
        self._trials: dict[int, Point | Contradiction] = {}
        self._signs: dict[int, Line | None] = {}
        self._ways_by: dict[tuple[int, int], tuple[Rows, ...] | None] = {}

    def mask_of(self, at: int) -> int:
        """Give the figures that could be changed in a demand."""
        mask = self._masks.get(at)
        if mask is None:
            mask = 0
            demand = self._demands[at]
            for identity in (*demand.ways, *demand.premises):
                for operand in identity.operands:
                    mask |= self._bit(operand.ref)
            self._masks[at] = mask
        return mask

    def _bit(self, ref: CellRef) -> int:
        """Give a figure's bit, 0 where it cannot be changed: it is not printed there, or withheld."""
        known = self._bits.get(ref)
        if known is not None:
            return known
        sheet = self._sheets.get(ref.source)
        figure = None if sheet is None else sheet.figure(ref.row, ref.column)
        if sheet is None or figure is None or figure.withheld:
            self._bits[ref] = 0
            return 0
        self._figures[ref] = figure if figure.is_number else as_number(figure, sheet, ref)
        self._refs.append(ref)
        self._bits[ref] = 1 << (len(self._refs) - 1)
        return self._bits[ref]

    def tried(self, chosen: int) -> Point | Contradiction:
        """Try whether every demand on the figures chosen can hold with them free.

        Figures that no demand joins are tried apart, and each such lot once for all: sets have many lots in common.
        """
        found = self._trials.get(chosen)
        if found is None:
            lots = self._lots(chosen)
            found = self._worked(chosen) if len(lots) == 1 else _joined([self.tried(lot) for lot in lots])
            self._trials[chosen] = found
        return found

    def _lots(self, chosen: int) -> list[int]:
        """Part figures chosen where no demand has some of both parts."""
        lots: list[int] = []
        for i in _places_of(chosen):
            own = self._reach(i) & chosen
            apart = [lot for lot in lots if not lot & own]
            for lot in lots:
                own |= lot if lot & own else 0
            lots = [*apart, own]
        return lots

    def _reach(self, i: int) -> int:
        """Give all figures that some demand joins with one."""
        if i not in self._reaches:
            mask = 0
            for at in self._about[self._refs[i]]:
                mask |= self.mask_of(at)
            self._reaches[i] = mask
        return self._reaches[i]

    def _worked(self, chosen: int) -> Point | Contradiction:
        """Try figures that hang together."""
        free = tuple(_places_of(chosen))
        touched = dict.fromkeys(at for i in free for at in self._about[self._refs[i]])
        always = [line for i in free if (line := self._sign(i)) is not None]
        choices: list[tuple[Rows, ...]] = []
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
            broken = self._broken(touched, found)
            if broken is None:
                return found if len(found.values) == len(free) else self._filled(found, free)
            behind |= self._rest_of(broken)
            proved = False  # other numbers may do
        return self._contradiction(behind, chosen, proved=proved)

    def _rest_of(self, at: int) -> int:
        """Give all that a contradiction rests on to which a demand leads: its figures, and itself if it fails."""
        return self.mask_of(at) | self._own_bits.get(at, 0)

    def _contradiction(self, behind: int, chosen: int, *, proved: bool = True) -> Contradiction:
        """Part the figures behind a contradiction from the demands that fail by themselves, on which it rests."""
        own = behind & ((1 << len(self._failing)) - 1)
        premises = tuple(self.mask_of(self._failing[n]) for n in _places_of(own))
        return Contradiction((behind ^ own) & ~chosen, premises, proved)

    def _ways(self, at: int, chosen: int) -> tuple[Rows, ...] | None:
        """Give the rows of each way in which a demand can hold with what is chosen of it; None where any value will do.

        What is chosen beside the demand's own figures changes nothing, so that it is worked out once.
        """
        own = chosen & self.mask_of(at)
        if (at, own) not in self._ways_by:
            ways = _unlike(self._worked_out(at, {self._refs[i]: i for i in _places_of(own)}))
            self._ways_by[at, own] = None if () in ways else ways
        return self._ways_by[at, own]

    def _worked_out(self, at: int, free: Mapping[CellRef, int]) -> Iterable[Rows]:
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
            found = judge(identity, self._sheets, additive=self._additive).outcome in HOLDS
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

    def reprints(self, point: Point) -> Iterable[Reprint]:
        """Give the figures that a trial chose as they should print."""
        for i, digits in sorted(point.values.items()):
            figure = self._figures[self._refs[i]]
            yield Reprint(self._refs[i], digits, figure.unit, figure.places)

    def _broken(self, touched: Iterable[int], point: Point) -> int | None:
        """Find a demand that does not hold after all; most are seen to, and only for another is anything printed anew."""
        refs = self._refs
        amounts = {refs[i]: digits * self._figures[refs[i]].step for i, digits in point.values.items()}
        after: dict[str, Sheet] = {}
        for at in touched:
            demand = self._demands[at]
            if not any(self._side(i, at).holds_at_sight(amounts) for i in demand.ways):
                after = after or with_reprints(self._sheets, tuple(self.reprints(point)))
                if not is_met(demand, after, additive=self._additive):
                    return at
        return None


def _unlike(ways: Iterable[Rows]) -> tuple[Rows, ...]:
    """Leave out ways that ask for the very same."""
    return tuple(
        {tuple((tuple(sorted(r.weights.items())), r.low, r.high) for r in rows): rows for rows in ways}.values()
    )


def _joined(found: Sequence[Point | Contradiction]) -> Point | Contradiction:
    """Put together what came of lots that have nothing in common; each contradiction is one, the narrowest is told first."""
    wrong = [one for one in found if isinstance(one, Contradiction)]
    if wrong:
        first, *others = sorted(wrong, key=lambda c: (not c.proved, c.mask.bit_count()))
        return msgspec.structs.replace(first, others=tuple(c for c in others if c.proved))
    points = [one for one in found if isinstance(one, Point)]
    return Point({i: v for p in points for i, v in p.values.items()}, all(p.is_settled for p in points))


def _places_of(mask: int) -> Iterator[int]:
    """Give the places of the bits of a mask, the lowest first."""
    while mask:
        low = mask & -mask
        yield low.bit_length() - 1
        mask ^= low
