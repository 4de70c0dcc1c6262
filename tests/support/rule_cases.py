"""The cases of the rules: a document for each that passes, and what is changed so that it fails."""

from __future__ import annotations

import tomllib
from pathlib import Path

from golden import disclosure_of
from msgspec.structs import replace

HERE = Path(__file__).parents[1] / "rules"
WHOLE = (HERE / "whole.txt").read_text(encoding="utf-8")
CASES = tomllib.loads((HERE / "cases.toml").read_text(encoding="utf-8"))


def changed(text: str, changes: list[list[str]]) -> str:
    for block, old, new in changes:
        start = text.index(f"[{block}")
        at = text.index(old, start)
        stop = text.find("\n[", start)
        assert stop < 0 or at < stop, f"{old!r} is not in [{block}]"
        text = text[:at] + new + text[at + len(old) :]
    return text


def document(number: str, changes: list[list[str]]):
    case = CASES[number]
    text = changed(changed(case.get("document", WHOLE), case.get("pass", [])), changes)
    made = disclosure_of(text, case.get("form", "shanxi-2023"), rounding=case.get("rounding", "unknown"))
    carry = case.get("carry", {})
    made = replace(made, scope=case.get("scope", made.scope), unit_type=case.get("unit_type", made.unit_type))
    return replace(made, tables=tuple(replace(t, carry=carry.get(t.id, t.carry)) for t in made.tables))
