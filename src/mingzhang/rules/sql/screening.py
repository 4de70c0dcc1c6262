"""Which rules may speak against which documents: all identities of many documents added up at once in DuckDB.

Every figure votes, by its cell, for the identities it counts in (`rules.sql.votes`); where the votes of a document for an
identity come to nothing, it holds. Whatever does not is asked of the rule itself. So this may suspect too much, never
too little, and need not know what rounding explains.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import chain
from typing import TYPE_CHECKING, Final

import msgspec

from mingzhang.rules.sql.layout import CELL
from mingzhang.rules.sql.votes import BOUND, Saying, conditions_of, is_by_table, matches, sayings_of

if TYPE_CHECKING:
    from array import array
    from collections.abc import Iterator, Mapping, Sequence

    import numpy as np
    from duckdb import DuckDBPyConnection
    from numpy.typing import NDArray

    from mingzhang.rules.catalogue import Rule
    from mingzhang.rules.sql.layout import Laid

_COUNTED: Final = (
    "kind",
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
WITH t AS MATERIALIZED (
  SELECT k.cell, t.* EXCLUDE (kind, col, named_by, is_over),
    CASE t.named_by WHEN 0 THEN k.line WHEN 1 THEN k.parent WHEN 2 THEN k.code ELSE k.level END AS word
  FROM cells AS k JOIN counted AS t ON t.kind = k.kind AND t.col = k.col AND t.is_over <= k.is_over
)
SELECT t.cell, t.saying, t.term, t.weight, t.whole, t.is_full, {_TOLD}
FROM t JOIN matches AS m ON m.pattern = t.pattern AND m.word = t.word;

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

CREATE TABLE idle AS
SELECT doc, saying FROM bases JOIN barred USING (basis)
UNION
SELECT f.doc, c.saying FROM conditions AS c JOIN cells AS k USING (kind, col, line) JOIN figures AS f USING (cell);
"""  # noqa: S608 - names of columns
_OFF: Final = "sum(f.amount * v.weight)"
_FAILS: Final = f"CASE WHEN v.above THEN {_OFF} > 0 ELSE {_OFF} <> 0 END"
_ALONE: Final = f"""
SELECT doc, identity FROM (
  SELECT f.doc, v.identity, v.saying FROM figures AS f JOIN votes AS v ON v.cell = f.cell
  WHERE v.alone GROUP BY f.doc, v.identity, v.saying, v.above HAVING {_FAILS}
) ANTI JOIN idle USING (doc, saying)
"""  # noqa: S608
_INSTEAD: Final = f"""
WITH o AS (
  SELECT f.doc, v.identity, v.place, v.saying, {_FAILS} AS fails, bit_or(1 << v.term) AS mask, bool_and(v.is_full = 1) AS is_full
  FROM figures AS f JOIN votes AS v ON v.cell = f.cell
  WHERE NOT v.alone GROUP BY f.doc, v.identity, v.place, v.saying, v.above
)
SELECT doc, identity FROM o ANTI JOIN (SELECT DISTINCT doc, place FROM o WHERE NOT fails AND {{certain}}) AS sure
USING (doc, place) ANTI JOIN idle USING (doc, saying) WHERE fails
"""  # noqa: S608
"""Where one of several may hold instead, one that is surely said of the document and holds is enough."""

Asked = dict[str, frozenset[str] | None]
"""Rules to be asked, by id: of which tables alone, None where of the whole document."""


class Screened(msgspec.Struct, frozen=True):
    """Which rules are to be asked of which document, by its number from 0, and how many identities were added up."""

    suspects: dict[int, Asked]
    identities: int = 0


def must_be_installed() -> None:
    """Look whether the database is there.

    Raises:
        ModuleNotFoundError: it is not.
    """
    import duckdb  # noqa: F401, PLC0415 - an extra


def screened(rules: Sequence[Rule], laid: Laid, *, threads: int = 0) -> Screened:
    """Add up what documents print for every identity of rules and name what does not come to nothing.

    A rule that cannot be counted so is suspect everywhere, and every rule in a document that cannot be added up. An
    identity with a withheld figure is undecided; of several that may hold instead it must not be taken for one that does.
    The database takes as many threads as it likes, unless told how many.
    """
    import duckdb  # noqa: PLC0415 - an extra

    sayings, left = sayings_of(rules)
    suspects: dict[int, Asked] = {doc: {r.id: None for r in left} for doc in range(len(laid.of_document))}
    for doc in laid.withheld:
        suspects[doc] |= {s.rule.id: None for s in sayings if s.others}
    for doc in laid.strange:
        suspects[doc] = {r.id: None for r in rules}
    count = 0
    if sayings and laid.docs:
        with duckdb.connect(config={"threads": threads} if threads else {}) as database:
            _load(database, laid, sayings)
            identities = _identities(database, sayings, list(laid.words))
            count = len(identities)
            for doc, number in _failing(database, sayings):
                saying, values = identities[number]
                table, own = _table_of(saying, values), suspects[doc]
                tables = own.get(saying.rule.id, frozenset())
                if tables is None or table in tables or not saying.is_said(values, laid.of_document[doc]):
                    continue
                own[saying.rule.id] = None if table is None else tables | {table}
    return Screened({doc: own for doc, own in suspects.items() if own}, count)


def _table_of(saying: Saying, values: Sequence[str]) -> str | None:
    """Give the one table to ask a rule of, None where it cannot be asked table by table."""
    return values[saying.statement.variables.index("table")] if is_by_table(saying.rule) else None


def _load(database: DuckDBPyConnection, laid: Laid, sayings: Sequence[Saying]) -> None:
    """Bring the dictionary, what counts in which saying, and the figures into a database."""
    import numpy as np  # noqa: PLC0415 - heavy, and only here

    patterns: dict[str, int] = {}

    def pattern(text: str) -> int:
        return patterns.setdefault(text, len(patterns))

    counted = [c for kind, n in laid.kinds.items() for s in sayings for c in s.counted(n, kind, laid.word, pattern)]
    held = [
        (n, laid.word(c), laid.word(r), s) for kind, n in laid.kinds.items() for s, c, r in conditions_of(sayings, kind)
    ]
    cells = np.fromiter(chain.from_iterable(laid.cells), np.int32, len(laid.cells) * len(CELL)).reshape(-1, len(CELL))
    keys = np.unique(cells[:, 2:6]).tolist()
    words = list(laid.words)
    found = [(p, keys[w], laid.word(v)) for p, w, v in matches(list(patterns), [words[k] for k in keys])]
    told = [(s.number, min((s.number, *s.others)), not s.others, s.statement.relation != "=") for s in sayings]
    bases, barred = _bases(laid, sayings)
    _put(database, "counted", (*_COUNTED, *_BOUND), [(*c[:-1], *c.told) for c in counted])
    _put(database, "matches", ("pattern", "word", "value"), found)
    _put(database, "sayings", ("saying", "first", "alone", "above"), told)
    _put(database, "conditions", ("kind", "col", "line", "saying"), held)
    _put(database, "bases", ("doc", "basis"), bases)
    _put(database, "barred", ("basis", "saying"), barred)
    _take(database, "cells", {"cell": np.arange(len(cells), dtype=np.int32), **dict(zip(CELL, cells.T, strict=True))})
    _take(database, "figures", {"doc": laid.docs, "cell": laid.places, "amount": laid.amounts})
    database.execute("ALTER TABLE sayings ALTER alone TYPE BOOLEAN")
    database.execute("ALTER TABLE sayings ALTER above TYPE BOOLEAN")
    database.execute(_VOTES)


def _bases(laid: Laid, sayings: Sequence[Saying]) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """Number the bases of money carried over on which documents stand; say which sayings do not apply on which."""
    tables = sorted({t for s in sayings for t in (*s.rule.carry, *s.rule.same_carry)})
    found: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
    for doc, heads in enumerate(laid.of_document):
        found[tuple(heads[t].carry if t in heads else "unstated" for t in tables)].append(doc)
    bases = [(doc, n) for n, docs in enumerate(found.values()) for doc in docs]
    each = [dict(zip(tables, basis, strict=True)) for basis in found]
    return bases, [(n, s.number) for n, basis in enumerate(each) for s in sayings if not s.applies(basis)]


def _put(database: DuckDBPyConnection, name: str, columns: Sequence[str], rows: Sequence[Sequence[int]]) -> None:
    """Make a table of rows of small numbers."""
    import numpy as np  # noqa: PLC0415 - heavy, and only here

    each = np.array(rows, dtype=np.int32).reshape(-1, len(columns)).T
    _take(database, name, dict(zip(columns, each, strict=True)))


def _take(database: DuckDBPyConnection, name: str, columns: Mapping[str, array[int] | NDArray[np.int32]]) -> None:
    """Make a table of columns of whole numbers."""
    import numpy as np  # noqa: PLC0415 - heavy, and only here

    database.register("given", {n: np.ascontiguousarray(own) for n, own in columns.items()})
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
