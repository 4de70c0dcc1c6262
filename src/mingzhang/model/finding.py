"""Findings: what a rule says of a document. Data, never an exception."""

from __future__ import annotations

from typing import Literal

import msgspec

Severity = Literal["error", "warning", "hint"]
Outcome = Literal["violated", "passed", "undecided"]


class Spot(msgspec.Struct, frozen=True, gc=False, omit_defaults=True, forbid_unknown_fields=True):
    """A place in a document's own terms, with page and line where it was read from a file.

    Either `table`, `row`, `column`; or `section`, `sentence`; or `form`, `field`.
    """

    table: str = ""
    row: str = ""
    column: str = ""
    section: str = ""
    sentence: str = ""
    form: str = ""
    field: str = ""
    page: int | None = None
    line: int | None = None


class Evidence(msgspec.Struct, frozen=True, gc=False, omit_defaults=True, forbid_unknown_fields=True):
    """One figure that was compared: where it stands, its value as printed, and its part in the comparison."""

    where: Spot
    value: str
    unit: str = ""
    role: str = ""


class Change(msgspec.Struct, frozen=True, gc=False, omit_defaults=True, forbid_unknown_fields=True):
    """One change of a repair: a figure to be printed instead, or a label to be moved."""

    where: Spot
    before: str
    after: str


class Repair(msgspec.Struct, frozen=True, gc=False, omit_defaults=True, forbid_unknown_fields=True):
    """A proposal that would settle a finding, with its proof; all its changes go together.

    `kind` is `label_shift`, `missing_row`, or the slip that made the figures wrong: `sign`, `unit_slip` (a factor of ten or of ten
    thousand), `swapped_digits`, `missing_figure`, `digit` (one digit), `figure` (no slip that one knows). `others` are
    as small and would do as well, the likelier first: nobody can tell from the document alone which is right. `is_cut` where
    the search for them ended at its limit, so that there may be more; the last of `proof` then says so.
    """

    kind: str
    changes: tuple[Change, ...]
    proof: tuple[str, ...] = ()
    others: tuple[Repair, ...] = ()
    is_cut: bool = False


class Finding(msgspec.Struct, frozen=True, gc=False, forbid_unknown_fields=True):
    """What one rule found at one place; every field is always written."""

    id: str
    rule: str
    severity: Severity
    outcome: Outcome
    message: str
    where: tuple[Spot, ...]
    expected: str | None = None
    actual: str | None = None
    difference: str | None = None
    unit: str | None = None
    explained_by_rounding: bool | None = None
    evidence: tuple[Evidence, ...] = ()
    cause: str = ""
    repair: Repair | None = None
