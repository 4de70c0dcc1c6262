"""A certificate of what is printed: every identity in integers, every figure less than a unit from the truth.

It looks at the printed figures alone, and knows nothing of how they were chosen.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import msgspec
from msgspec.structs import replace

from mingzhang.model.units import ATOMS_PER_FEN, base_of, is_money
from mingzhang.sums.identities import Identity, Operand
from mingzhang.sums.sheets import CellRef, Gap, look

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from mingzhang.model.figure import Figure
    from mingzhang.sums.asserted import Asserted
    from mingzhang.sums.sheets import Sheet


_HUNDRED: Final = 100 * base_of("%")


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


def certify(
    identities: Iterable[Identity],
    sheets: Mapping[str, Sheet],
    truth: Mapping[CellRef, int],
    shares: Iterable[Sequence[CellRef]] = (),
) -> Certificate:
    """Look at identities, at figures whose true value in fen is known, and at shares that must make 100.

    Between figures of one unit and as many places an identity holds to the last digit; between others, as far as
    figures less than a unit from the truth allow. A share lies less than a unit from the ratio of what is printed.
    """
    asked = tuple(identities)
    printed = _Printed(sheets)
    wholes = tuple(Identity(tuple(Operand(1, ref) for ref in one), "=", ()) for one in shares)
    broken = (
        *(i for i in asked if not _holds(i, printed, sheets)),
        *(w for w in wholes if not _is_whole(w, sheets)),
    )
    exact = {ref for ref, fen in truth.items() if printed.get(ref) == fen * ATOMS_PER_FEN}
    far = tuple(ref for ref, fen in truth.items() if ref not in exact and not _is_near(look(sheets, ref), fen))
    return Certificate(len(asked) + len(wholes), len(truth), broken, far)


def certify_asserted(
    asserted: Asserted, sheets: Mapping[str, Sheet], shares: Iterable[Sequence[CellRef]] = ()
) -> Certificate:
    """Look at all that is asserted of a document, as `certify` does: at whole columns first, one by one at what is left.

    Whatever whole columns tell is told of the printed figures by their places in the sheets.
    """
    still = asserted.open_in(sheets)
    found = certify(still, sheets, asserted.doubted(sheets, _is_near), shares)
    settled = sum(len(numbers) for _, numbers in asserted.said) + len(asserted.apart) - len(still)
    return replace(found, identities=found.identities + settled, figures=asserted.figures)


def _is_near(figure: Figure | Gap, fen: int) -> bool:
    """Tell whether a figure lies less than one step of its last digit from the truth; a blank stands for nothing."""
    if isinstance(figure, Gap):
        return False
    if figure.digits is None:
        return fen == 0
    return abs(figure.atoms - fen * ATOMS_PER_FEN) < figure.step


class _Lacking(LookupError):  # noqa: N818 - no error, but what is asked for
    """There is no figure at an address."""


class _Printed(dict[CellRef, int]):
    """The atoms printed at each address, nothing printed as 0; those that were asked for."""

    def __init__(self, sheets: Mapping[str, Sheet]) -> None:
        super().__init__()
        self._sheets = sheets

    def __missing__(self, ref: CellRef) -> int:
        figure = look(self._sheets, ref)
        if isinstance(figure, Gap):
            raise _Lacking(ref)
        found = self[ref] = 0 if figure.digits is None else figure.atoms
        return found


def _holds(identity: Identity, printed: _Printed, sheets: Mapping[str, Sheet]) -> bool:
    if identity.over:
        return _is_share(identity, sheets)
    try:
        difference = sum([o.coefficient * printed[o.ref] for o in identity.left])
        difference -= sum([o.coefficient * printed[o.ref] for o in identity.right])
    except _Lacking:
        return False
    if difference == 0:
        return True
    if identity.relation != "=" and (difference if identity.relation == "<=" else -difference) <= 0:
        return True
    terms = (*_terms(identity.left, 1, sheets), *_terms(identity.right, -1, sheets))
    figures = [(c, f) for c, f in terms if not isinstance(f, Gap) and f.digits is not None]
    if len({(f.unit, f.places) for _, f in figures}) < 2:
        return False
    return abs(difference) < sum(abs(c) * _room(f) for c, f in figures)


def _is_share(identity: Identity, sheets: Mapping[str, Sheet]) -> bool:
    """Tell whether a share lies less than a step of its last digit from the ratio of the printed figures; of nothing it is 0."""
    sides = [_terms(side, 1, sheets) for side in (identity.left, identity.right, identity.over)]
    if any(isinstance(f, Gap) for side in sides for _, f in side) or len(sides[0]) != 1:
        return False
    printed = sides[0][0][1]
    if isinstance(printed, Gap) or not printed.is_number:
        return False
    share, part, whole = (_atoms(side) for side in sides)
    if whole == 0:  # the whole is printed as nothing, so that no ratio can be
        return part == share == 0
    return whole > 0 and abs(share * whole - _HUNDRED * part) < printed.step * whole


def _is_whole(identity: Identity, sheets: Mapping[str, Sheet]) -> bool:
    """Tell whether shares make exactly 100."""
    terms = _terms(identity.left, 1, sheets)
    return not any(isinstance(f, Gap) for _, f in terms) and _atoms(terms) == _HUNDRED


def _atoms(terms: Iterable[tuple[int, Figure | Gap]]) -> int:
    """Add up the numbers printed."""
    return sum(c * f.atoms for c, f in terms if not isinstance(f, Gap) and f.is_number)


def _room(figure: Figure) -> int:
    """Give how far a figure may lie from the truth: nothing for fen and for what is no money."""
    return figure.step if is_money(figure.unit) and figure.step > ATOMS_PER_FEN else 0


def _terms(operands: Iterable[Operand], sign: int, sheets: Mapping[str, Sheet]) -> list[tuple[int, Figure | Gap]]:
    return [(sign * o.coefficient, look(sheets, o.ref)) for o in operands]
