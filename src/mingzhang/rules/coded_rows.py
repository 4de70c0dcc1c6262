"""The rows of tables by codes of the official lists, each beside the entry of its code."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

import msgspec

from mingzhang.forms.classifications import edition
from mingzhang.model.disclosure import Row, Table
from mingzhang.model.finding import Spot
from mingzhang.model.keys import code_level
from mingzhang.rules.once import once_for_all

if TYPE_CHECKING:
    from mingzhang.forms.classification import Classification, Entry
    from mingzhang.forms.classifications import Edition
    from mingzhang.rules.figures import Figures

LISTS: Final = {
    "income": "functional", "spending": "functional", "general_spending": "functional", "fund_spending": "functional",
    "special_account_spending": "functional", "basic_economic": "dept_economic", "fund_income": "revenue",
}  # fmt: skip
FUNDS: Final = {"general_spending": "general", "fund_spending": "gov_fund"}
_CLASS: Final = 3
_LENGTHS: Final = frozenset({_CLASS, 5, 7})
"""How long the codes of a 类, a 款 and a 项 are."""


@once_for_all
def edition_of(figures: Figures) -> Edition:
    """Give the edition of the classifications that a document goes by."""
    return edition((figures.pack or figures.wording).standards)


class Coded(msgspec.Struct, frozen=True, gc=False):
    """A table by codes: its rows of a 类, 款 or 项 with their codes, in the order of print, and those of any other code."""

    table: Table
    rows: list[Row]
    codes: list[str]
    others: list[Row]


@once_for_all
def by_codes(figures: Figures) -> tuple[Coded, ...]:
    """List the tables by functional or revenue codes."""
    tables = figures.disclosure.tables
    return tuple([_coded(t) for t in tables if LISTS.get(t.id, "dept_economic") != "dept_economic"])


def _coded(table: Table) -> Coded:
    rows = [r for r in table.rows if r.code]
    codes = [r.code for r in rows]
    others: list[Row] = []
    if not (_LENGTHS.issuperset(map(len, codes)) and "".join(codes).isdigit()):
        others = [r for r in rows if code_level(r.code) is None]
        rows = [r for r in rows if code_level(r.code) is not None]
        codes = [r.code for r in rows]
    return Coded(table, rows, codes, others)


@once_for_all
def functional_rows(figures: Figures) -> tuple[Coded, ...]:
    """List of these the tables by functional codes."""
    return tuple([coded for coded in by_codes(figures) if LISTS[coded.table.id] == "functional"])


def has_other_funds(figures: Figures) -> bool:
    """Tell whether a table of one fund has a code of another."""
    own = [(c.codes, fund) for c in by_codes(figures) if (fund := FUNDS.get(c.table.id)) is not None]
    return not all(_of_other_funds(edition_of(figures), fund).isdisjoint(codes) for codes, fund in own)


@lru_cache(8)
def _of_other_funds(lists: Edition, fund: str) -> frozenset[str]:
    """List the codes of a 款 or 项 that belong to another fund; a class may have items of several."""
    listed = lists.classification("functional")
    return frozenset(e.code for e in listed if e.budget not in {"", fund} and e.level > 1)


def has_lone_codes(figures: Figures) -> bool:
    """Tell whether a table by functional codes has one of a 款 or 项 and not that above it."""
    return any(not _above(coded.codes).issubset(coded.codes) for coded in functional_rows(figures))


def _above(codes: list[str]) -> set[str]:
    return {code[:-2] for code in codes if len(code) > _CLASS}


def has_falling_codes(figures: Figures) -> bool:
    """Tell whether a code stands before a smaller one in such a table."""
    return any(coded.codes != sorted(coded.codes) for coded in functional_rows(figures))


@once_for_all
def known_rows(figures: Figures) -> tuple[tuple[Table, Row, Entry], ...]:
    """List the rows whose code is one that was seen published, each with its entry."""
    rows = [(t, r, listed.get(r.code)) for t, listed in _listed(figures) for r in t.rows]
    return tuple([(t, r, e) for t, r, e in rows if e is not None and _is_known(r, e)])


@once_for_all
def renamed_rows(figures: Figures) -> tuple[tuple[Table, Row, Entry], ...]:
    """List those of them that are not printed with the very name of their code."""
    out: list[tuple[Table, Row, Entry]] = []
    for table, listed in _listed(figures):
        name = listed.published.get
        out += [(table, r, listed.by_code[r.code]) for r in table.rows if name(r.code, r.label) != r.label]
    return tuple([(t, r, e) for t, r, e in out if _is_known(r, e)])


def _listed(figures: Figures) -> list[tuple[Table, Classification]]:
    """Give the tables by codes, each with the list of these."""
    lists = edition_of(figures)
    return [(t, lists.classification(LISTS[t.id])) for t in figures.disclosure.tables if t.id in LISTS]


def _is_known(row: Row, entry: Entry) -> bool:
    return bool(row.code) and not row.doubt and entry.confirmed and bool(row.label.strip())


@once_for_all
def unlike_rows(figures: Figures) -> tuple[tuple[Table, Row, Entry], ...]:
    """List the rows printed with a name that their code has in no edition."""
    return tuple([one for one in renamed_rows(figures) if not one[2].is_called(one[1].label)])


def spot_of(table: Table, row: Row) -> Spot:
    """Give the place of a row, of its table where it has none of its own."""
    place = row.place or table.place
    return Spot(table=table.id, row=row.key, page=place.page if place else None, line=place.line if place else None)
