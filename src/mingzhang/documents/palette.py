"""The colours of charts: told apart by the colour-blind, and in grey, for each is a step lighter than the one before."""

from __future__ import annotations

from typing import Final

PALETTE: Final = ("#14304f", "#7b2d26", "#2b6685", "#ad6329", "#7d9b76", "#d9b45b", "#c9d6df")
"""In the order in which they are given out."""

INK: Final = "#1b2430"
FAINT: Final = "#5c6773"
_WHITE: Final = "#ffffff"
_LIGHT: Final = 4
"""From here on the colours are so light that dark letters stand on them."""


def colour(n: int) -> str:
    """Give the colour of the n-th thing that is drawn."""
    return PALETTE[n % len(PALETTE)]


def letters_on(n: int) -> str:
    """Give the colour of letters on the n-th colour."""
    return INK if n % len(PALETTE) >= _LIGHT else _WHITE
