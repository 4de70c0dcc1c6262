"""Packs of an edition that never was: a few rows, columns and tables of a real one changed at random."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from mingzhang.model.disclosure import HeadCell

if TYPE_CHECKING:
    from random import Random

    from mingzhang.forms.pack import Pack, PackTable

STRANGE = ("同级统筹资金", "应急储备安排", "乡村振兴补助", "跨年滚动资金")


def edited(pack: Pack, chance: Random) -> tuple[Pack, list[str]]:
    """Change one to four things; give the pack and what was done."""
    done: list[str] = []
    words = list(STRANGE)
    chance.shuffle(words)
    for _n in range(chance.randint(1, 4)):
        ways = [_row_gone, _row_renamed, _row_added, _column_added, _column_renamed, _column_gone, _unit, _title]
        if chance.random() < 0.2:
            pack = _table_gone(pack, chance, done)
            continue
        tables = [t for t in pack.tables if not t.turned and not t.beside and not any(t.id in d for d in done)]
        table = chance.choice(tables)
        new = chance.choice(ways)(table, chance, words.pop() if words else "另外的资金", done)
        pack = replace(pack, tables=tuple(new if t.id == table.id else t for t in pack.tables))
    return pack, done


def _table_gone(pack: Pack, chance: Random, done: list[str]) -> Pack:
    free = [t.id for t in pack.tables if not t.turned and not t.beside and not any(t.id in d for d in done)]
    gone = chance.choice(free)
    done.append(f"{gone} gone")
    return replace(pack, tables=tuple(t for t in pack.tables if t.id != gone))


def _fixed(table: PackTable):
    return [n for n, r in enumerate(table.rows) if len(r.fixed) > 3]


def _with_fixed(table: PackTable, n: int, fixed) -> PackTable:
    rows = replace(table.rows[n], fixed=tuple(fixed))
    return replace(table, rows=(*table.rows[:n], rows, *table.rows[n + 1 :]))


def _row_gone(table, chance, _word, done):
    if not _fixed(table):
        return table
    n = chance.choice(_fixed(table))
    gone = chance.choice([r for r in table.rows[n].fixed if not r.optional])
    done.append(f"{table.id} row {gone.key} gone")
    return _with_fixed(table, n, [r for r in table.rows[n].fixed if r is not gone])


def _row_renamed(table, chance, word, done):
    if not _fixed(table):
        return table
    n = chance.choice(_fixed(table))
    row = chance.choice([r for r in table.rows[n].fixed if not r.optional])
    done.append(f"{table.id} row {row.key} renamed")
    return _with_fixed(
        table, n, [replace(r, label=word, names=(*r.names, r.label)) if r is row else r for r in table.rows[n].fixed]
    )


def _row_added(table, chance, word, done):
    if not _fixed(table):
        return table
    n = chance.choice(_fixed(table))
    after = chance.choice([r.line for r in table.rows[n].fixed])
    done.append(f"{table.id} row added after {after}")
    rows = list(table.rows[n].fixed)
    new = replace(rows[0], line=after + 1, key="added", label=word, filter="", names=(), optional=False)
    moved = [replace(r, line=r.line + 1) if r.line > after else r for r in rows]
    other = replace(
        table,
        rows=tuple(
            replace(s, fixed=tuple(replace(r, line=r.line + 1) if r.line > after else r for r in s.fixed))
            if i != n and s.source == "fixed"
            else s
            for i, s in enumerate(table.rows)
        ),
    )
    return _with_fixed(other, n, sorted([*moved, new], key=lambda r: r.line))


def _column_added(table, _chance, word, done):
    done.append(f"{table.id} column added")
    first, *rest = table.head
    last = table.columns[-1]
    return replace(
        table,
        head=((*first, HeadCell(word, 1, len(table.head))), *rest),
        columns=(*table.columns, replace(last, key="added", header=word, filter="", kind="figure", names=(), width=0)),
    )


def _leaf(table, column):
    """Find the head cell that is the lowest above a column."""
    taken = {}
    for r, row in enumerate(table.head):
        c = 0
        for n, cell in enumerate(row):
            while (r, c) in taken:
                c += 1
            taken |= {(r + i, c + j): (r, n) for i in range(cell.rows) for j in range(cell.columns)}
            c += cell.columns
    depth = len(table.head) - (table.head[-1][0].text == "1")
    return taken[depth - 1, column]


def _column_renamed(table, chance, word, done):
    figures = [i for i, c in enumerate(table.columns) if c.kind == "figure" and c.key not in {"total", "amount"}]
    if not figures:
        return table
    at = chance.choice(figures)
    r, n = _leaf(table, at)
    if table.head[r][n].columns > 1:
        return table
    done.append(f"{table.id} column {table.columns[at].key} renamed")
    row = tuple(replace(c, text=word) if i == n else c for i, c in enumerate(table.head[r]))
    columns = tuple(
        replace(c, header=word, names=(*c.names, c.header)) if i == at else c for i, c in enumerate(table.columns)
    )
    return replace(table, head=(*table.head[:r], row, *table.head[r + 1 :]), columns=columns)


def _column_gone(table, _chance, _word, done):
    last = table.head[0][-1]
    figures = sum(c.kind == "figure" for c in table.columns)
    if last.columns > 1 or last.rows != len(table.head) or figures < 2:
        return table
    done.append(f"{table.id} column {table.columns[-1].key} gone")
    return replace(table, head=(table.head[0][:-1], *table.head[1:]), columns=table.columns[:-1])


def _unit(table, _chance, _word, done):
    done.append(f"{table.id} unit")
    return replace(table, unit="元" if table.unit == "万元" else "万元")


def _title(table, _chance, _word, done):
    done.append(f"{table.id} title")
    return replace(
        table, title=table.title.replace("{year}年", "{year}年度本级").replace("{year}年度本级度", "{year}年度本级")
    )
