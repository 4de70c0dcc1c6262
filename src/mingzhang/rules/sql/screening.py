"""Which rules may speak against which documents: all identities of many documents added up at once in DuckDB.

Every figure votes, by its cell, for the identities it counts in (`rules.sql.votes`); where the votes of a document for an
identity come to nothing, it holds. Whatever does not is asked of the rule itself. So this may suspect too much, never
too little, and need not know what rounding explains.
"""

from __future__ import annotations

from array import array
from itertools import compress
from typing import TYPE_CHECKING, Final, cast

import msgspec

from mingzhang.rules.sql.votes import BOUND, Head, Saying, is_named, matches, sayings_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from duckdb import DuckDBPyConnection

    from mingzhang.rules.catalogue import Rule
    from mingzhang.rules.figures import Figures
    from mingzhang.sums.sheets import Shape, Sheet

Key = tuple[int, int, int, int, int, int, int]
"""A cell: its head, column, row, what the row stands under, its code and level, and whether rows stand under it."""

_CELL: Final = ("head", "col", "line", "parent", "code", "level", "is_over")
_COUNTED: Final = (
    "head",
    "col",
    "named_by",
    "pattern",
    "is_over",
    "saying",
    "term",
    "weight",
    "slot",
    "whole",
    "is_full",
)
_BOUND: Final = tuple(f"v_{n}" for n in range(BOUND))
_NAMED: Final = ", ".join(_BOUND)
_TOLD: Final = ", ".join(f"CASE WHEN t.slot = {n} THEN m.value ELSE t.{v} END AS {v}" for n, v in enumerate(_BOUND))
_FITTING: Final = " AND ".join(f"(b.{v} = -1 OR i.{v} = b.{v})" for v in _BOUND)

_VOTES: Final = f"""
CREATE TABLE ballots AS
SELECT k.cell, t.saying, t.term, t.weight, t.whole, t.is_full, {_TOLD}
FROM cells AS k
JOIN counted AS t ON t.head = k.head AND t.col = k.col AND t.is_over <= k.is_over
JOIN matches AS m ON m.pattern = t.pattern
  AND m.word = CASE t.named_by WHEN 0 THEN k.line WHEN 1 THEN k.parent WHEN 2 THEN k.code ELSE k.level END;

CREATE TABLE identities AS
SELECT row_number() OVER () :: INT AS identity, dense_rank() OVER (ORDER BY first, {_NAMED}) :: INT AS place,
  saying, {_NAMED}
FROM (SELECT DISTINCT saying, {_NAMED} FROM ballots WHERE whole = 1) JOIN sayings USING (saying);

CREATE TABLE votes AS
SELECT b.cell, b.term, b.weight, b.is_full, i.identity, i.place, s.saying, s.alone, s.above
FROM ballots AS b JOIN sayings AS s USING (saying)
JOIN identities AS i ON i.saying = b.saying AND {" AND ".join(f"i.{v} = b.{v}" for v in _BOUND)}
WHERE b.whole = 1
UNION ALL
SELECT b.cell, b.term, b.weight, b.is_full, i.identity, i.place, s.saying, s.alone, s.above
FROM ballots AS b JOIN sayings AS s USING (saying) JOIN identities AS i ON i.saying = b.saying AND {_FITTING}
WHERE b.whole = 0;
"""  # noqa: S608 - names of columns
_OFF: Final = "sum(f.amount * v.weight)"
_FAILS: Final = f"CASE WHEN v.above THEN {_OFF} > 0 ELSE {_OFF} <> 0 END"
_ALONE: Final = f"""
SELECT f.doc, v.identity FROM figures AS f JOIN votes AS v ON v.cell = f.cell
WHERE v.alone GROUP BY f.doc, v.identity, v.above HAVING {_FAILS}
"""  # noqa: S608
_INSTEAD: Final = f"""
WITH o AS (
  SELECT f.doc, v.identity, v.place, v.saying, {_FAILS} AS fails, bit_or(1 << v.term) AS mask, bool_and(v.is_full = 1) AS is_full
  FROM figures AS f JOIN votes AS v ON v.cell = f.cell
  WHERE NOT v.alone GROUP BY f.doc, v.identity, v.place, v.saying, v.above
)
SELECT doc, identity FROM o ANTI JOIN (SELECT DISTINCT doc, place FROM o WHERE NOT fails AND {{certain}}) AS sure
USING (doc, place) WHERE fails
"""  # noqa: S608
"""Where one of several may hold instead, one that is surely said of the document and holds is enough."""


class Laid(msgspec.Struct):
    """Documents laid out as numbers: for every figure printed that is not zero its document, cell and atoms.

    `heads` and `cells` are the dictionary; `of_document` are each document's heads. Of documents in `withheld` a figure is,
    those in `strange` cannot be added up: a figure is too large for eight bytes, or too fine.
    """

    docs: array[int]
    places: array[int]
    amounts: array[int]
    heads: dict[Head, int]
    words: dict[str, int]
    cells: dict[Key, int]
    of_document: list[dict[str, Head]]
    withheld: set[int]
    strange: list[int]


class Screened(msgspec.Struct, frozen=True):
    """Which rules are to be asked of which document, by its number from 0, and how many identities were added up."""

    suspects: dict[int, frozenset[str]]
    identities: int = 0


def must_be_installed() -> None:
    """Look whether the database is there.

    Raises:
        ModuleNotFoundError: it is not.
    """
    import duckdb  # noqa: F401, PLC0415 - an extra


def laid_out(documents: Iterable[Figures]) -> Laid:
    """Lay documents out, numbered from 0 in their order."""
    laid = Laid(array("i"), array("i"), array("q"), {}, {"": 0}, {}, [], set(), [])
    known: dict[tuple[Shape, str], tuple[Head, list[int]]] = {}
    for doc, figures in enumerate(documents):
        tables = {t.id for t in figures.disclosure.tables}
        start = len(laid.docs)
        heads: dict[str, Head] = {}
        try:
            for sheet in figures.sheets.values():
                values, carry = sheet.values, figures.carry(sheet.id) if sheet.id in tables else ""
                key = sheet.shape, carry
                if key not in known:
                    known[key] = _cells_of(sheet, laid, carry)
                heads[sheet.id], cells = known[key]
                if None in values:
                    _must_be_withheld(sheet)
                    laid.withheld.add(doc)
                laid.places.extend(compress(cells, values))
                laid.amounts.extend(cast("Iterable[int]", compress(values, values)))
        except OverflowError:
            laid.strange.append(doc)
            del laid.places[start:], laid.amounts[start:]
        laid.of_document.append(heads)
        laid.docs.extend([doc] * (len(laid.amounts) - start))
    return laid


def _must_be_withheld(sheet: Sheet) -> None:
    """See that what has no amount in a sheet is withheld.

    Raises:
        OverflowError: a figure is finer than what amounts are counted in.
    """
    if any(v is None and not f.withheld for v, f in zip(sheet.values, sheet.cells.values(), strict=True)):
        raise OverflowError


def _cells_of(sheet: Sheet, laid: Laid, carry: str) -> tuple[Head, list[int]]:
    """Number the cells of a sheet; `carry` is a table's basis of money carried over, "" where it is none."""
    shape = sheet.shape
    closed = not shape.grows
    lines = frozenset(r for r in sheet.rows if closed or is_named(r)).union(sheet.known if closed else ())
    own = set(sheet.columns)
    full = sum(c in own for _, c in shape.cells) == len(sheet.rows) * len(own)
    head = Head(sheet.id, bool(carry), sheet.columns, lines, closed, full, carry or "unstated")
    number = laid.heads.setdefault(head, len(laid.heads))
    cells, over = laid.cells, {r.parent for r in sheet.rows.values()}

    def word(text: str) -> int:
        return laid.words.setdefault(text, len(laid.words))

    rows = {
        key: (word(key), word(r.parent), word(r.code), word("" if r.level is None else str(r.level)), int(key in over))
        for key, r in sheet.rows.items()
    }
    columns = {c: word(c) for c in dict.fromkeys(c for _, c in shape.cells)}
    return head, [cells.setdefault((number, columns[c], *rows[r]), len(cells)) for r, c in shape.cells]


def screened(rules: Sequence[Rule], laid: Laid) -> Screened:
    """Add up what documents print for every identity of rules and name what does not come to nothing.

    A rule that cannot be counted so is suspect everywhere, and every rule in a document that cannot be added up. An
    identity with a withheld figure is undecided; of several that may hold instead it must not be taken for one that does.
    """
    import duckdb  # noqa: PLC0415 - an extra

    sayings, left = sayings_of(rules)
    suspects = {doc: {r.id for r in left} for doc in range(len(laid.of_document))}
    for doc in laid.withheld:
        suspects[doc] |= {s.rule.id for s in sayings if s.others}
    for doc in laid.strange:
        suspects[doc] = {r.id for r in rules}
    applies: dict[tuple[int, str], bool] = {}
    count = 0
    if sayings and laid.docs:
        with duckdb.connect() as database:
            _load(database, laid, sayings)
            identities = _identities(database, sayings, list(laid.words))
            count = len(identities)
            for doc, number in _failing(database, sayings):
                saying, values = identities[number]
                rule, heads = saying.rule.id, laid.of_document[doc]
                if rule in suspects[doc]:
                    continue
                if (doc, rule) not in applies:
                    applies[doc, rule] = saying.applies(heads)
                if applies[doc, rule] and saying.is_said(values, heads):
                    suspects[doc].add(rule)
    return Screened({doc: frozenset(own) for doc, own in suspects.items() if own}, count)


def _load(database: DuckDBPyConnection, laid: Laid, sayings: Sequence[Saying]) -> None:
    """Bring the dictionary, what counts in which saying, and the figures into a database."""
    patterns: dict[str, int] = {}

    def word(text: str) -> int:
        return laid.words.setdefault(text, len(laid.words))

    def pattern(text: str) -> int:
        return patterns.setdefault(text, len(patterns))

    counted = [c for head, n in laid.heads.items() for s in sayings for c in s.counted(n, head, word, pattern)]
    keys = sorted({w for key in laid.cells for w in key[2:6]})
    words = list(laid.words)
    found = [(p, keys[w], word(v)) for p, w, v in matches(list(patterns), [words[k] for k in keys])]
    told = [(s.number, min((s.number, *s.others)), not s.others, s.statement.relation != "=") for s in sayings]
    _put(database, "cells", ("cell", *_CELL), [(n, *key) for n, key in enumerate(laid.cells)])
    _put(database, "counted", (*_COUNTED, *_BOUND), [(*c[:-1], *c.told) for c in counted])
    _put(database, "matches", ("pattern", "word", "value"), found)
    _put(database, "sayings", ("saying", "first", "alone", "above"), told)
    _take(database, "figures", {"doc": laid.docs, "cell": laid.places, "amount": laid.amounts})
    database.execute("ALTER TABLE sayings ALTER alone TYPE BOOLEAN")
    database.execute("ALTER TABLE sayings ALTER above TYPE BOOLEAN")
    database.execute(_VOTES)


def _put(database: DuckDBPyConnection, name: str, columns: Sequence[str], rows: Sequence[Sequence[int]]) -> None:
    each = zip(*rows, strict=True) if rows else ((),) * len(columns)
    _take(database, name, {c: array("i", own) for c, own in zip(columns, each, strict=True)})


def _take(database: DuckDBPyConnection, name: str, columns: Mapping[str, array[int]]) -> None:
    """Make a table of columns of whole numbers."""
    import numpy as np  # noqa: PLC0415 - heavy, and only here

    database.register("given", {n: np.frombuffer(own, dtype=own.typecode) for n, own in columns.items()})
    database.execute(f"CREATE TABLE {name} AS SELECT * FROM given")  # noqa: S608 - one of our own names
    database.unregister("given")


def _identities(
    database: DuckDBPyConnection, sayings: Sequence[Saying], words: Sequence[str]
) -> dict[int, tuple[Saying, tuple[str, ...]]]:
    """Give every identity's saying and what its variables stand for."""
    rows = database.execute(f"SELECT identity, saying, {_NAMED} FROM identities").fetchall()  # noqa: S608
    return {number: (sayings[saying], tuple(words[v] for v in values)) for number, saying, *values in rows}


def _failing(database: DuckDBPyConnection, sayings: Sequence[Saying]) -> Iterator[tuple[int, int]]:
    """Give the documents and identities whose votes do not come to nothing."""
    yield from database.execute(_ALONE).fetchall()
    either = " ".join(f"WHEN {s.number} THEN {s.certain()}" for s in sayings if s.others)
    if either:
        yield from database.execute(_INSTEAD.format(certain=f"CASE saying {either} END")).fetchall()
