"""What the written part says of its own amounts, whoever wrote it: shares of a whole, changes and their rates.

No form has to be known for this: an amount, what follows it and where the sentence ends say enough.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import msgspec

from mingzhang.model.disclosure import Paragraph, Section
from mingzhang.model.finding import Spot
from mingzhang.rules.numerals import digits_of
from mingzhang.rules.once import once_for_all
from mingzhang.rules.texts import words_where

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from mingzhang.rules.figures import Figures

Where = tuple[int, int]
"""A paragraph, by its identity, and a place in it."""

RISES: Final = "增加|增长|上升|提高|上涨"
FALLS: Final = "减少|下降|降低|压减|下浮"
UP: Final = frozenset({*RISES.split("|"), "增幅"})
_SHOWN: Final = 40
POWERS: Final = {"元": 0, "万元": 4, "亿元": 8}
_NUMBER: Final = re.compile(r"(?<![\d.,，－-])(?P<number>\d[\d,]*(?:\.\d+)?)\s*(?P<unit>亿元|万元|元|[%％])")
_STOP: Final = re.compile("[。；;]")
_CLAUSE: Final = re.compile("[，,。；;：:、]")
_BRACKET, _CLOSING = re.compile("[（()）]"), re.compile("[）)]")
_CHANGE: Final = re.compile(rf"(?P<word>{RISES}|{FALLS})(?:了|额|额为)?\s*$")
_RATE: Final = re.compile(
    rf"[\s，,、(（]*(?:同比|比上年|较上年)?(?P<word>{RISES}|{FALLS}|增幅|降幅)(?:了|为|比例为|率为)?\s*"
)
_SHARE: Final = re.compile(
    r"[\s，,、)）]*(?:约|所)?占(?P<whole>[^，,。；;%％]{0,30}?)(?:的?(?:比重|比例|比率|百分比|比))?的?(?:为|达|是)?\s*"
)
_AGAINST: Final = re.compile(
    r"(?:[\s，,、]*占[^，,。；;%％]{0,30}[%％])?[\s，,、)）]*(?:(?:与|同|比|较|和)\s*(?:上年|去年|上一年|20\d\d\s*年度?|往年)?(?:度|同期|年初|执行|预算|决算|部门|数|安排|相比|比较|对比|同口径)*[\s，,]*)?"
    rf"(?:同比|相比)?[\s，,]*(?:收、?支|收入|支出)?(?:总计|总额|总体|预算)*[，,]?(?:各|均|分别|共|略|有所|净)?(?:{RISES}|{FALLS})(?:了|额|额为)?\s*"
)
BEFORE: Final = re.compile(
    r"[\s，,（(]*(?:(?:比|较|与|同)\s*)?(?:上年|去年|20\d\d\s*年)(?:度|初)?(?:预算|安排|部门|年初|数)*(?:的|为|是)?\s*"
)
"""How last year's amount follows this year's, before the change between both."""
_OF_BEFORE: Final = re.compile(r"(?:从|由|上年|去年|上一年|(?<![经对])比|(?<!比)较|与|同|执行|完成)[^，,]*$")


class Number(msgspec.Struct, frozen=True, gc=False):
    """A number of a sentence: its digits as one, how many stand behind the point, its unit, place and the words before it."""

    digits: int
    places: int
    unit: str
    start: int
    stop: int
    lead: str

    @property
    def is_share(self) -> bool:
        """Tell whether it is a per cent."""
        return self.unit in "%％"

    def atoms(self, places: int) -> int:
        """Give it in as many places of a 元, or of a hundredth, as asked for; `places` are at least its own."""
        power = 0 if self.is_share else POWERS[self.unit]
        return self.digits * ten(power + places - self.places)

    @property
    def step(self) -> int:
        """Say how many places behind the 元 its last digit is, which may be below nothing."""
        return self.places - (0 if self.is_share else POWERS[self.unit])


def ten(power: int) -> int:
    """Give a power of ten that is a whole number."""
    return int(10**power)


class Share(msgspec.Struct, frozen=True, gc=False):
    """An amount and the share that it is said to be of something."""

    section: Section
    paragraph: Paragraph
    amount: Number
    share: Number
    whole: str

    @property
    def said(self) -> str:
        """Give the words from the amount to the share."""
        return _words(self.paragraph.text, self.amount, self.share)


class Rate(msgspec.Struct, frozen=True, gc=False):
    """An amount, by how much it is said to have changed, and at what rate; `is_sure` where nothing else is spoken of.

    `of_before` says that the amount is that of the year before: 较2024年的9万元减少1万元.
    """

    section: Section
    paragraph: Paragraph
    amount: Number
    change: Number
    rate: Number
    rises: bool
    is_sure: bool
    of_before: bool

    @property
    def said(self) -> str:
        """Give the words from the amount to the rate."""
        return _words(self.paragraph.text, self.amount, self.rate)


class Amount(msgspec.Struct, gc=False):
    """An amount that is no change, with the change that follows it; `level` counts the brackets around it."""

    section: Section
    paragraph: Paragraph
    number: Number
    sentence: int
    level: int = 0
    change: Number | None = None

    @property
    def name(self) -> str:
        """Give the clause before it, which names it."""
        return _CLAUSE.split(self.number.lead)[-1]

    @property
    def change_rises(self) -> bool:
        """Tell whether its change is a rise."""
        word = None if self.change is None else _CHANGE.search(self.change.lead)
        return word is not None and word["word"] in UP


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


def spot_of(said: Share | Rate | Amount, words: str = "") -> Spot:
    """Say where it stands, with the words meant."""
    place = said.paragraph.place or said.section.place
    page, line = (None, None) if place is None else (place.page, place.line)
    meant = words or (said.said if not isinstance(said, Amount) else said.paragraph.text[: said.number.stop][-_SHOWN:])
    return Spot(section=said.section.key, sentence=meant, page=page, line=line)


def _words(text: str, first: Number, last: Number) -> str:
    named = _CLAUSE.split(first.lead)[-1]
    return text[first.start - len(named) : last.stop].strip()


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
        self._before: tuple[Paragraph, list[Number]] | None = None
        """The paragraph of the sentence before, and its amounts; none where it speaks of a change itself."""

    def take_down(self, section: Section, paragraph: Paragraph, sentence: list[Number], n: int) -> None:
        """Take down what a sentence says of its amounts; a change is of the amount before it, a rate of the change."""
        since = len(self.amounts)
        amount: Number | None = None
        change: Number | None = None
        level = 0
        begins, own_amounts = self._begins_with_change(paragraph, sentence), len(self.amounts)
        for number in sentence:
            level, lowest = _levels(number.lead, level)
            if amount is not None and _CLOSING.search(number.lead):
                outside = self._outside(since, lowest)
                amount, change = outside, change if outside is amount else None
            if not number.is_share:
                if _CHANGE.search(number.lead):
                    change = number
                    amount = begins if number is sentence[0] else amount
                    own = next((a for a in reversed(self.amounts[since:]) if a.number is amount), None)
                    if own is not None and own.change is None:
                        own.change = change
                else:
                    amount, change = number, None
                    self.amounts.append(Amount(section, paragraph, number, n, level))
                continue
            word, share = _RATE.fullmatch(number.lead), _SHARE.fullmatch(number.lead)
            if word is not None:
                if amount is not None and change is not None and change.stop + len(number.lead) == number.start:
                    self._rate(section, paragraph, (amount, change, number), rises=word["word"] in UP)
            elif share is None:
                amount = change = None
            elif amount is not None and amount is not begins:
                self.shares.append(Share(section, paragraph, amount, number, share["whole"]))

        moved = any(_CHANGE.search(n.lead) for n in sentence)
        self._before = None if moved else (paragraph, [a.number for a in self.amounts[own_amounts:]])

    def _begins_with_change(self, paragraph: Paragraph, sentence: list[Number]) -> Number | None:
        """Give what a sentence that begins with a change speaks of: the one amount of the sentence before (与上年相比增加…)."""
        if self._before is None or self._before[0] is not paragraph or not _AGAINST.fullmatch(sentence[0].lead):
            return None
        said = {(n.digits, n.places, n.unit) for n in self._before[1]}
        return self._before[1][0] if len(said) == 1 else None

    def _outside(self, since: int, level: int) -> Number | None:
        """Give the amount spoken of behind a closing bracket: that which stood before it was opened."""
        return next((a.number for a in reversed(self.amounts[since:]) if a.level <= level), None)

    def _rate(
        self, section: Section, paragraph: Paragraph, numbers: tuple[Number, Number, Number], *, rises: bool
    ) -> None:
        amount, change, rate = numbers
        word = _CHANGE.search(change.lead)
        if word is None or (word["word"] in UP) != rises:
            return
        was = BEFORE.fullmatch(amount.lead) is not None
        is_plain = was or not _OF_BEFORE.search(re.split("[，,]", amount.lead)[-1])
        is_sure = is_plain and _AGAINST.fullmatch(change.lead) is not None
        self.rates.append(Rate(section, paragraph, amount, change, rate, rises, is_sure, was))
