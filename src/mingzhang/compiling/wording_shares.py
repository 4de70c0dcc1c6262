"""Shares of one whole within a section: where their parts make it up, they are made to add up to 100."""

from __future__ import annotations

from math import lcm
from typing import TYPE_CHECKING, Final

from mingzhang.forms.expressions import Ratio, evaluate
from mingzhang.sums.shares import rounded_shares

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from mingzhang.forms.declarations import Declaration
    from mingzhang.forms.expressions import Exact, Expression, Sources

PER_CENT: Final = "%"


def shares_together(declared: Iterable[tuple[str, Declaration]], sources: Sources) -> Iterator[tuple[str, int]]:
    """Give the digits of those printed shares that make up a whole, by key; the others are rounded by themselves.

    `declared` are the slots that a section prints with what the pack says of them.
    """
    wholes: dict[tuple[Expression, int], dict[Expression, list[str]]] = {}
    for key, declaration in declared:
        tree = declaration.tree
        if declaration.unit == PER_CENT and isinstance(tree, Ratio):
            wholes.setdefault((tree.under, declaration.places), {}).setdefault(tree.over, []).append(key)
    for (under, places), parts in wholes.items():
        values = {over: evaluate(over, sources) for over in parts}
        whole = evaluate(under, sources)
        known = {over: value for over, value in values.items() if value is not None}
        if whole is None or whole <= 0 or len(parts) < 2 or len(known) < len(parts) or sum(known.values()) != whole:
            continue
        if any(value < 0 for value in known.values()):
            continue
        yield from _shares(parts, known, whole, places)


def _shares(
    parts: Mapping[Expression, list[str]], values: Mapping[Expression, Exact], whole: Exact, places: int
) -> Iterator[tuple[str, int]]:
    scale = lcm(whole.denominator, *(v.denominator for v in values.values()))
    digits = rounded_shares([int(v * scale) for v in values.values()], int(whole * scale), places)
    for over, share in zip(values, digits, strict=True):
        yield from ((key, share) for key in parts[over])
