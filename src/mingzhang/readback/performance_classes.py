"""Which class each row of an indicator table belongs to: the rows are laid along the frame at the least cost.

Classes follow one another in the frame's order. A printed label speaks for its row, strongly where both sides print
it; but labels of merged cells come out above, below or on the next page, and are lost. So a row may also stay in
the class before it, begin one whose label stands further down, or differ from what one side prints, each at a
cost. Words of the indicator's name weigh where labels do not settle it and the frame is not printed whole. A row is doubted where its class is not
the one printed beside it, or where another class would cost hardly more.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import msgspec

from mingzhang.model.language import gettext as _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mingzhang.forms.performance import Level2

_MISPRINT: Final = 30
_AGAIN: Final = 10
_UNLABELLED: Final = 20
_JUST_ABOVE: Final = 10
_ONE_SIDE_BLANK: Final = 10
_LATE: Final = 5
_BACK: Final = 30
_OVERTAKEN: Final = 30
_AFTER_EMPTY: Final = 50
_BEFORE_EMPTY: Final = 30
_WORD: Final = -30
_VALUE_WORD: Final = -15
_DEMANDED: Final = 60
_ABSENT: Final = 60
_CLOSE: Final = 10
_FEW: Final = 2


class ClassRow(msgspec.Struct, frozen=True):
    """What a row tells about its class: labels of the two sides ("" none), name and value, which sides are filled."""

    labels: tuple[str, ...]
    name: str = ""
    value: str = ""
    filled: tuple[bool, ...] = ()

    @property
    def live_labels(self) -> tuple[str, ...]:
        """Give the labels of the sides on which anything is printed."""
        pairs = zip(self.labels, self.filled, strict=True)
        return tuple(label for label, filled in pairs if label or filled)

    @property
    def is_empty(self) -> bool:
        """Tell whether the row holds labels and no indicator."""
        return not any(self.filled)


class Classed(msgspec.Struct, frozen=True):
    """The class a row was given, and why it may be another."""

    name: str
    doubt: str = ""


def find_classes(rows: Sequence[ClassRow], classes: Sequence[Level2]) -> tuple[Classed, ...]:
    """Give every row its class along the frame."""
    if not rows:
        return ()
    table = _Table(rows, classes)
    forward, origin = table.forward()
    backward = table.backward()
    path = [min(range(len(classes)), key=forward[-1].__getitem__)]
    for step in reversed(origin):
        path.append(step[path[-1]])
    path.reverse()
    least = forward[-1][path[-1]]
    close = [
        any(forward[i][s] + backward[i][s] - least <= _CLOSE for s in range(len(classes)) if s != path[i])
        for i in range(len(rows))
    ]
    return table.doubted(path, close)


class _Table:
    """The rows of one table with the costs of every class."""

    def __init__(self, rows: Sequence[ClassRow], classes: Sequence[Level2]) -> None:
        self.rows = rows
        self.classes = classes
        words = sorted(((w, c.name) for c in classes for w in c.words), key=lambda p: -len(p[0]))
        self.evidence = [_evidence(row.name, words) for row in rows]
        printed = [set(filter(None, row.labels)) for row in rows]
        self._printed = set().union(*printed)
        self._later = [set().union(*printed[i + 1 :]) for i in range(len(rows))]
        self._upto = [set().union(*printed[: i + 1]) for i in range(len(rows))]
        self._words_weigh = not self._is_whole()
        self._stand = [[self._standing(i, c) for c in classes] for i in range(len(rows))]

    def forward(self) -> tuple[list[list[int]], list[list[int]]]:
        """Give the least cost of reaching each class in each row, and from where."""
        count = range(len(self.classes))
        best = [[self._stand[0][s] + self._start(0, s) + self._overtaken(0, -1, s) for s in count]]
        origin = []
        for i in range(1, len(self.rows)):
            costs, come = [], []
            for s in count:
                options = [best[-1][t] + self._step(i, t, s) for t in count]
                come.append(min(count, key=options.__getitem__))
                costs.append(options[come[-1]] + self._stand[i][s])
            best.append(costs)
            origin.append(come)
        return best, origin

    def backward(self) -> list[list[int]]:
        """Give the least cost of what comes after each class in each row."""
        count = range(len(self.classes))
        rest = [[0] * len(self.classes)]
        for i in range(len(self.rows) - 1, 0, -1):
            after = [self._stand[i][s] + rest[-1][s] for s in count]
            rest.append([min(self._step(i, t, s) + after[s] for s in count) for t in count])
        return rest[::-1]

    def _standing(self, i: int, cls: Level2) -> int:
        """Cost of a row standing in a class, whatever comes before."""
        row, cost = self.rows[i], 0
        labels = row.live_labels
        for side, label in enumerate(row.labels):
            if label and label != cls.name:
                cost += _AGAIN if self._comes_again(i, side) else _MISPRINT * 2 // len(labels)
        unsettled = len(set(labels)) > 1 or not any(labels)
        if not self._words_weigh:
            unsettled = False
        elif cls.name in self.evidence[i] and (unsettled or cls.name not in row.labels):
            cost += _WORD
        if unsettled and cls.name not in self.evidence[i] and any(v in row.value for v in cls.values):
            cost += _VALUE_WORD
        if cls.name not in row.labels and row.name:
            owners = [c.name for c in self.classes if any(w in row.name for w in c.demanded)]
            lacking = bool(cls.demanded) and cls.name not in self.evidence[i]
            cost += _DEMANDED if lacking or (owners and cls.name not in owners) else 0
        if cls.optional and cls.name not in self._printed:
            cost += _ABSENT
        return cost

    def _is_whole(self) -> bool:
        """Tell whether the frame is printed whole: every class once, in order, on the same rows of either side."""
        wanted = [c.name for c in self.classes if not c.optional or c.name in self._printed]
        sides = [[label for label in side if label] for side in zip(*(r.labels for r in self.rows), strict=True)]
        live = [side for side in sides if side]
        level = all(len(set(r.live_labels)) <= 1 for r in self.rows)
        return bool(live) and level and all(side == wanted for side in live) and any(self.rows[0].labels)

    def _comes_again(self, i: int, side: int) -> bool:
        """Tell whether a side prints its label again after a row without: one of the two then strayed."""
        later = [r.labels[side] for r in self.rows[i + 1 :]]
        return self.rows[i].labels[side] in later and not later[0]

    def _step(self, i: int, t: int, s: int) -> int:
        """Cost of row `i` being in class `s` after a row in class `t`."""
        if s == t:
            return self._stay(i, s)
        back = _BACK + t - s if s < t else 0
        return self._start(i, s) + back + self._overtaken(i, t, s)

    def _start(self, i: int, s: int) -> int:
        """Cost of a class beginning at a row."""
        name, labels = self.classes[s].name, self.rows[i].live_labels
        if name in labels:
            return _ONE_SIDE_BLANK * (1 + (name in self._later[i])) if "" in labels else 0
        if i and name in self.rows[i - 1].labels:
            return _JUST_ABOVE
        return _UNLABELLED + (_LATE if name in self._later[i] else 0)

    def _overtaken(self, i: int, t: int, s: int) -> int:
        """Cost of going past classes whose labels only come later."""
        between = (self.classes[u].name for u in range(t + 1, s))
        return _OVERTAKEN * sum(1 for n in between if n in self._later[i] and n not in self._upto[i])

    def _stay(self, i: int, s: int) -> int:
        """Cost of a row going on in the class of the row before."""
        name, before, row = self.classes[s].name, self.rows[i - 1], self.rows[i]
        if before.is_empty and name in before.labels and not row.is_empty and name not in row.labels:
            return _AFTER_EMPTY
        if row.is_empty and name in row.labels and not before.is_empty:
            return _BEFORE_EMPTY
        return 0

    def doubted(self, path: list[int], close: list[bool]) -> tuple[Classed, ...]:
        """Say of each row why its class may be another; rows under a doubted label are doubted with it."""
        required = [c.name for c in self.classes if not c.optional]
        tail_lost = bool(required) and required[-1] not in self._printed
        out: list[Classed] = []
        inherited = ""
        for i, row in enumerate(self.rows):
            name = self.classes[path[i]].name
            doubt = self._doubt(i, path)
            if not doubt and close[i]:
                doubt = _("二级指标有别的排法")
            if not doubt and not any(row.labels):
                doubt = inherited
            if not doubt and not any(row.labels) and self._label_lost_after(path[i]):
                doubt = _("下一个二级指标的标签缺失")
            if not doubt and tail_lost and path[i] == path[-1]:
                doubt = _("表尾的二级指标标签缺失")
            inherited = "" if row.is_empty else doubt
            out.append(Classed(name, doubt))
        return tuple(out)

    def _label_lost_after(self, s: int) -> bool:
        """Tell whether the next class of the frame has no label, in a table that else prints the whole frame."""
        required = [c.name for c in self.classes if not c.optional]
        lost = [n for n in required if n not in self._printed]
        whole = any(r.is_empty and any(r.labels) for r in self.rows) or len(lost) <= _FEW
        after = next((c.name for c in self.classes[s + 1 :] if not c.optional), "")
        return whole and after in lost

    def _doubt(self, i: int, path: list[int]) -> str:
        row, cls = self.rows[i], self.classes[path[i]]
        labels = set(filter(None, row.labels))
        if labels and cls.name not in labels:
            return _("二级指标与所印标签不一致")
        if len(labels) > 1:
            return _("两侧的二级指标标签不一致")
        if labels and any(f and not x for f, x in zip(row.filled, row.labels, strict=True)):
            return _("只有一侧印有二级指标标签")
        if not labels and (not i or path[i - 1] != path[i]):
            return _("二级指标标签不在本行")
        return self._doubt_by_others(i, path)

    def _doubt_by_others(self, i: int, path: list[int]) -> str:
        """Doubt a class by what stands around its row: the order of the frame, the words of the name."""
        row, cls = self.rows[i], self.classes[path[i]]
        if any(row.labels) and i and path[i - 1] > path[i]:
            return _("二级指标次序与表样不符")
        if row.name and self.evidence[i] and cls.name not in self.evidence[i]:
            return self._unlike(i, path)
        return ""

    def _unlike(self, i: int, path: list[int]) -> str:
        """Doubt a class that the indicator's name speaks against, where the class it speaks for could have slipped."""
        beside = [j for j in (i - 1, i + 1) if 0 <= j < len(self.rows)]
        if any(self.rows[i].labels):
            beside = [j for j in beside if self.rows[j].is_empty]
        near = {x for j in beside for x in (*self.rows[j].labels, self.classes[path[j]].name)}
        return _("名称与二级指标不相称") if near & set(self.evidence[i]) else ""


def _evidence(name: str, words: list[tuple[str, str]]) -> tuple[str, ...]:
    """Name the classes the indicator's own words speak for; a longer word hides the shorter ones inside it."""
    found = []
    for word, cls in words:
        if word in name:
            found.append(cls)
            name = name.replace(word, "\0")
    return tuple(dict.fromkeys(found))
