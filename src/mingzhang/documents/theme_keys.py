"""The keys of a theme's file against what a theme has: unknown ones, values of another kind, values out of bounds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import msgspec
from msgspec import inspect

from mingzhang.forms.pack_check.faults import instead
from mingzhang.forms.pack_check.shapes import said
from mingzhang.model.language import gettext as _

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from mingzhang.documents.theme_notes import ThemeNotes

_COLOUR: Final = "#[0-9a-fA-F]{6}"


def check_keys(
    notes: ThemeNotes,
    data: Mapping[str, Any],
    kind: type,
    under: tuple[str, ...] = (),
    *,
    without: Collection[str] = (),
) -> None:
    """Look at every key of a table of the file, and of the tables in it."""
    shape = inspect.type_info(kind)
    assert isinstance(shape, inspect.StructType)
    fields = {f.encode_name: f.type for f in shape.fields if f.encode_name not in without}
    for key, value in data.items():
        if key not in fields:
            notes.error(
                (*under, key), _("没有“{key}”这个键，写了也不起作用").format(key=key), instead(key, fields, most=24)
            )
            continue
        wanted = fields[key]
        if isinstance(wanted, inspect.StructType) and isinstance(value, dict):
            check_keys(notes, value, wanted.cls, (*under, key))
        else:
            _check_value(notes, (*under, key), value, wanted)


def _check_value(notes: ThemeNotes, path: tuple[str, ...], value: Any, wanted: inspect.Type) -> None:
    match wanted, value:
        case inspect.FloatType(ge=low, le=high), int() | float() if not isinstance(value, bool):
            if not (low or 0) <= value <= (high or value):
                message = _("{value} 超出范围").format(value=value)
                notes.error(path, message, _("可取 {low} 到 {high}。").format(low=f"{low:g}", high=f"{high:g}"))
        case inspect.LiteralType(values=words), str():
            if value not in words:
                notes.error(path, _("这里不能写{value}").format(value=value), instead(value, map(str, words)))
        case inspect.StrType(pattern=pattern, max_length=most), str():
            _check_text(notes, path, value, pattern or "", most)
        case inspect.VarTupleType(item_type=item, min_length=least), list():
            if len(value) != least:
                notes.error(path, _("要正好 {wanted} 个，写了 {found} 个").format(wanted=least, found=len(value)))
            for one in value:
                _check_value(notes, path, one, item)
        case inspect.StructType(), _:
            notes.error(path, _("这里要写一组键值"), f"[{'.'.join(path)}]")
        case _:
            _convert(notes, path, value, wanted)


def _check_text(notes: ThemeNotes, path: tuple[str, ...], value: str, pattern: str, most: int | None) -> None:
    import re  # noqa: PLC0415

    if pattern and not re.search(pattern, value):
        if _COLOUR in pattern:
            notes.error(path, _("{value} 不是颜色").format(value=value), _("写成 #rrggbb，例如 #1b2430。"), text=value)
        else:
            notes.error(
                path,
                _("这里不能写{value}").format(value=value),
                _("不能有引号、分号、花括号、尖括号和反斜杠，也不能太短太长。"),
            )
    elif most is not None and len(value) > most:
        notes.error(path, _("{count} 个字，太长").format(count=len(value)), _("最多 {most} 个字。").format(most=most))
    elif not value and path[-1] in {"contents", "continued", "draft"}:
        notes.error(path, _("这里不能空着"))


def _convert(notes: ThemeNotes, path: tuple[str, ...], value: Any, wanted: inspect.Type) -> None:
    kinds = {inspect.FloatType: float, inspect.BoolType: bool, inspect.VarTupleType: list}
    try:
        msgspec.convert(value, kinds.get(type(wanted), str))
    except msgspec.ValidationError as error:
        notes.error(path, said(str(error)))
