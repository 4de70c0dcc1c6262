"""Asking every rule of one document."""

from __future__ import annotations

import os
from collections import Counter
from functools import cache
from importlib import import_module
from itertools import chain
from operator import attrgetter
from typing import TYPE_CHECKING, Final

from mingzhang.forms.packs import load_pack, pack_ids
from mingzhang.model.fault import InvalidPack
from mingzhang.rules.briefly import brief_of, leaves_out_sums
from mingzhang.rules.catalogue import RULES
from mingzhang.rules.causes import findings_of
from mingzhang.rules.declared_rules import run_declared, violations
from mingzhang.rules.figures import Figures
from mingzhang.rules.results import undecided

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator

    from mingzhang.forms.pack import Pack
    from mingzhang.model.disclosure import Disclosure
    from mingzhang.model.finding import Finding
    from mingzhang.rules.catalogue import Rule
    from mingzhang.rules.results import Result

COMPARING: Final = frozenset({"changes", "listed", "projects", "share_sums", "shifts", "statements"})
"""The modules of functions that judge identities, or explain why they fail; what others say rounding cannot explain."""

_SEVERAL: Final = 3
_WANTS_REPAIR: Final = attrgetter("wants_repair")
_SEVERITIES = ("error", "warning", "hint")


def check(disclosure: Disclosure, *, everything: bool = False, pack: Pack | None = None) -> tuple[Finding, ...]:
    """Find every contradiction of a document, the gravest first; with `everything` also what passed or is undecided.

    `pack` is its form where the document's own reference is not to a pack in the wheel.
    """
    figures = Figures(disclosure, pack or pack_of(disclosure))
    return told(results_of(RULES, figures, everything=everything), figures, everything=everything)


def results_of(rules: Iterable[Rule], figures: Figures, *, everything: bool = False) -> Iterator[Result]:
    """Ask rules of a document; without `everything` what holds is given only where something does not."""
    asked = tuple(rules)
    if everything:
        yield from (r for rule in asked for r in whole(rule, figures))
        return
    found = [against(rule, figures) for rule in asked]
    results = list(chain.from_iterable(found))
    if any(map(_WANTS_REPAIR, results)):  # what holds beside it tells which figure is wrong
        for rule, own in zip(asked, found, strict=True):
            yield from whole(rule, figures) if is_partial(rule) else own
    else:
        yield from results


def against(rule: Rule, figures: Figures, of: Collection[str] | None = None) -> tuple[Result, ...]:
    """Ask one rule of a document for what speaks against it; functions may say more, unless they have a brief form.

    A declared rule is asked of the tables `of` alone where it is known that it holds of the others.
    """
    if rule.function:
        return tuple(briefly_of(rule.function)(rule, figures))
    found = violations(rule, figures, of)
    if figures.pack is not None or len(found) < _SEVERAL:
        return found
    return tuple(r for r in whole(rule, figures) if r.outcome == "violated" or r.is_rounding)


@cache
def briefly_of(name: str) -> Callable[[Rule, Figures], Iterator[Result]]:
    """Find what is asked of a function of which only what speaks against a document is wanted."""
    function = function_of(name)
    return brief_of(function) or function


def is_partial(rule: Rule) -> bool:
    """Tell whether a rule asked for what speaks against a document does not tell of the sums that hold."""
    return not rule.function or leaves_out_sums(function_of(rule.function))


def whole(rule: Rule, figures: Figures) -> tuple[Result, ...]:
    """Ask one rule of a document for all it says; a form that no pack knows answers only what may be asked of it.

    What fails on most rows of such a table is no error of the document: its columns mean something else there.
    """
    results = tuple(run(rule, figures))
    if figures.pack is not None or rule.function:
        return results
    failed = Counter(_table_of(r) for r in results if r.outcome == "violated")
    held = Counter(_table_of(r) for r in results if r.outcome == "passed" and r.refs)
    foreign = {t for t, n in failed.items() if n >= _SEVERAL and n > held[t]}
    return tuple(r for r in results if r.outcome != "violated" or _table_of(r) not in foreign)


def _table_of(result: Result) -> str:
    return result.refs[0].source if result.refs else ""


def told(results: Iterable[Result], figures: Figures, *, everything: bool = False) -> tuple[Finding, ...]:
    """Tell results as findings, the gravest first."""
    every = tuple(results)
    if not everything and "violated" not in {r.outcome for r in every}:
        return ()
    found = findings_of(without_repetition(every), figures, everything=everything)
    return tuple(sorted(found, key=_order))


def explained_by_rounding(
    disclosure: Disclosure, *, pack: Pack | None = None, like: Figures | None = None
) -> tuple[Finding, ...]:
    """Find what does not hold as printed though it may in truth, as `check` does; only rules that compare are asked.

    `like` are the figures of the same document, but for what it says of its rounding, if they were laid out before.
    """
    figures = Figures(disclosure, pack or pack_of(disclosure), like=like)
    figures.lasting = {} if like is None else like.lasting.copy()
    comparing = tuple(r for r in RULES if not r.function or r.function.partition(".")[0] in COMPARING)
    against_it = {rule.id: against(rule, figures) for rule in comparing}
    if not any(r.is_rounding for own in against_it.values() for r in own):
        return ()
    said = (r for rule in comparing for r in (whole(rule, figures) if is_partial(rule) else against_it[rule.id]))
    found = findings_of(without_repetition(said), figures, everything=False)
    return tuple(sorted((f for f in found if f.explained_by_rounding), key=_order))


def run(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Ask one rule of a document; it says of at least one place that it holds, does not hold, or cannot be decided."""
    results = function_of(rule.function)(rule, figures) if rule.function else run_declared(rule, figures)
    nothing = undecided(rule, "没有可以比较的内容", "there is nothing to compare")
    first = next(results, nothing)
    yield first
    yield from results


@cache
def function_of(name: str) -> Callable[[Rule, Figures], Iterator[Result]]:
    """Find a rule's function by `module.name`."""
    module, _, function = name.partition(".")
    found: Callable[[Rule, Figures], Iterator[Result]] = getattr(
        import_module(f"mingzhang.rules.functions.{module}"), function
    )
    return found


def pack_of(disclosure: Disclosure) -> Pack | None:
    """Give the pack in the wheel that a document refers to, None where it refers to none of them."""
    reference = disclosure.pack
    if reference is None or os.sep in reference.id or reference.id.startswith("."):
        return None
    try:
        return load_pack(reference.id)
    except InvalidPack:
        if reference.id in pack_ids():  # it is there, and its data do not fit
            raise
        return None


def without_repetition(results: Iterable[Result]) -> list[Result]:
    """Leave out what another rule has already said of the very same figures."""
    seen: set[frozenset[object]] = set()
    out = []
    for result in results:
        if result.outcome == "violated" and result.verdict is not None:
            figures: frozenset[object] = frozenset(result.refs)
            if figures in seen:
                continue
            seen.add(figures)
        out.append(result)
    return out


def _order(found: Finding) -> tuple[bool, int, str, int]:
    line = next((s.line for s in found.where if s.line is not None), 0)
    return found.outcome != "violated", _SEVERITIES.index(found.severity), found.rule, line
