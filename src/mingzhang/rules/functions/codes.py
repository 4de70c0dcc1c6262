"""Codes as printed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from mingzhang.forms.classifications import edition
from mingzhang.model.finding import Spot
from mingzhang.model.keys import tidy
from mingzhang.rules.briefly import only_where
from mingzhang.rules.coded_rows import by_codes
from mingzhang.rules.results import Result, Told, passed, undecided, violated

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mingzhang.model.disclosure import Row
    from mingzhang.rules.catalogue import Rule
    from mingzhang.rules.figures import Figures

_FUNCTIONAL = ("income", "spending", "general_spending", "fund_spending", "special_account_spending")


_UNIT_CODES: Final = (6, 9, 12)
_RELATIVE: Final = {2, 3}
"""How long codes are where a form prints each level's own digits only: 201, below it 06, below it 01."""


def _has_others(figures: Figures) -> bool:
    return any(coded.others for coded in by_codes(figures))


@only_where(_has_others)
def lengths(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Find functional codes of a length that no 类, 款 or 项 has."""
    seen = False
    for coded in by_codes(figures):
        table, others = coded.table, coded.others
        if table.id not in _FUNCTIONAL:
            continue
        if figures.pack is None and {*map(len, coded.codes), *(len(r.code) for r in others)} == _RELATIVE:
            continue
        seen = seen or bool(coded.rows or others)
        for row in others:
            if not (figures.pack is None and _is_unit(row, figures)):
                place = row.place or table.place
                spot = Spot(
                    table=table.id,
                    row=row.key,
                    page=None if place is None else place.page,
                    line=None if place is None else place.line,
                )
                told = Told(
                    f"{figures.title(table.id)}的科目编码“{row.code}”（{row.label}）不是3、5或7位。",
                    f"{table.id}: the code {row.code!r} ({row.label}) has not 3, 5 or 7 digits.",
                    (spot,),
                    actual=row.code,
                )
                yield violated(rule, told)
    yield passed(rule) if seen else undecided(rule, "没有科目编码", "there are no codes")


def _is_unit(row: Row, figures: Figures) -> bool:
    """Tell whether a row is a unit's with its code, as forms print it among the items: no item is called so."""
    names = {tidy(n) for t in figures.disclosure.tables for n in (t.unit_name, figures.disclosure.unit_name) if n}
    known = edition(figures.wording.standards).named(row.label, kind="functional")
    return len(row.code) in _UNIT_CODES and (tidy(row.label) in names or not known)
