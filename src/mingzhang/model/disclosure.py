"""A disclosure: what is, or was, published. It can hold a wrong document faithfully.

Nothing in it refers back to what holds it, so that the collector of cycles need not look at its parts (`gc=False`).
"""

from __future__ import annotations

from typing import Any, Literal

import msgspec

from mingzhang.model.figure import Figure
from mingzhang.model.performance import DepartmentForm, ProjectForm
from mingzhang.model.place import Place

SCHEMA = "mingzhang.disclosure/1.0"

ColumnKind = Literal["figure", "label", "code", "text"]
Side = Literal["", "in", "out"]
Rounding = Literal["additive", "unknown"]

DECLARED_ADDITIVE = "mingzhang: rounding=additive"
"""Among the keywords of a PDF, Word file or web page: what it prints adds up exactly, wherever it is printed."""
Basis = Literal["initial", "adjusted", "executed", "comparable"]


class PackRef(msgspec.Struct, frozen=True, gc=False, omit_defaults=True, forbid_unknown_fields=True):
    """Which form pack a document was made or read with: its id, edition, and the hash of its content."""

    id: str
    edition: str = ""
    hash: str = ""


class HeadCell(msgspec.Struct, frozen=True, gc=False, omit_defaults=True, forbid_unknown_fields=True):
    """One text of a table's head with its spans."""

    text: str
    columns: int = 1
    rows: int = 1


class Column(msgspec.Struct, frozen=True, gc=False, omit_defaults=True, forbid_unknown_fields=True):
    """One printed column of a table, in order from the left; `side` only in tables of two sides."""

    key: str
    kind: ColumnKind = "figure"
    side: Side = ""
    header: str = ""


class Row(msgspec.Struct, frozen=True, gc=False, omit_defaults=True, forbid_unknown_fields=True):
    """One row by its contract key, with the label and code as printed.

    `line` is the printed line inside the table's body, from 1: in a table of two sides an `in:` and an `out:`
    row share a line. `level` is 0 for a total, 1–3 for 类, 款, 项; None where rows have no level.
    """

    key: str
    label: str = ""
    code: str = ""
    level: int | None = None
    line: int = 0
    cells: dict[str, Figure] = {}
    texts: dict[str, str] = {}
    place: Place | None = None
    doubt: str = ""


class Table(msgspec.Struct, frozen=True, weakref=True, omit_defaults=True, forbid_unknown_fields=True):
    """One table as printed: title, number, unit, head, columns, rows and notes.

    The rows of a `turned` table stand in its head and their amounts on one line below; `beside` names the turned table
    in whose last columns this one stands.
    """

    id: str
    title: str = ""
    number: str = ""
    unit: str = ""
    unit_name: str = ""
    funds: tuple[str, ...] = ()
    carry: Literal["included", "excluded", "only", "unstated"] = "unstated"
    head: tuple[tuple[HeadCell, ...], ...] = ()
    columns: tuple[Column, ...] = ()
    rows: tuple[Row, ...] = ()
    notes: tuple[str, ...] = ()
    turned: bool = False
    beside: str = ""
    place: Place | None = None
    places: dict[str, Place] = {}
    doubts: tuple[str, ...] = ()

    def row(self, key: str) -> Row | None:
        """Find a row by its key."""
        return next((r for r in self.rows if r.key == key), None)

    def figure(self, row: str, column: str) -> Figure | None:
        """Find a figure by row and column key; None if the table has no such cell."""
        found = self.row(row)
        return None if found is None else found.cells.get(column)


class Slot(msgspec.Struct, frozen=True, gc=False, omit_defaults=True, forbid_unknown_fields=True):
    """One typed gap of a sentence: a number (`figure`), or words (`text`); `key` is "" where not understood.

    `at` is the offset of its first character in the paragraph's text.
    """

    key: str = ""
    figure: Figure | None = None
    text: str = ""
    at: int = 0


class Paragraph(msgspec.Struct, frozen=True, gc=False, omit_defaults=True, forbid_unknown_fields=True):
    """One paragraph of the written part with what was understood in it; `key` names its sentence pattern."""

    text: str
    key: str = ""
    slots: tuple[Slot, ...] = ()
    place: Place | None = None
    doubt: str = ""

    @property
    def unknown(self) -> tuple[Slot, ...]:
        """List the numbers that were not understood, but for those within words that were: the reason of a change."""
        spans = [(s.at, s.at + len(s.text)) for s in self.slots if s.key and s.text]
        numbers = (s for s in self.slots if s.figure is not None and not s.key)
        return tuple(s for s in numbers if not any(first <= s.at < end for first, end in spans))


class ChartItem(msgspec.Struct, frozen=True, gc=False, omit_defaults=True, forbid_unknown_fields=True):
    """One bar or slice: its label, its figure, and its share in % where it has one.

    `group` is what it belongs to: the year of a bar, where a flow comes from, the class of an item.
    """

    label: str
    figure: Figure
    share: Figure | None = None
    group: str = ""


class Chart(msgspec.Struct, frozen=True, gc=False, omit_defaults=True, forbid_unknown_fields=True):
    """A chart by its data; of a read document it has the title, and what is drawn in characters directly below it."""

    key: str
    title: str
    kind: Literal["bar", "donut", "compared", "flow", "tree"] = "bar"
    items: tuple[ChartItem, ...] = ()
    place: Place | None = None


class Section(msgspec.Struct, frozen=True, gc=False, omit_defaults=True, forbid_unknown_fields=True):
    """One headed section; `part` is the part of the document it stands in (`profile`, `written`, `glossary`)."""

    key: str
    heading: str
    part: str = "written"
    level: int = 1
    paragraphs: tuple[Paragraph, ...] = ()
    charts: tuple[Chart, ...] = ()
    place: Place | None = None


class Term(msgspec.Struct, frozen=True, gc=False, omit_defaults=True, forbid_unknown_fields=True):
    """One entry of the glossary."""

    term: str
    meaning: str
    place: Place | None = None


class ContentsEntry(msgspec.Struct, frozen=True, gc=False, omit_defaults=True, forbid_unknown_fields=True):
    """One line of the contents list: its text and the page it names."""

    text: str
    page: str = ""
    place: Place | None = None


class Mark(msgspec.Struct, frozen=True, gc=False, omit_defaults=True, forbid_unknown_fields=True):
    """Something that is not content: a watermark, a page number, a residue of conversion."""

    kind: str
    text: str
    place: Place | None = None


class CoverStatement(msgspec.Struct, frozen=True, gc=False, omit_defaults=True, forbid_unknown_fields=True):
    """A line of the cover that says how something stands: 保密审查情况：已审查. `key` is the form pack's, "" if none has it."""

    label: str
    state: str = ""
    key: str = ""


class Publication(msgspec.Struct, frozen=True, gc=False, omit_defaults=True, forbid_unknown_fields=True):
    """How the document presents itself: cover lines, headings of parts, contents list, marks that should not be there.

    `statements` are those at the foot of the cover, which are none of its lines.
    """

    cover: tuple[str, ...] = ()
    statements: tuple[CoverStatement, ...] = ()
    parts: tuple[ContentsEntry, ...] = ()
    contents: tuple[ContentsEntry, ...] = ()
    marks: tuple[Mark, ...] = ()


class Source(msgspec.Struct, frozen=True, gc=False, omit_defaults=True, forbid_unknown_fields=True):
    """The file a disclosure was read from."""

    name: str = ""
    sha256: str = ""
    format: str = ""
    origin: str = ""


class Disclosure(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True, kw_only=True):
    """One document of one unit and year; the hub that compiling makes and everything else sees.

    `basis` says whether its figures are the budget as approved, or as adjusted in the year (never published).
    """

    schema: str = SCHEMA
    pack: PackRef | None = None
    producer: str = ""
    kind: str = "department_budget"
    scope: str = "aggregate"
    year: int | None = None
    version: str = ""
    division: str = ""
    unit_code: str = ""
    unit_name: str = ""
    unit_type: str = ""
    rounding: Rounding = "unknown"
    basis: Basis = "initial"
    tables: tuple[Table, ...] = ()
    sections: tuple[Section, ...] = ()
    project_forms: tuple[ProjectForm, ...] = ()
    department_form: DepartmentForm | None = None
    glossary: tuple[Term, ...] = ()
    publication: Publication = Publication()
    source: Source | None = None
    doubts: tuple[str, ...] = ()
    extra: dict[str, Any] = {}

    def table(self, key: str) -> Table | None:
        """Find a table by its contract id."""
        for table in self.tables:
            if table.id == key:
                return table
        return None

    def slot(self, key: str) -> Slot | None:
        """Find the first slot of the written part with this key."""
        return next((s for x in self.sections for p in x.paragraphs for s in p.slots if s.key == key), None)
