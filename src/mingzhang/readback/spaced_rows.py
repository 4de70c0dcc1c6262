"""Names broken over lines where only blanks divide: the lines above and below a row that has figures but no name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mingzhang.readback.names import is_total
from mingzhang.readback.spaced_texts import Text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mingzhang.readback.spaced_columns import Column


Cells = dict[int, Text]
"""The texts of one line by column."""


def rows_of(lines: Sequence[Cells], columns: Sequence[Column]) -> list[list[Cells]]:
    """Give the lines that make each row, in order.

    A name printed over several lines stands around the middle, where the figures are: a row without a name takes as many
    lines above it as below, of texts that stand alone in the column where names are missing.
    """
    rest = [_is_rest(line, columns) for line in lines]
    above: dict[int, int] = {}
    below: dict[int, int] = {}
    taken: set[int] = set()
    for n, line in enumerate(lines):
        if rest[n] or not any(t.is_figure for t in line.values()):
            continue
        free = {i for i in range(len(lines)) if rest[i] and i not in taken and not set(lines[i]) & _named(line)}
        count = _share(line, columns, _run(free, n, -1), _run(free, n, 1))
        above[n], below[n] = count
        taken |= set(range(n - count[0], n)) | set(range(n + 1, n + 1 + count[1]))
    return [
        [lines[i] for i in range(n - above.get(n, 0), n + 1 + below.get(n, 0))]
        for n in range(len(lines))
        if n not in taken
    ]


def _is_rest(line: Cells, columns: Sequence[Column]) -> bool:
    """Tell whether a line may be a part of a name: words alone, none of which begins a row."""
    return bool(line) and not any(
        t.is_figure or t.begins or is_total(t.text) or columns[n].of_figures for n, t in line.items()
    )


def _run(free: set[int], at: int, step: int) -> int:
    """Count the lines next to a row that may be parts of the name it lacks."""
    count = 0
    while at + step * (count + 1) in free:
        count += 1
    return count


def _named(row: Cells) -> set[int]:
    return {n for n, t in row.items() if not t.is_figure}


def _share(line: Cells, columns: Sequence[Column], before: int, after: int) -> tuple[int, int]:
    """Say how many of the lines above and below a row are its own: as many above as below."""
    words = {i for i, c in enumerate(columns) if c.members and not c.of_figures}
    least = min(before, after) if words - set(line) else 0
    return least, least
