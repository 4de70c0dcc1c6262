"""Large changes whose reason the book does not give: said beside the document, never in it."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Final

import msgspec

from mingzhang.compiling.last_year_figures import named, yuan
from mingzhang.model.language import gettext as _
from mingzhang.rules.functions.unexplained import unexplained

if TYPE_CHECKING:
    from mingzhang.rules.figures import Figures

_HUNDREDTHS: Final = 10_000


class ReasonDue(msgspec.Struct, frozen=True):
    """A change that wants a reason: its section and statement, by how much (fen), at what rate (None from nothing).

    `reasons` are the keys of `Book.reasons` that would give it, the nearest first.
    """

    section: str
    statement: str
    change: int
    rate: Fraction | None
    reasons: tuple[str, ...] = ()

    @property
    def message(self) -> str:
        """Say it in the language in use."""
        rate = "" if self.rate is None else _("（{rate}%）").format(rate=_percent(self.rate))
        rise = _("“{name}”比上年增加 {change} 元{rate}，底册没有给出原因（reasons.{key}）")
        fall = _("“{name}”比上年减少 {change} 元{rate}，底册没有给出原因（reasons.{key}）")
        text = rise if self.change > 0 else fall
        key = (self.reasons or ("",))[-1]
        return text.format(name=named(self.statement), change=yuan(abs(self.change)), rate=rate, key=key)


def reasons_due(figures: Figures) -> tuple[ReasonDue, ...]:
    """List the changes of a compiled document above its form's thresholds that have no reason."""
    return tuple(ReasonDue(u.section, u.statement, round(u.change), u.rate, u.reasons) for u in unexplained(figures))


def _percent(rate: Fraction) -> str:
    hundredths = abs(round(rate * _HUNDREDTHS))
    return f"{hundredths // 100}.{hundredths % 100:02d}"
