"""Profiles of exports: which heading is which field, confirmed once and kept as a TOML file under a name."""

from __future__ import annotations

import os
import re
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import msgspec

from mingzhang.intake.platform.vocabulary import TEXTS, vocabulary
from mingzhang.model.fault import Fault, why_not
from mingzhang.model.language import gettext as _

if TYPE_CHECKING:
    from collections.abc import Iterator

SHIPPED: Final = Path(__file__).parent.parent / "profiles"
VARIABLE: Final = "MINGZHANG_PROFILES"
"""The environment variable that names a folder of profiles of one's own."""

_NAME: Final = re.compile(r"[0-9A-Za-z\u4e00-\u9fff][0-9A-Za-z\u4e00-\u9fff._-]*")
_ATTRIBUTES: Final = ("fund", "fund_part", "origin", "kind", "category", "level")
"""Fields that a sheet or an amount column may state for all its lines."""


class AmountColumn(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """One column of amounts and what it says of them: `fund`, `origin`, `kind` in words of the export."""

    heading: str
    says: dict[str, str] = {}


class SheetProfile(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """What holds for sheets of a name (`*` and `?` stand for anything): left out, or columns and constants of their own."""

    name: str
    use: bool = True
    unit: str = ""
    columns: dict[str, str] = {}
    amounts: tuple[AmountColumn, ...] = ()
    constants: dict[str, str] = {}


class ExportProfile(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """How one platform's export is laid out.

    `columns` gives the heading of each field (`#2` behind it for the second of that name, `@H` for a column by letter);
    without any, headings are matched by the vocabulary, and with `others` those that are not named here are too. `same_as_above` are fields whose blank cells repeat the line
    above. `basic_by_economic` tells 人员经费 from 公用经费 by the beginning of the economic code (`*` for all others).
    `tails` accepts sub-totals that differ by no more than rounding could.
    """

    title: str = ""
    unit: str = ""
    columns: dict[str, str] = {}
    others: bool = False
    amounts: tuple[AmountColumn, ...] = ()
    constants: dict[str, str] = {}
    words: dict[str, dict[str, str]] = {}
    same_as_above: tuple[str, ...] = ()
    basic_by_economic: dict[str, str] = {}
    totals: tuple[str, ...] = ()
    tails: bool = False
    sheets: tuple[SheetProfile, ...] = ()


class InvalidProfile(Fault):
    """A profile does not exist, is not TOML, or names something that no profile has."""


def fields() -> tuple[str, ...]:
    """List the fields that a column may be."""
    return tuple(vocabulary().heading)


def load_profile(name: str) -> ExportProfile:
    """Load a profile by its name, or from a file whose path is given.

    Raises:
        InvalidProfile: there is none, or it cannot be used.
    """
    path = Path(name) if name.endswith(".toml") else _found(name)
    try:
        tree = tomllib.loads(path.read_text(encoding="utf-8"))
        profile = msgspec.convert(tree, ExportProfile)
    except OSError as error:
        raise InvalidProfile(_("文件无法打开：{why}").format(why=why_not(error)), place=str(path)) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, msgspec.ValidationError) as error:
        raise InvalidProfile(_("导入方案无法解析：{why}").format(why=error), place=str(path)) from error
    return checked(profile, str(path))


def checked(profile: ExportProfile, place: str) -> ExportProfile:
    """Give a profile back if it can be used.

    Raises:
        InvalidProfile: it names fields, words or units that there are not.
    """
    problems = list(_problems(profile))
    if problems:
        raise InvalidProfile(_("；").join(problems), place=place)
    return profile


def profile_names() -> dict[str, str]:
    """Give the titles of all profiles by name, one's own before the shipped ones."""
    found: dict[str, str] = {}
    for folder in (own_folder(), SHIPPED):
        for path in sorted(folder.glob("*.toml")) if folder.is_dir() else ():
            found.setdefault(path.stem, load_profile(str(path)).title)
    return found


def own_folder() -> Path:
    """Give the folder in which the user's profiles are kept."""
    if os.environ.get(VARIABLE):
        return Path(os.environ[VARIABLE])
    return Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config") / "mingzhang" / "profiles"


def profile_path(name: str) -> Path:
    """Give the file under which a profile is saved.

    Raises:
        InvalidProfile: the name cannot be that of a file.
    """
    if not _NAME.fullmatch(name):
        raise InvalidProfile(_("方案名“{name}”不能用作文件名").format(name=name))
    return own_folder() / f"{name}.toml"


def profile_text(profile: ExportProfile) -> str:
    """Spell a profile as TOML."""
    tree = msgspec.to_builtins(profile)
    return "\n".join(_toml(tree, ())).lstrip("\n") + "\n"


def _found(name: str) -> Path:
    for folder in (own_folder(), SHIPPED):
        path = folder / f"{name}.toml"
        if path.is_file():
            return path
    raise InvalidProfile(
        _("没有“{name}”这个导入方案").format(name=name),
        hint=_("可用的方案：{names}").format(names=_("、").join(profile_names())),
    )


def _problems(profile: ExportProfile) -> Iterator[str]:
    known = set(fields())
    parts: tuple[ExportProfile | SheetProfile, ...] = (profile, *profile.sheets)
    for part in parts:
        for field in part.columns:
            if field not in known:
                yield _("没有“{field}”这个字段，可用：{fields}").format(field=field, fields=_("、").join(sorted(known)))
        said = [*part.constants, *(f for a in part.amounts for f in a.says)]
        for field in said:
            if field not in (*_ATTRIBUTES, "unit", "unit_code", "unit_name", "unit_type", "function"):
                yield _("“{field}”不能是固定值").format(field=field)
        if part.unit not in {"", "元", "万元"}:
            yield _("金额单位应为 元 或 万元，这里是“{unit}”").format(unit=part.unit)
    for field in profile.same_as_above:
        if field not in known:
            yield _("没有“{field}”这个字段，可用：{fields}").format(field=field, fields=_("、").join(sorted(known)))
    yield from _wrong_words(profile)


def _wrong_words(profile: ExportProfile) -> Iterator[str]:
    for field, words in profile.words.items():
        meanings = vocabulary().words.get(field)
        if meanings is None:
            yield _("“{field}”没有可以约定的词").format(field=field)
            continue
        for word, said in words.items():
            if said not in meanings:
                yield _("“{word}”的含义“{said}”不认识，可用：{known}").format(
                    word=word, said=said, known=_("、").join(meanings)
                )


def _toml(tree: dict[str, Any], path: tuple[str, ...]) -> Iterator[str]:
    """Spell a tree of texts, lists of texts, tables and lists of tables; tables come after plain values."""
    for key, value in tree.items():
        if not _is_table(value):
            yield f"{_key(key)} = {_value(value)}"
    for key, value in tree.items():
        name = ".".join(_key(k) for k in (*path, key))
        if isinstance(value, dict) and value:
            yield ""
            yield f"[{name}]"
            yield from _toml(value, (*path, key))
        elif _is_table(value):
            for element in value:
                yield ""
                yield f"[[{name}]]"
                yield from _toml(element, (*path, key))


def _is_table(value: Any) -> bool:
    return isinstance(value, dict) or (isinstance(value, list | tuple) and bool(value) and isinstance(value[0], dict))


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(_value, value))}]"
    return '"' + str(value).translate(_ESCAPES) + '"'


def _key(key: str) -> str:
    return key if re.fullmatch(r"[A-Za-z0-9_-]+", key) else _value(key)


_ESCAPES: Final = {ord('"'): '\\"', ord("\\"): "\\\\"} | {n: f"\\u{n:04x}" for n in (*range(32), 127)}

assert set(TEXTS) <= set(fields())
