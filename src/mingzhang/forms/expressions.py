"""Where a slot's value comes from: a small language of table cells, other slots, last year, and the book.

    summary[in:total].amount                    one printed cell
    projects[project:*].total                   the sum of the rows whose key begins so
    appropriation[out:@].total                  the row of the class that a repeated piece stands at
    income_general / income_total               two slots; a share where the slot's unit is %
    abs(income_total - last.income_total)       against last year
    executed.@                                  last year's executed figure of the item that a paragraph stands at
    book.procurement.goods                      what no table prints
    book.staffing.quota, book.members.names     people and units
    book.spending.operating_cost                operating cost of offices, where the form has no table of it
    count(projects[project:*].total)            how many rows print a figure other than zero
    names(basic_economic.operating)             labels of the lowest rows with a figure in the column
    50                                          a constant of the form, in the slot's unit

Values are exact: money in fen, everything else in itself; only `written` rounds, to a printed last digit.
"""

from __future__ import annotations

import re
from fractions import Fraction
from functools import cache
from typing import TYPE_CHECKING, Final, Literal, Protocol

import msgspec

from mingzhang.model.units import FEN_PER_UNIT

if TYPE_CHECKING:
    from collections.abc import Iterator

_TOKEN: Final = re.compile(
    r"\s*(?:(?P<cell>[a-z_]+\[[^\]]*\]\.[a-z_]+)|(?P<call>[a-z]+)\(|(?P<path>[a-z_@][\w.@]*)"
    r"|(?P<number>\d+(?:\.\d+)?)|(?P<sign>[-+/)]))"
)
_CELL: Final = re.compile(r"(?P<table>[a-z_]+)\[(?P<row>[^\]]*)\]\.(?P<column>[a-z_]+)")


BOOK_PARTS: Final = (
    "assets", "disclosed", "members", "notes", "procurement", "profile", "project", "projects", "reasons", "spending",
    "staffing",
)  # fmt: skip
"""What `book.` may go on with: fields of the book, and `project` and `disclosed` for some of its projects."""


class Cell(msgspec.Struct, frozen=True, tag=True):
    """A cell of a table; a row ending in `*` means every row whose key begins so."""

    table: str
    row: str
    column: str

    @property
    def of(self) -> tuple[str, str, str]:
        """Say of what the cell may be a part: its table, side and column."""
        return self.table, self.row.rpartition(":")[0], self.column


class Named(msgspec.Struct, frozen=True, tag=True):
    """Another slot's printed value (`slot`), last year's figure (`last`, `executed`), or a value of the book (`book`)."""

    source: Literal["slot", "last", "executed", "book"]
    name: str


class Constant(msgspec.Struct, frozen=True, tag=True):
    """A number that the form itself prints, in the slot's unit."""

    text: str


class Sum(msgspec.Struct, frozen=True, tag=True):
    """Terms added (`+`) and taken away (`-`)."""

    terms: tuple[tuple[Literal["+", "-"], Expression], ...]


class Ratio(msgspec.Struct, frozen=True, tag=True):
    """One value over another."""

    over: Expression
    under: Expression


class Call(msgspec.Struct, frozen=True, tag=True):
    """`abs` of a value, `count` of a cell's rows, or the `names` of rows."""

    name: Literal["abs", "count", "names"]
    of: Expression


Exact = int | Fraction
"""An exact value: a whole number of fen, or of what is counted, as an `int`, which adds up much faster than a fraction."""

Expression = Cell | Named | Constant | Sum | Ratio | Call


class Sources(Protocol):
    """Where the parts of an expression are looked up; None means that there is no such value."""

    def cell(self, cell: Cell) -> Exact | None:
        """Give a cell, or the sum of its rows."""

    def count(self, cell: Cell) -> int | None:
        """Count the rows of a cell that print a number other than zero."""

    def named(self, name: Named) -> Exact | None:
        """Give a slot's printed value, last year's figure or a value of the book."""


@cache
def parse_expression(text: str) -> Expression:
    """Parse an expression.

    Raises:
        ValueError: it is not one.
    """
    tokens = _tokens(text)
    tree = _sum(tokens)
    if tokens:
        msg = f"unexpected {tokens[0][1]!r} in {text!r}"
        raise ValueError(msg)
    return tree


def at_class(expression: Expression, code: str) -> Expression:
    """Put a class code in the place of `@`."""
    match expression:
        case Cell(table, row, column):
            return Cell(table, row.replace("@", code), column)
        case Named(source, name):
            return Named(source, name.replace("@", code))
        case Sum(terms):
            return Sum(tuple((sign, at_class(term, code)) for sign, term in terms))
        case Ratio(over, under):
            return Ratio(at_class(over, code), at_class(under, code))
        case Call(name, of):
            return Call(name, at_class(of, code))
        case _:
            return expression


def evaluate(expression: Expression, sources: Sources) -> Exact | None:
    """Give an expression's exact value; None where a part is missing or a base is zero (0 over 0 is 0)."""
    value: Exact | None = None
    match expression:
        case Cell():
            value = sources.cell(expression)
        case Named():
            value = sources.named(expression)
        case Constant(text):
            value = Fraction(text)
        case Ratio(over, under):
            value = _quotient(evaluate(over, sources), evaluate(under, sources))
        case Sum(terms):
            value = _total([(sign, evaluate(term, sources)) for sign, term in terms])
        case Call("count", Cell() as cell):
            value = sources.count(cell)
        case Call("abs", of):
            inner = evaluate(of, sources)
            value = None if inner is None else max(inner, -inner)
    return value


def _quotient(above: Exact | None, below: Exact | None) -> Exact | None:
    if above is None or below is None or (above and not below):
        return None
    return Fraction(above) / below if below else 0


def _total(terms: list[tuple[Literal["+", "-"], Exact | None]]) -> Exact | None:
    total: Exact = 0
    for sign, value in terms:
        if value is None:
            return None
        total += value if sign == "+" else -value
    return total


def parts_of(expression: Expression) -> Iterator[Cell | Named]:
    """List the cells and names that an expression is made of."""
    match expression:
        case Cell() | Named():
            yield expression
        case Sum(terms):
            for _, term in terms:
                yield from parts_of(term)
        case Ratio(over, under):
            yield from parts_of(over)
            yield from parts_of(under)
        case Call(_, of):
            yield from parts_of(of)
        case _:
            pass


Terms = tuple[tuple[int, Cell | Named], ...]
"""Cells and slots that are added, or with -1 taken away."""


def terms_of(expression: Expression) -> Terms:
    """List the cells and slots that an expression adds up; none where it is anything but their sum."""
    match expression:
        case Cell() | Named("slot", _):
            return ((1, expression),)
        case Sum(terms):
            inner = [(1 if sign == "+" else -1, terms_of(term)) for sign, term in terms]
            return (
                tuple((sign * own, part) for sign, parts in inner for own, part in parts)
                if all(parts for _sign, parts in inner)
                else ()
            )
        case _:
            return ()


def written(value: Exact, unit: str, places: int) -> int:
    """Round an exact value half-up to the digits that a slot prints: money from fen, a ratio to per cent."""
    above = abs(value.numerator) * (100 if unit == "%" else 1) * int(10**places)
    below = value.denominator * FEN_PER_UNIT.get(unit, 1)
    digits = (2 * above + below) // (2 * below)
    return -digits if value < 0 else digits


def exact(digits: int, unit: str, places: int) -> Exact:
    """Give the value that printed digits stand for: money in fen, a percentage as a ratio."""
    above, below = _of_last_digit(unit, places)
    return digits * above if below == 1 else Fraction(digits * above, below)


@cache
def _of_last_digit(unit: str, places: int) -> tuple[int, int]:
    """Give what one of the last digit stands for, over the least number that makes it whole."""
    return Fraction(FEN_PER_UNIT.get(unit, 1), 10**places * (100 if unit == "%" else 1)).as_integer_ratio()


def _tokens(text: str) -> list[tuple[str, str]]:
    out, at = [], 0
    while at < len(text.rstrip()):
        found = _TOKEN.match(text, at)
        if found is None or found.lastgroup is None:
            msg = f"not an expression at {text[at:]!r}"
            raise ValueError(msg)
        out.append((found.lastgroup, found[found.lastgroup]))
        at = found.end()
    return out


def _sum(tokens: list[tuple[str, str]]) -> Expression:
    terms: list[tuple[Literal["+", "-"], Expression]] = [("+", _ratio(tokens))]
    while tokens and tokens[0] in {("sign", "+"), ("sign", "-")}:
        sign: Literal["+", "-"] = "+" if tokens.pop(0)[1] == "+" else "-"
        terms.append((sign, _ratio(tokens)))
    return terms[0][1] if len(terms) == 1 else Sum(tuple(terms))


def _ratio(tokens: list[tuple[str, str]]) -> Expression:
    over = _factor(tokens)
    if tokens and tokens[0] == ("sign", "/"):
        tokens.pop(0)
        return Ratio(over, _factor(tokens))
    return over


def _factor(tokens: list[tuple[str, str]]) -> Expression:
    if not tokens:
        msg = "an expression ends too early"
        raise ValueError(msg)
    kind, text = tokens.pop(0)
    if kind == "cell" and (found := _CELL.fullmatch(text)) is not None:
        return Cell(found["table"], found["row"], found["column"])
    if kind == "number":
        return Constant(text)
    if kind == "path":
        head, _, rest = text.partition(".")
        if head == "last" and rest:
            return Named("last", rest)
        if head == "executed" and rest:
            return Named("executed", rest)
        return Named("book", rest) if head == "book" and rest else Named("slot", text)
    if kind == "call" and text in {"abs", "count", "names"}:
        inner = _argument(tokens, text)
        if tokens and tokens.pop(0) == ("sign", ")"):
            return Call("abs" if text == "abs" else "count" if text == "count" else "names", inner)
    msg = f"unexpected {text!r} in an expression"
    raise ValueError(msg)


def _argument(tokens: list[tuple[str, str]], call: str) -> Expression:
    if call == "names" and tokens:
        table, _, column = tokens.pop(0)[1].partition(".")
        return Cell(table, "*", column)
    return _sum(tokens)
