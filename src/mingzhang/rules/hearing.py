"""Sentences of the written part, heard from their first number to the last: amounts, their changes, rates and shares."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import msgspec

from mingzhang.rules.numerals import digits_of
from mingzhang.rules.once import once_for_all
from mingzhang.rules.spoken import BEFORE, CHANGE, FALLS, RISES, Amount, Number, Rate, Share, goes_up
from mingzhang.rules.spoken_names import bare_name, parted
from mingzhang.rules.texts import words_where

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from mingzhang.model.disclosure import Paragraph, Section
    from mingzhang.rules.figures import Figures

Where = tuple[int, int]
"""A paragraph, by its identity, and a place in it."""

_NUMBER: Final = re.compile(r"(?<![\d.,，－-])(?P<number>\d[\d,]*(?:\.\d+)?)\s*(?P<unit>亿元|万元|元|[%％])")
_STOP: Final = re.compile("[。；;]")
_BRACKET, _CLOSING = re.compile("[（()）]"), re.compile("[）)]")
_RATE: Final = re.compile(
    rf"[\s，,、(（]*(?:同比|比上年|较上年)?(?P<word>增幅|降幅|减幅|{RISES}|{FALLS})(?:了|为|比例为|率为|率)?\s*"
)
_SHARE: Final = re.compile(
    r"[\s，,、)）]*(?:约|所)?占(?P<whole>[^，,。；;%％]{0,30}?)(?:的?(?:比重|比例|比率|百分比|比))?的?(?:为|达|是)?\s*"
)
AGAINST: Final = re.compile(
    r"(?:[\s，,、]*占[^，,。；;%％]{0,30}[%％])?[\s，,、)）]*(?:(?:与|同|比|较|和)\s*(?:上年|去年|上一年|20\d\d\s*年度?|往年)?(?:度|同期|年初|执行|预算|决算|部门|数|安排|相比|比较|对比|同口径)*[\s，,]*)?"
    rf"(?:同比|相比)?[\s，,]*(?:收、?支|收入|支出)?(?:总计|总额|总体|预算)*[，,]?(?:各|均|分别|共|略|有所|净)?(?:{RISES}|{FALLS})(?:了|额|额为)?\s*"
)
_IN_BRACKETS: Final = re.compile(r"\s*[（(]\s*")
_FIRST_RATE: Final = re.compile(rf"[\s，,]*(?P<word>{RISES}|{FALLS})(?:了|额|额为)?\s*")
_COMPARED: Final = re.compile("[比较与同]")
"""What compares with last year: where it stands before the change alone, the amount before that is this year's."""
_OF_BEFORE: Final = re.compile(r"(?:从|由|上年|去年|上一年|(?<![经对])比|(?<!比)较|与|同|执行|完成)[^，,]*$")


class Spoken(msgspec.Struct, frozen=True, gc=False):
    """All that the written part says of its own amounts, in its order."""

    amounts: tuple[Amount, ...]
    shares: tuple[Share, ...]
    rates: tuple[Rate, ...]


@once_for_all
def spoken_in(figures: Figures) -> Spoken:
    """Look through the written part, paragraph by paragraph."""
    heard = _Heard()
    for section in figures.disclosure.sections:
        for paragraph in section.paragraphs if section.part == "written" else ():
            for n, sentence in enumerate(_sentences(paragraph.text)):
                heard.take_down(section, paragraph, sentence, n)
    return Spoken(tuple(heard.amounts), tuple(heard.shares), tuple(heard.rates))


def said_at(figures: Figures, pattern: re.Pattern[str], group: str) -> set[Where]:
    """Give each paragraph of the written part, and the place in it, where a group of a pattern is found."""
    words = words_where(figures, pattern, part="written")
    paragraphs = [p for s in figures.disclosure.sections if words and s.part == "written" for p in s.paragraphs]
    said = [(id(p), text) for p in paragraphs if (text := p.text.replace("\0", " ")) in words]
    return {(own, found.start(group)) for own, text in said for found in pattern.finditer(text)}


def says_more(figures: Figures, pattern: re.Pattern[str], group: str, judged: Callable[[Figures], set[Where]]) -> bool:
    """Tell whether a pattern's group stands anywhere but where the form declares what is said there, and it is judged by that."""
    found = said_at(figures, pattern, group)
    return bool(found) and not found <= judged(figures)


def _sentences(text: str) -> Iterator[list[Number]]:
    """Give the numbers of each sentence that has some."""
    out: list[Number] = []
    at = 0
    for found in _NUMBER.finditer(text):
        stops = [m.end() for m in _STOP.finditer(text, at, found.start())]
        if stops:
            if out:
                yield out
            out, at = [], stops[-1]
        lead = text[at : found.start()]
        out.append(Number(*digits_of(found["number"]), found["unit"], found.start(), found.end(), lead))
        at = found.end()
    if out:
        yield out


def _levels(lead: str, level: int) -> tuple[int, int]:
    """Give how many brackets are open behind some words, and how few were between them."""
    lowest = level
    for bracket in _BRACKET.findall(lead):
        level = max(0, level + (1 if bracket in "（(" else -1))
        lowest = min(lowest, level)
    return level, lowest


class _Heard:
    """What was heard so far."""

    def __init__(self) -> None:
        self.amounts: list[Amount] = []
        self.shares: list[Share] = []
        self.rates: list[Rate] = []
        self.pending: tuple[Paragraph, int, Number, Number] | None = None
        self._before: tuple[Paragraph, list[Number]] | None = None
        """The paragraph of the sentence before, and its amounts; none where it speaks of a change itself."""

    def take_down(self, section: Section, paragraph: Paragraph, sentence: list[Number], n: int) -> None:
        """Take down what a sentence says of its amounts; a change is of the amount before it, a rate of the change."""
        own = _Sentence(self, section, paragraph, n)
        if self.pending is not None and self.pending[:2] == (paragraph, n - 1) and not sentence[0].is_share:
            own.amount, own.rate = self.pending[2:]  # 下降40%。减少6万元。
        else:
            own.amount = own.begins = self._begins_with_change(paragraph, sentence)
        since = len(self.amounts)
        for number in sentence:
            own.take(number)
        moved = any(CHANGE.search(n.lead) for n in sentence)
        self._before = None if moved else (paragraph, [a.number for a in self.amounts[since:]])
        self.pending = None
        if own.rate is not None and own.amount is not None:
            self.pending = (paragraph, n, own.amount, own.rate)

    def _begins_with_change(self, paragraph: Paragraph, sentence: list[Number]) -> Number | None:
        """Give what a sentence that begins with a change speaks of: the one amount of the sentence before (与上年相比增加…)."""
        if self._before is None or self._before[0] is not paragraph or not AGAINST.fullmatch(sentence[0].lead):
            return None
        said = {(n.digits, n.places, n.unit) for n in self._before[1]}
        return self._before[1][0] if len(said) == 1 and not sentence[0].is_share else None

    def named(self, section: Section, paragraph: Paragraph, lead: str) -> tuple[Number | None, str | None]:
        """Find the amount that a change is of where its own sentence has none: by its name, else the first of the paragraph."""
        parts = parted(lead)
        if parts is None:
            return None, None
        name = bare_name(parts[0])
        if name:
            own = (a.number for a in self.amounts if a.section is section and bare_name(a.name) == name)
            found = next(own, None)
        elif parts[0].strip("，, "):
            return None, None
        else:
            found = next((a.number for a in self.amounts if a.paragraph is paragraph), None)
        return (None, None) if found is None else (found, name)


class _Sentence:
    """What one sentence speaks of from number to number: its amount, that one's change, a rate said before the change.

    `name` is what the amount is called where it was stated in another sentence, None where it stands in this one.
    """

    def __init__(self, heard: _Heard, section: Section, paragraph: Paragraph, n: int) -> None:
        self._heard, self._section, self._paragraph, self._n = heard, section, paragraph, n
        self._since, self._level = len(heard.amounts), 0
        self.amount: Number | None = None
        self.change: Number | None = None
        self.rate: Number | None = None
        self.name: str | None = None
        self.begins: Number | None = None

    def take(self, number: Number) -> None:
        """Take down the next number."""
        self._level, lowest = _levels(number.lead, self._level)
        if self.amount is not None and _CLOSING.search(number.lead):
            outside = self._outside(lowest)
            self.amount, self.change = outside, self.change if outside is self.amount else None
        if number.is_share:
            self._per_cent(number)
        elif CHANGE.search(number.lead):
            self._change(number)
        else:
            self.amount, self.change, self.rate, self.name = number, None, None, None
            self._heard.amounts.append(Amount(self._section, self._paragraph, number, self._n, self._level))

    def _change(self, number: Number) -> None:
        if self.rate is not None and self.amount is not None and _FIRST_RATE.fullmatch(number.lead):
            self._rate_before(self.amount, number, self.rate)
        elif self.amount is None or self.name is not None:
            self.amount, self.name = self._heard.named(self._section, self._paragraph, number.lead)
        self.change, self.rate = number, None
        own = next((a for a in reversed(self._heard.amounts[self._since :]) if a.number is self.amount), None)
        if own is not None and own.change is None:
            own.change = number

    def _per_cent(self, number: Number) -> None:
        word, share = _RATE.fullmatch(number.lead), _SHARE.fullmatch(number.lead)
        if self.amount is not None and self.change is not None and _IN_BRACKETS.fullmatch(number.lead):
            moved = CHANGE.search(self.change.lead)  # 减少18万元（65%）
            self._rate(self.amount, self.change, number, rises=moved is not None and goes_up(moved["word"]))
        elif self.change is None and share is None and AGAINST.fullmatch(number.lead):
            self.rate = number
            own = next((a for a in reversed(self._heard.amounts[self._since :]) if a.number is self.amount), None)
            if own is not None and own.rate is None:
                own.rate = number
        elif word is not None:
            change = self.change
            if self.amount is not None and change is not None and change.stop + len(number.lead) == number.start:
                self._rate(self.amount, change, number, rises=goes_up(word["word"]))
        elif share is None:
            self.amount = self.change = None
        elif self.amount is not None and self.name is None and self.amount is not self.begins:
            told = Share(self._section, self._paragraph, self.amount, number, share["whole"])
            self._heard.shares.append(told)

    def _outside(self, level: int) -> Number | None:
        """Give the amount spoken of behind a closing bracket: that which stood before it was opened."""
        return next((a.number for a in reversed(self._heard.amounts[self._since :]) if a.level <= level), None)

    def _rate(self, amount: Number, change: Number, rate: Number, *, rises: bool) -> None:
        word = CHANGE.search(change.lead)
        if word is None or goes_up(word["word"]) != rises:
            return
        was = BEFORE.fullmatch(amount.lead) is not None
        was = was and (_COMPARED.search(amount.lead) is not None or _COMPARED.search(change.lead) is None)
        is_plain = was or self.name is not None or not is_of_before(amount)
        compared = change.lead if self.name is None else (parted(change.lead) or ("", ""))[1]
        self._tell(amount, change, rate, (rises, is_plain and AGAINST.fullmatch(compared) is not None, was))

    def _rate_before(self, amount: Number, change: Number, rate: Number) -> None:
        """Take down a rate that is said before its change: 下降40%，减少6万元."""
        falls = CHANGE.search(change.lead)
        rises = falls is not None and goes_up(falls["word"])
        if (re.search(f"(?:{RISES})", rate.lead) is not None) == rises:
            self._tell(amount, change, rate, (rises, not is_of_before(amount), False))

    def _tell(self, amount: Number, change: Number, rate: Number, how: tuple[bool, bool, bool]) -> None:
        rises, is_sure, was = how
        told = Rate(self._section, self._paragraph, amount, change, rate, rises, is_sure, was, self.name)
        self._heard.rates.append(told)


def is_of_before(amount: Number) -> bool:
    """Tell whether the words before an amount compare it: it may be that of another year."""
    return _OF_BEFORE.search(re.split("[，,]", amount.lead)[-1]) is not None
