"""Where on the pages of a PDF findings stand: boxes to be drawn, and the bands of pages worth showing."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Final

import msgspec

from mingzhang.model.finding import Severity
from mingzhang.model.page import Band
from mingzhang.rules.worklist import tasks_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from mingzhang.model.disclosure import Disclosure
    from mingzhang.model.finding import Finding, Spot
    from mingzhang.rules.worklist import Task

Box = tuple[int, int, int, int]
Boxes = dict[tuple[int | None, int], Box]
"""The boxes of a document's lines by page and line, in hundredths of a point."""

_AROUND: Final = 2_600
"""What is shown above and below a mark: two lines of print, in hundredths of a point."""

_APART: Final = 6_000
"""Marks further apart than this are shown in bands of their own."""

_BANDS: Final = 3


class Mark(msgspec.Struct, frozen=True):
    """A place to be marked: its box as seen on its page, whose task it is, and whether the finding is about it."""

    page: int
    box: Box
    severity: Severity
    number: int
    meant: bool = True


class Scene(msgspec.Struct, frozen=True):
    """A band of a page and what is marked in it."""

    band: Band
    marks: tuple[Mark, ...]


class Pages:
    """A document's figures, rows and lines, to be found by what a finding says of its place."""

    def __init__(self, disclosure: Disclosure, lines: Boxes) -> None:
        """Take a document and the boxes of its lines."""
        self._lines = lines
        self._tables = {t.id: {r.key: r for r in t.rows} for t in disclosure.tables}

    def box(self, spot: Spot) -> Box | None:
        """Give the box of a figure; of its row, or of the line, where the figure has none of its own."""
        if spot.page is None:
            return None
        row = self._tables.get(spot.table, {}).get(spot.row)
        if row is not None:
            figure = row.cells.get(spot.column)
            # a key can stand twice in what was read: only the row on the finding's own line is meant
            for place in (None if figure is None else figure.place, row.place):
                if place is not None and place.box and (place.page, place.line) == (spot.page, spot.line):
                    return place.box
        return None if spot.line is None else self._lines.get((spot.page, spot.line))

    def marks(self, task: Task) -> tuple[Mark, ...]:
        """Give what is to be marked for a task, what it is about first, then what was compared with it."""
        found = task.finding
        out: dict[tuple[int, Box], Mark] = {}
        for spots, meant in ((found.where, True), ([e.where for e in found.evidence], False)):
            for spot in spots:
                box = self.box(spot)
                if box is not None and spot.page is not None:
                    out.setdefault((spot.page, box), Mark(spot.page, box, task.severity, task.number, meant))
        return tuple(out.values())


def scenes_of(
    findings: Sequence[Finding], disclosure: Disclosure, lines: Boxes, sizes: Mapping[int, tuple[int, int]]
) -> dict[int, tuple[Scene, ...]]:
    """Give the bands to show for each task by its number; `sizes` are the pages' widths and heights."""
    pages = Pages(disclosure, lines)
    out = {}
    for task in tasks_of(findings, disclosure):
        shown = tuple(_scenes([m for m in pages.marks(task) if m.page in sizes], sizes))
        if shown:
            out[task.number] = shown
    return out


def _scenes(marks: Sequence[Mark], sizes: Mapping[int, tuple[int, int]]) -> list[Scene]:
    """Cut bands around marks, those the finding is about first."""
    groups = [list(g) for _page, g in groupby(sorted(marks, key=lambda m: (m.page, m.box[1])), key=lambda m: m.page)]
    cut = [_scene(near, sizes[near[0].page]) for group in groups for near in _near(group)]
    cut.sort(key=lambda s: not any(m.meant for m in s.marks))
    return cut[:_BANDS]


def _near(marks: Iterable[Mark]) -> Iterator[list[Mark]]:
    """Divide the marks of a page, from the top, where they are far apart."""
    group: list[Mark] = []
    bottom = 0
    for mark in marks:
        if group and mark.box[1] - bottom > _APART:
            yield group
            group, bottom = [], 0
        group.append(mark)
        bottom = max(bottom, mark.box[3])
    if group:
        yield group


def _scene(marks: Sequence[Mark], size: tuple[int, int]) -> Scene:
    top = max(min(m.box[1] for m in marks) - _AROUND, 0)
    bottom = min(max(m.box[3] for m in marks) + _AROUND, size[1])
    return Scene(Band(marks[0].page, min(top, bottom - 1), bottom), tuple(marks))
