"""What lies behind findings: those that one cause explains are put together under it, with the repair."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mingzhang.model.finding import Change, Finding, Repair
from mingzhang.model.language import gettext as _
from mingzhang.rules.finding_text import amount, finding
from mingzhang.sums.identities import judge
from mingzhang.sums.solving import corrections

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mingzhang.rules.figures import Figures
    from mingzhang.rules.results import Result
    from mingzhang.sums.identities import Identity
    from mingzhang.sums.solving import Correction

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
    """Put together what one wrong figure explains, and propose what it should be."""
    free = [(i, r) for i, r in enumerate(results) if r.verdict is not None and i not in causes]
    verdicts = [r.verdict for _at, r in free if r.verdict is not None]
    for correction in corrections(verdicts, figures.sheets, additive=figures.additive):
        repair = _repair(correction, results, figures)
        settled = set(correction.settles)
        group = [
            i
            for i, r in free
            if r.verdict is not None and (r.verdict.identity in settled) and r.outcome == "violated" and i not in causes
        ]
        if not group:
            continue
        cause = finding(results[group[0]], figures).id
        causes |= dict.fromkeys(group, cause)
        repairs |= dict.fromkeys(group, repair)


def _repair(correction: Correction, results: Sequence[Result], figures: Figures) -> Repair:
    figure = figures.figure(correction.ref)
    assert figure is not None
    after = amount(correction.atoms, figure.unit, figure.places)
    change = Change(figures.spot(correction.ref), figure.plain, after)
    rules: dict[Identity, str] = {r.verdict.identity: r.rule.id for r in results if r.verdict is not None}
    numbers = _("、").join(dict.fromkeys(rules[i] for i in correction.settles))
    proof = _("{figure}改为 {after} 后，{count} 处不符（{rules}）全部成立，其余不受影响").format(
        figure=figures.name(correction.ref), after=after, count=len(correction.settles), rules=numbers
    )
    return Repair("figure", (change,), (proof,))
