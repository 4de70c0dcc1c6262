"""Findings as a report for people, grouped, and as the list that programs read (contract `tables.md`)."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, Final

import msgspec

from mingzhang.model.language import gettext as _
from mingzhang.model.language import later
from mingzhang.model.place import Place

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mingzhang.model.disclosure import Disclosure
    from mingzhang.model.finding import Evidence, Finding, Repair, Spot
    from mingzhang.rules.waivers import Waiver

_WORDS: Final = {
    "error": later("错误"),
    "warning": later("警告"),
    "hint": later("提示"),
    "passed": later("通过"),
    "undecided": later("无法判断"),
}
_CHANGES_SHOWN: Final = 3
_REPAIRS_SHOWN: Final = 4


def as_text(findings: Sequence[Finding], disclosure: Disclosure) -> list[str]:
    """Write findings as lines: a head, each finding under its severity, those of one cause together, and a count."""
    name = disclosure.unit_name or (disclosure.source.name if disclosure.source is not None else "")
    year = f"{disclosure.year}" if disclosure.year is not None else ""
    lines = [" ".join(x for x in (name, year) if x)] if name or year else []
    shown: set[str] = set()
    for found in findings:
        if found.id in shown:
            continue
        group = [f for f in findings if f.cause and f.cause == found.cause and f.id not in shown] or [found]
        shown |= {f.id for f in group}
        head = next((f for f in group if f.id == f.cause), group[0])
        lines += _lines(head)
        lines += [f"      {_('同因')} {f.rule} {f.message}" for f in group if f is not head]
    return [*lines, counted(findings)]


def counted(findings: Sequence[Finding]) -> str:
    """Say how many errors, warnings and hints there are."""
    counts = Counter(f.severity for f in findings if f.outcome == "violated")
    return spelled_counts(counts["error"], counts["warning"], counts["hint"])


def spelled_counts(errors: int, warnings: int, hints: int) -> str:
    """Spell numbers of errors, warnings and hints."""
    return _("共 {errors} 个错误，{warnings} 个警告，{hints} 个提示").format(
        errors=errors, warnings=warnings, hints=hints
    )


def _lines(found: Finding) -> list[str]:
    word = _(_WORDS[found.severity if found.outcome == "violated" else found.outcome])
    lines = [f"{word} {found.rule} {found.message}"]
    places = list(dict.fromkeys(str(Place(s.page, s.line)) for s in found.where if s.line is not None))
    if places:
        more = "…" if len(places) > 12 else ""
        lines.append(f"      {_('位置')} {_('、').join(places[:12])}{more}")
    return lines + (_repair_lines(found.repair) if found.repair is not None else [])


def _repair_lines(repair: Repair) -> list[str]:
    if repair.others:
        return _choice_lines((repair, *repair.others))
    shown = [f"{_spelled(c.before)} → {_spelled(c.after)}" for c in repair.changes[:_CHANGES_SHOWN]]
    more = f"…（{len(repair.changes)}）" if len(repair.changes) > _CHANGES_SHOWN else ""
    lines = [f"      {_('建议')} {_('；').join(shown)}{more}"]
    return lines + [f"      {_('证明')} {p}" for p in repair.proof]


def _choice_lines(repairs: Sequence[Repair]) -> list[str]:
    """Write the repairs of which one, nobody can tell which, is right."""
    lines = [f"      {_('改法 {n} 种，只取其一').format(n=len(repairs))}"]
    lines += [f"        {n}. {r.proof[0]}" for n, r in enumerate(repairs[:_REPAIRS_SHOWN], 1)]
    lines += [f"        …（{len(repairs)}）"] if len(repairs) > _REPAIRS_SHOWN else []
    return lines + [f"        {r.proof[-1]}" for r in repairs[:1] if r.is_cut]


def _spelled(value: str) -> str:
    return value or _("空白")


def as_json(findings: Sequence[Finding], accepted: Sequence[tuple[Finding, Waiver]] = ()) -> bytes:
    """Write findings as a JSON list with every field of the contract, blank ones too.

    Those that somebody accepted come last and have `waived`: the reason, the role and the date.
    """
    waived = [
        {**finding_tree(f), "waived": {"reason": w.reason, "role": w.role, "date": w.date or None}} for f, w in accepted
    ]
    content = msgspec.json.encode([*(finding_tree(f) for f in findings), *waived])
    return msgspec.json.format(content, indent=1) + b"\n"


def finding_tree(found: Finding) -> dict[str, Any]:
    """Give a finding with every field of the contract."""
    tree: dict[str, Any] = msgspec.to_builtins(found)
    tree["where"] = [_spot(s) for s in found.where]
    tree["evidence"] = [_evidence(e) for e in found.evidence]
    tree["cause"] = found.cause or None
    tree["repair"] = None if found.repair is None else _repair(found.repair)
    return tree


def _repair(repair: Repair) -> dict[str, Any]:
    changes = [{"where": _spot(c.where), "before": c.before, "after": c.after} for c in repair.changes]
    tree: dict[str, Any] = {"kind": repair.kind, "changes": changes, "proof": list(repair.proof)}
    cut = {"is_cut": True} if repair.is_cut else {}
    return {**tree, "others": [_repair(r) for r in repair.others], **cut}


def _evidence(evidence: Evidence) -> dict[str, Any]:
    return {"where": _spot(evidence.where), "value": evidence.value, "unit": evidence.unit, "role": evidence.role}


def _spot(spot: Spot) -> dict[str, Any]:
    names = ("table", "row", "column") if spot.table else ("form", "field") if spot.form else ("section", "sentence")
    return {**{n: getattr(spot, n) for n in names}, "page": spot.page, "line": spot.line}
