"""Findings accepted for good: each with its reason and the role of who answers for it, until its figures change.

A waiver names a finding by its id, which stands for the rule, the places in the document's own terms and every value
compared; page and line are not part of it. When a figure changes so does the id, and the waiver lapses.
"""

from __future__ import annotations

import re
import tomllib
from typing import TYPE_CHECKING, Any, Final

import msgspec

from mingzhang.model.fault import Fault, UnreadableInput, why_not
from mingzhang.model.finding import Finding
from mingzhang.model.language import gettext as _
from mingzhang.model.language import later
from mingzhang.rules.user_rules import unknown_keys

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path


_ID: Final = re.compile(r"[A-Z]-\d{3}-[0-9a-f]{10}")


class Waiver(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One finding accepted: why, by the holder of which role, and since when where that is said."""

    finding: str
    reason: str
    role: str
    date: str = ""

    @property
    def rule(self) -> str:
        """Give the number of the rule whose finding is accepted."""
        return self.finding[:5]


class Waived(msgspec.Struct, frozen=True):
    """Findings that still stand, those accepted with their waivers, and waivers that no longer fit any finding.

    `lapsed` are waivers whose rule still finds something, though not of those figures; `idle` those whose rule is content.
    """

    standing: tuple[Finding, ...]
    accepted: tuple[tuple[Finding, Waiver], ...] = ()
    lapsed: tuple[Waiver, ...] = ()
    idle: tuple[Waiver, ...] = ()


class InvalidWaivers(UnreadableInput):
    """A file of waivers does not say what it should."""


def read_waivers(path: Path) -> tuple[Waiver, ...]:
    """Read a file of `[[waiver]]`, each with `finding`, `reason`, `role` and perhaps `date`.

    Raises:
        InvalidWaivers: it cannot be read, or a waiver lacks something; every problem is told by file and key.
    """
    place = str(path)
    try:
        tree = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise InvalidWaivers(_("文件读不了：{why}").format(why=why_not(error)), place=place) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InvalidWaivers(_("不是 TOML：{why}").format(why=error), place=place) from error
    problems = [str(p) for p in _problems(tree, place)]
    if problems:
        raise InvalidWaivers("\n".join(problems))
    return tuple(Waiver(**{k: str(v) for k, v in one.items()}) for one in tree.get("waiver", ()))


def apply_waivers(findings: Sequence[Finding], waivers: Sequence[Waiver]) -> Waived:
    """Take the findings out that somebody accepted; only what is violated can be."""
    by_id = {w.finding: w for w in waivers}
    accepted = tuple((f, by_id[f.id]) for f in findings if f.outcome == "violated" and f.id in by_id)
    used = {f.id for f, _waiver in accepted}
    standing = tuple(f for f in findings if f.id not in used)
    open_rules = {f.rule for f in standing if f.outcome == "violated"}
    rest = [w for w in waivers if w.finding not in used]
    return Waived(
        standing,
        accepted,
        tuple(w for w in rest if w.rule in open_rules),
        tuple(w for w in rest if w.rule not in open_rules),
    )


def waived_lines(waived: Waived) -> list[str]:
    """Write what was accepted, and which waivers no longer hold, as lines of a report."""
    lines = []
    for found, waiver in waived.accepted:
        since = f" {waiver.date}" if waiver.date else ""
        lines.append(f"{_('已接受')} {found.id} {found.message}")
        lines.append(f"      {_('理由')} {waiver.reason}（{waiver.role}{since}）")
    lines += [
        _("豁免失效 {id}：数字已经变动，问题重新列出（理由曾为：{reason}）").format(id=w.finding, reason=w.reason)
        for w in waived.lapsed
    ]
    lines += [_("豁免不再需要 {id}：问题已不存在").format(id=w.finding) for w in waived.idle]
    return lines


def _problems(tree: Mapping[str, Any], file: str) -> Iterator[Fault]:
    yield from unknown_keys(tree, ("waiver",), file, "")
    listed = tree.get("waiver", [])
    if not isinstance(listed, list):
        yield Fault(_("豁免写成 [[waiver]]"), place=f"{file} waiver")
        return
    seen: set[str] = set()
    for number, one in enumerate(listed, 1):
        at = f"waiver[{number}]"
        if not isinstance(one, dict):
            yield Fault(_("豁免写成 [[waiver]]"), place=f"{file} {at}")
            continue
        yield from unknown_keys(one, Waiver.__struct_fields__, file, at)
        for key in ("finding", "reason", "role"):
            if not str(one.get(key, "")).strip():
                yield Fault(_("没有填写"), place=f"{file} {at}.{key}", hint=_(_WANTED[key]))
        name = str(one.get("finding", ""))
        if name and not _ID.fullmatch(name):
            yield Fault(
                _("“{id}”不是问题的编号").format(id=name), place=f"{file} {at}.finding", hint=_(_WANTED["finding"])
            )
        if name in seen:
            yield Fault(_("编号 {id} 用了两次").format(id=name), place=f"{file} {at}.finding")
        seen.add(name)


_WANTED: Final = {
    "finding": later("写问题的编号（--format json 里的 id），如 B-002-0123456789。"),
    "reason": later("写明为什么可以接受。"),
    "role": later("写明由谁认定：写岗位，不写姓名。"),
}
