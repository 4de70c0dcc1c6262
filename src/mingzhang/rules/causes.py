"""What lies behind findings: those that one cause explains are put together under it, with the repair."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mingzhang.rules.code_slips import code_slips
from mingzhang.rules.finding_text import finding
from mingzhang.rules.repair import causes_of, repair_of
from mingzhang.sums.identities import judge
from mingzhang.sums.repair_demands import Demand, is_met, with_reprints

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from mingzhang.model.finding import Finding, Repair
    from mingzhang.rules.code_slips import CodeSlip
    from mingzhang.rules.figures import Figures
    from mingzhang.rules.results import Result
    from mingzhang.sums.sheets import Sheet

_TREES = ("B-002", "B-003", "B-005")
_OF_CODES = ("D-001", "D-002", "D-006", "D-007")


def findings_of(results: Sequence[Result], figures: Figures, *, everything: bool = True) -> tuple[Finding, ...]:
    """Tell every result, or only what is violated, as a finding, each with its cause and repair."""
    causes: dict[int, str] = {}
    repairs: dict[int, Repair] = {}
    _by_codes(results, figures, causes)
    _by_slips(results, figures, causes)
    _by_figures(results, figures, causes, repairs)
    wanted = ((i, r) for i, r in enumerate(results) if everything or r.outcome == "violated")
    return tuple(finding(r, figures, cause=causes.get(i, ""), repair=repairs.get(i)) for i, r in wanted)


def _by_slips(results: Sequence[Result], figures: Figures, causes: dict[int, str]) -> None:
    """Put under a slip what fails in its table and would not fail with the labels moved."""
    for at, slip in enumerate(results):
        if slip.repaired is None or at in causes:
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


def _by_codes(results: Sequence[Result], figures: Figures, causes: dict[int, str]) -> None:
    """Put together what fails for one wrong code: what compares its row, and what holds with the code of other tables."""
    open_ = [i for i, r in enumerate(results) if i not in causes and r.outcome == "violated"]
    for slip in code_slips(figures) if any(results[i].verdict is not None for i in open_) else ():
        sheets = {**figures.sheets, slip.table: slip.sheet}
        own = [i for i in open_ if i not in causes and _is_of_slip(results[i], slip, sheets, figures)]
        if any(results[i].verdict is not None for i in own):
            head = next((i for i in own if results[i].verdict is None), own[0])
            causes |= dict.fromkeys(own, finding(results[head], figures).id)


def _is_of_slip(result: Result, slip: CodeSlip, sheets: Mapping[str, Sheet], figures: Figures) -> bool:
    """Tell whether a finding is about a row whose code is wrong, or would not be there with the right one."""
    if result.repaired is not None:
        return result.repaired.id == slip.table and slip.code in result.repaired.rows
    if result.verdict is None:
        spots = () if result.told is None or result.rule.id not in _OF_CODES else result.told.where[:1]
        return any((s.table, s.row) == (slip.table, slip.row) for s in spots)
    of_table = [ref for ref in result.refs if ref.source == slip.table]
    lost = result.rule.id in _TREES and any(slip.code.startswith(ref.row) for ref in of_table)
    if lost or any(ref.row == slip.row for ref in of_table):
        return True
    again = judge(result.verdict.identity, sheets, additive=figures.additive) if of_table else None
    return again is not None and again.outcome in {"holds", "rounding", "nothing"}


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
