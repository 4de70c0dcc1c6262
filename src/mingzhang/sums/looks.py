"""What a glance looks at: how whole columns, rows under their parents, amounts of codes and single cells are added up, and seen to agree."""

from __future__ import annotations

from itertools import compress, repeat
from operator import add, eq, ge, le, or_
from typing import TYPE_CHECKING, Final, NamedTuple, cast

if TYPE_CHECKING:
    import re
    from collections.abc import Callable, Mapping, Sequence

    from mingzhang.sums.bands import Band
    from mingzhang.sums.sheets import Sheet
    from mingzhang.sums.terms import Relation


_FEW: Final = 3
"""So many lists are added up faster one after the other."""


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
    holding: list[bool] | None = None
    for way in ways:
        left = joined(way.left, sheet, bands)
        right = None if left is None else joined(way.right, sheet, bands)
        if left is None or right is None:
            continue
        if left == right:
            return True
        agree = list(map(RELATIONS[way.relation], left, right))
        holding = agree if holding is None else list(map(or_, holding, agree))
    return holding is None or all(holding)


def joined(side: Side, sheet: Sheet, bands: Sequence[Band]) -> list[int] | None:
    """Add columns up row by row; None where too few of them are printed to say anything, or a cell of one row is missing."""
    columns, values = bands[0].columns, sheet.amounts
    found = []
    for own in side:
        if own.row:
            if not sheet.shape.is_in_form(own.row, own.column):
                continue
            if is_missing(own, sheet):
                return None
            amounts = _beside(own, sheet, bands)
        elif own.column in columns:
            number = columns.index(own.column)
            amounts = values[bands[0].slice_of(number)]
            for band in bands[1:]:
                amounts += values[band.slice_of(number)]
        else:
            continue
        found.append(amounts if own.sign > 0 else [-v for v in amounts])
    if not side:
        return [0] * sum([len(b.rows) for b in bands])
    if len(found) < min(2, len(side)):
        return None
    total = found[0]
    for amounts in found[1:]:
        total = list(map(add, total, amounts))
    return total


def _beside(own: Cells, sheet: Sheet, bands: Sequence[Band]) -> list[int]:
    """Put the amount of a cell of one row beside every row of some bands."""
    place = sheet.shape.column(own.column).get(own.row)
    return [0 if place is None else sheet.amounts[place]] * sum([len(b.rows) for b in bands])


def is_missing(own: Cells, sheet: Sheet) -> bool:
    """Tell whether a form has a single cell that is not printed, so that nobody knows what it would say."""
    shape = sheet.shape
    return (
        own.row not in shape.column(own.column)
        and shape.is_in_form(own.row, own.column)
        and not shape.is_listed_so_deep(own.row)
    )


def under_rows(source: str, sheets: Mapping[str, Sheet]) -> bool:
    """Tell whether each row equals the sum of those that stand right under it, in every column."""
    sheet = sheets[source]
    families, values = sheet.shape.families, sheet.amounts
    if families is None:
        return False
    for place, columns, below in families:
        width = len(columns)
        above, first = values[place : place + width], below[0]
        if width == 1:
            sums = [sum([values[at] for at in below])]
        elif len(below) > _FEW:
            sums = list(map(sum, zip(*[values[at : at + width] for at in below], strict=True)))
        else:
            sums = values[first : first + width]
            for at in below[1:]:
                sums = list(map(add, sums, values[at : at + width]))
        if sums != above:
            summed = sheet.shape.columns
            if any(a != b and c in summed for a, b, c in zip(above, sums, columns, strict=True)):
                return False
    return True


def by_codes(ways: Sequence[Way], length: int, sheets: Mapping[str, Sheet]) -> bool:
    """Tell whether both sides agree for every code; one that a table does not print has nothing there.

    Of several statements one of which all is printed must hold for a code, or all of them.
    """
    failing: set[str] = set()
    sure: set[str] = set()
    for way in ways:
        left, right = _totals(way.left, length, sheets), _totals(way.right, length, sheets)
        if len(ways) == 1:
            return _agree_code_by_code(left, right, way.relation)
        codes, agree = left.keys() | right.keys(), RELATIONS[way.relation]
        holding = {code for code in codes if agree(left.get(code, 0), right.get(code, 0))}
        failing |= codes - holding
        sure |= holding.intersection(*[_of_codes(own, length, sheets) for own in (*way.left, *way.right)])
    return failing <= sure


def _totals(side: Side, length: int, sheets: Mapping[str, Sheet]) -> dict[str, int]:
    """Add the amounts of a side up, code by code."""
    if len(side) == 1 and side[0].sign > 0:
        return _of_codes(side[0], length, sheets)
    totals: dict[str, int] = {}
    for own in side:
        for code, amount in _of_codes(own, length, sheets).items():
            totals[code] = totals.get(code, 0) + own.sign * amount
    return totals


def _agree_code_by_code(one: Mapping[str, int], other: Mapping[str, int], relation: Relation) -> bool:
    if one == other:
        return True
    if relation == "=":
        return not any(amount for _code, amount in one.items() ^ other.items())
    less, more = (one, other) if relation == "<=" else (other, one)
    return all(map(le, less.values(), map(more.get, less, repeat(0)))) and (
        min(more.values(), default=0) >= 0 or not any(v < 0 and code not in less for code, v in more.items())
    )


def _of_codes(own: Cells, length: int, sheets: Mapping[str, Sheet]) -> dict[str, int]:
    """Give the amounts of a column by code."""
    sheet = sheets[own.source]
    asked = (own.row, length, own.column)
    amounts: dict[str, int] | None = cast("dict[str, int] | None", sheet.looked_at.get(asked))
    if amounts is None:
        sheet.looked_at[asked] = amounts = {}
        for band, is_code, codes in sheet.shape.coded(own.row, length):
            if own.column in band.columns:
                column = sheet.amounts[band.slice_of(band.columns.index(own.column))]
                amounts.update(zip(codes, compress(column, is_code), strict=True))
    return amounts


def are_all_so(places: Sequence[Sequence[Way]], sheets: Mapping[str, Sheet]) -> bool:
    """Tell of each place of some whether one of the statements of single cells of it holds, or says nothing."""
    return all(is_so(ways[0], sheets) if len(ways) == 1 else is_either_so(ways, sheets) for ways in places)


def is_so(way: Way, sheets: Mapping[str, Sheet]) -> bool:
    """Tell whether single cells agree, or nothing is said or known of them."""
    left = total_of(way.left, sheets)
    right = None if left is None else total_of(way.right, sheets)
    if left is None or right is None:
        return True
    return RELATIONS[way.relation](left, right) or _lacks_one(way, sheets)


def is_either_so(ways: Sequence[Way], sheets: Mapping[str, Sheet]) -> bool:
    """Tell whether one statement of single cells of which all are printed holds, or all do."""
    all_are_so = True
    for way in ways:
        left = total_of(way.left, sheets)
        right = None if left is None else total_of(way.right, sheets)
        if left is None or right is None:
            continue
        if not RELATIONS[way.relation](left, right):
            all_are_so = all_are_so and _lacks_one(way, sheets)
        elif is_printed(way, sheets):
            return True
    return all_are_so


def _lacks_one(way: Way, sheets: Mapping[str, Sheet]) -> bool:
    """Tell whether a single cell is missing, so that nothing is known."""
    single = [own for side in way[:2] for own in side if not own.by and own.like is None]
    return any(is_missing(own, sheets[own.source]) for own in single)


def total_of(side: Side, sheets: Mapping[str, Sheet]) -> int | None:
    """Add up the cells of a side; None where so few of them are in the form that nothing is said of it."""
    total = meant = 0
    for sign, source, row, column, by, like in side:
        sheet = sheets[source]
        shape = sheet.shape
        cells = shape.column(column)
        if not by and like is None:
            place = cells.get(row)
            if place is not None:
                total += sign * sheet.amounts[place]
                meant += 1
            else:
                meant += shape.is_in_form(row, column)
            continue
        rows = shape.rows_with(by, row) if like is None else shape.rows_like(like)
        amounts = [sheet.amounts[cells[r]] for r in rows if r in cells]
        if by and not amounts and shape.has_column(column):
            return None
        total += sign * sum(amounts)
        meant += shape.has_column(column)
    return total if meant > 1 or meant == len(side) else None


def is_printed(way: Way, sheets: Mapping[str, Sheet]) -> bool:
    """Tell whether each single cell of a statement is printed."""
    for side in way[:2]:
        for own in side:
            if not own.by and own.like is None and own.row not in sheets[own.source].shape.column(own.column):
                return False
    return True


RELATIONS: Final[dict[Relation, Callable[[int, int], bool]]] = {"=": eq, "<=": le, ">=": ge}
