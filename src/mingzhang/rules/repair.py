"""Which figures of a document are wrong: what its rules demand, and the smallest changes after which all of it holds."""

from __future__ import annotations

from math import prod
from typing import TYPE_CHECKING, Final

import msgspec

from mingzhang.model.finding import Change, Repair
from mingzhang.model.language import gettext as _
from mingzhang.model.language import later
from mingzhang.model.units import last_digit
from mingzhang.rules.declared_rules import demands_by_figure
from mingzhang.rules.figures import TEXT
from mingzhang.rules.finding_text import amount
from mingzhang.sums.concrete import judged
from mingzhang.sums.repair import RepairSet, minimal_repairs
from mingzhang.sums.repair_demands import Demand, is_met, is_nothing, standing_in, with_reprints
from mingzhang.sums.repair_kinds import KINDS, kind_of
from mingzhang.sums.terms import parse_statement

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from mingzhang.rules.catalogue import Rule
    from mingzhang.rules.figures import Figures
    from mingzhang.rules.results import Result
    from mingzhang.sums.identities import Identity
    from mingzhang.sums.repair import Trouble
    from mingzhang.sums.repair_demands import Reprint
    from mingzhang.sums.sheets import CellRef

SHOWN: Final = 24
"""So many of the repairs of one cause are told, the likeliest first."""

_CUT: Final = later("查找改法到工作量上限为止，可能还有别的改法")

_SIGNED: Final = frozenset({"change"})
"""Columns in which an amount may be negative."""

_KINDS: Final = {
    "sign": later("像是正负号写反"), "unit_slip": later("像是单位或小数点错位"), "swapped_digits": later("像是相邻两位数字颠倒"),
    "missing_figure": later("像是漏填"), "digit": later("像是一位数字有误"),
}  # fmt: skip


Alternatives = dict[str, "Mapping[CellRef, tuple[Identity, ...]]"]
"""By rule and by the figure that is compared first, the identities of which one must hold."""


class Cause(msgspec.Struct, frozen=True):
    """What fails together, by the places of its results, and all smallest sets of figures that settle it, likeliest first.

    `is_whole` is False where the search was cut short, so that there may be more.
    """

    results: tuple[int, ...]
    sets: tuple[RepairSet, ...]
    is_whole: bool = True

    @property
    def only(self) -> RepairSet | None:
        """Give the one smallest repair; None where there is more than one, or its amounts are open."""
        return self.sets[0] if self.is_whole and len(self.sets) == 1 and self.sets[0].is_settled else None


def causes_of(results: Sequence[Result], figures: Figures, explained: Collection[int] = ()) -> tuple[Cause, ...]:
    """Find what lies behind the results that say something fails, leaving out those that are explained."""
    failing = [i for i, r in enumerate(results) if i not in explained and r.wants_repair]
    if not failing:
        return ()
    asked = [i for i, r in enumerate(results) if i not in explained and r.is_firm]
    either = _alternatives(results, figures)
    premises = {r.id: _premises(r, figures) for r in {results[i].rule.id: results[i].rule for i in asked}.values()}
    demands = [_demand(results[i], figures, either, premises) for i in asked]
    place = {i: n for n, i in enumerate(asked)}
    wrong = [place[i] for i in failing]
    demands += _of_nothing(results, figures, either)
    standing = standing_in(demands)
    troubles = minimal_repairs(
        demands, wrong, figures.sheets, additive=figures.additive, signed=_is_signed, standing=standing
    )
    soft = [Demand((r.verdict.identity,)) for r in results if r.verdict is not None and _is_soft(r)]
    return tuple(
        Cause(tuple(asked[n] for n in part.demands), _ranked(part.sets, soft, figures), is_whole=not part.is_cut)
        for trouble in troubles
        for part in _parts(trouble, demands, standing)
        if part.sets
    )


def _is_soft(result: Result) -> bool:
    return result.outcome == "violated" and not result.is_rounding and not result.is_firm


def _is_signed(ref: CellRef) -> bool:
    return ref.column in _SIGNED


def _demand(
    result: Result,
    figures: Figures,
    either: Alternatives,
    premises: Mapping[str, tuple[Identity, ...]],
) -> Demand:
    """Make of a result what must hold, with what may hold instead and the premises of its rule."""
    assert result.verdict is not None
    own = result.verdict.identity
    first = own.operands[0].ref
    ways = either.get(result.rule.id, {}).get(first, ())
    if first.source == TEXT and result.rule.function:
        from mingzhang.rules.functions.statements import ways_of  # noqa: PLC0415 - functions are imported when asked for

        ways = ways_of(figures, first.row)
    every = (own, *(w for w in ways if w != own)) if len(ways) > 1 and own in ways else (own,)
    return Demand(every, premises[result.rule.id])


def _premises(rule: Rule, figures: Figures) -> tuple[Identity, ...]:
    statements = map(parse_statement, rule.when)
    return tuple(v.identity for s in statements for v in judged(s, figures.sheets, (), additive=figures.additive))


def _alternatives(results: Sequence[Result], figures: Figures) -> Alternatives:
    """List, by rule and first figure, the identities of which one must hold."""
    rules = {r.rule.id: r.rule for r in results}.values()
    return {r.id: demands_by_figure(r, figures) for r in rules if r.holds and r.severity != "hint"}


def _of_nothing(results: Sequence[Result], figures: Figures, either: Alternatives) -> list[Demand]:
    """List what is demanded where nothing is printed so far, so that a figure put there must agree with the rest."""
    told = {(r.rule.id, r.verdict.identity.operands[0].ref) for r in results if r.verdict is not None}
    return [
        Demand(ways)
        for rule, own in either.items()
        for first, ways in own.items()
        if (rule, first) not in told and all(is_nothing(w, figures.sheets) for w in ways)
    ]


def _parts(trouble: Trouble, demands: Sequence[Demand], standing: Mapping[CellRef, Sequence[int]]) -> Iterator[Trouble]:
    """Take a trouble apart where no demand joins its parts, and its sets are every combination of what settles each."""
    refs = {r.ref for s in trouble.sets for r in s.reprints}
    failing = frozenset(trouble.demands)
    groups: list[tuple[set[CellRef], list[int]]] = []
    for at in sorted({at for ref in refs for at in standing[ref]}):
        demand = demands[at]
        own = {o.ref for i in (*demand.ways, *demand.premises) for o in i.operands if o.ref in refs}
        joined = [g for g in groups if g[0] & own]
        groups = [g for g in groups if not g[0] & own]
        places = [i for g in joined for i in g[1]] + [at] * (at in failing)
        groups.append((own.union(*(g[0] for g in joined)), places))
    shares = [_projected(trouble.sets, own) for own, _places in groups]
    count = prod(map(len, shares))
    whole = trouble.is_cut or count != len(trouble.sets) or not all(places for _own, places in groups)
    if whole or len(groups) < 2 or not all(map(_is_clean, shares)):
        yield trouble
        return
    for (_own, places), share in zip(groups, shares, strict=True):
        yield msgspec.structs.replace(trouble, demands=tuple(sorted(places)), sets=share)


def _projected(sets: Iterable[RepairSet], refs: Collection[CellRef]) -> tuple[RepairSet, ...]:
    parts = (RepairSet(tuple(r for r in s.reprints if r.ref in refs), s.is_settled) for s in sets)
    return tuple(dict.fromkeys(parts))


def _is_clean(sets: Sequence[RepairSet]) -> bool:
    """Tell whether no two sets are the same figures, and none is of no figure."""
    named = [frozenset(r.ref for r in s.reprints) for s in sets]
    return all(named) and len(set(named)) == len(named)


def _ranked(sets: Sequence[RepairSet], soft: Sequence[Demand], figures: Figures) -> tuple[RepairSet, ...]:
    """Put the likeliest first: amounts settled, slips that one knows, figures in doubt, hints that are settled too."""

    def order(one: RepairSet) -> tuple[bool, int, int, int]:
        kinds = [KINDS.index(kind_of(_before(r, figures), r.digits)) for r in one.reprints]
        doubts = sum(not figures.is_confirmed(r.ref) for r in one.reprints)
        after = with_reprints(figures.sheets, one.reprints)
        open_ = sum(not is_met(d, after, additive=figures.additive) for d in soft)
        return not one.is_settled, open_, sum(kinds), -doubts

    return tuple(sorted(sets, key=order)) if len(sets) > 1 else tuple(sets)


def _before(reprint: Reprint, figures: Figures) -> int | None:
    """Give the digits printed, in the places of the repair."""
    figure = figures.figure(reprint.ref)
    if figure is None or figure.digits is None:
        return None
    return figure.digits if figure.places == reprint.places else int(figure.atoms // _step(reprint))


def _step(reprint: Reprint) -> int:
    return last_digit(reprint.places, reprint.unit)


def repair_of(cause: Cause, results: Sequence[Result], figures: Figures) -> Repair:
    """Tell the likeliest repair of a cause with its proof, and the others that would do as well."""
    first, *others = (_told(one, cause, results, figures) for one in cause.sets[:SHOWN])
    proof = first.proof if cause.is_whole else (*first.proof, _(_CUT))
    return msgspec.structs.replace(first, proof=proof, others=tuple(others), is_cut=not cause.is_whole)


def _told(one: RepairSet, cause: Cause, results: Sequence[Result], figures: Figures) -> Repair:
    changes, names, kinds = [], [], []
    for reprint in one.reprints:
        figure = figures.figure(reprint.ref)
        assert figure is not None
        after = amount(reprint.digits * _step(reprint), reprint.unit, reprint.places)
        changes.append(Change(figures.spot(reprint.ref), figure.plain, after))
        before = figure.plain or _("空白")
        names.append(
            _("{figure}由 {before} 改为 {after}").format(figure=figures.name(reprint.ref), before=before, after=after)
        )
        kinds.append(kind_of(_before(reprint, figures), reprint.digits))
    numbers = _("、").join(dict.fromkeys(results[i].rule.id for i in cause.results))
    proof = [
        _("{figures}后，{count} 处不符（{rules}）全部成立，其余不受影响").format(
            figures=_("，").join(names), count=len(cause.results), rules=numbers
        )
    ]
    proof += [_(_KINDS[k]) for k in dict.fromkeys(kinds) if k in _KINDS]
    if not one.is_settled:
        proof.append(_("关系式只定得出哪个数字有误，定不出唯一的数额"))
    kind = kinds[0] if len(set(kinds)) == 1 else "figure"
    return Repair(kind, tuple(changes), tuple(proof))
