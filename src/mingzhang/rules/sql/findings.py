"""The findings of declared rules over many documents: added up together in DuckDB, told by the rules themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mingzhang.rules.engine import against, pack_of, told, whole
from mingzhang.rules.figures import Figures
from mingzhang.rules.settings import SEVERITIES, Steering
from mingzhang.rules.sql.screening import laid_out, screened
from mingzhang.rules.words import using

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mingzhang.model.disclosure import Disclosure
    from mingzhang.model.finding import Finding
    from mingzhang.rules.catalogue import Rule
    from mingzhang.rules.settings import Chosen


def found_together(
    disclosures: Sequence[Disclosure], steering: Steering | None = None
) -> Iterator[tuple[Finding, ...]]:
    """Find what `check` finds by the same declared rules, for each document in turn.

    Rules that are functions are not asked. Most documents speak against no rule and are not looked at one by one.
    """
    documents = [Figures(d, pack_of(d)) for d in disclosures]
    chosen = [(steering or Steering()).chosen("" if d.pack is None else d.pack.id) for d in disclosures]
    every = {r.id: r for own in chosen for r in declared(own)}
    suspects = screened(tuple(every.values()), laid_out(documents)).suspects
    for n, figures in enumerate(documents):
        yield told_of(figures, chosen[n], suspects[n]) if n in suspects else ()


def declared(chosen: Chosen) -> tuple[Rule, ...]:
    """List the rules of one document that are statements."""
    return tuple(r for r in chosen.of("document") if r.holds)


def told_of(figures: Figures, chosen: Chosen, suspects: frozenset[str]) -> tuple[Finding, ...]:
    """Ask those declared rules of a document that may speak against it; if one does, all tell which figure is wrong."""
    rules = declared(chosen)
    with using(chosen.words):
        results = [against(r, figures) if r.id in suspects else () for r in rules]
        if any(r.wants_repair for own in results for r in own):
            results = [whole(r, figures) for r in rules]
        found = told((r for own in results for r in own), figures)
    lowered = (chosen.lowered(f) for f in found)
    return tuple(sorted(lowered, key=lambda f: (f.outcome != "violated", SEVERITIES.index(f.severity))))
