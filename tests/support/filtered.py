"""A pack's tables as sums of facts by the pack's own filters alone: the yardstick for what the rules declare."""

from __future__ import annotations

from mingzhang.forms.pack import with_extra
from mingzhang.model.disclosure import Column, Disclosure, PackRef, Row, Table
from mingzhang.model.figure import Figure, blank
from mingzhang.sums.filters import Fact, parse_filter
from mingzhang.sums.rounding import half_up

FEN_A_STEP = 10_000
"""0.01 万元: facts in such steps are printed exactly."""


def disclosure_of(facts, pack) -> Disclosure:
    return Disclosure(pack=PackRef(pack.id), tables=tuple(table_of(t, facts) for t in pack.tables))


def can_say(fact: Fact, pack) -> bool:
    """Tell whether a form has a column for a fact in every table whose total takes it in."""
    for table in (with_extra(t, {c.key for c in t.extra}) for t in pack.tables):
        for part in table.rows:
            columns = [c for c in table.columns if c.kind == "figure" and c.side in {"", part.side}]
            total = next((c for c in columns if c.key == "total"), None)
            if total is None or len(columns) == 1 or not parse_filter(f"{table.filter} {total.filter}").passes(fact):
                continue
            if (
                part.source == "fixed"
                and not parse_filter(part.fixed[0].filter).passes(fact)
                and not any(parse_filter(r.filter).passes(fact) for r in part.fixed)
            ):
                continue
            others = [c for c in columns if c is not total]
            if not any(parse_filter(f"{table.filter} {c.filter}").passes(fact) for c in others):
                return False
    return True


def table_of(table, facts) -> Table:
    table = with_extra(table, {c.key for c in table.extra if _facts(f"{table.filter} {c.filter}", facts)})
    rows = []
    for part in table.rows:
        columns = [c for c in table.columns if c.kind == "figure" and c.side in {"", part.side}]
        own = _facts(table.filter, facts)
        rows += [_row(line, columns, table, own) for line in _rows(part, own)]
    return Table(
        table.id,
        table.title,
        unit=table.unit,
        carry=table.carry,
        columns=tuple(Column(c.key, c.kind, c.side, c.header) for c in table.columns),
        rows=tuple(rows),
    )


def _rows(part, facts):
    """List a part's rows: key, code, label and the filter of each."""
    side = f"{part.side}:" if part.side else ""
    fixed = [(r.key, "", r.label, r.filter) for r in part.fixed if not r.optional or _facts(r.filter, facts)]
    if part.source == "fixed":
        return fixed
    values = sorted({f.values.get(part.field, "") for f in _facts(part.filter, facts)} - {""})
    if part.source == "projects":
        subtotals = [(f"{kind}:甲", "", "甲", "") for kind in part.subtotals]
        return subtotals + [(f"project:{v}", "", v, f"{part.field}={v}") for v in values]
    total = [(f"{side}total", "", part.total, "")] if part.total else []
    if part.source == "members":
        return total + [(v, "", v, f"{part.field}={v}") for v in values]
    codes = sorted({v[:n] for v in values for n in part.levels if n <= len(v)})
    return total + [(f"{side}{c}", c, c, f"{part.field}^={c} {part.filter}") for c in codes] + fixed


def _row(line, columns, table, facts) -> Row:
    key, code, label, wanted = line
    cells = {}
    for column in columns:
        fen = sum(f.amount for f in _facts(f"{wanted} {column.filter}", facts))
        digits = half_up(fen, table.unit, 2)
        cells[column.key] = Figure(digits, table.unit, 2) if fen else blank(table.unit)
    return Row(key, label, code, cells=cells)


def _facts(text, facts):
    return parse_filter(text).of(facts)
