"""Lines that are mostly one amount in two tables: by what it is for, and by what it is spent on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mingzhang.rules.declared_rules import best, result_of
from mingzhang.rules.results import Result, undecided
from mingzhang.sums.identities import Identity, Operand
from mingzhang.sums.sheets import CellRef

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mingzhang.rules.catalogue import Rule
    from mingzhang.rules.figures import Figures


def pension(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Compare contributions to the basic pension."""
    return _twin(rule, figures, ("2080505",), "30108")


def annuity(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Compare contributions to the occupational annuity."""
    return _twin(rule, figures, ("2080506",), "30109")


def medical(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Compare contributions to medical insurance."""
    return _twin(rule, figures, ("2101101", "2101102"), "30110")


def medical_subsidy(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Compare medical subsidies of officials."""
    return _twin(rule, figures, ("2101103",), "30111")


def housing(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Compare contributions to the housing fund."""
    return _twin(rule, figures, ("2210201",), "30113")


def _twin(rule: Rule, figures: Figures, functional: tuple[str, ...], economic: str) -> Iterator[Result]:
    """Compare the basic spending of items with that of an economic class, where both are printed."""
    left, right = figures.sheets.get("general_spending"), figures.sheets.get("basic_economic")
    rows = [] if left is None else [c for c in functional if c in left.rows]
    twins = [k for k, r in right.rows.items() if r.code == economic] if rows and right is not None else []
    if not rows or not twins or not _has_basic(figures):
        yield undecided(rule, "两边没有都列出", "only one of the two is printed")
        return
    identity = Identity(
        tuple(Operand(1, CellRef("general_spending", r, "basic")) for r in rows),
        "=",
        tuple(Operand(1, CellRef("basic_economic", t, "total")) for t in twins),
    )
    for verdict in best([identity], figures):
        result = result_of(rule, verdict, figures)
        if result is not None:
            yield result


def _has_basic(figures: Figures) -> bool:
    return "basic" in figures.sheets["general_spending"].columns and "total" in figures.sheets["basic_economic"].columns
