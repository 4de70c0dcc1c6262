"""Values against the data types that they fill: keys that nobody reads, keys that are missing, values of another kind."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

import msgspec

from mingzhang.forms.pack_check.faults import instead
from mingzhang.model.language import gettext as _
from mingzhang.model.language import later

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from mingzhang.forms.pack_check.faults import Notes

_KINDS: Final = {
    "int": later("整数"),
    "str": later("文字（加引号）"),
    "array": later("列表（方括号）"),
    "object": later("一组键值"),
    "bool": "true / false",
}
_EXPECTED: Final = re.compile(r"Expected `([^`]*)`, got `([^`]*)`")
_WRONG: Final = re.compile(r"Invalid enum value (.+?)(?: - at|$)")
_MISSING: Final = re.compile(r"missing required field `([^`]*)`")
_UNKNOWN: Final = re.compile(r"contains unknown field `([^`]*)`")
_PATH: Final = re.compile(r"`\$([^`]*)`")
_STEP: Final = re.compile(r"\.?([^.\[\]]+)|\[(\d+|\.\.\.)\]")


def unread_keys(notes: Notes, name: str, data: Mapping[str, Any], known: Collection[str], *under: str | int) -> None:
    """Note the keys of a file (or of a part of it) that nobody reads."""
    for key in data:
        if key not in known:
            notes.error(
                notes.sources.at(name, *under, key),
                _("没有“{key}”这个键，写了也不起作用").format(key=key),
                instead(key, known, most=24),
            )


def misfits(
    notes: Notes,
    name: str,
    data: Mapping[str, Any],
    kind: type[msgspec.Struct],
    *under: str | int,
    without: Collection[str] = (),
) -> None:
    """Note each value of a part of a file that is not what its key takes, and the keys that must be there."""
    for field in msgspec.structs.fields(kind):
        if field.encode_name in without:
            continue
        if field.encode_name not in data:
            if field.required:
                notes.error(
                    notes.sources.at(name, *under, field.encode_name), _("缺少“{key}”").format(key=field.encode_name)
                )
            continue
        try:
            msgspec.convert(data[field.encode_name], field.type)
        except msgspec.ValidationError as error:
            why = str(error)
            notes.error(
                notes.sources.at(name, *under, field.encode_name, *_path(why)), said(why), _expected(field.type, why)
            )


def said(why: str) -> str:
    """Say a data type's complaint in the words of an author."""
    if found := _EXPECTED.search(why):
        wanted, got = (
            " / ".join(_(_KINDS.get(k.strip(), k.strip())) for k in part.split("|")) for part in found.groups()
        )
        return _("这里要写{wanted}，写的是{got}").format(wanted=wanted, got=got)
    if found := _WRONG.search(why):
        return _("这里不能写{value}").format(value=found[1])
    if found := _MISSING.search(why):
        return _("缺少“{key}”").format(key=found[1])
    if found := _UNKNOWN.search(why):
        return _("没有“{key}”这个键，写了也不起作用").format(key=found[1])
    return why


def _expected(kind: Any, why: str) -> str:
    """List what may be written where only certain words may."""
    options = getattr(kind, "__args__", ())
    found = _WRONG.search(why)
    return (
        instead(found[1].strip("'"), [str(o) for o in options])
        if found and all(isinstance(o, str) for o in options)
        else ""
    )


def _path(why: str) -> tuple[str | int, ...]:
    found = _PATH.search(why)
    steps = _STEP.findall(found[1]) if found else []
    return tuple(int(n) if n.isdigit() else word for word, n in steps if word or n.isdigit())
