"""A figure as printed: digits, unit and places, or one of the kinds of absence."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Final

import msgspec

from mingzhang.model.language import later
from mingzhang.model.place import Place
from mingzhang.model.units import atoms, is_money, last_digit

WOULD_MOVE: Final = later("移一栏则各和相符")
"""The doubt of a figure that stands where it was printed, though all sums hold once it stands in another column."""

_NUMBER: Final = re.compile(r"(?P<sign>[-−－]?)(?P<whole>\d+(?:[,，]\d{3})*)(?:[.．](?P<part>\d+))?")
_DRESSED: Final = re.compile(r"'?[¥￥]?(?P<number>[^¥￥'元万亿()]+)(?P<unit>亿元|万元|元)?")
"""A number as people type it into cells: kept from being changed, with a sign of money before it or a unit behind it."""
_IN_BRACKETS: Final = re.compile(r"\([¥￥]?(?P<number>\d[\d,]*\.\d+)\)")
"""A negative amount as accountants write it."""
_FULL_WIDTH: Final = str.maketrans("０１２３４５６７８９，．－−％（）’‘", "0123456789,.--%()''")
_NOT_APPLICABLE: Final = frozenset({"-", "—", "——", "－", "–", "/", "／", "--"})


class Absence(StrEnum):
    """The four kinds of nothing, kept apart from reading to printing."""

    BLANK = "blank"
    ZERO = "zero"
    NOT_APPLICABLE = "not_applicable"
    WITHHELD = "withheld"


class Figure(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True, gc=False):
    """One printed figure: an integer of its last printed digit, with unit and places.

    `digits` is None where no number is printed; `printed` keeps the characters as they stood.
    `facts` names the Book's facts whose sum it is; `place` says where it was read.
    """

    digits: int | None = None
    unit: str = "万元"
    places: int = 2
    printed: str = ""
    withheld: bool = False
    place: Place | None = None
    doubt: str = ""
    facts: tuple[str, ...] = ()

    @property
    def absence(self) -> Absence | None:
        """Say which kind of nothing this is, or None for a number other than zero."""
        if self.withheld:
            return Absence.WITHHELD
        if self.digits is None:
            return Absence.NOT_APPLICABLE if self.printed else Absence.BLANK
        return Absence.ZERO if self.digits == 0 else None

    @property
    def is_number(self) -> bool:
        """Tell whether a number is printed, zero included."""
        return self.digits is not None

    @property
    def atoms(self) -> int:
        """Give the printed value in atoms; nothing printed is an error, never a zero.

        Raises:
            ValueError: no number is printed.
        """
        if self.digits is None:
            msg = "a figure without a number has no value"
            raise ValueError(msg)
        return atoms(self.digits, self.places, self.unit)

    @property
    def step(self) -> int:
        """Give the atoms of one step of the last printed digit."""
        return last_digit(self.places, self.unit)

    @property
    def plain(self) -> str:
        """Give the value as printed without thousands separators; blank and not applicable as printed."""
        return self.printed if self.digits is None else spell(self.digits, self.places, grouped=False)


def spell(digits: int, places: int, *, grouped: bool) -> str:
    """Print digits with so many places, with or without thousands separators."""
    sign, digits = ("-", -digits) if digits < 0 else ("", digits)
    whole, part = divmod(digits, 10**places)
    text = f"{whole:,}" if grouped else str(whole)
    return f"{sign}{text}.{part:0{places}d}" if places else sign + text


def number(digits: int, unit: str, places: int, *, grouped: bool, facts: tuple[str, ...] = ()) -> Figure:
    """Make a figure that prints `digits` in the style asked for."""
    return Figure(digits, unit, places, spell(digits, places, grouped=grouped), facts=facts)


def blank(unit: str, places: int = 2, place: Place | None = None) -> Figure:
    """Make the figure of a cell in which nothing is printed."""
    return Figure(None, unit, places, place=place)


def read_figure(text: str, unit: str, place: Place | None = None) -> Figure | None:
    """Read one cell's text as a figure; None if it is text that no figure looks like.

    The places are those printed. A blank cell is a blank figure, a lone dash not applicable. An amount that has its own unit
    behind it is in that unit, one in brackets is negative.
    """
    raw = text.strip()
    if not raw:
        return Figure(None, unit, place=place)
    if raw in _NOT_APPLICABLE:
        return Figure(None, unit, printed=raw, place=place)
    plain = raw.translate(_FULL_WIDTH).replace(" ", "")
    found = _NUMBER.fullmatch(plain)
    if found is None:
        return _undressed(raw, plain, unit, place) if is_money(unit) else None
    part = found["part"] or ""
    digits = int(found["whole"].replace(",", "") + part)
    return Figure(-digits if found["sign"] else digits, unit, len(part), raw, place=place)


def _undressed(raw: str, plain: str, unit: str, place: Place | None) -> Figure | None:
    """Read an amount in brackets, with a sign of money or a unit of its own; None where that is not what a text is."""
    bracketed = _IN_BRACKETS.fullmatch(plain)
    found = _DRESSED.fullmatch(f"-{bracketed['number']}" if bracketed is not None else plain)
    if found is None or found["number"] == plain:
        return None
    inner = read_figure(found["number"], "", place)
    if inner is None or inner.digits is None:
        return None
    return Figure(inner.digits, found["unit"] or unit, inner.places, raw, place=place)
