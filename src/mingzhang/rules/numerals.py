"""Numbers as texts print them: their digits, what they are worth, and how they are printed again."""

from __future__ import annotations

from fractions import Fraction


def digits_of(text: str) -> tuple[int, int]:
    """Give the digits of a number as one, however they are grouped, and how many of them are behind its point."""
    whole, _point, part = text.replace(",", "").partition(".")
    return int(whole + part), len(part)


def value_of(text: str) -> Fraction:
    """Give what a number is worth, exactly."""
    digits, places = digits_of(text)
    return Fraction(digits, 10**places)


def spelled_value(value: Fraction) -> str:
    """Spell how much something is, without its sign and with at most four decimals, cut."""
    whole, rest = divmod(abs(value.numerator) * 10_000 // value.denominator, 10_000)
    return f"{whole}.{rest:04d}".rstrip("0").rstrip(".")
