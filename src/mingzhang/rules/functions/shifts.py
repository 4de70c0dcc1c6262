"""Labels that have slipped by one row against their figures, proved by the table's own sums."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import msgspec

from mingzhang.model.disclosure import Table
from mingzhang.model.finding import Change, Evidence, Repair, Spot
from mingzhang.rules.briefly import in_brief
from mingzhang.rules.catalogue import rule as rule_by_number
from mingzhang.rules.declared_rules import failing_in, tables_of
from mingzhang.rules.finding_text import amount
from mingzhang.rules.once import tied
from mingzhang.rules.results import Result, Told, passed, undecided
from mingzhang.rules.sheet_layout import sheet_of
from mingzhang.sums.concrete import judged
from mingzhang.sums.identities import Verdict
from mingzhang.sums.sheets import Sheet
from mingzhang.sums.solving import Shift, label_shifts
from mingzhang.sums.terms import parse_statement

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mingzhang.model.disclosure import Row
    from mingzhang.rules.catalogue import Rule
    from mingzhang.rules.figures import Figures

_TREES: Final = ("B-002", "B-003", "B-005")
_FEWEST: Final = 2
"""So many different sums must hold for labels that have moved to be believed."""

_TWINS: Final = (("reception", "30217"), ("vehicle_operation", "30231"), ("abroad", "30212"))


def _slipped(rule: Rule, figures: Figures) -> Iterator[Result]:
    trees = map(rule_by_number, _TREES)
    fails = any(_fails(tree, name, figures) for tree in trees for name in tables_of(tree, figures))
    return slipped_labels(rule, figures) if fails else iter(())


@in_brief(_slipped, sums=False)
def slipped_labels(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Try, in every table whose sums fail, whether labels moved by one row settle all of them."""
    seen = False
    for number in _TREES:
        tree = rule_by_number(number)
        for name in tables_of(tree, figures):
            table = figures.disclosure.table(name)
            if table is None or any(c.side for c in table.columns):
                continue
            seen = True
            found = _repaired(tree, table, figures)
            yield passed(rule) if found is None else _result(rule, table, found, figures)
    if not seen:
        yield undecided(rule, "没有分级的表", "there are no tables with levels")


def has_slipped(table: Table, figures: Figures) -> bool:
    """Tell whether the labels of a table have slipped: its total stands beside the name of something else."""
    return any(_repaired(rule_by_number(number), table, figures) is not None for number in _TREES)


class _Repaired(msgspec.Struct, frozen=True):
    """A shift, the table and the sheet as they are after it, and how its sums are judged then."""

    shift: Shift
    table: Table
    sheet: Sheet
    sums: tuple[Verdict, ...]


def _repaired(tree: Rule, table: Table, figures: Figures) -> _Repaired | None:
    """Find the one shift after which every sum of the table holds; nothing but the table has a say in it."""
    if not _fails(tree, table.id, figures):
        return None
    return tied(figures, (_repaired, tree.id, table.id), (table.id,), lambda: _moved_back(tree, table, figures))


def _fails(tree: Rule, table: str, figures: Figures) -> bool:
    return any(v.outcome == "violated" for v in failing_in(tree, table, figures))


def _moved_back(tree: Rule, table: Table, figures: Figures) -> _Repaired | None:
    lost = table.row("total") is None
    blank = [not any(f.is_number for f in r.cells.values()) for r in table.rows]
    found: dict[tuple[tuple[str, str, int], ...], _Repaired] = {}
    for shift in label_shifts(blank, top_is_lost=lost):
        moved = _relabelled(table, shift, top_is_lost=lost)
        sheet = sheet_of(moved, figures.pack)
        after = _verdicts(tree, sheet, figures)
        sums = {v.identity.left[0].ref.row for v in after if v.outcome in {"holds", "rounding"}}
        if len(sums) >= _FEWEST and not any(v.outcome in {"violated", "undecided"} for v in after):
            cells = tuple(sorted((r, c, f.atoms) for (r, c), f in sheet.cells.items() if f.is_number))
            found.setdefault(cells, _Repaired(shift, moved, sheet, after))
    return next(iter(found.values())) if len(found) == 1 else None


def _verdicts(tree: Rule, sheet: Sheet, figures: Figures) -> tuple[Verdict, ...]:
    sheets = {sheet.id: sheet}
    verdicts = judged(parse_statement(tree.holds), sheets, (sheet.id,), additive=figures.additive)
    return tuple(v for v in verdicts if v.outcome != "nothing")


def _relabelled(table: Table, shift: Shift, *, top_is_lost: bool) -> Table:
    """Give every line the label it gets; a line without one is the lost total, or is left out as it is blank."""
    rows: list[Row] = []
    for line, row in enumerate(table.rows):
        label = shift.label_of(line)
        if label is not None:
            own = table.rows[label]
            rows.append(msgspec.structs.replace(row, key=own.key, label=own.label, code=own.code, level=own.level))
        elif line == 0 and top_is_lost:
            rows.append(msgspec.structs.replace(row, key="total", label="合计", code="", level=0))
    return msgspec.structs.replace(table, rows=tuple(rows))


def _result(rule: Rule, table: Table, found: _Repaired, figures: Figures) -> Result:
    shift, sheet = found.shift, found.sheet
    lines = {id(r.cells): r for r in found.table.rows}
    changes, where = [], []
    for row in table.rows:
        new = lines.get(id(row.cells))
        if new is not None and new.key != row.key:
            place = row.place
            page, line = (None, None) if place is None else (place.page, place.line)
            spot = Spot(table=table.id, row=row.key, page=page, line=line)
            where.append(spot)
            changes.append(Change(spot, row.label or row.key, new.label or new.key))
    proof = [_sum_text(v, sheet, figures) for v in found.sums if v.outcome in {"holds", "rounding"}]
    twins = tuple(_twins(table, sheet, figures))
    dropped = table.rows[shift.last if shift.by > 0 else shift.first]
    title = figures.title(table.id)
    way_zh, way_en = ("下", "down") if shift.by > 0 else ("上", "up")
    told = Told(
        f"{title}的行名与数字错行：按印出的行名各级之和不成立；行名整体{way_zh}移一行后{len(proof)}个和全部成立"
        + ("，并与“三公”经费表一致" if twins else "")
        + f"。移动后“{dropped.label or dropped.key}”一行没有数字。",
        f"{table.id}: labels have slipped against figures; moved {way_en} by one row, all {len(proof)} sums hold.",
        tuple(where),
        evidence=tuple(
            Evidence(s, f.plain, f.unit, "slipped")
            for s, row in zip(where, (r for r in table.rows if _moved(r, lines)), strict=True)
            for f in list(row.cells.values())[:1]
            if f.is_number
        ),
    )
    repair = Repair("label_shift", tuple(changes), (*proof, *twins))
    return Result(rule, "violated", told=told, repair=repair, repaired=sheet, relabelled=found.table)


def _moved(row: Row, lines: dict[int, Row]) -> bool:
    new = lines.get(id(row.cells))
    return new is not None and new.key != row.key


def _sum_text(verdict: Verdict, sheet: Sheet, figures: Figures) -> str:
    left = verdict.identity.left[0].ref
    figure = sheet.cells[left.row, left.column]
    parts = [sheet.cells[o.ref.row, o.ref.column] for o in verdict.identity.right]
    right = " + ".join(p.plain for p in parts if p.is_number) or "0"
    name = "合计" if left.row == "total" else left.row
    return f"{name}（{figures.column_name(left)}）{figure.plain or amount(0, figure.unit, figure.places)} = {right}"


def _twins(table: Table, sheet: Sheet, figures: Figures) -> Iterator[str]:
    """Say where figures under their new labels equal the same expense in the table of three public expenses."""
    other = figures.disclosure.table("three_public")
    for key, code in _TWINS if other is not None and table.id == "basic_economic" else ():
        own = next((sheet.cells.get((r.key, "total")) for r in sheet.rows.values() if r.code == code), None)
        found = None if other is None else other.figure(key, "total")
        if own is not None and found is not None and own.is_number and found.is_number and own.atoms == found.atoms:
            label = next((r.label for r in (() if other is None else other.rows) if r.key == key), key)
            yield f"与“三公”经费表一致：{label or key} {found.plain}"
