"""Codes below which a document prints no row, so that no row shows withheld money alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from mingzhang.compiling.layout import LISTS, code_of, shown
from mingzhang.forms.classifications import edition
from mingzhang.sums.filters import parse_filter

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from mingzhang.forms.pack import Pack, PackRows, PackTable
    from mingzhang.sums.filters import Fact

    Folds = Mapping[str, frozenset[str]]

FIELDS: Final = {"item": "function", "economic": "economic", "gov_economic": "gov_economic", "revenue": "revenue"}
"""What a spending line calls the code that a table's rows are listed by."""

_CLASS: Final = 3
_GROUP: Final = 5


def folds_of(pack: Pack, facts: Sequence[Fact], hidden: Collection[str], told: Iterable[str]) -> Folds:
    """Find by field the codes to fold: those told (`function:20113`), and those whose rows show hidden facts alone.

    A row that shows hidden facts alone goes into the one above it, as often as needed and as there is one above.
    """
    found: dict[str, set[str]] = {field: set() for field in FIELDS.values()}
    for text in told:
        field, _, code = text.partition(":")
        found.setdefault(field, set()).add(code)
    for table, rows in _listing(pack):
        listed = _listed(table, rows, facts)
        for fact in (f for f in listed if f.id in hidden):
            code = code_of(fact, rows.field)
            fold = _above(fact, table, rows, listed, hidden=hidden, folds=found[FIELDS[rows.field]])
            if fold != code:
                found[FIELDS[rows.field]].add(fold)
    for fact in facts:  # a function's class does not tell the revenue that feeds it: that is folded with it
        function, revenue = code_of(fact, "item"), fact.values.get("revenue", "")
        if any(len(f) == _CLASS and function.startswith(f) for f in found["function"]) and len(revenue) > _GROUP:
            found["revenue"].add(revenue[:_GROUP])
    return {field: frozenset(codes) for field, codes in found.items()}


def cut(code: str, folds: Iterable[str]) -> str:
    """Cut a code to the shortest fold that it stands below."""
    return min((f for f in folds if code.startswith(f)), key=len, default=code)


def levels_above(pack: Pack, fact: Fact) -> Iterator[str]:
    """List the folds that would hide a fact's codes, `field:code`, the lowest of each field first."""
    for table, rows in _listing(pack):
        if _listed(table, rows, (fact,)):
            code = code_of(fact, rows.field)
            yield from (f"{FIELDS[rows.field]}:{code[:n]}" for n in reversed(rows.levels) if n < len(code))


def other_item(code: str, pack: Pack) -> str:
    """Give the item of other spending beside a functional item (2010602 → 2010699); the code itself if there is none."""
    other = f"{code[:_GROUP]}99"
    return other if len(code) > _GROUP and edition(pack.standards).function(other) is not None else code


def _listing(pack: Pack) -> Iterator[tuple[PackTable, PackRows]]:
    for table in pack.tables:
        yield from ((table, r) for r in table.rows if r.source in LISTS and r.field in FIELDS and r.levels)


def _listed(table: PackTable, rows: PackRows, facts: Iterable[Fact]) -> tuple[Fact, ...]:
    passing = (parse_filter(table.filter) & parse_filter(rows.filter)).of(f for f in facts if f.amount)
    return shown(table, rows.side, passing)


def _above(
    fact: Fact,
    table: PackTable,
    rows: PackRows,
    listed: Sequence[Fact],
    *,
    hidden: Collection[str],
    folds: Collection[str],
) -> str:
    """Give the first code above, or a fact's code itself, whose row shows more than hidden facts.

    Rows of the deepest level are those of one code and one text, where the table has a column of texts.
    """
    at = cut(code_of(fact, rows.field), folds)
    texts = [c.key for c in table.columns if c.kind == "text" and c.side == rows.side]
    for length in (n for n in reversed(rows.levels) if n <= len(at)):
        at = at[:length]
        alike = texts if length == rows.levels[-1] else ()
        if any(
            f.id not in hidden
            and code_of(f, rows.field).startswith(at)
            and all(f.values.get(t, "") == fact.values.get(t, "") for t in alike)
            for f in listed
        ):
            return at
    return at
