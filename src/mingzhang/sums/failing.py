"""What does not hold of a document: nearly nothing, so that what holds is seen at a glance and the rest is judged."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mingzhang.sums.concrete import bindings_of, plans_of, said_of
from mingzhang.sums.glances import holds_at_a_glance, kind_of, says_nothing
from mingzhang.sums.identities import Identity, Operand, Verdict, judge

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from mingzhang.sums.plans import Plan
    from mingzhang.sums.sheets import Sheet
    from mingzhang.sums.terms import Statement


def failing(
    statement: Statement, sheets: Mapping[str, Sheet], tables: Iterable[str] = (), *, additive: bool = False
) -> Iterator[Verdict]:
    """Judge a statement and give the verdicts alone that say that it does not hold as printed."""
    for plan in plans_of(statement, sheets, tables):
        yield from failing_of(plan, sheets, additive=additive)


def failing_of(plan: Plan, sheets: Mapping[str, Sheet], *, additive: bool = False) -> tuple[Verdict, ...]:
    """Judge the statement of a plan and give the verdicts alone that say that it does not hold as printed."""
    if holds_at_a_glance((plan,), sheets):
        return ()
    still: Iterable[Identity] | None = _sums_that_fail(plan, sheets)
    if still is None:
        said = said_of(plan, sheets)
        still = [said.identity(n) for n in said.open_in(sheets)]
    verdicts = [judge(i, sheets, additive=additive) for i in still]
    return tuple([v for v in verdicts if v.outcome in {"violated", "rounding"}])


def is_so(statement: Statement, sheets: Mapping[str, Sheet], *, additive: bool = False) -> bool:
    """Tell whether a statement holds wherever it is made concrete, or prints nothing."""
    for plan in plans_of(statement, sheets, ()):
        if says_nothing(plan, sheets):
            continue
        identity = _as_printed(plan, sheets)
        if identity is not None:
            verdicts: Iterable[Verdict] = (judge(identity, sheets, additive=additive),)
        else:
            verdicts = said_of(plan, sheets).verdicts(sheets, additive=additive)
        if any(v.outcome not in {"holds", "nothing"} for v in verdicts):
            return False
    return True


def _sums_that_fail(plan: Plan, sheets: Mapping[str, Sheet]) -> list[Identity] | None:
    """Spell at once what may not hold of rows and those under them, or of single printed cells; None for other statements."""
    identity = _as_printed(plan, sheets)
    if identity is not None:
        return [identity]
    sheet = sheets[plan.sources[0]]
    shape, families = sheet.shape, sheet.shape.families
    if plan.names != ("row", "column") or kind_of(plan) != "tree" or families is None or not sheet.adds_up:
        return None
    amounts = sheet.amounts
    rows, columns = bindings_of(0, plan, (shape,)), bindings_of(1, plan, (shape,))
    out: dict[tuple[int, int], Identity] = {}
    for place, own, below in families:
        for n, column in enumerate(own):
            if column in columns and amounts[place + n] != sum([amounts[at + n] for at in below]):
                first, *others = [shape.operand(1, *shape.cell(at + n)) for at in (place, *below)]
                at = rows.index(first.ref.row), columns.index(column)
                out[at] = Identity((first,), plan.relation, tuple(others))
    return [out[at] for at in sorted(out)]


def _as_printed(plan: Plan, sheets: Mapping[str, Sheet]) -> Identity | None:
    """Give all that a statement of single cells says where each of them is printed; None where it is not so."""
    if kind_of(plan) != "cells":
        return None
    sides: list[tuple[Operand, ...]] = []
    for own in plan.sides:
        operands = []
        for term in own:
            shape, row, column = sheets[plan.sources[term.sheet]].shape, str(term.row), str(term.column)
            if term.by or term.every or row not in shape.column(column):
                return None
            operands.append(shape.operand(term.sign, row, column))
        sides.append(tuple(operands))
    return Identity(sides[0], plan.relation, sides[1], sides[2])
