"""Findings as tasks for people: one for each cause, with place, basis, what it should be and what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from mingzhang.model.finding import Finding, Severity
from mingzhang.model.language import gettext as _
from mingzhang.model.language import later
from mingzhang.model.place import Place
from mingzhang.rules.catalogue import EVERY_RULE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mingzhang.model.disclosure import Disclosure
    from mingzhang.model.finding import Repair, Spot

SEVERITIES: tuple[Severity, ...] = ("error", "warning", "hint")
WORDS = {"error": later("错误"), "warning": later("警告"), "hint": later("提示")}
_PLACES = 6
_CHOICES = 3
_BY_ID = {rule.id: rule for rule in EVERY_RULE}


class Task(msgspec.Struct, frozen=True):
    """What is to be done about one cause: the finding that stands for it, and those that go with it."""

    number: int
    severity: Severity
    rule: str
    problem: str
    place: str
    basis: str
    expected: str
    actual: str
    advice: str
    finding: Finding
    others: tuple[Finding, ...] = ()


class Names(msgspec.Struct, frozen=True):
    """What a document's tables and their rows are called in print, by their keys."""

    titles: dict[str, str]
    rows: dict[tuple[str, str], str]


def names_in(disclosure: Disclosure) -> Names:
    """Give what a document prints for its tables and rows."""
    rows = {(t.id, r.key): "".join(r.label.split()) for t in disclosure.tables for r in t.rows}
    return Names({t.id: t.title for t in disclosure.tables}, rows)


def tasks_of(findings: Sequence[Finding], disclosure: Disclosure) -> tuple[Task, ...]:
    """Group what is violated by its cause, the gravest first, in the order of the document inside each severity."""
    violated = [f for f in findings if f.outcome == "violated"]
    groups: dict[str, list[Finding]] = {}
    for found in violated:
        groups.setdefault(found.cause or found.id, []).append(found)
    names = names_in(disclosure)
    tasks = []
    for cause, group in groups.items():
        head = next((f for f in group if f.id == cause), group[0])
        gravest = min((f.severity for f in group), key=SEVERITIES.index)
        tasks.append(_task(head, tuple(f for f in group if f is not head), gravest, names))
    tasks.sort(key=lambda t: SEVERITIES.index(t.severity))
    return tuple(msgspec.structs.replace(t, number=n) for n, t in enumerate(tasks, 1))


def counted(tasks: Sequence[Task]) -> str:
    """Say how many tasks there are of each severity."""
    return _("、").join(
        _("{severity} {n} 项").format(severity=_(WORDS[s]), n=sum(t.severity == s for t in tasks)) for s in SEVERITIES
    )


def place_of(spot: Spot, names: Names) -> str:
    """Say where something stands: by table, section or form, and by page and line where it was read."""
    return " ".join(x for x in (*_named(spot, names), str(Place(spot.page, spot.line))) if x)


def _task(head: Finding, others: tuple[Finding, ...], severity: Severity, names: Names) -> Task:
    rule = _BY_ID.get(head.rule)
    unit = head.unit or ""
    return Task(
        0, severity, head.rule, head.message, _places(head.where, names),
        "" if rule is None else rule.sentence, _amount(head.expected, unit), _amount(head.actual, unit),
        _advice(next((f.repair for f in (head, *others) if f.repair is not None), None)), head, others,
    )  # fmt: skip


def _places(spots: Sequence[Spot], names: Names) -> str:
    """Say where things stand, naming a table or form once for all that is in it."""
    groups: dict[str, list[str]] = {}
    for spot in dict.fromkeys(spots):
        name, inside = _named(spot, names)
        inside = " ".join(x for x in (inside, str(Place(spot.page, spot.line))) if x)
        if inside not in groups.setdefault(name, []):
            groups[name].append(inside)
    left, out = _PLACES, []
    for name, own in groups.items():
        shown = [x for x in own[: max(left, 0)] if x]
        left -= len(shown)
        if shown or not own[0]:
            out.append(" ".join(x for x in (name, _("、").join(shown)) if x))
    count = sum(map(len, groups.values()))
    return _("；").join(x for x in out if x) + (_("等{n}处").format(n=count) if count > _PLACES else "")


def _named(spot: Spot, names: Names) -> tuple[str, str]:
    """Give what a thing stands in, and its name there: a row's as it is printed, behind its code if it has one."""
    if spot.table:
        key = spot.row.partition(":")[2] or spot.row
        label = names.rows.get((spot.table, spot.row), "")
        row = " ".join(dict.fromkeys(x for x in (key if key.isdigit() or not label else "", label) if x))
        shown = "" if not row else _("“合计”") if spot.row == "total" else f"“{row}”"
        return names.titles.get(spot.table) or spot.table, shown
    return (_("绩效目标表“{form}”").format(form=spot.form), "") if spot.form else ("", "")


def _amount(value: str | None, unit: str) -> str:
    return "" if not value else f"{value} {unit}".strip()


def _advice(repair: Repair | None) -> str:
    """Say what would settle it, with the proof; where other changes would do as well, the first few of them."""
    if repair is None:
        return ""
    if not repair.others:
        moved = (
            repair.changes if repair.kind in {"label_shift", "missing_row"} else ()
        )  # a proof names the figures, not the labels
        steps = (f"{c.before or _('空白')} → {c.after or _('空白')}" for c in moved)
        return _("；").join((*steps, *repair.proof))
    every = (repair, *repair.others)
    shown = _("；").join(f"({n}) {r.proof[0]}" for n, r in enumerate(every[:_CHOICES], 1))
    return _("改法 {n} 种，只取其一").format(n=len(every)) + _("：") + shown
