"""Whose document it is, by a register of units: renamed and homonymous ones, and files that lie under the wrong unit."""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING, Final

import msgspec

from mingzhang.model.fault import UnreadableInput
from mingzhang.model.keys import folded
from mingzhang.model.language import gettext as _
from mingzhang.readback.likeness import likeness
from mingzhang.readback.opening import file_content
from mingzhang.readback.text import decoded

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from mingzhang.model.disclosure import Disclosure

HEADS: Final = {
    "code": ("编码", "单位编码", "单位代码", "代码", "code"),
    "name": ("名称", "单位名称", "单位", "部门名称", "name"),
    "former": ("曾用名", "原名", "原名称", "former", "former_names"),
    "parent": ("上级", "上级编码", "上级单位", "主管部门", "主管部门编码", "parent"),
    "region": ("区划", "行政区划", "地区", "区划名称", "region"),
}
"""The columns of a register and what their heads may be called; code and name it must have."""

_SEVERAL: Final = re.compile(r"[;；、|]")
_OWN_OFFICE: Final = re.compile(r"[(（]?(?:本级|机关|本部)[)）]?$")
_CODE: Final = re.compile(r"\d{3,}")
_SURE: Final = 90
_ENOUGH: Final = 70
_FORMER: Final = 95
_ENDING: Final = 80
_BY_CODE: Final = 75
_AGREES: Final = 5
_DISAGREES: Final = 20
_ALIKE: Final = 0.8
_SHORTEST: Final = 4


class Unit(msgspec.Struct, frozen=True):
    """One unit of a register; `parent` is a code or a name."""

    code: str
    name: str
    former: tuple[str, ...] = ()
    parent: str = ""
    region: str = ""


class Match(msgspec.Struct, frozen=True, omit_defaults=True):
    """The unit that a document is most likely of, in percent how surely and why; `others` are as likely or nearly."""

    unit: Unit | None
    confidence: int = 0
    how: str = ""
    others: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()


def read_register(path: Path) -> tuple[Unit, ...]:
    """Read a register of units from CSV with a head.

    Raises:
        UnreadableInput: no such file, no column of codes or of names, or a line without either.
    """
    rows = list(csv.reader(io.StringIO(decoded(file_content(path), path.name))))
    heads = [folded(h) for h in rows[0]] if rows else []
    at = {
        key: next((heads.index(folded(n)) for n in names if folded(n) in heads), None) for key, names in HEADS.items()
    }
    for key in ("code", "name"):
        if at[key] is None:
            wanted = _("、").join(HEADS[key])
            hint = _("第一行要有单位编码和名称两栏，可有曾用名、上级、区划。")
            raise UnreadableInput(_("名册没有这一栏：{heads}").format(heads=wanted), place=path.name, hint=hint)
    units = []
    for number, row in enumerate(rows[1:], start=2):
        found = {k: row[i].strip() if i is not None and i < len(row) else "" for k, i in at.items()}
        if not any(found.values()):
            continue
        if not found["name"]:
            raise UnreadableInput(_("没有单位名称"), place=_("{file}: 第{line}行").format(file=path.name, line=number))
        former = tuple(n.strip() for n in _SEVERAL.split(found["former"]) if n.strip())
        units.append(Unit(found["code"], found["name"], former, found["parent"], found["region"]))
    return tuple(units)


def matched(found: Disclosure, register: Sequence[Unit], path: Path) -> Match:
    """Find the unit of the register that a document says it is of, and whether its file lies where that unit's should."""
    weighed = [(*_weight(u, found), u) for u in register]
    best = max((w[0] for w in weighed), default=0)
    if best < _ENOUGH:
        doubt = _("名册里没有“{name}”").format(name=found.unit_name)
        return Match(None, doubts=(doubt,) if found.unit_name else (_("没有单位名称，不能与名册核对"),))
    alike = [(how, u) for score, how, u in weighed if score == best]
    if len(alike) > 1:
        near = [(how, u) for how, u in alike if _is_near(u, found, path, register)]
        alike = near if len(near) == 1 else alike
    how, unit = alike[0]
    doubts = []
    if len(alike) > 1:
        names = _("、").join(_described(u) for _how, u in alike)
        doubts.append(_("名册里有几个同名的单位，不能确定是哪一个：{units}").format(units=names))
    if how == "former":
        doubts.append(_("印的是曾用名“{name}”，现名“{now}”").format(name=found.unit_name, now=unit.name))
    if found.unit_code and unit.code and found.unit_code != unit.code:
        doubts.append(_("印的编码是 {code}，名册里是 {known}").format(code=found.unit_code, known=unit.code))
    doubts += _misplaced([u for _how, u in alike], register, path)
    others = tuple(_described(u) for score, _how, u in weighed if u is not unit and best - score <= _DISAGREES)
    return Match(unit, best // len(alike), how, others, tuple(doubts))


def registered(found: Disclosure, match: Match) -> Disclosure:
    """Note a match in a document; code and region are filled in where they were not printed and the match is sure."""
    sure = match.unit if match.confidence >= _SURE else None
    noted = {"/register": msgspec.json.decode(msgspec.json.encode(match))}
    return msgspec.structs.replace(
        found,
        unit_code=found.unit_code or (sure.code if sure is not None else ""),
        division=found.division or (sure.region if sure is not None else ""),
        doubts=(*found.doubts, *match.doubts),
        extra={**found.extra, **noted},
    )


def _weight(unit: Unit, found: Disclosure) -> tuple[int, str]:
    """Weigh one unit: by its name, a former one, an ending of it, or its likeness; then by the code."""
    name, own = _plain(found.unit_name), _plain(unit.name)
    same_code = bool(found.unit_code) and unit.code == found.unit_code
    score, how = 0, ""
    if name and name == own:
        score, how = 100, "name"
    elif name and name in {_plain(f) for f in unit.former}:
        score, how = _FORMER, "former"
    elif min(len(name), len(own)) >= _SHORTEST and (name.endswith(own) or own.endswith(name)):
        score, how = _ENDING, "ending"
    elif name and (like := likeness(name, own)) >= _ALIKE:
        score, how = int(_SURE * like), "alike"
    if same_code:
        return (min(100, score + _AGREES), how) if score else (_BY_CODE, "code")
    if found.unit_code and unit.code and score:
        return score - _DISAGREES, how
    return score, how


def _is_near(unit: Unit, found: Disclosure, path: Path, register: Sequence[Unit]) -> bool:
    """Tell whether the region or the parent of a unit is named by the document or the folders it lies in."""
    said = folded(" ".join((found.division, *found.publication.cover, *path.resolve().parts)))
    parent = next((u.name for u in register if unit.parent and unit.parent in {u.code, u.name}), unit.parent)
    words = [w for w in (unit.region, parent, unit.code) if len(w) > 1]
    return any(folded(w) in said for w in words)


def _misplaced(units: Sequence[Unit], register: Sequence[Unit], path: Path) -> list[str]:
    """Say if the file's name or folder is that of another unit, which is not above it."""
    for part in (path.stem, *reversed(path.parent.parts)):
        plain = folded(part)
        codes = set(_CODE.findall(part))
        named = [u for u in register if len(u.name) >= _SHORTEST and folded(u.name) in plain]
        longest = max((len(u.name) for u in named), default=0)
        there = [u for u in named if len(u.name) == longest] or [u for u in register if u.code and u.code in codes]
        if not there:
            continue
        above = {p for u in units for p in (u.code, u.name, u.parent) if p}
        if any(t in units or t.code in above or t.name in above for t in there):
            return []
        return [
            _("文件放在“{place}”之下，内容却是“{unit}”的").format(place=_described(there[0]), unit=_described(units[0]))
        ]
    return []


def _plain(name: str) -> str:
    return _OWN_OFFICE.sub("", folded(name))


def _described(unit: Unit) -> str:
    region = f"（{unit.region}）" if unit.region and unit.region not in unit.name else ""
    return f"{unit.code} {unit.name}{region}".strip()
