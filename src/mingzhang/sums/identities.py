"""Identities: statements made concrete for one document, and judged exactly.

A printed figure stands for itself where its last digit is one fen, or counts things; else for anything within half a
unit of its last digit. In a document that declares additive rounding an identity between figures of one unit holds
exactly, and across units each figure stands for anything less than one unit of its last digit away.
"""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, Final, Literal

import msgspec

from mingzhang.model.units import ATOMS_PER_FEN, base_of, is_money
from mingzhang.sums.sheets import CellRef, Gap, look
from mingzhang.sums.terms import Cell, Part, Relation, Statement, pattern_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from mingzhang.model.figure import Figure
    from mingzhang.sums.sheets import Sheet

Judgement = Literal["holds", "rounding", "violated", "undecided", "nothing"]
"""`rounding`: does not hold as printed, but may in truth. `nothing`: no number is printed on either side."""

_PER_CENT: Final = base_of("%")


class Operand(msgspec.Struct, frozen=True):
    """One figure of an identity and how often it counts."""

    coefficient: int
    ref: CellRef


class Identity(msgspec.Struct, frozen=True):
    """What must hold between figures of one document; with `over`, `left` is the share of `right` in it, in %."""

    left: tuple[Operand, ...]
    relation: Relation
    right: tuple[Operand, ...]
    over: tuple[Operand, ...] = ()

    @property
    def operands(self) -> tuple[Operand, ...]:
        """List every operand."""
        return (*self.left, *self.right, *self.over)


class Verdict(msgspec.Struct, frozen=True):
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


def concrete(statement: Statement, sheets: Mapping[str, Sheet], tables: Iterable[str] = ()) -> Iterator[Identity]:
    """Make a statement concrete: once for every way in which its variables can be bound.

    Nothing comes of it where a sheet, a whole side, or all but one term of several is not in the document's form.
    `$table` stands for each of `tables` in turn.
    """
    for table in tables if "table" in statement.variables else ("",):
        bound = _bound(statement, {"table": table})
        if any(c.source not in sheets for c in bound.cells):
            continue
        names = bound.variables
        for values in product(*(_bindings(bound, name, sheets) for name in names)):
            identity = _identity(_bound(bound, dict(zip(names, values, strict=True))), sheets)
            if identity is not None:
                yield identity


def judge(identity: Identity, sheets: Mapping[str, Sheet], *, additive: bool = False) -> Verdict:
    """Judge an identity by what is printed."""
    figures: dict[CellRef, Figure] = {}
    for operand in identity.operands:
        found = look(sheets, operand.ref)
        if isinstance(found, Gap):
            return Verdict(identity, "undecided", gap=operand.ref)
        if found.withheld:
            return Verdict(identity, "undecided", gap=operand.ref, withheld=True)
        figures[operand.ref] = found
    if not any(f.is_number for f in figures.values()):
        return Verdict(identity, "nothing")
    left, right = _value(identity.left, figures), _value(identity.right, figures)
    if identity.over:
        return _judge_share(identity, figures, additive=additive)
    outcome = _outcome(left - right, identity, figures, additive=additive)
    return Verdict(identity, outcome, left, right)


def width(figure: Figure, *, additive: bool = False) -> int:
    """Give twice the atoms by which a figure may lie beside the true value: 0 for fen, counts and nothing printed."""
    if not figure.is_number:
        return 0
    exact = figure.step <= ATOMS_PER_FEN if is_money(figure.unit) else figure.places == 0 and figure.unit != "%"
    return 0 if exact else figure.step * (2 if additive else 1)


def _outcome(slack: int, identity: Identity, figures: Mapping[CellRef, Figure], *, additive: bool) -> Judgement:
    """Judge a difference; between different units falling within the width is what holding means."""
    if slack == 0 or (slack < 0 and identity.relation == "<=") or (slack > 0 and identity.relation == ">="):
        return "holds"
    printed = [f for f in figures.values() if f.is_number]
    units = {f.unit for f in printed}
    if additive and len(units) == 1 and len({f.step for f in printed}) == 1:
        return "violated"
    room = sum(abs(o.coefficient) * width(figures[o.ref], additive=additive) for o in identity.operands)
    if 2 * abs(slack) > room or (additive and 2 * abs(slack) == room):
        return "violated"
    return "holds" if len(units) > 1 else "rounding"


def _judge_share(identity: Identity, figures: Mapping[CellRef, Figure], *, additive: bool) -> Verdict:
    """Judge a share in whole numbers: |share × whole − 100 × part| against half a digit of the share, or a whole one."""
    share = _value(identity.left, figures)
    part, whole = _value(identity.right, figures), _value(identity.over, figures)
    printed = figures[identity.left[0].ref]
    if whole == 0 or not printed.is_number:
        same = part == 0 == share and printed.is_number
        return Verdict(identity, "holds" if same else "undecided", share, share, None if same else identity.over[0].ref)
    per_cent = 100 * _PER_CENT
    off = 2 * abs(share * whole - per_cent * part)
    room = printed.step * abs(whole)
    expected = rounded_share(part, whole, printed)
    if off <= room or (additive and off < 2 * room):  # shares that add up to 100 are floors and ceilings
        return Verdict(identity, "holds", share, expected)
    room += abs(share) * sum(abs(o.coefficient) * width(figures[o.ref], additive=additive) for o in identity.over)
    room += per_cent * sum(abs(o.coefficient) * width(figures[o.ref], additive=additive) for o in identity.right)
    return Verdict(identity, "rounding" if off <= room else "violated", share, expected)


def rounded_share(part: int, whole: int, printed: Figure) -> int:
    """Give a share as it should print: rounded half-up to the printed places, in atoms of per cent."""
    sign = -1 if (part < 0) != (whole < 0) else 1
    digits: int = (2 * 100 * abs(part) * 10**printed.places + abs(whole)) // (2 * abs(whole))
    return sign * digits * printed.step


def _value(operands: Iterable[Operand], figures: Mapping[CellRef, Figure]) -> int:
    """Add up; nothing printed counts as nothing."""
    return sum(o.coefficient * figures[o.ref].atoms for o in operands if figures[o.ref].is_number)


def _bound(statement: Statement, values: dict[str, str]) -> Statement:
    def side(parts: tuple[Part, ...]) -> tuple[Part, ...]:
        return tuple(Part(p.sign, p.cell.bound(values)) for p in parts)

    return Statement(side(statement.left), statement.relation, side(statement.right), side(statement.over))


def _bindings(statement: Statement, name: str, sheets: Mapping[str, Sheet]) -> tuple[str, ...]:
    """List what a variable stands for: keys that stand in every column and every fixed list of rows where it is used.

    Where it is used only in lists that hold what occurs, it stands for every key that occurs in any of them.
    """
    narrow: list[dict[str, None]] = []
    wide: dict[str, None] = {}
    mark = f"${name}"
    for cell in statement.cells:
        sheet = sheets[cell.source]
        if mark in cell.column:
            narrow.append(_matches(cell.column, sheet.columns, name))
        if mark in cell.row and not cell.by:
            found = _matches(cell.row, (*sheet.rows, *sorted(sheet.known)), name)
            if sheet.grows:
                wide |= found
            else:
                narrow.append(found)
    if not narrow:
        return tuple(wide)
    return tuple(key for key in narrow[0] if all(key in other for other in narrow[1:]))


def _matches(text: str, keys: Iterable[str], name: str) -> dict[str, None]:
    pattern = pattern_of(text)
    return {found[name]: None for key in keys if (found := pattern.fullmatch(key)) is not None}


def _identity(statement: Statement, sheets: Mapping[str, Sheet]) -> Identity | None:
    sides = []
    for parts in (statement.left, statement.right, statement.over):
        side = _operands(parts, sheets)
        if side is None:
            return None
        sides.append(side)
    return Identity(sides[0], statement.relation, sides[1], sides[2])


def _operands(parts: tuple[Part, ...], sheets: Mapping[str, Sheet]) -> tuple[Operand, ...] | None:
    """Make one side's operands, leaving out what the form does not have; None where too little remains."""
    out: list[Operand] = []
    kept = 0
    for part in parts:
        sheet = sheets[part.cell.source]
        rows = _rows(part.cell, sheet)
        refs = [CellRef(sheet.id, row, part.cell.column) for row in rows]
        refs = [r for r in refs if sheet.look(r.row, r.column) is not Gap.NOT_IN_FORM]
        if refs or (part.cell.every and not part.cell.by and part.cell.column in sheet.columns):
            kept += 1
        elif part.cell.by:
            return None
        out += [Operand(part.sign, r) for r in refs]
    return tuple(out) if kept >= min(len(parts), 2) else None


def _rows(cell: Cell, sheet: Sheet) -> tuple[str, ...]:
    if cell.by:
        return tuple(k for k, r in sheet.rows.items() if r.has(cell.by, cell.row))
    if cell.every:
        pattern = pattern_of(cell.row)
        return tuple(k for k in sheet.rows if pattern.fullmatch(k))
    return (cell.row,)
