"""Changes against last year, as the written part states them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mingzhang.forms.expressions import Call, Expression, Named, Ratio, Sum
from mingzhang.forms.narrative import narrative_of
from mingzhang.rules.declared_rules import best, result_of
from mingzhang.rules.figures import TEXT
from mingzhang.rules.functions.statements import declaration
from mingzhang.rules.results import Result, undecided
from mingzhang.sums.identities import Identity, Operand
from mingzhang.sums.sheets import CellRef

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mingzhang.rules.catalogue import Rule
    from mingzhang.rules.figures import Figures, Said


def rates(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Compare every rate of change with the change over what last year's figure must have been."""
    for name, said in figures.said.items():
        declared = declaration(said, figures)
        change = None if declared is None else _change_of(declared.tree)
        if change is None or said.slot.figure is None:
            continue
        now = _now(change)
        amount = _beside(Call("abs", change), said, figures)
        word = _beside(change, said, figures)
        present = None if now is None else _stated(now, said, figures)
        sign = None if word is None or figures.pack is None else _sign(word, figures)
        if amount is None or present is None or sign is None:
            yield undecided(rule, f"“{said.sentence[:30]}”缺少变动额、方向或本年数", "a part of the change is missing")
            continue
        amount_ref, now_ref = (Operand(1, CellRef(TEXT, n)) for n in (amount, present))
        before = (now_ref, Operand(-sign, amount_ref.ref)) if sign else (now_ref,)
        for verdict in best([Identity((Operand(1, CellRef(TEXT, name)),), "=", (amount_ref,), before)], figures):
            result = result_of(rule, verdict, figures)
            if result is not None:
                yield result


def _change_of(tree: Expression | None) -> Sum | None:
    """Give the change that a rate's expression is about: `abs(now - last.x) / last.x`."""
    match tree:
        case Ratio(
            Call("abs", Sum((("+", Named("slot", _)), ("-", Named("last", last)))) as change), Named("last", base)
        ):
            return change if last == base else None
        case _:
            return None


def _now(change: Sum) -> str | None:
    first = change.terms[0][1]
    return first.name if isinstance(first, Named) else None


def _beside(tree: Expression, said: Said, figures: Figures) -> str | None:
    """Find the slot of the same paragraph that is declared to hold this, the nearest before the rate."""
    found = None
    for name, other in figures.said.items():
        if other.paragraph is said.paragraph and other.slot.at < said.slot.at:
            declared = declaration(other, figures)
            if declared is not None and declared.tree == tree:
                found = name
    return found


def _stated(key: str, said: Said, figures: Figures) -> str | None:
    """Find this year's figure before the rate in the same paragraph, the nearest."""
    found = [n for n, s in figures.said.items() if s.slot.key == key and s.paragraph is said.paragraph]
    return next((n for n in reversed(found) if figures.said[n].slot.at < said.slot.at), None)


def _sign(word: str, figures: Figures) -> int | None:
    """Say whether a stated change is a rise (1) or a fall (-1)."""
    said = figures.said[word]
    assert figures.pack is not None
    return narrative_of(figures.pack).lexicon.direction(said.slot.text.strip())
