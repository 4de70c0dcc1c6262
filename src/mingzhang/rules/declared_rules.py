"""Running the rules that are declared as statements of terms."""

from __future__ import annotations

from functools import cache, lru_cache
from operator import itemgetter
from typing import TYPE_CHECKING, Final

from mingzhang.rules.in_doubt import is_of_lost_columns, is_of_no_row, is_of_rows_in_doubt, is_unread
from mingzhang.rules.once import tied
from mingzhang.rules.outlines import asked_of, outline_of
from mingzhang.rules.results import Result, undecided
from mingzhang.sums.concrete import judged, sayings
from mingzhang.sums.failing import is_so, judged_failing, rows_that_fail
from mingzhang.sums.glances import is_seen
from mingzhang.sums.identities import Verdict, judge
from mingzhang.sums.plans import plan_of
from mingzhang.sums.sheets import CellRef
from mingzhang.sums.terms import parse_statement

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from mingzhang.model.finding import Severity
    from mingzhang.rules.catalogue import Rule
    from mingzhang.rules.figures import Figures
    from mingzhang.rules.outlines import Asked, Outline
    from mingzhang.sums.identities import Identity
    from mingzhang.sums.plans import Plan
    from mingzhang.sums.sayings import Sayings

_ALIKE: Final = "same_carry"
_RANK = ("holds", "rounding", "nothing", "violated", "undecided")


def run_declared(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Ask a declared rule of a document: one result for every place, or one that says why there is none."""
    unmet = _unmet(rule, figures)
    if unmet is not None:
        yield undecided(rule, *_reason(unmet, rule, figures))
        return
    results = list(_results(rule, figures, tables_of(rule, figures)))
    yield from results or [undecided(rule, "没有可以比较的数字", "there are no figures to compare")]


def violations(rule: Rule, figures: Figures, of: Collection[str] | None = None) -> tuple[Result, ...]:
    """Ask a declared rule of a document for what does not hold, and no more; `of` says of which tables alone."""
    asked: Sequence[Asked] = outline_of(figures).asked(rule)
    if not asked or ((rule.carry or rule.same_carry) and _other_carry(rule, figures)):
        return ()
    if of is not None:
        asked = [one for one in asked if not one.plans[0].table or any(p.table in of for p in one.plans)]
    sheets = figures.sheets
    unseen = [one.plans for one in asked if not (_is_seen(one, figures) if one.table else is_seen(one.glance, sheets))]
    if not unseen or _unmet_statement(rule, figures):
        return ()
    failing = (
        _failing_ways(rule, unseen, figures) if rule.also else [v for (p,) in unseen for v in _failing(p, figures)]
    )
    results = [result_of(rule, v, figures) for v in failing if v.outcome in {"violated", "rounding"}]
    return tuple([r for r in results if r is not None])


def _is_seen(asked: Asked, figures: Figures) -> bool:
    """Tell whether a glance sees that statements of one table hold, kept until one of its figures changes."""
    return tied(figures, asked.plans, (asked.table,), lambda: is_seen(asked.glance, figures.sheets))


def failing_in(rule: Rule, table: str, figures: Figures) -> tuple[Verdict, ...]:
    """Give what does not hold in one table of a rule that says of each table what no other has a say in."""
    plan = plan_of(parse_statement(rule.holds), table)
    return () if _is_seen(asked_of(plan), figures) else _failing(plan, figures)


def _failing(plan: Plan, figures: Figures) -> tuple[Verdict, ...]:
    """Give what does not hold of a plan that no glance sees to hold, kept until a figure of its sheets changes."""
    return tied(figures, plan, plan.named, lambda: judged_failing(plan, figures.sheets, additive=figures.additive))


def _failing_ways(rule: Rule, asked: Sequence[tuple[Plan, ...]], figures: Figures) -> list[Verdict]:
    """Judge what is not seen to hold of statements of which one must, statement by statement, by the best of them."""
    if any(p.named != {p.table} for either in asked for p in either):
        return [v for _n, v in _best_of(rule, tables_of(rule, figures), figures)]
    found = [own for either in asked for own in _best_in(rule, either, figures)]
    return [v for _n, v in sorted(found, key=itemgetter(0))]


def _best_in(rule: Rule, asked: tuple[Plan, ...], figures: Figures) -> list[tuple[int, Verdict]]:
    """Judge places of one table that no other has a say in, kept until one of its figures changes."""

    def ask() -> list[tuple[int, Verdict]]:
        along = rows_that_fail(asked, figures.sheets) if len(asked) == 1 + len(rule.also) else None
        if along is None:
            return _best_of(rule, (asked[0].table,), figures)
        return [(n, verdict) for n, either in along for verdict in best(either, figures)]

    return tied(figures, (_best_in, rule.holds, rule.also, asked[0].table), asked[0].named, ask)


def _best_of(rule: Rule, tables: Sequence[str], figures: Figures) -> list[tuple[int, Verdict]]:
    """Judge each place where nothing that a rule says of it holds at sight, with the number of what is said of it first."""
    said = _said(rule, figures, tables)
    holding = [one.holding_in(figures.sheets) for one in said]
    still = [one for one in _together(*said) if not any(i in holding[n] for n, i in one)]
    ways = [(one[0][0], tuple([said[n].identity(i) for n, i in one])) for one in still]
    return [(n, verdict) for n, either in ways for verdict in best(either, figures)]


@cache
def _named(*statements: str) -> frozenset[str]:
    return frozenset(c.source for text in statements for c in parse_statement(text).cells) - {"$table"}


@cache
def _cells_of(*statements: str) -> tuple[CellRef, ...]:
    """List the cells that statements name, of rows that they name by their keys."""
    cells = (c for text in statements for c in parse_statement(text).cells)
    return tuple(
        dict.fromkeys(CellRef(c.source, "" if c.by else c.row, c.column) for c in cells if c.source != "$table")
    )


def sources_of(rule: Rule, outline: Outline) -> frozenset[str]:
    """List the sheets that a declared rule looks at in documents of an outline."""
    named = _named(rule.holds, *rule.also, *rule.when)
    if not (rule.tables or rule.carry or rule.same_carry):
        return named
    return named.union(rule.carry, rule.same_carry, outline.tables_of(rule))


def _results(rule: Rule, figures: Figures, tables: Sequence[str]) -> Iterator[Result]:
    verdicts = _verdicts(rule, figures, tables)
    return (r for v in verdicts if (r := result_of(rule, v, figures)) is not None)


def _verdicts(rule: Rule, figures: Figures, tables: Sequence[str]) -> Iterator[Verdict]:
    """Judge a rule at every place, by the best of what may hold there."""
    if rule.also:
        yield from (v for either in _alternatives(rule, figures) for v in best(either, figures))
        return
    yield from judged(parse_statement(rule.holds), figures.sheets, tables, additive=figures.additive)


def demands(rule: Rule, figures: Figures) -> tuple[tuple[Identity, ...], ...]:
    """List the identities that a declared rule demands of a document, each with those that may hold instead."""
    if not rule.holds or not applies(rule, figures):
        return ()
    return _alternatives(rule, figures)


def demands_by_figure(rule: Rule, figures: Figures) -> Mapping[CellRef, tuple[Identity, ...]]:
    """Give what a declared rule demands of a document by the figure that is compared first."""
    if not rule.holds or not applies(rule, figures):
        return {}
    return _by_figure(bool(rule.also), *_said(rule, figures, tables_of(rule, figures)))


def demanded_sayings(rule: Rule, figures: Figures) -> tuple[list[Sayings], Sequence[Sequence[tuple[int, int]]]]:
    """Give what a declared rule that applies says of a document; where something may hold instead, what is said of each place.

    Each place has the numbers of its sayings and of the identities in them of which one must hold.
    """
    said = _said(rule, figures, tables_of(rule, figures))
    return said, _together(*said) if rule.also else ()


def _alternatives(rule: Rule, figures: Figures) -> tuple[tuple[Identity, ...], ...]:
    """List what a rule says of each place, the first figure compared: the identities of which one must hold."""
    return _ways(bool(rule.also), *_said(rule, figures, tables_of(rule, figures)))


def _ways(either: bool, *said: Sayings) -> tuple[tuple[Identity, ...], ...]:
    if not either:
        return tuple((i,) for one in said for i in one.identities)
    return tuple(tuple(said[n].identities[i] for n, i in one) for one in _together(*said))


@lru_cache(512)
def _by_figure(either: bool, *said: Sayings) -> Mapping[CellRef, tuple[Identity, ...]]:
    return {own[0].operands[0].ref: own for own in _ways(either, *said) if own[0].operands}


def _said(rule: Rule, figures: Figures, tables: Sequence[str]) -> list[Sayings]:
    statements = (parse_statement(text) for text in (rule.holds, *rule.also))
    return [one for statement in statements for one in sayings(statement, figures.sheets, tables)]


@lru_cache(1024)
def _together(*said: Sayings) -> tuple[tuple[tuple[int, int], ...], ...]:
    """Put the identities together that compare the same figure first, each by the numbers of its saying and its own."""
    either: dict[tuple[str, str, str], list[tuple[int, int]]] = {}
    for n, one in enumerate(said):
        for i in range(len(one)):
            either.setdefault(one.first(i), []).append((n, i))
    return tuple(tuple(one) for one in either.values())


def best(identities: Sequence[Identity], figures: Figures) -> tuple[Verdict, ...]:
    """Judge identities of which one must hold; give the best, of those alike that which misses least, then the shortest."""
    verdicts: list[Verdict] = []
    for identity in identities:
        verdict = judge(identity, figures.sheets, additive=figures.additive)
        if verdict.outcome == "holds" and not verdicts and _is_shortest(identity, identities):
            return (verdict,)
        verdicts.append(verdict)
    if len(verdicts) < 2:
        return tuple(verdicts)

    def order(verdict: Verdict) -> tuple[int, int, int]:
        miss = abs(verdict.difference) if verdict.outcome == "violated" else 0
        return _RANK.index(verdict.outcome), miss, len(verdict.identity.operands)

    return (min(verdicts, key=order),)


def _is_shortest(identity: Identity, others: Sequence[Identity]) -> bool:
    length = len(identity.operands)
    return len(others) == 1 or all(length <= len(o.operands) for o in others)


def result_of(rule: Rule, verdict: Verdict, figures: Figures) -> Result | None:
    """Make a verdict a rule's result; None where nothing is printed."""
    match verdict.outcome:
        case "nothing":
            return None
        case "undecided":
            assert verdict.gap is not None
            zh, en = ("依法不予公开", "withheld") if verdict.withheld else ("没有读到", "not found")
            name = figures.name(verdict.gap)
            return Result(rule, "undecided", verdict, reason=(f"{name}{zh}", f"{name} {en}"))
        case "holds":
            return Result(rule, "passed", verdict)
        case _:
            return Result(rule, "violated", verdict, severity=_severity(rule, verdict, figures))


def _severity(rule: Rule, verdict: Verdict, figures: Figures) -> Severity:
    """Lower a rule's severity where rounding or rows in doubt explain, or where a row's place rests on an unconfirmed name."""
    refs = [o.ref for o in verdict.identity.operands]
    said = _cells_of(*filter(None, (rule.holds, *rule.also)))
    # of the ways to hold that a rule leaves, one may need a figure in doubt that the nearest one does not
    others = [CellRef(r.source, r.row, c.column) for r in refs for c in said if c.source == r.source and rule.also]
    known = (*refs, *others, *_cells_of(*rule.when))
    if verdict.outcome == "rounding" or not all(map(figures.is_confirmed, known)):
        return "hint"
    if any(is_unread(figures, ref.source) for ref in said) or any(is_of_no_row(figures, ref) for ref in refs):
        return "hint"
    unsure = is_of_rows_in_doubt(figures, refs, verdict.difference) or is_of_lost_columns(figures, [*refs, *said])
    return "hint" if unsure else rule.severity


def tables_of(rule: Rule, figures: Figures) -> tuple[str, ...]:
    """List the tables that `$table` stands for in a rule, in the document's order; one nobody knows is never meant."""
    return outline_of(figures).tables_of(rule)


def _is_so(figures: Figures, text: str) -> bool:
    """Tell whether a statement holds wherever it is made concrete."""

    def ask() -> bool:
        return is_so(parse_statement(text), figures.sheets, additive=figures.additive)

    return tied(figures, (_is_so, text), _named(text), ask)


def applies(rule: Rule, figures: Figures) -> bool:
    """Tell whether a document meets the conditions of a rule."""
    return _unmet(rule, figures) is None


def _unmet(rule: Rule, figures: Figures) -> str | None:
    """Name the first condition of a rule that the document does not meet: a table, a statement, or that tables be alike."""
    return _other_carry(rule, figures) or _unmet_statement(rule, figures)


def _other_carry(rule: Rule, figures: Figures) -> str | None:
    """Name the first table that has another carry-over basis than a rule needs, or say that those of some are not alike."""
    for table, carry in rule.carry.items():
        if figures.carry(table) != carry:
            return table
    if rule.same_carry:
        bases = {figures.carry(t) for t in rule.same_carry}
        if len(bases) != 1 or "unstated" in bases:
            return _ALIKE
    return None


def _unmet_statement(rule: Rule, figures: Figures) -> str | None:
    """Name the first statement without which a rule does not apply that does not hold."""
    for text in rule.when:
        if not (_named(text) <= figures.sheets.keys() and _is_so(figures, text)):
            return text
    return None


def _reason(unmet: str, rule: Rule, figures: Figures) -> tuple[str, str]:
    """Say which condition of a rule the document does not meet."""
    if unmet in rule.carry:
        return (f"{figures.title(unmet)}的上年结转口径不是本条所需", f"{unmet}: another carry-over basis")
    if unmet == _ALIKE:
        return ("几张表的上年结转口径不同或未说明", "the tables' carry-over basis differs or is not stated")
    if not _named(unmet) <= figures.sheets.keys():
        return (f"前提无法判断：{unmet}", f"cannot tell whether {unmet}")
    return (f"前提不成立：{unmet}", f"does not apply: {unmet}")
