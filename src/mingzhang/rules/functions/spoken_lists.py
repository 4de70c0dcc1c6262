"""Totals that a text divides by economic class, or by what it says that it divides all by: lists that name every part."""

from __future__ import annotations

import re
from itertools import takewhile
from typing import TYPE_CHECKING, Final

from mingzhang.rules.words import words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mingzhang.rules.spoken import Amount

_SPENDING: Final = re.compile("支出预算|预算(?:总)?支出|总支出|支出(?:总计|合计|总额)")
_OF_SPENDING: Final = re.compile("支出")
_OF_WHICH: Final = re.compile("其中|包括")
_LED: Final = re.compile(r"[\s，,（(]*(?:其中|包括)\s*[：:，,]?")
_LEFT_OPEN: Final = re.compile(r"(?:其中|包括)\s*[：:，,]?\s*$")
_BASIC: Final = "基本支出"
_PROJECTS: Final = re.compile("项目支出")
_NOT_ALL: Final = re.compile("等|主要")
_ENOUGH: Final = 2

Division = tuple["Amount", tuple["Amount", ...], bool]
"""A total, what it is divided into, and whether that must be all."""


def divisions(own: Sequence[Amount]) -> Iterator[Division]:
    """Find the totals of a section that are divided by economic class, or 按功能分类 and the like."""
    yield from _by_class(own)
    yield from _divided(own)


def _by_class(own: Sequence[Amount]) -> Iterator[Division]:
    """Find amounts behind which every economic class is listed that there is money for; one may be left out."""
    first, classes = re.compile(words("wholes")["first_class"]), re.compile(words("wholes")["classes"])
    for i, amount in enumerate(own[1:], start=1):
        whole = own[i - 1]
        if not first.search(amount.name) or first.search(whole.name) or not _OF_SPENDING.search(whole.name):
            continue
        if not _LED.match(amount.number.lead) and not _is_left_open(whole, amount):
            continue
        listed = takewhile(lambda a: a.level == amount.level and classes.search(a.name), own[i:])  # noqa: B023
        parts = tuple(takewhile(lambda a: _BASIC not in whole.name or not _PROJECTS.search(a.name), listed))  # noqa: B023
        if len(parts) >= _ENOUGH and not _NOT_ALL.search(_behind(parts[-1])):
            yield whole, parts, False


def _is_left_open(whole: Amount, first: Amount) -> bool:
    """Tell whether the paragraph of a total ends in 其中： and the next begins with its first part."""
    paragraphs = whole.section.paragraphs
    at = next(n for n, p in enumerate(paragraphs) if p is whole.paragraph)
    follows = at + 1 < len(paragraphs) and paragraphs[at + 1] is first.paragraph
    return follows and _LEFT_OPEN.search(whole.paragraph.text) is not None and not first.sentence


def _divided(own: Sequence[Amount]) -> Iterator[Division]:
    """Find lists behind 按支出功能分类科目： and the total of spending stated before."""
    by = re.compile(words("wholes")["divided"])
    for i, amount in enumerate(own):
        text = amount.paragraph.text
        found = by.search(amount.number.lead)
        whole = next((a for a in reversed(own[:i]) if _SPENDING.search(a.name)), None) if found else None
        if whole is None:
            continue
        stop = text.find("。", amount.number.stop)
        again = by.search(text, amount.number.stop)
        end = min(stop if stop >= 0 else len(text), again.start() if again else len(text))
        parts = tuple(_tops([a for a in own[i:] if a.paragraph is amount.paragraph and a.number.start < end], amount))
        if len(parts) >= _ENOUGH and not _NOT_ALL.search(_behind(parts[-1])):
            yield whole, parts, True


def _tops(listed: Sequence[Amount], first: Amount) -> Iterator[Amount]:
    """Leave out what only divides an item of the list again, behind 其中 or 包括 up to the semicolon, or in brackets."""
    divided: set[int] = set()
    for amount in listed:
        if amount is not first and _OF_WHICH.search(amount.number.lead):
            divided.add(amount.sentence)
        if amount.level == first.level and amount.sentence not in divided:
            yield amount


def _behind(last: Amount) -> str:
    return re.split("[。；;\\d]", last.paragraph.text[last.number.stop :])[0]
