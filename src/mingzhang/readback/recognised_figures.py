"""Figures that were recognised on pictures, weighed by the sums they stand in: what holds is sure, what fails is doubted.

What was recognised stays as it was: where one digit alone would settle all sums, the doubt says which figure they ask for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from msgspec.structs import replace

from mingzhang.model.language import gettext as _
from mingzhang.rules.engine import check

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Set as AbstractSet

    from mingzhang.forms.pack import Pack
    from mingzhang.model.disclosure import Disclosure, Row, Table
    from mingzhang.model.figure import Figure
    from mingzhang.model.finding import Repair
    from mingzhang.model.place import Place

_COMPARED: Final = 2
"""So many figures make a comparison."""

Key = tuple[str, str, str]
"""Table, row and column."""


class _Sums:
    """What the sums of a document say of its figures: they hold, they fail, and what they ask for."""

    def __init__(self, found: Disclosure, pack: Pack | None) -> None:
        self.failing: set[Key] = set()
        self.holding: set[Key] = set()
        self.asked: dict[Key, str] = {}
        for finding in check(found, everything=True, pack=pack):
            keys = {(e.where.table, e.where.row, e.where.column) for e in finding.evidence if e.where.table}
            if len(keys) < _COMPARED:
                continue
            if finding.outcome == "passed":
                self.holding |= keys
            elif finding.outcome == "violated" and finding.severity != "hint":
                self.failing |= keys
                self._ask(finding.repair)

    def _ask(self, repair: Repair | None) -> None:
        if repair is None or repair.others or repair.is_cut or len(repair.changes) != 1:
            return
        change = repair.changes[0]
        self.asked[change.where.table, change.where.row, change.where.column] = change.after


def weighed(found: Disclosure, pages: AbstractSet[Place], unsure: AbstractSet[Place], pack: Pack | None) -> Disclosure:
    """Doubt the figures on `pages` that sums speak against, and those in `unsure` boxes that no sum speaks for."""
    sums = _Sums(found, pack)
    numbers = frozenset((p.file, p.page) for p in pages)
    boxes: dict[tuple[str, int | None], list[Place]] = {}
    for place in unsure:
        boxes.setdefault((place.file, place.page), []).append(place)

    def figure_of(key: Key, figure: Figure) -> Figure:
        place = figure.place
        if place is None or (place.file, place.page) not in numbers or figure.doubt:
            return figure
        if key in sums.failing:
            asked = sums.asked.get(key)
            told = (
                _("由文字识别读入，与合计对不上")
                if asked is None
                else _("由文字识别读入，按合计应为 {asked}").format(asked=asked)
            )
            return replace(figure, doubt=told)
        if (
            figure.printed
            and key not in sums.holding
            and any(_overlap(place, p) for p in boxes.get((place.file, place.page), ()))
        ):
            return replace(figure, doubt=_("文字识别没有把握"))
        return figure

    return replace(found, tables=tuple(_table(t, figure_of) for t in found.tables))


def _table(table: Table, figure_of: Callable[[Key, Figure], Figure]) -> Table:
    rows = tuple(_row(table.id, r, figure_of) for r in table.rows)
    count = sum(
        a is not b
        for r, o in zip(rows, table.rows, strict=True)
        for a, b in zip(r.cells.values(), o.cells.values(), strict=True)
    )
    if not count:
        return table
    told = _("文字识别的数字有 {count} 个对不上或没有把握").format(count=count)
    return replace(table, rows=rows, doubts=(*table.doubts, told))


def _row(table: str, row: Row, figure_of: Callable[[Key, Figure], Figure]) -> Row:
    return replace(row, cells={k: figure_of((table, row.key, k), f) for k, f in row.cells.items()})


def _overlap(one: Place, other: Place) -> bool:
    a, b = one.box, other.box
    return a is not None and b is not None and a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]
