"""The end of every import: what was approved against what the lines add up to, to the fen, and what remains named."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from mingzhang.intake.platform.approved import Approved, Difference, covers, shown_difference
from mingzhang.intake.platform.losses import Loss, agree, losses
from mingzhang.intake.platform.totals import Statement
from mingzhang.model.book import SpendingLine
from mingzhang.model.fault import Fault
from mingzhang.model.language import gettext as _

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from mingzhang.intake.platform.facts import Fact
    from mingzhang.intake.platform.totals import Cell, Judged


class Held(msgspec.Struct, frozen=True):
    """A spending line that the book already has and keeps: it counts towards what was approved."""

    unit: str
    line: SpendingLine


class Compared(msgspec.Struct, frozen=True):
    """One approved amount with what stands against it: the lines, the book's own lines, the named differences (fen)."""

    keys: dict[str, str]
    approved: int
    lines: int
    held: int
    named: int
    place: str


def statements_of(
    approved: Sequence[Approved], facts: Mapping[Cell, Fact], held: Sequence[Held], differences: Sequence[Difference]
) -> tuple[Statement, ...]:
    """Make approved amounts statements over the export's amounts, less what the book has and what is named.

    Amounts that nothing approved covers are stated as zero, so that they show as too much.
    """
    found = []
    places = {cell: (f.unit, f.fund, f.kind, f.origin) for cell, f in facts.items()}
    for a in approved:
        cells = tuple(c for c, at in places.items() if covers(a.keys, *at))
        less = _held_within(a.keys, held) + sum(d.amount for d in differences if _inside(d, a.keys))
        found.append(_statement(a.keys, cells, a.amount - less, a.place))
    if approved:
        found += _uncovered(approved, facts)
    return tuple(found)


def _uncovered(approved: Sequence[Approved], facts: Mapping[Cell, Fact]) -> Iterator[Statement]:
    stray: dict[tuple[str, str, str], list[Cell]] = {}
    for cell, f in facts.items():
        if not any(covers(a.keys, f.unit, f.fund, f.kind, f.origin) for a in approved):
            stray.setdefault((f.unit, f.fund, f.group), []).append(cell)
    for (unit, fund, kind), cells in stray.items():
        keys = {"unit": unit, "fund": fund, "kind": kind}
        yield _statement({k: v for k, v in keys.items() if v}, tuple(cells), 0, _("批复数中没有这一项"))


def _statement(keys: dict[str, str], cells: tuple[Cell, ...], amount: int, place: str) -> Statement:
    return Statement(-1, place, _("批复数"), keys, (cells,), amount, approved=True)


def compared(
    approved: Sequence[Approved],
    facts: Mapping[Cell, Fact],
    taken: Sequence[Cell],
    held: Sequence[Held],
    differences: Sequence[Difference],
) -> tuple[Compared, ...]:
    """Give the reconciliation as a table."""
    found = []
    for a in approved:
        mine = [facts[c] for c in taken if c in facts]
        lines = sum(f.amount for f in mine if covers(a.keys, f.unit, f.fund, f.kind, f.origin))
        named = sum(d.amount for d in differences if _inside(d, a.keys))
        found.append(Compared(a.keys, a.amount, lines, _held_within(a.keys, held), named, a.place))
    return tuple(found)


def unexplained(
    judged: Judged, differences: Sequence[Difference], accepted: frozenset[int]
) -> tuple[tuple[Loss, ...], list[Fault]]:
    """Give the losses that no named difference explains, and the named differences that nothing asks for.

    Approved amounts come here less what is named; the export's own totals know nothing of that, so their gaps are
    compared with the differences. Totals whose lines the user `accepted` as they are say nothing.
    """
    left = []
    own = [o for o in judged.outcomes if o.statement.line not in accepted]
    found = list(losses(own))
    for d in differences:
        alone = [x for x in found if agree(x.keys, d.keys) and not any(o.statement.approved for o in x.shown_by)]
        match = next((x for x in alone if x.amount == d.amount), None)
        if match is not None:
            found.remove(match)
        elif alone and sum(x.amount for x in alone) == d.amount:
            found = [x for x in found if x not in alone]
        elif not any(o.statement.approved and _inside(d, o.statement.keys) for o in judged.outcomes):
            hint = _("请核对单位、资金来源和支出类别；差额要落在某个批复数之内。")
            left.append(Fault(_("差额“{text}”没有用上").format(text=shown_difference(d)), hint=hint))
    return tuple(found), left


def _inside(difference: Difference, keys: dict[str, str]) -> bool:
    """Tell whether a difference lies within an approved amount: it must say at least as much."""
    mine = difference.keys
    return all(f in mine for f in keys) and covers(
        keys, mine.get("unit", ""), mine.get("fund", ""), mine.get("kind", ""), mine.get("origin", "")
    )


def _held_within(keys: dict[str, str], held: Sequence[Held]) -> int:
    return sum(h.line.amount for h in held if covers(keys, h.unit, h.line.fund, h.line.kind, h.line.origin))
