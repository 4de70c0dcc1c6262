"""Running the rules that are declared as statements of terms."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mingzhang.rules.results import Result, undecided
from mingzhang.rules.rows import ECONOMIC, NAMED, PROJECTS, skeleton
from mingzhang.sums.concrete import concrete
from mingzhang.sums.identities import Verdict, judge
from mingzhang.sums.terms import parse_statement

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mingzhang.model.finding import Severity
    from mingzhang.rules.catalogue import Rule
    from mingzhang.rules.figures import Figures
    from mingzhang.sums.identities import Identity
    from mingzhang.sums.sheets import CellRef

_RANK = ("holds", "rounding", "nothing", "violated", "undecided")


def run_declared(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Ask a declared rule of a document: one result for every place, or one that says why there is none."""
    reason = _unmet(rule, figures)
    if reason is not None:
        yield undecided(rule, *reason)
        return
    verdicts = [v for either in _alternatives(rule, figures) for v in best(either, figures)]
    results = [r for v in verdicts if (r := result_of(rule, v, figures)) is not None]
    yield from results or [undecided(rule, "没有可以比较的数字", "there are no figures to compare")]


def demands(rule: Rule, figures: Figures) -> tuple[tuple[Identity, ...], ...]:
    """List the identities that a declared rule demands of a document, each with those that may hold instead."""
    if not rule.holds or _unmet(rule, figures) is not None:
        return ()
    return _alternatives(rule, figures)


def _alternatives(rule: Rule, figures: Figures) -> tuple[tuple[Identity, ...], ...]:
    """List what a rule says of each place, the first figure compared: the identities of which one must hold."""
    either: dict[CellRef, list[Identity]] = {}
    for text in (rule.holds, *rule.also):
        for identity in _identities(text, rule, figures):
            either.setdefault(identity.left[0].ref if identity.left else identity.right[0].ref, []).append(identity)
    if not rule.also:
        return tuple((i,) for one in either.values() for i in one)
    return tuple(tuple(one) for one in either.values())


def best(identities: Iterable[Identity], figures: Figures) -> tuple[Verdict, ...]:
    """Judge identities of which one must hold; give the best, of those alike that which misses least, then the shortest."""
    verdicts = [judge(i, figures.sheets, additive=figures.additive) for i in identities]
    if not verdicts:
        return ()

    def order(verdict: Verdict) -> tuple[int, int, int]:
        miss = abs(verdict.difference) if verdict.outcome == "violated" else 0
        return _RANK.index(verdict.outcome), miss, len(verdict.identity.operands)

    return (min(verdicts, key=order),)


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
    """Lower a rule's severity where rounding explains, or where a row's place rests on an unconfirmed name."""
    if verdict.outcome == "rounding" or not all(figures.is_confirmed(o.ref) for o in verdict.identity.operands):
        return "hint"
    return rule.severity


def _identities(text: str, rule: Rule, figures: Figures) -> tuple[Identity, ...]:
    return tuple(concrete(parse_statement(text), figures.sheets, tables_of(rule, figures)))


def tables_of(rule: Rule, figures: Figures) -> tuple[str, ...]:
    """List the tables that `$table` stands for in a rule, in the document's order; one nobody knows is never meant."""
    out = []
    for table in figures.disclosure.tables:
        sheet = figures.sheets[table.id]
        known = ":" not in table.id
        named = table.id in rule.tables or (known and _is_meant(table.id, rule))
        columns = set(sheet.columns)
        if named and columns.issuperset(rule.with_columns) and columns.isdisjoint(rule.without_columns):
            out.append(table.id)
    return tuple(dict.fromkeys(out))


def _is_meant(table: str, rule: Rule) -> bool:
    """Tell whether a rule for all tables, or all whose rows stand under each other by their codes alone, means this."""
    special = table in skeleton() or table in {*PROJECTS, *ECONOMIC, *NAMED}
    return "any" in rule.tables or ("coded" in rule.tables and not special)


def _unmet(rule: Rule, figures: Figures) -> tuple[str, str] | None:
    """Say which condition of a rule the document does not meet, None if it meets all."""
    for table, carry in rule.carry.items():
        if figures.carry(table) != carry:
            return (f"{figures.title(table)}的上年结转口径不是本条所需", f"{table}: another carry-over basis")
    bases = {figures.carry(t) for t in rule.same_carry}
    if rule.same_carry and (len(bases) != 1 or "unstated" in bases):
        return ("几张表的上年结转口径不同或未说明", "the tables' carry-over basis differs or is not stated")
    for text in rule.when:
        statement = parse_statement(text)
        if any(c.source not in figures.sheets for c in statement.cells):
            return (f"前提无法判断：{text}", f"cannot tell whether {text}")
        verdicts = [judge(i, figures.sheets, additive=figures.additive) for i in concrete(statement, figures.sheets)]
        if any(v.outcome not in {"holds", "nothing"} for v in verdicts):
            return (f"前提不成立：{text}", f"does not apply: {text}")
    return None
