"""Tables as they are printed: heads that fill their columns, words over every column, titles and keys that stand once."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from mingzhang.forms.pack import with_extra
from mingzhang.forms.pack_check.faults import instead
from mingzhang.model.language import gettext as _

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from mingzhang.forms.pack import Pack, PackTable
    from mingzhang.forms.pack_check.faults import Notes
    from mingzhang.model.disclosure import HeadCell


def check_heads(notes: Notes, pack: Pack) -> None:
    """Look at every table as it is printed."""
    _titles(notes, pack)
    for table in pack.tables:
        if table.turned:
            _turned(notes, table, pack)
        elif not table.beside:
            _tiles(notes, table, table.head, len(table.columns))
            wide = with_extra(table, {c.key for c in table.extra})
            if table.extra and not notes.broken:
                _extra(notes, table, wide)
        if not table.empty_note and not table.turned and not table.beside:
            notes.warning(
                notes.sources.at(f"tables/{table.id}", "empty_note"),
                _("没有空表时的说明"),
                _('空表要印出来并说明，写 empty_note = "注：……"。'),
            )


def _titles(notes: Notes, pack: Pack) -> None:
    whole = [t for t in pack.tables if not t.beside]
    for key, values in (("title", [t.title for t in whole]), ("number", [t.number for t in whole])):
        times = Counter(v for v in values if v)
        for table, value in zip(whole, values, strict=True):
            spot = notes.sources.at(f"tables/{table.id}", key)
            if times[value] > 1:
                notes.error(spot, _("“{text}”有几张表在用").format(text=value), _("每张表的名称、编号各不相同。"))
            elif not value and (key == "title" or any(values)):
                notes.error(spot, _("没有名称") if key == "title" else _("别的表有编号，这张没有"))
    for table in pack.tables:
        if table.beside and ((other := pack.table(table.beside)) is None or not other.turned):
            notes.error(
                notes.sources.at(f"tables/{table.id}", "beside"),
                _("“{id}”不是横排表（turned），不能印在它旁边").format(id=table.beside),
            )


def grid_of(head: Iterable[Sequence[HeadCell]]) -> Iterator[tuple[int, int, int, str]]:
    """Lay head cells on a grid as a browser would: head row, line, column and words of each place that a cell takes."""
    taken: set[tuple[int, int]] = set()
    for line, row in enumerate(head):
        column = 0
        for cell in row:
            while (line, column) in taken:
                column += 1
            spots = [(line + i, column + j) for i in range(cell.rows) for j in range(cell.columns)]
            taken |= set(spots)
            for spot in spots:
                yield (line, *spot, cell.text)


def _tiles(notes: Notes, table: PackTable, head: Sequence[Sequence[HeadCell]], columns: int) -> bool:
    """See that the cells lie side by side, none over another, and fill all lines and columns."""
    name, lines = f"tables/{table.id}", len(head)
    places = list(grid_of(head))
    times = Counter((line, column) for _row, line, column, _text in places)
    for row, line, column, text in places:
        if line >= lines or column >= columns:
            notes.error(
                notes.sources.at(name, "head", row, text=f'"{text}'),
                _("表头格“{text}”伸到了表外：表有 {columns} 栏，表头有 {lines} 行").format(
                    text=text, columns=columns, lines=lines
                ),
                _("改“@列x行”里的列数、行数，或者补上缺的栏。"),
            )
            return False
        if times[line, column] > 1:
            notes.error(
                notes.sources.at(name, "head", row, text=f'"{text}'),
                _("表头格“{text}”与别的格重叠（第 {line} 行第 {column} 栏）").format(
                    text=text, line=line + 1, column=column + 1
                ),
            )
            return False
    gaps = [(i, j) for i in range(lines) for j in range(columns) if (i, j) not in times]
    for line, column in gaps[:1]:
        notes.error(
            notes.sources.at(name, "head"),
            _("表头第 {line} 行第 {column} 栏空着，没有格盖住它").format(line=line + 1, column=column + 1),
            _("表有 {columns} 栏；跨几栏写“文字@列x行”。").format(columns=columns),
        )
    if not gaps:
        _words_over(notes, table, places)
    return not gaps


def _words_over(notes: Notes, table: PackTable, places: Sequence[tuple[int, int, int, str]]) -> None:
    """See that every column has its own words among those above it."""
    over: dict[int, set[str]] = {}
    for _row, _line, number, text in places:
        over.setdefault(number, set()).add(text)
    for number, column in enumerate(table.columns):
        if column.header not in over.get(number, set()):
            notes.error(
                notes.sources.at(f"tables/{table.id}", "columns", number, text=f'"{column.key} |'),
                _("第 {n} 栏“{header}”的上方没有这个表头").format(n=number + 1, header=column.header),
                _("上方是：{names}").format(names=_("、").join(sorted(over.get(number, ())))),
            )


def _extra(notes: Notes, table: PackTable, wide: PackTable) -> None:
    """See that the head still fills the table where the columns printed only with money are there."""
    if not any(c.text == table.extra_under for row in table.head for c in row):
        notes.error(
            notes.sources.at(f"tables/{table.id}", "extra_under"),
            _("表头里没有“{text}”，另加的栏没有地方").format(text=table.extra_under),
            instead(table.extra_under, (c.text for row in table.head for c in row)),
        )
        return
    _tiles(notes, wide, wide.head, len(wide.columns))


def _turned(notes: Notes, table: PackTable, pack: Pack) -> None:
    """See that the rows of a table on its side, and of those beside it, stand in its head."""
    printed = [table, *(t for t in pack.tables if t.beside == table.id)]
    rows = sum(len(part.fixed) for t in printed for part in t.rows)
    columns = {column for _row, _line, column, _text in grid_of(table.head)}
    if columns != set(range(rows)):
        notes.error(
            notes.sources.at(f"tables/{table.id}", "head"),
            _("表头有 {columns} 栏，横排的行有 {rows} 行").format(columns=len(columns), rows=rows),
        )
