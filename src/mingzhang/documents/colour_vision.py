"""How colours look: their contrast, their lightness in grey, and how far apart they are for those who see fewer of them.

All in floats: no money is near.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

Matrix = tuple[tuple[float, float, float], ...]

DEUTERANOPIA: Final[Matrix] = (
    (0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881),
)  # fmt: skip
PROTANOPIA: Final[Matrix] = (
    (0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998),
)  # fmt: skip
"""Simulation of the two commonest deficiencies in linear light (Machado, Oliveira and Fernandes, 2009)."""

_LIGHT: Final = (0.2126, 0.7152, 0.0722)
_XYZ: Final = (((0.4124, 0.3576, 0.1805), 0.9505), (_LIGHT, 1.0), ((0.0193, 0.1192, 0.9505), 1.089))


@cache
def contrast(one: str, other: str) -> float:
    """Give the contrast of two colours as WCAG counts it: 1 for none, 21 for black on white."""
    dark, light = sorted((_dot(_LIGHT, linear(one)), _dot(_LIGHT, linear(other))))
    return (light + 0.05) / (dark + 0.05)


def lightness(colour: str) -> float:
    """Give the lightness that is left in grey, 0 to 100."""
    return _lab(linear(colour))[0]


def apart(one: str, other: str, seen_as: Matrix) -> float:
    """Give the distance of two colours as somebody with a deficiency sees them; 2 is just noticed side by side."""
    pairs = zip(_lab(_seen(one, seen_as)), _lab(_seen(other, seen_as)), strict=True)
    return float(sum((p - q) ** 2 for p, q in pairs) ** 0.5)


def linear(colour: str) -> tuple[float, ...]:
    """Give the linear light of a colour `#rrggbb`."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    return tuple(p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)


def _seen(colour: str, matrix: Matrix) -> tuple[float, ...]:
    return tuple(min(max(_dot(row, linear(colour)), 0.0), 1.0) for row in matrix)


def _lab(rgb: Sequence[float]) -> tuple[float, float, float]:
    xyz = (_dot(row, rgb) / white for row, white in _XYZ)
    x, y, z = (t ** (1 / 3) if t > 0.008856 else 7.787 * t + 16 / 116 for t in xyz)
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def _dot(row: Sequence[float], values: Sequence[float]) -> float:
    return sum(m * v for m, v in zip(row, values, strict=True))
