"""What is asserted of a document's figures: what sayings say, identities besides, and the true value of each figure.

It is kept by the places of figures in their sheets, so that a certificate looks at it in whole columns.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

import msgspec

from mingzhang.sums.identities import Identity
from mingzhang.sums.sayings import Sayings
from mingzhang.sums.shapes import CellRef, Shape

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from mingzhang.model.figure import Figure
    from mingzhang.sums.sheets import Sheet


class Truth(msgspec.Struct, frozen=True):
    """The true values of a sheet's figures in fen, in the order of its cells; None where nothing is known of one."""

    shape: Shape
    fen: tuple[int | None, ...]

    def items(self) -> dict[CellRef, int]:
        """Give the values that are known by address."""
        cells = zip(self.shape.cells, self.fen, strict=True)
        return {CellRef(self.shape.id, row, column): fen for (row, column), fen in cells if fen is not None}

    def doubted(self, sheet: Sheet | None, is_near: Callable[[Figure, int], bool]) -> dict[CellRef, int]:
        """Give the values that are not seen to be near what a sheet prints; many cells print the very same figure."""
        if sheet is None or sheet.shape is not self.shape:
            return self.items()
        printed = {id(f): f for f in sheet.figures}
        pairs = list(zip(map(id, sheet.figures), self.fen, strict=True))
        far = {(at, fen) for at, fen in set(pairs) if fen is not None and not is_near(printed[at], fen)}
        if not far:
            return {}
        cells = zip(self.shape.cells, pairs, strict=True)
        return {CellRef(self.shape.id, *cell): pair[1] for cell, pair in cells if pair in far and pair[1] is not None}


class Asserted(msgspec.Struct, frozen=True, dict=True):
    """What is asserted of figures: `said` with the numbers of the identities meant, `apart` others, `truths` by sheet."""

    said: tuple[tuple[Sayings, tuple[int, ...]], ...]
    apart: tuple[Identity, ...]
    truths: dict[str, Truth]

    @cached_property
    def identities(self) -> tuple[Identity, ...]:
        """Spell all identities, each once."""
        spelled = (said.identity(n) for said, numbers in self.said for n in numbers)
        return tuple(dict.fromkeys((*spelled, *self.apart)))

    @cached_property
    def truth(self) -> dict[CellRef, int]:
        """Spell the true values in fen by address."""
        return {ref: fen for own in self.truths.values() for ref, fen in own.items().items()}

    @property
    def figures(self) -> int:
        """Count the figures whose true value is known."""
        return sum(len(own.fen) - own.fen.count(None) for own in self.truths.values())

    def open_in(self, sheets: Mapping[str, Sheet]) -> tuple[Identity, ...]:
        """Give the identities that are not seen to hold at sight, and those apart."""
        still = (said.identity(n) for said, numbers in self.said for n in said.unsettled(numbers, sheets))
        return (*still, *self.apart)

    def doubted(self, sheets: Mapping[str, Sheet], is_near: Callable[[Figure, int], bool]) -> dict[CellRef, int]:
        """Give the true values that are not seen to be near what is printed."""
        found = (own.doubted(sheets.get(source), is_near) for source, own in self.truths.items())
        return {ref: fen for own in found for ref, fen in own.items()}
