"""What a form pack says: the tables, texts and forms that one place prints in one year for one kind of document."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal

import msgspec
from msgspec.structs import replace

from mingzhang.model.disclosure import ColumnKind, HeadCell, PackRef, Side

if TYPE_CHECKING:
    from collections.abc import Collection

RowSource = Literal["fixed", "functions", "economics", "revenues", "projects", "members", "none"]


class Style(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How a document looks: thousands grouped or not, in tables and in the written part; what an empty cell prints.

    `landscape` sets every table across; `name_label` stands before the unit's name above a table. `overview` has charts of
    the whole document behind the written part.
    """

    grouped_tables: bool = True
    grouped_text: bool = True
    zero: Literal["blank", "zero"] = "blank"
    landscape: bool = False
    name_label: str = "部门名称"
    overview: bool = False


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

    `names` are other labels seen for the same row (an older or a newer name). An `optional` row is printed only where
    it has money.
    """

    line: int
    key: str
    label: str
    filter: str = ""
    names: tuple[str, ...] = ()
    optional: bool = False


class PackRows(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Where one side's rows come from: always the same ones, or those codes, projects or members that occur.

    `total` is the label of the total row ("" if there is none), `total_last` puts it under the others.
    `field` names the fact value that holds the code (`item`, `economic`, `revenue`); `levels` are the lengths of
    the codes printed as rows. `subtotals` are the subtotal lines before the projects: department, unit.
    `filter` picks the facts that are listed, `ordinals` numbers the labels (一、二、). `fixed` rows of a side that lists
    codes stand behind them. The total of a side that lists codes beside a fixed one stands on the line of that one's.
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
    filter: str = ""
    ordinals: bool = False


class PackTable(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, dict=True):
    """One table of the form. `{year}` and `{last_year}` in its texts stand for the document's years.

    `extra` are columns at the right end that are printed only where they have money, under the head cell `extra_under`.
    Columns of codes side by side are one code in two or three cells. `zero` is what an empty cell prints, where it is
    not what others print. The rows of a `turned` table stand in its head and their amounts on one line below; a table
    `beside` a turned one stands in the last columns of that one's grid.
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
    zero: Literal["", "blank", "zero"] = ""
    turned: bool = False
    beside: str = ""

    @property
    def two_sided(self) -> bool:
        """Tell whether income and spending stand side by side."""
        return any(c.side for c in self.columns)

    @cached_property
    def lists_what_occurs(self) -> bool:
        """Tell whether only rows that occur are printed, on one side at least."""
        return any(r.source not in {"fixed", "none"} for r in self.rows)

    @cached_property
    def fixed_keys(self) -> frozenset[str]:
        """Give the rows that are always printed."""
        return frozenset(r.key for part in self.rows for r in part.fixed if not r.optional)


def with_extra(table: PackTable, keys: Collection[str]) -> PackTable:
    """Give the table as printed when these of its extra columns have money: columns and head that much wider."""
    more = tuple(c for c in table.extra if c.key in keys)
    if not more:
        return table
    depth = len(table.head)
    above = next((r for r, row in enumerate(table.head) if any(c.text == table.extra_under for c in row)), depth - 2)
    wider = [
        [replace(c, columns=c.columns + len(more)) if c.text == table.extra_under else c for c in row]
        for row in table.head
    ]
    wider[above + 1] += [HeadCell(c.header, rows=depth - above - 1) for c in more]
    return replace(table, columns=(*table.columns, *more), head=tuple(map(tuple, wider)))


class Part(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One part of the document (第一部分 概况) and what it holds.

    `sections` are the keys of its first-level sections where several parts are of one kind; a part without any takes
    those that no other names. `{year}` and `{unit_name}` in the heading are the document's.
    """

    key: Literal["profile", "tables", "written", "glossary"]
    heading: str
    sections: tuple[str, ...] = ()


def part_heading(part: Part, unit_name: str, year: int | None) -> str:
    """Fill the unit's name and the year into a part's heading."""
    return part.heading.replace("{unit_name}", unit_name).replace("{year}", "" if year is None else str(year))


class CoverLine(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One statement at the foot of the cover: its key in books, its label, the states it may name.

    States are a list so that no cover names a person; `names` are other labels seen for it.
    """

    key: str
    label: str
    states: tuple[str, ...]
    names: tuple[str, ...] = ()


class PackCover(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the cover prints below its title: statements in order."""

    lines: tuple[CoverLine, ...] = ()


class Withholding(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How a form treats what is withheld (涉密), where the book does not say.

    `policy`: left out of all sums, or merged into sums that show more. Merged money stands in the row above (`into`
    parent) or in the row of other spending beside its own (`other`), merged projects in one row named `project`.
    An amount is open to nobody if what can be concluded leaves `rate` per cent of it, and at least `floor` fen.
    """

    policy: Literal["left_out", "merged"] = "left_out"
    into: Literal["parent", "other"] = "parent"
    project: str = "其他项目"
    rate: int = 10
    floor: int = 1_000_000


class Threshold(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """From which change on a reason is wanted: more than `over_rate` per cent and more than `over_amount` yuan (元)."""

    over_rate: int = 10
    over_amount: int = 0


class Reasons(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Where a form wants the reason of a change: `usual`, and by the key of a section where that is another."""

    usual: Threshold = Threshold()
    sections: dict[str, Threshold] = {}

    def of(self, section: str) -> Threshold:
        """Give a section's threshold."""
        return self.sections.get(section, self.usual)


class Pack(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One form: place, year and kind of document; tables in the order of print; texts and forms.

    `texts` and `forms` are the decoded data of the pack's `text/` and `forms/` folders, read by the modules that
    know them (`forms.narrative`, `forms.performance`). `additive_with_units` asks that figures of
    the department's document are the sums of its units' as printed. A `fallback` pack lends its words where a form is not known.
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
    additive_with_units: bool = False
    withheld: Withholding = Withholding()
    cover: PackCover = PackCover()
    reasons: Reasons = Reasons()
    fallback: bool = False
    hash: str = ""

    @property
    def ref(self) -> PackRef:
        """Give the reference that documents carry."""
        return PackRef(self.id, self.edition, self.hash)

    def table(self, key: str) -> PackTable | None:
        """Find a table by its contract id."""
        for table in self.tables:
            if table.id == key:
                return table
        return None
