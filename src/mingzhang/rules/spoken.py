"""What the written part says of its own amounts, whoever wrote it: shares of a whole, changes and their rates.

No form has to be known for this: an amount, what follows it and where the sentence ends say enough.
"""

from __future__ import annotations

import re
from typing import Final

import msgspec

from mingzhang.model.disclosure import Paragraph, Section
from mingzhang.model.finding import Spot

RISES: Final = r"增\s?加|增\s?长|上\s?升|提\s?高|上\s?涨|增(?<![新追调]增)"
FALLS: Final = r"减\s?少|下\s?降|降\s?低|压\s?减|下\s?浮|减(?<![压核扣调缩]减)"
_UP: Final = frozenset({"增加", "增长", "上升", "提高", "上涨", "增", "增幅"})
_SHOWN: Final = 40
POWERS: Final = {"元": 0, "万元": 4, "亿元": 8}
CLAUSE: Final = re.compile("[，,。；;：:、]")
CHANGE: Final = re.compile(rf"(?P<word>{RISES}|{FALLS})(?:了|额|额为)?\s*$")
BEFORE: Final = re.compile(
    r"(?:[\s，,（(]*(?:比|较|与|同)\s*(?:上年|去年|20\d\d\s*年)|[\s，,（(]*(?:上年|去年)|\s*[，,（(]\s*20\d\d\s*年)(?:度|初)?(?:预算|安排|部门|年初|数)*(?:的|为|是)?\s*"
)
"""How last year's amount follows this year's, before the change between both."""


def goes_up(word: str) -> bool:
    """Tell whether a word of change is one of a rise; blanks may stand in it where a line was set to its full width."""
    return "".join(word.split()) in _UP


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

    `of_before` says that the amount is that of the year before: 较2024年的9万元减少1万元. `named` is what the amount is called
    where it was stated in another sentence, "" for the first of the paragraph.
    """

    section: Section
    paragraph: Paragraph
    amount: Number
    change: Number
    rate: Number
    rises: bool
    is_sure: bool
    of_before: bool
    named: str | None = None

    @property
    def said(self) -> str:
        """Give the words from the amount to the rate, or from its name where the amount stands elsewhere."""
        first, last = self.change, self.rate
        if last.start < first.start:
            return self.paragraph.text[last.start - len(last.lead) : first.stop].strip("，, ")
        return _words(self.paragraph.text, first if self.named is not None else self.amount, last)


class Amount(msgspec.Struct, gc=False):
    """An amount that is no change, with the change or the rate alone that follows it; `level` counts the brackets around it."""

    section: Section
    paragraph: Paragraph
    number: Number
    sentence: int
    level: int = 0
    change: Number | None = None
    rate: Number | None = None

    @property
    def name(self) -> str:
        """Give the clause before it, which names it."""
        return CLAUSE.split(self.number.lead)[-1]

    @property
    def change_rises(self) -> bool:
        """Tell whether its change is a rise."""
        word = None if self.change is None else CHANGE.search(self.change.lead)
        return word is not None and goes_up(word["word"])


def spot_of(said: Share | Rate | Amount, words: str = "") -> Spot:
    """Say where it stands, with the words meant."""
    place = said.paragraph.place or said.section.place
    page, line = (None, None) if place is None else (place.page, place.line)
    meant = words or (said.said if not isinstance(said, Amount) else said.paragraph.text[: said.number.stop][-_SHOWN:])
    return Spot(section=said.section.key, sentence=meant, page=page, line=line)


def _words(text: str, first: Number, last: Number) -> str:
    named = CLAUSE.split(first.lead)[-1]
    return text[first.start - len(named) : last.stop].strip()
