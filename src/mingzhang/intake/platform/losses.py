"""What is missing, named: gaps of totals and of approved amounts put together until each loss stands once, as narrow as known."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, Final

import msgspec

from mingzhang.intake.platform.amounts import yuan
from mingzhang.intake.platform.totals import Outcome, proof
from mingzhang.model.language import gettext as _
from mingzhang.model.language import later

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence


GROUPS: Final = {"personnel": "basic", "operating": "basic", "basic": "basic"}
"""Kinds of spending that the approved totals tell together."""

FUNDS: Final = {
    "general": later("一般公共预算"),
    "gov_fund": later("政府性基金预算"),
    "state_capital": later("国有资本经营预算"),
    "special_account": later("财政专户管理资金"),
    "unit_funds": later("单位资金"),
}
KINDS: Final = {
    "basic": later("基本支出"),
    "personnel": later("人员经费"),
    "operating": later("公用经费"),
    "project": later("项目支出"),
    "remittance_up": later("上缴上级支出"),
    "business_operations": later("经营支出"),
    "affiliate_subsidy": later("对附属单位补助支出"),
}
ORIGINS: Final = {"current": later("本年"), "carried": later("上年结转"), "surplus": later("使用非财政拨款结余")}
_PREFIXES: Final = frozenset({"function", "economic", "gov_economic"})
_MOST: Final = 12


class Loss(msgspec.Struct, frozen=True):
    """An amount in fen that lines lack (below 0: have too much), what is known of them, and what shows it."""

    amount: int
    keys: dict[str, str]
    shown_by: tuple[Outcome, ...]


def losses(outcomes: Sequence[Outcome]) -> tuple[Loss, ...]:
    """Put the gaps together: a gap that is the sum of narrower ones says nothing new and is named beside them."""
    found: list[Loss] = []
    gaps = [o for o in outcomes if o.missing]
    for outcome in sorted(gaps, key=lambda o: (o.statement.approved, len(o.scope), o.statement.line)):
        keys = outcome.statement.keys
        near = [n for n, x in enumerate(found) if agree(x.keys, keys)]
        chosen = _adding_up(found, near, keys, outcome.missing)
        if chosen is None:
            apart = outcome.statement.approved and not outcome.statement.amount  # lines that nothing approved covers
            inside = [] if apart else [n for n in near if _within(found[n].keys, keys)]
            rest = outcome.missing - sum(found[n].amount for n in inside)
            if rest:
                found.append(Loss(rest, keys, (outcome,)))
            chosen = ()
        for n in chosen:
            loss = found[n]
            narrowed = loss.keys | {f: _narrower(loss.keys.get(f, ""), v) for f, v in keys.items()}
            found[n] = Loss(loss.amount, narrowed, (*loss.shown_by, outcome))
    return tuple(found)


def said(loss: Loss, name_of: Callable[[str], str]) -> str:
    """Name a loss: unit, fund, kind, what else is known, and how much; then what shows it."""
    what = " ".join(known(loss.keys, name_of)) or _("（不知属于哪个单位）")
    gap = _("少 {gap} 元") if loss.amount > 0 else _("多 {gap} 元")
    lines = [f"{what} {gap.format(gap=yuan(abs(loss.amount)))}"]
    lines += [f"    {o.statement.place}: {proof(o)}" for o in loss.shown_by]
    return "\n".join(lines)


def known(keys: dict[str, str], name_of: Callable[[str], str]) -> Iterator[str]:
    """Say in words what is known of an amount: unit, fund, kind, year, codes, project."""
    if keys.get("unit"):
        yield name_of(keys["unit"])
    for field, words in (("fund", FUNDS), ("kind", KINDS), ("origin", ORIGINS)):
        if keys.get(field):
            yield _(words.get(keys[field], keys[field]))
    if keys.get("function"):
        yield _("功能科目 {code}").format(code=keys["function"])
    if keys.get("economic"):
        yield _("经济科目 {code}").format(code=keys["economic"])
    if keys.get("project"):
        yield _("项目“{name}”").format(name=name_of(keys["project"]))


def _adding_up(found: Sequence[Loss], near: Sequence[int], keys: dict[str, str], gap: int) -> tuple[int, ...] | None:
    """Find known losses that add up to a gap: all inside it first, then the fewest."""
    inside = tuple(n for n in near if _within(found[n].keys, keys))
    if inside and sum(found[n].amount for n in inside) == gap:
        return inside
    few = near[:_MOST]
    for size in range(1, len(few) + 1):
        for some in combinations(few, size):
            if sum(found[n].amount for n in some) == gap:
                return some
    return None


def agree(one: dict[str, str], other: dict[str, str]) -> bool:
    """Tell whether two sets of keys may be those of one line."""
    return all(_same(f, one[f], other[f]) for f in one.keys() & other.keys())


def _same(field: str, one: str, other: str) -> bool:
    if field in _PREFIXES or field == "unit":
        return one.startswith(other) or other.startswith(one)
    if field == "kind":
        return GROUPS.get(one, one) == GROUPS.get(other, other) and (one == other or "basic" in {one, other})
    return one == other


def _within(inner: dict[str, str], outer: dict[str, str]) -> bool:
    return all(f in inner and _same(f, inner[f], v) for f, v in outer.items())


def _narrower(one: str, other: str) -> str:
    if one in GROUPS and other == "basic":
        return one
    return one if one.startswith(other) else other
