"""One cell of the workbook: from what Excel holds to a value of a book, and back."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

import msgspec

from mingzhang.model.language import gettext as _
from mingzhang.model.units import FEN_PER_UNIT

if TYPE_CHECKING:
    from collections.abc import Callable

    from mingzhang.forms.classification import Entry
    from mingzhang.forms.classifications import Edition
    from mingzhang.intake.columns import Column

LARGEST: Final = 10**15
"""Amounts stay below this many fen (ten million million 元): up to here Excel's numbers are exact to the fen."""

_KEY: Final = re.compile(r"[A-Za-z][A-Za-z0-9_.:\[\]-]*")
_CODE: Final = re.compile(r"(?P<code>\d+)(?:[\s　]+(?P<name>\S.*))?")
_NAME_SEPARATORS: Final = re.compile(r"[;；\n]")
_TAG_SEPARATORS: Final = re.compile(r"[、,，;；]")
_NUMBER_AS_TEXT: Final = re.compile(r"[\d,，.．]+\s*(元|万元)?")


class BadCell(Exception):  # noqa: N818 - not a fault yet: the cell's place is known one step further out
    """A cell holds what its column does not take; says what, and what to do."""

    def __init__(self, message: str, hint: str = "") -> None:
        """Keep the message and the hint."""
        super().__init__(message)
        self.message = message
        self.hint = hint


def read_cell(column: Column, raw: Any, *, money_unit: str, edition: Edition | None) -> Any:
    """Read what a cell holds; None for a blank cell.

    Raises:
        BadCell: it is not what the column takes.
    """
    if raw is None or (isinstance(raw, str) and not raw.strip()):
        return None
    if column.kind == "money":
        return read_money(raw, money_unit)
    if column.kind == "code":
        return _read_code(column, _plain(raw), edition)
    return _READERS[column.kind](column, raw)


def read_money(raw: Any, unit: str) -> int:
    """Read an amount in `unit` as fen, exactly.

    Excel keeps fifteen significant digits; a number computed in Excel may carry a tail beyond them, which is no money.

    Raises:
        BadCell: not a number, not a whole number of fen, or too large to be exact.
    """
    if isinstance(raw, bool) or not isinstance(raw, int | float):
        text = _plain(raw)
        hint = _("请填数字，不带单位和千分号。") if _NUMBER_AS_TEXT.fullmatch(text) else _("金额只能填数字。")
        raise BadCell(_("金额应为数字，这里是“{text}”").format(text=_short(text)), hint)
    exact = Decimal(repr(raw)) * FEN_PER_UNIT[unit]
    if exact != exact.to_integral_value():
        exact = Decimal(format(raw, ".15g")) * FEN_PER_UNIT[unit]
    if exact != exact.to_integral_value():
        raise BadCell(
            _("金额 {n} {unit}不是整数分").format(n=raw, unit=unit),
            _("以元填写最多两位小数，以万元填写最多六位小数。"),
        )
    if abs(exact) >= LARGEST:
        raise BadCell(_("金额 {n} {unit}过大").format(n=raw, unit=unit), _("请核对“单位信息”中的金额单位。"))
    return int(exact)


def show_cell(column: Column, value: Any, *, money_unit: str, edition: Edition | None) -> str | Decimal | int | None:
    """Spell a value as a cell holds it; None for a blank cell."""
    if value is None or value in ("", []):
        return None
    if column.kind == "money":
        return Decimal(value) / FEN_PER_UNIT[money_unit]
    if column.kind == "count":
        return int(value)
    return _spelled(column, value, edition)


def _spelled(column: Column, value: Any, edition: Edition | None) -> str:
    match column.kind:
        case "words" | "key":
            return _word_of(column, value)
        case "tags":
            return "、".join(_word_of(column, v) for v in value)
        case "names":
            return "\n".join(value)
        case "code":
            entry = None if edition is None else look_up(edition, column.of, value)
            return str(value) if entry is None else f"{value} {entry.name}"
        case "json":
            return msgspec.json.encode(value).decode()
        case _:
            return str(value)


def look_up(edition: Edition, classification: str, code: str) -> Entry | None:
    """Find a code in the classification that a column names; None if it is nowhere."""
    found: Entry | None = getattr(edition, classification)(code)
    return found


def known_key(key: str) -> bool:
    """Tell whether a key is spelled as keys are."""
    return _KEY.fullmatch(key) is not None


def _plain(raw: Any) -> str:
    """Spell a cell as one piece of text: whole numbers without a point, dates in Chinese."""
    if isinstance(raw, bool):
        return "是" if raw else "否"
    if isinstance(raw, float) and raw.is_integer():
        return str(int(raw))
    if isinstance(raw, dt.datetime | dt.date):
        return f"{raw.year}年{raw.month}月{raw.day}日"
    return str(raw).strip()


def _read_count(_column: Column, raw: Any) -> int:
    whole = isinstance(raw, int) or (isinstance(raw, float) and raw.is_integer())
    if isinstance(raw, bool) or not whole:
        raise BadCell(_("应为整数，这里是“{text}”").format(text=_short(_plain(raw))))
    return int(raw)


def _read_word(column: Column, raw: Any) -> Any:
    text = _plain(raw)
    if text not in column.words:
        raise _not_listed(column, text)
    return column.words[text]


def _read_key(column: Column, raw: Any) -> str:
    text = _plain(raw)
    if text in column.words:
        return str(column.words[text])
    if not known_key(text):
        raise _not_listed(column, text)
    return text


def _read_tags(column: Column, raw: Any) -> list[str]:
    return [_read_key(column, part) for part in _TAG_SEPARATORS.split(_plain(raw)) if part.strip()]


def _read_names(_column: Column, raw: Any) -> list[str]:
    return [part.strip() for part in _NAME_SEPARATORS.split(_plain(raw)) if part.strip()]


def _not_listed(column: Column, text: str) -> BadCell:
    hint = _("可选：{words}。").format(words=_("、").join(column.words))
    return BadCell(_("“{text}”不在可选范围内").format(text=_short(text)), hint)


def _read_value(_column: Column, raw: Any) -> str:
    if not isinstance(raw, str):
        raise BadCell(_("指标值应为文本，这里是数字"), _("请把单元格格式设为“文本”后重填，如 ≥95%。"))
    return raw


def _read_text(_column: Column, raw: Any) -> str:
    return re.sub("\r\n?", "\n", raw) if isinstance(raw, str) else _plain(raw)


def _read_line(_column: Column, raw: Any) -> str:
    return _plain(raw)


def _read_code(column: Column, text: str, edition: Edition | None) -> str:
    found = _CODE.fullmatch(text)
    if found is None:
        raise BadCell(
            _("“{text}”不是科目编码").format(text=_short(text)), _("填编码，或编码加名称，如“2010301 行政运行”。")
        )
    entry = None if edition is None else look_up(edition, column.of, found["code"])
    if found["name"] and entry is not None and not entry.is_called(found["name"]):
        raise BadCell(
            _("编码 {code} 的名称是“{name}”，这里写的是“{text}”").format(
                code=found["code"], name=entry.name, text=_short(found["name"])
            )
        )
    return found["code"]


def _read_json(_column: Column, raw: Any) -> Any:
    try:
        return msgspec.json.decode(_plain(raw))
    except msgspec.DecodeError as error:
        raise BadCell(_("不是有效的 JSON：{why}").format(why=error)) from error


def _word_of(column: Column, value: Any) -> str:
    return next((word for word, v in column.words.items() if v == value and v is not None), str(value))


def _short(text: str) -> str:
    return text if len(text) <= 20 else text[:20] + "…"


_READERS: Final[dict[str, Callable[[Column, Any], Any]]] = {
    "count": _read_count,
    "words": _read_word,
    "key": _read_key,
    "tags": _read_tags,
    "names": _read_names,
    "value": _read_value,
    "json": _read_json,
    "text": _read_text,
    "id": _read_line,
    "ref": _read_line,
    "name": _read_line,
}
