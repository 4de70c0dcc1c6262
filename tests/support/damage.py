"""Damage as conversion and hand-patching do it to the tables of a published text, twenty-five kinds of it.

A document is printed as lines of cells in which every figure carries the keys it stands for; a kind of damage changes
the lines, the keys go with their figures. What a reader should then say is what the lines still hold: a figure that is
gone is no longer true of them, one whose digits were swapped is printed as it is now.
"""

from __future__ import annotations

import csv
import io
import itertools
import re
from random import Random
from typing import TYPE_CHECKING, Final

import msgspec

from mingzhang.documents.exports import cells_csv
from mingzhang.documents.flow import TableBlock, flow_of
from mingzhang.model.keys import tidy

if TYPE_CHECKING:
    from collections.abc import Callable

    from mingzhang.forms.pack import Pack
    from mingzhang.model.disclosure import Disclosure

Key = tuple[str, str, str]
"""Table, row and column as the contract exports them."""


class Bit(msgspec.Struct):
    """One cell of a line: its text and the figures that stand in it, each with what it prints."""

    text: str = ""
    keys: tuple[tuple[Key, str], ...] = ()


class Strip(msgspec.Struct):
    """One line: its cells, and what it is in its table (`title`, `unit`, `head`, `body`, `note`, or "" outside)."""

    cells: list[Bit]
    kind: str = ""
    table: int = -1


class Damaged(msgspec.Struct, frozen=True):
    """The text, what is printed in its tables, and the ids of the tables that were damaged."""

    text: str
    truth: dict[Key, str]
    tables: frozenset[str]


def damaged(disclosure: Disclosure, pack: Pack, kind: str, seed: int) -> Damaged:
    """Print a document with one kind of damage done to its tables."""
    lines = strips(disclosure, pack)
    names = {line.table: cell.keys[0][0][0] for line in lines for cell in line.cells if cell.keys}
    before = _texts(lines)
    KINDS[kind](lines, Random(f"{kind} {seed}"))
    truth = {key: text for line in lines for cell in line.cells for key, text in cell.keys if tidy(text)}
    after = _texts(lines)
    hurt = frozenset(names[n] for n in before if n in names and before[n] != after.get(n))
    return Damaged("\n".join("\t".join(c.text for c in line.cells) for line in lines) + "\n", truth, hurt)


def _texts(lines: list[Strip]) -> dict[int, list[list[str]]]:
    out: dict[int, list[list[str]]] = {}
    for line in lines:
        out.setdefault(line.table, []).append([c.text for c in line.cells])
    return out


def outcome(case: Damaged, reading: Disclosure) -> dict[str, int]:
    """Count what became of the damaged tables' figures: right, doubted, missing or wrong without a word.

    A doubt of the table alone covers what is missing from it, never what is read wrong.
    """
    truth = {key: text for key, text in case.truth.items() if key[0] in case.tables}
    tables = {t.id: bool(t.doubts) for t in reading.tables}
    rows = {(t.id, r.key): bool(r.doubt) for t in reading.tables for r in t.rows}
    whole = " ".join(reading.doubts)
    named = {t.id for t in reading.tables if t.title and t.title in whole}
    found: dict[Key, tuple[str, bool]] = {}
    for line in csv.DictReader(io.StringIO(cells_csv(reading))):
        key = (line["table"], line["row"], line["column"])
        unsure = bool(line["doubt"]) or rows.get(key[:2], False)
        if key[0] in case.tables:
            found[key] = (line["value"], unsure)
    counts = dict.fromkeys(("right", "doubted", "missing", "wrong"), 0)
    for key, text in truth.items():
        value, unsure = found.pop(key, (None, False))
        if value == plain(text):
            counts["right"] += 1
        elif unsure or (value is None and (tables.get(key[0]) or key[0] in named)):
            counts["doubted"] += 1
        else:
            counts["missing" if value is None else "wrong"] += 1
    for _value, unsure in found.values():
        counts["doubted" if unsure else "wrong"] += 1
    return counts


def plain(text: str) -> str:
    """Give a figure as the exports print it."""
    return re.sub(r"[,，\s]", "", text)


def strips(disclosure: Disclosure, pack: Pack) -> list[Strip]:
    """Print the tables of a document as lines of cells that know their figures."""
    out = [Strip([Bit(f"{disclosure.unit_name}{disclosure.year}年部门预算公开")]), Strip([Bit()])]
    blocks = [b for part in flow_of(disclosure, pack) for b in part.blocks if isinstance(b, TableBlock)]
    for n, block in enumerate(blocks):
        table, grid = block.table, block.grid
        if table.number:
            out.append(Strip([Bit(table.number)], "number", n))
        out.append(Strip([Bit(table.title)], "title", n))
        out.append(Strip([Bit(block.name), Bit(f"单位：{table.unit}")], "unit", n))
        rows = [[Bit() for _c in range(grid.columns)] for _r in range(grid.rows)]
        for cell in grid.cells:
            keys: tuple[tuple[Key, str], ...] = ()
            if cell.path and cell.text:
                row, column = re.fullmatch(r".*/rows/#(\d+)/cells/(.*)", cell.path).groups()
                keys = (((table.id, table.rows[int(row)].key, column), cell.text),)
            rows[cell.row][cell.column] = Bit(cell.text, keys)
        out += [Strip(row, "head" if at < grid.head else "body", n) for at, row in enumerate(rows)]
        out += [Strip([Bit(note)], "note", n) for note in table.notes]
        out.append(Strip([Bit()]))
    return out


def _tables(lines: list[Strip], random: Random, least: int = 3) -> int:
    """Choose a table with so many rows of figures."""
    counts: dict[int, int] = {}
    for line in lines:
        if line.kind == "body" and any(c.keys for c in line.cells):
            counts[line.table] = counts.get(line.table, 0) + 1
    fit = [n for n, count in counts.items() if count >= least] or list(counts)
    return random.choice(fit)


def _of(lines: list[Strip], table: int, kind: str) -> list[Strip]:
    return [x for x in lines if x.table == table and x.kind == kind]


def _row(lines: list[Strip], random: Random, *, figures: int = 1, blanks: int = 0) -> Strip | None:
    table = _tables(lines, random)
    fit = [
        x
        for x in _of(lines, table, "body")
        if sum(bool(c.keys) for c in x.cells) >= figures and sum(not c.text for c in x.cells) >= blanks
    ]
    return random.choice(fit) if fit else None


def drop_blank_columns(lines: list[Strip], random: Random) -> None:
    """Columns in which nothing is printed lose their cells in the body."""
    body = _of(lines, _tables(lines, random), "body")
    empty = [n for n in range(len(body[0].cells)) if not any(x.cells[n].text for x in body)]
    for x in body:
        x.cells = [c for n, c in enumerate(x.cells) if n not in empty]


def drop_blank_cells(lines: list[Strip], random: Random) -> None:
    """The blank cells of one row are gone."""
    row = _row(lines, random, blanks=1)
    if row is not None:
        row.cells = [c for c in row.cells if c.text]


def drop_all_blank_cells(lines: list[Strip], random: Random) -> None:
    """The blank cells of a whole table are gone."""
    for x in _of(lines, _tables(lines, random), "body"):
        x.cells = [c for c in x.cells if c.text] or x.cells


def shift_right(lines: list[Strip], random: Random) -> None:
    """A row begins with a cell too many."""
    row = _row(lines, random)
    if row is not None:
        row.cells.insert(0, Bit())


def shift_figures_right(lines: list[Strip], random: Random) -> None:
    """A row has an empty cell too many before its first figure."""
    row = _row(lines, random)
    if row is not None:
        row.cells.insert(next(n for n, c in enumerate(row.cells) if c.keys), Bit())


def shift_left(lines: list[Strip], random: Random) -> None:
    """A blank cell before a figure is gone."""
    row = _row(lines, random)
    if row is not None:
        before = [n for n, c in enumerate(row.cells) if not c.text and any(b.keys for b in row.cells[n:])]
        if before:
            del row.cells[random.choice(before)]


def lose_total(lines: list[Strip], random: Random) -> None:
    """The row of totals is gone."""
    table = _tables(lines, random)
    for x in _of(lines, table, "body"):
        if any(re.fullmatch(r"合计|总计|收入总计|支出总计", tidy(c.text)) for c in x.cells):
            lines.remove(x)


def lose_row(lines: list[Strip], random: Random) -> None:
    """One row is gone."""
    row = _row(lines, random)
    if row is not None:
        lines.remove(row)


def lose_head(lines: list[Strip], random: Random) -> None:
    """The last line of a head of several is gone."""
    head = _of(lines, _tables(lines, random), "head")
    if len(head) > 1:
        lines.remove(head[-1])


def lose_unit(lines: list[Strip], random: Random) -> None:
    """The line with the unit is gone."""
    for x in _of(lines, _tables(lines, random), "unit"):
        lines.remove(x)


def lose_number(lines: list[Strip], random: Random) -> None:
    """The table's number is gone."""
    for x in _of(lines, _tables(lines, random), "number"):
        lines.remove(x)


def merge_heads(lines: list[Strip], random: Random) -> None:
    """The lines of a head became one, each text once."""
    head = _of(lines, _tables(lines, random), "head")
    if len(head) > 1:
        for n, cell in enumerate(head[0].cells):
            cell.text = "".join(dict.fromkeys(h.cells[n].text for h in head if n < len(h.cells)))
        for x in head[1:]:
            lines.remove(x)


def swap_digits(lines: list[Strip], random: Random) -> None:
    """Two neighbouring digits of one figure changed places in the original."""
    row = _row(lines, random)
    if row is not None:
        cell = random.choice([c for c in row.cells if c.keys])
        at = [
            n for n in range(len(cell.text) - 1) if cell.text[n : n + 2].isdigit() and cell.text[n] != cell.text[n + 1]
        ]
        if at:
            n = random.choice(at)
            cell.text = cell.text[:n] + cell.text[n + 1] + cell.text[n] + cell.text[n + 2 :]
            cell.keys = ((cell.keys[0][0], cell.text),)


def split_label(lines: list[Strip], random: Random) -> None:
    """A long label is broken over two lines, the figures stand on the first."""
    table = _tables(lines, random)
    long = [x for x in _of(lines, table, "body") if any(len(c.text) > 6 and not c.keys for c in x.cells)]
    if long:
        row = random.choice(long)
        n = next(n for n, c in enumerate(row.cells) if len(c.text) > 6 and not c.keys)
        text = row.cells[n].text
        rest = [Bit() for _c in row.cells]
        row.cells[n] = Bit(text[: len(text) // 2])
        rest[n] = Bit(text[len(text) // 2 :])
        lines.insert(lines.index(row) + 1, Strip(rest, "body", table))


def turn_page(lines: list[Strip], random: Random) -> None:
    """A page ends within a table; its head stands again on the next."""
    table = _tables(lines, random)
    body, head = _of(lines, table, "body"), _of(lines, table, "head")
    at = lines.index(body[len(body) // 2])
    again = [Strip([Bit(c.text) for c in h.cells], "", table) for h in head]
    lines[at:at] = [Strip([Bit(text)], "", table) for text in ("", f"— {random.randint(2, 30)} —", "")] + again


def turn_page_bare(lines: list[Strip], random: Random) -> None:
    """A page ends within a table; the next one goes on without a head."""
    table = _tables(lines, random)
    body = _of(lines, table, "body")
    at = lines.index(body[len(body) // 2])
    lines[at:at] = [Strip([Bit(text)], "", table) for text in ("", f"{random.randint(2, 30)}", "")]


def weave_watermark(lines: list[Strip], random: Random) -> None:
    """A watermark stands between the lines, again and again."""
    body = _of(lines, _tables(lines, random), "body")
    for x in random.sample(body, min(4, len(body))):
        lines.insert(lines.index(x), Strip([Bit("内部资料 注意保存")], "", x.table))


def weave_into_cells(lines: list[Strip], random: Random) -> None:
    """The characters of a watermark stand one by one in labels and beside figures."""
    body = _of(lines, _tables(lines, random), "body")
    for mark, x in zip("内部审核", random.sample(body, min(4, len(body))), strict=False):
        cell = random.choice([c for c in x.cells if c.text] or x.cells)
        cell.text += mark


def clip(lines: list[Strip], random: Random) -> None:
    """The last column is cut off, head and all."""
    table = _tables(lines, random)
    for x in (*_of(lines, table, "head"), *_of(lines, table, "body")):
        x.cells = x.cells[:-1]


def split_number(lines: list[Strip], random: Random) -> None:
    """A figure is broken by a space."""
    row = _row(lines, random)
    if row is not None:
        cell = random.choice([c for c in row.cells if c.keys])
        if len(cell.text) > 3:
            cell.text = f"{cell.text[:-2]} {cell.text[-2:]}"


def widen_digits(lines: list[Strip], random: Random) -> None:
    """A table's figures are printed in full width."""
    wide = str.maketrans("0123456789.,", "０１２３４５６７８９．，")
    for x in _of(lines, _tables(lines, random), "body"):
        for cell in x.cells:
            if cell.keys:
                cell.text = cell.text.translate(wide)


def join_figures(lines: list[Strip], random: Random) -> None:
    """Two neighbouring figures share one cell, the second is empty."""
    row = _row(lines, random, figures=2)
    if row is not None:
        pairs = [n for n in range(len(row.cells) - 1) if row.cells[n].keys and row.cells[n + 1].keys]
        if pairs:
            n = random.choice(pairs)
            one, two = row.cells[n], row.cells[n + 1]
            row.cells[n] = Bit(f"{one.text} {two.text}", one.keys + two.keys)
            row.cells[n + 1] = Bit()


def swap_columns(lines: list[Strip], random: Random) -> None:
    """Two columns of figures stand the other way round, heads and all."""
    table = _tables(lines, random)
    head, body = _of(lines, table, "head"), _of(lines, table, "body")
    figures = [n for n in range(len(body[0].cells)) if any(x.cells[n].keys for x in body)]
    pairs = [
        (a, b)
        for a, b in itertools.pairwise(figures)
        if b == a + 1 and all(h.cells[a].text and h.cells[b].text for h in head[-1:])
    ]
    if pairs:
        a, b = random.choice(pairs)
        for x in (*head, *body):
            x.cells[a], x.cells[b] = x.cells[b], x.cells[a]


def spread_tabs(lines: list[Strip], random: Random) -> None:
    """Every cell of a table has blanks around it."""
    for x in _of(lines, _tables(lines, random), "body"):
        for cell in x.cells:
            cell.text = f"  {cell.text} " if cell.text else " "


def print_twice(lines: list[Strip], random: Random) -> None:
    """A whole row is printed twice."""
    row = _row(lines, random)
    if row is not None:
        again = Strip([Bit(c.text, tuple((_second(k), t) for k, t in c.keys)) for c in row.cells], "body", row.table)
        lines.insert(lines.index(row) + 1, again)


def _second(key: Key) -> Key:
    """Give the key of a row that is printed again; of a table of two sides each side's row comes again."""
    table, row, column = key
    return table, f"{row}#2", column


KINDS: Final[dict[str, Callable[[list[Strip], Random], None]]] = {
    f.__name__: f
    for f in (
        drop_blank_columns, drop_blank_cells, drop_all_blank_cells, shift_right, shift_figures_right, shift_left,
        lose_total, lose_row, lose_head, lose_unit, lose_number, merge_heads, swap_digits, split_label, turn_page,
        turn_page_bare, weave_watermark, weave_into_cells, clip, split_number, widen_digits, join_figures, swap_columns,
        spread_tabs, print_twice,
    )
}  # fmt: skip
