"""What is seen at a glance: that everything a statement says of sheets holds, without making any of it concrete.

Nearly every statement holds wherever it speaks of, and that is told of whole columns, rows under their parents, and
codes of several tables at once. Printed amounts that are not there count as nothing here, and more rows are looked at
than a statement may mean. So a glance never takes for sound what is not: where it says no, nothing is known.
"""

from __future__ import annotations

from functools import cache
from operator import add, ge, le, sub
from typing import TYPE_CHECKING, Final, Literal, NamedTuple, cast

from mingzhang.sums.terms import pattern_of

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from mingzhang.sums.plans import Plan, Term
    from mingzhang.sums.sheets import Sheet

Kind = Literal["row", "tree", "code", "cells", ""]
"""Sums along each row of one sheet; each row and those under it; amounts of each code; single cells; none of these."""

Column = tuple[int, ...] | list[int]

_CLASS: Final = 3


class Block(NamedTuple):
    """The rows of a sheet that have the same columns: their amounts by row, in the order of the columns, and by column."""

    columns: tuple[str, ...]
    rows: dict[str, Column]
    by_column: dict[str, Column]


def holds_at_a_glance(plans: Sequence[Plan], sheets: Mapping[str, Sheet]) -> bool:
    """Tell whether one of some statements is seen to hold wherever any of them says anything; no means that it is not known."""
    first = plans[0]
    kinds = {kind_of(plan) for plan in plans}
    try:
        match kinds.pop() if len(kinds) == 1 else "":
            case "row":
                return all(_along_rows(plans, block) for block in blocks_of(sheets[first.sources[0]]))
            case "tree" if len(plans) == 1:
                return _under_rows(sheets[first.sources[0]])
            case "code" if len(plans) == 1:
                return _by_codes(first, sheets)
            case "cells":
                return _start_alike(plans) and any(_of_cells(p, sheets, among=len(plans)) for p in plans)
            case _:
                return False
    except TypeError:  # something is withheld
        return False


def _start_alike(plans: Sequence[Plan]) -> bool:
    """Tell whether some statements are about the same one amount, so that one of them is enough."""
    if len(plans) == 1:
        return True
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


def blocks_of(sheet: Sheet) -> tuple[Block, ...]:
    """Give a sheet's amounts by the rows that have the same columns."""
    found = sheet.looked_at.get("")
    if found is None:
        found = sheet.looked_at[""] = _blocks(sheet)
    return cast("tuple[Block, ...]", found)


def _blocks(sheet: Sheet) -> tuple[Block, ...]:
    values = cast("list[int]", sheet.values)  # what is withheld cannot be added
    alike: dict[tuple[str, ...], dict[str, Column]] = {}
    for row, (places, columns) in sheet.shape.lines.items():
        rows = alike.setdefault(columns, {})
        rows[row] = values[places] if isinstance(places, slice) else [values[p] for p in places]
    return tuple(
        Block(columns, rows, dict(zip(columns, zip(*rows.values(), strict=True), strict=True)))
        for columns, rows in alike.items()
    )


def _along_rows(plans: Sequence[Plan], block: Block) -> bool:
    """Tell whether one of some sums of the same amount holds in each row of a block, if any of them says anything there."""
    says = False
    for plan in plans if _start_alike(plans) else ():
        left, right = (_joined(own, block) for own in plan.sides[:2])
        if left is None or right is None:
            continue
        says = True
        if _agree(left, right, plan):
            return True
    return not says and _start_alike(plans)


def _joined(terms: Sequence[Term], block: Block) -> Column | None:
    """Add columns up row by row; None where too few of them are printed to say anything."""
    if not terms:
        return (0,) * len(block.rows)
    found = [(t.sign, c) for t in terms if (c := block.by_column.get(cast("str", t.column))) is not None]
    if len(found) < min(2, len(terms)):
        return None
    sign, total = found[0]
    total = total if sign > 0 else [-v for v in total]
    for sign, column in found[1:]:
        total = list(map(add if sign > 0 else sub, total, column))
    return total


def _under_rows(sheet: Sheet) -> bool:
    """Tell whether each row equals the sum of those that stand right under it, in every column."""
    shape = sheet.shape
    summed = frozenset(shape.columns)
    lines = {row: (b.columns, amounts) for b in blocks_of(sheet) for row, amounts in b.rows.items()}
    for parent, under in shape.rows_by("parent").items():
        above = lines.get(parent)
        below = [found for row in under if (found := lines.get(row)) is not None]
        if above is None or not below or any(columns is not above[0] for columns, _amounts in below):
            return False
        sums = list(map(sum, zip(*[amounts for _columns, amounts in below], strict=True)))
        if sums != list(above[1]) and any(
            one != other for column, one, other in zip(above[0], sums, above[1], strict=True) if column in summed
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
        start, values = len(prefix), cast("list[int]", sheet.values)
        found = sheet.looked_at[asked] = {
            code: values[place]
            for row, place in sheet.shape.column(cast("str", term.column)).items()
            if row.startswith(prefix) and (code := row[start:]).isdecimal() and (not is_class or len(code) == _CLASS)
        }
    return cast("dict[str, int]", found)


def _of_cells(plan: Plan, sheets: Mapping[str, Sheet], *, among: int) -> bool:
    """Tell whether single cells agree; where something else may hold instead, that all of them are printed too."""
    if among > 1 and not all(_is_printed(t, plan, sheets) for own in plan.sides for t in own):
        return False
    left, right = (sum([_amount(t, plan, sheets) for t in own]) for own in plan.sides[:2])
    return _agree([left], [right], plan)


def _is_printed(term: Term, plan: Plan, sheets: Mapping[str, Sheet]) -> bool:
    column = sheets[plan.sources[term.sheet]].shape.column(cast("str", term.column))
    return not (term.by or term.every) and term.row in column


def _amount(term: Term, plan: Plan, sheets: Mapping[str, Sheet]) -> int:
    """Add up the cells that a term without variables stands for."""
    sheet = sheets[plan.sources[term.sheet]]
    row, values = cast("str", term.row), cast("list[int]", sheet.values)
    column = sheet.shape.column(cast("str", term.column))
    if not (term.by or term.every):
        place = column.get(row)
        return 0 if place is None else term.sign * values[place]
    rows = sheet.shape.rows_with(term.by, row) if term.by else sheet.shape.rows_like(pattern_of(row))
    return term.sign * sum([values[column[r]] for r in rows if r in column])


def _agree(left: Collection[int], right: Collection[int], plan: Plan) -> bool:
    """Tell whether two sides agree row by row."""
    if plan.relation == "=":
        return list(left) == list(right)
    return all(map(le if plan.relation == "<=" else ge, left, right))
