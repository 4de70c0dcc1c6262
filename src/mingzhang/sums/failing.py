"""What does not hold of a document: nearly nothing, so that what holds is seen at a glance and the rest is judged."""

from __future__ import annotations

from operator import itemgetter
from typing import TYPE_CHECKING

from mingzhang.sums.concrete import bindings_of, plans_of, said_of
from mingzhang.sums.glances import holds_at_a_glance, is_seen_to_be_so, kind_of, ways_along_rows
from mingzhang.sums.identities import Identity, Operand, Verdict, judge
from mingzhang.sums.looks import RELATIONS, joined

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from mingzhang.sums.bands import Band
    from mingzhang.sums.looks import Way
    from mingzhang.sums.plans import Plan
    from mingzhang.sums.shapes import Shape
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
    return () if holds_at_a_glance((plan,), sheets) else judged_failing(plan, sheets, additive=additive)


def judged_failing(plan: Plan, sheets: Mapping[str, Sheet], *, additive: bool = False) -> tuple[Verdict, ...]:
    """Judge what is not seen at a glance to hold."""
    still: Iterable[Identity] | None = _sums_that_fail(plan, sheets)
    if still is None:
        said = said_of(plan, sheets)
        still = [said.identity(n) for n in said.open_in(sheets)]
    verdicts = [judge(i, sheets, additive=additive) for i in still]
    return tuple([v for v in verdicts if v.outcome in {"violated", "rounding"}])


def is_so(statement: Statement, sheets: Mapping[str, Sheet], *, additive: bool = False) -> bool:
    """Tell whether a statement holds wherever it is made concrete, or prints nothing."""
    for plan in plans_of(statement, sheets, ()):
        if is_seen_to_be_so(plan, sheets):
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
    along = rows_that_fail((plan,), sheets)
    if along is not None:
        return [identity for _n, (identity,) in along]
    sheet = sheets[plan.sources[0]]
    shape, families = sheet.shape, sheet.shape.families
    if plan.names != ("row", "column") or kind_of(plan) != "tree" or families is None or not sheet.adds_up:
        return None
    amounts = sheet.amounts
    rows, columns = ({key: n for n, key in enumerate(bindings_of(v, plan, (shape,)))} for v in (0, 1))
    out: dict[tuple[int, int], Identity] = {}
    for place, own, below in families:
        for n, column in enumerate(own):
            if column in columns and amounts[place + n] != sum([amounts[at + n] for at in below]):
                first, *others = [shape.operand(1, *shape.cell(at + n)) for at in (place, *below)]
                if first.ref.row in rows:  # else it is none that a variable stands for, and nothing is said of it
                    out[rows[first.ref.row], columns[column]] = Identity((first,), plan.relation, tuple(others))
    return [out[at] for at in sorted(out)]


def rows_that_fail(plans: Sequence[Plan], sheets: Mapping[str, Sheet]) -> list[tuple[int, tuple[Identity, ...]]] | None:
    """Spell of each row along which none of some sums holds what they say of it, with the number of the first that says any.

    None where they are no sums along rows.
    """
    ways, sheet = ways_along_rows(plans), sheets[plans[0].sources[0]]
    shape = sheet.shape
    if not (ways and shape.is_whole and sheet.adds_up):
        return None
    rows = {row: n for n, row in enumerate(bindings_of(0, plans[0], (shape,)))}
    out = []
    for band in shape.bands:
        sides = [
            (n, way, joined(way.left, sheet, [band]), joined(way.right, sheet, [band])) for n, way in enumerate(ways)
        ]
        said = [(n, way, left, right) for n, way, left, right in sides if left is not None and right is not None]
        holds = [list(map(RELATIONS[way.relation], left, right)) for _n, way, left, right in said]
        for row, *own in zip(band.rows, *holds, strict=True) if said else ():
            if not any(own) and row in rows:
                along = tuple([_along(way, row, band, shape) for _n, way, _left, _right in said])
                out.append((rows[row], said[0][0], along))
    return [(n, along) for _row, n, along in sorted(out, key=itemgetter(0))]


def _along(way: Way, row: str, band: Band, shape: Shape) -> Identity:
    left, right = (
        tuple([shape.operand(c.sign, row, c.column) for c in side if c.column in band.columns]) for side in way[:2]
    )
    return Identity(left, way.relation, right)


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
