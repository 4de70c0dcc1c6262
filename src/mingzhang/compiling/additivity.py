"""What must add up in a document: the identities its rules demand, over the sets of facts that it prints.

The rules are asked of the document as rounded half-up. Of what a rule demands, that counts which is true of the
facts; each figure is then a variable (a set of facts in one unit), so that figures of one set cannot differ.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace

from mingzhang.compiling.anchors import anchors_of
from mingzhang.compiling.book_sums import stated
from mingzhang.compiling.printed_keys import PrintedAs
from mingzhang.compiling.printed_variables import PrintedVariables, Spelled, total_of
from mingzhang.forms.expressions import Ratio
from mingzhang.model.units import is_money
from mingzhang.rules.catalogue import RULES
from mingzhang.rules.declared_rules import applies, demanded_sayings
from mingzhang.rules.figures import Figures
from mingzhang.rules.functions.changes import totals_and_items
from mingzhang.rules.functions.statements import identity_of
from mingzhang.sums.additive import Sum
from mingzhang.sums.asserted import Asserted
from mingzhang.sums.rounding import Variable

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mingzhang.forms.pack import Pack
    from mingzhang.model.book import Book
    from mingzhang.model.disclosure import Disclosure
    from mingzhang.sums.filters import Fact
    from mingzhang.sums.identities import Identity
    from mingzhang.sums.sayings import Sayings


class Links(msgspec.Struct, frozen=True):
    """What ties a document's figures together.

    `variables` gives every variable in the order of print with the keys of the figures that print it, `anchors` those that
    should stay half-up, by rank; `sums` is what must hold between variables, `asserted` the same and more between
    figures, and the true value of every figure; `said` are the keys of the
    statements, `last` the names under which last year's figures are facts. `nearly` are sums that rules demand and that
    are not quite true of the facts, because what a rule presupposes holds of the printed figures alone: to hold if they
    can. `met` are the rules whose conditions the document meets.
    """

    variables: PrintedAs
    anchors: tuple[Variable, ...]
    sums: tuple[Sum, ...]
    asserted: Asserted
    said: frozenset[str]
    last: frozenset[str]
    nearly: tuple[Sum, ...] = ()
    met: frozenset[str] = frozenset()


def also(links: Links, later: Links) -> Links:
    """Give what ties the figures of a later state of the document together, with the sums of an earlier one."""
    sums, nearly = ((*a, *b) for a, b in ((later.sums, links.sums), (later.nearly, links.nearly)))
    return replace(later, sums=tuple(dict.fromkeys(sums)), nearly=tuple(dict.fromkeys(nearly)))


def laid_out(disclosure: Disclosure, pack: Pack) -> Figures:
    """Lay a compiled document's figures out as those of one that adds up."""
    return Figures(disclosure if disclosure.rounding == "additive" else replace(disclosure, rounding="additive"), pack)


def links_of(
    book: Book, pack: Pack, facts: Sequence[Fact], disclosure: Disclosure, figures: Figures | None = None
) -> Links:
    """Find what ties the figures of a compiled document together; `figures` are its own, if `laid_out` before."""
    figures = figures or laid_out(disclosure, pack)
    known = PrintedVariables(book, facts, figures)
    found = _Found()
    for rule in RULES:
        if rule.holds and applies(rule, figures):
            said, ways = demanded_sayings(rule, figures)
            found.take(said, ways, [known.spelled(one) for one in said])
    for alternatives in _stated(figures):
        found.take_one(alternatives, [known.spelled_alone(i) for i in alternatives])
    for total in (*known.project_sums, *_last_year(book, figures)):
        found.sums.setdefault(total)
    return Links(
        known.printed,
        anchors_of(book, facts, disclosure),
        tuple(s for s in found.sums if s.terms),
        Asserted(tuple(found.said), tuple(found.apart), known.truths),
        frozenset(figures.said),
        frozenset(f"last.{key}" for key in book.last_year),
        tuple(found.nearly),
        conditions_met(figures),
    )


class _Found:
    """What rules and statements demand of which something is true of the facts: the first of what may hold instead."""

    def __init__(self) -> None:
        self.sums: dict[Sum, None] = {}
        self.nearly: dict[Sum, None] = {}
        self.said: list[tuple[Sayings, tuple[int, ...]]] = []
        self.apart: dict[Identity, None] = {}

    def take(
        self, said: Sequence[Sayings], ways: Sequence[Sequence[tuple[int, int]]], spelled: Sequence[Sequence[Spelled]]
    ) -> None:
        """Take what a rule says; `ways` lists of each place the identities of which one must hold, if there are several."""
        if ways:
            meant: list[list[int]] = [[] for _ in said]
            for way in ways:
                n = self._first([spelled[k][i] for k, i in way])
                if n is not None:
                    k, i = way[n]
                    meant[k].append(i)
            numbers: Sequence[Sequence[int]] = meant
        else:
            numbers = [self._each(own) for own in spelled]
        self.said += [(one, tuple(own)) for one, own in zip(said, numbers, strict=True) if own]

    def take_one(self, ways: Sequence[Identity], spelled: Sequence[Spelled]) -> None:
        """Take identities of which one must hold."""
        n = self._first(spelled)
        if n is not None:
            self.apart.setdefault(ways[n])

    def _each(self, spelled: Sequence[Spelled]) -> Sequence[int]:
        """Number those that are true, and keep their sums, and those that are nearly so."""
        if not all([one.is_true for one in spelled]):  # noqa: C419 - a list is quicker
            return [n for n, one in enumerate(spelled) if self._first((one,)) is not None]
        self.sums.update(dict.fromkeys([one.sum for one in spelled if one.is_exact and one.sum is not None]))
        return range(len(spelled))

    def _first(self, spelled: Sequence[Spelled]) -> int | None:
        """Find the first that is true, and keep its sum, or the sum that is nearly so."""
        for n, one in enumerate(spelled):
            if one.is_true:
                if one.is_exact and one.sum is not None:
                    self.sums.setdefault(one.sum)
                return n
        first = spelled[0] if spelled else None
        if first is not None and first.is_exact and first.sum is not None and _is_nearly_true(first.sum):
            self.nearly.setdefault(first.sum)
        return None


def conditions_met(figures: Figures) -> frozenset[str]:
    """List the rules that hold under conditions, of those whose conditions the document meets."""
    return frozenset(rule.id for rule in RULES if rule.holds and rule.when and applies(rule, figures))


def _stated(figures: Figures) -> Iterator[tuple[Identity, ...]]:
    """List what statements demand, each with what may hold instead."""
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


def _is_nearly_true(total: Sum) -> bool:
    """Tell whether floors and ceilings could make up what a sum misses of the true values."""
    missing = abs(sum(c * v.value for c, v in total.terms))
    return missing < sum(abs(c) * v.step for c, v in total.terms)


def _last_year(book: Book, figures: Figures) -> Iterator[Sum]:
    """Tie last year's figures of a table's items to its total, where changes of all of them are stated."""
    for keys in totals_and_items(figures):
        if all(k in book.last_year for k in keys):
            whole, *parts = (stated(f"last.{k}", book.last_year[k]) for k in keys)
            if whole.fen == sum(p.fen for p in parts):
                yield total_of(whole, parts)
