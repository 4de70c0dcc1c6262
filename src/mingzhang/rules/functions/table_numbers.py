"""The numbers of tables: that each has one, worded as the others', and none that of another."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from mingzhang.forms.classification import spelling
from mingzhang.rules.briefly import only_where
from mingzhang.rules.functions.labels import short, table_spot
from mingzhang.rules.once import once_for_all
from mingzhang.rules.results import Result, Told, passed, undecided, violated

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mingzhang.model.disclosure import Table
    from mingzhang.rules.catalogue import Rule
    from mingzhang.rules.figures import Figures

_DIGITS: Final = re.compile(r"[0-9０-９一二三四五六七八九十]+[:：]?$")


def unnumbered(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Find tables without a number label where others have one."""
    tables = figures.disclosure.tables
    missing = [t for t in tables if not t.number]
    if len(missing) == len(tables):
        yield undecided(rule, "各表都没有表号", "no table has a number")
        return
    yield passed(rule)
    if missing:
        names = "、".join(short(figures, t) for t in missing)
        told = Told(
            f"{len(missing)}张表没有表号，其他表有：{names}。",
            f"{len(missing)} tables lack the number that others have.",
            tuple(table_spot(t) for t in missing),
        )
        yield violated(rule, told)


def unlike_numbers(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Find number labels worded unlike those of most other tables."""
    kinds = {t.id: _kind(t.number) for t in figures.disclosure.tables if t.number}
    if len(kinds) > 2 and len(set(kinds.values())) == 1:
        yield passed(rule)
        return
    common = Counter(kinds.values()).most_common(1)
    if len(kinds) < 3 or common[0][1] * 3 < len(kinds) * 2:
        yield undecided(rule, "表号太少", "there are too few numbers")
        return
    yield passed(rule)
    for table in figures.disclosure.tables:
        if table.number and kinds[table.id] != common[0][0]:
            told = Told(
                f"{short(figures, table)}的表号“{table.number}”与其他表（{common[0][0]}…）写法不同。",
                f"The number {table.number!r} is worded unlike those of the other tables.",
                (table_spot(table, "number"),),
                expected=common[0][0],
                actual=table.number,
            )
            yield violated(rule, told)


@lru_cache(1024)
def _kind(number: str) -> str:
    """Give the words of a table's number label."""
    return _DIGITS.sub("", spelling(number))


@once_for_all
def _numbers_again(figures: Figures) -> tuple[str, ...]:
    """List the numbers that more than one table has."""
    counted = Counter(_number(t) for t in figures.disclosure.tables if t.number)
    return tuple([number for number, often in counted.items() if often > 1])


@only_where(_numbers_again)
def same_number(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Find tables that have the number of another."""
    numbered = [t for t in figures.disclosure.tables if t.number]
    if len(numbered) < 2:
        yield undecided(rule, "各表都没有表号", "no table has a number")
        return
    yield passed(rule)
    for number in _numbers_again(figures):
        own = [t for t in numbered if _number(t) == number]
        if len({spelling(t.title) for t in own}) < len(own):  # one table on several pages, or for several units
            continue
        told = Told(
            f"{len(own)}张表的表号都是“{own[0].number.strip()}”：{'、'.join(short(figures, t) for t in own)}。",
            f"{len(own)} tables have the number {own[0].number.strip()!r}.",
            tuple(table_spot(t) for t in own),
            actual=own[0].number.strip(),
        )
        yield violated(rule, told)


def _number(table: Table) -> str:
    return spelling(table.number).rstrip(":：")
