"""The findings of declared rules over many documents: added up together in DuckDB, told by the rules themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mingzhang.rules.engine import against, pack_of, told, whole
from mingzhang.rules.figures import Figures
from mingzhang.rules.settings import SEVERITIES, Steering
from mingzhang.rules.sql.layout import laid_out
from mingzhang.rules.sql.screening import screened
from mingzhang.rules.words import using

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mingzhang.model.disclosure import Disclosure
    from mingzhang.model.finding import Finding
    from mingzhang.rules.catalogue import Rule
    from mingzhang.rules.settings import Chosen
    from mingzhang.rules.sql.screening import Asked


def found_together(
    disclosures: Sequence[Disclosure], steering: Steering | None = None, *, threads: int = 0
) -> Iterator[tuple[Finding, ...]]:
    """Find what `check` finds by the same declared rules, for each document in turn.

    Rules that are functions are not asked. Most documents speak against no rule: they are looked at once, while they are
    laid out, and not held on to, so that `disclosures` may load each one as it is asked for.
    """
    wish = steering or Steering()
    chosen: dict[str, Chosen] = {}

    def figures(disclosure: Disclosure) -> Figures:
        pack = _pack_id(disclosure)
        if pack not in chosen:
            chosen[pack] = wish.chosen(pack)
        return Figures(disclosure, pack_of(disclosure))

    laid = laid_out(figures(d) for d in disclosures)
    every = {r.id: r for own in chosen.values() for r in declared(own)}
    suspects = screened(tuple(every.values()), laid, threads=threads).suspects
    for n in range(len(laid.of_document)):
        if n not in suspects:
            yield ()
            continue
        document = disclosures[n]
        yield told_of(Figures(document, pack_of(document)), chosen[_pack_id(document)], suspects[n])


def _pack_id(disclosure: Disclosure) -> str:
    return "" if disclosure.pack is None else disclosure.pack.id


def declared(chosen: Chosen) -> tuple[Rule, ...]:
    """List the rules of one document that are statements."""
    return tuple(r for r in chosen.of("document") if r.holds)


def told_of(figures: Figures, chosen: Chosen, suspects: Asked) -> tuple[Finding, ...]:
    """Ask those declared rules of a document that may speak against it; if one does, all tell which figure is wrong."""
    rules = declared(chosen)
    with using(chosen.words):
        results = [against(r, figures, suspects[r.id]) if r.id in suspects else () for r in rules]
        if any(r.wants_repair for own in results for r in own):
            results = [whole(r, figures) for r in rules]
        found = told((r for own in results for r in own), figures)
    lowered = (chosen.lowered(f) for f in found)
    return tuple(sorted(lowered, key=lambda f: (f.outcome != "violated", SEVERITIES.index(f.severity))))
