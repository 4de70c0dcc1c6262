"""Columns and rows are named as everywhere, each once, and each side of a table has both."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from mingzhang.forms.glossary import word_for, words
from mingzhang.forms.pack_check.faults import instead
from mingzhang.model.language import gettext as _

if TYPE_CHECKING:
    from mingzhang.forms.pack import Pack, PackRows, PackTable
    from mingzhang.forms.pack_check.faults import Notes


def check_names(notes: Notes, pack: Pack) -> None:
    """Look at the keys of every table."""
    for table in pack.tables:
        _columns(notes, table)
        _sides(notes, table)
        for number, rows in enumerate(table.rows):
            _rows(notes, f"tables/{table.id}", number, rows)


def _columns(notes: Notes, table: PackTable) -> None:
    name = f"tables/{table.id}"
    known = [w.identifier for w in words() if w.kind == "column"]
    times = Counter((c.key, c.side) for c in (*table.columns, *table.extra) if c.kind != "code")
    for part, columns in (("columns", table.columns), ("extra", table.extra)):
        for number, column in enumerate(columns):
            spot = notes.sources.at(name, part, number, text=f'"{column.key} |')
            if times[column.key, column.side] > 1:
                notes.error(spot, _("同一边有两栏都叫“{key}”").format(key=column.key))
            if column.kind == "figure" and not column.key.startswith("x_") and word_for(column.key, "column") is None:
                notes.error(
                    spot,
                    _("没有“{key}”这种栏").format(key=column.key),
                    instead(column.key, known) or _("自有的栏写成 x_名称。"),
                )
    if not any(c.kind == "label" for c in table.columns):
        notes.error(notes.sources.at(name, "columns"), _("没有名称栏（label）"))


def _sides(notes: Notes, table: PackTable) -> None:
    name, sides = f"tables/{table.id}", {c.side for c in table.columns}
    for number, rows in enumerate(table.rows):
        if rows.side not in sides:
            notes.error(
                notes.sources.at(name, "rows", number, "side"),
                _("没有一栏在“{side}”这一边").format(side=rows.side or "–"),
                _("栏写的是：{names}").format(names=_("、").join(sorted(s or "–" for s in sides))),
            )
    for side in sorted(sides - {r.side for r in table.rows}):
        notes.error(notes.sources.at(name, "rows"), _("“{side}”这一边没有行").format(side=side or "–"))


def _rows(notes: Notes, name: str, number: int, rows: PackRows) -> None:
    known = [w.identifier for w in words() if w.kind == "row"]
    keys, lines = Counter(r.key for r in rows.fixed), Counter(r.line for r in rows.fixed)
    for row in rows.fixed:
        spot = notes.sources.at(name, "rows", number, "fixed", text=f"| {row.key} |")
        if keys[row.key] > 1:
            notes.error(spot, _("有两行都叫“{key}”").format(key=row.key))
        if lines[row.line] > 1:
            notes.error(spot, _("有两行的行次都是 {line}").format(line=row.line))
        if rows.side and not row.key.startswith(f"{rows.side}:"):
            notes.error(spot, _("“{key}”不在这一边").format(key=row.key), _("以“{side}:”开头。").format(side=rows.side))
        elif not row.key.rpartition(":")[2].startswith("x_") and word_for(row.key, "row") is None:
            notes.error(
                spot, _("没有“{key}”这种行").format(key=row.key), instead(row.key, known) or _("自有的行写成 x_名称。")
            )
