"""Statements that are seen to hold at sight: an expression they may be taken from gives what they print."""

from __future__ import annotations

from collections import defaultdict
from itertools import chain
from typing import TYPE_CHECKING

from mingzhang.forms.expressions import Cell
from mingzhang.rules.figures import TEXT
from mingzhang.rules.once import once_for_all, tied
from mingzhang.rules.stated import nearest, said_as, stated_atoms
from mingzhang.sums.identities import is_rounded_share, width
from mingzhang.sums.sheets import Gap
from mingzhang.sums.terms import pattern_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mingzhang.forms.expressions import Terms
    from mingzhang.model.figure import Figure
    from mingzhang.rules.figures import Figures, Said
    from mingzhang.sums.identities import Identity, Operand


@once_for_all
def comparable(figures: Figures, shares: bool) -> dict[tuple[str, ...], list[tuple[int, str]]]:
    """List the statements, shares or others, that may be spelled as figures of the document itself, by their tables."""
    out: dict[tuple[str, ...], list[tuple[int, str]]] = defaultdict(list)
    for n, (name, said) in enumerate(said_as(figures, "share" if shares else "amount")):
        declared, figure = said.declared, said.slot.figure
        if declared is not None and figure is not None and figure.unit and shares == (figure.unit == "%"):
            out[declared.tables].append((n, name))
    return out


def not_seen_to_hold(figures: Figures, shares: bool) -> list[tuple[int, str]]:
    """List the statements that no expression is seen to give; that it is not seen means no more than that."""

    def of(tables: tuple[str, ...], stated: list[tuple[int, str]]) -> list[tuple[int, str]]:
        return tied(figures, (_unseen, shares, tables), (TEXT, *tables), lambda: _unseen(stated, figures))

    return sorted(chain(*(of(tables, stated) for tables, stated in comparable(figures, shares).items())))


def seen_to_hold(figures: Figures) -> frozenset[str]:
    """List the amounts that an expression is seen to give."""
    names = (name for _n, name in chain(*comparable(figures, False).values()))
    return frozenset(names).difference([name for _n, name in not_seen_to_hold(figures, False)])


def is_exact(identity: Identity, figures: Figures) -> bool:
    """Tell whether statements add up to others exactly, or one is a share of others as it should print."""
    left, right, over = (_added(side, figures) for side in (identity.left, identity.right, identity.over))
    if left is None or right is None or over is None:
        return False
    share = figures.said[identity.left[0].ref.row].slot.figure if identity.over else None
    return left == right if share is None else over != 0 and _is_share(share, left, right, over, figures)


def _added(operands: Sequence[Operand], figures: Figures) -> int | None:
    """Add up statements in atoms; None where one of them is withheld, or no number."""
    atoms = stated_atoms(figures)
    return _total([None if (n := atoms.get(o.ref.row)) is None else o.coefficient * n for o in operands])


def _unseen(stated: list[tuple[int, str]], figures: Figures) -> list[tuple[int, str]]:
    said, atoms = figures.said, stated_atoms(figures)
    return [one for one in stated if not _is_given(said[one[1]], atoms.get(one[1]), figures)]


def _is_given(said: Said, stated: int | None, figures: Figures) -> bool:
    """Tell whether an expression that a statement may be taken from gives what it prints."""
    figure = said.slot.figure
    if figure is None or figure.digits is None or stated is None or said.declared is None:
        return False
    for above, below in said.declared.sums:
        amount = _sum_of(above, said, figures)
        if amount is None:
            continue
        if not below:
            if amount == stated or _is_rounded(figure, stated - amount, above, figures):
                return True
            continue
        whole = _sum_of(below, said, figures)
        if whole is not None and _is_share(figure, stated, amount, whole, figures):
            return True
    return False


def _is_share(figure: Figure, stated: int, part: int, whole: int, figures: Figures) -> bool:
    """Tell whether a share is that of a part in a whole as it should print."""
    if whole == 0:
        return stated == part == 0
    return is_rounded_share(stated, figure.step, part, whole, additive=figures.additive)


def _is_rounded(figure: Figure, slack: int, terms: Terms, figures: Figures) -> bool:
    """Tell whether no more than rounding lies between a statement and cells that are printed in another unit."""
    if 2 * abs(slack) > width(figure):
        return False
    cells = [figures.sheets[p.table].figure(p.row, p.column) for _sign, p in terms if isinstance(p, Cell)]
    return bool([f for f in cells if f is not None and f.is_number and f.unit != figure.unit])


def _sum_of(terms: Terms, said: Said, figures: Figures) -> int | None:
    """Add up terms in atoms; None where any of them is not printed, withheld, or no figure at all."""
    total = 0
    for sign, term in terms:
        if isinstance(term, Cell):
            amount = _printed(term, figures)
        else:
            other = nearest(term.name, said, figures)
            amount = None if other is None else stated_atoms(figures)[other]
        if amount is None:
            return None
        total += sign * amount
    return total


def _printed(cell: Cell, figures: Figures) -> int | None:
    """Give the atoms of a cell, or of all whose rows a pattern fits."""
    sheet = figures.sheets.get(cell.table)
    if sheet is None:
        return None
    places = sheet.shape.column(cell.column)
    if "*" not in cell.row:
        place = places.get(cell.row)
        if place is not None:
            return sheet.values[place]
        return None if isinstance(sheet.look(cell.row, cell.column), Gap) else 0
    rows = sheet.shape.rows_like(pattern_of(cell.row))
    return _total([sheet.values[places[r]] if r in places else None for r in rows]) if rows else None


def _total(amounts: Sequence[int | None]) -> int | None:
    known = [a for a in amounts if a is not None]
    return sum(known) if len(known) == len(amounts) else None
