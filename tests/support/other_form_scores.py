"""How well a document of another form was read: right, wrong without a doubt, doubted, missing; and what was found."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from random import Random
from typing import TYPE_CHECKING, Final, Self

from msgspec.structs import replace
from other_form_prints import printed
from other_form_tables import layouts
from other_form_words import reworded

from mingzhang.model.keys import folded, tidy

if TYPE_CHECKING:
    from other_forms import Budget, Fact, Printed

    from mingzhang.model.disclosure import Disclosure, Table


_CODE: Final = re.compile(r"^\d{3}(?:\d\d){0,2}[-—]?(?=\D)")
"""What stands before a name in its cell and is read as the row's code."""


@dataclass
class Score:
    """Counts of figures; `keyed` those with the contract's row and column too."""

    all: int = 0
    right: int = 0
    keyed: int = 0
    keys: int = 0
    wrong: int = 0
    doubted: int = 0
    missing: int = 0
    examples: list[str] = field(default_factory=list)

    def __iadd__(self, other: Score) -> Self:
        for name in ("all", "right", "keyed", "keys", "wrong", "doubted", "missing"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.examples += other.examples
        return self


def document(layout: str, seed: int) -> tuple[Budget, list[Printed], Random]:
    random = Random(f"{layout} {seed}")
    budget, tables = layouts()[layout](random)
    return budget, tables, random


def read_bytes(content: bytes, name: str) -> Disclosure:
    """Read a document as the command does."""
    import tempfile  # noqa: PLC0415
    from pathlib import Path  # noqa: PLC0415

    from mingzhang.readback import doors  # noqa: PLC0415

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(content)
        return doors.read_file(path)


def read_as(layout: str, door: str, seed: int, *, words: bool = False) -> tuple[list[Printed], Disclosure]:
    """Print a document and read it; with `words` it says things as they are called elsewhere."""
    budget, tables, random = document(layout, seed)
    tables = reworded(tables, random) if words else tables
    content = printed(door, budget, tables, random)
    ending = {
        "tabbed": "txt",
        "spaced": "txt",
        "layout_text": "txt",
        "markdown": "md",
        "html": "html",
        "docx": "docx",
        "xlsx": "xlsx",
    }.get(door, "pdf")
    return tables, read_bytes(content, f"{layout}.{ending}")


def scored(tables: list[Printed], disclosure: Disclosure) -> Score:
    """Compare by table, printed name of the row, printed word of the head, and value."""
    out = Score()
    left = list(disclosure.tables)
    for table in tables:
        found = next((t for t in left if t.id == table.id and _same(t.title, table.title)), None)
        found = found or next((t for t in left if _same(t.title, table.title)), None)
        found = found or next((t for t in left if t.id == table.id), None)
        if found is not None:
            beside = [t for t in left if t.beside and t.title == found.title]
            left = [t for t in left if t is not found and t not in beside]
            found = _together(found, beside)
        out += _table_score(table, found)
    for stray in left:
        n = sum(bool(f.printed) and f.is_number for r in stray.rows for f in r.cells.values())
        if n:
            out.wrong += n
            out.examples.append(f"stray table {stray.id} {stray.title}: {n}")
    return out


def _together(table: Table, beside: list[Table]) -> Table:
    rows = [replace(r, cells={f"{n}{k}": f for k, f in r.cells.items()}) for n, t in enumerate(beside) for r in t.rows]
    columns = [replace(c, key=f"{n}{c.key}", side="") for n, t in enumerate(beside) for c in t.columns]
    return replace(table, rows=(*table.rows, *rows), columns=(*table.columns, *columns))


def _same(one: str, other: str) -> bool:
    return folded(tidy(other)) in folded(tidy(one))


def _table_score(table: Printed, found: Table | None) -> Score:  # noqa: C901 - one count after the other
    out = Score(all=len(table.facts))
    turned = all(not f.name for f in table.facts) and (found is None or found.id == table.id)
    want: Counter[tuple[str, str, str]] = Counter()
    keys: Counter[tuple[str, str, str]] = Counter()
    for fact in table.facts:
        want[_words(fact, turned=turned)] += 1
        if fact.key and fact.column and not table.id.startswith(("unknown", "x_")):
            key = fact.key if table.id != "state_capital" or fact.key.startswith("out:") else f"out:{fact.key}"
            keys[key, fact.column, _plain(fact.value)] += 1
    out.keys = sum(keys.values())
    have: Counter[tuple[str, str, str]] = Counter()
    doubted: Counter[tuple[str, str, str]] = Counter()
    if found is None:
        out.missing = out.all
        out.examples.append(f"{table.id} {table.title}: not found")
        return out
    heads = {(c.side, c.key): tidy(c.header) for c in found.columns}
    own: Counter[tuple[str, str, str]] = Counter()
    for row in found.rows:
        side = row.key.partition(":")[0] if row.key.startswith(("in:", "out:")) else ""
        for column, figure in row.cells.items():
            if (
                not figure.printed
                or not figure.is_number
                or column == "change_rate"
                or heads.get(("", column)) == "数量"
            ):
                continue
            if turned:
                key = ("", row.key, _plain(figure.plain))
            else:
                head = heads.get((side, column), heads.get(("", column), column))
                key = (folded(tidy(row.label)), folded(head), _plain(figure.plain))
            have[key] += 1
            own[row.key.partition("#")[0], column, _plain(figure.plain)] += 1
            if figure.doubt or row.doubt:
                doubted[key] += 1
    right = want & have
    out.right = sum(right.values())
    out.keyed = sum((keys & own).values())
    extra = have - want
    unsure = doubted & extra
    out.doubted = sum(unsure.values())
    out.wrong = sum((extra - unsure).values())
    out.missing = out.all - out.right
    lost = list((want - have).items())[:3]
    odd = list((extra - unsure).items())[:3]
    if lost or odd:
        out.examples.append(f"{table.id} as {found.id}: lost {lost} odd {odd}; doubts {found.doubts}")
    unkeyed = list((keys - own).items())[:4]
    if unkeyed:
        out.examples.append(f"{table.id} as {found.id}: keys lost {unkeyed}, has {list((own - keys).items())[:4]}")
    return out


def _words(fact: Fact, *, turned: bool) -> tuple[str, str, str]:
    if turned:
        return "", fact.key, _plain(fact.value)
    return _CODE.sub("", folded(fact.name)), folded(fact.head), _plain(fact.value)


def _plain(value: str) -> str:
    return value.replace(",", "")
