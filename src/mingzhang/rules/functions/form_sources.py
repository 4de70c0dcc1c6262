"""The sources of a project's money on its form: of the whole period beside those of the year."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import astuple

from mingzhang.rules.briefly import in_brief
from mingzhang.rules.declared_rules import best, result_of
from mingzhang.rules.figures import FORM, FUNDS
from mingzhang.rules.results import undecided
from mingzhang.sums.identities import Identity, Operand
from mingzhang.sums.sheets import CellRef

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mingzhang.model.figure import Figure
    from mingzhang.model.performance import ProjectForm
    from mingzhang.rules.catalogue import Rule
    from mingzhang.rules.figures import Figures
    from mingzhang.rules.results import Result
    from mingzhang.sums.terms import Relation


def _one_year_against(rule: Rule, figures: Figures) -> Iterator[Result]:
    return _compared(rule, figures, "=", lasting_one=True, all_of_them=False)


@in_brief(_one_year_against)
def one_year(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Compare each source of projects that last one year."""
    return _compared(rule, figures, "=", lasting_one=True)


def _period_against(rule: Rule, figures: Figures) -> Iterator[Result]:
    return _compared(rule, figures, "<=", lasting_one=False, all_of_them=False)


@in_brief(_period_against)
def period(rule: Rule, figures: Figures) -> Iterator[Result]:
    """See that no source gives more in the year than in the whole period, in projects of several years."""
    return _compared(rule, figures, "<=", lasting_one=False)


def _compared(
    rule: Rule, figures: Figures, relation: Relation, *, lasting_one: bool, all_of_them: bool = True
) -> Iterator[Result]:
    """Compare the sources of forms, of all or only of those where one does not fit at sight."""
    seen = False
    for form, found in figures.forms.items():
        if (found.period_years == 1) != lasting_one or found.period_years is None:
            continue
        if not all_of_them and _fit(found, relation):
            continue
        totals = _identity(form, "total", relation)
        if all(v.outcome == "violated" for v in best([totals], figures)):  # that has been said of the sums
            continue
        for name in FUNDS[1:]:
            identity = _identity(form, name, relation)
            if any(figures.figure(o.ref) is None for o in identity.operands):
                continue
            for verdict in best([identity], figures):
                result = result_of(rule, verdict, figures)
                if result is not None:
                    seen = True
                    yield result
    if not seen:
        yield undecided(rule, "没有同时列出两种期间资金来源的绩效目标表", "no form lists the sources of both")


def _fit(form: ProjectForm, relation: Relation) -> bool:
    """Tell whether what every source gives in the year is, or is no more than, what it gives in the whole period."""
    _total, *pairs = zip(astuple(form.annual_funds), astuple(form.period_funds), strict=True)
    printed = [(a, b) for a, b in pairs if a is not None and b is not None and (a.digits or b.digits)]
    apart = [_atoms(a) - _atoms(b) for a, b in printed]
    return not any(apart) if relation == "=" else all(slack <= 0 for slack in apart)


def _atoms(figure: Figure) -> int:
    return figure.atoms if figure.digits else 0


def _identity(form: str, name: str, relation: Relation) -> Identity:
    annual, whole = (Operand(1, CellRef(FORM, form, f"{side}.{name}")) for side in ("annual", "period"))
    return Identity((annual,), relation, (whole,))
