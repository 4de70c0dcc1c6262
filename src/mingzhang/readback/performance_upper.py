"""The part of a form above its indicators where no ruling divides it: labels, each with what stands right of it.

A label may stand at the first line of its row or in its middle; which of both holds for a form is what costs less.
"""

from __future__ import annotations

from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING, Final

import msgspec

from mingzhang.forms.performance_words import TASK_HEAD
from mingzhang.model.figure import read_figure
from mingzhang.model.language import gettext as _
from mingzhang.readback.performance_bits import Bit, Found, joined, labels_in, set_long, would_fit
from mingzhang.readback.performance_cuts import best_cut
from mingzhang.readback.performance_wraps import NEVER, cut_into_rows

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mingzhang.forms.performance_words import FormWords

_MOST: Final = 60
_TOP: Final = 6
_MIDDLE: Final = 3
_BROKEN: Final = 4
_APART: Final = 3
_SLACK: Final = 2
_CUT: Final = 20
_IN_NUMBERS: Final = tuple("0123456789.,，")
_WORDS: Final = 8
_NEARLY: Final = 3
"""What another way to cut rows may cost more at most for them to be doubted."""
_OPEN: Final = 2
_FEW_OVER: Final = 4
"""A text over the cut by more than one part in so many stands in neither column for certain."""
_OPEN_LINES: Final = 6
_ENDED: Final = 1
_ENDS: Final = ("。", "；", ";", "！", "？", "”", "》", "）", ")")
_MARKS: Final = ("其中", "其中:")


class Laid(msgspec.Struct, frozen=True):
    """A row of a form as it was made out: texts by column, each with the pieces it is of, and any doubt.

    `is_list_head` says that the rows below it are a list without labels.
    """

    cells: tuple[tuple[int, tuple[Bit, ...]], ...]
    line: int
    doubt: str = ""
    is_list_head: bool = False


class _Group(msgspec.Struct):
    """Labels that stand beside each other and begin one row."""

    labels: list[Found]

    @property
    def first(self) -> int:
        return min(x.first for x in self.labels)

    @property
    def last(self) -> int:
        return max(x.last for x in self.labels)


def upper_rows(
    lines: Sequence[Sequence[Bit]], pages: Sequence[int], apart: Sequence[bool], words: FormWords
) -> list[Laid]:
    """Give the rows above the indicators; `apart` says of each line whether a wide gap stands above it."""
    found, rest = labels_in(lines, words.upper)
    sides = [x for x in found if x.key in {"period_goal", "annual_goal"}]
    paired = [x for x in sides if any(_is_beside(x, y) for y in sides if y is not x)]
    money = [x for x in found if x.key in words.money.values()]
    upper = [x for x in found if x not in paired and x not in money]
    goal_at = min((x.first for x in paired), default=len(lines))
    goal = next((x for x in upper if x.key == "goal" and x.last >= goal_at - 1), None) if paired else None
    if goal is not None:
        upper = [x for x in upper if x is not goal and x.first < goal_at]
        goal_at = min(goal_at, goal.first)
    rows = _Rows(rest[:goal_at], pages, apart, _groups(upper), frozenset(words.funds.values())).rows()
    rows = _with_groups(rows, money)
    if paired:
        rows += _goals(rest, goal_at, paired, goal)
    return rows


def _is_beside(one: Found, other: Found) -> bool:
    """Tell whether two labels stand beside each other; where their cells are of several lines one may stand a little higher."""
    near = one.first <= other.last + 1 and other.first <= one.last + 1
    return near and (one.right <= other.left or other.right <= one.left)


def _groups(found: Sequence[Found]) -> list[_Group]:
    groups: list[_Group] = []
    for label in sorted(found, key=lambda x: (x.first + x.last, x.left)):
        last = groups[-1] if groups else None
        beside = last is not None and label.first <= last.last and label.last >= last.first
        if last is not None and beside and all(label.left >= x.right or label.right <= x.left for x in last.labels):
            last.labels.append(label)
        else:
            groups.append(_Group([label]))
    for group in groups:
        group.labels.sort(key=lambda x: x.left)
    return groups


def _with_groups(rows: list[Laid], groups: Sequence[Found]) -> list[Laid]:
    """Put the label beside several rows before the first of them: it stands in their middle, the rows have no first cell."""
    out = list(rows)
    for group in groups:
        listed = group.key == "tasks"
        at = next((n for n, r in enumerate(out) if (r.is_list_head if listed else r.line >= group.first)), len(out))
        while not listed and at and at < len(out) and _is_under_group(out[at]) and _is_under_group(out[at - 1]):
            at -= 1
        if group is groups[0] and group.key != "funds":
            at = 0
        if at < len(out) and not any(c == 0 and group.key == "funds" for c, _own in out[at].cells):
            cells = tuple((c + 1 if c == 0 else c, own) for c, own in out[at].cells)
            out[at] = msgspec.structs.replace(out[at], cells=((0, group.bits), *cells))
    return out


def _is_under_group(row: Laid) -> bool:
    return bool(row.cells) and row.cells[0][0] == 1


class _Rows:
    """The lines above the goals, to be cut into one row for each group of labels."""

    def __init__(
        self,
        rest: Sequence[Sequence[Bit]],
        pages: Sequence[int],
        apart: Sequence[bool],
        groups: Sequence[_Group],
        funds: frozenset[str],
    ) -> None:
        self._groups = groups
        self._funds = funds
        labelled = {b.line for g in groups for x in g.labels for b in x.bits}
        self._lines = [n for n, line in enumerate(rest) if line or n in labelled]
        self._rest, self._pages, self._apart = rest, pages, apart
        self._at = {n: i for i, n in enumerate(self._lines)}
        self._spans = [(self._at[g.first], self._at[g.last]) for g in groups]
        self._sides = [joined(rest[n]) for n in self._lines]
        self._widest = max((set_long(side) for n, side in enumerate(self._sides) if self._is_of_one(n)), default=0)

    def rows(self) -> list[Laid]:
        if not self._groups:
            return []
        costs = [partial(self._cost, top=top) for top in (True, False)]
        cuts = [cut_into_rows(len(self._lines), cost, _MOST, _NEARLY) for cost in costs]
        best = min(cuts, key=lambda c: c.cost)
        if best.cost >= NEVER:
            return []
        out = []
        for (first, last), unsure in zip(best.rows, best.unsure, strict=True):
            group = next((g for g, s in zip(self._groups, self._spans, strict=True) if first <= s[0] <= last), None)
            if group is not None:
                out.append(self._laid(group, first, last, unsure=unsure))
            else:
                out.append(self._listed(first, last))
        return out

    def _is_of_one(self, n: int) -> bool:
        """Tell whether a line is near a label that has its row for itself."""
        before = [g for g, s in zip(self._groups, self._spans, strict=True) if s[0] <= n]
        return bool(before) and len(before[-1].labels) == 1

    def _cost(self, first: int, last: int, *, top: bool) -> int:
        inside = [n for n, (a, b) in enumerate(self._spans) if first <= b and a <= last]
        if not inside and self._is_open(first, last):
            return _OPEN + sum(_BROKEN * self._would_fit(n, n + 1) for n in range(first, last))
        if len(inside) != 1 or not (first <= self._spans[inside[0]][0] and self._spans[inside[0]][1] <= last):
            return NEVER
        group = self._groups[inside[0]]
        cost = 0
        if self._pages[self._lines[first]] == self._pages[self._lines[last]]:
            for label in group.labels:
                a, b = self._at[label.first], self._at[label.last]
                beside = abs(a + b - first - last)
                cost += _TOP * (a != first) if top else _MIDDLE * max(0, beside - 1) + bool(beside)
        cost += sum(self._apart[self._lines[n]] * _APART for n in range(first + 1, last + 1))
        if len(group.labels) == 1:
            own = [n for n in range(first, last + 1) if self._sides[n]]
            cost += sum(
                (_ENDED if self._sides[one].endswith(_ENDS) else _BROKEN) * self._would_fit(one, other)
                for one, other in pairwise(own)
            )
        if self._is_money(group):
            own_texts = (b.text for n in range(first, last + 1) for b in self._rest[self._lines[n]])
            cost += sum(_WORDS for t in own_texts if read_figure(t, "元") is None and t.strip("：:") not in _MARKS)
        before = next((n for n in range(last, first - 1, -1) if self._sides[n]), None)
        after = next((n for n in range(last + 1, len(self._lines)) if self._sides[n]), None)
        if before is not None and after is not None and not self._would_fit(before, after):
            cost += _ENDED if self._sides[before].endswith(_ENDS) else _BROKEN
        return cost + _CUT * self._cuts_number(last)

    def _would_fit(self, one: int, other: int) -> bool:
        return would_fit(self._sides[one], self._sides[other], self._widest - _SLACK)

    def _cuts_number(self, n: int) -> bool:
        """Tell whether a number that is broken goes on in the line after, which has nothing but the ends of numbers."""
        below = self._rest[self._lines[n + 1]] if n + 1 < len(self._lines) else ()
        if any(a <= n + 1 <= b for a, b in self._spans) or not all(b.text.isdigit() for b in below):
            return False
        return any(
            a.text[-1:] in _IN_NUMBERS and min(a.right, b.right) > max(a.left, b.left)
            for a in self._rest[self._lines[n]]
            for b in below
        )

    def _is_money(self, group: _Group) -> bool:
        return group.labels[0].key in self._funds

    def _listed(self, first: int, last: int) -> Laid:
        """Give a row of a list: what stands on either side of where the words of its head part."""
        heads = next(g for g, s in reversed(list(zip(self._groups, self._spans, strict=True))) if s[1] < first).labels
        lines = [self._rest[self._lines[n]] for n in range(first, last + 1)]
        cut = best_cut(lines, heads[0].right, heads[-1].left, both=True)
        sides = [tuple(b for line in lines for b in line if (b.middle > 2 * cut) == right) for right in (False, True)]
        cells = tuple((1 + 3 * n, side) for n, side in enumerate(sides) if side)
        return Laid(cells, lines[0][0].line)

    def _is_open(self, first: int, last: int) -> bool:
        """Tell whether lines without a label are rows of a list: between its head and the next label."""
        above = [g for g, s in zip(self._groups, self._spans, strict=True) if s[1] < first]
        return bool(above) and above[-1].labels[0].key == TASK_HEAD and last - first < _OPEN_LINES

    def _laid(self, group: _Group, first: int, last: int, *, unsure: bool) -> Laid:
        bits = [b for n in range(first, last + 1) for b in self._rest[self._lines[n]]]
        values: list[list[Bit]] = [[] for _ in group.labels]
        doubts = []
        for bit in bits:
            at = max((n for n, x in enumerate(group.labels) if x.left <= bit.left), default=-1)
            if at < 0 and bit.text.strip("：:") in _MARKS:
                continue
            if at < 0 and len(group.labels) == 1:
                at = 0
            if at < 0:
                doubts.append(_("“{text}”不知属于哪一栏").format(text=bit.text[:10]))
                continue
            values[at].append(bit)
        if unsure:
            doubts.append(_("不知从哪一行起、到哪一行止"))
        money, listed = self._is_money(group), group.labels[0].key == TASK_HEAD
        cells: list[tuple[int, tuple[Bit, ...]]] = []
        for n, (label, value) in enumerate(zip(group.labels, values, strict=True)):
            column = 1 + (3 if listed else 2) * n if money else 3 * n
            cells.append((column, label.bits))
            if value:
                cells.append((column + (1 if money else 2), tuple(value)))
        return Laid(tuple(cells), group.labels[0].first, _("；").join(dict.fromkeys(doubts)), is_list_head=listed)


def _goals(rest: Sequence[Sequence[Bit]], start: int, heads: Sequence[Found], goal: Found | None) -> list[Laid]:
    """Give the row of the two sides' labels and that of their texts."""
    left, right = sorted(heads, key=lambda x: x.left)[:2]
    lines = rest[start:]
    parts = [_parted(line, left, right) for line in lines]
    middles = sorted((one[-1].right + other[0].left) // 2 for one, other in parts if one and other)
    cut = middles[len(middles) // 2] if middles else best_cut(lines, left.right, right.left, both=True)
    sides: tuple[list[Bit], list[Bit]] = ([], [])
    across = ""
    for line, (one, other) in zip(lines, parts, strict=True):
        if one and other and one[0].left < cut < other[-1].right:
            sides[0].extend(one)
            sides[1].extend(other)
            continue
        for bit in line:
            sides[bit.middle > 2 * cut].append(bit)
            if (
                bit.left < cut < bit.right
                and min(cut - bit.left, bit.right - cut) > (bit.right - bit.left) // _FEW_OVER
            ):
                across = _("“{text}”不知属于哪一栏").format(text=bit.text[:10])
    head = Laid(((1, left.bits), (4, right.bits)), left.first)
    label = [(0, goal.bits)] if goal is not None else []
    cells = [*label, *((c, tuple(s)) for c, s in zip((1, 4), sides, strict=True) if s)]
    return [head, Laid(tuple(cells), goal.first if goal is not None else left.first, across)] if cells else [head]


def _parted(line: Sequence[Bit], left: Found, right: Found) -> tuple[list[Bit], list[Bit]]:
    """Divide a line at its only wide gap between the labels; nothing where it has none or several.

    A wide gap elsewhere is inside one column, as behind a number.
    """
    gaps = [
        n
        for n in range(1, len(line))
        if not line[n].near and line[n - 1].right < right.left and line[n].left > left.right
    ]
    return (list(line[: gaps[0]]), list(line[gaps[0] :])) if len(gaps) == 1 else ([], [])
