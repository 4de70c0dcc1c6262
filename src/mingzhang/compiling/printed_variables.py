"""The variables that a compiled document prints: of which facts each figure is the sum, and what identities say of them.

Variables are numbered, and each cell of a sheet has a mark: its variable's number and one, 0 where it is nothing. So an
identity, which is places of cells, becomes a sum of variables by looking marks up; many become the same sum.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from mingzhang.compiling.book_sums import book_money, project_groups
from mingzhang.compiling.printed_keys import PrintedAs
from mingzhang.forms.expressions import Cell, Named
from mingzhang.forms.expressions import Sum as Plus
from mingzhang.model.units import is_money
from mingzhang.rules.figures import DEPARTMENT, TEXT
from mingzhang.rules.functions.statements import operands_of
from mingzhang.sums.additive import Sum
from mingzhang.sums.asserted import Truth
from mingzhang.sums.rounding import Variable, variable_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from mingzhang.model.book import Book
    from mingzhang.model.figure import Figure
    from mingzhang.rules.figures import Figures
    from mingzhang.sums.filters import Fact
    from mingzhang.sums.identities import Identity, Operand
    from mingzhang.sums.sayings import Sayings
    from mingzhang.sums.sheets import CellRef
    from mingzhang.sums.terms import Relation

_UNKNOWN: Final = 2**62
"""The mark of a figure that is no sum that is known."""

_NONE: Final = -1
"""The number of no variable."""


class Spelled(NamedTuple):
    """An identity over variables: the sum, whether it is true of the facts, and whether it must hold to the last digit.

    Without a sum one of its figures is no sum that is known; a sum of no terms says nothing and is true.
    """

    sum: Sum | None
    is_true: bool
    is_exact: bool


_UNSPELLED: Final = Spelled(None, is_true=False, is_exact=False)
_SHARE: Final = Spelled(None, is_true=True, is_exact=False)
"""A share is no sum; what the book tells of its parts, it tells of the share."""
_NOTHING: Final = Spelled(Sum(()), is_true=True, is_exact=False)


class PrintedVariables:
    """The variable of every printed figure that is a sum of facts, or that the book states.

    `project_sums` is what ties the sums of projects, which no table prints, to the projects.
    """

    def __init__(self, book: Book, facts: Sequence[Fact], figures: Figures) -> None:
        """Find the variables of a document's figures."""
        self._figures = figures
        self._facts = {f.id: f for f in facts}
        self._paths = dict(book_money(book, facts))
        self._made: dict[tuple[tuple[str, ...], str, int], Variable] = {}
        self._numbers: dict[Variable, int] = {}
        self._known: list[Variable] = []
        self.project_sums: list[Sum] = []
        for path, projects in project_groups(book, facts, {t.id: t for t in figures.disclosure.tables}):
            parts = [self._of(f, f.unit, f.places) for own in projects for f in own]
            whole = _union(parts)
            if whole is not None:
                self._paths[f"{path}.amount"] = whole
                self.project_sums.append(total_of(whole, parts))
        self._own: dict[str, list[int]] = {}
        self._marks: dict[str, list[int]] = {}
        self._number_cells()
        self._texts: dict[str, int] = {}
        for name in figures.said:
            self._said(name)
        self._marks[TEXT] = [self._mark_of_text(row, f) for (row, _), f in figures.sheets[TEXT].cells.items()]
        self._sums: dict[Relation, _Sums] = {
            "=": _Sums(self._known, 1, "="),
            "<=": _Sums(self._known, 1, "<="),
            ">=": _Sums(self._known, -1, "<="),
        }

    def _number_cells(self) -> None:
        """Number the cells of tables and forms; many cells hold the very same figure."""
        figures = self._figures
        tables = {DEPARTMENT, *(t.id for t in figures.disclosure.tables)}
        found: dict[int, tuple[int, int]] = {}
        for source, sheet in figures.sheets.items():
            cells = sheet.figures
            if source in tables:
                places = [id(f) for f in cells]
                for at, figure in zip(places, cells, strict=True):
                    if at not in found:
                        found[at] = self._numbered(figure)
                self._own[source] = [found[at][0] for at in places]
                self._marks[source] = [found[at][1] for at in places]
            else:
                self._marks[source] = [_UNKNOWN if f.withheld or f.digits else 0 for f in cells]

    def _numbered(self, figure: Figure) -> tuple[int, int]:
        """Give the number and the mark of a figure of a table."""
        number = self._number(self._of(figure, figure.unit, figure.places)) if is_money(figure.unit) else _NONE
        if figure.withheld or (number == _NONE and figure.digits):
            return number, _UNKNOWN
        return number, 0 if number == _NONE else self._mark(number)

    def _number(self, variable: Variable) -> int:
        number = self._numbers.setdefault(variable, len(self._known))
        if number == len(self._known):
            self._known.append(variable)
        return number

    def _mark(self, number: int) -> int:
        return number + 1 if self._known[number].fen else 0

    def _mark_of_text(self, name: str, figure: Figure) -> int:
        number = self._texts.get(name)
        if number is not None:
            return self._mark(number)
        return _UNKNOWN if figure.withheld or figure.digits else 0

    @property
    def printed(self) -> PrintedAs:
        """Give every variable that is printed in the order of print, with the keys of the figures that print it."""
        sheets = [(self._figures.sheets[source].shape, own) for source, own in self._own.items()]
        return PrintedAs(self._known, sheets, self._texts)

    @property
    def truths(self) -> dict[str, Truth]:
        """Give the true value of every figure that is a sum of facts, by sheet."""
        fen = [*(v.fen for v in self._known), None]  # what has no number has the last
        sheets = self._figures.sheets
        out = {source: Truth(sheets[source].shape, tuple([fen[n] for n in own])) for source, own in self._own.items()}
        text = sheets[TEXT].shape
        out[TEXT] = Truth(text, tuple([fen[self._texts.get(row, _NONE)] for row, _ in text.cells]))
        return out

    def spelled(self, said: Sayings) -> Sequence[Spelled]:
        """Spell all identities of a saying over variables; a share is no sum."""
        if said.is_share:
            return [_SHARE] * len(said)
        marks = said.marked(self._marks, _UNKNOWN)
        if not any(marks):
            return [_NOTHING] * len(said)
        get = marks.__getitem__
        sums = self._sums[said.relation]
        lefts, rights = ([(*filter(None, map(get, places)),) for places in side] for side in (said.lefts, said.rights))
        return [sums[asked] for asked in zip(lefts, rights, strict=True)]

    def spelled_alone(self, identity: Identity) -> Spelled:
        """Spell one identity over variables."""
        if identity.over:
            return _SHARE
        left, right = (
            tuple([mark for o in side for mark in self._marks_of(o)]) for side in (identity.left, identity.right)
        )
        return self._sums[identity.relation][left, right]

    def _marks_of(self, operand: Operand) -> Sequence[int]:
        """Give the mark of an operand as often as it counts; nothing for what is nothing."""
        source, row, column = operand.ref.source, operand.ref.row, operand.ref.column
        sheet = self._figures.sheets.get(source)
        place = None if sheet is None else sheet.shape.column(column).get(row)
        if place is None:  # a blank where the form has it, though it is not printed
            mark = 0 if self._figures.figure(operand.ref) is not None else _UNKNOWN
        else:
            mark = self._marks[source][place]
        count = operand.coefficient
        return ((mark,) * count if count > 0 else (-mark,) * -count) if mark else ()

    def _of(self, figure: Figure, unit: str, places: int) -> Variable:
        asked = (figure.facts, unit, places)
        found = self._made.get(asked)
        if found is None:
            found = self._made[asked] = variable_of([self._facts[i] for i in figure.facts], unit, places)
        return found

    def _said(self, name: str) -> Variable | None:
        """Find the variable of a statement: of a cell, of a sum of others, or of what the book states."""
        number = self._texts.get(name)
        if number is not None:
            return self._known[number]
        said = self._figures.said[name]
        declared, figure = said.declared, said.slot.figure
        if declared is None or figure is None or not is_money(declared.unit):
            return None
        found: Variable | None = None
        match declared.tree:
            case Cell():
                found = self._of(figure, declared.unit, declared.places)
            case Named("book", path):
                found = self._paths.get(path)
            case Plus() as tree:
                operands = operands_of(tree, said, self._figures) or ()
                parts = [self._said(o.ref.row) if o.ref.source == TEXT else self._cell(o.ref) for o in operands]
                if all(o.coefficient == 1 for o in operands):
                    found = _union(parts)
            case _:
                pass
        if found is not None:
            self._texts[name] = self._number(found)
        return found

    def _cell(self, ref: CellRef) -> Variable:
        """Give the variable of a cell of a table or a form; that of nothing where it prints no sum of facts."""
        place = self._figures.sheets[ref.source].shape.column(ref.column).get(ref.row)
        number = _NONE if place is None or ref.source not in self._own else self._own[ref.source][place]
        return variable_of((), "万元", 2) if number == _NONE else self._known[number]


class _Sums(dict[tuple[tuple[int, ...], tuple[int, ...]], Spelled]):
    """Identities of one relation over variables by the marks of both sides, spelled where they are first asked for."""

    def __init__(self, known: Sequence[Variable], sign: int, relation: Literal["=", "<="]) -> None:
        super().__init__()
        self._known, self._sign, self._relation = known, sign, relation

    def __missing__(self, asked: tuple[tuple[int, ...], tuple[int, ...]]) -> Spelled:
        found = self[asked] = self._spelled(*asked)
        return found

    def _spelled(self, left: tuple[int, ...], right: tuple[int, ...]) -> Spelled:
        counts: dict[int, int] = {}
        for sign, marks in ((self._sign, left), (-self._sign, right)):
            for mark in marks:
                if abs(mark) == _UNKNOWN:
                    return _UNSPELLED
                counts[abs(mark)] = counts.get(abs(mark), 0) + (sign if mark > 0 else -sign)
        terms = tuple([(c, self._known[mark - 1]) for mark, c in counts.items() if c])
        if not terms:
            return _NOTHING
        difference = sum([c * v.fen for c, v in terms])
        first = terms[0][1]
        return Spelled(
            Sum(terms, self._relation),
            is_true=difference == 0 or (difference < 0 and self._relation == "<="),
            is_exact=all([v.unit == first.unit and v.places == first.places for _, v in terms]),  # noqa: C419 - a list is quicker
        )


def total_of(whole: Variable, parts: Iterable[Variable]) -> Sum:
    """Say that a figure is the sum of others."""
    terms: dict[Variable, int] = {whole: -1}
    for part in parts:
        terms[part] = terms.get(part, 0) + 1
    return Sum(tuple((c, v) for v, c in terms.items() if c and v.fen))


def _union(parts: Sequence[Variable | None]) -> Variable | None:
    """Join variables of one unit that have no fact in common; None where they are not such."""
    known = [p for p in parts if p is not None]
    some = [p for p in known if p.fen]
    facts = frozenset[str]().union(*(p.facts for p in some))
    alike = len({(p.unit, p.places) for p in some}) < 2
    if len(known) < len(parts) or not alike or len(facts) < sum(len(p.facts) for p in some) or not known:
        return None
    first = (some or known)[0]
    return Variable(facts, sum(p.fen for p in some), first.unit, first.places)
