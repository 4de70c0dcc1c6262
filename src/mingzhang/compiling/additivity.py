"""What must add up in a document: the identities its rules demand, over the sets of facts that it prints.

The rules are asked of the document as rounded half-up. Of what a rule demands, that counts which is true of the
facts; each figure is then a variable (a set of facts in one unit), so that figures of one set cannot differ.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import msgspec
from msgspec.structs import replace

from mingzhang.compiling.anchors import anchors_of
from mingzhang.compiling.book_sums import book_money, project_groups, stated
from mingzhang.forms.expressions import Cell, Named, Ratio
from mingzhang.forms.expressions import Sum as Plus
from mingzhang.model.units import is_money
from mingzhang.rules.catalogue import RULES
from mingzhang.rules.declared_rules import applies, demands
from mingzhang.rules.figures import DEPARTMENT, TEXT, Figures
from mingzhang.rules.functions.changes import totals_and_items
from mingzhang.rules.functions.statements import identity_of, operands_of
from mingzhang.sums.additive import Sum
from mingzhang.sums.identities import Identity
from mingzhang.sums.rounding import Variable, variable_of
from mingzhang.sums.sheets import CellRef

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from mingzhang.forms.pack import Pack
    from mingzhang.model.book import Book
    from mingzhang.model.disclosure import Disclosure
    from mingzhang.model.figure import Figure
    from mingzhang.sums.filters import Fact

_SIGNS: Final = {"=": 1, "<=": 1, ">=": -1}


class Links(msgspec.Struct, frozen=True):
    """What ties a document's figures together.

    `variables` gives every variable in the order of print with the keys of the figures that print it, `anchors` those that
    should stay half-up, by rank; `sums` is what must hold between variables, `identities` the same and more between
    figures; `truth` is the true value of every figure in fen, `said` the keys of the
    statements, `last` the names under which last year's figures are facts. `nearly` are sums that rules demand and that
    are not quite true of the facts, because what a rule presupposes holds of the printed figures alone: to hold if they
    can. `met` are the rules whose conditions the document meets.
    """

    variables: dict[Variable, tuple[str, ...]]
    anchors: tuple[Variable, ...]
    sums: tuple[Sum, ...]
    identities: tuple[Identity, ...]
    truth: dict[CellRef, int]
    said: frozenset[str]
    last: frozenset[str]
    nearly: tuple[Sum, ...] = ()
    met: frozenset[str] = frozenset()


def also(links: Links, later: Links) -> Links:
    """Give what ties the figures of a later state of the document together, with the sums of an earlier one."""
    sums, nearly = ((*a, *b) for a, b in ((later.sums, links.sums), (later.nearly, links.nearly)))
    return replace(later, sums=tuple(dict.fromkeys(sums)), nearly=tuple(dict.fromkeys(nearly)))


def links_of(book: Book, pack: Pack, facts: Sequence[Fact], disclosure: Disclosure) -> Links:
    """Find what ties the figures of a compiled document together."""
    figures = Figures(replace(disclosure, rounding="additive"), pack)
    known = _Variables(book, facts, figures)
    sums: dict[Sum, None] = {}
    identities: dict[Identity, None] = {}
    nearly: dict[Sum, None] = {}
    for ways in _demanded(figures):
        totals = ((i, None if i.over else known.sum_of(i)) for i in ways)
        true = next(((i, t) for i, t in totals if i.over or (t is not None and _is_true(t))), None)
        if true is None:
            first = known.sum_of(ways[0]) if ways else None
            if first is not None and _is_exact(first) and _is_nearly_true(first):
                nearly.setdefault(first)
            continue
        identity, total = true
        identities.setdefault(identity)
        if total is not None and _is_exact(total):
            sums.setdefault(total)
    for total in (*known.project_sums, *_last_year(book, figures)):
        sums.setdefault(total)
    variables: dict[Variable, list[str]] = {}
    for ref, variable in known.printed.items():
        variables.setdefault(variable, []).append(key_of(ref))
    return Links(
        {v: tuple(keys) for v, keys in variables.items()},
        anchors_of(book, facts, disclosure),
        tuple(s for s in sums if s.terms),
        tuple(identities),
        {ref: v.fen for ref, v in known.printed.items()},
        frozenset(figures.said),
        frozenset(f"last.{key}" for key in book.last_year),
        tuple(nearly),
        conditions_met(figures),
    )


def conditions_met(figures: Figures) -> frozenset[str]:
    """List the rules that hold under conditions, of those whose conditions the document meets."""
    return frozenset(rule.id for rule in RULES if rule.holds and rule.when and applies(rule, figures))


def key_of(ref: CellRef) -> str:
    """Spell a figure's key as people write it: `table[row].column`, or the key of a statement."""
    if ref.source == TEXT:
        return ref.row
    return f"{ref.source}[{ref.row}].{ref.column}" if ref.column else f"{ref.source}.{ref.row}"


def _demanded(figures: Figures) -> Iterator[tuple[Identity, ...]]:
    """List what the rules demand, each with what may hold instead."""
    for rule in RULES:
        yield from demands(rule, figures)
    for name, said in figures.said.items():
        declared = said.declared
        if declared is not None and is_money(declared.unit):
            ways = (identity_of(tree, name, said, figures) for tree in declared.trees)
            yield tuple(i for i in ways if i is not None and not i.over)
        elif declared is not None and isinstance(declared.tree, Ratio):
            share = identity_of(declared.tree, name, said, figures)
            yield (share,) if share is not None and _has_whole(share, figures) else ()


def _has_whole(share: Identity, figures: Figures) -> bool:
    """Tell whether a share is printed, of something."""
    printed = figures.figure(share.left[0].ref)
    wholes = [figures.figure(o.ref) for o in share.over]
    return printed is not None and printed.unit == "%" and any(f is not None and f.digits for f in wholes)


class _Variables:
    """The variable of every printed figure that is a sum of facts, or that the book states."""

    def __init__(self, book: Book, facts: Sequence[Fact], figures: Figures) -> None:
        self._figures = figures
        self._facts = {f.id: f for f in facts}
        self._paths = dict(book_money(book, facts))
        self._made: dict[tuple[tuple[str, ...], str, int], Variable] = {}
        self.project_sums: list[Sum] = []
        for path, projects in project_groups(book, facts, {t.id: t for t in figures.disclosure.tables}):
            parts = [self._of(f, f.unit, f.places) for own in projects for f in own]
            whole = _union(parts)
            if whole is not None:
                self._paths[f"{path}.amount"] = whole
                self.project_sums.append(_total(whole, parts))
        self.printed: dict[CellRef, Variable] = {}
        for source, sheet in figures.sheets.items():
            if figures.disclosure.table(source) is not None or source == DEPARTMENT:
                for (row, column), figure in sheet.cells.items():
                    if is_money(figure.unit):
                        self.printed[CellRef(source, row, column)] = self._of(figure, figure.unit, figure.places)
        for name in figures.said:
            self._said(name)
        self._withheld = {r for r in self.printed if (f := figures.figure(r)) is not None and f.withheld}

    def sum_of(self, identity: Identity) -> Sum | None:
        """Spell an identity over variables; None where one of its figures is no sum that is known."""
        sign, printed, withheld = _SIGNS[identity.relation], self.printed, self._withheld
        terms: dict[Variable, int] = {}
        for side, operands in ((sign, identity.left), (-sign, identity.right)):
            for operand in operands:
                ref = operand.ref
                variable = printed.get(ref)
                if variable is None or (withheld and ref in withheld):
                    figure = self._figures.figure(ref)
                    if figure is None or figure.withheld or figure.digits:
                        return None
                elif variable.fen:
                    terms[variable] = terms.get(variable, 0) + side * operand.coefficient
        kept = tuple((c, v) for v, c in terms.items() if c)
        return Sum(kept, "=" if identity.relation == "=" else "<=")

    def _of(self, figure: Figure, unit: str, places: int) -> Variable:
        asked = (figure.facts, unit, places)
        if asked not in self._made:
            self._made[asked] = variable_of((self._facts[i] for i in figure.facts), unit, places)
        return self._made[asked]

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


def _total(whole: Variable, parts: Iterable[Variable]) -> Sum:
    terms: dict[Variable, int] = {whole: -1}
    for part in parts:
        terms[part] = terms.get(part, 0) + 1
    return Sum(tuple((c, v) for v, c in terms.items() if c and v.fen))


def _is_true(total: Sum) -> bool:
    """Tell whether a sum holds between the true values."""
    difference = sum(c * v.fen for c, v in total.terms)
    return difference == 0 or (difference < 0 and total.relation == "<=")


def _is_nearly_true(total: Sum) -> bool:
    """Tell whether floors and ceilings could make up what a sum misses of the true values."""
    missing = abs(sum(c * v.value for c, v in total.terms))
    return missing < sum(abs(c) * v.step for c, v in total.terms)


def _is_exact(total: Sum) -> bool:
    """Tell whether a sum must hold to the last digit: between figures of one unit and as many places."""
    return len({(v.unit, v.places) for _, v in total.terms}) < 2


def _last_year(book: Book, figures: Figures) -> Iterator[Sum]:
    """Tie last year's figures of a table's items to its total, where changes of all of them are stated."""
    for keys in totals_and_items(figures):
        if all(k in book.last_year for k in keys):
            whole, *parts = (stated(f"last.{k}", book.last_year[k]) for k in keys)
            if whole.fen == sum(p.fen for p in parts):
                yield _total(whole, parts)
