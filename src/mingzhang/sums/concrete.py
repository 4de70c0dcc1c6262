"""Statements made concrete for one document: the identities that they say of its figures.

A statement is planned once. What comes of a plan depends on the shapes of the sheets that it names, not on their
figures, so that documents of one form, and one document before and after a correction, share the identities. Each
identity also knows the places of its figures in the sheets, so that most are seen to hold by adding up integers.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import product
from typing import TYPE_CHECKING, Final, NamedTuple, cast

from mingzhang.sums.glances import kind_of
from mingzhang.sums.plans import Plan, filled_each, plan_of
from mingzhang.sums.sayings import Absent, Places, Sayings, alone
from mingzhang.sums.terms import pattern_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from mingzhang.sums.identities import Identity, Verdict
    from mingzhang.sums.plans import Term
    from mingzhang.sums.shapes import Shape
    from mingzhang.sums.sheets import Sheet
    from mingzhang.sums.terms import Statement

_KEPT: Final = 4096
"""So many plans are remembered with what came of them, each with the shapes of the sheets it was made concrete for."""

_LACKING: Final[Places] = (-(2**62),)
"""A sum of rows of which there are none."""


def concrete(statement: Statement, sheets: Mapping[str, Sheet], tables: Iterable[str] = ()) -> Iterator[Identity]:
    """Make a statement concrete: once for every way in which its variables can be bound.

    Nothing comes of it where a sheet, a whole side, or all but one term of several is not in the document's form.
    `$table` stands for each of `tables` in turn.
    """
    for said in sayings(statement, sheets, tables):
        yield from said.identities


def judged(
    statement: Statement, sheets: Mapping[str, Sheet], tables: Iterable[str] = (), *, additive: bool = False
) -> Iterator[Verdict]:
    """Judge a statement wherever it is made concrete, in the order of `concrete`."""
    for said in sayings(statement, sheets, tables):
        yield from said.verdicts(sheets, additive=additive)


def sayings(statement: Statement, sheets: Mapping[str, Sheet], tables: Iterable[str] = ()) -> Iterator[Sayings]:
    """Give what a statement says of each of the tables."""
    for plan in plans_of(statement, sheets, tables):
        yield said_of(plan, sheets)


def plans_of(statement: Statement, sheets: Collection[str], tables: Iterable[str]) -> list[Plan]:
    """Give the plans of a statement for the tables of which it can say anything, where there are these sheets."""
    plans = [plan_of(statement, table) for table in (tables if "table" in statement.variables else ("",))]
    return [plan for plan in plans if plan.named.issubset(sheets)]


def said_of(plan: Plan, sheets: Mapping[str, Sheet]) -> Sayings:
    """Give what the statement of a plan says of sheets."""
    return _sayings(plan, *[sheets[source].shape for source in plan.sources])


@lru_cache(_KEPT)
def _sayings(plan: Plan, *shapes: Shape) -> Sayings:
    """Find what a plan says of sheets of these shapes, in the order of its sources."""
    if any(len(own) == 1 and not _may_be(own[0], shapes) for own in plan.sides):
        return Sayings(plan, shapes, ((), (), ()), Absent(0))
    every = [bindings_of(n, plan, shapes) for n in range(len(plan.names))]
    is_tree = plan.names == ("row", "column") and kind_of(plan) == "tree"
    tree = _tree(every[0], every[1], shapes[0]) if is_tree else None
    if tree is not None:
        return Sayings(plan, shapes, tree, Absent(0))
    values = list(product(*every))
    starts = [sum(s.size for s in shapes[:n]) for n in range(len(shapes))]
    absent = Absent(sum(s.size for s in shapes))
    found = [_side(own, _Sheets(shapes, starts, absent), values) for own in plan.sides]
    if any(None in side for side in found):
        said = [n for n, one in enumerate(zip(*found, strict=True)) if None not in one]
        found = [[side[n] for n in said] for side in found]
    return Sayings(plan, shapes, cast("list[list[Places]]", found), absent)


def _tree(rows: Sequence[str], columns: Sequence[str], shape: Shape) -> tuple[list[Places], ...] | None:
    """Find for each row and column the cell and those under it, where all these rows have the same columns side by side.

    None where they have not.
    """
    if not shape.is_whole:
        return None
    under = shape.rows_by("parent")
    lefts: list[Places] = []
    rights: list[Places] = []
    for row in rows:
        alike = [shape.lines.get(r) for r in (row, *under[row])]
        found = [one for one in alike if one is not None]
        own = found[0][1].columns if found else ()
        if len(found) < len(alike) or any(band.columns != own for _start, band in found):
            return None
        (start, _band), *below = found
        at = {column: n for n, column in enumerate(own)}
        meant = [at[column] for column in columns if column in at]
        every = list(zip(*[range(first, first + len(own)) for first, _band in below], strict=True))
        lefts += alone([start + n for n in meant])
        rights += [every[n] for n in meant]
    return lefts, rights, [()] * len(lefts)


class _Sheets(NamedTuple):
    """Where the cells of each sheet begin, and what is not printed."""

    shapes: tuple[Shape, ...]
    starts: Sequence[int]
    absent: Absent


def _may_be(term: Term, shapes: tuple[Shape, ...]) -> bool:
    """Tell whether a form may have any cell that a term stands for."""
    column = term.column
    return not isinstance(column, str) or shapes[term.sheet].has_column(column)


def bindings_of(name: int, plan: Plan, shapes: tuple[Shape, ...]) -> tuple[str, ...]:
    """List what a variable stands for: keys that stand in every column and every fixed list of rows where it is used.

    Where it is used only in lists that hold what occurs, it stands for every key that occurs in any of them. Keys by
    which no rows are found are left out: nothing is said of them.
    """
    narrow: list[Mapping[str, object]] = []
    wide: dict[str, None] = {}
    for use in plan.uses[name]:
        shape = shapes[use.sheet]
        found = shape.bindings(use.pattern, plan.names[name], columns=use.columns)
        if shape.grows and not use.columns:
            wide |= found
        else:
            narrow.append(found)
    keys: Iterable[str] = wide
    if narrow:
        keys, *others = narrow
    else:
        others = []
    others += [shapes[t.sheet].rows_by(t.by) for own in plan.sides for t in own if t.by and t.row == name]
    for other in others:
        keys = [key for key in keys if key in other]
    return tuple(keys)


def _side(terms: Sequence[Term], sheets: _Sheets, values: Sequence[tuple[str, ...]]) -> list[Places | None]:
    """Put the terms of a side together for each binding, leaving out what the form does not have; None where too little remains."""
    if not terms:
        return [()] * len(values)
    single = _side_of_cells(terms, sheets, values)
    if single is not None:
        return single
    found = [_places(t, sheets, values) for t in terms if _may_be(t, sheets.shapes)]
    if len(terms) == 1:
        return [p if p != _LACKING else None for p in found[0]]
    return [_together([p for p in places if p is not None]) for places in zip(*found, strict=True)] or [None] * len(
        values
    )


def _side_of_cells(
    terms: Sequence[Term], sheets: _Sheets, values: Sequence[tuple[str, ...]]
) -> list[Places | None] | None:
    """Find a side where each term is one cell that is printed, whatever its row's key; None where it is not so."""
    columns: list[list[int]] = []
    for term in (t for t in terms if _may_be(t, sheets.shapes)):
        if term.by or term.every or term.sign < 0 or not isinstance(term.column, str):
            return None
        column, rows = sheets.shapes[term.sheet].column(term.column), filled_each(term.row, values)
        if not column.keys() >= set(rows):
            return None
        start = sheets.starts[term.sheet]
        columns.append([start + column[row] for row in rows])
    if len(terms) == 1:
        return [*alone(columns[0])]
    return [*zip(*columns, strict=True)] if len(columns) > 1 else [None] * len(values)


def _together(terms: list[Places]) -> Places | None:
    """Join two terms or more; None where there are fewer, or one that must have cells has none."""
    if len(terms) < 2 or _LACKING in terms:
        return None
    return tuple([p for own in terms for p in own])


def _places(term: Term, sheets: _Sheets, values: Sequence[tuple[str, ...]]) -> list[Places | None]:
    """Find the cells that a term stands for under each binding; None where the form does not have it."""
    shape, start, absent = sheets.shapes[term.sheet], sheets.starts[term.sheet], sheets.absent
    rows, columns = filled_each(term.row, values), filled_each(term.column, values)
    out: list[Places | None]
    if term.by:
        under = shape.rows_by(term.by)
        out = [
            _of_rows(under.get(r, ()), shape.column(c), start) or _LACKING for r, c in zip(rows, columns, strict=True)
        ]
    elif term.every:
        asked = zip(rows, columns, strict=True)
        found = [(_of_rows(shape.rows_like(pattern_of(r)), shape.column(c), start), c) for r, c in asked]
        out = [own if own or c in shape.columns else None for own, c in found]
    else:
        if isinstance(term.column, str):
            printed = list(map(shape.column(term.column).get, rows))
        else:
            printed = [shape.column(c).get(r) for r, c in zip(rows, columns, strict=True)]
        out = [None if at is None else (start + at,) for at in printed]
        if None in out:
            for n, at in enumerate(printed):
                place = absent.place(shape, rows[n], columns[n]) if at is None else None
                out[n] = out[n] if place is None else (place,)
    return out if term.sign > 0 else [p if p is None or p == _LACKING else tuple(~at for at in p) for p in out]


def _of_rows(rows: Iterable[str], cells: Mapping[str, int], start: int) -> Places:
    """Give the cells of rows, those that there are."""
    return tuple([start + cells[r] for r in rows if r in cells])
