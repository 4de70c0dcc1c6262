"""A row left out of a table by codes: its code's sum lacks exactly what another table prints for a code that is missing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from msgspec.structs import replace

from mingzhang.model.disclosure import Row
from mingzhang.model.figure import number
from mingzhang.model.finding import Change, Evidence, Repair, Spot
from mingzhang.rules.briefly import only_where
from mingzhang.rules.catalogue import rule as rule_by_number
from mingzhang.rules.declared_rules import failing_in, tables_of
from mingzhang.rules.finding_text import amount
from mingzhang.rules.results import Result, Told, passed, undecided
from mingzhang.rules.sheet_layout import sheet_of
from mingzhang.sums.concrete import judged
from mingzhang.sums.sheets import CellRef
from mingzhang.sums.terms import parse_statement

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mingzhang.model.disclosure import Table
    from mingzhang.rules.catalogue import Rule
    from mingzhang.rules.figures import Figures
    from mingzhang.sums.identities import Verdict
    from mingzhang.sums.sheets import Sheet

_TREE: Final = "B-002"


def _has_wrong_sums(figures: Figures) -> bool:
    tree = rule_by_number(_TREE)
    return any(failing_in(tree, name, figures) for name in tables_of(tree, figures))


@only_where(_has_wrong_sums)
def left_out(rule: Rule, figures: Figures) -> Iterator[Result]:
    """Look, where a code's sum is too small, for the one code under it that other tables print and this one does not."""
    tree = rule_by_number(_TREE)
    names = tables_of(tree, figures)
    if not names:
        yield undecided(rule, "没有按科目编码列示的表", "there is no table by codes")
    for name in names:
        table = figures.disclosure.table(name)
        lacking = {} if table is None else _lacking(tree, name, figures)
        found = [] if table is None else [r for p, own in lacking.items() for r in _rows(table, p, own, figures)]
        results = (
            [] if table is None else [x for r in found if (x := _result(rule, tree, table, r, figures)) is not None]
        )
        yield results[0] if len(results) == 1 else passed(rule)


class _Row:
    """A row that may have been left out: what stands in it, the row it stands under, and the table that prints it."""

    def __init__(self, row: Row, parent: str, witness: str, value: str) -> None:
        self.row = row
        self.parent = parent
        self.witness = witness
        self.value = value


def _sums(tree: Rule, sheet: Sheet, figures: Figures) -> list[Verdict]:
    verdicts = judged(parse_statement(tree.holds), {sheet.id: sheet}, (sheet.id,), additive=figures.additive)
    return [v for v in verdicts if v.outcome != "nothing"]


def _lacking(tree: Rule, name: str, figures: Figures) -> dict[str, dict[str, int]]:
    """Say for each row whose parts are too small what they lack, by column, in atoms."""
    out: dict[str, dict[str, int]] = {}
    for verdict in failing_in(tree, name, figures):
        if verdict.outcome == "violated":
            ref = verdict.identity.left[0].ref
            out.setdefault(ref.row, {})[ref.column] = verdict.difference
    return {row: own for row, own in out.items() if all(n > 0 for n in own.values())}


def _rows(table: Table, parent: str, lacking: dict[str, int], figures: Figures) -> Iterator[_Row]:
    """List the rows under a row that other tables print with one of the amounts lacking."""
    own = figures.sheets[table.id]
    seen: set[str] = set()
    for other in figures.disclosure.tables:
        sheet = figures.sheets[other.id]
        for row in other.rows:
            placed = sheet.rows.get(row.key)
            if (
                other.id == table.id
                or placed is None
                or placed.parent != parent
                or row.key in own.rows
                or row.key in seen
            ):
                continue
            printed = [f for f in row.cells.values() if f.digits]
            witness = next((f for f in printed if f.atoms in lacking.values()), None)
            if witness is None:
                continue
            seen.add(row.key)
            cells = {}
            for column, lack in lacking.items():
                like = own.cells[parent, column]
                cells[column] = number(lack // like.step, like.unit, like.places, grouped="," in like.printed)
            new = Row(row.key, row.label, row.code, row.level, cells=cells)
            yield _Row(new, parent, other.id, witness.plain)


def _is_before(key: str, found: _Row) -> bool:
    """Tell whether a row stands above the place of the row left out."""
    under = found.parent == "total" or key.startswith(found.parent)
    return key == found.parent or (under and key < found.row.key)


def _result(rule: Rule, tree: Rule, table: Table, found: _Row, figures: Figures) -> Result | None:
    """Tell of a row left out, if with it every sum of its code holds."""
    at = 1 + max(i for i, r in enumerate(table.rows) if _is_before(r.key, found))
    filled = replace(table, rows=(*table.rows[:at], found.row, *table.rows[at:]))
    sheet = sheet_of(filled, figures.pack)
    if any(v.outcome == "violated" and v.identity.left[0].ref.row == found.parent for v in _sums(tree, sheet, figures)):
        return None
    place = next((r.place for r in table.rows if r.key == found.parent), None)
    page, line = (None, None) if place is None else (place.page, place.line)
    spot = Spot(table=table.id, row=found.parent, page=page, line=line)
    title, witness = figures.title(table.id), figures.title(found.witness)
    shown = "、".join(
        f"{figures.column_name(CellRef(table.id, found.parent, c))} {f.plain}" for c, f in found.row.cells.items()
    )
    told = Told(
        f"{title}漏列“{found.row.label or found.row.key}”一行：上级科目的各下级之和恰少{shown}，{witness}列有该科目{found.value}。",
        f"{table.id} leaves out the row {found.row.key}: the sum above it lacks {shown}, and {found.witness} prints it.",
        (spot,),
        evidence=tuple(Evidence(spot, f.plain, f.unit, c) for c, f in found.row.cells.items()),
    )
    change = Change(Spot(table=table.id, row=found.row.key), "", shown)
    sums = [v for v in _sums(tree, sheet, figures) if v.identity.left[0].ref.row == found.parent]
    unit = next(iter(found.row.cells.values()))
    above = figures.row_name(CellRef(table.id, found.parent, ""))
    proof = tuple(
        f"{above}（{figures.column_name(v.identity.left[0].ref)}）{amount(v.left, unit.unit, unit.places)}"
        f" = {amount(v.right, unit.unit, unit.places)}"
        for v in sums
    )
    return Result(
        rule, "violated", told=told, repair=Repair("missing_row", (change,), proof), repaired=sheet, relabelled=filled
    )
