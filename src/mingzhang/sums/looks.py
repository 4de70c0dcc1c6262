"""What a glance looks at: how whole columns, rows under their parents, amounts of codes and single cells are added up, and seen to agree."""

from __future__ import annotations

from itertools import chain, compress
from operator import add, eq, ge, le, sub
from typing import TYPE_CHECKING, Final, NamedTuple, cast

if TYPE_CHECKING:
    import re
    from collections.abc import Callable, Mapping, Sequence

    from mingzhang.sums.bands import Band
    from mingzhang.sums.sheets import Sheet
    from mingzhang.sums.terms import Relation


class Cells(NamedTuple):
    """Cells that are added or taken away: one, or those of the rows of a parent, code or level, or of rows alike."""

    sign: int
    source: str
    row: str
    column: str
    by: str
    like: re.Pattern[str] | None


Side = tuple[Cells, ...]


class Way(NamedTuple):
    """One of some statements of which one must hold."""

    left: Side
    right: Side
    relation: Relation


def along_rows(ways: Sequence[Way], source: str, sheets: Mapping[str, Sheet]) -> bool:
    """Tell whether one of some sums of the same amount holds in all rows with the same columns, if any says anything there."""
    sheet = sheets[source]
    return sheet.shape.is_whole and all(_along(ways, sheet, alike) for alike in sheet.shape.alike)


def _along(ways: Sequence[Way], sheet: Sheet, bands: Sequence[Band]) -> bool:
    says = False
    for way in ways:
        left = joined(way.left, sheet, bands)
        right = None if left is None else joined(way.right, sheet, bands)
        if left is None or right is None:
            continue
        says = True
        if _agree(left, right, way.relation):
            return True
    return not says


def joined(side: Side, sheet: Sheet, bands: Sequence[Band]) -> list[int] | None:
    """Add columns up row by row; None where too few of them are printed to say anything."""
    if not side:
        return [0] * sum([len(b.rows) for b in bands])
    columns = bands[0].columns
    found = [own for own in side if own.column in columns]
    if len(found) < min(2, len(side)):
        return None
    total = _amounts(found[0].column, sheet, bands)
    total = total if found[0].sign > 0 else [-v for v in total]
    for own in found[1:]:
        total = list(map(add if own.sign > 0 else sub, total, _amounts(own.column, sheet, bands)))
    return total


def _amounts(column: str, sheet: Sheet, bands: Sequence[Band]) -> list[int]:
    """Give the amounts of a column in some bands alike, from above."""
    number, values = bands[0].columns.index(column), sheet.amounts
    if len(bands) == 1:
        return values[bands[0].slice_of(number)]
    return [v for band in bands for v in values[band.slice_of(number)]]


def under_rows(source: str, sheets: Mapping[str, Sheet]) -> bool:
    """Tell whether each row equals the sum of those that stand right under it, in every column."""
    sheet = sheets[source]
    families, values = sheet.shape.families, sheet.amounts
    if families is None:
        return False
    for place, columns, below in families:
        width = len(columns)
        above = values[place : place + width]
        if len(below) == 1:
            sums = values[below[0] : below[0] + width]
        else:
            sums = list(map(sum, zip(*[values[at : at + width] for at in below], strict=True)))
        if sums != above:
            summed = sheet.shape.columns
            if any(a != b and c in summed for a, b, c in zip(above, sums, columns, strict=True)):
                return False
    return True


def by_codes(ways: Sequence[Way], length: int, sheets: Mapping[str, Sheet]) -> bool:
    """Tell whether both sides agree for every code; one that a table does not print has nothing there.

    Of several statements one of which all is printed must hold for a code, or all of them.
    """
    found = [[[(t.sign, _of_codes(t, length, sheets)) for t in own] for own in way[:2]] for way in ways]
    failing: set[str] = set()
    sure: set[str] = set()
    for (left, right), way in zip(found, ways, strict=True):
        amounts = [own for _sign, own in (*left, *right)]
        if len(ways) == 1 and len(left) == len(right) == 1 and left[0][0] == right[0][0] == 1:
            return _agree_code_by_code(amounts[0], amounts[1], way.relation)
        codes = list(dict.fromkeys(chain.from_iterable(amounts)))
        agree = map(RELATIONS[way.relation], _totals(left, codes), _totals(right, codes))
        holding = set(compress(codes, agree))
        failing.update(set(codes) - holding)
        sure.update(holding.intersection(*amounts))
    return failing <= sure


def _totals(side: _Amounts, codes: Sequence[str]) -> list[int]:
    return [sum([sign * amounts.get(code, 0) for sign, amounts in side]) for code in codes]


def _agree_code_by_code(one: Mapping[str, int], other: Mapping[str, int], relation: Relation) -> bool:
    if relation == "=":
        return one == other or not any(amount for _code, amount in one.items() ^ other.items())
    less, more = (one, other) if relation == "<=" else (other, one)
    if any(amount > more.get(code, 0) for code, amount in less.items()):
        return False
    return min(more.values(), default=0) >= 0 or not any(v < 0 and code not in less for code, v in more.items())


_Amounts = list[tuple[int, dict[str, int]]]
"""The terms of a side: how often they count, and their amounts by code."""


def _of_codes(own: Cells, length: int, sheets: Mapping[str, Sheet]) -> dict[str, int]:
    """Give the amounts of a column by code."""
    sheet = sheets[own.source]
    asked = (own.row, length, own.column)
    found = sheet.looked_at.get(asked)
    if found is None:
        values, cells = sheet.amounts, sheet.shape.column(own.column)
        codes = sheet.shape.codes_behind(own.row, length)
        found = sheet.looked_at[asked] = {code: values[cells[row]] for row, code in codes if row in cells}
    return cast("dict[str, int]", found)


def are_all_so(ways: Sequence[Way], sheets: Mapping[str, Sheet]) -> bool:
    """Tell whether all of some statements of single cells hold, or say nothing."""
    return all(is_so(way, sheets) for way in ways)


def is_so(way: Way, sheets: Mapping[str, Sheet]) -> bool:
    """Tell whether single cells agree, or nothing is said of them."""
    left = total_of(way.left, sheets)
    right = None if left is None else total_of(way.right, sheets)
    return left is None or right is None or _agree([left], [right], way.relation)


def is_either_so(ways: Sequence[Way], sheets: Mapping[str, Sheet]) -> bool:
    """Tell whether one statement of single cells of which all are printed holds, or all do."""
    holding = [way for way in ways if is_so(way, sheets)]
    return len(holding) == len(ways) or any(
        all(_is_printed(side, sheets) and total_of(side, sheets) is not None for side in way[:2]) for way in holding
    )


def total_of(side: Side, sheets: Mapping[str, Sheet]) -> int | None:
    """Add up the cells of a side; None where so few of them are in the form that nothing is said of it."""
    total = meant = 0
    for sign, source, row, column, by, like in side:
        sheet = sheets[source]
        shape = sheet.shape
        cells = shape.column(column)
        if by or like is not None:
            rows = shape.rows_with(by, row) if like is None else shape.rows_like(like)
            amounts = [sheet.amounts[cells[r]] for r in rows if r in cells]
            if by and not amounts and shape.has_column(column):
                return None
            total += sign * sum(amounts)
            meant += shape.has_column(column)
        elif row in cells:
            total += sign * sheet.amounts[cells[row]]
            meant += 1
        else:
            meant += shape.is_in_form(row, column)
    return total if meant >= min(2, len(side)) else None


def _is_printed(side: Side, sheets: Mapping[str, Sheet]) -> bool:
    """Tell whether each single cell of a side is printed."""
    return all(own.by or own.like is not None or own.row in sheets[own.source].shape.column(own.column) for own in side)


def _agree(left: Sequence[int], right: Sequence[int], relation: Relation) -> bool:
    """Tell whether two sides agree row by row."""
    return left == right if relation == "=" else all(map(RELATIONS[relation], left, right))


RELATIONS: Final[dict[Relation, Callable[[int, int], bool]]] = {"=": eq, "<=": le, ">=": ge}
