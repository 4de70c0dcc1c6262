"""Characters of a watermark that stand one by one in the cells of a table: `2010301审`, `1,234.56内`.

One is told by its column: the others in it are numbers alone. Where one was found, a name in the same table that is printed
elsewhere without its last character has one too.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Final

from msgspec.structs import replace

from mingzhang.forms.lexicon import lexicon
from mingzhang.model.disclosure import Mark
from mingzhang.model.keys import folded, tidy
from mingzhang.readback.names import is_total

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mingzhang.model.page import Cell, Line

_WOVEN: Final = re.compile(r"(?P<own>-?\d[\d,]*(?:\.\d+)?)(?P<stray>[\u4e00-\u9fff])")
_PLAIN: Final = re.compile(r"-?\d[\d,]*(?:\.\d+)?")
_FEWEST: Final = 2
_MOSTLY: Final = 6
"""Tenths of a column's texts that are numbers where it holds codes; columns of targets hold more words."""
_MOST: Final = 4
"""As many cells of a table a watermark has characters; a column of quantities with their unit has more."""


def unwoven(lines: Sequence[Line]) -> tuple[tuple[Line, ...], tuple[Mark, ...]]:
    """Take the woven characters out of the cells of tables; give the lines, and the characters as marks with their places."""
    out = list(lines)
    marks: list[Mark] = []
    labels: Counter[str] | None = None
    for first, last in _grids(lines):
        woven = dict(_in_numbers(lines[first:last]))
        if not woven:
            continue
        if labels is None:
            labels = Counter(tidy(c.text) for line in lines for c in line.cells if c.text)
        woven |= dict(_in_names(lines[first:last], labels))
        for (n, at), own in woven.items():
            line = out[first + n]
            cell = line.cells[at]
            marks.append(Mark("watermark", tidy(cell.text)[-1], cell.place))
            cells = tuple(replace(c, text=own) if i == at else c for i, c in enumerate(line.cells))
            out[first + n] = replace(line, cells=cells)
    return tuple(out), tuple(marks)


def _grids(lines: Sequence[Line]) -> Iterator[tuple[int, int]]:
    """Give the stretches of rows that have as many cells as each other."""
    first = 0
    for n in range(1, len(lines) + 1):
        if n == len(lines) or len(lines[n].cells) != len(lines[first].cells):
            if lines[first].is_row:
                yield first, n
            first = n


def _in_numbers(rows: Sequence[Line]) -> Iterator[tuple[tuple[int, int], str]]:
    """Find the numbers with a character behind them in columns of numbers alone."""
    for at in range(len(rows[0].cells)):
        texts = [(n, folded(row.cells[at].text)) for n, row in enumerate(rows) if row.cells[at].text]
        found = [
            (n, m) for n, text in texts if (m := _WOVEN.fullmatch(text)) and m["stray"] not in lexicon().marks.measures
        ]
        if not 0 < len(found) <= _MOST:
            continue
        plain = [text for _n, text in texts if _PLAIN.fullmatch(text)]
        amounts = all("." in m["own"] for _n, m in found) and all("." in text for text in plain)
        mostly = 10 * (len(plain) + len(found)) >= _MOSTLY * len(texts)
        if len(plain) >= max(_FEWEST, len(found)) and (amounts or mostly):
            yield from (((n, at), m["own"]) for n, m in found)


def _in_names(rows: Sequence[Line], labels: Counter[str]) -> Iterator[tuple[tuple[int, int], str]]:
    """Find the names that are printed once with their last character, and elsewhere, or as a total, without it."""
    for n, row in enumerate(rows):
        for at, cell in enumerate(row.cells):
            name = tidy(cell.text)
            if len(name) > _FEWEST and labels[name] == 1 and not _ends_in_figure(cell):
                own = name[:-1]
                if labels[own] or (is_total(own) and not is_total(name)):
                    yield (n, at), own


def _ends_in_figure(cell: Cell) -> bool:
    return not "\u4e00" <= tidy(cell.text)[-1] <= "\u9fff"
