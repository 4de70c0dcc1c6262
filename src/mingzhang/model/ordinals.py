"""Ordinals as official lists print them: 一、二、 … 二十三、."""

from __future__ import annotations

from typing import Final

_NUMERALS: Final = "零一二三四五六七八九"


def han_numeral(n: int) -> str:
    """Spell a number up to 99 in Chinese; a greater one in digits."""
    tens, ones = divmod(n, 10)
    if n > 99:
        return str(n)
    return (("" if tens == 1 else _NUMERALS[tens]) + "十" if tens else "") + (_NUMERALS[ones] if ones else "")
