"""Replaying what a person said of a reading: figures and texts put right, doubts that are none any longer.

A correction names its place by a JSON pointer and says what was read there; where the reading says something else now,
the correction is refused, never guessed.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Final

import msgspec
from msgspec.structs import replace

from mingzhang.forms.indicator_values import split_value
from mingzhang.model.corrections import CORRECTIONS_SCHEMA, Correction, Corrections, steps
from mingzhang.model.disclosure import Paragraph
from mingzhang.model.fault import Fault, UnreadableInput
from mingzhang.model.figure import Figure, read_figure
from mingzhang.model.language import gettext as _
from mingzhang.model.performance import Indicator
from mingzhang.readback.doors import file_content

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from mingzhang.model.disclosure import Disclosure

_EXTRA: Final = "/corrections"


class UnfitCorrection(Fault):
    """A correction does not fit what was read: another file, another place, another text there."""


def read_corrections(path: Path) -> Corrections:
    """Read a file of corrections.

    Raises:
        UnreadableInput: no such file, or none of corrections.
    """
    try:
        found = msgspec.json.decode(file_content(path), type=Corrections)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise UnreadableInput(_("不是更正文件：{why}").format(why=error), place=path.name) from error
    if found.schema != CORRECTIONS_SCHEMA:
        message = _("schema 是“{stated}”，应为“{known}”").format(stated=found.schema, known=CORRECTIONS_SCHEMA)
        raise UnreadableInput(message, place=path.name)
    return found


def corrected(disclosure: Disclosure, corrections: Corrections, name: str = "") -> Disclosure:
    """Give the disclosure with every correction made, and the corrections kept beside it (`extra`).

    Raises:
        UnfitCorrection: they are another file's, or one of them does not fit what was read.
    """
    own = "" if disclosure.source is None else disclosure.source.sha256
    if corrections.sha256 and own and corrections.sha256 != own:
        hint = _("更正是为 SHA-256 以 {start} 开头的文件做的。").format(start=corrections.sha256[:12])
        raise UnfitCorrection(_("更正不是为这份文件做的"), place=name, hint=hint)
    for n, made in enumerate(corrections.made):
        place = f"{name}#/made/{n}"
        disclosure = _changed(disclosure, steps(made.at), partial(_settled, made=made, place=place), place)
    return replace(disclosure, extra={**disclosure.extra, _EXTRA: msgspec.to_builtins(corrections.made)})


def _changed(value: Any, path: tuple[str, ...], change: Callable[[Any], Any], place: str) -> Any:
    """Rebuild a value with what stands at the path changed."""
    if not path:
        return change(value)
    first, rest = path[0], path[1:]
    if isinstance(value, msgspec.Struct) and first in value.__struct_fields__:
        new: Any = replace(value, **{first: _changed(getattr(value, first), rest, change, place)})
        if isinstance(value, Paragraph) and first == "slots":
            return _retold(value, new, int(rest[0]))
        return _taken_apart(new) if isinstance(new, Indicator) and path == ("value",) else new
    if isinstance(value, tuple) and first.isdigit() and int(first) < len(value):
        at = int(first)
        return (*value[:at], _changed(value[at], rest, change, place), *value[at + 1 :])
    if isinstance(value, dict) and first in value:
        return {**value, first: _changed(value[first], rest, change, place)}
    raise UnfitCorrection(_("读取的结果里没有这个位置"), place=place)


def _settled(value: Any, made: Correction, place: str) -> Any:
    """Give what stands at the place after the correction."""
    if isinstance(value, Figure):
        return _figure(value, made, place)
    if isinstance(value, str):
        _must_be(value, made, place)
        return value if made.now is None else made.now
    if made.now is None and isinstance(value, msgspec.Struct) and "doubt" in value.__struct_fields__:
        return replace(value, doubt="")
    raise UnfitCorrection(_("这个位置上不是数字，也不是文字"), place=place)


def _figure(value: Figure, made: Correction, place: str) -> Figure:
    _must_be(value.printed, made, place)
    if made.now is None:
        return replace(value, doubt="")
    found = read_figure(made.now, value.unit, value.place)
    if found is None:
        raise UnfitCorrection(_("“{text}”不是数字").format(text=made.now), place=f"{place}/now")
    return found if found.is_number else replace(found, places=value.places)


def _must_be(text: str, made: Correction, place: str) -> None:
    if text != made.was:
        message = _("这里读到的是“{text}”，更正时是“{was}”").format(text=text, was=made.was)
        raise UnfitCorrection(message, place=place, hint=_("文件或程序已经变了，请重新核对这一处。"))


def _retold(was: Paragraph, now: Paragraph, at: int) -> Paragraph:
    """Put a corrected number into the sentence that says it; what follows moves along."""
    old, new = was.slots[at].figure, now.slots[at].figure
    if old is None or new is None or old.printed == new.printed:
        return now
    start = was.slots[at].at
    end = start + len(old.printed)
    if was.text[start:end] != old.printed:
        return now
    longer = len(new.printed) - len(old.printed)
    slots = tuple(replace(s, at=s.at + longer) if s.at > start else s for s in now.slots)
    return replace(now, text=was.text[:start] + new.printed + was.text[end:], slots=slots)


def _taken_apart(indicator: Indicator) -> Indicator:
    parts = split_value(indicator.value)
    return replace(
        indicator, comparator=parts.comparator, number=parts.number, unit=parts.unit, text=parts.text, doubt=""
    )
