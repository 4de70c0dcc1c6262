"""What the variables of a statement stand for in each document, as named selects."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sqlglot import exp

from mingzhang.rules.sql.pieces import (
    NOUGHT,
    ONE,
    added,
    case,
    col,
    every,
    exists,
    filled,
    fits,
    number,
    same,
    taken,
    text,
    variable,
)
from mingzhang.sums.terms import VARIABLE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mingzhang.sums.terms import Cell, Statement

Named = tuple[str, exp.Query]
"""A select and the name by which others use it."""

KEY = ("doc", "tbl", "additive")


class Use(NamedTuple):
    """One place where a variable stands: in the columns of a sheet, or in its rows."""

    source: str
    pattern: str
    columns: bool


def names_of(statement: Statement) -> tuple[str, ...]:
    """List the variables that are bound by what occurs, in order."""
    return tuple(v for v in statement.variables if v != "table")


def uses_of(statement: Statement, name: str) -> tuple[Use, ...]:
    """List the different places that bind a variable."""
    return tuple(dict.fromkeys(_uses(statement, name)))


def _uses(statement: Statement, name: str) -> Iterator[Use]:
    for cell in statement.cells:
        if name in VARIABLE.findall(cell.column):
            yield Use(cell.source, cell.column, columns=True)
        if name in VARIABLE.findall(cell.row) and not cell.by:
            yield Use(cell.source, cell.row, columns=False)


def in_sheet(table: str, source: str, scope: str) -> list[exp.Expr]:
    """Say that rows of a relation are of a source's sheet in the document in scope."""
    return [same(col(table, "doc"), col(scope, "doc")), same(col(table, "sheet"), filled(source, scope))]


def bound(statement: Statement, mark: str, scope: str) -> Iterator[Named]:
    """Give the selects of what each variable stands for, and last `bound` of all together.

    `scope` names what documents and tables are asked about; `mark` ends the names.
    """
    sources = dict.fromkeys(c.source for c in statement.cells if c.source != "$table")
    own = f"asked_{mark}"
    where = [exists("sheets", "h", in_sheet("h", source, "s")) for source in sources]
    asked = exp.select(*(col("s", k) for k in KEY)).from_(f"{scope} AS s")
    yield own, asked.where(*where) if where else asked
    names = names_of(statement)
    for name in names:
        yield from _bound_one(statement, name, mark, own)
    out = exp.select(*(col("s", k) for k in KEY)).from_(f"{own} AS s")
    for name in names:
        of = variable(name)
        out = out.select(col(of, of)).join(
            f"{of}_{mark} AS {of}", on=every(same(col(of, k), col("s", k)) for k in ("doc", "tbl"))
        )
    yield f"bound_{mark}", out


def _bound_one(statement: Statement, name: str, mark: str, scope: str) -> Iterator[Named]:
    """Give what a variable stands for: keys that stand in every column and every fixed list of rows where it is used.

    Where it is used only in lists that hold what occurs, it stands for every key that occurs in any of them.
    """
    uses = uses_of(statement, name)
    of = variable(name)
    under = [c for c in statement.cells if c.by and c.row == f"${name}"]
    if len(uses) == 1:
        yield f"{of}_{mark}", _with_rows(_occurring(uses[0], of, scope), taken_of(uses[0]), under)
        return
    found = f"{of}_found_{mark}"
    each: list[exp.Query] = []
    for use in uses:
        narrow = ONE if use.columns else case(same(col("h", "grows"), NOUGHT), ONE.copy(), NOUGHT.copy())
        one = _occurring(use, of, scope)
        if not use.columns:
            one = one.join("sheets AS h", on=every(in_sheet("h", use.source, "s")))
        each.append(one.select(exp.alias_(narrow.copy(), "narrow")))
    yield found, exp.union(*each, distinct=False) if len(each) > 1 else _nobody(of, scope)
    needed = f"{of}_needed_{mark}"
    fixed = [u for u in uses if not u.columns]
    need = exp.select("s.doc", "s.tbl").from_(f"{scope} AS s")
    sure: exp.Expr = number(len(uses) - len(fixed))
    for n, use in enumerate(fixed):
        need = need.join(f"sheets AS h{n}", on=every(in_sheet(f"h{n}", use.source, "s")))
        sure = exp.Add(this=sure, expression=exp.Sub(this=ONE.copy(), expression=col(f"h{n}", "grows")))
    yield needed, need.select(exp.alias_(sure, "uses"))
    key = [col("f", k) for k in ("doc", "tbl", of)]
    joined = (
        exp.select(*key)
        .from_(f"{found} AS f")
        .join(f"{needed} AS n", on=every(same(col("n", k), col("f", k)) for k in ("doc", "tbl")))
    )
    together = joined.group_by(*key, col("n", "uses")).having(same(added(col("f", "narrow")), col("n", "uses")))
    yield f"{of}_{mark}", _with_rows(together, col("f", of), under, "f")


def taken_of(use: Use) -> exp.Expr:
    """Give what the variable of a use stands for in a row or column of its sheet."""
    return taken(_key(use), use.pattern)


def _key(use: Use) -> exp.Column:
    return col("k", "col" if use.columns else "line")


def _occurring(use: Use, of: str, scope: str) -> exp.Select:
    """Find what a variable stands for in one place."""
    where = in_sheet("k", use.source, "s")
    if use.columns:
        where.append(same(col("k", "own"), ONE))
    relation = "sheet_columns" if use.columns else "sheet_lines"
    out = exp.select("s.doc", "s.tbl", exp.alias_(taken_of(use), of)).from_(f"{scope} AS s")
    return out.join(f"{relation} AS k", on=every([*where, fits(_key(use), use.pattern)]))


def _nobody(of: str, scope: str) -> exp.Select:
    """Give nothing: no row or column binds the variable."""
    out = exp.select("s.doc", "s.tbl", exp.alias_(text(""), of), exp.alias_(ONE.copy(), "narrow"))
    return out.from_(f"{scope} AS s").where(exp.false())


def _with_rows(found: exp.Select, key: exp.Expr, under: list[Cell], scope: str = "s") -> exp.Select:
    """Leave out keys by which no rows are found."""
    for cell in under:
        source = filled(cell.source, scope)
        where = [
            same(col("u", "doc"), col(scope, "doc")),
            same(col("u", "sheet"), source),
            same(col("u", cell.by), key),
        ]
        found = found.where(exists("sheet_lines", "u", where))
    return found
