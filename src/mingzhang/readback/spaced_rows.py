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
    words = [_is_words(line, columns) for line in lines]
    rest = [w and not any(t.begins for t in line.values()) for w, line in zip(words, lines, strict=True)]
    around: dict[int, int] = {}
    taken: set[int] = set()
    for n, line in enumerate(lines):
        if rest[n] or not any(t.is_figure for t in line.values()):
            continue
        nameless = _nameless(line, columns)
        free = {i for i in range(len(lines)) if i not in taken and set(lines[i]) <= nameless}
        after = _run({i for i in free if rest[i]}, n, 1)
        before = _run({i for i in free if rest[i]}, n, -1)
        # The uppermost part of a name may begin with a number of its own.
        before += n - before - 1 in free and words[n - before - 1]
        around[n] = least = min(before, after)
        taken |= {*range(n - least, n), *range(n + 1, n + 1 + least)}
    spans = {n: range(n - around.get(n, 0), n + 1 + around.get(n, 0)) for n in range(len(lines)) if n not in taken}
    return [[lines[i] for i in span] for span in spans.values()]


def _is_words(line: Cells, columns: Sequence[Column]) -> bool:
    """Tell whether a line may be a part of a name: words alone, none that of a total."""
    return bool(line) and not any(t.is_figure or is_total(t.text) or columns[n].of_figures for n, t in line.items())


def _run(free: set[int], at: int, step: int) -> int:
    """Count the lines next to a row that may be parts of the name it lacks."""
    count = 0
    while at + step * (count + 1) in free:
        count += 1
    return count


def _nameless(row: Cells, columns: Sequence[Column]) -> set[int]:
    """Find the columns of names in which a row has none though amounts follow in it."""
    out: set[int] = set()
    amounts = False
    for n in range(len(columns) - 1, -1, -1):
        if columns[n].members and not columns[n].of_figures:
            if amounts and n not in row:
                out.add(n)
            amounts = False
        elif n in row:
            amounts = amounts or row[n].is_amount
    return out
