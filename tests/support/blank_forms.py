"""Blank forms written out of a compiled document: its tables without a figure, as a form is sent round to be filled in."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace

from mingzhang.compiling.compile import disclosure_of
from mingzhang.documents.docx import write_docx
from mingzhang.documents.xlsx import write_xlsx
from mingzhang.forms.packs import load_pack
from mingzhang.intake.books import read_book
from mingzhang.model.disclosure import Column, HeadCell
from mingzhang.model.figure import blank

if TYPE_CHECKING:
    from mingzhang.forms.pack import Pack
    from mingzhang.model.disclosure import Disclosure, Table

EXAMPLES = Path(__file__).parents[2] / "examples"
WRITERS = {"xlsx": write_xlsx, "docx": write_docx}


def blank_of(example: str) -> tuple[Disclosure, Pack]:
    """Give an example's tables with the rows that the form always prints, and no figure; and the pack."""
    book = read_book(EXAMPLES / f"{example}.json")
    pack = load_pack(book.pack)
    document = disclosure_of(book, pack)
    return replace(document, tables=tuple(_emptied(t, pack) for t in document.tables)), pack


def _emptied(table: Table, pack: Pack) -> Table:
    form = pack.table(table.id)
    listed = {r.side for r in form.rows if r.source != "fixed"}
    rows = []
    for row in table.rows:
        side = row.key.partition(":")[0] if form.two_sided else ""
        if side not in listed or "total" in row.key:
            cells = {k: blank(f.unit, f.places) for k, f in row.cells.items()}
            rows.append(replace(row, cells=cells, texts={}))
    return replace(table, rows=tuple(rows), unit_name="")


def changed(document: Disclosure, table: str, change) -> Disclosure:
    """Give the document with one table changed."""
    return replace(document, tables=tuple(change(t) if t.id == table else t for t in document.tables))


def with_column(table: Table, header: str) -> Table:
    """Add a column at the right end, as deep as the head is."""
    first, *rest = table.head
    head = ((*first, HeadCell(header, 1, len(table.head))), *rest)
    return replace(table, head=head, columns=(*table.columns, Column("new", header=header)))


def with_label(table: Table, key: str, label: str) -> Table:
    """Call a row otherwise."""
    return replace(table, rows=tuple(replace(r, label=label) if r.key == key else r for r in table.rows))


def without(document: Disclosure, table: str) -> Disclosure:
    """Leave a table out."""
    return replace(document, tables=tuple(t for t in document.tables if t.id != table))
