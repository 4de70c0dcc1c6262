"""Sharing a page's width among a table's columns, in thousandths of the size of the text.

Figures and codes never break; heads break into three lines at most; labels give way where it costs the fewest lines.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

from mingzhang.documents.widths import EM, lines_needed, longest_piece, width

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mingzhang.documents.grid import Grid, GridCell

_LABEL_LEAST: Final = 6 * EM
_HEAD_LEAST: Final = 4 * EM
_HEAD_LINES: Final = 3
_CODE_PART: Final = 3 * EM


class Need(NamedTuple):
    """What a column needs: at least, to break nothing, and the widths of its labels and of its heads; what it holds."""

    least: int
    natural: int
    labels: tuple[int, ...]
    heads: tuple[int, ...]
    figures: bool
    codes: bool = False

    def lines(self, wide: int) -> int:
        """Count the lines of all its texts in a column so wide; those of heads, which everybody reads, twice."""
        return sum(-(-t // wide) for t in (*self.labels, *self.heads, *self.heads))


def indent(cell: GridCell) -> int:
    """Give the characters by which a label is set in: 款 one, 项 two."""
    return max(0, (cell.level or 0) - 1) if cell.role == "label" else 0


def needs(grid: Grid) -> tuple[Need, ...]:
    """Say what each column needs; cells that span several columns take what they get."""
    found = [_need([c for c in grid.cells if c.column == i and c.columns == 1]) for i in range(grid.columns)]
    parts = {i for i, (one, other) in enumerate(pairwise(found)) if one.codes and other.codes}
    parts |= {i + 1 for i in parts}
    return tuple(_code_part(need) if i in parts else need for i, need in enumerate(found))


def _code_part(need: Need) -> Need:
    """Give a column that holds one part of a code just its own room."""
    return need._replace(natural=max(need.natural, _CODE_PART), figures=False)


def shared(columns: Sequence[Need], sides: Sequence[int], available: int) -> tuple[int, ...] | None:
    """Share out a width, or None where the columns do not fit into it."""
    if sum(c.least for c in columns) > available:
        return None
    widths = [c.natural for c in columns]
    while (over := sum(widths) - available) > 0:
        steps = [(_step(c, w, over), i) for i, (c, w) in enumerate(zip(columns, widths, strict=True)) if w > c.least]
        (_, narrower), i = min(steps)
        widths[i] = narrower
    return _spread(columns, sides, widths, available)


def _need(cells: Sequence[GridCell]) -> Need:
    stiff = [width(c.text) for c in cells if c.role in {"figure", "code"}]
    heads = [c.text for c in cells if c.role == "head"]
    labels = [c for c in cells if c.role in {"label", "text"}]
    long = tuple(width(c.text) + indent(c) * EM for c in labels)
    short = max(
        [2 * EM, *stiff, *(_head_least(h) for h in heads)] + [longest_piece(c.text) + indent(c) * EM for c in labels]
    )
    least = max([short, *(min(n, _LABEL_LEAST) for n in long)])
    natural = max([least, *long, *(min(width(h), _HEAD_LEAST) for h in heads)])
    codes = any(c.role == "code" for c in cells) and not any(c.role == "figure" for c in cells) and not labels
    return Need(least, natural, long, tuple(width(h) for h in heads), bool(stiff) and not labels, codes)


def _head_least(text: str) -> int:
    """Give the least width in which a head takes three lines."""
    wide = max(longest_piece(text), -(-width(text) // _HEAD_LINES))
    while lines_needed(text, wide) > _HEAD_LINES:
        wide += EM // 2
    return wide


def _step(column: Need, wide: int, over: int) -> tuple[float, int]:
    """Say what it costs to narrow a column until the next text breaks, or by as much as is over."""
    below = [t for t in (*column.labels, *column.heads) if t < wide]
    narrower = max(column.least, min(max(below, default=0), wide - 1), wide - over)
    return (column.lines(narrower) - column.lines(wide)) / (wide - narrower), narrower


def _spread(columns: Sequence[Need], sides: Sequence[int], widths: list[int], available: int) -> tuple[int, ...]:
    """Give what is left first to make the figure columns of one side alike, then to all in proportion."""
    for first, last in pairwise((0, *sides, len(columns))):
        figures = [i for i in range(first, last) if columns[i].figures]
        widest = max((widths[i] for i in figures), default=0)
        if sum(widest - widths[i] for i in figures) <= available - sum(widths):
            for i in figures:
                widths[i] = widest
    kept = {i for i, c in enumerate(columns) if c.codes and not c.figures}
    room, whole = available - sum(widths[i] for i in kept), sum(w for i, w in enumerate(widths) if i not in kept)
    return tuple(w if i in kept else w * room // whole for i, w in enumerate(widths))
