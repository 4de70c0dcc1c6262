"""The linear system of a document: which change would settle what does not hold.

What works today is exact and small: one wrong figure, found from the identities it stands in, and labels that have
slipped by one row. Both are proposals; a change is named only where it is the one that settles the most.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import msgspec

from mingzhang.model.figure import Figure
from mingzhang.sums.identities import Identity, Operand, Verdict, judge
from mingzhang.sums.sheets import CellRef, Gap, look

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from mingzhang.sums.sheets import Sheet

_FEWEST: Final = 2
"""One identity alone does not say which of its figures is wrong."""


class Correction(msgspec.Struct, frozen=True):
    """One figure that, printed as `atoms`, settles these identities and breaks none."""

    ref: CellRef
    atoms: int
    settles: tuple[Identity, ...]


class Shift(msgspec.Struct, frozen=True):
    """A block of lines, `first` to `last`, whose labels move by one: down (1) or up (-1)."""

    first: int
    last: int
    by: int

    def label_of(self, line: int) -> int | None:
        """Give the index of the label that a line gets, None where none is left for it."""
        if not self.first <= line <= self.last:
            return line
        moved = line - self.by
        return moved if self.first <= moved <= self.last else None


def corrections(
    verdicts: Sequence[Verdict], sheets: Mapping[str, Sheet], *, additive: bool = False
) -> tuple[Correction, ...]:
    """Find single figures whose change settles two or more violated equalities and breaks nothing that holds.

    The figure that settles most comes first; what it settles is then left out. Where two figures would settle the
    same identities nobody can tell which is wrong, and neither is named.
    """
    suspects = {o.ref: None for v in verdicts if v.outcome == "violated" for o in v.identity.operands}
    about: dict[CellRef, list[Verdict]] = {ref: [] for ref in suspects}
    for verdict in verdicts if suspects else ():
        if verdict.outcome in {"holds", "rounding", "violated"}:
            for operand in verdict.identity.operands:
                if operand.ref in about:
                    about[operand.ref].append(verdict)
    found = [c for ref in suspects if (c := _correction(ref, about[ref], sheets, additive=additive)) is not None]
    out: list[Correction] = []
    while found:
        most = max(len(c.settles) for c in found)
        best = [c for c in found if len(c.settles) == most]
        out += [c for c in best if not any(set(c.settles) & set(o.settles) for o in best if o is not c)]
        taken = {i for c in best for i in c.settles}
        found = [c for c in found if not taken.intersection(c.settles)]
    return tuple(out)


def label_shifts(blank: Sequence[bool], *, top_is_lost: bool) -> Iterator[Shift]:
    """List the shifts by one row that lose no figure: the longest block first.

    `blank` tells of each line whether no figure stands on it. A line that is left without a label must be blank,
    or be the first of the table where the label above all others is lost.
    """
    lines = len(blank)
    for length in range(lines, 1, -1):
        for first in range(lines - length + 1):
            last = first + length - 1
            if blank[first] or (first == 0 and top_is_lost):
                yield Shift(first, last, 1)
            if blank[last]:
                yield Shift(first, last, -1)


def _correction(
    ref: CellRef, verdicts: Sequence[Verdict], sheets: Mapping[str, Sheet], *, additive: bool
) -> Correction | None:
    figure = look(sheets, ref)
    if isinstance(figure, Gap) or figure.withheld:
        return None
    settles = tuple(v for v in verdicts if v.outcome == "violated")
    first = next((v for v in settles if _is_equality(v.identity)), None)
    if first is None or sum(v.identity.relation == "=" for v in settles) < _FEWEST:
        return None
    weight = _weight(ref, first.identity)
    if weight == 0 or first.difference % weight:
        return None
    change = -first.difference // weight
    value = (figure.atoms if figure.is_number else 0) + change
    if change == 0 or value % figure.step or value < 0:
        return None
    changed = _changed(sheets, ref, value // figure.step, figure)
    after = [judge(v.identity, changed, additive=additive) for v in verdicts]
    if any(a.outcome == "violated" for a in after) or any(
        a.outcome == "rounding" for a, v in zip(after, verdicts, strict=True) if v.outcome == "holds"
    ):
        return None
    return Correction(ref, value, tuple(v.identity for v in settles))


def _changed(sheets: Mapping[str, Sheet], ref: CellRef, digits: int, figure: Figure) -> dict[str, Sheet]:
    sheet = sheets[ref.source]
    cells = {**sheet.cells, (ref.row, ref.column): Figure(digits, figure.unit, figure.places)}
    return {**sheets, ref.source: msgspec.structs.replace(sheet, cells=cells)}


def _weight(ref: CellRef, identity: Identity) -> int:
    """Say how often a figure counts in left minus right."""

    def times(side: tuple[Operand, ...]) -> int:
        return sum(o.coefficient for o in side if o.ref == ref)

    return times(identity.left) - times(identity.right)


def _is_equality(identity: Identity) -> bool:
    return identity.relation == "=" and not identity.over
