"""Printed codes and names beside the official lists: is it that code's name, its fund, in its place, only once?

Only rows of the lists that were seen published may cause more than a hint.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from msgspec.structs import replace

from mingzhang.forms.classification import spelling
from mingzhang.model.finding import Evidence
from mingzhang.model.keys import code_level
from mingzhang.rules import coded_rows
from mingzhang.rules.briefly import only_where, told_of_each
from mingzhang.rules.coded_rows import spot_of
from mingzhang.rules.names import distance
from mingzhang.rules.once import once_for_all
from mingzhang.rules.results import Result, Told, passed, undecided, violated
from mingzhang.rules.texts import texts_with
from mingzhang.rules.words import words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mingzhang.forms.classification import Entry
    from mingzhang.forms.classifications import Edition
    from mingzhang.model.disclosure import Row, Table
    from mingzhang.rules.catalogue import Rule
    from mingzhang.rules.figures import Figures

_DIVIDED_BY_EITHER: Final = frozenset({"income"})
_FUND_NAMES: Final = {"general": "一般公共预算", "gov_fund": "政府性基金预算", "state_capital": "国有资本经营预算"}
_CLASS, _ITEM = 3, 7
"""How long the codes of a 类 and of a 项 are."""

_CODE_BEFORE: Final = re.compile(r"^\s*(?:[\[［(（【]\s*\d{3,5}\s*[\]］)）】]|\d{3,5})\s*")
_INSTITUTION, _OFFICE = "公益一类", "行政"
_TOTAL: Final = "total"


@only_where(coded_rows.unlike_rows)
def names(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Find codes printed with the name of another code."""
    if coded_rows.known_rows(figures):
        yield passed(rule)
    for table, row, entry in coded_rows.unlike_rows(figures):
        other = _other(entry, row, figures, table)
        if other is None:
            continue
        yield _told(
            rule, figures, table, row,
            f"编码{row.code}的名称应为“{entry.name}”，印的是“{row.label.strip()}”，那是{other.code}的名称。",
            f"{row.code} is called {entry.name!r}; {row.label.strip()!r} is the name of {other.code}.",
            expected=entry.name, actual=row.label.strip(),
        )  # fmt: skip


@only_where(coded_rows.unlike_rows)
def slips(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Find names that differ from the official name in a character or two."""
    if coded_rows.known_rows(figures):
        yield passed(rule)
    for table, row, entry in coded_rows.unlike_rows(figures):
        plain = spelling(row.label)
        near = min(distance(plain, spelling(n)) for n in _all(entry))
        if near > max(1, len(plain) // 6) or _is_shortened(plain, entry):
            continue
        yield _told(
            rule, figures, table, row,
            f"编码{row.code}的名称“{row.label.strip()}”与规范名称“{entry.name}”差{near}个字。",
            f"{row.label.strip()!r} is {near} characters from {entry.name!r}, the name of {row.code}.",
            expected=entry.name, actual=row.label.strip(),
        )  # fmt: skip


@only_where(coded_rows.renamed_rows)
def older(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Find names that a code had in an earlier edition."""
    if coded_rows.known_rows(figures):
        yield passed(rule)
    for table, row, entry in coded_rows.renamed_rows(figures):
        plain = spelling(row.label)
        if plain == spelling(entry.name) or plain not in {spelling(n) for n in entry.others}:
            continue
        yield _told(
            rule, figures, table, row,
            f"编码{row.code}的名称“{row.label.strip()}”是以前年度的名称，现为“{entry.name}”。",
            f"{row.label.strip()!r} is an earlier name of {row.code}; it is now {entry.name!r}.",
            expected=entry.name, actual=row.label.strip(),
        )  # fmt: skip


@only_where(coded_rows.has_other_funds)
def funds(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Find codes of another fund in the table of one fund."""
    for table, row, entry in coded_rows.known_rows(figures):
        own = coded_rows.FUNDS.get(table.id)
        if own is None or not entry.budget or entry.level == 1:  # a class may have items of several funds
            continue
        if entry.budget == own or entry.budget not in _FUND_NAMES or not _has_money(table.id, row.key, figures):
            yield passed(rule)
            continue
        yield _told(
            rule, figures, table, row,
            f"{row.code}“{row.label.strip()}”是{_FUND_NAMES[entry.budget]}的科目，列在了{_FUND_NAMES[own]}的表中。",
            f"{row.code} belongs to another fund than the table in which it stands.",
            expected=own, actual=entry.budget,
        )  # fmt: skip


def _codes(figures: Figures) -> int:
    """Count the rows by functional or revenue codes in tables that are divided by one of them alone."""
    return sum(len(coded.rows) for coded in coded_rows.by_codes(figures) if coded.table.id not in _DIVIDED_BY_EITHER)


@told_of_each(_codes)
def other_side(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Find codes of spending in the table of a fund's income, and of income in tables of spending."""
    for coded in coded_rows.by_codes(figures):
        table, kind = coded.table, coded_rows.LISTS[coded.table.id]
        other = "revenue" if kind == "functional" else "functional"
        own, foreign = (coded_rows.edition_of(figures).classification(k).by_code for k in (kind, other))
        strange = set(coded.codes).difference(own) if table.id not in _DIVIDED_BY_EITHER else set()
        for row in coded.rows if strange else ():
            if row.code in own or row.code not in foreign:
                continue
            said = "支出功能科目" if other == "functional" else "收入科目"
            yield _told(
                rule, figures, table, row, f"{row.code}“{row.label.strip()}”是{said}，不应列在本表。",
                f"{row.code} is a code of the other side of the budget.", actual=row.code,
            )  # fmt: skip


def institutions(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Find the running of an office among the spending of a unit that is, as it says, none."""
    pattern = re.compile(words("assets")["institution"])
    texts = texts_with(figures, pattern, part="written")
    own = figures.disclosure.scope == "unit" and figures.disclosure.unit_type.startswith("公益")
    if not own and not texts:
        yield undecided(rule, "不知道是不是事业单位", "not known to be an institution")
        return
    yield passed(rule)
    table = figures.disclosure.table("spending")
    for row in () if table is None else table.rows:
        if (
            code_level(row.code) == 3
            and spelling(row.label) == "行政运行"
            and _has_money("spending", row.key, figures)
            and table is not None
        ):
            yield _told(
                rule, figures, table, row,
                f"单位是事业单位，基本支出却列在{row.code}“行政运行”，一般应列“事业运行”。",
                f"The unit is no office, and {row.code} is for the running of one.", actual=row.code,
            )  # fmt: skip


@only_where(coded_rows.has_lone_codes)
def parents(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Find items whose class or group is not printed though the table prints those of others."""
    for coded in coded_rows.functional_rows(figures):
        table, codes = coded.table, set(coded.codes)
        deep = [r for r in coded.rows if len(r.code) > _CLASS]
        lone = [r for r in deep if r.code[:-2] not in codes]
        if not lone:
            if deep:
                yield passed(rule)
            continue
        elsewhere = _groups_elsewhere(figures)
        missing = {r.code[:-2]: r for r in reversed(lone) if r.code[:-2] in elsewhere[table.id]}
        parent, row = next(iter(missing.items()), ("", None))
        beside = {c for c in codes & elsewhere[table.id] if len(c) == len(parent)}
        if row is not None and len(missing) == 1 and beside:  # others print it, and this table others of its level
            told = _told(
                rule, figures, table, row,
                f"没有列出{parent}，其他表列有；其下列有{row.code}“{row.label.strip()}”。",
                f"{parent}, under which {row.code} stands, is not printed here, and is elsewhere.", expected=parent,
            )  # fmt: skip
            yield replace(told, severity="warning")
            continue
        if len(lone) * 3 > len(deep):
            continue
        yield passed(rule)
        for row in lone:
            yield _told(
                rule, figures, table, row,
                f"{row.code}“{row.label.strip()}”的上级科目{row.code[:-2]}没有列出，其他科目都有上级。",
                f"{row.code[:-2]}, under which {row.code} stands, is not printed.", expected=row.code[:-2],
            )  # fmt: skip


@once_for_all
def _groups_elsewhere(figures: Figures) -> dict[str, set[str]]:
    """Give for each table by functional codes the 类 and 款 that others print."""
    printed = {c.table.id: {code for code in c.codes if len(code) < _ITEM} for c in coded_rows.functional_rows(figures)}
    return {name: {c for other, codes in printed.items() if other != name for c in codes} for name in printed}


@only_where(coded_rows.has_falling_codes)
def order(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Find codes that stand before a smaller one."""
    for coded in coded_rows.functional_rows(figures):
        table, rows = coded.table, coded.rows
        wrong = [(a, b) for a, b in pairwise(rows) if a.code > b.code and "#" not in b.key]
        if rows:
            yield passed(rule)
        for before, row in wrong if len(wrong) * 5 <= len(rows) else ():
            yield _told(
                rule, figures, table, row,
                f"科目没有按编码排列：{row.code}“{row.label.strip()}”排在{before.code}之后。",
                f"{row.code} stands after {before.code}.", actual=row.code,
            )  # fmt: skip


def twice(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Find codes that one table lists more than once, and a total printed again."""
    for coded in coded_rows.functional_rows(figures):
        totals = [r for r in coded.table.rows if r.key.partition("#")[0] == _TOTAL]
        for row in (
            totals[1:] if len(totals) == 2 and _printed(totals[0]) == _printed(totals[1]) else ()
        ):  # else they may be of parts
            yield _told(
                rule, figures, coded.table, row,
                f"重复列出“{row.label.strip()}”行。",
                "The row of the total is listed twice.", actual=row.label.strip(),
            )  # fmt: skip
        table, again = coded.table, [r for r in coded.rows if "#" in r.key]
        if coded.rows:
            yield passed(rule)
        for row in again if len(again) * 5 <= len(coded.rows) else ():  # a table by units lists every code for each
            yield _told(
                rule, figures, table, row,
                f"重复列出{row.code}“{row.label.strip()}”。",
                f"{row.code} is listed more than once.", actual=row.code,
            )  # fmt: skip


def _printed(row: Row) -> list[str]:
    return [f.plain for _column, f in sorted(row.cells.items()) if f.is_number]


def pairs(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Find government economic classes that belong to a departmental one in no kind of unit."""
    lists = coded_rows.edition_of(figures)
    table = figures.disclosure.table("basic_economic")
    for row in () if table is None else table.rows:
        printed = row.texts.get("gov_economic", "").strip()
        allowed, wanted = _beside(lists, row.code, row.label) if printed else ((), "")
        if not allowed or table is None:
            continue
        if spelling(_CODE_BEFORE.sub("", printed)) in allowed:
            yield passed(rule)
            continue
        yield _told(
            rule, figures, table, row,
            f"“{row.label.strip()}”对应的政府预算经济分类印的是“{printed}”，一般为“{wanted}”。",
            f"{row.label.strip()!r} is printed beside {printed!r}; usual is {wanted!r}.", expected=wanted, actual=printed,
        )  # fmt: skip


@lru_cache(1024)
def _beside(lists: Edition, code: str, label: str) -> tuple[frozenset[str], str]:
    """Say what may be printed beside a departmental 款 of a code or name, and what usually is; nothing where none is known."""
    own = lists.economic(code) if code else None
    if own is None:
        found = lists.named(label, kind="dept_economic")
        own = found[0] if len(found) == 1 else None
    if own is None or own.level != 2:
        return frozenset(), ""
    links = [k for t in (_OFFICE, _INSTITUTION) if (k := lists.gov_economic_of(own.code, t)) is not None]
    entries = [e for k in links for e in (k.entry, lists.gov_economic(k.entry.code[:3])) if e is not None]
    return frozenset(n for e in entries for n in _names(e)), "、".join(dict.fromkeys(k.entry.name for k in links))


def _other(entry: Entry, row: Row, figures: Figures, table: Table) -> Entry | None:
    """Find the one other code of the same level whose name is printed, where it was seen published."""
    found = [
        e
        for e in coded_rows.edition_of(figures).named(row.label, kind=coded_rows.LISTS[table.id], level=entry.level)
        if e.code != entry.code
    ]
    return (
        found[0] if len(found) == 1 and found[0].confirmed and not _is_shortened(spelling(row.label), entry) else None
    )


def _is_shortened(plain: str, entry: Entry) -> bool:
    """Tell whether a name only lacks, or adds, the ending 支出 or 收入."""
    return any(spelling(n).removesuffix(e) == plain.removesuffix(e) for n in _all(entry) for e in ("支出", "收入"))


def _all(entry: Entry) -> tuple[str, ...]:
    return (entry.name, *entry.others)


def _names(entry: Entry) -> set[str]:
    return {spelling(n) for n in _all(entry)}


def _has_money(table: str, key: str, figures: Figures) -> bool:
    """Tell whether a row has an amount now, in whichever table of an id: the rows kept may be of an earlier state."""
    rows = [t.row(key) for t in figures.disclosure.tables if t.id == table]
    return any(f.digits for row in rows if row is not None for f in row.cells.values())


def _told(  # noqa: PLR0917 - both texts, both sides, one place
    rule: Rule, figures: Figures, table: Table, row: Row, zh: str, en: str, *, expected: str = "", actual: str = ""
) -> Result:
    spot = spot_of(table, row)
    name = figures.title(table.id)
    evidence = (Evidence(spot, actual or row.code, "", "printed"),)
    told = Told(f"{name}：{zh}", f"{table.id}: {en}", (spot,), expected or None, actual or None, evidence=evidence)
    return violated(rule, told)
