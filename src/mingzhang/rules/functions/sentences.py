"""What a sentence says of its own numbers: changes, reasons, sums; and that the document is not whole."""

from __future__ import annotations

import re
from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from msgspec.structs import replace

from mingzhang.model.finding import Evidence
from mingzhang.rules.briefly import only_where
from mingzhang.rules.numerals import spelled_value, value_of
from mingzhang.rules.once import once_for_all
from mingzhang.rules.results import Result, Told, passed, undecided, violated
from mingzhang.rules.spoken import FALLS, RISES, goes_up
from mingzhang.rules.texts import OWN, texts_in, texts_of, texts_where, texts_with, words_where
from mingzhang.rules.words import words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mingzhang.rules.catalogue import Rule
    from mingzhang.rules.figures import Figures
    from mingzhang.rules.texts import Text

_NUMBER: Final = r"-?\d[\d,]*(?:\.\d+)?"
_CHANGE: Final = re.compile(
    rf"(?P<word>{RISES}|{FALLS})(?:了|额)?(?P<amount>{_NUMBER})\s*(?P<unit>亿元|万元|元)[，,、(（]?\s*"
    rf"(?P<rate_word>增幅|降幅|减幅|{RISES}|{FALLS})(?:了|为|比例为|率为)?(?P<percent>{_NUMBER})\s*[%％]"
)
_TOTAL: Final = re.compile(rf"(?:合计|共计)[:：为]?\s*(?P<total>{_NUMBER})\s*(?P<unit>亿|万|(?=元))")
_AMOUNT: Final = re.compile(rf"(?P<number>{_NUMBER})\s*(?P<unit>亿|万|(?=元))元?")
_ITEM: Final = re.compile(r"(?:^|[;；。\s])\s*(?:\d{1,2}[.、)]|[（(]\d{1,2}[)）]|[一二三四五六七八九十]、)(?!\d)")


def directions(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Find changes whose amount goes one way and whose rate the other, or whose sign is against the word."""
    for text, changes in _changes(figures):
        for found in changes:
            same = goes_up(found["word"]) == goes_up(found["rate_word"])
            if same and not found["amount"].startswith("-"):
                continue
            spot = text.spot(found[0])
            told = Told(
                f"变动方向前后不一致：“{found[0]}”。",
                f"The change goes both ways: {found[0]!r}.",
                (spot,),
                actual=found[0],
                evidence=(Evidence(spot, found["amount"].replace(",", ""), found["unit"], "change"),),
            )
            yield violated(rule, told)
    yield passed(rule) if _changes(figures) else undecided(rule, "说明没有写变动", "no change is stated")


@once_for_all
def _changes(figures: Figures) -> list[tuple[Text, list[re.Match[str]]]]:
    """List the texts, but those of forms, that state changes with their rates."""
    return [(text, list(_CHANGE.finditer(text.words))) for text in texts_where(figures, _CHANGE, part=OWN)]


def _some_large(figures: Figures) -> bool:
    """Tell whether a paragraph of the written part states a change that asks for a reason, and gives none itself."""
    large, threshold = re.compile(words("reasons")["large"]), _threshold(figures)
    bare = [
        t for t in words_where(figures, large, part="written") if not any(w in t for w in words("reasons")["words"])
    ]
    return any(value_of(m["percent"]) >= threshold for said in bare for m in large.finditer(said))


def _threshold(figures: Figures) -> int:
    """Give the per cent from which on a change asks for a reason."""
    usual = int(words("reasons")["threshold_percent"])
    return usual if figures.pack is None else int(figures.pack.defaults.get("reason_threshold", usual))


@only_where(_some_large)
def reasons(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Find large changes in sections that give no reason."""
    large = re.compile(words("reasons")["large"])
    threshold = _threshold(figures)
    seen = False
    for section in figures.disclosure.sections:
        whole = "".join([p.text for p in section.paragraphs])
        if not large.search(whole):
            continue
        if section.part != "written" or any(w in whole for w in words("reasons")["words"]):
            seen = True
            continue
        for paragraph in section.paragraphs:
            found = next((m for m in large.finditer(paragraph.text) if value_of(m["percent"]) >= threshold), None)
            if found is None:
                continue
            seen = True
            sentence = re.split("[。；]", paragraph.text[: found.end()])[-1]
            text = next(t for t in texts_of(figures) if t.words == paragraph.text)
            spot = text.spot(sentence)
            told = Told(
                f"变动较大，没有写原因：“{sentence[-60:]}”。",
                f"A large change without a reason: {sentence[-60:]!r}.",
                (spot,),
                actual=found["percent"],
                unit="%",
                evidence=(Evidence(spot, found["percent"].replace(",", ""), "%", "rate"),),
            )
            yield violated(rule, told)
    yield passed(rule) if seen else undecided(rule, "说明没有写变动", "no change is stated")


def sums(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Compare a total in a project's text with the amounts of its item before it."""
    for text in texts_with(figures, _TOTAL, part="form"):
        for found in _TOTAL.finditer(text.words):
            before = text.words[: found.start()]
            starts = [m.end() for p in (_ITEM, _TOTAL) for m in p.finditer(before)]
            amounts = [m for m in _AMOUNT.finditer(before[max(starts, default=0) :]) if m["unit"] == found["unit"]]
            if len(amounts) < 2:
                continue
            total = sum((value_of(m["number"]) for m in amounts), Fraction(0))
            if total == value_of(found["total"]):
                yield passed(rule)
                continue
            spot = text.spot(found[0])
            parts = " + ".join(m["number"] for m in amounts)
            told = Told(
                f"“{text.form}”文中{parts} = {spelled_value(total)}，写的是“{found[0]}”。",
                f"{parts} is {spelled_value(total)} and not {found['total']} in the form {text.form!r}.",
                (spot,),
                expected=spelled_value(total),
                actual=found["total"],
                unit=f"{found['unit']}元",
                evidence=tuple(Evidence(spot, m["number"], f"{found['unit']}元", "part") for m in amounts),
            )
            yield violated(rule, told)


def not_whole(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Find sentences that say themselves that figures are missing from the document."""
    found = re.compile("|".join(words("reasons")["incomplete"]))
    for text in texts_with(figures, found, part=OWN):
        match = found.search(text.words)
        if match is not None:
            sentence = next(s for s in re.split("[。；]", text.words) if match[0] in s or match[0][:4] in s)
            told = Told(
                f"说明自己写明公开的数据不完整：“{text.around(match.start(), match.end())}”：{sentence[:80]}。",
                f"The document says itself that figures are missing: {match[0]!r}.",
                (text.spot(sentence),),
                actual=match[0],
                evidence=tuple(
                    Evidence(text.spot(sentence), n.replace(",", ""), "", "stated")
                    for n in re.findall(rf"{_NUMBER}(?=万元|[%％])", text.words)[:8]
                ),
            )
            yield violated(rule, told)
    seen = texts_in(figures, "written")
    yield passed(rule) if seen else undecided(rule, "没有读到说明", "the written part was not found")


def _may_be_cut(figures: Figures) -> bool:
    """Tell whether a paragraph of the written part ends in no stop, or has a reason that is lost."""
    lost = re.compile(words("reasons")["lost_reasons"])
    ends = {t.words.rstrip()[-1:] for t in texts_in(figures, "written")}
    return not ends <= _ENDS or bool(texts_with(figures, lost, part="written"))


@only_where(_may_be_cut)
def cut_off(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Find paragraphs of the written part that stop in the middle of a sentence."""
    open_ends = tuple(words("reasons")["open_ends"])
    reasons_open = tuple(words("reasons")["open_reasons"])
    texts = [
        t
        for t in texts_in(figures, "written")
        if (len(t.words) >= _SENTENCE and ("，" in t.words or t.words.rstrip().endswith(open_ends)))
        or t.words.rstrip().endswith(reasons_open)
    ]
    if not texts:
        yield undecided(rule, "没有说明", "there is no written part")
        return
    yield passed(rule)
    lost = re.compile(words("reasons")["lost_reasons"])
    for text in texts_with(figures, lost, part="written"):
        yield from (
            replace(_cut(rule, text, text.words[: found.end()]), severity="warning")
            for found in lost.finditer(text.words)
        )
    for text in texts:
        last = text.words.rstrip()
        is_open = last.endswith(open_ends)
        if is_open and last.endswith(_LEADS_ON) and _is_listed_below(figures, text):
            continue
        if last[-1] in _ENDS or not (is_open or _HAN.match(last[-1])):
            continue
        result = _cut(rule, text, last)
        yield replace(result, severity="warning") if is_open else result


def _is_listed_below(figures: Figures, text: Text) -> bool:
    """Tell whether what a paragraph leaves open follows it as a list: the next one is numbered."""
    for section in figures.disclosure.sections:
        for paragraph, following in pairwise(section.paragraphs):
            if paragraph.text == text.words and section.key == text.section:
                return _NUMBERED.match(following.text) is not None
    return False


def _cut(rule: Rule, text: Text, said: str) -> Result:
    spot = text.spot(said[-30:])
    told = Told(
        f"句子没有写完，或没有句号：“…{said[-30:]}”。",
        f"A sentence is cut off, or lacks its full stop: {said[-30:]!r}.",
        (spot,),
        actual=said[-30:],
        evidence=(Evidence(spot, said[-30:], "", "text"),),
    )
    return violated(rule, told)


_SENTENCE: Final = 30
_ENDS: Final = frozenset("。；：！？…")
_LEADS_ON: Final = ("为", "是", "包括", "其中")
_NUMBERED: Final = re.compile(r"\s*[（(]?(?:\d{1,2}|[一二三四五六七八九十]{1,3})[)）.．、]")
_HAN: Final = re.compile("[一-鿿]")
