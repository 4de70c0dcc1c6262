"""The facts of a reason, from last year: which functions, funds and projects account for how much of a change.

Every breakdown adds up to the change exactly: what no part accounts for is named 其他. It is a draft for the clerk, who
knows why; nothing of it goes into a document by itself.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

import msgspec

from mingzhang.compiling.last_year import compared
from mingzhang.compiling.last_year_codes import Group, function_groups, name_groups
from mingzhang.compiling.last_year_figures import LastYear, asked_of_last_year
from mingzhang.compiling.reasons_parts import (
    DIMENSIONS,
    Dimension,
    Source,
    besides,
    dimension_of,
    lowest,
    sources_of,
    within,
)
from mingzhang.compiling.reasons_words import drafted_sentence
from mingzhang.forms.classifications import edition
from mingzhang.forms.expressions import Cell, exact
from mingzhang.forms.narrative import narrative_of
from mingzhang.model.units import is_money
from mingzhang.rules.figures import Figures
from mingzhang.rules.functions.unexplained import reason_keys
from mingzhang.rules.rows import PROJECTS, skeleton

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from mingzhang.forms.pack import Pack
    from mingzhang.model.book import Book
    from mingzhang.model.disclosure import Disclosure
    from mingzhang.model.figure import Figure

OTHER: Final = "其他"
_BASIC: Final = "基本支出"
_ORDINALS: Final = "①②③④⑤⑥⑦⑧⑨⑩"


class Part(msgspec.Struct, frozen=True):
    """One part of a change, in fen: None where a year has no such part. `keys` are the rows of this year or the last."""

    label: str
    keys: tuple[str, ...]
    now: int | None
    last: int | None

    @property
    def change(self) -> int:
        """Give by how much the part changed."""
        return (self.now or 0) - (self.last or 0)


class Breakdown(msgspec.Struct, frozen=True):
    """A change by parts of one kind, the largest first; the remainder, named 其他, stands last where there is one."""

    dimension: Dimension
    parts: tuple[Part, ...]


class DraftedReason(msgspec.Struct, frozen=True):
    """A statement's change in fen, its exact breakdowns, and a sentence of them.

    `reasons` are the keys of `Book.reasons` that the sentence could be accepted under, the nearest first.
    """

    section: str
    statement: str
    now: int
    last: int
    change: int
    reasons: tuple[str, ...]
    breakdowns: tuple[Breakdown, ...]
    sentence: str


def drafted_reasons(
    book: Book, pack: Pack, disclosure: Disclosure, last: Sequence[Disclosure]
) -> tuple[DraftedReason, ...]:
    """Break down every change that a document states, by what its tables and last year's print.

    `disclosure` is the book's own, compiled; `last` last year's document, or those of the units that were merged. What
    the book states of last year counts, as in the document: what its parts do not make up is in the remainder.
    """
    return tuple(_Drafting(book, pack, disclosure, last).drafts())


class _Drafting:
    def __init__(self, book: Book, pack: Pack, disclosure: Disclosure, last: Sequence[Disclosure]) -> None:
        self.book = book
        self.pack = pack
        self.narrative = narrative_of(pack)
        self.figures = Figures(disclosure, pack)
        self.last = tuple(LastYear(d, pack) for d in last)
        self.base = compared(book, pack, last).book.last_year

    def drafts(self) -> Iterator[DraftedReason]:
        for asked in asked_of_last_year(self.narrative):
            declared = self.narrative.declaration(asked.now, asked.section)
            tree = None if declared is None else declared.tree
            stated = [x.stated(asked) for x in self.last]
            sheet = self.figures.sheets.get(tree.table) if isinstance(tree, Cell) else None
            figure = sheet.figure(tree.row, tree.column) if sheet is not None and isinstance(tree, Cell) else None
            if not isinstance(tree, Cell) or figure is None or not stated or not all(stated):
                continue
            now, last = _fen(figure), self.base.get(asked.key)
            if last is None:
                continue
            if now == last:
                continue
            breakdowns = tuple(self._breakdowns(tree, figure, now, last)) or (self._line(tree, figure, now, last),)
            keys = reason_keys(asked.now, asked.section, self.narrative)
            if not keys:
                continue
            sentence = drafted_sentence(now, last, breakdowns)
            yield DraftedReason(asked.section, asked.now, now, last, now - last, keys, breakdowns, sentence)

    def _breakdowns(self, cell: Cell, figure: Figure, now: int, last: int) -> Iterator[Breakdown]:
        whole = frozenset(figure.facts)
        sources = sources_of(self.figures, cell, whole)
        for dimension in DIMENSIONS:
            chosen = sources.get(dimension, ())
            parts = [p for p in self._parts(dimension, chosen) if p.now or p.last]
            if not parts:
                continue
            held = frozenset[str]().union(*(s.facts for s in chosen))
            parts += self._besides(cell, whole - held, totals_first=dimension == "project")
            kept = sorted((p for p in parts if p.change), key=lambda p: (-abs(p.change), p.label))
            rest = (now - last) - sum(p.change for p in kept)
            if rest:
                kept.append(
                    Part(OTHER, (), now - sum(p.now or 0 for p in parts), last - sum(p.last or 0 for p in parts))
                )
            yield Breakdown(dimension, tuple(kept))

    def _line(self, cell: Cell, figure: Figure, now: int, last: int) -> Breakdown:
        """Break down a line under which its table prints nothing: by the rows of other tables that hold part of it only."""
        whole, rest = frozenset(figure.facts), frozenset(figure.facts)
        found: dict[str, Part] = {}
        for table, row, column in within(self.figures, cell):
            held = frozenset(self.figures.sheets[table].cells[row, column].facts)
            if held <= rest and held != whole:
                rest -= held
                own = self._name(table, row, column)
                part = self._both_years(own if table in PROJECTS else f"{_BASIC}中的{own}", (table, row, column))
                found[part.label] = _joined(found.get(part.label), part)
        parts = list(found.values()) if rest != whole else []
        parts = [p for p in parts if p.change]
        if not parts:
            return Breakdown("item", (Part(self._name(cell.table, cell.row, cell.column), (cell.row,), now, last),))
        more, before = now - sum(p.now or 0 for p in parts), last - sum(p.last or 0 for p in parts)
        parts.sort(key=lambda p: (-abs(p.change), p.label))
        return Breakdown("item", (*parts, Part(OTHER, (), more, before)) if more != before else tuple(parts))

    def _parts(self, dimension: Dimension, sources: Sequence[Source]) -> Iterator[Part]:
        now = _together(self._rows(self.figures, s, dimension) for s in sources)
        last = _together(self._rows(x.figures, s, dimension) for s in sources for x in self.last)
        unknown = {k for s in sources for k in self._unknown_rows(s, dimension)}
        now, last = ({k: v for k, v in rows.items() if k not in unknown} for rows in (now, last))
        labels = Counter(label for key, (label, _fen_) in {**last, **now}.items())
        twice = {label for label, times in labels.items() if times > 1 and dimension == "function"}
        for group in self._groups(dimension, tuple(now), tuple(last)):
            rows = [(k, now[k][0]) for k in group.now] or [(k, last[k][0]) for k in group.before]
            yield Part(
                "、".join(dict.fromkeys(f"{self._above(k)}中的{name}" if name in twice else name for k, name in rows)),
                group.now or group.before,
                sum(now[k][1] for k in group.now) if group.now else None,
                sum(last[k][1] for k in group.before) if group.before else None,
            )

    def _above(self, code: str) -> str:
        """Name the 款 of an item whose name others bear too."""
        entry = edition(self.pack.standards).function(code[:5])
        return code if entry is None else entry.name

    def _groups(self, dimension: Dimension, now: tuple[str, ...], last: tuple[str, ...]) -> tuple[Group, ...]:
        match dimension:
            case "function":
                return function_groups(self.book, self.pack, now, last)
            case "project":
                return name_groups(self.book, now, last, "project", "project:")
            case _:
                return name_groups(self.book, now, last, "unit")

    def _unknown_rows(self, source: Source, dimension: Dimension) -> Iterator[str]:
        """List fixed rows that only one year's table prints, or one more finely: nothing is known of the other's."""
        sheets = [s for x in self.last if (s := x.figures.sheets.get(source.table)) is not None]
        for sheet in sheets if dimension == "fund" or source.table in skeleton() else ():
            yield from set(lowest(sheet)) ^ set(lowest(self.figures.sheets[source.table]))

    def _rows(self, figures: Figures, source: Source, dimension: Dimension) -> dict[str, tuple[str, int]]:
        """Give label and fen of the lowest rows of a source."""
        sheet, table = figures.sheets.get(source.table), figures.disclosure.table(source.table)
        if sheet is None or table is None:
            return {}
        found = {}
        for key in lowest(sheet):
            figure = sheet.figure(key, source.column)
            if dimension_of(source.table, key) == dimension and figure is not None and figure.digits is not None:
                row = table.row(key)
                if is_money(figure.unit):
                    found[key] = (_label(key, "" if row is None else row.label), _fen(figure))
        return found

    def _besides(self, cell: Cell, rest: frozenset[str], *, totals_first: bool) -> list[Part]:
        """Give what no part of a breakdown holds, where a figure of both years says so (money carried out, basic spending)."""
        found = []
        for table, row, column in besides(self.figures, cell, rest, totals_first=totals_first):
            figure = self.figures.sheets[table].cells[row, column]
            sheets = [x.figures.sheets.get(table) for x in self.last]
            then = [f for s in sheets if s is not None and (f := s.figure(row, column)) is not None]
            if len(then) == len(self.last):
                last = sum(_fen(f) for f in then)
                name = self._name(table, row, column)
                found.append(Part(name, (f"{table}[{row}].{column}",), _fen(figure), last))
        return found

    def _both_years(self, label: str, cell: tuple[str, str, str]) -> Part:
        """Give one cell of this year beside last year's of the same key."""
        table, row, column = cell
        sheets = [x.figures.sheets.get(table) for x in self.last]
        then = [_fen(f) for s in sheets if s is not None and (f := s.figure(row, column)) is not None]
        return Part(label, (row,), _fen(self.figures.sheets[table].cells[row, column]), sum(then) if then else None)

    def _name(self, table: str, row: str, column: str) -> str:
        printed = self.figures.disclosure.table(table)
        found = None if printed is None else printed.row(row)
        if row == "total" and printed is not None:
            return next((c.header for c in printed.columns if c.key == column and c.header), column)
        return _label(row, "" if found is None else found.label)


def _together(sources: Iterable[dict[str, tuple[str, int]]]) -> dict[str, tuple[str, int]]:
    out: dict[str, tuple[str, int]] = {}
    for source in sources:
        for key, (label, fen) in source.items():
            out[key] = (label, out.get(key, ("", 0))[1] + fen)
    return out


def _joined(one: Part | None, other: Part) -> Part:
    """Add up two parts that are called the same."""
    if one is None:
        return other
    last = None if one.last is None and other.last is None else (one.last or 0) + (other.last or 0)
    return Part(one.label, (*one.keys, *other.keys), (one.now or 0) + (other.now or 0), last)


def _fen(figure: Figure) -> int:
    """Give a figure's amount in fen; where nothing is printed there is none."""
    return round(exact(figure.digits or 0, figure.unit, figure.places))


def _label(key: str, label: str) -> str:
    text = (label.strip() or key.partition(":")[2] or key).lstrip(_ORDINALS)
    for mark in ("、", "．"):
        head, found, tail = text.partition(mark)
        if found and head and all(c in "一二三四五六七八九十" for c in head):
            return tail.strip()
    return text
