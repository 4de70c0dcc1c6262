"""Equalities that an office declares for itself, as data in the language of terms: `[[rule]]` of a settings file."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

import msgspec

from mingzhang.forms.lexicon import lexicon
from mingzhang.forms.packs import load_pack, pack_ids
from mingzhang.model.fault import Fault
from mingzhang.model.finding import Severity
from mingzhang.model.language import gettext as _
from mingzhang.model.language import later
from mingzhang.rules.catalogue import Carry, Rule
from mingzhang.rules.figures import DEPARTMENT, FORM, TEXT
from mingzhang.sums.terms import TermError, parse_statement

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

_ID: Final = re.compile(r"U-\d{3}")
_GROUPS: Final = ("any", "coded")
_OTHER: Final = frozenset({TEXT, FORM, DEPARTMENT, "$table"})


class OwnRule(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One equality or inequality of an office: its number `U-001`, what it says, on what it rests, what must hold."""

    id: str
    zh: str
    basis: str
    holds: str
    en: str = ""
    severity: Severity = "warning"
    also: tuple[str, ...] = ()
    when: tuple[str, ...] = ()
    tables: tuple[str, ...] = ()
    with_columns: tuple[str, ...] = ()
    without_columns: tuple[str, ...] = ()
    carry: dict[str, Carry] = {}
    same_carry: tuple[str, ...] = ()


def own_rules(tree: Mapping[str, Any], file: str) -> tuple[tuple[Rule, ...], list[Fault]]:
    """Read the rules of a settings file, and tell everything that is wrong with them by file and key."""
    declared = tree.get("rule", [])
    if not isinstance(declared, list):
        return (), [Fault(_("自定规则写成 [[rule]]"), place=f"{file} rule")]
    rules: list[Rule] = []
    problems: list[Fault] = []
    for number, data in enumerate(declared, 1):
        found, wrong = _own_rule(data, f"{file} rule[{number}]")
        problems += wrong
        if found is None:
            continue
        if found.id in {r.id for r in rules}:
            problems.append(Fault(_("编号 {id} 用了两次").format(id=found.id), place=f"{file} rule[{number}].id"))
        rules.append(found)
    return tuple(rules), problems


def unknown_keys(tree: Mapping[str, Any], allowed: Collection[str], file: str, inside: str) -> Iterator[Fault]:
    """Tell the keys of a part of a file that nothing reads."""
    for key in tree:
        if key not in allowed:
            place = " ".join(x for x in (file, ".".join(y for y in (inside, key) if y)) if x)
            yield Fault(_("没有这一项"), place=place, hint=_("可用：{keys}").format(keys="、".join(sorted(allowed))))


def _own_rule(data: Any, place: str) -> tuple[Rule | None, list[Fault]]:
    if not isinstance(data, dict):
        return None, [Fault(_("自定规则写成 [[rule]]"), place=place)]
    problems = [Fault(f.message, place=f"{place}.{_last(f)}", hint=f.hint) for f in _unknown(data)]
    missing = [key for key in ("id", "zh", "basis", "holds") if not data.get(key)]
    problems += [Fault(_("没有填写"), place=f"{place}.{key}", hint=_(_WANTED[key])) for key in missing]
    if problems:
        return None, problems
    try:
        own = msgspec.convert(data, OwnRule)
    except msgspec.ValidationError as error:
        return None, [Fault(_("不合要求：{why}").format(why=error), place=place)]
    problems += _wrong(own, place)
    if problems:
        return None, problems
    fields = {name: getattr(own, name) for name in own.__struct_fields__ if name not in {"basis", "en"}}
    return Rule(**fields, en=own.en or own.zh, basis="office", authority=own.basis), []


_WANTED: Final = {
    "id": later("自定规则的编号写成 U-001。"),
    "zh": later("用一句话写明应当成立的是什么。"),
    "basis": later("写明依据，如本地的文件名称或“本单位规定”。"),
    "holds": later("写明等式，如 spending[total].total = summary[out:current_total].total"),
}


def _wrong(own: OwnRule, place: str) -> Iterator[Fault]:
    if not _ID.fullmatch(own.id):
        yield Fault(
            _("编号“{id}”不合要求").format(id=own.id), place=f"{place}.id", hint=_("自定规则的编号写成 U-001。")
        )
    texts = [("holds", own.holds), *_numbered("also", own.also), *_numbered("when", own.when)]
    for key, text in texts:
        yield from _wrong_term(text, own, f"{place}.{key}")
    for key, names in (("tables", own.tables), ("carry", tuple(own.carry)), ("same_carry", own.same_carry)):
        allowed = _tables() | set(_GROUPS) if key == "tables" else _tables()
        yield from (_no_table(name, f"{place}.{key}") for name in names if name not in allowed)


def _wrong_term(text: str, own: OwnRule, place: str) -> Iterator[Fault]:
    """Tell what is wrong with one statement: its spelling, a table nobody has, a variable without its tables."""
    try:
        statement = parse_statement(text)
    except TermError as error:
        rest = text[error.position - 1 :][:20]
        said = _("第 {n} 个字符起读不懂：{rest}").format(n=error.position, rest=rest or _("（到此为止）"))
        yield Fault(said, place=place, hint=_("例：summary[in:total].amount = summary[out:total].total"))
        return
    for cell in statement.cells:
        if cell.source not in _tables() | _OTHER and not cell.source.startswith("x_"):
            yield _no_table(cell.source, place)
    if "table" in statement.variables and not own.tables:
        yield Fault(_("用了 $table，要在 tables 里列出各表"), place=place)


def _no_table(name: str, place: str) -> Fault:
    return Fault(
        _("没有“{name}”这张表").format(name=name),
        place=place,
        hint=_("可用：{keys}").format(keys="、".join(sorted(_tables()))),
    )


def _tables() -> frozenset[str]:
    """List the tables that the words of any place or a form know."""
    return frozenset(lexicon().tables).union(t.id for one in pack_ids() for t in load_pack(one).tables)


def _numbered(key: str, texts: tuple[str, ...]) -> list[tuple[str, str]]:
    return [(f"{key}[{n}]", text) for n, text in enumerate(texts, 1)]


def _unknown(data: Mapping[str, Any]) -> Iterator[Fault]:
    return unknown_keys(data, OwnRule.__struct_fields__, "", "")


def _last(fault: Fault) -> str:
    return fault.place.rpartition(" ")[2]
