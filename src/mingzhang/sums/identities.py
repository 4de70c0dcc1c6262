"""Identities: statements made concrete for one document, and judged exactly.

A printed figure stands for itself where its last digit is one fen, or counts things; else for anything within half a
unit of its last digit. In a document that declares additive rounding an identity between figures of one unit holds
exactly, and across units each figure stands for anything less than one unit of its last digit away.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal

import msgspec

from mingzhang.model.units import ATOMS_PER_FEN, atoms, base_of, is_money
from mingzhang.sums.shapes import CellRef, Operand
from mingzhang.sums.sheets import Gap, look
from mingzhang.sums.terms import Relation

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from mingzhang.model.figure import Figure
    from mingzhang.sums.sheets import Sheet

__all__ = ["Identity", "Judgement", "Operand", "Verdict", "judge", "rounded_share", "width"]

Judgement = Literal["holds", "rounding", "violated", "undecided", "nothing"]
"""`rounding`: does not hold as printed, but may in truth. `nothing`: no number is printed on either side."""

_PER_CENT: Final = base_of("%")


class Identity(msgspec.Struct, frozen=True, gc=False, cache_hash=True):
    """What must hold between figures of one document; with `over`, `left` is the share of `right` in it, in %."""

    left: tuple[Operand, ...]
    relation: Relation
    right: tuple[Operand, ...]
    over: tuple[Operand, ...] = ()

    @property
    def operands(self) -> tuple[Operand, ...]:
        """List every operand."""
        return (*self.left, *self.right, *self.over)


class Verdict(msgspec.Struct, frozen=True, gc=False):
    """How an identity was judged: both sides and their difference in atoms, and `gap`, what was lacking."""

    identity: Identity
    outcome: Judgement
    left: int = 0
    right: int = 0
    gap: CellRef | None = None
    withheld: bool = False

    @property
    def difference(self) -> int:
        """Give left minus right."""
        return self.left - self.right


def judge(identity: Identity, sheets: Mapping[str, Sheet], *, additive: bool = False) -> Verdict:
    """Judge an identity by what is printed."""
    figures: list[Figure] = []
    empty = True
    for operand in identity.operands:
        ref = operand.ref
        found = look(sheets, ref)
        if isinstance(found, Gap):
            return Verdict(identity, "undecided", gap=ref)
        if found.withheld:
            return Verdict(identity, "undecided", gap=ref, withheld=True)
        if found.digits is not None:
            empty = False
        figures.append(found)
    if empty:
        return Verdict(identity, "nothing")
    middle, last = len(identity.left), len(identity.left) + len(identity.right)
    left, right = _value(identity.left, figures), _value(identity.right, figures[middle:last])
    if identity.over:
        return _judge_share(identity, figures, left, right, additive=additive)
    return Verdict(identity, _outcome(left - right, identity, figures, additive=additive), left, right)


def width(figure: Figure, *, additive: bool = False) -> int:
    """Give twice the atoms by which a figure may lie beside the true value: 0 for fen, counts and nothing printed."""
    if not figure.is_number:
        return 0
    exact = figure.step <= ATOMS_PER_FEN if is_money(figure.unit) else figure.places == 0 and figure.unit != "%"
    return 0 if exact else figure.step * (2 if additive else 1)


def _outcome(slack: int, identity: Identity, figures: Sequence[Figure], *, additive: bool) -> Judgement:
    """Judge a difference; between different units falling within the width is what holding means."""
    if slack == 0 or (slack < 0 and identity.relation == "<=") or (slack > 0 and identity.relation == ">="):
        return "holds"
    printed = [f for f in figures if f.digits is not None]
    units = {f.unit for f in printed}
    if additive and len(units) == 1 and len({f.step for f in printed if f.digits}) <= 1:  # a zero prints short
        return "violated"
    room = _room(identity.operands, figures, additive=additive)
    if 2 * abs(slack) > room or (additive and 2 * abs(slack) == room):
        return "violated"
    return "holds" if len(units) > 1 else "rounding"


def _judge_share(identity: Identity, figures: Sequence[Figure], share: int, part: int, *, additive: bool) -> Verdict:
    """Judge a share in whole numbers: |share × whole − 100 × part| against half a digit of the share, or a whole one."""
    middle, last = len(identity.left), len(identity.left) + len(identity.right)
    whole = _value(identity.over, figures[last:])
    printed = figures[0]
    if whole == 0 or not printed.is_number:
        same = part == 0 == share and printed.is_number
        return Verdict(identity, "holds" if same else "undecided", share, share, None if same else identity.over[0].ref)
    per_cent = 100 * _PER_CENT
    expected = rounded_share(part, whole, printed)
    if is_rounded_share(share, printed.step, part, whole, additive=additive):
        return Verdict(identity, "holds", share, expected)
    off, room = 2 * abs(share * whole - per_cent * part), printed.step * abs(whole)
    room += abs(share) * _room(identity.over, figures[last:], additive=additive)
    room += per_cent * _room(identity.right, figures[middle:last], additive=additive)
    return Verdict(identity, "rounding" if off <= room else "violated", share, expected)


def is_rounded_share(share: int, step: int, part: int, whole: int, *, additive: bool = False) -> bool:
    """Tell whether a share in atoms of per cent, of so many a digit, is that of a part in a whole but for its rounding."""
    off, room = 2 * abs(share * whole - 100 * _PER_CENT * part), step * abs(whole)
    return off <= room or (additive and off < 2 * room)  # shares that add up to 100 are floors and ceilings


def rounded_share(part: int, whole: int, printed: Figure) -> int:
    """Give a share as it should print: rounded half-up to the printed places, in atoms of per cent."""
    sign = -1 if (part < 0) != (whole < 0) else 1
    digits: int = (2 * 100 * abs(part) * 10**printed.places + abs(whole)) // (2 * abs(whole))
    return sign * digits * printed.step


def _value(operands: Iterable[Operand], figures: Sequence[Figure]) -> int:
    """Add up; nothing printed counts as nothing."""
    total = 0
    for operand, figure in zip(operands, figures, strict=False):
        if figure.digits:
            total += operand.coefficient * atoms(figure.digits, figure.places, figure.unit)
    return total


def _room(operands: Iterable[Operand], figures: Sequence[Figure], *, additive: bool) -> int:
    """Add up twice the atoms by which figures may lie beside their true values."""
    pairs = zip(operands, figures, strict=False)
    return sum(abs(o.coefficient) * width(f, additive=additive) for o, f in pairs)
