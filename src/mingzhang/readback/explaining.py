"""How a reading came about: which door, which form and why, whose document, and each table's columns by what they were known."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

import msgspec

from mingzhang.forms.lexicon import lexicon
from mingzhang.forms.packs import all_packs
from mingzhang.readback.identity import ranked_packs, unit_code_of, years_of
from mingzhang.readback.likeness import bare, filled
from mingzhang.readback.marks import lines_of, without_marks
from mingzhang.readback.register import Match
from mingzhang.readback.titles import TitleBook

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mingzhang.forms.pack import Pack, PackTable
    from mingzhang.model.disclosure import Column, Disclosure, Table
    from mingzhang.readback.opening import Opened

_RUNNERS_UP: Final = 3


class PackFit(msgspec.Struct, frozen=True):
    """How one form pack fits: percent of printed titles that are its own, whether its years are the document's, both together."""

    pack: str
    titles: int
    year_fits: bool
    score: int


class ColumnRead(msgspec.Struct, frozen=True, omit_defaults=True):
    """One column: what is printed above it, its key, and by what it was known.

    `how` is `form` (the form's own words), `lexicon` (words that mean this anywhere), `alike` (nearly the form's
    words), `place` (no words of its own, known by where it stands and what adds up) or `own` (kept by its own words).
    """

    header: str
    key: str
    side: str
    how: str


class TableRead(msgspec.Struct, frozen=True, omit_defaults=True):
    """One table: its title, the key it was given and why, its columns, how much was read and what is not sure.

    `how` is `title`, `alike` (a title nearly the form's), `head` (by the words of its head) or `unknown`.
    """

    key: str
    title: str
    how: str
    place: str
    columns: tuple[ColumnRead, ...]
    rows: int
    figures: int
    doubted: int
    doubts: tuple[str, ...] = ()


class Explanation(msgspec.Struct, frozen=True, omit_defaults=True):
    """All that speaks for a reading; evidence counts say how often each candidate was seen."""

    file: str
    door: str
    files: tuple[str, ...]
    pack: str
    packs: tuple[PackFit, ...]
    unit: str
    units: dict[str, int]
    unit_code: str
    code_printed: bool
    year: int | None
    years: dict[str, int]
    kind: str
    scope: str
    tables: tuple[TableRead, ...]
    statements: int
    statements_unknown: int
    sections_unknown: tuple[str, ...] = ()
    forms: int = 0
    doubts: tuple[str, ...] = ()
    register: Match | None = None


def explained(file: Opened, found: Disclosure, *, register: Match | None = None) -> Explanation:
    """Explain how what a door gave became this disclosure."""
    lines, _marks = without_marks(lines_of(file.pages))
    packs = all_packs()
    book = TitleBook(packs)
    titles = [n.title for t in found.tables if (n := book.named(t.title)) is not None]
    ranked = ranked_packs(packs, titles, found.year)[: _RUNNERS_UP + 1]
    pack = next((p for p in packs if found.pack is not None and p.id == found.pack.id), None)
    slots = [s for x in found.sections for p in x.paragraphs for s in p.slots if s.figure is not None]
    return Explanation(
        file=file.source.name,
        door=file.source.format,
        files=tuple(dict.fromkeys(x.place.file for x in lines if x.place.file)),
        pack=pack.id if pack is not None else "",
        packs=tuple(
            PackFit(r.pack.id, round(100 * r.fit), found.year in r.pack.years, round(100 * r.score)) for r in ranked
        ),
        unit=found.unit_name,
        units=dict(Counter(t.unit_name for t in found.tables if t.unit_name)),
        unit_code=found.unit_code,
        code_printed=bool(unit_code_of(lines, found.unit_name)),
        year=found.year,
        years={str(y): n for y, n in years_of(lines).most_common()},
        kind=found.kind,
        scope=found.scope,
        tables=tuple(_table(t, pack or ranked[0].pack, book, found.year) for t in found.tables),
        statements=len(slots),
        statements_unknown=sum(len(p.unknown) for x in found.sections for p in x.paragraphs),
        sections_unknown=tuple(s.heading for s in found.sections if s.key.startswith("unknown:")),
        forms=len(found.project_forms) + (found.department_form is not None),
        doubts=found.doubts,
        register=register,
    )


def _table(table: Table, pack: Pack, book: TitleBook, year: int | None) -> TableRead:
    named = book.named(table.title)
    if table.id.startswith("unknown:"):
        how = "unknown"
    elif named is None or table.id not in named.ids:
        how = "head"
    else:
        how = "alike" if named.slips else "title"
    figures = [f for r in table.rows for f in r.cells.values() if f.is_number]
    spec = pack.table(table.id)
    return TableRead(
        table.id,
        table.title,
        how,
        "" if table.place is None else str(table.place),
        tuple(ColumnRead(c.header, c.key, c.side, _how(c, spec, year)) for c in _once(table.columns)),
        len(table.rows),
        len(figures),
        sum(bool(f.doubt) for f in figures),
        table.doubts,
    )


def _once(columns: Sequence[Column]) -> list[Column]:
    """Give a code that is printed in several cells once."""
    return list({(c.key, c.side): c for c in reversed(columns)}.values())[::-1]


def _how(column: Column, spec: PackTable | None, year: int | None) -> str:
    """Say by what a column was known."""
    if not column.header:
        return "place"
    own = bare(column.header, year)
    mine = [c for c in spec.columns if c.key == column.key and c.side == column.side] if spec is not None else []
    if any(own == bare(filled(w, year), year) for c in mine for w in (c.header, *c.names)):
        return "form"
    if own in {bare(w) for w in lexicon().columns.get(column.key, ())}:
        return "lexicon"
    return "alike" if mine else "own"
