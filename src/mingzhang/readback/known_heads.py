"""Heads of a known form whose cells a converter left out or whose lines it put in another order, laid out as the form has them.

A web page's cell over three columns becomes one cell of a text, and what stands below it slips to the left; lines of a head
come in the order in which a program met them. Where each line has just the words of one line of the form's head, in their
order, and the rows below are as wide as the form's, the form says above which column each of them stands.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from msgspec.structs import replace

from mingzhang.model.page import Cell
from mingzhang.readback.heads import has_numbers, is_counting
from mingzhang.readback.likeness import bare, filled

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from mingzhang.forms.pack import PackTable
    from mingzhang.model.page import Line


def laid_as_known(lines: Sequence[Line], tables: Iterable[PackTable]) -> tuple[Line, ...]:
    """Lay a table's head out over its columns as one of the tables has it; as it is printed where it is none of theirs."""
    end = next((i for i, x in enumerate(lines) if has_numbers(x)), 0)
    widths = Counter(len(x.cells) for x in lines[end:])
    width = max(widths, key=lambda n: (widths[n], n), default=0)
    for table in tables:
        places = _places(table)
        depth = len(places)
        if not 1 < depth <= end or _width(table) != width:
            continue
        rows = lines[:depth]
        printed = [_words(x) for x in rows]
        wanted = [tuple(word for _at, word in row) for row in places]
        if any(is_counting([c.text for c in x.cells if c.text]) for x in rows) or Counter(printed) != Counter(wanted):
            continue
        if len(set(wanted)) < depth:
            continue
        order = [printed.index(words) for words in wanted]
        own = [[n for n, c in enumerate(x.cells) if c.text] for x in rows]
        if own == [[at for at, _word in row] for row in places] and order == sorted(order):
            continue
        head = [_laid(rows[n], [at for at, _word in row], width) for n, row in zip(order, places, strict=True)]
        return (*head, *lines[depth:])
    return tuple(lines)


def _words(line: Line) -> tuple[str, ...]:
    return tuple(bare(c.text) for c in line.cells if c.text)


def _laid(line: Line, at: Sequence[int], width: int) -> Line:
    """Put the texts of a line at columns, blanks between them."""
    own = dict(zip(at, (c for c in line.cells if c.text), strict=True))
    return replace(line, cells=tuple(own.get(n, Cell("", line.place)) for n in range(width)))


def _places(table: PackTable) -> list[list[tuple[int, str]]]:
    """Give for each line of a form's head its words with the columns at which they begin."""
    ends: dict[int, int] = {}
    out = []
    for r, row in enumerate(table.head):
        at = 0
        line = []
        for cell in row:
            while ends.get(at, 0) > r:
                at += 1
            if word := bare(filled(cell.text, None)):
                line.append((at, word))
            for column in range(at, at + cell.columns):
                ends[column] = r + cell.rows
            at += cell.columns
        out.append(line)
    return out


def _width(table: PackTable) -> int:
    return sum(c.columns for c in table.head[0]) if table.head else 0
