"""What a rule says of one place, before it is told to people."""

from __future__ import annotations

import msgspec

from mingzhang.model.disclosure import Table
from mingzhang.model.finding import Evidence, Outcome, Repair, Severity, Spot
from mingzhang.rules.catalogue import Rule
from mingzhang.sums.identities import Verdict
from mingzhang.sums.sheets import CellRef, Sheet


class Told(msgspec.Struct, frozen=True, gc=False):
    """What a rule that compares more than figures says: the two texts, places, values and evidence of a finding."""

    zh: str
    en: str
    where: tuple[Spot, ...]
    expected: str | None = None
    actual: str | None = None
    difference: str | None = None
    unit: str | None = None
    evidence: tuple[Evidence, ...] = ()


class Result(msgspec.Struct, frozen=True, gc=False):
    """One rule at one place: an identity's verdict, or what a function tells; `reason` says why it is undecided.

    `severity` is the rule's own unless something lowers it. `repaired` is the sheet as the repair would leave it,
    `relabelled` the table.
    """

    rule: Rule
    outcome: Outcome
    verdict: Verdict | None = None
    told: Told | None = None
    severity: Severity | None = None
    reason: tuple[str, str] = ("", "")
    repair: Repair | None = None
    repaired: Sheet | None = None
    relabelled: Table | None = None

    @property
    def refs(self) -> tuple[CellRef, ...]:
        """List the figures compared."""
        return () if self.verdict is None else tuple(o.ref for o in self.verdict.identity.operands)

    @property
    def may_hold(self) -> bool:
        """Tell whether what was compared holds as printed, or may by rounding."""
        return self.outcome == "passed" or self.is_rounding

    @property
    def is_firm(self) -> bool:
        """Tell whether a repair must respect this: it compares figures and is no hint, unless only rounding makes it one."""
        if self.verdict is None or self.outcome == "undecided":
            return False
        return self.rule.severity != "hint" and (self.may_hold or self.severity != "hint")

    @property
    def wants_repair(self) -> bool:
        """Tell whether figures do not agree, so that the smallest repair is to be looked for."""
        return self.outcome == "violated" and self.is_firm and not self.is_rounding

    @property
    def is_rounding(self) -> bool:
        """Tell whether rounding explains what does not hold."""
        return self.verdict is not None and self.verdict.outcome == "rounding"


def passed(rule: Rule) -> Result:
    """Make the result of a rule that holds and compared no figures of identities."""
    return Result(rule, "passed")


def undecided(rule: Rule, zh: str, en: str) -> Result:
    """Make the result of a rule that lacks what it needs."""
    return Result(rule, "undecided", reason=(zh, en))


def violated(rule: Rule, told: Told, severity: Severity | None = None) -> Result:
    """Make the result of a rule that a function found violated."""
    return Result(rule, "violated", told=told, severity=severity)
