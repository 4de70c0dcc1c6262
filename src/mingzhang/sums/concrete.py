"""Statements made concrete for one document: the identities that they say of its figures.

A statement is planned once. What comes of a plan depends on the shapes of the sheets that it names, not on their
figures, so that documents of one form, and one document before and after a correction, share the identities. Each
identity also knows the places of its figures in the sheets, so that most are seen to hold by adding up integers.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import product
from typing import TYPE_CHECKING, Final, TypeVar, cast

from mingzhang.sums.identities import Identity, Verdict, judge
from mingzhang.sums.plans import Plan, filled_each, plan_of
from mingzhang.sums.terms import pattern_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from mingzhang.sums.plans import Term, Use
    from mingzhang.sums.sheets import Operand, Shape, Sheet
    from mingzhang.sums.terms import Relation, Statement

_KEPT: Final = 4096
"""So many plans are remembered with what came of them, each with the shapes of the sheets it was made concrete for."""

_GAP: Final = -1
"""Stands for the place of a figure that is missing."""

Places = tuple[int, ...]
Cells = tuple[tuple["Operand", ...], Places]
"""Figures of one side of an identity, and their places."""

_UNSEEN: Final[Places] = (_GAP,)

_LACKING: Final[Cells] = ((), _UNSEEN)
"""A sum of rows of which there are none."""
T = TypeVar("T")


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


def failing(
    statement: Statement, sheets: Mapping[str, Sheet], tables: Iterable[str] = (), *, additive: bool = False
) -> Iterator[Verdict]:
    """Judge a statement and give the verdicts alone that say that it does not hold as printed."""
    for said in sayings(statement, sheets, tables):
        for n in said.open_in(sheets):
            verdict = judge(said.identities[n], sheets, additive=additive)
            if verdict.outcome in {"violated", "rounding"}:
                yield verdict


def sayings(statement: Statement, sheets: Mapping[str, Sheet], tables: Iterable[str] = ()) -> Iterator[Sayings]:
    """Give what a statement says of each of the tables."""
    for table in tables if "table" in statement.variables else ("",):
        plan = plan_of(statement, table)
        if all(source in sheets for source in plan.sources):
            yield _sayings(plan, *(sheets[source].shape for source in plan.sources))


class Sayings:
    """The identities that a plan says of sheets, those of one figure together.

    Of plain sums the places of each identity's figures are known among the cells of all sheets, one behind the other;
    where a figure is missing, or there are coefficients or shares, an identity is judged by itself.
    """

    def __init__(self, plan: Plan, identities: Sequence[Identity], places: Sequence[tuple[Places, Places]]) -> None:
        """Take the identities in the order in which they were found."""
        own: dict[int, list[int]] = {}  # operands of one figure are one object
        for n, identity in enumerate(identities):
            own.setdefault(id((identity.left or identity.right)[0]), []).append(n)
        order = [n for one in own.values() for n in one]
        self.sources = plan.sources
        self.relation: Relation = plan.relation
        self.identities = tuple([identities[n] for n in order])
        found = (places[n] if plan.is_plain else (_UNSEEN, _UNSEEN) for n in order)
        self._places = tuple([None if _GAP in left or _GAP in right else (left, right) for left, right in found])
        self._sums = tuple([(n, *p) for n, p in enumerate(self._places) if p is not None])
        self._unseen = () if plan.is_plain else tuple(range(len(order)))

    def open_in(self, sheets: Mapping[str, Sheet]) -> Sequence[int]:
        """List, by number, what does not hold at sight of what is printed; what lacks a figure is left out."""
        if not self._sums:
            return self._unseen
        values = self._values(sheets)
        get = values.__getitem__
        try:
            match self.relation:
                case "=":
                    return [n for n, left, right in self._sums if sum(map(get, left)) != sum(map(get, right))]
                case "<=":
                    return [n for n, left, right in self._sums if sum(map(get, left)) > sum(map(get, right))]
                case ">=":
                    return [n for n, left, right in self._sums if sum(map(get, left)) < sum(map(get, right))]
        except TypeError:  # something is withheld
            return [n for n, left, right in self._sums if not self._holds(_sum(values, left), _sum(values, right))]

    def holding_in(self, sheets: Mapping[str, Sheet]) -> set[int]:
        """Number what holds at sight, something being printed."""
        if not self._sums:
            return set()
        values, prints = self._values(sheets), self._prints(sheets)
        out = set()
        for n, left, right in self._sums:
            total, parts = _sum(values, left), _sum(values, right)
            if self._holds(total, parts) and (total or parts or any(prints[p] for p in (*left, *right))):
                out.add(n)
        return out

    def verdicts(self, sheets: Mapping[str, Sheet], *, additive: bool) -> Iterator[Verdict]:
        """Judge all of them: most hold, and that is seen at once."""
        values, prints = (self._values(sheets), self._prints(sheets)) if self._sums else ([], [])
        for identity, places in zip(self.identities, self._places, strict=True):
            if places is None:
                yield judge(identity, sheets, additive=additive)
                continue
            total, parts = _sum(values, places[0]), _sum(values, places[1])
            if total is None or total != parts:
                yield judge(identity, sheets, additive=additive)
            elif total or any(prints[p] for p in (*places[0], *places[1])):
                yield Verdict(identity, "holds", total, parts)
            else:
                yield Verdict(identity, "nothing")

    def _holds(self, total: int | None, parts: int | None) -> bool:
        if total is None or parts is None:
            return False
        return total == parts if self.relation == "=" else total <= parts if self.relation == "<=" else total >= parts

    def _values(self, sheets: Mapping[str, Sheet]) -> list[int]:
        """Join the values of all sheets; what is withheld cannot be added."""
        return cast("list[int]", _joined([sheets[s].values for s in self.sources]))

    def _prints(self, sheets: Mapping[str, Sheet]) -> list[bool]:
        return _joined([sheets[s].prints for s in self.sources])


def _sum(values: Sequence[int], places: Places) -> int | None:
    """Add up the values at some places; None where one is withheld."""
    try:
        return sum([values[p] for p in places])
    except TypeError:
        return None


def _joined(lists: list[list[T]]) -> list[T]:
    return lists[0] if len(lists) == 1 else [x for one in lists for x in one]


@lru_cache(_KEPT)
def _sayings(plan: Plan, *shapes: Shape) -> Sayings:
    """Find what a plan says of sheets of these shapes, in the order of its sources."""
    every = [_bindings(name, uses, shapes) for name, uses in zip(plan.names, plan.uses, strict=True)]
    values = list(product(*every))
    starts = [sum(s.size for s in shapes[:n]) for n in range(len(shapes))]
    sides = [
        _side([_cells(t, shapes[t.sheet], starts[t.sheet], values) for t in own], len(values)) for own in plan.sides
    ]
    whole = [(left, right, over) for left, right, over in zip(*sides, strict=True) if left and right and over]
    identities = [Identity(left[0], plan.relation, right[0], over[0]) for left, right, over in whole]
    return Sayings(plan, identities, [(left[1], right[1]) for left, right, _ in whole])


def _bindings(name: str, uses: Iterable[Use], shapes: tuple[Shape, ...]) -> tuple[str, ...]:
    """List what a variable stands for: keys that stand in every column and every fixed list of rows where it is used.

    Where it is used only in lists that hold what occurs, it stands for every key that occurs in any of them.
    """
    narrow: list[dict[str, None]] = []
    wide: dict[str, None] = {}
    for use in uses:
        shape = shapes[use.sheet]
        found = shape.bindings(use.pattern, name, columns=use.columns)
        if shape.grows and not use.columns:
            wide |= found
        else:
            narrow.append(found)
    if not narrow:
        return tuple(wide)
    return tuple(key for key in narrow[0] if all(key in other for other in narrow[1:]))


def _side(terms: list[list[Cells | None]], times: int) -> list[Cells | None]:
    """Put the terms of a side together for each binding, leaving out what the form does not have; None where too little remains."""
    if not terms:
        return [((), ())] * times
    if len(terms) == 1:
        return [c if c != _LACKING else None for c in terms[0]]
    kept = [t for t in terms if any(t)]
    return [_together([c for c in cells if c is not None]) for cells in zip(*kept, strict=True)] or [None] * times


def _together(cells: list[Cells]) -> Cells | None:
    """Join the cells of two terms or more; None where there are fewer, or one that must have cells has none."""
    if len(cells) < 2 or _LACKING in cells:
        return None
    return tuple(o for own, _ in cells for o in own), tuple(p for _, own in cells for p in own)


def _cells(term: Term, shape: Shape, start: int, values: Sequence[tuple[str, ...]]) -> list[Cells | None]:
    """Find the cells that a term stands for under each binding; None where the form does not have it."""
    rows, columns = filled_each(term.row, values), filled_each(term.column, values)
    placed = {c: shape.placed(term.sign, c, start) for c in dict.fromkeys(columns)}
    if term.by:
        under = shape.rows_by(term.by)
        return [_cells_of(under.get(r, ()), placed[c]) or _LACKING for r, c in zip(rows, columns, strict=True)]
    if term.every:
        found = [(_cells_of(shape.rows_like(pattern_of(r)), placed[c]), c) for r, c in zip(rows, columns, strict=True)]
        return [own or (((), ()) if c in shape.columns else None) for own, c in found]
    return [placed[c].get(r) or _absent(term, shape, r, c) for r, c in zip(rows, columns, strict=True)]


def _cells_of(rows: Iterable[str], cells: Mapping[str, Cells]) -> Cells | None:
    """Join the cells of rows, those that there are."""
    own = [cells[r] for r in rows if r in cells]
    if len(own) < 2:
        return own[0] if own else None
    return tuple(o for (o,), _ in own), tuple(p for _, (p,) in own)


def _absent(term: Term, shape: Shape, row: str, column: str) -> Cells | None:
    """Give a cell that is not printed and yet is in the form."""
    if column not in shape.columns or not shape.is_in_form(row, column):
        return None
    return (shape.operand(term.sign, row, column),), () if shape.is_listed_so_deep(row) else (_GAP,)
