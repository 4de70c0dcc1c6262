"""Which rows a table has: the lines the form always prints, and the codes, projects and members that occur.

A planned row holds the facts that pass its table's filter and are its own, as a mask; `compiling.tables` makes its cells.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import msgspec
from msgspec.structs import replace

from mingzhang.compiling.facts import unit_of
from mingzhang.forms.classifications import edition
from mingzhang.model.disclosure import Side
from mingzhang.model.keys import numbered, tidy
from mingzhang.model.ordinals import han_numeral
from mingzhang.sums.filters import parse_filter, passing_any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from mingzhang.forms.classifications import Edition
    from mingzhang.forms.pack import Pack, PackRows, PackTable
    from mingzhang.model.book import Book
    from mingzhang.sums.filters import Fact, FactMasks

_PARTS: Final = {"item": ("item", "group", "class")}
"""Fact values in which a code stands as far as it goes, the deepest first."""

LISTS: Final = {"functions": "function", "economics": "economic", "revenues": "revenue"}
"""The list of an edition in which the codes of a tree have their names."""

PROJECT_LISTS: Final = ("projects", "projects_carried")
"""The tables that list projects: this year's money first, then what was carried over."""


class PlannedRow(msgspec.Struct, frozen=True, kw_only=True):
    """One row before its cells are summed; `line` is its printed line in the table's body."""

    key: str
    label: str
    facts: int
    code: str = ""
    level: int | None = None
    line: int = 0
    side: Side = ""
    texts: dict[str, str] = {}


def plan_rows(table: PackTable, book: Book, pack: Pack, masks: FactMasks) -> tuple[PlannedRow, ...]:
    """Plan a table's rows in the order of print; of two sides, the left one first."""
    sides = [tuple(_plan_side(rows, table, book, pack, masks)) for rows in table.rows]
    if len(sides) > 1 and any(rows.total_last for rows in table.rows):
        sides = _totals_aligned(sides)
    return tuple(row for side in sides for row in side)


def _totals_aligned(sides: Iterable[tuple[PlannedRow, ...]]) -> list[tuple[PlannedRow, ...]]:
    """Put the totals of both sides on one line below all other rows."""
    sides = list(sides)
    last = 1 + max((r.line for side in sides for r in side if not _is_total(r)), default=0)
    return [tuple(replace(r, line=last) if _is_total(r) else r for r in side) for side in sides]


def _is_total(row: PlannedRow) -> bool:
    return row.key.rpartition(":")[2] == "total"


def code_of(fact: Fact, field: str) -> str:
    """Give the code that a fact has in a field, as far as it goes; "" if it has none."""
    return next((code for part in _PARTS.get(field, (field,)) if (code := fact.values.get(part, ""))), "")


def shown(table: PackTable, side: Side, facts: Iterable[Fact]) -> tuple[Fact, ...]:
    """Pick the facts that at least one figure column of a side sums."""
    return passing_any([parse_filter(text) for text in _filters(table, side)], tuple(facts))


def mask_shown(table: PackTable, side: Side, masks: FactMasks) -> int:
    """Give the mask of the facts that pass a table's filter and that at least one figure column of a side sums."""
    return masks.passing(table.filter) & masks.passing_any(_filters(table, side))


def _filters(table: PackTable, side: Side) -> list[str]:
    return [c.filter for c in table.columns if c.kind == "figure" and c.side == side]


def _plan_side(rows: PackRows, table: PackTable, book: Book, pack: Pack, masks: FactMasks) -> Iterator[PlannedRow]:
    passing = masks.passing(table.filter)
    if rows.source == "fixed":
        yield from _fixed(rows, passing, masks)
        return
    listed = mask_shown(table, rows.side, masks) & masks.passing(rows.filter)
    behind = tuple(replace(r, key=r.key.rpartition(":")[2]) for r in _fixed(rows, passing, masks))
    body = (*_SOURCES[rows.source](rows, table, book, pack, masks, listed), *behind)
    if rows.ordinals:
        body = tuple(replace(r, label=f"{han_numeral(n)}、{r.label}", level=None) for n, r in enumerate(body, start=1))
    prefix = f"{rows.side}:" if rows.side else ""
    total = [PlannedRow(key="total", label=rows.total, facts=passing, level=0)] if rows.total else []
    ordered = [*body, *total] if rows.total_last else [*total, *body]
    keys = numbered(prefix + row.key for row in ordered)
    for line, (row, key) in enumerate(zip(ordered, keys, strict=True), start=1):
        yield replace(row, key=key, line=line, side=rows.side)


def _fixed(rows: PackRows, passing: int, masks: FactMasks) -> Iterator[PlannedRow]:
    """Give the rows that are always printed, and those that are printed only where they have money."""
    for row in rows.fixed:
        level = 0 if row.key.rpartition(":")[2] == "total" else None
        facts = passing & masks.passing(row.filter)
        if row.optional and not facts & masks.worth:
            continue
        yield PlannedRow(key=row.key, label=row.label, facts=facts, line=row.line, side=rows.side, level=level)


def _tree(
    rows: PackRows, table: PackTable, _book: Book, pack: Pack, masks: FactMasks, listed: int
) -> Iterator[PlannedRow]:
    """Give a row to every code that occurs and to each code above it, in the order of the codes.

    Where the table has a text column, rows of the deepest level are those of one code and one text.
    """
    is_coded = any(c.kind == "code" and c.side == rows.side for c in table.columns)
    texts = [c.key for c in table.columns if c.kind == "text" and c.side == rows.side]
    names = edition(pack.standards)
    branches: dict[tuple[str, tuple[str, ...]], int] = {}
    for fact in masks.facts(listed & masks.worth):
        code = code_of(fact, rows.field)
        if not code:
            continue
        bit = masks.bit(fact)
        for length in (n for n in rows.levels if n <= len(code)):
            own = tuple(fact.values.get(t, "") for t in texts) if length == rows.levels[-1] else ()
            branch = (code[:length], own)
            branches[branch] = branches.get(branch, 0) | bit
    for (code, own), under in sorted(branches.items()):
        label = _name(names, LISTS[rows.source], code)
        yield PlannedRow(
            key=tidy(label) if rows.keyed_by == "name" else code,
            label=label,
            code=code if is_coded else "",
            level=rows.levels.index(len(code)) + 1,
            facts=under,
            texts={t: _name(names, t, value) for t, value in zip(texts, own, strict=False) if value},
        )


def _projects(
    rows: PackRows, _table: PackTable, book: Book, _pack: Pack, masks: FactMasks, listed: int
) -> Iterator[PlannedRow]:
    """Give the projects in the book's order, unit by unit where the form has subtotal lines of units."""
    facts = listed & masks.worth
    if "department" in rows.subtotals and facts:
        yield PlannedRow(key=f"department:{tidy(book.unit_name)}", label=book.unit_name, facts=facts)
    if "unit" not in rows.subtotals:
        yield from _project_rows(book, masks, facts)
        return
    for unit, own in _units(book, masks, facts):
        name = unit_name_of(unit, book)
        yield PlannedRow(key=f"unit:{tidy(name)}", label=name, facts=own)
        yield from _project_rows(book, masks, own)


def _project_rows(book: Book, masks: FactMasks, facts: int) -> Iterator[PlannedRow]:
    for project in book.projects:
        own = facts & masks.by("project").get(project.id, 0)
        if own:
            yield PlannedRow(key=f"project:{tidy(project.name)}", label=project.name, facts=own)


def _members(
    _rows: PackRows, _table: PackTable, book: Book, _pack: Pack, masks: FactMasks, listed: int
) -> Iterator[PlannedRow]:
    for unit, own in _units(book, masks, listed & masks.worth):
        name = unit_name_of(unit, book)
        yield PlannedRow(key=tidy(name), label=name, facts=own)


def _none(
    _rows: PackRows, _table: PackTable, _book: Book, _pack: Pack, _masks: FactMasks, _listed: int
) -> Iterator[PlannedRow]:
    return iter(())


_SOURCES: Final[dict[str, Callable[[PackRows, PackTable, Book, Pack, FactMasks, int], Iterator[PlannedRow]]]] = {
    "functions": _tree,
    "economics": _tree,
    "revenues": _tree,
    "projects": _projects,
    "members": _members,
    "none": _none,
}


def unit_name_of(code: str, book: Book) -> str:
    """Give the name of a unit by its code; the book's own name where no member has it."""
    return next((m.name for m in book.members if m.code == code), book.unit_name)


def _units(book: Book, masks: FactMasks, facts: int) -> list[tuple[str, int]]:
    """List the units that have facts, with them: the book's own first unless it is a member, then the members in order."""
    order = [m.code for m in book.members]
    own = unit_of("", book)
    mine = masks.by("unit")
    units = ([own] if own not in order else []) + order
    return [(u, under) for u in units if (under := facts & mine.get(u, 0))]


def _name(names: Edition, part: str, code: str) -> str:
    """Give a code's official name; a code that an edition lacks was refused before (`compiling.admission`)."""
    entry = getattr(names, part)(code)
    return code if entry is None else entry.name
