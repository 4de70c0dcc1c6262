"""The indicators of all forms, line by line, and those that only some rules look at."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

import msgspec

from mingzhang.model.figure import read_figure
from mingzhang.model.finding import Spot
from mingzhang.model.performance import Indicator
from mingzhang.rules.once import once_for_all
from mingzhang.rules.texts import SIDES, indicators
from mingzhang.rules.words import words

if TYPE_CHECKING:
    from mingzhang.rules.figures import Figures

FROM_BELOW: Final = frozenset({"≥", ">"})
FROM_ABOVE: Final = frozenset({"≤", "<"})
_HUNDRED: Final = 100
WHOLE: Final = _HUNDRED * _HUNDRED
"""All of something, in hundredths of one per cent."""


class Row(msgspec.Struct, frozen=True, gc=False):
    """One line of an indicator table with the form and side it stands on."""

    form: str
    side: str
    one: Indicator

    @property
    def spot(self) -> Spot:
        """Say where it stands."""
        place = self.one.place
        line, page = (None, None) if place is None else (place.line, place.page)
        return Spot(form=self.form, field=self.side, page=page, line=line)

    @property
    def hundredths(self) -> int | None:
        """Give the value in hundredths of its unit, None where it is no number or finer."""
        return hundredths(self.one.number, self.one.unit) if self.one.number else None

    def has(self, group: str) -> bool:
        """Tell whether the name has a word of a list."""
        name = self.one.level3
        return any(w in name for w in words("indicators")[group])

    @property
    def is_good(self) -> bool:
        """Tell whether the name is of a share that is better the higher it is."""
        return self.one.unit == "%" and self.has("good") and not self.has("bad")


@lru_cache(4096)
def hundredths(number: str, unit: str) -> int | None:
    """Give a number in hundredths of its unit, None where it is none or finer."""
    found = read_figure(number, unit)
    if found is None or found.digits is None:
        return None
    whole, rest = divmod(found.digits * _HUNDRED, 10**found.places)
    return None if rest else whole


@once_for_all
def sides_of(figures: Figures) -> dict[tuple[str, str], tuple[Indicator, ...]]:
    """Give the indicators of every side of every form, the department's own too."""
    sides = {(name, side): indicators(form, side) for name, form in figures.forms.items() for side in SIDES}
    if figures.disclosure.department_form is not None:
        sides["department", "annual"] = figures.disclosure.department_form.indicators
    return sides


@once_for_all
def rows_of(figures: Figures) -> tuple[Row, ...]:
    """List the indicators of every form, line by line."""
    return tuple([Row(form, side, one) for (form, side), own in sides_of(figures).items() for one in own])


@once_for_all
def shares_of(figures: Figures) -> tuple[Row, ...]:
    """List the indicators in per cent."""
    return tuple([r for r in rows_of(figures) if r.one.unit == "%"])


@once_for_all
def full_of(figures: Figures) -> tuple[Row, ...]:
    """List the shares of 100% and of more."""
    rows = [r for r in shares_of(figures) if len(r.one.number) >= len(str(_HUNDRED))]
    return tuple([r for r in rows if (found := r.hundredths) is not None and found >= WHOLE])


@once_for_all
def zeros_of(figures: Figures) -> tuple[Row, ...]:
    """List the indicators whose number is nothing."""
    rows = [r for r in rows_of(figures) if not "1" <= r.one.number[:1] <= "9"]
    return tuple([r for r in rows if not "1" <= r.one.number.lstrip("0.")[:1] <= "9" and r.hundredths == 0])


@once_for_all
def cost_rows_of(figures: Figures) -> tuple[Row, ...]:
    """List the indicators that stand under the costs."""
    level = words("costs")["level"]
    return tuple([r for r in rows_of(figures) if level in r.one.level1 + r.one.level2])


@once_for_all
def satisfactions_of(figures: Figures) -> tuple[Row, ...]:
    """List the shares that are of satisfaction."""
    word = words("indicators")["satisfied"]
    return tuple([r for r in shares_of(figures) if word in r.one.level3])
