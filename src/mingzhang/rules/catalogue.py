"""The one list of rules: number, sentence in Chinese and English, basis, severity, and what must hold."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Final, Literal

import msgspec

from mingzhang.model.finding import Severity
from mingzhang.model.language import gettext as _
from mingzhang.model.language import language, later
from mingzhang.rules.examples import example_of

Carry = Literal["included", "excluded", "only", "unstated"]

FAMILIES: Final = {
    "A": later("表样"),
    "B": later("表内"),
    "C": later("表间"),
    "D": later("科目"),
    "E": later("文字说明"),
    "F": later("与上年比较"),
    "G": later("“三公”经费"),
    "H": later("项目与绩效目标表"),
    "I": later("部门整体绩效"),
    "J": later("采购、资产与人员"),
    "K": later("公开形式"),
    "L": later("各份文件之间"),
    "P": later("绩效指标"),
    "U": later("自定"),
}
_BASES: Final = {
    "form": later("表样自身"),
    "document": later("文件自身的表述"),
    "office": later("本单位规定"),
}
_SEVERITIES: Final = {"error": later("错误"), "warning": later("警告"), "hint": later("提示")}


class Rule(msgspec.Struct, frozen=True, eq=False, forbid_unknown_fields=True, kw_only=True):
    """One rule; compared by identity, there is one of each.

    A declared rule has `holds`, a statement of terms, and `also`, others of which one may hold instead; `when` are
    statements without which it does not apply, `carry` and `same_carry` the carry-over basis it needs of tables.
    `tables` are what `$table` stands for: ids, `coded` for all that list codes, `any` for all; `with_columns` and
    `without_columns` narrow them. A rule that is a function has `function`, its module and name. `authority` is what a
    rule of an office's own rests on, in its words. `reach` says what it looks at: one document, one beside that of the
    year before, or all of an area.
    """

    id: str
    zh: str
    en: str
    severity: Severity
    basis: Literal["form", "document", "office"] = "form"
    authority: str = ""
    reach: Literal["document", "years", "area"] = "document"
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
        name, basis, what, condition, place = _("编号"), _("依据"), _("应当成立"), _("前提"), _("适用")
        severity, family = _(_SEVERITIES[self.severity]), _(FAMILIES[self.id[0]])
        lines = [
            self.sentence,
            f"{name}: {self.id}  {severity}  {family}",
            f"{basis}: {self.authority or _(_BASES[self.basis])}",
        ]
        lines += [f"{place}: {_('、').join(self.tables)}"] if self.tables else []
        lines += [f"{what}: {' '.join(s.split())}" for s in (self.holds, *self.also) if s]
        lines += [f"{condition}: {s}" for s in self.when]
        lines += [f"{condition}: {t} carry = {c}" for t, c in self.carry.items()]
        example = example_of(self.id).removeprefix(self.sentence.rstrip("。.")).lstrip("：: ")
        lines += [f"{_('例如')}: {example}"] if example else []
        return lines


def _load() -> tuple[Rule, ...]:
    rules = []
    for path in sorted((Path(__file__).parent / "declared").glob("*.toml")):
        rules += msgspec.convert(tomllib.loads(path.read_text(encoding="utf-8"))["rule"], list[Rule])
    return tuple(sorted(rules, key=lambda r: r.id))


EVERY_RULE: Final = _load()
"""All rules by number, those that need more than one document too."""

RULES: Final = tuple(r for r in EVERY_RULE if r.reach == "document")
"""The rules of one document by number."""


def rule(number: str) -> Rule:
    """Find a rule by its number.

    Raises:
        KeyError: there is no such rule.
    """
    return _BY_NUMBER[number]


_BY_NUMBER: Final = {r.id: r for r in EVERY_RULE}
