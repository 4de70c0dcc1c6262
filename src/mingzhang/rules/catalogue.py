"""The one list of rules: number, sentence in Chinese and English, basis, severity, and what must hold."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Final, Literal

import msgspec

from mingzhang.model.finding import Severity
from mingzhang.model.language import language

Carry = Literal["included", "excluded", "only", "unstated"]

FAMILIES: Final = {
    "A": ("表样", "the form"),
    "B": ("表内", "inside a table"),
    "C": ("表间", "across tables"),
    "D": ("科目", "codes"),
    "E": ("文字说明", "written part"),
    "F": ("与上年比较", "against last year"),
    "G": ("“三公”经费", "three public expenses"),
    "H": ("项目与绩效目标表", "projects and their forms"),
    "I": ("部门整体绩效", "the department's own form"),
    "K": ("公开形式", "publication"),
    "P": ("绩效指标", "indicators"),
}
_BASES: Final = {
    "form": ("表样自身", "the form itself"),
    "document": ("文件自身的表述", "the document's own statement"),
}
_SEVERITIES: Final = {"error": ("错误", "error"), "warning": ("警告", "warning"), "hint": ("提示", "hint")}


class Rule(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One rule.

    A declared rule has `holds`, a statement of terms, and `also`, others of which one may hold instead; `when` are
    statements without which it does not apply, `carry` and `same_carry` the carry-over basis it needs of tables.
    `tables` are what `$table` stands for: ids, `coded` for all that list codes, `any` for all; `with_columns` and
    `without_columns` narrow them. A rule that is a function has `function`, its module and name.
    """

    id: str
    zh: str
    en: str
    severity: Severity
    basis: Literal["form", "document"] = "form"
    holds: str = ""
    also: tuple[str, ...] = ()
    when: tuple[str, ...] = ()
    carry: dict[str, Carry] = {}
    same_carry: tuple[str, ...] = ()
    tables: tuple[str, ...] = ()
    with_columns: tuple[str, ...] = ()
    without_columns: tuple[str, ...] = ()
    function: str = ""

    @property
    def sentence(self) -> str:
        """Give the rule's sentence in the language in use."""
        return self.en if language() == "en" else self.zh

    def explained(self) -> list[str]:
        """Explain the rule, line by line."""
        at = 1 if language() == "en" else 0
        name, basis, what, condition, place = (
            ("编号", "依据", "应当成立", "前提", "适用"),
            ("rule", "basis", "must hold", "provided", "tables"),
        )[at]
        severity, family = _SEVERITIES[self.severity][at], FAMILIES[self.id[0]][at]
        lines = [self.sentence, f"{name}: {self.id}  {severity}  {family}", f"{basis}: {_BASES[self.basis][at]}"]
        lines += [f"{place}: {'、'.join(self.tables)}"] if self.tables else []
        lines += [f"{what}: {' '.join(s.split())}" for s in (self.holds, *self.also) if s]
        lines += [f"{condition}: {s}" for s in self.when]
        lines += [f"{condition}: {t} carry = {c}" for t, c in self.carry.items()]
        return lines


def _load() -> tuple[Rule, ...]:
    rules = []
    for path in sorted((Path(__file__).parent / "declared").glob("*.toml")):
        rules += msgspec.convert(tomllib.loads(path.read_text(encoding="utf-8"))["rule"], list[Rule])
    return tuple(sorted(rules, key=lambda r: r.id))


RULES: Final = _load()
"""All rules by number."""


def rule(number: str) -> Rule:
    """Find a rule by its number.

    Raises:
        KeyError: there is no such rule.
    """
    return _BY_NUMBER[number]


_BY_NUMBER: Final = {r.id: r for r in RULES}
