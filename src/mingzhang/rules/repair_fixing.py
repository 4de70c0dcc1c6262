"""A document put right where only one smallest repair settles what fails, or where one was chosen; proved by checking."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import msgspec

from mingzhang.model.disclosure import Disclosure
from mingzhang.model.fault import Fault
from mingzhang.model.finding import Finding, Repair
from mingzhang.model.language import gettext as _
from mingzhang.rules.engine import pack_of, results_of, told, without_repetition
from mingzhang.rules.figures import Figures
from mingzhang.rules.finding_text import finding
from mingzhang.rules.repair import Cause, causes_of, repair_of
from mingzhang.rules.repair_applied import NowhereToPrintError, relabelled, reprinted

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from mingzhang.forms.pack import Pack
    from mingzhang.rules.catalogue import Rule
    from mingzhang.rules.results import Result

_GRAVE: Final = frozenset({"error", "warning"})


class Step(msgspec.Struct, frozen=True):
    """One cause: the ids of the findings it explains, the repair, and what came of it.

    `settled` counts the findings that are gone; `reason` says why nothing was changed, "" where something was.
    """

    findings: tuple[str, ...]
    repair: Repair
    settled: int = 0
    reason: str = ""


class Fixed(msgspec.Struct, frozen=True):
    """The document put right, what was done and what was not, and what is still found in it."""

    disclosure: Disclosure
    steps: tuple[Step, ...]
    findings: tuple[Finding, ...]

    @property
    def changed(self) -> tuple[Step, ...]:
        """List the repairs that were carried out."""
        return tuple(s for s in self.steps if not s.reason)


def fix(
    disclosure: Disclosure, rules: Sequence[Rule], *, chosen: Mapping[str, int] | None = None, pack: Pack | None = None
) -> Fixed:
    """Carry out every repair that is the only smallest one, and those chosen by a finding's id and a number from 1.

    Every change is proved: the document is checked again, what it was to settle must be gone and nothing new be there;
    else it is taken back.

    Raises:
        Fault: something was chosen that is not to be chosen.
    """
    left = dict(chosen or {})
    work = _Work(disclosure, tuple(rules), pack)
    work.move_labels()
    work.print_anew(left)
    if left:
        raise Fault(
            _("没有可以选择改法的问题：{ids}").format(ids=_("、").join(left)),
            hint=_("编号见 check --fix 的说明；改法从 1 数起。"),
        )
    return Fixed(work.figures.disclosure, tuple(work.steps), work.findings)


class _Work:
    """A document being put right."""

    def __init__(self, disclosure: Disclosure, rules: tuple[Rule, ...], pack: Pack | None) -> None:
        self._rules = rules
        self._pack = pack or pack_of(disclosure)
        self.steps: list[Step] = []
        self._look_at(disclosure)

    def move_labels(self) -> None:
        """Move labels that have slipped, as each table's own sums prove."""
        for result in self._results:
            if result.relabelled is not None and result.repair is not None:
                ids = (finding(result, self.figures).id,)
                self._try(relabelled(self.figures.disclosure, result.relabelled), ids, result.repair)

    def print_anew(self, chosen: dict[str, int]) -> None:
        """Print figures anew, cause by cause; what was chosen is taken out of `chosen`."""
        tried: set[tuple[str, ...]] = set()
        while (found := next(self._open(tried), None)) is not None:
            cause, repair, ids = found
            tried.add(ids)
            number = next((chosen.pop(i) for i in ids if i in chosen), 0)
            if number > len((repair, *repair.others)):
                raise Fault(
                    _("问题 {id} 只有 {n} 种改法").format(id=ids[0], n=len(repair.others) + 1),
                    hint=_("改法从 1 数起。"),
                )
            one = cause.sets[number - 1] if number else cause.only
            if one is None:
                reason = _("改法不止一种") if repair.others or not cause.is_whole else _("数额定不下来")
                self.steps.append(Step(ids, repair, reason=reason))
                continue
            own = (repair, *repair.others)[max(number - 1, 0)]
            try:
                new = reprinted(self.figures, one.reprints)
            except NowhereToPrintError:
                self.steps.append(Step(ids, own, reason=_("原文中找不到这个数字的位置")))
                continue
            self._try(new, ids, msgspec.structs.replace(own, others=()))

    def _open(self, tried: set[tuple[str, ...]]) -> Iterator[tuple[Cause, Repair, tuple[str, ...]]]:
        """Give the causes that have not been tried, each with its repair and the ids of its findings."""
        slips = frozenset(i for i, r in enumerate(self._results) if r.relabelled is not None)
        for cause in causes_of(self._results, self.figures, explained=slips):
            ids = tuple(finding(self._results[i], self.figures).id for i in cause.results)
            if ids not in tried:
                yield cause, repair_of(cause, self._results, self.figures), ids

    def _try(self, new: Disclosure, ids: tuple[str, ...], repair: Repair) -> None:
        """Check the document anew; keep it if what was to be settled is, and nothing else has come up."""
        before, known = self.figures.disclosure, _said(self.findings)
        self._look_at(new)
        now = _said(self.findings)
        still = {f.id for f in self.findings} & set(ids)
        if still or now - known:
            self._look_at(before)
            self.steps.append(Step(ids, repair, reason=_("改后仍有不符，未改")))
            return
        self.steps.append(Step(ids, repair, settled=len(known - now)))

    def _look_at(self, disclosure: Disclosure) -> None:
        self.figures = Figures(disclosure, self._pack)
        self._results: list[Result] = without_repetition(results_of(self._rules, self.figures))
        self.findings = tuple(f for f in told(self._results, self.figures) if f.outcome == "violated")


def _said(findings: Sequence[Finding]) -> set[tuple[str, tuple[object, ...]]]:
    """Give what errors and warnings say, by rule and place, whatever figures they quote."""
    return {
        (f.rule, tuple((s.table, s.row, s.column, s.section, s.form, s.field) for s in f.where))
        for f in findings
        if f.severity in _GRAVE
    }
