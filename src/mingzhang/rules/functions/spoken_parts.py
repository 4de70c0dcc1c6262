"""Wholes with all of their parts, as sentences name them: those of the three public expenses, of a purchase, of a list."""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Final

import msgspec

from mingzhang.rules.functions.spoken_lists import divisions
from mingzhang.rules.hearing import spoken_in
from mingzhang.rules.once import once_for_all
from mingzhang.rules.spoken import BEFORE, Amount
from mingzhang.rules.words import words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mingzhang.rules.figures import Figures

_ACCOUNTS: Final = re.compile("(?<!预)决算")
_YEAR: Final = re.compile(r"(20\d\d)\s*年")
_OF_WHICH: Final = re.compile(r"[\s，,。（(]*(?:其中|包括)\s*[：:，,]?")
_LIST: Final = re.compile(r"(?<!主要)(?:收入|支出)(?:预算)?(?:安排)?包括\s*[:：]?")
_LIST_ENDS: Final = re.compile(r"(?<!主要)(?:收入|支出)(?:预算)?(?:安排)?包括\s*[:：]\s*$")
_BOTH: Final = re.compile("收支(?:总?预算|总额|总计|预算总额?)")
_MORE: Final = re.compile("其中|包括|主要")
_PURCHASES: Final = re.compile("采购(?:支出)?(?:预算)?(?:总?额)?(?:为|共|是)?$")
_BOUGHT: Final = re.compile("货物|工程|服务")
_ALL_BOUGHT: Final = 3
_SUMMED: Final = re.compile("(?:合计|总计|共计|总额)为?$")
_CARRIED: Final = re.compile("上年结[转余]")


class Parts(msgspec.Struct, frozen=True):
    """An amount and the parts that make it up; one more may not be named where `is_all` is not sure."""

    whole: Amount
    parts: tuple[Amount, ...]
    is_all: bool = True


@once_for_all
def parts_in(figures: Figures) -> tuple[Parts, ...]:
    """List the wholes with all of their parts, section by section."""
    year = figures.disclosure.year
    amounts = [
        a for a in spoken_in(figures).amounts if not _ACCOUNTS.search(a.paragraph.text) and _is_of_this_year(a, year)
    ]
    by_section: dict[int, list[Amount]] = {}
    for amount in amounts:
        by_section.setdefault(id(amount.section), []).append(amount)
    out = [p for own in by_section.values() for kind in _kinds() for p in _in_section(own, *kind)]
    pairs = [p for own in by_section.values() for names in _pairs() for p in _in_sentences(own, names)]
    bought = [p for own in by_section.values() for p in _in_purchases(own)]
    lists = [p for own in by_section.values() for p in _in_lists(own)]
    divided = [Parts(*p) for own in by_section.values() for p in divisions(own)]
    return (*out, *pairs, *bought, *lists, *divided)


def _in_section(
    own: Sequence[Amount], total: re.Pattern[str], names: Sequence[re.Pattern[str]], unless: re.Pattern[str] | None
) -> Iterator[Parts]:
    """Find wholes by name, and behind each the first amount of each part's name before the next of its own."""
    at = [
        i
        for i, a in enumerate(own)
        if total.search(a.name) and (_SUMMED.search(a.name) or not any(n.search(a.name) for n in names))
    ]
    for i, stop in pairwise([*at, len(own)]):
        if unless is not None and any(unless.search(a.name) for a in own[i + 1 : stop]):
            continue
        parts = [next((a for a in own[i + 1 : stop] if n.search(a.name)), None) for n in names]
        kept = tuple(p for p in parts if p is not None)
        if len(kept) == len(names):
            yield Parts(own[i], _all_in_brackets(own[i], kept, own[i + 1 : stop]))


def _all_in_brackets(whole: Amount, parts: tuple[Amount, ...], behind: Sequence[Amount]) -> tuple[Amount, ...]:
    """Give what brackets right behind a whole list, where they name more than its usual parts and that adds up."""
    inside = [
        a
        for a in behind
        if a.paragraph is whole.paragraph and a.sentence == whole.sentence and a.level == whole.level + 1
    ]
    if len(inside) <= len(parts) or any(p not in inside for p in parts):
        return parts
    numbers = [whole.number, *(a.number for a in inside)]
    places = max(0, *(n.step for n in numbers))
    usual = sum(p.number.atoms(places) for p in parts)
    total = whole.number.atoms(places)
    return parts if usual == total else tuple(inside)


def _in_sentences(own: Sequence[Amount], names: Sequence[re.Pattern[str]]) -> Iterator[Parts]:
    """Find amounts that a sentence divides, behind 其中, into parts of these names and nothing else."""
    for i, first in enumerate(own[1:], start=1):
        whole = own[i - 1]
        if not names[0].search(first.name) or not _OF_WHICH.match(first.number.lead):
            continue
        text = first.paragraph.text
        stop = text.find("。", first.number.start)
        wide = [a for a in own[i:] if a.paragraph is first.paragraph and (stop < 0 or a.number.start < stop)]
        stops = text[whole.number.stop : first.number.start].count("。")
        if whole.paragraph is not first.paragraph or stops > int(first.sentence != whole.sentence):
            continue
        for rest in ([a for a in wide if a.sentence == first.sentence], wide):
            parts = tuple(a for a in rest if a.level == first.level)
            if len(parts) == len(names) and all(n.search(a.name) for n, a in zip(names, parts, strict=True)):
                yield Parts(whole, parts)
                break


def _in_purchases(own: Sequence[Amount]) -> Iterator[Parts]:
    """Find purchases that a sentence divides, behind 其中, into goods, works and services, any of them, and nothing else."""
    for i, first in enumerate(own[1:], start=1):
        whole = own[i - 1]
        if not _PURCHASES.search(whole.name) or _BOUGHT.search(whole.name) or not _OF_WHICH.match(first.number.lead):
            continue
        rest = [a for a in own[i:] if a.paragraph is first.paragraph and a.sentence == first.sentence]
        kinds = [found[0] for a in rest if (found := _BOUGHT.search(a.name)) is not None and a.level == whole.level]
        is_plain = whole.paragraph is first.paragraph and whole.sentence == first.sentence
        is_known = len(rest) == _ALL_BOUGHT and "政府采购" in whole.name
        if is_plain and not is_known and 1 < len(rest) == len(kinds) == len(set(kinds)):
            yield Parts(whole, tuple(rest))


def _in_lists(own: Sequence[Amount]) -> Iterator[Parts]:
    """Find totals of both sides with the list of either: 收支总预算…。收入包括：…；支出包括：…."""
    begins = [bool(_LIST.search(a.number.lead)) or _begins_list(a) for a in own]
    for i, first in enumerate(own):
        if not begins[i]:
            continue
        whole = next((a for a in reversed(own[:i]) if _BOTH.search(a.name)), None)
        stop = next((k for k in range(i + 1, len(own)) if begins[k]), len(own))
        parts = [a for a in own[i:stop] if a.paragraph is first.paragraph and not _is_stop_between(first, a)]
        level = tuple(a for a in parts if a.level == first.level)
        if whole is not None and not any(_MORE.search(a.number.lead) for a in level[1:]) and not _goes_on(level[-1]):
            yield Parts(whole, level)


def _is_stop_between(first: Amount, last: Amount) -> bool:
    """Tell whether a full stop stands between two amounts of a paragraph; a semicolon only divides what is listed."""
    return "。" in first.paragraph.text[first.number.stop : last.number.start]


def _begins_list(amount: Amount) -> bool:
    """Tell whether an amount is the first of a paragraph, behind one that ends in 收入包括： or the like."""
    if amount.sentence or amount.number.start != len(amount.number.lead):
        return False
    paragraphs = amount.section.paragraphs
    at = next(i for i, p in enumerate(paragraphs) if p is amount.paragraph)
    return bool(at) and _LIST_ENDS.search(paragraphs[at - 1].text) is not None


def _goes_on(last: Amount) -> bool:
    """Tell whether a list ends in 等, and does not mean to name all."""
    return "等" in re.split("[。；;\\d]", last.paragraph.text[last.number.stop :])[0]


def _is_of_this_year(amount: Amount, year: int | None) -> bool:
    """Tell whether the words before an amount speak of no other year."""
    lead, name = amount.number.lead, _CARRIED.sub("", amount.name)
    if any(word in name for word in words("years")["earlier"]) or BEFORE.fullmatch(lead):
        return False
    return all(int(y) == year for y in _YEAR.findall(amount.name)) or year is None


def _kinds() -> Iterator[tuple[re.Pattern[str], tuple[re.Pattern[str], ...], re.Pattern[str] | None]]:
    for kind in words("wholes")["kinds"]:
        unless = re.compile(kind["unless"]) if "unless" in kind else None
        yield re.compile(kind["whole"]), _compiled(tuple(kind["parts"])), unless


def _pairs() -> tuple[tuple[re.Pattern[str], ...], ...]:
    return tuple(_compiled(tuple(p)) for p in words("wholes")["pairs"])


@cache
def _compiled(texts: tuple[str, ...]) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(t) for t in texts)
