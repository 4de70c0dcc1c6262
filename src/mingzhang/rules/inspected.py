"""One document looked at as somebody wants it: what stands, what was accepted, what changed since an earlier check."""

from __future__ import annotations

import msgspec

from mingzhang.model.disclosure import Disclosure
from mingzhang.model.finding import Finding
from mingzhang.model.language import gettext as _
from mingzhang.rules.baseline import Earlier, Since, since
from mingzhang.rules.catalogue import EVERY_RULE, Rule
from mingzhang.rules.settings import Steering
from mingzhang.rules.steered import steered
from mingzhang.rules.waivers import Waived, Waiver, apply_waivers, waived_lines


class Wish(msgspec.Struct, frozen=True, kw_only=True):
    """How a document is to be checked: by which rules, beside which earlier check, with what accepted, against what."""

    steering: Steering | None = None
    baseline: tuple[Earlier, ...] | None = None
    waivers: tuple[Waiver, ...] = ()
    last_year: Disclosure | None = None
    everything: bool = False


class Inspected(msgspec.Struct, frozen=True):
    """What is to be told of a document: findings, those accepted, and what an earlier check had."""

    findings: tuple[Finding, ...]
    waived: Waived
    since: Since | None = None
    rules: tuple[Rule, ...] = EVERY_RULE

    @property
    def accepted(self) -> tuple[tuple[Finding, Waiver], ...]:
        """List the findings accepted with their waivers."""
        return self.waived.accepted

    @property
    def has_errors(self) -> bool:
        """Tell whether an error stands that was not there before and that nobody accepted."""
        return any(f.severity == "error" and f.outcome == "violated" for f in self.findings)

    def lines(self) -> list[str]:
        """Write what was accepted and what an earlier check had, as lines of a report."""
        return [*waived_lines(self.waived), *([] if self.since is None else since_lines(self.since))]


def inspect(disclosure: Disclosure, wish: Wish) -> Inspected:
    """Check a document as wished: what somebody accepted is taken out first, then what an earlier check told."""
    found = steered(disclosure, wish.steering, last_year=wish.last_year, everything=wish.everything)
    waived = apply_waivers(found, wish.waivers)
    beside = None if wish.baseline is None else since(waived.standing, wish.baseline)
    name = "" if disclosure.pack is None else disclosure.pack.id
    rules = EVERY_RULE if wish.steering is None else wish.steering.chosen(name).rules
    return Inspected(waived.standing if beside is None else beside.new, waived, beside, rules)


def since_lines(found: Since) -> list[str]:
    """Say how findings stand beside those of an earlier check."""
    new = sum(f.outcome == "violated" for f in found.new)
    head = _("与基线相比：新出现 {new} 项，仍在 {known} 项，已消除 {gone} 项").format(
        new=new, known=found.known, gone=len(found.gone)
    )
    return [head, *(f"{_('已消除')} {e.id} {e.message}" for e in found.gone)]
