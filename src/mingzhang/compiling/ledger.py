"""The adjusted book (调整后预算数): the approved one with the in-year changes of a ledger.

It is the base that next year is compared with, never a publication. Every change stays on the record beside the
amounts, so that the approved amount of any line, and what became of it when, can be told.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from itertools import groupby
from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace

from mingzhang.model.book import LineChange
from mingzhang.model.fault import Fault, InvalidBook
from mingzhang.model.language import gettext as _

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mingzhang.model.book import Book, Project, SpendingLine
    from mingzhang.model.ledger import ChangedTarget, Ledger


class Step(msgspec.Struct, frozen=True):
    """One change of a line, and the line's amount in fen after it."""

    change: LineChange
    amount: int


class History(msgspec.Struct, frozen=True):
    """A line's approved amount in fen (`approved`), what became of it, and the adjusted amount."""

    line: str
    approved: int
    steps: tuple[Step, ...] = ()

    @property
    def adjusted(self) -> int:
        """Give the amount after all changes."""
        return self.steps[-1].amount if self.steps else self.approved


def adjusted(book: Book, ledger: Ledger) -> Book:
    """Give the book after the changes of a ledger, in the order of their dates; a book may be adjusted again.

    Raises:
        InvalidBook: the ledger is not of this book, an entry does not do what its kind says, a line is not known or
            would fall below zero; everything that is wrong, each with its place.
    """
    problems = [*_not_of(book, ledger), *_wrong_new(book, ledger), *_wrong_entries(ledger)]
    lines = (*book.spending, *(x for x in ledger.lines if x.id not in {y.id for y in book.spending}))
    changes = tuple(sorted(ledger.changes, key=lambda c: c.date))
    problems += _before_earlier(book, changes)
    amounts = {x.id: x.amount for x in lines}
    for _key, together in groupby(changes, key=lambda c: (c.date, c.entry)):
        entry = list(together)
        for change in entry:
            if change.line not in amounts:
                text = _("底册中没有明细“{line}”").format(line=change.line)
                problems.append(Fault(text, place=change.entry, hint=_("新增的明细请列入台账的“新增明细”。")))
                continue
            amounts[change.line] += change.more - change.less
        problems += _below_zero(entry, amounts)
    if problems:
        raise InvalidBook(problems)
    return replace(
        book,
        spending=tuple(replace(x, amount=amounts[x.id]) for x in lines),
        projects=tuple(_retargeted(p, ledger.targets) for p in (*book.projects, *ledger.projects)),
        adjustments=(*book.adjustments, *changes),
    )


def histories(book: Book) -> tuple[History, ...]:
    """Tell what became of each line that in-year changes touched, in the order of the book's lines."""
    touched = {c.line for c in book.adjustments}
    return tuple(_history(x, book.adjustments) for x in book.spending if x.id in touched)


def _history(line: SpendingLine, changes: Sequence[LineChange]) -> History:
    own = [c for c in changes if c.line == line.id]
    amount = approved = line.amount - sum(c.more - c.less for c in own)
    steps = []
    for change in own:
        amount += change.more - change.less
        steps.append(Step(change, amount))
    return History(line.id, approved, tuple(steps))


def _not_of(book: Book, ledger: Ledger) -> Iterator[Fault]:
    if ledger.year != book.year:
        text = _("台账的年度是 {ledger}，底册的是 {book}")
        yield Fault(text.format(ledger=ledger.year, book=book.year), place="/year")
    if ledger.unit_code and ledger.unit_code != book.unit_code:
        text = _("台账的单位代码是 {ledger}，底册的是 {book}")
        yield Fault(text.format(ledger=ledger.unit_code, book=book.unit_code), place="/unit_code")
    known = {p.id for p in (*book.projects, *ledger.projects)}
    for target in ledger.targets:
        if target.project not in known:
            yield Fault(_("底册中没有项目“{project}”").format(project=target.project), place=target.project)


def _wrong_new(book: Book, ledger: Ledger) -> Iterator[Fault]:
    known = {x.id for x in book.spending}
    times = Counter(x.id for x in ledger.lines)
    for line in ledger.lines:
        if line.id in known or times[line.id] > 1:
            yield Fault(_("新增明细的编号“{line}”已有").format(line=line.id), place=line.id)
        if line.amount:
            text = _("新增明细不填金额，金额由调整各行给出")
            yield Fault(text, place=line.id)
        if line.id not in {c.line for c in ledger.changes}:
            yield Fault(_("新增明细没有任何调整"), place=line.id)
    projects = {p.id for p in book.projects}
    for project in ledger.projects:
        if project.id in projects:
            yield Fault(_("新增项目的编号“{project}”已有").format(project=project.id), place=project.id)


def _wrong_entries(ledger: Ledger) -> Iterator[Fault]:
    """Find entries that do not do what their kind says, and entries told in two ways."""
    entries: dict[str, list[LineChange]] = {}
    for change in ledger.changes:
        entries.setdefault(change.entry, []).append(change)
        if not _is_date(change.date, ledger.year):
            hint = _("写作“{year}-06-30”，在本预算年度之内。").format(year=ledger.year)
            yield Fault(_("日期“{date}”不对").format(date=change.date), place=change.entry, hint=hint)
        if change.more < 0 or change.less < 0 or (change.more > 0) == (change.less > 0):
            yield Fault(_("每行填调增或调减之一，大于零"), place=f"{change.entry} {change.line}")
    for name, changes in entries.items():
        if len({(c.kind, c.date, c.document) for c in changes}) > 1:
            yield Fault(_("同一次调整的类型、日期、文号应相同"), place=name)
            continue
        more, less = sum(c.more for c in changes), sum(c.less for c in changes)
        match changes[0].kind:
            case "increase" if less:
                yield Fault(_("追加只能调增"), place=name)
            case "decrease" if more:
                yield Fault(_("追减只能调减"), place=name)
            case "shift" if more != less:
                text = _("调剂应增减相等：调增 {more} 元，调减 {less} 元")
                yield Fault(text.format(more=_yuan(more), less=_yuan(less)), place=name)


def _is_date(text: str, year: int) -> bool:
    """Tell whether a text is a day of the budget year, as the standard writes it."""
    try:
        return len(text) == 10 and dt.date.fromisoformat(text).year == year
    except ValueError:
        return False


def _before_earlier(book: Book, changes: Sequence[LineChange]) -> Iterator[Fault]:
    """Find changes that the book holds already, and such as lie before those that it holds."""
    known = {c.entry for c in book.adjustments}
    last = max((c.date for c in book.adjustments), default="")
    for entry, date in dict.fromkeys((c.entry, c.date) for c in changes):
        if entry in known:
            yield Fault(_("调整“{entry}”已经记入过").format(entry=entry), place=entry)
        elif date < last:
            text = _("日期 {date} 早于已记入的 {last}")
            yield Fault(text.format(date=date, last=last), place=entry)


def _below_zero(entry: Sequence[LineChange], amounts: dict[str, int]) -> Iterator[Fault]:
    for change in entry:
        if amounts.get(change.line, 0) < 0:
            text = _("明细 {line} 调减后为负：-{amount} 元")
            message = text.format(line=change.line, amount=_yuan(-amounts[change.line]))
            yield Fault(message, place=f"{change.entry} {change.date}")


def _retargeted(project: Project, targets: Sequence[ChangedTarget]) -> Project:
    """Give a project its changed texts and targets, the latest change last."""
    for target in sorted((t for t in targets if t.project == project.id), key=lambda t: t.date):
        texts = {f: text for f in _TEXTS if (text := getattr(target, f))}
        spans = {g.span for g in target.goals}
        kept = tuple(g for g in project.goals if g.span not in spans)
        goals = tuple(sorted((*kept, *target.goals), key=lambda g: g.span != "period"))
        project = replace(project, **texts, goals=goals if target.goals else project.goals)
    return project


_TEXTS = ("overview", "basis", "necessity", "safeguards", "plan", "period_goal", "annual_goal")


def _yuan(fen: int) -> str:
    return f"{fen // 100:,}.{fen % 100:02d}"
