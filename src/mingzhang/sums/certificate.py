"""A certificate of what is printed: every identity in integers, every figure less than a unit from the truth.

It looks at the printed figures alone, and knows nothing of how they were chosen.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from mingzhang.model.units import ATOMS_PER_FEN, is_money
from mingzhang.sums.identities import Identity
from mingzhang.sums.sheets import CellRef, Gap, look

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from mingzhang.model.figure import Figure
    from mingzhang.sums.identities import Operand
    from mingzhang.sums.sheets import Sheet


class Certificate(msgspec.Struct, frozen=True):
    """How many identities and figures were looked at, the identities that fail, and the figures that lie too far off."""

    identities: int
    figures: int
    broken: tuple[Identity, ...] = ()
    far: tuple[CellRef, ...] = ()

    @property
    def holds(self) -> bool:
        """Tell whether nothing fails."""
        return not self.broken and not self.far


def certify(identities: Iterable[Identity], sheets: Mapping[str, Sheet], truth: Mapping[CellRef, int]) -> Certificate:
    """Look at identities and at figures whose true value in fen is known.

    Between figures of one unit and as many places an identity holds to the last digit; between others, as far as
    figures less than a unit from the truth allow. Shares are no identities of this kind.
    """
    asked = tuple(identities)
    broken = tuple(i for i in asked if not _holds(i, sheets))
    far = tuple(ref for ref, fen in truth.items() if not _is_near(look(sheets, ref), fen))
    return Certificate(len(asked), len(truth), broken, far)


def _is_near(figure: Figure | Gap, fen: int) -> bool:
    """Tell whether a figure lies less than one step of its last digit from the truth; a blank stands for nothing."""
    if isinstance(figure, Gap):
        return False
    if figure.digits is None:
        return fen == 0
    return abs(figure.atoms - fen * ATOMS_PER_FEN) < figure.step


def _holds(identity: Identity, sheets: Mapping[str, Sheet]) -> bool:
    if identity.over:
        return False
    terms = [*_terms(identity.left, 1, sheets), *_terms(identity.right, -1, sheets)]
    if any(isinstance(f, Gap) for _, f in terms):
        return False
    printed = [(c, f) for c, f in terms if not isinstance(f, Gap) and f.is_number]
    difference = sum(c * f.atoms for c, f in printed)
    if identity.relation != "=" and (difference if identity.relation == "<=" else -difference) <= 0:
        return True
    if len({(f.unit, f.places) for _, f in printed}) < 2:
        return difference == 0
    return abs(difference) < sum(abs(c) * _room(f) for c, f in printed) or difference == 0


def _room(figure: Figure) -> int:
    """Give how far a figure may lie from the truth: nothing for fen and for what is no money."""
    return figure.step if is_money(figure.unit) and figure.step > ATOMS_PER_FEN else 0


def _terms(operands: Iterable[Operand], sign: int, sheets: Mapping[str, Sheet]) -> list[tuple[int, Figure | Gap]]:
    return [(sign * o.coefficient, look(sheets, o.ref)) for o in operands]
