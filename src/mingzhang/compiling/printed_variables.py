"""The variables that a compiled document prints: of which facts each figure is the sum, and what identities say of them."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

from mingzhang.compiling.book_sums import book_money, project_groups
from mingzhang.forms.expressions import Cell, Named
from mingzhang.forms.expressions import Sum as Plus
from mingzhang.model.units import is_money
from mingzhang.rules.figures import DEPARTMENT, TEXT
from mingzhang.rules.functions.statements import operands_of
from mingzhang.sums.additive import Sum
from mingzhang.sums.rounding import Variable, variable_of
from mingzhang.sums.sheets import CellRef

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from mingzhang.model.book import Book
    from mingzhang.model.figure import Figure
    from mingzhang.rules.figures import Figures
    from mingzhang.sums.filters import Fact
    from mingzhang.sums.identities import Identity
    from mingzhang.sums.sheets import Shape

_SIGNS: Final = {"=": 1, "<=": 1, ">=": -1}
_NOTHING: Final = {"=": Sum((), "="), "<=": Sum((), "<="), ">=": Sum((), "<=")}


class PrintedVariables:
    """The variable of every printed figure that is a sum of facts, or that the book states.

    `printed` gives them by address in the order of print; `project_sums` is what ties the sums of projects, which
    no table prints, to the projects.
    """

    def __init__(self, book: Book, facts: Sequence[Fact], figures: Figures) -> None:
        """Find the variables of a document's figures."""
        self._figures = figures
        self._facts = {f.id: f for f in facts}
        self._paths = dict(book_money(book, facts))
        self._made: dict[tuple[tuple[str, ...], str, int], Variable] = {}
        self._by_identity: dict[tuple[int, str, int], tuple[object, Variable]] = {}
        self.project_sums: list[Sum] = []
        for path, projects in project_groups(book, facts, {t.id: t for t in figures.disclosure.tables}):
            parts = [self._of(f, f.unit, f.places) for own in projects for f in own]
            whole = _union(parts)
            if whole is not None:
                self._paths[f"{path}.amount"] = whole
                self.project_sums.append(total_of(whole, parts))
        self.printed: dict[CellRef, Variable] = {}
        withheld: set[CellRef] = set()
        for source, sheet in figures.sheets.items():
            if figures.disclosure.table(source) is not None or source == DEPARTMENT:
                for ref, figure in zip(_refs(sheet.shape), sheet.cells.values(), strict=True):
                    if is_money(figure.unit):
                        self.printed[ref] = self._of(figure, figure.unit, figure.places)
                    if figure.withheld:
                        withheld.add(ref)
        for name in figures.said:
            self._said(name)
        known = self.printed.items()
        self._some = {ref: v for ref, v in known if v.fen and ref not in withheld}
        self._none = {ref for ref, v in known if not v.fen and ref not in withheld}

    def sum_of(self, identity: Identity) -> Sum | None:
        """Spell an identity over variables; None where one of its figures is no sum that is known."""
        refs = [o.ref for o in identity.left]
        refs += [o.ref for o in identity.right]
        if self._none.issuperset(refs):
            return _NOTHING[identity.relation]
        some, none = self._some, self._none
        terms: dict[Variable, int] = {}
        sign = _SIGNS[identity.relation]
        for side, operands in ((sign, identity.left), (-sign, identity.right)):
            for operand in [o for o in operands if o.ref not in none]:
                variable = some.get(operand.ref)
                if variable is not None:
                    terms[variable] = terms.get(variable, 0) + side * operand.coefficient
                elif not self._is_nothing(operand.ref):
                    return None
        kept = tuple([(c, v) for v, c in terms.items() if c])
        return Sum(kept, "=" if identity.relation == "=" else "<=") if kept else _NOTHING[identity.relation]

    def _is_nothing(self, ref: CellRef) -> bool:
        """Tell whether a figure is no sum of facts because it is nothing; remembered, since many identities ask."""
        figure = self._figures.figure(ref)
        if figure is None or figure.withheld or figure.digits:
            return False
        self._none.add(ref)
        return True

    def _of(self, figure: Figure, unit: str, places: int) -> Variable:
        # many cells hold the very same facts: they are told by identity before they are told by content
        quick = (id(figure.facts), unit, places)
        known = self._by_identity.get(quick)
        if known is not None:
            return known[1]
        asked = (figure.facts, unit, places)
        found = self._made.get(asked)
        if found is None:
            found = self._made[asked] = variable_of([self._facts[i] for i in figure.facts], unit, places)
        self._by_identity[quick] = (figure.facts, found)
        return found

    def _said(self, name: str) -> Variable | None:
        """Find the variable of a statement: of a cell, of a sum of others, or of what the book states."""
        ref = CellRef(TEXT, name)
        if ref in self.printed:
            return self.printed[ref]
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
            self.printed[ref] = found
        return found

    def _cell(self, ref: CellRef) -> Variable | None:
        return self.printed.get(ref, variable_of((), "万元", 2))


@lru_cache(512)
def _refs(shape: Shape) -> tuple[CellRef, ...]:
    """Give the addresses of a sheet's cells in their order: the very ones by which identities know them."""
    return tuple([shape.operand(1, row, column).ref for row, column in shape.cells])


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
