"""Pieces of SQL as expression trees: what every query is put together from."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from sqlglot import exp

from mingzhang.sums.terms import VARIABLE, VARIABLES

if TYPE_CHECKING:
    from collections.abc import Iterable

CODED: Final = r"^([a-z]+:)?[0-9]+(#[0-9]+)?$"
"""The keys that are codes, as every dialect reads them."""

NOUGHT: Final = exp.Literal.number(0)
ONE: Final = exp.Literal.number(1)


def col(table: str, name: str) -> exp.Column:
    """Name a column."""
    return exp.column(name, table=table)


def text(value: str) -> exp.Literal:
    """Write a text."""
    return exp.Literal.string(value)


def number(value: int) -> exp.Expr:
    """Write a whole number."""
    return exp.Literal.number(value)


def same(one: exp.Expr, other: exp.Expr) -> exp.EQ:
    """Say that two are equal."""
    return exp.EQ(this=one.copy(), expression=other.copy())


def every(conditions: Iterable[exp.Expr]) -> exp.Expr:
    """Join conditions that must all be met."""
    return exp.and_(*conditions)


def case(condition: exp.Expr, then: exp.Expr, other: exp.Expr | None = None) -> exp.Case:
    """Choose between two."""
    out = exp.Case().when(condition, then)
    return out if other is None else out.else_(other)


def added(of: exp.Expr) -> exp.Coalesce:
    """Add up; nothing adds up to nothing."""
    return exp.Coalesce(this=exp.Sum(this=of), expressions=[NOUGHT.copy()])


def exists(relation: str, name: str, conditions: Iterable[exp.Expr]) -> exp.Exists:
    """Say that there is a row of a relation."""
    return exp.Exists(this=exp.select("1").from_(f"{relation} AS {name}").where(every(conditions)))


def filled(blank: str, table: str) -> exp.Expr:
    """Put what the variables stand for, columns of a table, into a text."""
    parts: list[exp.Expr] = [
        col(table, variable(p)) if n % 2 else text(p) for n, p in enumerate(VARIABLE.split(blank)) if n % 2 or p
    ]
    out = parts[0] if parts else text("")
    for part in parts[1:]:
        out = exp.DPipe(this=out, expression=part)
    return out


def variable(name: str) -> str:
    """Name the column that holds what a variable stands for."""
    return "tbl" if name == "table" else f"v_{name}"


def fits(key: exp.Expr, pattern: str) -> exp.Expr:
    """Say that a key fits a pattern with `*`, or with a variable."""
    if pattern == "$row":  # anything that is not empty
        return exp.NEQ(this=key.copy(), expression=text(""))
    out = ""
    for n, piece in enumerate(re.split(r"(\$[a-z]+|\*)", pattern)):
        out += (".*" if piece == "*" else f"({_portable(VARIABLES[piece[1:]])})") if n % 2 else re.escape(piece)
    return exp.RegexpLike(this=key.copy(), expression=text(f"^{out}$"))


def taken(key: exp.Expr, pattern: str) -> exp.Expr:
    """Give what the one variable of a pattern stands for in a key that fits."""
    before, _, after = VARIABLE.split(pattern)
    out = key.copy()
    if before:
        out = exp.Substring(this=out, start=number(len(before) + 1))
    if after:
        out = exp.RegexpReplace(this=out, expression=text(f"{re.escape(after)}$"), replacement=text(""))
    return out


def depth(key: exp.Expr) -> exp.Expr:
    """Give how many digits a key has that is a code, NULL of another."""
    bare = key.copy()
    for beside in ("^[a-z]+:", "#[0-9]+$"):
        bare = exp.RegexpReplace(this=bare, expression=text(beside), replacement=text(""))
    return case(exp.RegexpLike(this=key.copy(), expression=text(CODED)), exp.Length(this=bare))


def _portable(pattern: str) -> str:
    r"""Write a pattern without `\d`, which means other digits elsewhere."""
    return pattern.replace(r"\d", "[0-9]")
