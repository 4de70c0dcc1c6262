"""How a spreadsheet shows a number by the format of its cell: digits, separators, sign, percent, date, or nothing at all."""

from __future__ import annotations

import datetime as dt
import re
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from typing import Final

import msgspec

BUILT_IN: Final = {
    1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 5: "#,##0", 6: "#,##0", 7: "#,##0.00", 8: "#,##0.00", 9: "0%", 10: "0.00%",
    14: "yyyy-mm-dd", 15: "yyyy-mm-dd", 16: "mm-dd", 17: "yyyy-mm", 22: "yyyy-mm-dd", 31: 'yyyy"年"m"月"d"日"',
    37: "#,##0;-#,##0", 38: "#,##0;-#,##0", 39: "#,##0.00;-#,##0.00", 40: "#,##0.00;-#,##0.00",
    41: '#,##0;-#,##0;"-"', 42: '#,##0;-#,##0;"-"', 43: '#,##0.00;-#,##0.00;"-"??', 44: '#,##0.00;-#,##0.00;"-"??',
    57: 'yyyy"年"m"月"', 58: 'm"月"d"日"',
}  # fmt: skip
"""The formats that a workbook names by number only."""

_TOKEN: Final = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|[_*].|\[(?P<bracket>[^\]]*)\]|(?P<plain>.)', re.DOTALL
)
_DIGITS: Final = re.compile(r"[0#?][0#?,]*(?:\.[0#?]*,*)?|\.[0#?]+,*")
_DATE: Final = re.compile(r"y+|m+|d+", re.IGNORECASE)
_CONDITION: Final = re.compile(r"[<>=]")
_CURRENCY: Final = re.compile(r"[¥￥$€£\s]")
_EPOCH: Final = dt.date(1899, 12, 30)
_MARK: Final = "\ue000"
"""Stands for the number among the literal characters of a section."""


class _Section(msgspec.Struct, frozen=True):
    """One section of a format: the characters around the number, and how the number is spelled."""

    around: str
    digits: str = ""
    percent: int = 0


def shown(value: Decimal, code: str) -> str | None:
    """Spell a number as its cell shows it; None where the format leaves open how many places it has.

    What is shown may be nothing at all: a format can hide zeros.
    """
    sections = _sections(code)
    if sections is None:
        return None
    if _is_date(code):
        return _date(value, code)
    section, sign = sections[0], "-" if value < 0 else ""
    if value < 0 and len(sections) > 1:
        section, sign = sections[1], ""
        if "(" in section.around:
            section, sign = msgspec.structs.replace(section, around=section.around.strip("() ")), "-"
    elif value == 0 and len(sections) > 2:
        section = sections[2]
    text = _CURRENCY.sub("", section.around)
    if not section.digits:
        return text
    spelled = _spelled(abs(value) * 100**section.percent, section.digits)
    if not re.search(r"[1-9]", spelled):
        sign = ""
        text = text.replace("-", "") if spelled and value != 0 else text
    return sign + text.replace(_MARK, spelled)


def places_of(code: str) -> int | None:
    """Say how many places a format shows; None where it leaves that open."""
    sections = _sections(code)
    if not sections or not sections[0].digits:
        return None
    return len(sections[0].digits.partition(".")[2].rstrip(","))


@cache
def _sections(code: str) -> tuple[_Section, ...] | None:
    """Divide a format into its sections; None for one that means no fixed spelling (General, text, conditions, powers)."""
    if not code.strip() or re.search(r"general|@\s*$|g/通用格式|E[+-]", code.partition(";")[0], re.IGNORECASE):
        return None
    sections: list[list[str]] = [[]]
    for found in _TOKEN.finditer(code):
        if found["bracket"] is not None and _CONDITION.search(found["bracket"]):
            return None
        if found["plain"] == ";":
            sections.append([])
        elif found["plain"] is not None:
            sections[-1].append(found["plain"])
        else:
            literal = found["quoted"] or found["escaped"] or ""
            sections[-1].append("".join(chr(0xE100 + ord(c)) if c in "0#?.,%" else c for c in literal))
    return tuple(_section("".join(s)) for s in sections)


def _section(text: str) -> _Section:
    found = _DIGITS.search(text)
    percent = text.count("%")
    if found is None:
        return _Section(_literal(text))
    around = text[: found.start()] + _MARK + _DIGITS.sub("", text[found.end() :])
    return _Section(_literal(around), found[0], percent)


def _literal(text: str) -> str:
    return "".join(chr(ord(c) - 0xE100) if 0xE100 <= ord(c) < 0xE200 else c for c in text)


def _spelled(value: Decimal, digits: str) -> str:
    """Spell an amount that is not negative: zeros wanted and unwanted, separators, thousands left out by a comma behind."""
    whole, point, part = digits.partition(".")
    bare, behind = whole.rstrip(","), part.rstrip(",")
    scaled = value.scaleb(-3 * (len(whole) - len(bare) + len(part) - len(behind)))
    part = behind
    rounded = scaled.quantize(Decimal(1).scaleb(-len(part)), rounding=ROUND_HALF_UP)
    text = f"{rounded:,f}" if "," in bare else f"{rounded:f}"
    front, _point, back = text.partition(".")
    wanted = bare.count("0")
    front = "" if front == "0" and not wanted else front.rjust(wanted, "0")
    kept = part.rstrip("#?")
    while len(back) > len(kept) and back.endswith("0"):
        back = back[:-1]
    return front + ("." if point and back else "") + back


def _is_date(code: str) -> bool:
    plain = re.sub(r'"[^"]*"|\\.|\[[^\]]*\]', "", code.partition(";")[0])
    return re.search(r"[ymd]", plain, re.IGNORECASE) is not None and not re.search(r"[0#?]", plain)


def _date(value: Decimal, code: str) -> str | None:
    """Spell the date that a number of days stands for; hours are left out."""
    try:
        day = _EPOCH + dt.timedelta(days=int(value))
    except OverflowError:
        return None
    texts = {"y": f"{day.year}", "m": f"{day.month}", "d": f"{day.day}"}
    found = _TOKEN.finditer(code.partition(";")[0])
    plain = "".join(f["quoted"] or f["escaped"] or f["plain"] or "" for f in found)
    plain = re.sub(r"(?i)[hs:]|AM/PM", "", plain)
    return _DATE.sub(lambda m: texts[m[0][0].lower()].rjust(min(len(m[0]), 4), "0"), plain).strip()
