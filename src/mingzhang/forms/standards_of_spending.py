"""Spending standards (定额): what may be spent on one of something, dated and by place, as data.

Files of TOML lie in the wheel (examples alone) and in a folder of one's own, named by the environment variable
`MINGZHANG_SPENDING_STANDARDS` or an argument. A standard is found by its id or its name, for a day and a place: of
several that are valid, one's own before those of the wheel, the nearer place before the wider, the later before the
earlier.
"""

from __future__ import annotations

import datetime as dt
import os
import re
import tomllib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

import msgspec

from mingzhang.model.fault import Fault
from mingzhang.model.keys import folded
from mingzhang.model.language import gettext as _
from mingzhang.sums.costing import Rate

if TYPE_CHECKING:
    from collections.abc import Callable

    from mingzhang.model.book import Book

SHIPPED: Final = Path(__file__).parent / "spending_standards"
VARIABLE: Final = "MINGZHANG_SPENDING_STANDARDS"

_AMOUNT: Final = re.compile(r"(\d+)(?:\.(\d{1,2}))?")
_UNIT: Final = re.compile(r"元(/[^/·\s]+(·[^/·\s]+)*)?")


class InvalidSpendingStandards(Fault):
    """A file of spending standards cannot be used."""


class SpendingStandard(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One standard in 元 (`amount`, at most two decimals) for one of `unit` (`元/人·年`), valid on the days given.

    `place` is the beginning of the divisions it holds for ("" everywhere); `source` where it was published.
    """

    id: str
    name: str
    amount: str
    unit: str
    valid_from: dt.date
    valid_until: dt.date | None = None
    place: str = ""
    source: str = ""

    @property
    def fen(self) -> int:
        """Give the amount in fen."""
        found = _AMOUNT.fullmatch(self.amount)
        assert found is not None, self.amount
        return int(found[1]) * 100 + int((found[2] or "").ljust(2, "0"))

    def holds(self, day: dt.date, division: str) -> bool:
        """Tell whether it holds on a day in a place."""
        return (
            self.valid_from <= day
            and (self.valid_until is None or day <= self.valid_until)
            and division.startswith(self.place)
        )


class StandardsFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One file of standards; `example` marks those that are none."""

    standard: tuple[SpendingStandard, ...] = ()
    example: bool = False


def spending_standards(folder: Path | None = None) -> tuple[SpendingStandard, ...]:
    """Load all standards, one's own first.

    Raises:
        InvalidSpendingStandards: a folder is not there, or a file of it does not fit.
    """
    return tuple(s for place in _places(folder) for s in _load(place))


def standard_for(name: str, day: dt.date, division: str = "", *, folder: Path | None = None) -> SpendingStandard | None:
    """Find the standard of an id or name (brackets of any width) that holds on a day in a place; None if there is none."""
    wanted = folded(name)
    for place in _places(folder):
        valid = [s for s in _load(place) if wanted in {folded(s.id), folded(s.name)} and s.holds(day, division)]
        if valid:
            return max(valid, key=lambda s: (len(s.place), s.valid_from))
    return None


def rates_for(book: Book, folder: Path | None = None) -> Callable[[str], Rate | None]:
    """Give what finds the rate of a standard for a book's year and place: what holds on the first day of the year."""
    day = dt.date(book.year, 1, 1)

    def rate(name: str) -> Rate | None:
        found = standard_for(name, day, book.division, folder=folder)
        return None if found is None else Rate(found.name, found.fen, found.unit)

    return rate


def _places(folder: Path | None) -> tuple[Path, ...]:
    """Give the folders that hold standards: one's own first, then the wheel."""
    own = folder or (Path(os.environ[VARIABLE]) if os.environ.get(VARIABLE) else None)
    if own is not None and not own.is_dir():
        raise InvalidSpendingStandards(_("没有这个文件夹"), place=str(own), hint=_("见设置 spending_standards。"))
    return (SHIPPED,) if own is None else (own, SHIPPED)


@cache
def _load(folder: Path) -> tuple[SpendingStandard, ...]:
    found: list[SpendingStandard] = []
    for path in sorted(folder.glob("*.toml")):
        try:
            file = msgspec.convert(tomllib.loads(path.read_text(encoding="utf-8")), StandardsFile)
        except (tomllib.TOMLDecodeError, UnicodeDecodeError, msgspec.ValidationError) as error:
            raise InvalidSpendingStandards(_("支出标准文件有误：{why}").format(why=error), place=str(path)) from error
        for standard in file.standard:
            _must_be_sound(standard, path)
        found += file.standard
    return tuple(found)


def _must_be_sound(standard: SpendingStandard, path: Path) -> None:
    place = f"{path}#{standard.id}"
    if _AMOUNT.fullmatch(standard.amount) is None:
        hint = _('以元填写，最多两位小数，如 "625.00"。')
        raise InvalidSpendingStandards(_("“{amount}”不是金额").format(amount=standard.amount), place=place, hint=hint)
    if _UNIT.fullmatch(standard.unit) is None:
        hint = _("如“元/人·年”。")
        raise InvalidSpendingStandards(_("“{unit}”不是元的单位").format(unit=standard.unit), place=place, hint=hint)
    if standard.valid_until is not None and standard.valid_until < standard.valid_from:
        raise InvalidSpendingStandards(_("失效日期早于生效日期"), place=place)
