"""Numbers in running text: what states an amount, a share or a count, and what only names a year, a date or an order."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final

import msgspec

if TYPE_CHECKING:
    from mingzhang.forms.narrative import Lexicon

_FOLD: Final = {
    **{chr(0xFF10 + i): str(i) for i in range(10)},
    "％": "%", "﹪": "%", "．": ".", "，": ",", "﹐": ",", "；": ";", "：": ":", "（": "(", "）": ")", "〔": "(", "〕": ")",
    "［": "(", "］": ")", "[": "(", "]": ")", "【": "(", "】": ")", "“": '"', "”": '"', "＂": '"', "‘": '"', "’": '"',
    "'": '"', "－": "-", "−": "-", "–": "—", "～": "~", "　": " ", "\t": " ", "\u00a0": " ", "㎡": "平方米",
}  # fmt: skip
_NUMBER: Final = re.compile(r"(?<![\d.A-Za-z])-?\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d+)?|(?<![\d.A-Za-z])-?\d+(?:\.\d+)?")
_MONEY: Final = re.compile(r"(?P<unit>亿|万)(?:元|(?![\u4e00-\u9fff]|[A-Za-z])|(?=[以之和及与至到、]))|元")
_LARGE: Final = re.compile(r"[百千万亿]+")
_NOT_A_STATEMENT: Final = re.compile(
    r"(?:年|月|日|时|点|号|世纪|周年|[A-Za-z]|类|款|项[)）])"  # dates, document numbers, models, code levels
)
_DATED_BEFORE: Final = re.compile(r"(?:第|附件|附表|[表图](?:\d[-,、和])?|电话:?|编号:?|代码:?)$")
_CODED_BEFORE: Final = re.compile(r"科目:?$")
_NEXT_NUMBER: Final = re.compile(r"\s+[\d０-９]")
_REST_OF_NUMBER: Final = re.compile(r"\s+(?:\d{2}(?![\d年月])|\d{3}(?:[,，.．]|(?!\d)))")
_MARKER: Final = re.compile(r"(?:^|[\n。;:(])$")


class Folded(msgspec.Struct, frozen=True):
    """A text with widths, brackets and spaces folded; `index` gives each character's offset in the text as printed."""

    text: str
    index: tuple[int, ...]

    def span(self, start: int, stop: int) -> tuple[int, int]:
        """Give the offsets in the printed text between which a folded stretch stands."""
        return self.index[start], self.index[stop - 1] + 1


class Printed(msgspec.Struct, frozen=True):
    """A number of the text: where it and its unit stand in the folded text, its digits, places and unit."""

    start: int
    end: int
    stop: int
    digits: int
    places: int
    unit: str


def fold(text: str) -> Folded:
    """Fold a text for comparison: spaces go, except between two numbers."""
    kept: list[tuple[str, int]] = []
    for at, char in enumerate(text):
        folded = _FOLD.get(char, char)
        if folded == "\n" or not folded.isspace():
            kept.extend((c, at) for c in folded)  # one sign may stand for several: ㎡ is three
        elif (kept and kept[-1][0].isdigit() and _NEXT_NUMBER.match(text, at)) or (
            kept and kept[-1][0] in ".,、" and _NEXT_NUMBER.match(text, at) and not _REST_OF_NUMBER.match(text, at)
        ):
            kept.append((" ", at))
    return Folded("".join(c for c, _ in kept), tuple(at for _, at in kept))


def numbers_in(folded: Folded, lexicon: Lexicon) -> tuple[Printed, ...]:
    """List the numbers that state something, in order; years, dates, ordinals and document numbers are left out."""
    text = folded.text
    counters = _counters(lexicon.counters)
    out = []
    for found in _NUMBER.finditer(text):
        start, end = found.span()
        if text[start] == "-" and start and (text[start - 1].isdigit() or text[start - 1] in "年月)"):
            start += 1  # a range or a document number, not a sign
        digits = found[0] if start == found.start() else found[0][1:]
        unit, stop = _unit_after(text, end, counters)
        if not unit and text[max(0, start - 3) : start] == "百分之":
            unit = "%"
        if _states(text, start, end, unit):
            whole, _, part = digits.replace(",", "").partition(".")
            out.append(Printed(start, end, stop, int(whole + part), len(part), unit))
    return tuple(out)


def _unit_after(text: str, end: int, counters: re.Pattern[str]) -> tuple[str, int]:
    """Read the unit that follows a number."""
    if text.startswith("%", end):
        return "%", end + 1
    if text.startswith("个百分点", end):
        return "百分点", end + 4
    money = _MONEY.match(text, end)
    if money is not None:
        return (money["unit"] or "") + "元", money.end()
    large = _LARGE.match(text, end)
    found = counters.match(text, large.end() if large is not None else end)
    if found is None:
        return "", end
    return (large[0] if large is not None else "") + found[0].partition("(")[0], found.end()


def _states(text: str, start: int, end: int, unit: str) -> bool:
    """Tell whether a number states something; a number without a unit does unless it looks like a name or a date."""
    before, number, after = text[max(0, start - 4) : start], text[start:end], text[end : end + 2]
    if _DATED_BEFORE.search(before):
        return False
    if not unit and _CODED_BEFORE.search(before):
        return False
    if unit:
        return not (unit == "个" and text.startswith("个月", end))
    if "." in number or "," in number:
        return not re.match(r"\.\d|[、年]", after)
    year = re.fullmatch(r"(?:19|20)\d\d", number) is not None
    listed = _MARKER.search(text[:start]) is not None and re.match(r"[、.)\"]", after) is not None
    bracketed = before.endswith("(") and after.startswith(")")
    named = _NOT_A_STATEMENT.match(text, end) is not None or len(number.lstrip("-")) >= 7
    return not (year or listed or bracketed or named)


@cache
def _counters(lines: tuple[str, ...]) -> re.Pattern[str]:
    words = sorted((w for line in lines for w in line.split("/")), key=len, reverse=True)
    return re.compile("|".join(map(re.escape, words)) or r"(?!)")
