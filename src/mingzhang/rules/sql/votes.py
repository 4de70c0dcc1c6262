"""What a statement counts, as numbers: which cells of which heads, with which sign, and what must be there for it to be said.

A *head* is what decides of a sheet which statements mean it: its id, its columns and, where the form lists its rows, those.
A cell of a document is known by its head, column, row and what the row stands under; which identities it counts in
follows from that alone and is worked out once, however many documents have such a cell.
"""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING, Final, NamedTuple

import msgspec

from mingzhang.rules.catalogue import Rule
from mingzhang.rules.declared_rules import is_special
from mingzhang.rules.sheet_layout import RATE
from mingzhang.rules.sql.bindings import Use, uses_of
from mingzhang.rules.sql.queries import unsaid
from mingzhang.sums.terms import VARIABLE, Statement, parse_statement, pattern_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from mingzhang.sums.terms import Cell, Part

BOUND: Final = 4
"""So many variables a statement may have."""

UNKNOWN: Final = -1
"""Stands for a variable that a cell does not tell."""

BY: Final = ("", "parent", "code", "level")
"""What of a row a term names it by: its own key, or what it stands under."""


_NAMED: Final = re.compile(r"(?:in:|out:)?[a-z_]+")


class Head(NamedTuple):
    """What of a sheet decides which statements mean it.

    `lines` are its rows with names of the contract (`total`, `in:carry`), of a `closed` one, whose form lists its rows,
    every row printed or known; `full` says that each row has every column. `carry` is the basis of money carried over.
    """

    sheet: str
    is_table: bool
    columns: tuple[str, ...]
    lines: frozenset[str]
    closed: bool
    full: bool
    carry: str = "unstated"

    def is_meant(self, rule: Rule) -> bool:
        """Tell whether `$table` of a rule stands for this sheet."""
        if not self.is_table:
            return False
        wide = ":" not in self.sheet and (
            "any" in rule.tables or ("coded" in rule.tables and not is_special(self.sheet))
        )
        has = self.columns
        return (
            (self.sheet in rule.tables or wide)
            and all(c in has for c in rule.with_columns)
            and not any(c in has for c in rule.without_columns)
        )

    def may_print(self, column: str) -> bool:
        """Tell whether there may be cells in a column; rates stand in one that is not among a sheet's own."""
        return column in self.columns or column == RATE

    def may_have(self, row: str) -> bool:
        """Tell whether a row may stand there: another that a form would have is missing, and nothing said of it fails."""
        return row in self.lines or not (self.closed or is_named(row))


class Counted(NamedTuple):
    """Cells of one column of a head as a term of a saying: how the row is named, what must fit, and what is told thereby."""

    head: int
    column: int
    by: int
    pattern: int
    over: int
    saying: int
    term: int
    weight: int
    slot: int
    whole: int
    full: int
    told: tuple[int, ...]


class Saying(msgspec.Struct, frozen=True, dict=True):
    """One of the statements of which a rule demands one.

    `others` are the numbers of those that may hold instead, `beside` columns of the same row of which they alone speak:
    where a figure stands in one, this is said too, though all that it adds up may be nothing.
    """

    number: int
    rule: Rule
    statement: Statement
    others: tuple[int, ...] = ()
    beside: tuple[str, ...] = ()

    @cached_property
    def terms(self) -> tuple[tuple[int, Part], ...]:
        """List the terms of both sides, each with its side."""
        sides = enumerate((self.statement.left, self.statement.right))
        return tuple((side, part) for side, own in sides for part in own)

    @cached_property
    def uses(self) -> tuple[Use, ...]:
        """List where the variables stand that are bound by what occurs."""
        names = (n for n in self.statement.variables if n != "table")
        return tuple(dict.fromkeys(use for name in names for use in uses_of(self.statement, name)))

    @cached_property
    def needs(self) -> tuple[Use, ...]:
        """List what must stand in a document's heads for the statement to be said: of variables, and of sides of one term."""
        out = dict.fromkeys(self.uses)
        for own in (self.statement.left, self.statement.right):
            if len(own) == 1:
                cell = own[0].cell
                out[Use(cell.source, cell.column, columns=True)] = None
                if not (cell.by or cell.every):
                    out[Use(cell.source, cell.row, columns=False)] = None
        return tuple(out)

    def applies(self, heads: Mapping[str, Head]) -> bool:
        """Tell whether the tables of a document have the basis of money carried over that the rule asks for."""

        def carry(table: str) -> str:
            return heads[table].carry if table in heads else "unstated"

        same = {carry(table) for table in self.rule.same_carry}
        wanted = all(carry(table) == basis for table, basis in self.rule.carry.items())
        return wanted and (not self.rule.same_carry or (len(same) == 1 and "unstated" not in same))

    def is_said(self, values: Sequence[str], heads: Mapping[str, Head]) -> bool:
        """Tell whether it may be said of a document with these heads when its variables stand for these values."""
        bound = dict(zip(self.statement.variables, values, strict=False))
        for use in self.needs:
            head = heads.get(_filled(use.source, bound))
            if head is None:
                return False
            key = _filled(use.pattern, bound)
            if not (head.may_print(key) if use.columns else head.may_have(key)):
                return False
        return not any(self._lacks(p.cell, bound, heads) for _, p in self.terms)

    @staticmethod
    def _lacks(cell: Cell, bound: Mapping[str, str], heads: Mapping[str, Head]) -> bool:
        """Tell whether a cell should be there and is not, so that nothing is decided."""
        head = heads.get(_filled(cell.source, bound))
        if cell.by or cell.every or head is None or head.closed:
            return False
        return _filled(cell.column, bound) in head.columns and not head.may_have(_filled(cell.row, bound))

    def certain(self) -> str:
        """Say in SQL, by the `mask` of the terms that voted, that it is surely said of a document and lacks nothing.

        A side of one term has that term, another two; each row, and each list by which a variable is bound, has one.
        """
        out = []
        for own in (0, 1):
            bits = [n for n, (side, _) in enumerate(self.terms) if side == own]
            if bits:
                voted = f"bit_count(mask & {_mask(bits)}) >= {min(2, len(bits))}"
                out.append(voted)
        rows: dict[tuple[str, str], list[int]] = {}
        for n, (_, part) in enumerate(self.terms):
            if not (part.cell.by or part.cell.every):
                rows.setdefault((part.cell.source, part.cell.row), []).append(n)
        used = ([n for n, (_, p) in enumerate(self.terms) if _is_used(p.cell, use)] for use in self.uses)
        out += [f"mask & {_mask(bits)} <> 0" for bits in (*rows.values(), *used)]
        said = " AND ".join(out) or "true"
        return f"(is_full OR {said})" if _row_of(self.statement) is not None else said

    def counted(
        self, n: int, head: Head, word: Callable[[str], int], pattern: Callable[[str], int]
    ) -> Iterator[Counted]:
        """Say which cells of head number `n` count in it; `word` and `pattern` number texts."""
        statement = self.statement
        if not all(self._has_columns(own, head) for own in (statement.left, statement.right)):
            return
        sign = -1 if statement.relation == ">=" else 1
        each = [(p.cell, n, sign * p.sign * (1 if side == 0 else -1)) for n, (side, p) in enumerate(self.terms)]
        first = each[0][0]
        each += [(msgspec.structs.replace(first, column=c), len(self.terms), 0) for c in self.beside]
        for cell, term, weight in each:
            if not (head.is_meant(self.rule) if cell.source == "$table" else cell.source == head.sheet):
                continue
            row = VARIABLE.findall(cell.row)
            slot = statement.variables.index(row[0]) if row else UNKNOWN
            whole = int(set(statement.variables) <= {*cell.variables})
            for column, told in _columns(cell.column, head.columns):
                known = {**told, **({"table": head.sheet} if cell.source == "$table" else {})}
                values = [word(known[v]) if v in known else UNKNOWN for v in statement.variables]
                values += [0] * (BOUND - len(values))
                yield Counted(
                    n, word(column), BY.index(cell.by), pattern(cell.row), int(self._is_over(cell)),
                    self.number, term, weight, slot, whole, int(head.full), tuple(values),
                )  # fmt: skip

    def _is_over(self, cell: Cell) -> bool:
        """Tell whether a cell's row is one under which rows must stand for anything to be said of it."""
        above = (c for c in self.statement.cells if c.by == "parent")
        return not cell.by and any((c.source, c.row) == (cell.source, cell.row) for c in above)

    def _has_columns(self, own: Sequence[Part], head: Head) -> bool:
        """Tell whether a head may have enough of a side all of whose terms are its own, in columns that are named."""
        cells = [p.cell for p in own]
        if not cells or any(VARIABLE.search(c.column) for c in cells):
            return True
        if len({c.source for c in cells}) > 1 or cells[0].source not in {"$table", head.sheet}:
            return True
        return sum(head.may_print(c.column) for c in cells) >= min(2, len(cells))


def is_named(row: str) -> bool:
    """Tell whether a row's key is a name of the contract, neither a code nor a printed name."""
    return _NAMED.fullmatch(row) is not None


def sayings_of(rules: Iterable[Rule]) -> tuple[tuple[Saying, ...], tuple[Rule, ...]]:
    """Number the statements of rules whose figures can be counted so; give the other rules beside them."""
    out: list[Saying] = []
    left = []
    for rule in rules:
        statements = () if unsaid(rule) else tuple(parse_statement(t) for t in (rule.holds, *rule.also))
        if not statements or not all(map(_can_be_counted, statements)) or len({s.variables for s in statements}) > 1:
            left.append(rule)
            continue
        numbers = tuple(range(len(out), len(out) + len(statements)))
        rows = {_row_of(s) for s in statements}
        columns = (
            dict.fromkeys(c.column for s in statements for c in s.cells) if len(rows) == 1 and None not in rows else ()
        )
        for n, statement in zip(numbers, statements, strict=True):
            own = {c.column for c in statement.cells}
            beside = tuple(c for c in columns if c not in own)
            out.append(Saying(n, rule, statement, tuple(o for o in numbers if o != n), beside))
    return tuple(out), tuple(left)


def matches(patterns: Sequence[str], words: Sequence[str]) -> Iterator[tuple[int, int, str]]:
    """Give what fits which pattern: the pattern's number, the word's, and what the variable stands for in it."""
    for n, text in enumerate(patterns):
        fitting = pattern_of(text)
        names = VARIABLE.findall(text)
        for number, word in enumerate(words):
            found = fitting.fullmatch(word)
            if found is not None:
                yield n, number, found[names[0]] if names else ""


def _can_be_counted(statement: Statement) -> bool:
    """Tell whether some term says what all variables stand for, so that an identity is known by one of its cells."""
    whole = any(set(statement.variables) <= {*c.variables} for c in statement.cells)
    return len(statement.variables) <= BOUND and whole


def _row_of(statement: Statement) -> tuple[str, str] | None:
    """Give the row along which all terms stand in columns that are named, None where there are others."""
    cells = tuple(statement.cells)
    plain = not any(c.by or c.every or VARIABLE.search(c.column) for c in cells)
    rows = {(c.source, c.row) for c in cells}
    return rows.pop() if plain and len(rows) == 1 else None


def _columns(pattern: str, columns: Sequence[str]) -> Iterator[tuple[str, dict[str, str]]]:
    """Give the columns that fit, with what the variable stands for."""
    names = VARIABLE.findall(pattern)
    if not names:
        yield pattern, {}
        return
    for column in columns:
        found = pattern_of(pattern).fullmatch(column)
        if found is not None:
            yield column, {names[0]: found[names[0]]}


def _filled(pattern: str, bound: Mapping[str, str]) -> str:
    return pattern if "$" not in pattern else VARIABLE.sub(lambda m: bound[m[1]], pattern)


def _is_used(cell: Cell, use: Use) -> bool:
    if cell.source != use.source:
        return False
    return cell.column == use.pattern if use.columns else cell.row == use.pattern and not cell.by


def _mask(bits: Iterable[int]) -> int:
    return sum(1 << n for n in bits)
