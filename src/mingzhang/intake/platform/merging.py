"""An import into a book that exists: what was typed stays, the lines of an earlier import give way, all changes are told."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, Final

import msgspec
from msgspec.structs import replace

from mingzhang.intake.platform.amounts import yuan
from mingzhang.intake.platform.reconciling import Held
from mingzhang.intake.platform.vocabulary import TEXTS
from mingzhang.model.book import Book
from mingzhang.model.keys import tidy
from mingzhang.model.language import gettext as _

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from mingzhang.model.book import Project, SpendingLine

IMPORTED: Final = "/import"
"""Where a book keeps what its lines were imported from (in `extra`)."""

_TYPED: Final = ("level", "tags", "costing", "withheld", "gov_economic", "revenue", "fund_part",
                 "transfer_to", "transfer_from", "transfer_line")  # fmt: skip


class Merged(msgspec.Struct, frozen=True):
    """The book after an import, what changed in words, and where its imported lines came from."""

    book: Book
    changes: tuple[str, ...]
    places: dict[str, str]


def kept_lines(book: Book) -> tuple[SpendingLine, ...]:
    """Give the lines that a new import does not replace: those that were not imported."""
    imported = set(book.extra.get(IMPORTED, {}).get("lines", ()))
    return tuple(x for x in book.spending if x.id not in imported)


def held_of(book: Book, new: Book | None) -> list[Held]:
    """Give the lines that stay beside an import, those left out that are the same as one of its lines."""
    twins = set(_twins(kept_lines(book), new.spending if new is not None else (), book, new))
    return [Held(x.unit or book.unit_code or book.unit_name, x) for x in kept_lines(book) if x.id not in twins]


def merged(book: Book, new: Book, places: dict[str, str]) -> Merged:
    """Put imported lines into a book; ids, marks and texts that it has stay with what they belong to."""
    changes: list[str] = []
    projects, ids = _projects(book, new, changes)
    projects = _worded(projects, {ids[p.id]: p for p in new.projects})
    kept = kept_lines(book)
    twins = _twins(kept, new.spending, book, new)
    stays = tuple(x for x in kept if x.id not in twins)
    before = [x for x in book.spending if x not in stays]
    lines, were = _lines(before, new, ids, book, stays)
    where = {line.id: places[x.id] for line, x in zip(lines, new.spending, strict=True)}
    changes += _told_changes(lines, were, before)
    members = {m.code: m for m in (*new.members, *book.members)}
    units = {x.unit for x in (*stays, *lines)} - {"", book.unit_code}
    found = replace(
        book,
        members=tuple(m for m in members.values() if m in book.members or m.code in units),
        spending=(*stays, *lines),
        projects=projects,
    )
    return Merged(found, tuple(changes), where)


def _place(line: SpendingLine, book: Book, project: str) -> tuple[str, ...]:
    """Give what a line is known again by, its amount aside."""
    own = {"", book.unit_code, book.unit_name}
    unit = "" if line.unit in own else line.unit
    return (unit, line.function, line.economic, line.kind, line.fund, line.origin, project)


def _project_name(book: Book, project: str) -> str:
    return next((tidy(p.name) for p in book.projects if p.id == project), project)


def _twins(kept: Iterable[SpendingLine], lines: Iterable[SpendingLine], book: Book, new: Book | None) -> dict[str, str]:
    """Pair typed lines with imported ones that say the same, amount included."""
    free: dict[tuple[Any, ...], list[str]] = defaultdict(list)
    for x in lines:
        assert new is not None
        free[*_place(x, book, _project_name(new, x.project)), x.amount].append(x.id)
    found = {}
    for x in kept:
        same = free.get((*_place(x, book, _project_name(book, x.project)), x.amount))
        if same:
            found[x.id] = same.pop(0)
    return found


def _projects(book: Book, new: Book, changes: list[str]) -> tuple[tuple[Project, ...], dict[str, str]]:
    """Match projects by id, then by name; texts and targets of those known stay."""
    ids: dict[str, str] = {}
    added = []
    known = {p.id: p for p in book.projects}
    taken = set(known)
    for p in new.projects:
        same = known.get(p.id) if p.id in known and tidy(known[p.id].name) == tidy(p.name) else None
        same = same or next((q for q in book.projects if tidy(q.name) == tidy(p.name)), None)
        if same is not None:
            ids[p.id] = same.id
            continue
        fresh = next(i for i in (p.id, *(f"{p.id}-{n}" for n in range(2, 9999))) if i not in taken)
        taken.add(fresh)
        ids[p.id] = fresh
        added.append(replace(p, id=fresh))
        changes.append(_("新增项目：{name}").format(name=p.name))
    fed = set(ids.values()) | {x.project for x in kept_lines(book)}
    changes.extend(
        _("项目“{name}”在导出中没有金额").format(name=p.name)
        for p in book.projects
        if p.id not in fed and not p.withheld
    )
    return (*book.projects, *added), ids


def _worded(projects: Iterable[Project], new: dict[str, Project]) -> tuple[Project, ...]:
    """Give projects the texts that the import has and they have not."""
    found = []
    for p in projects:
        told = new.get(p.id, p)
        found.append(replace(p, **{f: getattr(told, f) for f in TEXTS if getattr(told, f) and not getattr(p, f)}))
    return tuple(found)


def _lines(
    before: Sequence[SpendingLine], new: Book, ids: dict[str, str], book: Book, stays: Sequence[SpendingLine]
) -> tuple[list[SpendingLine], dict[str, SpendingLine]]:
    """Give imported lines the ids and marks of the lines they follow, the same amounts first; and those lines by id."""
    pairs = _pairs(before, new, book)
    taken = {x.id for x in (*stays, *before)} | {x.id for x in book.year_end}
    lines = []
    were = {}
    for x in new.spending:
        was = pairs.get(x.id)
        line = replace(x, project=ids.get(x.project, ""), unit="" if x.unit == book.unit_code else x.unit)
        if was is not None:
            line = replace(line, id=was.id, **{f: getattr(was, f) for f in _TYPED if _is_unset(line, f)})
            were[was.id] = was
        else:
            fresh = next(i for i in (x.id, *(f"{x.id}-{n}" for n in range(2, 99999))) if i not in taken)
            taken.add(fresh)
            line = replace(line, id=fresh)
        lines.append(line)
    return lines, were


def _pairs(before: Iterable[SpendingLine], new: Book, book: Book) -> dict[str, SpendingLine]:
    """Say which earlier line each imported one follows, by its id."""
    old: dict[tuple[str, ...], list[SpendingLine]] = defaultdict(list)
    for x in before:
        old[_place(x, book, _project_name(book, x.project))].append(x)
    pairs: dict[str, SpendingLine] = {}
    for exact in (True, False):
        for x in new.spending:
            free = old[_place(x, book, _project_name(new, x.project))]
            same = next((y for y in free if not exact or y.amount == x.amount), None)
            if x.id not in pairs and same is not None:
                pairs[x.id] = same
                free.remove(same)
    return pairs


def _told_changes(
    lines: Iterable[SpendingLine], were: dict[str, SpendingLine], before: Iterable[SpendingLine]
) -> Iterator[str]:
    for line in lines:
        was = were.get(line.id)
        if was is None:
            yield _("新增 {line}：{new} 元").format(line=_told(line), new=yuan(line.amount))
        elif was.amount != line.amount:
            said = _("{line}：{old} 元改为 {new} 元")
            yield said.format(line=_told(line), old=yuan(was.amount), new=yuan(line.amount))
    for x in before:
        if x.id not in were:
            yield _("去掉 {line}：{old} 元").format(line=_told(x), old=yuan(x.amount))


def _is_unset(line: SpendingLine, field: str) -> bool:
    return getattr(line, field) in ("", ()) or (field == "level" and line.level == "municipal")


def _told(line: SpendingLine) -> str:
    words = [line.id, line.unit, line.function, line.economic, line.project]
    return " ".join(w for w in words if w)
