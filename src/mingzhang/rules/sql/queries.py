"""Declared rules as queries over the relations: conditions, tables, statements and what may hold instead."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal

import msgspec
from sqlglot import exp

from mingzhang.model.language import gettext as _
from mingzhang.model.language import later
from mingzhang.rules.catalogue import Rule
from mingzhang.rules.sql.bindings import Named, names_of
from mingzhang.rules.sql.pieces import NOUGHT, ONE, case, col, every, exists, number, same, text, variable
from mingzhang.rules.sql.relations import RELATIONS
from mingzhang.rules.sql.statements import PLACE, judged, key_of
from mingzhang.sums.terms import VARIABLE, parse_statement

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from mingzhang.sums.terms import Cell, Statement

Dialect = Literal["duckdb", "postgres", "spark"]

DIALECTS: Final[tuple[Dialect, ...]] = ("duckdb", "postgres", "spark")

RANK: Final = ("holds", "rounding", "nothing", "violated", "undecided")
"""Of what may hold instead of each other the first is said; the same order as that of the closures."""

COLUMNS: Final = (
    "doc", "rule", "said", "tbl", "bound", "first_sheet", "first_line", "first_col",
    "left_side", "right_side", "room", "outcome",
)  # fmt: skip
"""What a query gives: the document and rule, which of its statements and of what, both sides in atoms, the outcome."""

CELLS: Final = ("doc", "rule", "said", "tbl", "bound", "outcome", "side", "counted", *PLACE)
"""What the query of figures gives: every figure that was compared, -1 where it is taken away."""

_SHARE = later("比重（/）")
_TABLE = later("$table 不在表名的位置")
_SEVERAL = later("一段里有几个变量或变量与 * 并用")
_INSTEAD = later("几种等式可任选其一，而左边第一个数字不能单独确定")
_FUNCTION = later("不是等式，由程序判断")


class Compiled(msgspec.Struct, frozen=True):
    """A rule's two queries as expression trees, or why there are none."""

    rule: Rule
    verdicts: exp.Query | None = None
    cells: exp.Query | None = None
    reason: str = ""


def compiled(rule: Rule) -> Compiled:
    """Compile a rule to SQL: one query for its verdicts, one for the figures they compare."""
    reason = unsaid(rule)
    if reason:
        return Compiled(rule, reason=reason)
    statements = [parse_statement(t) for t in (rule.holds, *rule.also)]
    named = [*_scope(rule), *(one for n, s in enumerate(statements) for one in judged(s, str(n), "scope"))]
    named.append(("chosen", _chosen(rule, statements)))
    verdicts = exp.select(*(col("c", k) for k in COLUMNS)).from_("chosen AS c")
    each = [_cells(s, n) for n, s in enumerate(statements)]
    cells = exp.union(*each, distinct=False) if len(each) > 1 else each[0]
    return Compiled(rule, _with(verdicts, named), _with(cells, named))


def unsaid(rule: Rule) -> str:
    """Say why a rule cannot be a query, "" where it can."""
    if not rule.holds:
        return _(_FUNCTION)
    said = [parse_statement(t) for t in (rule.holds, *rule.also)]
    for statement in (*said, *map(parse_statement, rule.when)):
        if statement.over:
            return _(_SHARE)
        for cell in statement.cells:
            if _is_mixed(cell):
                return _(_SEVERAL)
            if "table" in VARIABLE.findall(f"{cell.row} {cell.column}") or "$" in cell.source[1:]:
                return _(_TABLE)
    if rule.also and not all(_is_told_by_first(s) for s in said):
        return _(_INSTEAD)
    return ""


def schema(dialect: Dialect) -> Iterator[str]:
    """Give the statements that create the relations."""
    for name, columns in RELATIONS.items():
        defs = [exp.ColumnDef(this=exp.to_identifier(c), kind=exp.DataType.build(kind)) for c, kind in columns.items()]
        table = exp.Schema(this=exp.to_table(name), expressions=defs)
        yield exp.Create(this=table, kind="TABLE").sql(dialect=dialect)


def written(query: exp.Query, dialect: Dialect) -> str:
    """Write a query in a dialect."""
    return query.sql(dialect=dialect, pretty=True)


def _is_mixed(cell: Cell) -> bool:
    return any(len(VARIABLE.findall(t)) + ("*" in t) > 1 for t in (cell.row, cell.column))


def _is_told_by_first(statement: Statement) -> bool:
    """Tell whether each way in which the variables can be bound has a first figure of its own."""
    plain = all(not (p.cell.every or p.cell.by) and p.sign > 0 for p in statement.left)
    return (
        bool(statement.left) and plain and all(set(statement.variables) <= {*p.cell.variables} for p in statement.left)
    )


def _scope(rule: Rule) -> Iterator[Named]:
    """Give the documents, and tables, that a rule is asked of."""
    where: list[exp.Expr] = []
    for n, told in enumerate(rule.when):
        statement = parse_statement(told)
        yield from judged(statement, f"when{n}", "everywhere")
        failing = exp.Not(this=exp.In(this=col("w", "outcome"), expressions=[text("holds"), text("nothing")]))
        where += [_has_sheet(source) for source in dict.fromkeys(c.source for c in statement.cells)]
        where.append(exp.not_(exists(f"judged_when{n}", "w", [same(col("w", "doc"), col("d", "doc")), failing])))
    for table, carry in rule.carry.items():
        found = _has_sheet(table, same(col("h", "carry"), text(carry)))
        where.append(exp.or_(found, exp.not_(_has_sheet(table))) if carry == "unstated" else found)
    for table in rule.same_carry:
        first = [same(col("g", "doc"), col("d", "doc")), same(col("g", "sheet"), text(rule.same_carry[0]))]
        alike = exists("sheets", "g", [*first, same(col("g", "carry"), col("h", "carry"))])
        stated = exp.NEQ(this=col("h", "carry"), expression=text("unstated"))
        where.append(_has_sheet(table, stated, alike))
    of_table = any("table" in parse_statement(t).variables for t in (rule.holds, *rule.also))
    out = exp.select("d.doc", "d.additive").from_("documents AS d")
    if of_table:
        out = out.select(exp.alias_(col("t", "sheet"), "tbl"))
        out = out.join("sheets AS t", on=same(col("t", "doc"), col("d", "doc")))
        where += tables_meant(rule)
    else:
        out = out.select(exp.alias_(text(""), "tbl"))
    yield "scope", out.where(*where) if where else out


def _has_sheet(name: str, *more: exp.Expr) -> exp.Exists:
    return exists("sheets", "h", [same(col("h", "doc"), col("d", "doc")), same(col("h", "sheet"), text(name)), *more])


def tables_meant(rule: Rule) -> Iterator[exp.Expr]:
    """Say which tables, `sheets AS t`, `$table` stands for."""
    yield same(col("t", "is_table"), ONE)
    meant: list[exp.Expr] = [exp.In(this=col("t", "sheet"), expressions=[text(t) for t in rule.tables])]
    if "any" in rule.tables:
        meant.append(exp.not_(exp.Like(this=col("t", "sheet"), expression=text("%:%"))))
    if "coded" in rule.tables:
        meant.append(same(col("t", "coded"), ONE))
    yield exp.or_(*meant)

    def has(column: str) -> exp.Expr:
        where = [same(col("c", k), col("t", k)) for k in ("doc", "sheet")]
        return exists("sheet_columns", "c", [*where, same(col("c", "col"), text(column)), same(col("c", "own"), ONE)])

    yield from (has(c) for c in rule.with_columns)
    yield from (exp.not_(has(c)) for c in rule.without_columns)


def _chosen(rule: Rule, statements: Sequence[Statement]) -> exp.Select:
    """Choose what is said of each place, the first figure compared: the best of what may hold there."""
    each = [_told(rule, s, n) for n, s in enumerate(statements)]
    if len(each) == 1:
        return each[0].where(exp.NEQ(this=col("j", "outcome"), expression=text("nothing")))
    every_one = exp.union(*each, distinct=False).subquery("e")
    rank = exp.Case()
    for n, outcome in enumerate(RANK):
        rank = rank.when(same(col("e", "outcome"), text(outcome)), number(n))
    off = exp.Abs(this=exp.Sub(this=col("e", "left_side"), expression=col("e", "right_side")))
    miss = case(same(col("e", "outcome"), text("violated")), off, NOUGHT.copy())
    order = exp.Order(expressions=[exp.Ordered(this=x) for x in (rank, miss, col("e", "figures"), col("e", "said"))])
    place = [col("e", "doc"), *(col("e", f"first_{k}") for k in PLACE)]
    nth = exp.Window(this=exp.RowNumber(), partition_by=place, order=order)
    ranked = exp.select("*", exp.alias_(nth, "nth")).from_(every_one)
    best = exp.select("*").from_(ranked.subquery("r"))
    return best.where(same(col("r", "nth"), ONE), exp.NEQ(this=col("r", "outcome"), expression=text("nothing")))


def _told(rule: Rule, statement: Statement, n: int) -> exp.Select:
    own = {"rule": text(rule.id), "said": number(n), "bound": _bound(statement, "j")}
    shown = [exp.alias_(own[k], k) if k in own else col("j", k) for k in (*COLUMNS, "figures")]
    return exp.select(*shown).from_(f"judged_{n} AS j")


def _bound(statement: Statement, table: str) -> exp.Expr:
    """Write what the variables stand for: `row=2010101 column=total`."""
    out: exp.Expr | None = None
    for name in names_of(statement):
        lead = text(f"{'' if out is None else ' '}{name}=")
        one = exp.DPipe(this=lead, expression=col(table, variable(name)))
        out = one if out is None else exp.DPipe(this=out, expression=one)
    return text("") if out is None else out


def _cells(statement: Statement, n: int) -> exp.Select:
    """Give the figures of what was chosen."""
    own = [same(col("o", k), col("j", k)) for k in key_of(statement)]
    chosen = [
        same(col("c", "said"), number(n)),
        *(same(col("c", k), col("j", k)) for k in ("doc", "tbl")),
        same(col("c", "bound"), _bound(statement, "j")),
    ]
    there = exp.NEQ(this=col("o", "counted"), expression=NOUGHT.copy())
    shown = [col("o" if k in {"side", "counted", *PLACE} else "c", k) for k in CELLS]
    out = exp.select(*shown).from_("chosen AS c").join(f"judged_{n} AS j", on=every(chosen))
    return out.join(f"operands_{n} AS o", on=every([*own, there]))


def _with(query: exp.Query, named: Iterable[Named]) -> exp.Query:
    """Put named selects before a query."""
    everywhere = exp.select("d.doc", "d.additive", exp.alias_(text(""), "tbl")).from_("documents AS d")
    for name, one in (("everywhere", everywhere), *named):
        query = query.with_(name, as_=one, copy=False)
    return query
