"""Books and tables written as text: columns divided by `|`, the first line their names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mingzhang.model.book import SpendingLine

if TYPE_CHECKING:
    from mingzhang.model.disclosure import Disclosure, Table


def lines_of(text: str) -> tuple[SpendingLine, ...]:
    """Read spending lines; amounts are in 元, ids count from s1."""
    head, *body = [[c.strip() for c in line.split("|")] for line in text.strip().splitlines()]
    found = []
    for n, cells in enumerate(body, start=1):
        values = {k: v for k, v in zip(head, cells, strict=True) if v}
        whole, _, part = values.pop("amount").partition(".")
        found.append(SpendingLine(id=f"s{n}", amount=int(whole) * 100 + int(f"{part:0<2}"), **values))
    return tuple(found)


def printed(table: Table) -> str:
    """Write a table's rows that print anything: key, then the figures in the order of the columns."""
    columns = [c for c in table.columns if c.kind == "figure"]
    rows = []
    for row in table.rows:
        cells = [
            row.cells[c.key].plain
            for c in columns
            if c.key in row.cells and (not c.side or c.side == row.key.partition(":")[0])
        ]
        texts = list(row.texts.values())
        if any(cells):
            rows.append(" | ".join([row.key, *texts, *cells]).rstrip())
    return "\n".join(rows)


def cells_of(disclosure: Disclosure) -> dict[tuple[str, str, str], str]:
    """Give every figure that is not blank, as the export does."""
    return {
        (t.id, r.key, column): figure.plain
        for t in disclosure.tables
        for r in t.rows
        for column, figure in r.cells.items()
        if figure.plain
    }
