"""Units of printed figures, and the one scale on which figures of any unit are compared.

Money is an integer of fen (分). A printed figure is an integer of its last printed digit with a unit
and a number of places; only this module turns one into the other.
"""

from __future__ import annotations

from functools import cache
from typing import Final

FEN_PER_UNIT: Final[dict[str, int]] = {"分": 1, "元": 100, "万元": 1_000_000, "亿元": 10_000_000_000}
"""Money units and how many fen one of them holds."""

ATOMS_PER_FEN: Final = 10**6
"""Figures of different units and places meet on a scale of millionths (of a fen, or of a counted unit)."""


def is_money(unit: str) -> bool:
    """Tell whether a unit is one of money."""
    return unit in FEN_PER_UNIT


def base_of(unit: str) -> int:
    """Give the atoms in one whole `unit`; a unit that is not money counts itself (%, 个, 辆, 平方米)."""
    return FEN_PER_UNIT.get(unit, 1) * ATOMS_PER_FEN


def atoms(digits: int, places: int, unit: str) -> int:
    """Turn printed digits into atoms.

    Raises:
        ValueError: the last digit is finer than an atom.
    """
    step = _step(places, unit)
    if step:
        return digits * step
    whole, rest = divmod(digits * base_of(unit), int(10**places))
    if rest:
        msg = f"{digits}e-{places} {unit} is finer than the finest amount that can be held"
        raise ValueError(msg)
    return whole


@cache
def _step(places: int, unit: str) -> int:
    """Give the atoms of one step of the last digit; 0 where that is no whole number of them."""
    whole, rest = divmod(base_of(unit), int(10**places))
    return 0 if rest else whole


@cache
def last_digit(places: int, unit: str) -> int:
    """Give the atoms that one step of the last printed digit is worth."""
    return atoms(1, places, unit)
