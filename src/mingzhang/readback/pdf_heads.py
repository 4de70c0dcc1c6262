"""The head of a table without upright rulings: which word is which column's, and what the words above them span.

Words are weighed as in texts laid out by blanks (`readback/spaced_heads.py`), half a letter taken for one character.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from mingzhang.model.page import Cell
from mingzhang.model.place import Place
from mingzhang.readback.pdf_runs import Run, joined_box
from mingzhang.readback.spaced_breaks import Word, with_below, words_of
from mingzhang.readback.spaced_columns import Column as Laid
from mingzhang.readback.spaced_heads import placed
from mingzhang.readback.spaced_texts import Text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mingzhang.readback.pdf_view import Box


class Column(msgspec.Struct):
    """One column while it is found: from where to where its texts reach."""

    left: int
    right: int
    members: int = 1

    @property
    def span(self) -> Box:
        """Give its reach as a box without height."""
        return self.left, 0, self.right, 0


class Headed(msgspec.Struct):
    """The columns of a table with those that only its head shows, the rows of the head, and where each text stands."""

    columns: list[Column]
    rows: list[list[Cell]]
    place: dict[int, int]


def overlap(one: Box, other: Box) -> bool:
    """Tell whether two boxes stand above one another."""
    return min(one[2], other[2]) > max(one[0], other[0])


def headed(
    head: Sequence[Sequence[Run]], body: Sequence[Sequence[Run]], columns: Sequence[Column], place: dict[int, int]
) -> Headed:
    """Match the words of a head with the columns of the body below; `place` says in which each run (by identity) stands."""
    every = [r for line in (*head, *body) for r in line]
    unit = max(min((r.size for r in every), default=2) // 2, 1)
    runs: dict[int, Run] = {}

    def text_of(run: Run, line: int) -> Text:
        text = Text(run.text, line, run.box[0] // unit, max(run.box[2] // unit, run.box[0] // unit + 1))
        runs[id(text)] = run
        return text

    texts = [[text_of(r, n) for r in line] for n, line in enumerate(head)]
    laid = [Laid(c.left // unit, c.right // unit, []) for c in columns]
    for n, line in enumerate(body):
        for run in line:
            laid[place[id(run)]].members.append(text_of(run, n))
    words = words_of(texts, laid)
    placed(words, laid)
    out = [_column(c, unit, runs) for c in laid]
    shown = [w for top in words for w in with_below(top)]
    for word in shown:
        if len(word.columns) == 1 and not word.below:
            _widen(out[word.columns[0]], [runs[id(t)].box for t in word.texts], out)
    at = {id(runs[id(m)]): n for n, c in enumerate(laid) for m in c.members}
    return Headed(out, _rows(shown, len(out), runs), at)


def _column(laid: Laid, unit: int, runs: dict[int, Run]) -> Column:
    boxes = [runs[id(m)].box for m in laid.members]
    if not boxes:
        return Column(laid.left * unit, laid.right * unit, 0)
    return Column(min(b[0] for b in boxes), max(b[2] for b in boxes), len(boxes))


def _widen(column: Column, boxes: Sequence[Box], columns: Sequence[Column]) -> None:
    """Let a column reach as far as its head, but not into the next one."""
    box = joined_box(list(boxes))
    left = max((c.right for c in columns if c.right <= column.left), default=box[0])
    right = min((c.left for c in columns if c.left >= column.right), default=box[2])
    column.left, column.right = min(column.left, max(box[0], left)), max(column.right, min(box[2], right))


def _rows(words: Sequence[Word], count: int, runs: dict[int, Run]) -> list[list[Cell]]:
    """Lay the words of a head over the columns, each in the row of its depth."""
    out = []
    for depth in sorted({w.depth for w in words if w.columns}):
        cells = [Cell() for _ in range(count)]
        for word in words:
            if word.depth == depth and word.columns:
                box = joined_box([runs[id(t)].box for t in word.texts])
                cells[word.columns[0]] = Cell(word.text, Place(box=box), columns=len(word.columns))
        out.append(cells)
    return out
