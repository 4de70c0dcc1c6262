"""The value of an indicator taken apart: `≤60.5万元/年` is comparator, number, unit, and the words left over.

No value becomes a binary number: the number stays the text that was printed, without thousands separators.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

import msgspec

SIGNS: Final = {"≥": "≥", "≧": "≥", ">=": "≥", "≤": "≤", "≦": "≤", "<=": "≤", ">": ">", "<": "<", "=": "=", "＝": "="}
"""Signs of comparison as they are printed, and the one that each stands for."""
_BEFORE: Final = {
    "大于等于": "≥", "大于或等于": "≥", "不低于": "≥", "不少于": "≥", "不小于": "≥", "至少": "≥", "达到": "≥",
    "小于等于": "≤", "小于或等于": "≤", "不高于": "≤", "不超过": "≤", "不多于": "≤", "不大于": "≤", "至多": "≤",
    "控制在": "≤", "大于": ">", "超过": ">", "高于": ">", "多于": ">", "小于": "<", "低于": "<", "少于": "<",
    "等于": "=",
}  # fmt: skip
_AFTER: Final = {
    "及以上": "≥",
    "或以上": "≥",
    "以上": "≥",
    "及以下": "≤",
    "或以下": "≤",
    "以下": "≤",
    "以内": "≤",
    "之内": "≤",
}
_UNITS: Final = (
    "万平方米|平方公里|平方千米|平方米|立方米|个百分点|万平米|万人次|万千瓦时|百分点|千瓦时|个工作日|工作日|万立方米|"
    "平米|公里|千米|公顷|万吨|万度|万户|万人|万册|万亩|万家|万个|万次|亿元|万元|千元|人次|人天|课时|学时|个月|小时|分钟|"
    "周年|年|月|日|天|周|季度|元|亿|万|吨|米|度|亩|户|家|人|个|次|项|条|套|册|份|场|期|处|座|辆|台|件|篇|块|所|名|批|"
    "类|种|本|张|支|只|头|株|棵|组|部|间|栋|幅|门|例|起|届|级|分|秒|户次|台套|卷|节|轮|公斤|千克|克|页|羽|尾|趟|宗|片|段|班|颗|盏|根|对|顶|箱|盒|桶|车次"
)
_LATIN: Final = "kWh|kwh|km2|km|kg|m2|m3|MW|kW|cm|mm|GB|TB|m|t"
_ALL_UNITS: Final = "|".join(sorted(_UNITS.split("|"), key=len, reverse=True))
_COUNTER: Final = rf"(?:%|‰|°C|(?:{_LATIN})(?![A-Za-z])|(?:{_ALL_UNITS})(?:\([^)]{{1,6}}\))?)"
_SIGN: Final = "|".join(map(re.escape, (*SIGNS, *_BEFORE)))
_VALUE: Final = re.compile(
    rf"(?P<before>[^\d≥≤><=]*?)(?P<sign>{_SIGN})?(?P<number>-?\d[\d,]*(?:\.\d+)?)"
    rf"(?P<unit>{_COUNTER}(?:/[^/\d]{{1,6}})?)?(?P<after>及以上|或以上|以上|及以下|或以下|以下|以内|之内)?(?P<rest>[^\d]*)"
)
_DATE: Final = re.compile(r"\d{4}年|\d{4}([./-])\d{1,2}\1\d{1,2}|\d{1,2}月(?:\d|底|份|前|中|初|末|上|下)|\d{1,2}月$")
_PLAIN_LENGTH: Final = 12
_REST_LENGTH: Final = 4


class IndicatorValue(msgspec.Struct, frozen=True):
    """The parts of an indicator's value; a part that is not there is "".

    `comparator` is one of ≥ ≤ > < =, `number` decimal text without separators, `text` the words left over: all of
    the value where it is no single number.
    """

    comparator: str = ""
    number: str = ""
    unit: str = ""
    text: str = ""

    @property
    def is_number(self) -> bool:
        """Tell whether the value is one number, with words around it or not."""
        return bool(self.number)


@lru_cache(8192)
def split_value(value: str) -> IndicatorValue:
    """Take an indicator's value apart; dates, ranges, several numbers and sentences stay text."""
    plain = unicodedata.normalize("NFKC", re.sub(r"\s+", "", value))
    whole = IndicatorValue(text=re.sub(r"\s+", "", value))
    found = _VALUE.fullmatch(plain)
    if found is None or _DATE.search(plain):
        return whole
    before, after, rest = found["before"], found["after"] or "", found["rest"]
    if len(before) > _PLAIN_LENGTH or len(rest) > _REST_LENGTH or before.endswith("第"):
        return whole
    if rest and not (found["unit"] or after):  # a word follows the number at once: `3级网络`, `5G覆盖`
        return whole
    comparator = SIGNS.get(found["sign"] or "", _BEFORE.get(found["sign"] or "", ""))
    if after and found["sign"] in {None, "达到", "控制在"}:
        comparator = _AFTER[after]
    if not re.fullmatch(r"-?\d+|-?\d{1,3}(?:,\d{3})+|-?\d[\d,]*\.\d+", found["number"]):
        return whole
    return IndicatorValue(comparator, found["number"].replace(",", ""), found["unit"] or "", before + rest)


def is_measure(value: str) -> bool:
    """Tell whether a text looks like a value and like no name: a number with a sign or a unit before few words."""
    parts = split_value(value)
    if not parts.number:
        return False
    return bool(parts.comparator or parts.unit) and len(parts.text) <= (_REST_LENGTH if parts.comparator else 2)
