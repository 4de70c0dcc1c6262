"""What is seen at a glance: that everything a statement says of sheets holds, without making any of it concrete.

Nearly every statement holds wherever it speaks of, and that is told of whole columns, rows under their parents, and
codes of several tables at once. Printed amounts that are not there count as nothing here, and more rows are looked at
than a statement may mean. So a glance never takes for sound what is not: where it says no, nothing is known.
"""

from __future__ import annotations

from functools import cache
from operator import add, ge, le, sub
from typing import TYPE_CHECKING, Final, Literal, cast

from msgspec.structs import replace

from mingzhang.sums.plans import filled_each
from mingzhang.sums.terms import LISTED, pattern_of

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from mingzhang.sums.bands import Band
    from mingzhang.sums.plans import Plan, Term
    from mingzhang.sums.sheets import Sheet

Kind = Literal["row", "tree", "code", "listed", "cells", ""]
"""Sums along each row of one sheet; each row and those under it; amounts of each code; the same cells for each of a few
names; single cells; none of these."""

_CLASS: Final = 3


def holds_at_a_glance(plans: Sequence[Plan], sheets: Mapping[str, Sheet]) -> bool:
    """Tell whether one of some statements is seen to hold wherever any of them says anything; no means that it is not known."""
    plan, kind = plans[0], kind_of(plans[0])
    alone = len(plans) == 1
    if not alone and (any(kind_of(p) != kind for p in plans) or not _start_alike(plans)):
        return False
    if not all(sheets[source].adds_up for p in plans for source in p.sources):
        return False  # what is withheld adds up to nothing that is known
    seen = False
    match kind:
        case "cells":
            seen = any(_of_cells(p.sides, p, sheets, alone=alone) for p in plans)
        case "row":
            sheet = sheets[plan.sources[0]]
            seen = sheet.shape.is_whole and all(_along_rows(plans, sheet, alike) for alike in sheet.shape.alike)
        case "tree" if alone:
            seen = _under_rows(sheets[plan.sources[0]])
        case "code" if alone:
            seen = _by_codes(plan, sheets)
        case "listed" if alone:
            seen = all(_of_cells(sides, plan, sheets, alone=True) for sides in _each_listed(plan))
    return seen


def _start_alike(plans: Sequence[Plan]) -> bool:
    """Tell whether some statements are about the same one amount, so that one of them is enough."""
    return len({(p.sources[0], p.sides[0]) for p in plans}) == 1 and len(plans[0].sides[0]) == 1


@cache
def kind_of(plan: Plan) -> Kind:
    """Tell how a statement is looked at."""
    left, right, over = plan.sides
    terms = (*left, *right)
    if over or not terms:
        return ""
    if not plan.names:
        return "cells"
    plain = all(not t.by and not t.every and isinstance(t.column, str) for t in terms)
    if plain and plan.names == ("row",) and len(plan.sources) == 1 and all(t.row == 0 for t in terms):
        return "row"
    if plain and plan.names in {("code",), ("class",)} and all(_prefix(t) is not None for t in terms):
        return "code"
    if len(plan.names) == 1 and plan.names[0] in LISTED:
        return "listed"
    return "tree" if _is_tree(plan) else ""


def _is_tree(plan: Plan) -> bool:
    """Tell whether a statement is that each row equals the sum of those under it, column by column."""
    if len(plan.sources) != 1 or set(plan.names) != {"row", "column"} or plan.relation != "=":
        return False
    row, column = plan.names.index("row"), plan.names.index("column")
    own = tuple(tuple((t.sign, t.row, t.column, t.by, t.every) for t in side) for side in plan.sides[:2])
    return own == (((1, row, column, "", False),), ((1, row, column, "parent", True),))


def _prefix(term: Term) -> str | None:
    """Give what stands before the code in the keys of a term's rows; None where it is put together otherwise."""
    if term.row == 0:
        return ""
    if isinstance(term.row, tuple) and len(term.row) == 2 and term.row[1] == 0 and isinstance(term.row[0], str):
        return term.row[0]
    return None


def _along_rows(plans: Sequence[Plan], sheet: Sheet, bands: Sequence[Band]) -> bool:
    """Tell whether one of some sums of the same amount holds in each row of some bands alike, if any says anything there."""
    says = False
    for plan in plans:
        left, right = (_joined(own, sheet, bands) for own in plan.sides[:2])
        if left is None or right is None:
            continue
        says = True
        if _agree(left, right, plan):
            return True
    return not says


def _joined(terms: Sequence[Term], sheet: Sheet, bands: Sequence[Band]) -> list[int] | None:
    """Add columns up row by row; None where too few of them are printed to say anything."""
    if not terms:
        return [0] * sum([len(b.rows) for b in bands])
    found = [(t.sign, t.column) for t in terms if t.column in bands[0].columns]
    if len(found) < min(2, len(terms)):
        return None
    sign, column = found[0]
    total = _amounts(column, sheet, bands)
    total = total if sign > 0 else [-v for v in total]
    for sign, column in found[1:]:
        total = list(map(add if sign > 0 else sub, total, _amounts(column, sheet, bands)))
    return total


def _amounts(column: str, sheet: Sheet, bands: Sequence[Band]) -> list[int]:
    """Give the amounts of a column in some bands alike, from above."""
    number, values = bands[0].columns.index(column), cast("list[int]", sheet.values)  # what is withheld cannot be added
    if len(bands) == 1:
        return values[bands[0].slice_of(number)]
    return [v for band in bands for v in values[band.slice_of(number)]]


def _under_rows(sheet: Sheet) -> bool:
    """Tell whether each row equals the sum of those that stand right under it, in every column."""
    shape, values = sheet.shape, cast("list[int]", sheet.values)
    if not shape.is_whole:
        return False
    summed = frozenset(shape.columns)
    lines = shape.lines
    for parent, under in shape.rows_by("parent").items():
        if parent not in lines:
            return False
        place, band = lines[parent]
        width = len(band.columns)
        below = [lines[row] for row in under if row in lines]
        if not below or any(own.columns != band.columns for _place, own in below):
            return False
        sums = list(map(sum, zip(*[values[at : at + width] for at, _own in below], strict=True)))
        above = values[place : place + width]
        if sums != above and any(
            one != other for column, one, other in zip(band.columns, sums, above, strict=True) if column in summed
        ):
            return False
    return True


def _by_codes(plan: Plan, sheets: Mapping[str, Sheet]) -> bool:
    """Tell whether both sides agree for every code; one that a table does not print has nothing there."""
    sides = [[(t.sign, _of_codes(t, plan, sheets)) for t in own] for own in plan.sides[:2]]
    if plan.relation == "=" and all(len(own) == 1 and own[0][0] > 0 for own in sides) and sides[0] == sides[1]:
        return True
    codes = {code for own in sides for _sign, amounts in own for code in amounts}
    left, right = ([sum([s * a.get(code, 0) for s, a in own]) for code in codes] for own in sides)
    return _agree(left, right, plan)


def _of_codes(term: Term, plan: Plan, sheets: Mapping[str, Sheet]) -> dict[str, int]:
    """Give the amounts of a column by code."""
    sheet = sheets[plan.sources[term.sheet]]
    is_class, prefix = plan.names[0] == "class", cast("str", _prefix(term))
    asked = (is_class, prefix, term.column)
    found = sheet.looked_at.get(asked)
    if found is None:
        values, cells = cast("list[int]", sheet.values), sheet.shape.column(cast("str", term.column))
        found = sheet.looked_at[asked] = {
            code: values[cells[row]]
            for row, code in sheet.shape.codes_behind(prefix)
            if row in cells and (not is_class or len(code) == _CLASS)
        }
    return cast("dict[str, int]", found)


@cache
def _each_listed(plan: Plan) -> tuple[tuple[tuple[Term, ...], ...], ...]:
    """Give the sides of a statement with each name that its variable may stand for."""
    bindings = [(name,) for name in LISTED[plan.names[0]]]

    def each(term: Term) -> list[Term]:
        filled = zip(filled_each(term.row, bindings), filled_each(term.column, bindings), strict=True)
        return [replace(term, row=row, column=column) for row, column in filled]

    sides = [list(zip(*map(each, own), strict=True)) if own else [()] * len(bindings) for own in plan.sides]
    return tuple(zip(*sides, strict=True))


def _of_cells(sides: Sequence[tuple[Term, ...]], plan: Plan, sheets: Mapping[str, Sheet], *, alone: bool) -> bool:
    """Tell whether single cells agree; where something else may hold instead, that all of them are printed too."""
    totals = []
    for own in sides[:2]:
        total = 0
        for term in own:
            sheet = sheets[plan.sources[term.sheet]]
            row, values = cast("str", term.row), cast("list[int]", sheet.values)
            cells = sheet.shape.column(cast("str", term.column))
            if not alone and (term.by or term.every or row not in cells):
                return False
            if term.by or term.every:
                rows = sheet.shape.rows_with(term.by, row) if term.by else sheet.shape.rows_like(pattern_of(row))
                total += term.sign * sum([values[cells[r]] for r in rows if r in cells])
            elif row in cells:
                total += term.sign * values[cells[row]]
        totals.append([total])
    return _agree(totals[0], totals[1], plan)


def _agree(left: Collection[int], right: Collection[int], plan: Plan) -> bool:
    """Tell whether two sides agree row by row."""
    if plan.relation == "=":
        return list(left) == list(right)
    return all(map(le if plan.relation == "<=" else ge, left, right))
