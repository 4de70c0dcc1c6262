"""A statement as SQL: its figures under each binding, its sides added up, and how it is judged."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sqlglot import exp

from mingzhang.rules.sql.bindings import KEY, Named, bound, in_sheet, names_of, uses_of
from mingzhang.rules.sql.pieces import (
    NOUGHT,
    ONE,
    added,
    case,
    col,
    depth,
    every,
    exists,
    filled,
    fits,
    number,
    same,
    text,
    variable,
)
from mingzhang.sums.terms import VARIABLE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mingzhang.sums.terms import Cell, Part, Statement

PLACE: Final = ("sheet", "line", "col")
_NULL: Final = exp.Null()


def key_of(statement: Statement) -> tuple[str, ...]:
    """Name the columns that tell what a statement is said of."""
    return (*KEY, *(variable(n) for n in names_of(statement)))


def judged(statement: Statement, mark: str, scope: str) -> Iterator[Named]:
    """Give the selects of a statement: `operands` one row a figure, `summed` one a binding, `judged` with the outcome."""
    yield from bound(statement, mark, scope)
    parts = [(side, p) for side, own in enumerate((statement.left, statement.right)) for p in own]
    along = _along_a_row(statement, parts)
    each = [one for n, (side, _) in enumerate(parts) if n not in along for one in _operands(statement, n, side, mark)]
    each += [_row(statement, {n: parts[n] for n in along}, mark)] if along else []
    yield f"operands_{mark}", exp.union(*each, distinct=False) if len(each) > 1 else each[0]
    yield f"summed_{mark}", _summed(statement, parts, mark)
    outcome = exp.alias_(_outcome(statement), "outcome")
    yield f"judged_{mark}", exp.select("*", *_first(statement), outcome).from_(f"summed_{mark} AS j")


def _operands(statement: Statement, term: int, side: int, mark: str) -> Iterator[exp.Select]:
    """Find the figures of one term: those laid out, and those that no table prints though its form would."""
    own = (statement.left, statement.right)[side]
    part = own[term if side == 0 else term - len(statement.left)]
    cell = part.cell
    key = [col("b", k) for k in key_of(statement)]
    start = exp.select(*key, _as(number(side), "side"), _as(number(term), "term")).from_(f"bound_{mark} AS b")
    place = [*in_sheet("f", cell.source, "b"), same(col("f", "col"), filled(cell.column, "b"))]
    line = filled(cell.row, "b")
    if cell.by:
        place += [same(col("f", cell.by), line), same(col("f", "state"), text("cell"))]
    elif cell.every:
        has_any = "*" in cell.row
        place += [fits(col("f", "line"), cell.row) if has_any else same(col("f", "line"), line)]
        place.append(same(col("f", "state"), text("cell")))
    else:
        place.append(same(col("f", "line"), line))
    amount: exp.Expr = col("f", "amount")
    shown = _shown(number(part.sign), amount if part.sign > 0 else exp.Neg(this=amount))
    yield start.join("figures AS f", on=every(place)).select(*shown)
    if cell.by:
        if len(own) > 1 and not VARIABLE.search(cell.column):
            yield _nothing(start, present=0).where(exp.not_(exists("sheet_columns", "c", _in_column(cell))))
    elif cell.every:
        yield _nothing(start, present=1).where(
            exists("sheet_columns", "c", [*_in_column(cell), same(col("c", "own"), ONE)])
        )
    elif not _is_laid_out(statement, cell):
        yield _unprinted(start, cell, line, part.sign)


def _shown(counted: exp.Expr, amount: exp.Expr) -> Iterator[exp.Expr]:
    """Name what is told of a figure that is laid out."""
    told = {
        "present": ONE.copy(),
        "counted": counted,
        "amount": amount,
        "missing": case(same(col("f", "state"), text("missing")), ONE.copy(), NOUGHT.copy()),
        **{name: col("f", name) for name in ("printed", "withheld", "unit", "step", "width", *PLACE)},
    }
    return (_as(v, k) for k, v in told.items())


def _along_a_row(statement: Statement, parts: list[tuple[int, Part]]) -> list[int]:
    """Number the terms that are different columns of the very row that binds a variable; they are found together."""
    found = [
        n
        for n, (_, p) in enumerate(parts)
        if not (p.cell.by or p.cell.every or VARIABLE.search(p.cell.column)) and _is_laid_out(statement, p.cell)
    ]
    cells = [parts[n][1].cell for n in found]
    alike = len({(c.source, c.row) for c in cells}) == 1 and len({c.column for c in cells}) == len(cells) > 1
    return found if alike else []


def _row(statement: Statement, terms: dict[int, tuple[int, Part]], mark: str) -> exp.Select:
    """Find the figures of terms along one row."""
    cell = next(iter(terms.values()))[1].cell
    side, term, counted, amount = exp.Case(), exp.Case(), exp.Case(), exp.Case()
    for n, (own, part) in terms.items():
        own_column = same(col("f", "col"), text(part.cell.column))
        value: exp.Expr = col("f", "amount")
        side = side.when(own_column, number(own))
        term = term.when(own_column.copy(), number(n))
        counted = counted.when(own_column.copy(), number(part.sign))
        amount = amount.when(own_column.copy(), value if part.sign > 0 else exp.Neg(this=value))
    columns = exp.In(this=col("f", "col"), expressions=[text(p.cell.column) for _, p in terms.values()])
    on = [*in_sheet("f", cell.source, "b"), same(col("f", "line"), filled(cell.row, "b")), columns]
    start = exp.select(*(col("b", k) for k in key_of(statement)), _as(side, "side"), _as(term, "term"))
    return start.from_(f"bound_{mark} AS b").join("figures AS f", on=every(on)).select(*_shown(counted, amount))


def _unprinted(start: exp.Select, cell: Cell, line: exp.Expr, sign: int) -> exp.Select:
    """Find a cell whose row is neither printed nor known, in a sheet that prints only what occurs."""
    on = [*in_sheet("h", cell.source, "b"), same(col("h", "grows"), ONE)]
    out = start.join("sheets AS h", on=every(on))
    out = out.join("sheet_columns AS c", on=every([*_in_column(cell), same(col("c", "own"), ONE)]))
    deep = [*in_sheet("p", cell.source, "b"), same(col("p", "depth"), depth(line))]
    out = out.join("sheet_depths AS p", on=every(deep), join_type="left")
    stands = [*in_sheet("l", cell.source, "b"), same(col("l", "line"), line)]
    nothing = exp.or_(
        exp.Not(this=exp.Is(this=col("p", "depth"), expression=_NULL.copy())),
        every([same(col("h", "bare"), ONE), exp.Not(this=exp.Is(this=depth(line), expression=_NULL.copy()))]),
    )
    out = out.where(exp.not_(exists("sheet_lines", "l", stands)))
    lacking = case(nothing, NOUGHT.copy(), ONE.copy())
    place = (filled(cell.source, "b"), line, filled(cell.column, "b"))
    return _blank(out, present=1, counted=number(sign), missing=lacking, place=place)


def _nothing(start: exp.Select, present: int) -> exp.Select:
    """Stand for a term that has no cells."""
    no = exp.cast(_NULL.copy(), "TEXT")
    return _blank(
        start, present=present, counted=NOUGHT.copy(), missing=NOUGHT.copy(), place=(no, no.copy(), no.copy())
    )


def _blank(
    out: exp.Select,
    *,
    present: int,
    counted: exp.Expr,
    missing: exp.Expr,
    place: tuple[exp.Expr, ...],
) -> exp.Select:
    none = exp.cast(NOUGHT.copy(), "DECIMAL(38, 0)")
    shown = {
        "present": number(present),
        "counted": counted,
        "amount": none,
        "missing": missing,
        "printed": NOUGHT.copy(),
        "withheld": NOUGHT.copy(),
        "unit": exp.cast(_NULL.copy(), "INT"),
        "step": exp.cast(_NULL.copy(), "DECIMAL(38, 0)"),
        "width": none.copy(),
        **dict(zip(PLACE, place, strict=True)),
    }
    return out.select(*(_as(v, k) for k, v in shown.items()))


def _in_column(cell: Cell) -> list[exp.Expr]:
    return [*in_sheet("c", cell.source, "b"), same(col("c", "col"), filled(cell.column, "b"))]


def _is_laid_out(statement: Statement, cell: Cell) -> bool:
    """Tell whether the row of a cell is surely printed or known: it was found among the rows of this very sheet."""
    names = VARIABLE.findall(cell.row)
    if len(names) != 1:
        return False
    uses = uses_of(statement, names[0])
    return len(uses) == 1 and not uses[0].columns and (uses[0].source, uses[0].pattern) == (cell.source, cell.row)


def _summed(statement: Statement, parts: list[tuple[int, Part]], mark: str) -> exp.Select:
    """Add up both sides of each binding; left out where a side has too few terms."""
    key = [col("o", k) for k in key_of(statement)]

    def has(term: int) -> exp.Expr:
        return exp.Max(this=case(same(col("o", "term"), number(term)), col("o", "present"), NOUGHT.copy()))

    def is_side(side: int) -> exp.Expr:
        return added(case(same(col("o", "side"), number(side)), col("o", "amount")))

    having: list[exp.Expr] = []
    for side in (0, 1):
        own = [n for n, (s, _) in enumerate(parts) if s == side]
        if len(own) == 1:
            having.append(same(has(own[0]), ONE))
        elif own:
            total = has(own[0])
            for n in own[1:]:
                total = exp.Add(this=total, expression=has(n))
            having.append(exp.GTE(this=total, expression=number(2)))
            for n in own:
                if parts[n][1].cell.by:  # rows there must be, where the form has the column
                    said = case(same(col("o", "term"), number(n)), ONE.copy(), NOUGHT.copy())
                    having.append(same(exp.Max(this=said), ONE))
    sides = {
        "left_side": is_side(0),
        "right_side": is_side(1),
        "room": added(col("o", "width")),
        "printed": added(col("o", "printed")),
        "missing": added(col("o", "missing")),
        "withheld": added(col("o", "withheld")),
        "figures": exp.Sum(this=exp.Abs(this=col("o", "counted"))),
        "unit_from": exp.Min(this=col("o", "unit")),
        "unit_to": exp.Max(this=col("o", "unit")),
        "step_from": exp.Min(this=col("o", "step")),
        "step_to": exp.Max(this=col("o", "step")),
        **{f"has_{n}": has(n) for n in _firsts(statement)},
    }
    shown = [_as(v, k) for k, v in sides.items()]
    return exp.select(*key, *shown).from_(f"operands_{mark} AS o").group_by(*key).having(*having)


def _firsts(statement: Statement) -> range:
    """Number the terms of the side that is compared first, where there are several."""
    count = len(statement.left or statement.right)
    return range(count) if count > 1 else range(0)


def _first(statement: Statement) -> Iterator[exp.Expr]:
    """Name the figure that is compared first: that of the first term that there is; no row where rows are added."""
    cells = [p.cell for p in statement.left or statement.right]
    for name in PLACE:
        each = [_place_of(cell, name) for cell in cells]
        found = each[0]
        if len(each) > 1:
            chain = exp.Case()
            for n, one in enumerate(each):
                chain = chain.when(same(col("j", f"has_{n}"), ONE), one)
            found = chain
        yield _as(found, f"first_{name}")


def _place_of(cell: Cell, name: str) -> exp.Expr:
    if name == "line" and (cell.by or cell.every):
        return exp.cast(_NULL.copy(), "TEXT")
    return filled({"sheet": cell.source, "line": cell.row, "col": cell.column}[name], "j")


def _outcome(statement: Statement) -> exp.Case:
    """Judge what is printed, as `sums.identities` does."""
    left, right = col("j", "left_side"), col("j", "right_side")
    holds = {"=": exp.EQ, "<=": exp.LTE, ">=": exp.GTE}[statement.relation](this=left, expression=right)
    off = exp.Abs(this=exp.Sub(this=left.copy(), expression=right.copy()))
    twice = exp.Add(this=off, expression=off.copy())
    room = col("j", "room")
    additive = same(col("j", "additive"), ONE)
    wide = case(additive.copy(), exp.Add(this=room, expression=room.copy()), room.copy())
    one_unit = same(col("j", "unit_from"), col("j", "unit_to"))
    one_step = exp.or_(
        exp.Is(this=col("j", "step_from"), expression=_NULL.copy()), same(col("j", "step_from"), col("j", "step_to"))
    )
    lacking = exp.or_(
        exp.GT(this=col("j", "missing"), expression=NOUGHT.copy()),
        exp.GT(this=col("j", "withheld"), expression=NOUGHT.copy()),
    )
    beyond = exp.or_(exp.GT(this=twice, expression=wide), every([additive.copy(), same(twice, wide)]))
    return (
        exp.Case()
        .when(lacking, text("undecided"))
        .when(same(col("j", "printed"), NOUGHT), text("nothing"))
        .when(holds, text("holds"))
        .when(every([additive, one_unit, one_step]), text("violated"))
        .when(beyond, text("violated"))
        .when(exp.NEQ(this=col("j", "unit_from"), expression=col("j", "unit_to")), text("holds"))
        .else_(text("rounding"))
    )


def _as(value: exp.Expr, name: str) -> exp.Expr:
    return exp.alias_(value, name, copy=False)
