"""What a pack states of itself, held against what it does: funds and carry-over of a table, codes, usual values, years in texts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, get_args

from mingzhang.forms.classifications import edition
from mingzhang.forms.pack_check.faults import instead
from mingzhang.forms.pack_check.filters import THREE_PUBLIC
from mingzhang.forms.pack_check.kinds_of_facts import FUNDS, UNIT_FUND_PARTS, kinds_of_facts
from mingzhang.model.book import UnitType
from mingzhang.model.language import gettext as _
from mingzhang.model.units import FEN_PER_UNIT
from mingzhang.sums.filters import parse_filter

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from mingzhang.forms.pack import Pack, PackTable
    from mingzhang.forms.pack_check.faults import Notes
    from mingzhang.sums.filters import Fact

DEFAULTS: Final = (
    "operating_cost_unit_types", "three_public", "revenue_of_fund", "fund_part", "not_called", "reason_threshold",
)  # fmt: skip
"""The keys of `[defaults]` that are read."""

_LENGTHS: Final = {"functions": (3, 5, 7), "economics": (3, 5), "revenues": (3, 5, 7, 9)}
_GAP: Final = re.compile(r"\{(\w*)\}")
_FILLED: Final = ("year", "last_year")
_ORDINAL: Final = re.compile(r"^[一二三四五六七八九十]+、")


def check_statements(notes: Notes, pack: Pack) -> None:
    """Look at what tables and defaults state, and at the gaps in titles and headings."""
    facts = kinds_of_facts(pack)
    for table in pack.tables:
        _basis(notes, table, parse_filter(table.filter).of(facts))
        _codes(notes, table)
        _classes(notes, table, pack)
    _defaults(notes, pack)
    _gaps(notes, pack)
    if pack.tables and not any(p.key == "tables" for p in pack.parts):
        notes.error(notes.sources.head("parts"), _("没有一章放表格，表格不会印出"), '[[parts]] key = "tables"')


def _basis(notes: Notes, table: PackTable, passing: Sequence[Fact]) -> None:
    """See that funds and carry-over are those of the filter, and that the unit is one of money."""
    name = f"tables/{table.id}"
    if table.unit not in FEN_PER_UNIT:
        notes.error(
            notes.sources.at(name, "unit"),
            _("“{unit}”不是金额单位").format(unit=table.unit),
            instead(table.unit, FEN_PER_UNIT),
        )
    funds = {f.values["fund"] for f in passing}
    if table.funds and passing and set(table.funds) != funds:
        notes.error(
            notes.sources.at(name, "funds"),
            _("funds 与筛选不一致：筛选里有 {names}").format(names=_("、").join(f for f in FUNDS if f in funds)),
        )
    origins = {f.values["origin"] for f in passing} & {"current", "carried"}
    found = {frozenset({"current"}): "excluded", frozenset({"carried"}): "only"}.get(frozenset(origins), "included")
    if passing and table.carry not in {"unstated", found}:
        notes.error(
            notes.sources.at(name, "carry"),
            _("carry 写的是 {said}，筛选里却是 {found}").format(said=table.carry, found=found),
            f'carry = "{found}"',
        )


def _codes(notes: Notes, table: PackTable) -> None:
    """See that the levels of codes are lengths of the list, and that a code in several cells has one for each level."""
    name = f"tables/{table.id}"
    for number, rows in enumerate(table.rows):
        lengths = _LENGTHS.get(rows.source)
        if lengths is None:
            continue
        if list(rows.levels) != sorted(set(rows.levels) & set(lengths)):
            notes.error(
                notes.sources.at(name, "rows", number, "levels"),
                _("levels 要写科目的位数，由短到长：{names}").format(names=_("、").join(map(str, lengths))),
            )
        cells = sum(c.kind == "code" and c.side == rows.side for c in table.columns)
        if cells > 1 and cells != len(rows.levels):
            notes.error(
                notes.sources.at(name, "columns"),
                _("编码分 {cells} 栏，levels 却有 {levels} 级").format(cells=cells, levels=len(rows.levels)),
            )


def _classes(notes: Notes, table: PackTable, pack: Pack) -> None:
    """See that a row of a class bears the class's name and sums that class."""
    codes = edition(pack.standards)
    for number, rows in enumerate(table.rows):
        for row in rows.fixed:
            code = row.key.rpartition(":")[2]
            entry = codes.function(code) if code.isdigit() and rows.side == "out" else None
            spot = notes.sources.at(f"tables/{table.id}", "rows", number, "fixed", text=f"| {row.key} |")
            if entry is not None and not entry.is_called(_ORDINAL.sub("", row.label)):
                notes.error(
                    spot,
                    _("“{label}”不是科目 {code} 的名称").format(label=row.label, code=code),
                    _("是不是“{names}”？").format(names=entry.name),
                )
            if entry is not None and f"class={code}" not in row.filter.split():
                notes.error(spot, _("这一行没有按科目 {code} 筛选").format(code=code), f"class={code}")


def _defaults(notes: Notes, pack: Pack) -> None:
    """See that usual values are of fields that are read, and can be."""
    for key in pack.defaults:
        if key not in DEFAULTS:
            notes.error(
                notes.sources.head("defaults", key),
                _("没有“{key}”这个键，写了也不起作用").format(key=key),
                instead(key, DEFAULTS),
            )
    for key, value, known in _usual(pack):
        if value not in known:
            notes.error(
                notes.sources.head("defaults", key, text=f'"{value}"'),
                _("“{key}”没有“{value}”这个值").format(key=key, value=value),
                instead(value, known, most=8),
            )


def _usual(pack: Pack) -> Iterator[tuple[str, str, Collection[str]]]:
    """List the usual values with those that there may be."""
    codes = edition(pack.standards)
    usual = pack.defaults
    yield from (
        ("operating_cost_unit_types", t, get_args(UnitType)) for t in usual.get("operating_cost_unit_types", ())
    )
    for code, kind in usual.get("three_public", {}).items():
        yield "three_public", kind, THREE_PUBLIC
        yield "three_public", code, [e.code for e in codes.classification("dept_economic")]
    for fund, code in usual.get("revenue_of_fund", {}).items():
        yield "revenue_of_fund", fund, FUNDS
        yield "revenue_of_fund", code, [e.code for e in codes.classification("revenue")]
    for fund, part in usual.get("fund_part", {}).items():
        yield "fund_part", fund, FUNDS
        yield "fund_part", part, [p for p in UNIT_FUND_PARTS if p]


def _gaps(notes: Notes, pack: Pack) -> None:
    """See that gaps in titles, heads and headings are those that are filled."""
    for table in pack.tables:
        name = f"tables/{table.id}"
        texts = [("title", table.title), ("empty_note", table.empty_note), ("extra_under", table.extra_under)]
        texts += [("titles", t) for t in table.titles]
        texts += [("head", c.text) for row in table.head for c in row]
        for key, text in texts:
            for gap in set(_GAP.findall(text)) - set(_FILLED):
                spot = notes.sources.at(name, key, text="{" + gap + "}")
                notes.error(spot, _("“{gap}”不会填上").format(gap="{" + gap + "}"), instead(gap, _FILLED))
    for number, part in enumerate(pack.parts):
        for gap in set(_GAP.findall(part.heading)) - {"year", "unit_name"}:
            spot = notes.sources.head("parts", number, "heading", text="{" + gap + "}")
            notes.error(spot, _("“{gap}”不会填上").format(gap="{" + gap + "}"), instead(gap, ("year", "unit_name")))
