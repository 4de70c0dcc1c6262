"""Cells of an export as texts and as amounts in fen, exactly."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from decimal import Decimal
from typing import Any, Final

from mingzhang.intake.cells import LARGEST, BadCell, read_money
from mingzhang.model.language import gettext as _
from mingzhang.model.units import FEN_PER_UNIT

_NOTHING: Final = frozenset({"", "-", "--", "—", "——", "/", "\\", "－", "–"})
_NUMBER: Final = re.compile(r"(?P<open>\()?(?P<sign>[-+])?[¥￥]?(?P<digits>\d{1,3}(?:,\d{3})+|\d+)(?P<rest>\.\d*)?\)?")
_CODE: Final = re.compile(
    r"[\[(（【]?(?P<code>\d+)(?:[.．]0+)?[\])）】]?(?:$|[\s\-－—_:：.．、/|]*(?P<name>\D.*))", re.DOTALL
)
_UNSAFE_NUMBER: Final = 2**53


def text_of(raw: Any) -> str:
    """Spell a cell as text: whole numbers without a point, dates as they are written in Chinese."""
    if raw is None:
        return ""
    if isinstance(raw, bool):
        return "是" if raw else "否"
    if isinstance(raw, float) and raw.is_integer():
        return str(int(raw))
    if isinstance(raw, dt.datetime | dt.date):
        return f"{raw.year}年{raw.month}月{raw.day}日"
    return str(raw).strip()


def lost_digits(raw: Any) -> bool:
    """Tell whether a code came as a number so long that its last digits are no longer sure."""
    return isinstance(raw, int | float) and not isinstance(raw, bool) and abs(raw) >= _UNSAFE_NUMBER // 9


def amount_of(raw: Any, unit: str) -> int | None:
    """Read an amount as fen, below zero too; None for a blank cell and for a dash.

    Raises:
        BadCell: not a number, not a whole number of fen, or too large to be exact.
    """
    if raw is None:
        return None
    if isinstance(raw, int | float) and not isinstance(raw, bool):
        return read_money(raw, unit)
    text = re.sub(r"\s", "", unicodedata.normalize("NFKC", text_of(raw)))
    if text in _NOTHING:
        return None
    found = _NUMBER.fullmatch(text.removesuffix("万元" if unit == "万元" else "元"))
    if found is None:
        raise BadCell(_("金额应为数字，这里是“{text}”").format(text=text[:20]), _("请在导出文件中改正这一格。"))
    exact = Decimal(found["digits"].replace(",", "") + (found["rest"] or "")) * FEN_PER_UNIT[unit]
    if exact != exact.to_integral_value():
        hint = _("请核对金额单位是元还是万元。")
        raise BadCell(_("金额 {n} {unit}不是整数分").format(n=text, unit=unit), hint)
    if exact >= LARGEST:
        raise BadCell(_("金额 {n} {unit}过大").format(n=text, unit=unit), _("请核对金额单位是元还是万元。"))
    return -int(exact) if found["sign"] == "-" or found["open"] else int(exact)


def places_of(raw: Any) -> int:
    """Count the decimal places with which an amount was given."""
    text = repr(raw) if isinstance(raw, float) else str(raw)
    digits = text.strip().partition(".")[2]
    return len(digits) if digits.strip("0") else 0


def split_code(text: str) -> tuple[str, str]:
    """Part a cell into code and name, either of which may be blank: `2010301-行政运行`, `[2010301]行政运行`."""
    found = _CODE.fullmatch(text.strip())
    if found is None:
        return "", text.strip()
    return unicodedata.normalize("NFKC", found["code"]), (found["name"] or "").strip()


def yuan(fen: int) -> str:
    """Spell fen as 元 with separators, as messages print them."""
    sign = "-" if fen < 0 else ""
    return f"{sign}{abs(fen) // 100:,}.{abs(fen) % 100:02d}"
