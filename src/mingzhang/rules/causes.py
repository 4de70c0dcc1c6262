"""What lies behind findings: those that one cause explains are put together under it, with the repair."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mingzhang.rules.finding_text import finding
from mingzhang.rules.repair import causes_of, repair_of
from mingzhang.sums.identities import judge
from mingzhang.sums.repair_demands import Demand, is_met, with_reprints

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from mingzhang.model.finding import Finding, Repair
    from mingzhang.rules.figures import Figures
    from mingzhang.rules.results import Result
    from mingzhang.sums.sheets import Sheet

_TREES = ("B-002", "B-003", "B-005")


def findings_of(results: Sequence[Result], figures: Figures, *, everything: bool = True) -> tuple[Finding, ...]:
    """Tell every result, or only what is violated, as a finding, each with its cause and repair."""
    causes: dict[int, str] = {}
    repairs: dict[int, Repair] = {}
    _by_slips(results, figures, causes)
    _by_figures(results, figures, causes, repairs)
    wanted = ((i, r) for i, r in enumerate(results) if everything or r.outcome == "violated")
    return tuple(finding(r, figures, cause=causes.get(i, ""), repair=repairs.get(i)) for i, r in wanted)


def _by_slips(results: Sequence[Result], figures: Figures, causes: dict[int, str]) -> None:
    """Put under a slip what fails in its table and would not fail with the labels moved."""
    for at, slip in enumerate(results):
        if slip.repaired is None:
            continue
        cause = finding(slip, figures).id
        causes[at] = cause
        sheets = {**figures.sheets, slip.repaired.id: slip.repaired}
        for i, result in enumerate(results):
            if result.outcome != "violated" or result.verdict is None or i in causes:
                continue
            if all(ref.source != slip.repaired.id for ref in result.refs):
                continue
            again = judge(result.verdict.identity, sheets, additive=figures.additive)
            if result.rule.id in _TREES or again.outcome in {"holds", "rounding", "nothing"}:
                causes[i] = cause


def _by_figures(
    results: Sequence[Result], figures: Figures, causes: dict[int, str], repairs: dict[int, Repair]
) -> None:
    """Put together what wrong figures explain, and propose what they should be."""
    for cause in causes_of(results, figures, explained=frozenset(causes)):
        told, only = repair_of(cause, results, figures), cause.only
        head = finding(results[cause.results[0]], figures).id
        causes |= dict.fromkeys(cause.results, head)
        repairs |= dict.fromkeys(cause.results, told)
        if only is not None:
            after = with_reprints(figures.sheets, only.reprints)
            for i, result in enumerate(results):
                if i not in causes and _is_settled(result, after, figures):
                    causes[i], repairs[i] = head, told


def _is_settled(result: Result, after: Mapping[str, Sheet], figures: Figures) -> bool:
    """Tell whether something that fails holds after a change."""
    if result.outcome != "violated" or result.verdict is None:
        return False
    return is_met(Demand((result.verdict.identity,)), after, additive=figures.additive)
