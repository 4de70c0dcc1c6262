"""The rows of tables by codes of the official lists, each beside the entry of its code."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from mingzhang.forms.classifications import edition
from mingzhang.model.keys import code_level
from mingzhang.rules.once import once_for_all

if TYPE_CHECKING:
    from mingzhang.forms.classification import Entry
    from mingzhang.forms.classifications import Edition
    from mingzhang.model.disclosure import Row, Table
    from mingzhang.rules.figures import Figures

LISTS: Final = {
    "income": "functional", "spending": "functional", "general_spending": "functional", "fund_spending": "functional",
    "special_account_spending": "functional", "basic_economic": "dept_economic", "fund_income": "revenue",
}  # fmt: skip


@once_for_all
def edition_of(figures: Figures) -> Edition:
    """Give the edition of the classifications that a document goes by."""
    return edition((figures.pack or figures.wording).standards)


@once_for_all
def by_codes(figures: Figures) -> tuple[tuple[Table, list[Row], list[Row]], ...]:
    """List the tables by functional or revenue codes with their rows of a 类, 款 or 项, and those of any other code."""
    out = []
    for table in figures.disclosure.tables:
        if LISTS.get(table.id, "dept_economic") != "dept_economic":
            coded = [r for r in table.rows if r.code]
            rows = [r for r in coded if code_level(r.code) is not None]
            others = [] if len(rows) == len(coded) else [r for r in coded if code_level(r.code) is None]
            out.append((table, rows, others))
    return tuple(out)


@once_for_all
def functional_rows(figures: Figures) -> tuple[tuple[Table, list[Row]], ...]:
    """List of these the tables by functional codes."""
    return tuple([(table, rows) for table, rows, _others in by_codes(figures) if LISTS[table.id] == "functional"])


@once_for_all
def known_rows(figures: Figures) -> tuple[tuple[Table, Row, Entry], ...]:
    """List the rows whose code is one that was seen published, each with its entry."""
    lists = edition_of(figures)
    out: list[tuple[Table, Row, Entry]] = []
    for table in figures.disclosure.tables:
        kind = LISTS.get(table.id)
        if kind is None:
            continue
        listed = lists.classification(kind).by_code
        entries = [(row, listed.get(row.code)) for row in table.rows if row.code and not row.doubt]
        out += [(table, row, e) for row, e in entries if e is not None and e.confirmed and row.label.strip()]
    return tuple(out)


@once_for_all
def unlike_rows(figures: Figures) -> tuple[tuple[Table, Row, Entry], ...]:
    """List the rows printed with a name that their code has in no edition."""
    return tuple((t, r, e) for t, r, e in known_rows(figures) if r.label != e.name and not e.is_called(r.label))
