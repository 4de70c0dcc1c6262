"""Lines that are mostly one amount in two tables: by what it is for, and by what it is spent on."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Final, NamedTuple

from mingzhang.rules.briefly import only_where
from mingzhang.rules.declared_rules import best, result_of
from mingzhang.rules.results import Result, undecided
from mingzhang.sums.identities import Identity, Operand
from mingzhang.sums.sheets import CellRef

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mingzhang.rules.catalogue import Rule
    from mingzhang.rules.figures import Figures


class _Twins(NamedTuple):
    """Items, and the economic class on which their basic spending is spent."""

    functional: tuple[str, ...]
    economic: str


_PENSION: Final = _Twins(("2080505",), "30108")
_ANNUITY: Final = _Twins(("2080506",), "30109")
_MEDICAL: Final = _Twins(("2101101", "2101102"), "30110")
_MEDICAL_SUBSIDY: Final = _Twins(("2101103",), "30111")
_HOUSING: Final = _Twins(("2210201",), "30113")


@only_where(lambda figures: _may_differ(figures, _PENSION), sums=True)
def pension(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Compare contributions to the basic pension."""
    return _twin(rule, figures, _PENSION)


@only_where(lambda figures: _may_differ(figures, _ANNUITY), sums=True)
def annuity(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Compare contributions to the occupational annuity."""
    return _twin(rule, figures, _ANNUITY)


@only_where(lambda figures: _may_differ(figures, _MEDICAL), sums=True)
def medical(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Compare contributions to medical insurance."""
    return _twin(rule, figures, _MEDICAL)


@only_where(lambda figures: _may_differ(figures, _MEDICAL_SUBSIDY), sums=True)
def medical_subsidy(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Compare medical subsidies of officials."""
    return _twin(rule, figures, _MEDICAL_SUBSIDY)


@only_where(lambda figures: _may_differ(figures, _HOUSING), sums=True)
def housing(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Compare contributions to the housing fund."""
    return _twin(rule, figures, _HOUSING)


def _may_differ(figures: Figures, twins: _Twins) -> bool:
    """Tell whether both are printed, and it is not seen at sight that they are equal."""
    left, right = _rows_of(figures, twins)
    amounts = [
        _amounts("general_spending", "basic", left, figures),
        _amounts("basic_economic", "total", right, figures),
    ]
    return bool(left and right) and (
        None in chain(*amounts) or sum(filter(None, amounts[0])) != sum(filter(None, amounts[1]))
    )


def _amounts(table: str, column: str, rows: Sequence[str], figures: Figures) -> list[int | None]:
    """Give the atoms in a column of some rows, None where they are not known."""
    sheet = figures.sheets.get(table)
    if sheet is None:
        return []
    places = sheet.shape.column(column)
    return [sheet.values[places[row]] if row in places else None for row in rows]


def _rows_of(figures: Figures, twins: _Twins) -> tuple[Sequence[str], Sequence[str]]:
    """List the rows of the items and those of the class."""
    left, right = figures.sheets.get("general_spending"), figures.sheets.get("basic_economic")
    rows = [] if left is None else [code for code in twins.functional if code in left.rows]
    return rows, () if right is None else right.shape.rows_with("code", twins.economic)


def _twin(rule: Rule, figures: Figures, twins: _Twins) -> Iterator[Result]:
    """Compare the basic spending of items with that of an economic class, where both are printed."""
    left, right = _rows_of(figures, twins)
    if not left or not right or not _has_basic(figures):
        yield undecided(rule, "两边没有都列出", "only one of the two is printed")
        return
    identity = Identity(
        tuple(Operand(1, CellRef("general_spending", r, "basic")) for r in left),
        "=",
        tuple(Operand(1, CellRef("basic_economic", t, "total")) for t in right),
    )
    for verdict in best([identity], figures):
        result = result_of(rule, verdict, figures)
        if result is not None:
            yield result


def _has_basic(figures: Figures) -> bool:
    return "basic" in figures.sheets["general_spending"].columns and "total" in figures.sheets["basic_economic"].columns
