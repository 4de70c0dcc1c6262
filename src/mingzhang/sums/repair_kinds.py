"""What kind of slip turns one figure into another: the more it looks like one, the likelier the repair."""

from __future__ import annotations

from typing import Final, Literal

Kind = Literal["sign", "swapped_digits", "unit_slip", "missing_figure", "digit", "figure"]

KINDS: Final[tuple[Kind, ...]] = ("sign", "unit_slip", "swapped_digits", "missing_figure", "digit", "figure")
"""The kinds of slip, the likeliest first: turning one into another of these by chance is rarest at the top."""

_ZEROS: Final = (4, 1, 2, 3, 6, 8)
"""By so many places amounts slip: 元 for 万元, a point set wrongly."""


def kind_of(before: int | None, after: int) -> Kind:
    """Say what slip made `after`, the digits that belong there, into `before`, those printed, None for none."""
    if before is None or (before == 0 and after):
        return "missing_figure"
    if before == -after:
        return "sign"
    if any(before == after * 10**n or (after == before * 10**n) for n in _ZEROS if before):
        return "unit_slip"
    if (before < 0) == (after < 0):
        old, new = str(abs(before)), str(abs(after))
        width = max(len(old), len(new))
        if is_swap(old.zfill(width), new.zfill(width)):
            return "swapped_digits"
        if is_one_digit(old, new):
            return "digit"
    return "figure"


def is_swap(one: str, other: str) -> bool:
    """Tell whether two digits that stand beside each other have changed places."""
    apart = [i for i, (a, b) in enumerate(zip(one, other, strict=True)) if a != b]
    if len(apart) != 2 or apart[1] != apart[0] + 1:
        return False
    i, j = apart
    return one[i] == other[j] and one[j] == other[i]


def is_one_digit(one: str, other: str) -> bool:
    """Tell whether one digit is another, is missing, or is too much."""
    if len(one) == len(other):
        return sum(a != b for a, b in zip(one, other, strict=True)) == 1
    long, short = (one, other) if len(one) > len(other) else (other, one)
    return len(long) == len(short) + 1 and any(long[:i] + long[i + 1 :] == short for i in range(len(long)))
