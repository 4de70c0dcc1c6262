"""Findings in SARIF 2.1.0 (OASIS), which code review and audit tools show beside the file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import msgspec

from mingzhang import __version__
from mingzhang.model.language import language
from mingzhang.rules.catalogue import EVERY_RULE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mingzhang.model.disclosure import Disclosure
    from mingzhang.model.finding import Finding, Spot
    from mingzhang.rules.catalogue import Rule
    from mingzhang.rules.waivers import Waiver

SCHEMA: Final = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS: Final = {"error": "error", "warning": "warning", "hint": "note"}
_KINDS: Final = {"violated": "fail", "passed": "pass", "undecided": "open"}


def as_sarif(
    findings: Sequence[Finding],
    disclosure: Disclosure,
    accepted: Sequence[tuple[Finding, Waiver]] = (),
    rules: Sequence[Rule] = EVERY_RULE,
) -> bytes:
    """Write findings as one SARIF run; a place has its line, and always its name in the document's own terms.

    Those that somebody accepted are suppressed with the reason; `rules` are those that were asked.
    """
    name = disclosure.source.name if disclosure.source is not None else ""
    used = {f.rule for f in (*findings, *(f for f, _waiver in accepted))}
    told = [_rule(r) for r in rules if r.id in used]
    numbers = {r["id"]: n for n, r in enumerate(told)}
    waived = [
        {
            **_result(f, numbers, name),
            "suppressions": [{"kind": "external", "status": "accepted", "justification": f"{w.reason} ({w.role})"}],
        }
        for f, w in accepted
    ]
    run = {
        "tool": {"driver": {"name": "mingzhang", "version": __version__, "language": language(), "rules": told}},
        "results": [*(_result(f, numbers, name) for f in findings), *waived],
        "columnKind": "unicodeCodePoints",
    }
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    return msgspec.json.format(msgspec.json.encode(log), indent=1) + b"\n"


def _rule(rule: Any) -> dict[str, Any]:
    return {
        "id": rule.id,
        "shortDescription": {"text": rule.sentence},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
    }


def _result(found: Finding, numbers: dict[str, int], name: str) -> dict[str, Any]:
    return {
        "ruleId": found.rule,
        "ruleIndex": numbers[found.rule],
        "kind": _KINDS[found.outcome],
        "level": _LEVELS[found.severity] if found.outcome == "violated" else "none",
        "message": {"text": found.message},
        "locations": [_location(s, name) for s in found.where],
        "relatedLocations": [
            {**_location(e.where, name), "message": {"text": f"{e.role}: {e.value} {e.unit}".strip()}}
            for e in found.evidence
        ],
        "partialFingerprints": {"mingzhang/1": found.id},
        "properties": {"cause": found.cause},
    }


def _location(spot: Spot, name: str) -> dict[str, Any]:
    parts = (
        (spot.table, spot.row, spot.column) if spot.table else (spot.form, spot.field) if spot.form else (spot.section,)
    )
    location: dict[str, Any] = {
        "logicalLocations": [{"fullyQualifiedName": "/".join(p for p in parts if p) or "document"}]
    }
    if name:
        physical: dict[str, Any] = {"artifactLocation": {"uri": _uri(name)}}
        if spot.line is not None:
            physical["region"] = {"startLine": spot.line}
        location["physicalLocation"] = physical
    return location


def _uri(name: str) -> str:
    from urllib.parse import quote  # noqa: PLC0415

    return quote(name)
