"""What must add up in a document: the identities its rules demand, over the sets of facts that it prints.

The rules are asked of the document as rounded half-up. Of what a rule demands, that counts which is true of the
facts; each figure is then a variable (a set of facts in one unit), so that figures of one set cannot differ.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace

from mingzhang.compiling.anchors import anchors_of
from mingzhang.compiling.book_sums import stated
from mingzhang.compiling.printed_variables import PrintedVariables, total_of
from mingzhang.forms.expressions import Ratio
from mingzhang.model.units import is_money
from mingzhang.rules.catalogue import RULES
from mingzhang.rules.declared_rules import applies, demands
from mingzhang.rules.figures import TEXT, Figures
from mingzhang.rules.functions.changes import totals_and_items
from mingzhang.rules.functions.statements import identity_of
from mingzhang.sums.additive import Sum
from mingzhang.sums.identities import Identity
from mingzhang.sums.rounding import Variable
from mingzhang.sums.sheets import CellRef

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mingzhang.forms.pack import Pack
    from mingzhang.model.book import Book
    from mingzhang.model.disclosure import Disclosure
    from mingzhang.sums.filters import Fact
    from mingzhang.sums.sheets import Shape


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


def laid_out(disclosure: Disclosure, pack: Pack) -> Figures:
    """Lay a compiled document's figures out as those of one that adds up."""
    return Figures(disclosure if disclosure.rounding == "additive" else replace(disclosure, rounding="additive"), pack)


def links_of(
    book: Book, pack: Pack, facts: Sequence[Fact], disclosure: Disclosure, figures: Figures | None = None
) -> Links:
    """Find what ties the figures of a compiled document together; `figures` are its own, if `laid_out` before."""
    figures = figures or laid_out(disclosure, pack)
    known = PrintedVariables(book, facts, figures)
    sums: dict[Sum, None] = {}
    identities: dict[Identity, None] = {}
    nearly: dict[Sum, None] = {}
    for ways in _demanded(figures):
        for identity in ways:
            total = None if identity.over else known.sum_of(identity)
            if identity.over or (total is not None and (not total.terms or _is_true(total))):
                identities.setdefault(identity)
                if total is not None and total.terms and _is_exact(total):
                    sums.setdefault(total)
                break
        else:
            first = known.sum_of(ways[0]) if ways else None
            if first is not None and _is_exact(first) and _is_nearly_true(first):
                nearly.setdefault(first)
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


class _Demands(dict[str, tuple[tuple[Identity, ...], ...]]):
    """What each rule, by its id, demands of documents whose sheets have the same shapes."""


@lru_cache(32)
def _demands_of(*shapes: Shape) -> _Demands:  # noqa: ARG001 - by which they are known
    return _Demands()


def _demanded(figures: Figures) -> Iterator[tuple[Identity, ...]]:
    """List what the rules demand, each with what may hold instead.

    What a rule demands, if it applies, depends on the rows and columns alone: documents of the same ones share it.
    """
    kept = _demands_of(*(s.shape for s in figures.sheets.values()))
    for rule in RULES:
        if rule.holds and applies(rule, figures):
            found = kept.get(rule.id)
            if found is None:
                found = kept[rule.id] = demands(rule, figures)
            yield from found
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


def _is_true(total: Sum) -> bool:
    """Tell whether a sum holds between the true values."""
    difference = sum([c * v.fen for c, v in total.terms])
    return difference == 0 or (difference < 0 and total.relation == "<=")


def _is_nearly_true(total: Sum) -> bool:
    """Tell whether floors and ceilings could make up what a sum misses of the true values."""
    missing = abs(sum(c * v.value for c, v in total.terms))
    return missing < sum(abs(c) * v.step for c, v in total.terms)


def _is_exact(total: Sum) -> bool:
    """Tell whether a sum must hold to the last digit: between figures of one unit and as many places."""
    first = total.terms[0][1]
    unit, places = first.unit, first.places
    return all([v.unit == unit and v.places == places for _, v in total.terms])  # noqa: C419 - a list is quicker


def _last_year(book: Book, figures: Figures) -> Iterator[Sum]:
    """Tie last year's figures of a table's items to its total, where changes of all of them are stated."""
    for keys in totals_and_items(figures):
        if all(k in book.last_year for k in keys):
            whole, *parts = (stated(f"last.{k}", book.last_year[k]) for k in keys)
            if whole.fen == sum(p.fen for p in parts):
                yield total_of(whole, parts)
