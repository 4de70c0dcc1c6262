"""Rules run as SQL in DuckDB over the figures of many documents."""

from __future__ import annotations

import csv
import tempfile
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, cast

import msgspec

from mingzhang.rules.sql.queries import compiled, schema, written
from mingzhang.rules.sql.relations import RELATIONS, rows_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from duckdb import DuckDBPyConnection

    from mingzhang.rules.catalogue import Rule
    from mingzhang.rules.figures import Figures

NONE = r"\N"
"""Stands for NULL in the files of rows; nothing at all is an empty text."""


Cell = tuple[int, str, str, str]
"""A figure compared: how often it counts, its sheet, row and column."""


class Said(msgspec.Struct, frozen=True):
    """What a rule says of one place of one document: the outcome and the figures compared, left and right."""

    doc: int
    rule: str
    outcome: str
    left: tuple[Cell, ...]
    right: tuple[Cell, ...]


def write_rows(documents: Iterable[Figures], folder: Path) -> int:
    """Write the relations' rows of documents as CSV files, one a relation; give the number of documents."""
    count = 0
    with ExitStack() as open_files:
        writers = {}
        for name, columns in RELATIONS.items():
            file = open_files.enter_context((folder / f"{name}.csv").open("w", encoding="utf-8", newline=""))
            writers[name] = csv.writer(file, lineterminator="\n")
            writers[name].writerow(columns)
        for figures in documents:
            count += 1
            for name, row in rows_of(figures, count):
                writers[name].writerow([NONE if v is None else v for v in row])
    return count


def loaded(documents: Iterable[Figures]) -> DuckDBPyConnection:
    """Load documents, numbered from 1, into a new database in memory."""
    import duckdb  # noqa: PLC0415

    database = duckdb.connect()
    for statement in schema("duckdb"):
        database.execute(statement)
    with tempfile.TemporaryDirectory() as folder:
        write_rows(documents, Path(folder))
        for name in RELATIONS:
            file = str(Path(folder) / f"{name}.csv")
            database.execute(f"COPY {name} FROM '{file}' (HEADER, NULLSTR '{NONE}', QUOTE '\"', ESCAPE '\"')")
    database.execute("CREATE OR REPLACE TABLE figures AS SELECT * FROM figures ORDER BY sheet, line, col, doc")
    return database


def said_by_sql(rules: Iterable[Rule], database: DuckDBPyConnection) -> Iterator[Said]:
    """Ask rules of all documents of a database; what cannot be a query is left out."""
    for rule in rules:
        found = compiled(rule)
        if found.cells is None:
            continue
        sides: dict[tuple[object, ...], tuple[list[Cell], list[Cell]]] = {}
        for *key, side, counted, sheet, line, column in database.execute(written(found.cells, "duckdb")).fetchall():
            sides.setdefault(tuple(key), ([], []))[side].append((counted, sheet, line, column))
        for (doc, *_, outcome), (left, right) in sides.items():
            yield Said(cast("int", doc), rule.id, str(outcome), tuple(sorted(left)), tuple(sorted(right)))
