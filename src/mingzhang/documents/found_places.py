"""Where on the pages of a PDF findings stand: boxes to be drawn, and the bands of pages worth showing."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Final

import msgspec

from mingzhang.documents.wrapped import Wrapped
from mingzhang.model.finding import Severity
from mingzhang.model.page import Band, Picture
from mingzhang.rules.worklist import tasks_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from mingzhang.documents.wrapped import Key
    from mingzhang.model.disclosure import Disclosure
    from mingzhang.model.finding import Finding, Spot
    from mingzhang.rules.worklist import Task

Box = tuple[int, int, int, int]
Boxes = dict[tuple[int | None, int], Box]
"""The boxes of a document's lines by page and line, in hundredths of a point."""

_AROUND: Final = 2_600
"""What is shown above and below a mark: two lines of print, in hundredths of a point."""

_GAP: Final = 150
"""What is left between a line of print and the edge."""

_APART: Final = 6_000
"""Marks further apart than this are shown in bands of their own."""

_BANDS: Final = 3


class Mark(msgspec.Struct, frozen=True):
    """A place to be marked: its box as seen on its page, whose task it is, and whether the finding is about it.

    The lines of one sentence have the same `place`.
    """

    page: int
    box: Box
    severity: Severity
    number: int
    meant: bool = True
    place: int = 0


class Scene(msgspec.Struct, frozen=True):
    """A band of a page and what is marked in it."""

    band: Band
    marks: tuple[Mark, ...]


class Seen(msgspec.Struct, frozen=True):
    """What is shown of a document's pages: the scenes of each task by its number, and how their bands look."""

    scenes: dict[int, tuple[Scene, ...]] = {}
    pictures: dict[Band, Picture] = {}

    def of(self, task: int) -> tuple[tuple[Scene, Picture], ...]:
        """Give what there is to see of a task, the place itself first."""
        own = ((s, self.pictures.get(s.band)) for s in self.scenes.get(task, ()))
        return tuple((s, p) for s, p in own if p is not None)


class Pages:
    """A document's figures, rows and lines, to be found by what a finding says of its place."""

    def __init__(self, disclosure: Disclosure, lines: Boxes, texts: Mapping[Key, str] | None = None) -> None:
        """Take a document, the boxes of its lines and, for sentences of more than one line, what the lines say."""
        self._lines = lines
        self._wrapped = Wrapped(disclosure, texts or {})
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

    def boxes(self, spot: Spot) -> tuple[tuple[int, Box], ...]:
        """Give the boxes of a place with their pages: of a sentence those of all its lines."""
        if spot.page is None:
            return ()
        if not spot.sentence:
            box = self.box(spot)
            return () if box is None else ((spot.page, box),)
        found = ((page, self._lines.get((page, line))) for page, line in self._wrapped.lines(spot))
        return tuple((page, box) for page, box in found if page is not None and box is not None)

    def marks(self, task: Task) -> tuple[Mark, ...]:
        """Give what is to be marked for a task, what it is about first, then what was compared with it."""
        found = task.finding
        out: dict[tuple[int, Box], Mark] = {}
        every = [(s, True) for s in found.where] + [(e.where, False) for e in found.evidence]
        for n, (spot, meant) in enumerate(every):
            for page, box in self.boxes(spot):
                out.setdefault((page, box), Mark(page, box, task.severity, task.number, meant, n))
        return tuple(out.values())


def scenes_of(
    findings: Sequence[Finding],
    disclosure: Disclosure,
    lines: Boxes,
    sizes: Mapping[int, tuple[int, int]],
    texts: Mapping[Key, str] | None = None,
) -> dict[int, tuple[Scene, ...]]:
    """Give the bands to show for each task by its number.

    `sizes` are the pages' widths and heights, `lines` and `texts` the boxes of the lines and what they say.
    """
    pages = Pages(disclosure, lines, texts)
    print_of: dict[int, list[Box]] = {}
    for (page, _line), box in lines.items():
        print_of.setdefault(page or 0, []).append(box)
    out = {}
    for task in tasks_of(findings, disclosure):
        marks = [m for m in pages.marks(task) if m.page in sizes]
        if marks:
            out[task.number] = tuple(_scenes(marks, sizes, print_of))
    return out


def _scenes(
    marks: Sequence[Mark], sizes: Mapping[int, tuple[int, int]], print_of: Mapping[int, Sequence[Box]]
) -> list[Scene]:
    """Cut bands around marks, that of the first mark first, then those the finding is about."""
    groups = [list(g) for _page, g in groupby(sorted(marks, key=lambda m: (m.page, m.box[1])), key=lambda m: m.page)]
    each = (near for group in groups for near in _near(group))
    cut = [_scene(near, sizes[near[0].page], print_of.get(near[0].page, ())) for near in each]
    cut.sort(key=lambda s: (marks[0] not in s.marks, not any(m.meant for m in s.marks)))
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


def _scene(marks: Sequence[Mark], size: tuple[int, int], lines: Sequence[Box]) -> Scene:
    """Cut a band, through no line of print where that can be."""
    above, below = min(m.box[1] for m in marks), max(m.box[3] for m in marks)
    top, bottom = above - _AROUND, below + _AROUND
    top = min((b[1] - _GAP for b in lines if b[1] < top < b[3] and b[3] < above), default=top)
    bottom = max((b[3] + _GAP for b in lines if b[1] < bottom < b[3] and b[1] > below), default=bottom)
    top, bottom = max(top, 0), min(bottom, size[1])
    return Scene(Band(marks[0].page, min(top, bottom - 1), bottom), tuple(marks))
