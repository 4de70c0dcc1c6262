"""What a change is called, and where two texts differ: words shared by every report of changes."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Final

from mingzhang.documents.proof_items import field_name, part_name

if TYPE_CHECKING:
    from mingzhang.model.change import Change

_TOKEN: Final = re.compile(r"[-−]?\d[\d,，.．]*[%％]?|.", re.DOTALL)

_SPANS: Final = frozenset({"period", "annual"})

Stretches = list[tuple[str, bool]]
"""A text in pieces, each with whether the other text lacks it."""


def part_of(change: Change) -> str:
    """Name what a change stands in: the table, the section, the form; "" for what stands by itself."""
    if change.kind == "figure":
        return change.name.partition("“")[0]
    return change.name if change.kind in {"field", "slot", "chart"} else ""


def own_name(change: Change) -> str:
    """Give what a change is called below the name of its part."""
    if change.kind == "figure":
        return change.name.removeprefix(part_of(change)).replace("“", "").replace("”", "　")
    if change.kind == "chart":
        return change.key.rpartition("/")[2]
    if change.kind in {"field", "slot"}:
        kind = "form_field" if change.kind == "field" else "statement"
        own, dot, part = (change.key.partition("/")[2] or change.key).partition(".")
        first, slash, rest = own.partition("/")
        first = f"{first}_indicators" if first in _SPANS and slash else first
        return f"{field_name(first, kind)}{slash}{rest}{'　' if dot else ''}{part_name(part)}"
    return change.name or change.key


def marked(was: str, now: str) -> tuple[Stretches, Stretches]:
    """Cut two texts into stretches, each with whether it is only in this one; a number is one piece."""
    old, new = _TOKEN.findall(was), _TOKEN.findall(now)
    left: Stretches = []
    right: Stretches = []
    for tag, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        left += [("".join(old[i:j]), tag != "equal")] if i < j else []
        right += [("".join(new[k:m]), tag != "equal")] if k < m else []
    return left, right
