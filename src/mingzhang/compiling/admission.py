"""What a book must have before it can be compiled into a form: whatever has no place in the form is refused aloud."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from mingzhang.compiling.clearances import unknown_clearances
from mingzhang.compiling.layout import LISTS, code_of, mask_shown
from mingzhang.compiling.tables import filled
from mingzhang.forms.classifications import edition
from mingzhang.forms.glossary import word_for, words
from mingzhang.forms.packs import all_packs
from mingzhang.model.fault import Fault, InvalidBook
from mingzhang.model.language import gettext as _
from mingzhang.model.language import later

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mingzhang.forms.pack import Pack, PackRows, PackTable
    from mingzhang.model.book import Book
    from mingzhang.sums.filters import Fact, FactMasks

_UNIT: Final = "unit_budget"
_WHOLE: Final = "aggregate"

_FIELDS: Final = {
    "item": later("功能科目"),
    "economic": later("部门预算支出经济科目"),
    "revenue": later("收入科目"),
    "gov_economic": later("政府预算支出经济科目"),
}
"""What the codes of a field are called."""


def must_fit(book: Book, pack: Pack, facts: Sequence[Fact], masks: FactMasks) -> None:
    """See that every fact has a place in every table it belongs to.

    Raises:
        InvalidBook: a fact without the code that a table lists it by, a code that does not exist, an amount below
            zero, one id twice, a project or unit that the book does not describe, a cover that says what it may not; all problems together.
    """
    problems = [
        *_twice(book),
        *_strangers(book, facts),
        *unknown_clearances(book, pack),
        *(problem for table in pack.tables for problem in _without_place(table, book, pack, masks)),
    ]
    unique = {str(p): p for p in problems}
    if unique:
        raise InvalidBook(list(unique.values()))


def must_be_of_kind(book: Book, pack: Pack) -> None:
    """See that a book is of the kind of document that its form prints, and of a level that such documents have.

    Raises:
        InvalidBook: it is not; the packs of its kind are named.
    """
    kinds = {w.identifier: w.name for w in words() if w.kind == "document"}
    what, printed = (kinds.get(k, k) for k in (book.kind, pack.kind))
    if book.kind != pack.kind:
        fitting = [p.id for p in all_packs() if p.kind == book.kind and (p.place == pack.place or p.fallback)]
        hint = _("可改用表样包：{names}。").format(names=_("、").join(fitting)) if fitting else ""
        text = _("底册是{what}，表样包“{pack}”印的是{printed}").format(what=what, pack=pack.id, printed=printed)
        raise InvalidBook([Fault(text, place="kind", hint=hint)])
    if pack.kind == _UNIT and book.scope == _WHOLE:
        text = _("底册的范围是{scope}，表样包“{pack}”印的是{printed}").format(
            scope=kinds.get(book.scope, book.scope), pack=pack.id, printed=printed
        )
        hint = _("范围写 own_office（本级）或 unit（所属单位）；部门汇总请用部门的表样包。")
        raise InvalidBook([Fault(text, place="scope", hint=hint)])


def _twice(book: Book) -> Iterator[Fault]:
    ids = Counter([x.id for x in book.spending] + [x.id for x in book.year_end])
    for name, times in ids.items():
        if times > 1:
            yield Fault(
                _("明细编号“{name}”出现了 {times} 次").format(name=name, times=times),
                place=name,
                hint=_("每条明细的编号应各不相同。"),
            )


def _strangers(book: Book, facts: Sequence[Fact]) -> Iterator[Fault]:
    """Find amounts below zero, and projects and units that the book does not describe."""
    projects = {"", *(p.id for p in book.projects)}
    units = {"", book.unit_code, *(m.code for m in book.members)}
    for fact in facts:
        if fact.amount < 0:
            yield Fault(_("金额不能为负数"), place=fact.id)
        if (project := fact.values.get("project", "")) not in projects:
            yield Fault(_("底册中没有项目“{project}”").format(project=project), place=fact.id)
        if fact.values.get("kind") == "project" and not project:
            yield Fault(_("项目支出没有指明项目"), place=fact.id)
        if (unit := fact.values.get("unit", "")) not in units:
            yield Fault(_("底册中没有单位“{unit}”").format(unit=unit), place=fact.id)


def _without_place(table: PackTable, book: Book, pack: Pack, masks: FactMasks) -> Iterator[Fault]:
    """Find facts that a table counts in no column, or cannot list for want of a code."""
    title = filled(table.title, book.year)
    listed = unrowed = 0
    for rows in table.rows:
        seen = mask_shown(table, rows.side, masks) & masks.worth
        listed |= seen
        if rows.source == "fixed":
            unrowed |= seen & ~_in_rows(rows, masks)
        if rows.source in LISTS:
            yield from _unnamed(rows, title, pack, masks.facts(seen & masks.passing(rows.filter)))
    for fact in masks.facts(masks.passing(table.filter) & masks.worth & (~listed | unrowed)):
        word = word_for(fact.values.get("origin", ""), "origin")
        origin = "" if word is None else word.name
        yield Fault(_("《{title}》没有一栏可列这笔资金（{origin}）").format(title=title, origin=origin), place=fact.id)


def _in_rows(rows: PackRows, masks: FactMasks) -> int:
    """Give the mask of the facts that a row other than a total sums; of all where there is no such row."""
    filters = [r.filter for r in rows.fixed if r.key.rpartition(":")[2] != "total"]
    return masks.passing_any(filters) if filters else masks.every


def _unnamed(rows: PackRows, title: str, pack: Pack, facts: Sequence[Fact]) -> Iterator[Fault]:
    """Find facts whose code is missing, does not exist, or does not reach down to the first level printed."""
    field = _(_FIELDS.get(rows.field, rows.field))
    named = getattr(edition(pack.standards), LISTS[rows.source])
    for fact in facts:
        code = code_of(fact, rows.field)
        if not code:
            yield Fault(_("缺少{field}，无法列入《{title}》").format(field=field, title=title), place=fact.id)
        elif not (len(code) in rows.levels or len(code) > rows.levels[-1]) or named(code) is None:
            yield Fault(
                _("{field}“{code}”不在 {edition} 版收支分类科目中").format(
                    field=field, code=code, edition=pack.standards
                ),
                place=fact.id,
            )
