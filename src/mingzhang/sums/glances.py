"""What is seen at a glance: that everything a statement says of sheets holds, without making any of it concrete.

Nearly every statement holds wherever it speaks of, and that is told of whole columns, rows under their parents, and
codes of several tables at once. Printed amounts that are not there count as nothing here, and more rows are looked at
than a statement may mean. So a glance never takes for sound what is not: where it says no, nothing is known.
"""

from __future__ import annotations

from functools import cache, lru_cache, partial
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from msgspec.structs import replace

from mingzhang.sums.looks import (
    RELATIONS,
    Cells,
    Side,
    Way,
    along_rows,
    are_all_so,
    by_codes,
    is_either_so,
    is_printed,
    is_so,
    total_of,
    under_rows,
)
from mingzhang.sums.plans import filled_each
from mingzhang.sums.terms import LISTED, pattern_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from mingzhang.sums.plans import Plan, Term
    from mingzhang.sums.sheets import Sheet

Kind = Literal["row", "beside", "tree", "code", "listed", "column", "cells", ""]
"""Sums along each row of one sheet; such that cells of one row are added to; each row and those under it; amounts of each
code; the same cells for each of a few names, or in each column; single cells; none of these."""

_CLASS: Final = 3

_KEPT: Final = 256
"""So many statements are remembered with the names that stood for their variable."""


class Glance(NamedTuple):
    """How statements are looked at: the sheets that they name, and what is seen of sheets where all amounts add up."""

    sources: tuple[str, ...]
    sees: Callable[[Mapping[str, Sheet]], bool]


def holds_at_a_glance(plans: tuple[Plan, ...], sheets: Mapping[str, Sheet]) -> bool:
    """Tell whether one of some statements is seen to hold wherever any of them says anything; no means that it is not known."""
    return is_seen(glance_of(*plans), sheets)


def is_seen(glance: Glance | None, sheets: Mapping[str, Sheet]) -> bool:
    """Tell whether statements that are looked at so are seen to hold; no means that it is not known."""
    if glance is None:
        return False
    for source in glance.sources:
        if not sheets[source].adds_up:  # what is withheld adds up to nothing that is known
            return False
    return glance.sees(sheets)


@cache
def glance_of(*plans: Plan) -> Glance | None:
    """Find how statements are looked at together, None where they are not."""
    kind, alone = kind_of(plans[0]), len(plans) == 1
    if not alone and not (_start_alike(plans) and all(kind_of(p) == kind or _is_beside(p, plans[0]) for p in plans)):
        return None
    ways = tuple([_way_of(p) for p in plans])
    sources = tuple(dict.fromkeys(s for p in plans for s in p.sources))
    sees: Callable[[Mapping[str, Sheet]], bool]
    match kind:
        case "cells":
            sees = partial(is_so, ways[0]) if alone else partial(is_either_so, ways)
        case "row" if _sum_along_rows(plans):
            is_plain = all(kind_of(p) == kind for p in plans)
            sees = partial(along_rows, ways, sources[0]) if is_plain else partial(_beside_rows, plans[0], ways)
        case "tree" if alone:
            sees = partial(under_rows, sources[0])
        case "code":
            sees = partial(by_codes, ways, _CLASS if plans[0].names[0] == "class" else 0)
        case "listed" if alone:
            sees = partial(are_all_so, _each(plans, LISTED[plans[0].names[0]]))
        case "column":
            sees = partial(_in_columns, plans)
        case _:
            return None
    return Glance(sources, sees)


def _beside_rows(first: Plan, ways: tuple[Way, ...], sheets: Mapping[str, Sheet]) -> bool:
    """Tell whether one of some sums holds in each row, the first saying something of all, those too that are not printed."""
    source = first.sources[0]
    return first.may_say({source: sheets[source].columns}) and along_rows(ways, source, sheets)


def _in_columns(plans: tuple[Plan, ...], sheets: Mapping[str, Sheet]) -> bool:
    """Tell whether one of some statements of single cells of any column holds in all columns of their sheet."""
    shape = sheets[plans[0].sources[0]].shape
    columns = tuple(shape.bindings(plans[0].uses[0][0].pattern, "column", columns=True))
    return are_all_so(_each(plans, columns), sheets)


def ways_along_rows(plans: Sequence[Plan]) -> tuple[Way, ...]:
    """Give sums along rows of which one must hold in each; none where statements are anything else."""
    if any(kind_of(p) != "row" for p in plans):
        return ()
    return tuple([_way_of(p) for p in plans]) if _sum_along_rows(plans) else ()


def _sum_along_rows(plans: Sequence[Plan]) -> bool:
    return len(plans) == 1 or (_start_alike(plans) and all(len(p.sides[0]) == 1 for p in plans))


def _is_beside(plan: Plan, other: Plan) -> bool:
    return kind_of(other) == "row" and kind_of(plan) == "beside"


def _start_alike(plans: Sequence[Plan]) -> bool:
    """Tell whether some statements are about the same first amount, so that one of them is enough."""
    firsts = {(p.sources[0], *p.sides[0][:1]) for p in plans}
    return len(firsts) == 1 and all(not t.by and not t.every for t in plans[0].sides[0][:1])


@cache
def kind_of(plan: Plan) -> Kind:
    """Tell how a statement is looked at."""
    left, right, over = plan.sides
    terms = (*left, *right)
    if over or not terms:
        return ""
    if not plan.names:
        return "cells"
    if len(plan.names) == 1:
        return _kind_of_one(plan.names[0], plan)
    return "tree" if _is_tree(plan) else ""


def _kind_of_one(variable: str, plan: Plan) -> Kind:
    """Tell how a statement with one variable is looked at."""
    left, right, _over = plan.sides
    terms = (*left, *right)
    plain = all(not t.by and not t.every and isinstance(t.column, str) for t in terms)
    if variable in {"code", "class"} and plain and all(_prefix(t) is not None for t in terms):
        return "code"
    if variable in LISTED:
        return "listed"
    if len(plan.sources) > 1:
        return ""
    if variable == "row" and plain and all(t.row == 0 for t in left):
        if all(t.row == 0 for t in right):
            return "row"
        return "beside" if all(t.row == 0 or isinstance(t.row, str) for t in right) else ""
    return "column" if variable == "column" and all(t.column == 0 for t in terms) else ""


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


@cache
def _way_of(plan: Plan) -> Way:
    return Way(_side(plan.sides[0], plan), _side(plan.sides[1], plan), plan.relation)


def _side(terms: Sequence[Term], plan: Plan) -> Side:
    """Prepare a side to be looked at; where codes stand for rows, with what stands before them."""
    out = []
    for term in terms:
        row = term.row if isinstance(term.row, str) else _prefix(term) or ""
        like = pattern_of(row) if term.every and not term.by else None
        column = term.column if isinstance(term.column, str) else ""
        out.append(Cells(term.sign, plan.sources[term.sheet], row, column, term.by, like))
    return tuple(out)


@lru_cache(_KEPT)
def _each(plans: tuple[Plan, ...], names: tuple[str, ...]) -> tuple[tuple[Way, ...], ...]:
    """Give statements with each name that their variable may stand for, those of one name together."""
    bindings = [(name,) for name in names]

    def each(term: Term) -> list[Term]:
        filled = zip(filled_each(term.row, bindings), filled_each(term.column, bindings), strict=True)
        return [replace(term, row=row, column=column) for row, column in filled]

    def ways(plan: Plan) -> list[Way]:
        sides = [list(zip(*map(each, own), strict=True)) if own else [()] * len(names) for own in plan.sides[:2]]
        return [Way(_side(left, plan), _side(right, plan), plan.relation) for left, right in zip(*sides, strict=True)]

    return tuple(zip(*map(ways, plans), strict=True))


def is_seen_to_be_so(plan: Plan, sheets: Mapping[str, Sheet]) -> bool:
    """Tell whether a statement of single cells is seen to hold of what is printed, or to say nothing, too few being in the form."""
    if kind_of(plan) != "cells" or not all(sheets[source].adds_up for source in plan.sources):
        return False
    way = _way_of(plan)
    left, right = total_of(way.left, sheets), total_of(way.right, sheets)
    if left is None or right is None:
        return True
    return RELATIONS[way.relation](left, right) and is_printed(way, sheets)
