"""Other programs that take tables out of PDF, each given its best chance, and a rule by which their cells are counted.

They know no forms, so no keys are asked of them. A figure counts as exact where it stands in a row of one of their tables
that has the row's name in it, as many cells after the name as it is printed after it: if the whole row has slipped by up
to two cells the same way it still counts, and which table or page it is does not matter. Where a reader has several ways
to find tables, the one that does best on a set of documents is taken.
"""

from __future__ import annotations

import json
import re
import tempfile
import time
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from mingzhang.model.disclosure import Disclosure, Table

Rows = list[list[str]]
"""The rows of a document's tables, as texts of cells."""

Read = tuple[Rows, int]
"""A document as another program read it: the rows of its tables, and how many pages it has."""

_SLIPPED = (0, 1, -1, 2, -2)


class Wanted(msgspec.Struct, frozen=True):
    """A figure that is printed: the name of its row and how many cells after it it stands, or what it stands under."""

    name: str
    value: str
    after: int
    row: tuple[str, int]


class Outcome(msgspec.Struct):
    """What a reader made of documents: figures exact of those wanted, pages, and the seconds taken."""

    exact: int = 0
    wanted: int = 0
    pages: int = 0
    seconds: float = 0.0

    def add(self, other: Outcome) -> None:
        """Count another document."""
        self.exact += other.exact
        self.wanted += other.wanted
        self.pages += other.pages
        self.seconds += other.seconds


def wanted_of(disclosure: Disclosure, values: dict[tuple[str, str, str], str] | None = None) -> list[Wanted]:
    """List the printed figures of a disclosure; `values` by table, row and column replaces what it says itself."""
    out = []
    for table in disclosure.tables:
        for n, row in enumerate(table.rows):
            places = places_of(table, row.key)
            name = None if table.turned or table.beside else places.get("")
            for key, figure in row.cells.items():
                value = figure.printed if values is None else values.get((table.id, row.key, key), "")
                if value and (figure.is_number or values is not None):
                    after = places[key] - name if name is not None else 0
                    out.append(Wanted(_plain(row.label or row.code), _plain(value), after, (table.id, n)))
    return out


def places_of(table: Table, row: str) -> dict[str, int]:
    """Give the printed places of a row's columns by key, on its side of the table; "" is that of its name."""
    side = row.partition(":")[0] if ":" in row else ""
    sides = {c.side for c in table.columns}
    mine = [(n, c) for n, c in enumerate(table.columns) if side not in sides or c.side == side]
    names = [n for n, c in mine if c.kind == "label"]
    return {c.key: n for n, c in mine} | ({"": names[0]} if names else {})


def exact_cells(wanted: Iterable[Wanted], rows: Rows) -> int:
    """Count the wanted figures that a reader's rows hold at their places."""
    plain = [[_plain(c) for c in row] for row in rows]
    by_name: dict[str, list[tuple[list[str], int]]] = {}
    for row in plain:
        for at, text in enumerate(row):
            by_name.setdefault(text, []).append((row, at))
    together: dict[tuple[str, int], list[Wanted]] = {}
    for one in wanted:
        together.setdefault(one.row, []).append(one)
    return sum(_of_row(figures, by_name, plain) for figures in together.values())


def _of_row(figures: Sequence[Wanted], by_name: dict[str, list[tuple[list[str], int]]], rows: Rows) -> int:
    if not figures[0].after:
        return sum(_stands_below(one, rows) for one in figures)
    name = figures[0].name
    spots = by_name.get(name) or [
        (row, at) for text, found in by_name.items() if name and text.endswith(name) for row, at in found
    ]
    best = 0
    for row, at in spots:
        for slip in _SLIPPED:
            hits = sum(0 <= (n := at + f.after + slip) < len(row) and row[n] == f.value for f in figures)
            best = max(best, hits)
    return best


def _stands_below(one: Wanted, rows: Rows) -> bool:
    """Tell whether a figure whose row is printed as a column stands in a column that has its name in it, or one beside."""
    under = {at for row in rows for at, text in enumerate(row) if text and one.name in text}
    return any(
        at + slip < len(row) and at + slip >= 0 and row[at + slip] == one.value
        for row in rows
        for at in under
        for slip in _SLIPPED[:3]
    )


def _plain(text: str) -> str:
    return re.sub(r"[,，\s]", "", text)


# --- the readers ---------------------------------------------------------------------------------------------------------


def plumbed(paths: Sequence[Path], way: str) -> list[Read]:
    """Read with pdfplumber; `way` is how it looks for the lines of tables."""
    import pdfplumber  # noqa: PLC0415 - only in benchmarks

    out = []
    settings = {"vertical_strategy": way, "horizontal_strategy": way}
    for path in paths:
        with pdfplumber.open(path) as pdf:
            tables = [t for page in pdf.pages for t in page.extract_tables(settings)]
            out.append(([[c or "" for c in row] for t in tables for row in t], len(pdf.pages)))
    return out


def photographed(paths: Sequence[Path], way: str) -> list[Read]:
    """Read with camelot; `way` is its flavour."""
    import camelot  # noqa: PLC0415 - only in benchmarks
    import pypdfium2  # noqa: PLC0415

    out = []
    for path in paths:
        tables = camelot.read_pdf(str(path), pages="all", flavor=way, suppress_stdout=True)
        rows = [[str(c) for c in row] for t in tables for row in t.data]
        out.append((rows, len(pypdfium2.PdfDocument(path))))
    return out


def loaded(paths: Sequence[Path], way: str) -> list[Read]:
    """Read with opendataloader-pdf, all in one start of Java; `way` is its method for tables, no model is asked."""
    import opendataloader_pdf  # noqa: PLC0415 - only in benchmarks

    with tempfile.TemporaryDirectory() as folder:
        names = [str(p) for p in paths]
        opendataloader_pdf.convert(names, output_dir=folder, format=["json"], quiet=True, table_method=way)
        found = [json.loads((Path(folder) / f"{p.stem}.json").read_text(encoding="utf-8")) for p in paths]
    return [(list(_loaded_rows(f)), f["number of pages"]) for f in found]


def _loaded_rows(part: object) -> Iterator[list[str]]:
    if isinstance(part, dict) and part.get("type") == "table row":
        row: list[str] = []
        for cell in part["cells"]:
            at = cell["column number"] - 1
            row += [""] * (at + 1 - len(row))
            row[at] = "".join(_loaded_texts(cell))
        yield row
    elif isinstance(part, dict | list):
        for inner in part.values() if isinstance(part, dict) else part:
            yield from _loaded_rows(inner)


def _loaded_texts(part: object) -> Iterator[str]:
    if isinstance(part, dict):
        if isinstance(part.get("content"), str):
            yield part["content"]
        part = list(part.values())
    if isinstance(part, list):
        for inner in part:
            yield from _loaded_texts(inner)


READERS: dict[str, tuple[str, Callable[[Sequence[Path], str], list[Read]], tuple[str, ...]]] = {
    "pdfplumber": ("pdfplumber", plumbed, ("lines", "text")),
    "camelot": ("camelot", photographed, ("lattice", "stream")),
    "opendataloader-pdf": ("opendataloader_pdf", loaded, ("default", "cluster")),
}
"""By name: the module it needs, how it reads, and its ways to find tables."""


def is_there(reader: str) -> bool:
    """Tell whether a reader is installed."""
    return find_spec(READERS[reader][0]) is not None


def outcome_of(reader: str, paths: Sequence[Path], wanted: Sequence[Sequence[Wanted]]) -> Outcome:
    """Let a reader read files, in the way in which it does best; the time is that of this way alone."""
    _module, read, ways = READERS[reader]
    outcomes = []
    for way in ways:
        start = time.perf_counter()
        found = read(paths, way)
        seconds = time.perf_counter() - start
        exact = sum(exact_cells(w, rows) for w, (rows, _pages) in zip(wanted, found, strict=True))
        outcomes.append(Outcome(exact, sum(map(len, wanted)), sum(pages for _rows, pages in found), seconds))
    return max(outcomes, key=lambda o: (o.exact, -o.seconds))
