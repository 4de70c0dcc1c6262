"""Rules as an office wants them: which are asked, how grave they are, by which words they go, and rules of its own.

A settings file is TOML: `only` and `skip` list rules or families, `[severity]` says how grave a rule is, `[words.GROUP]`
puts other words, patterns and thresholds in the place of those of `words.toml`, `[more.GROUP]` adds to its lists,
`[[rule]]` declares an equality of one's own, and `[pack."ID"]` says any of these for one form alone.
"""

from __future__ import annotations

import re
import tomllib
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

import msgspec

from mingzhang.model.fault import Fault, why_not
from mingzhang.model.finding import Severity
from mingzhang.model.language import gettext as _
from mingzhang.rules.catalogue import EVERY_RULE, FAMILIES, Rule
from mingzhang.rules.user_rules import own_rules, unknown_keys
from mingzhang.rules.words import Words, changed_words, group_problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from mingzhang.model.finding import Finding

SEVERITIES: Final[tuple[Severity, ...]] = ("error", "warning", "hint")
_KEYS: Final = frozenset({"only", "skip", "severity", "words", "more", "rule", "pack"})
_NUMBER: Final = re.compile(r"[A-Z](?:-\d{3})?")


class InvalidRuleSettings(Fault):
    """A settings file, a flag or a rule of one's own does not say what it should; several such are joined."""

    def __init__(self, problems: Sequence[Fault]) -> None:
        """Join the problems, each with its file and key."""
        super().__init__("\n".join(str(p) for p in problems))
        self.problems = tuple(problems)


class Steering(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """What somebody wants otherwise than the catalogue says; `packs` holds the same for single forms."""

    only: tuple[str, ...] = ()
    skip: tuple[str, ...] = ()
    severity: dict[str, Severity] = {}
    words: Words = {}
    rules: tuple[Rule, ...] = ()
    packs: dict[str, Steering] = {}

    def over(self, other: Steering) -> Steering:
        """Lay this over another: its choice of rules counts, what it skips is skipped too, its severities win."""
        return Steering(
            only=self.only or other.only,
            skip=(*other.skip, *self.skip),
            severity={**other.severity, **self.severity},
            words={**other.words, **self.words},
            rules=(*other.rules, *(r for r in self.rules if r.id not in {o.id for o in other.rules})),
            packs={**other.packs, **self.packs},
        )

    def chosen(self, pack: str = "") -> Chosen:
        """Settle what holds for documents of a form."""
        found = self._settled.get(pack)
        if found is None:
            own = self.packs.get(pack)
            found = self._settled[pack] = _chosen(self if own is None else own.over(self))
        return found

    @cached_property
    def _settled(self) -> dict[str, Chosen]:
        """Keep what was settled by the names of forms; many documents are checked by one steering."""
        return {}


class Chosen(msgspec.Struct, frozen=True, dict=True):
    """The rules that are asked, in order of their numbers, the most that findings of a rule may be, and the words."""

    rules: tuple[Rule, ...] = EVERY_RULE
    most: dict[str, Severity] = {}
    words: Words = {}

    def lowered(self, found: Finding) -> Finding:
        """Give a finding no graver than somebody wants those of its rule."""
        most = self.most.get(found.rule)
        if most is None or SEVERITIES.index(found.severity) >= SEVERITIES.index(most):
            return found
        return msgspec.structs.replace(found, severity=most)

    def of(self, *reach: str) -> tuple[Rule, ...]:
        """List the rules that look at so much: `document`, `years`, `area`."""
        found = self._of.get(reach)
        if found is None:
            found = self._of[reach] = tuple(r for r in self.rules if r.reach in reach)
        return found

    @cached_property
    def _of(self) -> dict[tuple[str, ...], tuple[Rule, ...]]:
        return {}


def read_settings(path: Path) -> Steering:
    """Read a settings file.

    Raises:
        InvalidRuleSettings: it cannot be read, or anything in it is not what it should be; every problem is told.
    """
    place = str(path)
    try:
        tree = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise InvalidRuleSettings([Fault(_("文件读不了：{why}").format(why=why_not(error)), place=place)]) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InvalidRuleSettings([Fault(_("不是 TOML：{why}").format(why=error), place=place)]) from error
    rules, problems = own_rules(tree, place)
    problems = [*_problems(tree, place), *problems]
    if problems:
        raise InvalidRuleSettings(problems)
    return _steering(tree, rules)


def from_flags(only: Iterable[str], skip: Iterable[str], severities: Iterable[str]) -> Steering:
    """Read the flags `--only`, `--skip` and `--severity ID=LEVEL`; several numbers may stand in one, with commas.

    Raises:
        InvalidRuleSettings: a flag names no rule, or no severity.
    """
    levels: dict[str, Any] = {}
    problems = []
    for word in severities:
        number, sign, level = word.partition("=")
        levels[number.strip()] = level.strip()
        if not sign:
            problems.append(Fault(_("“{word}”应写成 编号=程度").format(word=word), place="--severity"))
    tree = {"only": _listed(only), "skip": _listed(skip), "severity": levels}
    for key, flag in (("only", "--only"), ("skip", "--skip"), ("severity", "--severity")):
        problems += [Fault(p.message, place=flag, hint=p.hint) for p in _problems({key: tree[key]}, "")]
    if problems:
        raise InvalidRuleSettings(problems)
    return _steering(tree, ())


def settled(flags: Steering, file: Steering | None) -> Steering:
    """Lay the flags over a settings file, and over what it says for single forms."""
    if file is None:
        return flags
    packs = {name: flags.over(own) for name, own in file.packs.items()}
    return msgspec.structs.replace(flags.over(file), packs=packs)


def _listed(words: Iterable[str]) -> list[str]:
    return [n.strip().upper() for word in words for n in re.split(r"[,，\s]+", word) if n.strip()]


def _chosen(wanted: Steering) -> Chosen:
    if not (wanted.rules or wanted.skip or wanted.only or wanted.severity):
        return Chosen(words=wanted.words)
    rules = [r for r in (*EVERY_RULE, *wanted.rules) if not _is_among(r.id, wanted.skip)]
    rules = [r for r in rules if not wanted.only or _is_among(r.id, wanted.only)]
    levels = {r.id: s for r in rules if (s := wanted.severity.get(r.id) or wanted.severity.get(r.id[0]))}
    asked = (msgspec.structs.replace(r, severity=levels[r.id]) if r.id in levels else r for r in rules)
    return Chosen(tuple(sorted(asked, key=lambda r: r.id)), levels, wanted.words)


def _is_among(number: str, listed: Iterable[str]) -> bool:
    return any(number in (one, one[0]) if len(one) > 1 else number[0] == one for one in listed)


def _steering(tree: Mapping[str, Any], rules: tuple[Rule, ...]) -> Steering:
    return Steering(
        only=tuple(_listed(tree.get("only", ()))),
        skip=tuple(_listed(tree.get("skip", ()))),
        severity=dict(tree.get("severity", {})),
        words=changed_words(tree.get("words", {}), tree.get("more", {})),
        rules=rules,
        packs={name: _steering(own, ()) for name, own in tree.get("pack", {}).items()},
    )


def _problems(tree: Mapping[str, Any], file: str, inside: str = "") -> Iterator[Fault]:
    """List what is wrong with a settings file, each with its key; its own rules are looked at by themselves."""
    own = tuple(str(r.get("id", "")) for r in tree.get("rule", ()) if isinstance(r, dict))
    allowed = _KEYS - {"rule", "pack"} if inside else _KEYS
    yield from unknown_keys(tree, allowed, file, inside)
    for key in ("only", "skip"):
        listed = tree.get(key, [])
        if not isinstance(listed, list) or not all(isinstance(n, str) for n in listed):
            yield Fault(_("应是编号的列表"), place=_at(file, inside, key))
            continue
        yield from (_unknown(n, _at(file, inside, key)) for n in _listed(listed) if not _is_known(n, own, inside))
    yield from _severity_problems(tree.get("severity", {}), own, file, inside)
    yield from _word_problems(tree, file, inside)
    for name, part in (tree.get("pack") or {}).items():
        if isinstance(part, dict):
            yield from _problems(part, file, f'pack."{name}"')
        else:
            yield Fault(_("应是一段设置"), place=_at(file, inside, f"pack.{name}"))


def _severity_problems(levels: Any, own: tuple[str, ...], file: str, inside: str) -> Iterator[Fault]:
    if not isinstance(levels, dict):
        yield Fault(_("应是 编号 = 程度"), place=_at(file, inside, "severity"))
        return
    for number, level in levels.items():
        place = _at(file, inside, f"severity.{number}")
        if not _is_known(number, own, inside):
            yield _unknown(number, place)
        if level not in SEVERITIES:
            hint = _("可用：error（错误）、warning（警告）、hint（提示）；不要这一条，写进 skip。")
            yield Fault(_("没有“{level}”这种程度").format(level=level), place=place, hint=hint)


def _word_problems(tree: Mapping[str, Any], file: str, inside: str) -> Iterator[Fault]:
    for kind in ("words", "more"):
        for group, changes in (tree.get(kind) or {}).items():
            for key, problem in group_problem(group, changes, adding=kind == "more"):
                yield Fault(problem, place=_at(file, inside, ".".join(x for x in (kind, group, key) if x)))


def _is_known(number: str, own: tuple[str, ...], inside: str) -> bool:
    if not _NUMBER.fullmatch(number):
        return False
    known = {r.id for r in EVERY_RULE} | set(own)
    return number in known or number in FAMILIES or (number[0] == "U" and (bool(inside) or number == "U" or not own))


def _unknown(number: str, place: str) -> Fault:
    return Fault(
        _("没有编号为 {id} 的规则").format(id=number), place=place, hint=_("用 mingzhang rules 查看全部规则。")
    )


def _at(file: str, inside: str, key: str) -> str:
    return " ".join(x for x in (file, ".".join(y for y in (inside, key) if y)) if x)
