"""Rounding: sums of facts in fen become digits of a unit, integers only.

What is rounded is a *variable*: a set of facts printed in one unit with so many places. Cells and sentences whose
facts are the same share one variable, so they print alike wherever they stand. How the variables of a document get
their digits is a `Rounding`: half-up one by one, or chosen together so that all adds up (`sums.additive`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

import msgspec

from mingzhang.model.units import ATOMS_PER_FEN, last_digit

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from mingzhang.sums.filters import Fact


class Variable(msgspec.Struct, frozen=True, gc=False, cache_hash=True):
    """One set of facts as printed in one unit: the ids of its facts, their sum in fen, unit and places.

    Facts of nothing change no sum: they are left out, so that sets that differ by them alone are one variable.
    A share in % is the `fen` of a part of `whole` fen.
    """

    facts: frozenset[str]
    fen: int
    unit: str = "万元"
    places: int = 2
    whole: int = 0

    @property
    def value(self) -> int:
        """Give the true value on a scale where one step of the last printed digit is `step`."""
        return self.fen * (100 * 10**self.places if self.whole else ATOMS_PER_FEN)

    @property
    def step(self) -> int:
        """Give what one step of the last printed digit is on the scale of `value`."""
        return self.whole or last_digit(self.places, self.unit)

    @property
    def half_up(self) -> int:
        """Give the digits that are nearest, halves away from zero."""
        return divided(self.value, self.step)

    def is_near(self, digits: int) -> bool:
        """Tell whether digits lie less than one step of the last digit beside the true value."""
        return abs(digits * self.step - self.value) < self.step


class Rounding(Protocol):
    """A way to give every variable of a document its digits."""

    def __call__(self, variables: Collection[Variable], /) -> Mapping[Variable, int]:
        """Give the digits of each variable, in steps of its last printed digit."""


def variable_of(facts: Iterable[Fact], unit: str, places: int) -> Variable:
    """Make the variable of some facts."""
    present = [f for f in facts if f.amount]
    return Variable(frozenset(f.id for f in present), sum(f.amount for f in present), unit, places)


def half_up(fen: int, unit: str, places: int) -> int:
    """Round an amount in fen to digits of a unit, halves away from zero."""
    return divided(fen * ATOMS_PER_FEN, last_digit(places, unit))


def divided(dividend: int, divisor: int) -> int:
    """Divide two integers to the nearest integer, halves away from zero.

    Raises:
        ZeroDivisionError: nothing can be divided by zero.
    """
    sign = -1 if (dividend < 0) != (divisor < 0) else 1
    return sign * ((2 * abs(dividend) + abs(divisor)) // (2 * abs(divisor)))


def half_up_each(variables: Collection[Variable], /) -> Mapping[Variable, int]:
    """Round every variable by itself, halves away from zero, whether sums of them hold or not."""
    return {v: v.half_up for v in variables}
