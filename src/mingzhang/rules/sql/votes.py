"""What a statement counts, as numbers: which cells of which heads, with which sign, and what must be there for it to be said.

A cell of a document is known by the kind of its sheet, its column, row and what the row stands under; which identities it counts in
follows from that alone and is worked out once, however many documents have such a cell.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Final, NamedTuple

import msgspec

from mingzhang.rules.catalogue import Rule
from mingzhang.rules.sql.bindings import Use, uses_of
from mingzhang.rules.sql.queries import unsaid
from mingzhang.sums.terms import VARIABLE, Statement, parse_statement, pattern_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from mingzhang.rules.sql.heads import Head, Kind
    from mingzhang.sums.terms import Cell, Part

BOUND: Final = 4
"""So many variables a statement may have."""

UNKNOWN: Final = -1
"""Stands for a variable that a cell does not tell."""

BY: Final = ("", "parent", "code", "level")
"""What of a row a term names it by: its own key, or what it stands under."""


class Counted(NamedTuple):
    """Cells of one column of a kind of sheet as a term of a saying: how the row is named, what fits, what is told thereby."""

    kind: int
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

    def applies(self, basis: Mapping[str, str]) -> bool:
        """Tell whether tables have the basis of money carried over that the rule asks for."""
        same = {basis.get(table, "unstated") for table in self.rule.same_carry}
        wanted = all(basis.get(table, "unstated") == wish for table, wish in self.rule.carry.items())
        return wanted and (not self.rule.same_carry or (len(same) == 1 and "unstated" not in same))

    def is_said(self, values: Sequence[str], heads: Mapping[str, Head]) -> bool:
        """Tell whether it may be said of a document with these heads when its variables stand for these values."""
        bound = dict(zip(self.statement.variables, values, strict=False))
        for use in self.needs:
            head = heads.get(_filled(use.source, bound))
            if head is None:
                return False
            key = _filled(use.pattern, bound)
            if not (head.kind.may_print(key) if use.columns else head.may_have(key)):
                return False
        return not any(self._lacks(p.cell, bound, heads) for _, p in self.terms)

    @staticmethod
    def _lacks(cell: Cell, bound: Mapping[str, str], heads: Mapping[str, Head]) -> bool:
        """Tell whether a cell should be there and is not, so that nothing is decided."""
        head = heads.get(_filled(cell.source, bound))
        if cell.by or cell.every or head is None or head.closed:
            return False
        return _filled(cell.column, bound) in head.kind.columns and not head.may_have(_filled(cell.row, bound))

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
        self, n: int, kind: Kind, word: Callable[[str], int], pattern: Callable[[str], int]
    ) -> Iterator[Counted]:
        """Say which cells of kind number `n` count in it; `word` and `pattern` number texts."""
        statement = self.statement
        if not all(self._has_columns(own, kind) for own in (statement.left, statement.right)):
            return
        sign = -1 if statement.relation == ">=" else 1
        each = [(p.cell, n, sign * p.sign * (1 if side == 0 else -1)) for n, (side, p) in enumerate(self.terms)]
        first = each[0][0]
        each += [(msgspec.structs.replace(first, column=c), len(self.terms), 0) for c in self.beside]
        for cell, term, weight in each:
            if not (kind.is_meant(self.rule) if cell.source == "$table" else cell.source == kind.sheet):
                continue
            row = VARIABLE.findall(cell.row)
            slot = statement.variables.index(row[0]) if row else UNKNOWN
            whole = int(set(statement.variables) <= {*cell.variables})
            for column, told in _columns(cell.column, kind.columns):
                known = {**told, **({"table": kind.sheet} if cell.source == "$table" else {})}
                values = [word(known[v]) if v in known else UNKNOWN for v in statement.variables]
                values += [0] * (BOUND - len(values))
                yield Counted(
                    n, word(column), BY.index(cell.by), pattern(cell.row), int(self._is_over(cell)),
                    self.number, term, weight, slot, whole, int(kind.full), tuple(values),
                )  # fmt: skip

    def _is_over(self, cell: Cell) -> bool:
        """Tell whether a cell's row is one under which rows must stand for anything to be said of it."""
        above = (c for c in self.statement.cells if c.by == "parent")
        return not cell.by and any((c.source, c.row) == (cell.source, cell.row) for c in above)

    def _has_columns(self, own: Sequence[Part], kind: Kind) -> bool:
        """Tell whether a kind of sheet may have enough of a side all of whose terms are its own, in columns that are named."""
        cells = [p.cell for p in own]
        if not cells or any(VARIABLE.search(c.column) for c in cells):
            return True
        if len({c.source for c in cells}) > 1 or cells[0].source not in {"$table", kind.sheet}:
            return True
        return sum(kind.may_print(c.column) for c in cells) >= min(2, len(cells))


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


def conditions_of(sayings: Iterable[Saying], kind: Kind) -> Iterator[tuple[int, str, str]]:
    """Name the columns and rows of a kind of sheet where no amount may stand if a saying, by its number, is to apply.

    Of conditions only those are named that say of one figure that it is nothing.
    """
    for saying in sayings:
        for text in saying.rule.when:
            own = parse_statement(text)
            cells = tuple(own.cells)
            if own.relation == "=" and len(cells) == 1 and _is_one(cells[0]) and cells[0].source == kind.sheet:
                yield saying.number, cells[0].column, cells[0].row


def is_by_table(rule: Rule) -> bool:
    """Tell whether what a rule says of each `$table` is settled by itself, so that it can be asked of some alone."""
    statements = [parse_statement(text) for text in (rule.holds, *rule.also)]
    if not all("table" in s.variables for s in statements):
        return False
    return not rule.also or all(c.source == "$table" for s in statements for c in s.cells)


def matches(patterns: Sequence[str], words: Sequence[str]) -> Iterator[tuple[int, int, str]]:
    """Give what fits which pattern: the pattern's number, the word's, and what the variable stands for in it."""
    for n, text in enumerate(patterns):
        fitting = pattern_of(text)
        names = VARIABLE.findall(text)
        for number, word in enumerate(words):
            found = fitting.fullmatch(word)
            if found is not None:
                yield n, number, found[names[0]] if names else ""


def _is_one(cell: Cell) -> bool:
    """Tell whether a cell names one figure."""
    return not (cell.by or cell.every or cell.variables or "*" in cell.row)


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
