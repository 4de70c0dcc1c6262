"""What a form pack says: the tables, texts and forms that one place prints in one year for one kind of document."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

import msgspec
from msgspec.structs import replace

from mingzhang.model.disclosure import ColumnKind, HeadCell, PackRef, Side

if TYPE_CHECKING:
    from collections.abc import Collection

RowSource = Literal["fixed", "functions", "economics", "revenues", "projects", "members", "none"]


class Style(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How amounts are spelled: thousands grouped or not, in tables and in the written part; what an empty cell prints."""

    grouped_tables: bool = True
    grouped_text: bool = True
    zero: Literal["blank", "zero"] = "blank"


class PackColumn(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One printed column; `filter` picks the facts of its figures; `names` are other head words seen for it."""

    key: str
    header: str = ""
    kind: ColumnKind = "figure"
    side: Side = ""
    filter: str = ""
    names: tuple[str, ...] = ()
    width: int = 0


class PackRow(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One row that the form always prints: its printed line, key, label and the filter of its facts.

    `names` are other labels seen for the same row (an older or a newer name).
    """

    line: int
    key: str
    label: str
    filter: str = ""
    names: tuple[str, ...] = ()


class PackRows(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Where one side's rows come from: always the same ones, or those codes, projects or members that occur.

    `total` is the label of the total row ("" if there is none), `total_last` puts it under the others.
    `field` names the fact value that holds the code (`item`, `economic`, `revenue`); `levels` are the lengths of
    the codes printed as rows. `subtotals` are the subtotal lines before the projects: department, unit.
    """

    source: RowSource
    side: Side = ""
    fixed: tuple[PackRow, ...] = ()
    total: str = ""
    total_last: bool = False
    field: str = ""
    levels: tuple[int, ...] = ()
    subtotals: tuple[Literal["department", "unit"], ...] = ()
    keyed_by: Literal["code", "name"] = "code"


class PackTable(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One table of the form. `{year}` and `{last_year}` in its texts stand for the document's years.

    `extra` are columns at the right end that are printed only where they have money, under the head cell `extra_under`.
    """

    id: str
    number: str = ""
    title: str
    titles: tuple[str, ...] = ()
    unit: str = "万元"
    places: int = 2
    filter: str = ""
    funds: tuple[str, ...] = ()
    carry: Literal["included", "excluded", "only", "unstated"] = "unstated"
    head: tuple[tuple[HeadCell, ...], ...]
    columns: tuple[PackColumn, ...]
    extra: tuple[PackColumn, ...] = ()
    extra_under: str = ""
    rows: tuple[PackRows, ...]
    empty_note: str = "注：本表无数据"
    landscape: bool = False

    @property
    def two_sided(self) -> bool:
        """Tell whether income and spending stand side by side."""
        return any(c.side for c in self.columns)


def with_extra(table: PackTable, keys: Collection[str]) -> PackTable:
    """Give the table as printed when these of its extra columns have money: columns and head that much wider."""
    more = tuple(c for c in table.extra if c.key in keys)
    if not more:
        return table
    *upper, last = table.head
    wider = tuple(
        tuple(replace(c, columns=c.columns + len(more)) if c.text == table.extra_under else c for c in row)
        for row in upper
    )
    head = (*wider, (*last, *(HeadCell(c.header) for c in more)))
    return replace(table, columns=(*table.columns, *more), head=head)


class Part(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One part of the document (第一部分 概况) and what it holds."""

    key: Literal["profile", "tables", "written", "glossary"]
    heading: str


class Pack(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One form: place, year and kind of document; tables in the order of print; texts and forms.

    `texts` and `forms` are the decoded data of the pack's `text/` and `forms/` folders, read by the modules that
    know them (`forms.narrative`, `forms.performance`).
    """

    id: str
    edition: str
    place: str
    place_en: str = ""
    years: tuple[int, ...]
    kind: str
    extends: str = ""
    title: str
    standards: str
    style: Style = Style()
    parts: tuple[Part, ...] = ()
    tables: tuple[PackTable, ...] = ()
    texts: dict[str, Any] = {}
    forms: dict[str, Any] = {}
    defaults: dict[str, Any] = {}
    hash: str = ""

    @property
    def ref(self) -> PackRef:
        """Give the reference that documents carry."""
        return PackRef(self.id, self.edition, self.hash)

    def table(self, key: str) -> PackTable | None:
        """Find a table by its contract id."""
        return next((t for t in self.tables if t.id == key), None)
