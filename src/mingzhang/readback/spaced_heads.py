"""The head of a table that only blanks divide: whose word each is, and what words above span."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final

from mingzhang.readback.likeness import bare
from mingzhang.readback.meanings import words_above
from mingzhang.readback.spaced_breaks import Word, leaves_of, with_below
from mingzhang.readback.spaced_columns import Column, at_right

if TYPE_CHECKING:
    from collections.abc import Sequence

_NO_COLUMN: Final = 28
"""What it costs to take a word for that of a column in which nothing stands."""
_EMPTY_SUM: Final = 15
"""What it costs besides where the word is that of a sum."""
_NO_WORD: Final = 30
"""What it costs to leave a column without a word."""
_KNOWN_ABOVE: Final = 3
_MAYBE_ABOVE: Final = 6
"""What it costs to take a word for one above others that do not stand below it."""
_PAST: Final = 20
"""What it costs to belong to a column with another one, or another word, between."""
_FAR: Final = 16
"""The most that it costs to stand beside a column on the side where the middle of its cells is."""
_BESIDE: Final = 6
_OUTSIDE: Final = 18
_INSIDE: Final = 9
_NEVER: Final = 10**9
_SAME_SPAN: Final = 40
"""What it costs to span just what a word below spans too."""
_TWO_SIDES: Final = 20
"""What it costs to take columns of names after figures for a part of one group: they begin another."""
_CLEAR: Final = 10
"""How much worse everything else must be for a match to be sure."""
_BESIDE_IT, _OVER, _ANEW, _WORDLESS = range(4)
_SUMS: Final = frozenset({"小计", "合计", "总计"})
_PART_SUM: Final = "小计"
"""The word of a sum that is never that of a whole table: it stands under a group's."""


def placed(words: list[Word], columns: list[Column]) -> int:
    """Find the columns of every word, and say what speaks against them.

    A word of no column makes an empty one, unless it spans those at its sides.
    """
    against, matches = _matched(leaves_of(words), columns)
    floating = {id(w) for w, c in matches if c is None and w is not None}
    columns[:] = [c for _w, c in matches if c is not None]
    owned = [(w, c) for w, c in matches if w is not None and c is not None]
    if owned:
        _without_strays(columns, [c for _w, c in owned])
    index = {id(c): n for n, c in enumerate(columns)}
    for word, column in owned:
        word.columns = (index[id(column)],)
    leaves = [w for w, _c in owned]
    uppers = [w for w in _all(words) if w.below or id(w) in floating]
    for line in sorted({w.last for w in uppers}, reverse=True):
        _spanned([w for w in uppers if w.last == line], leaves, [w for w in uppers if w.last > line], columns)
    for word in _all(words):
        word.depth = sum(set(word.columns) <= set(u.columns) and u.last < word.first for u in uppers if u is not word)
    return against


def _without_strays(columns: list[Column], owned: Sequence[Column]) -> None:
    """Put figures that no word stands over into the column next to them whose rows have none there."""
    for stray in [c for c in columns if c.figures and all(c is not o for o in owned)]:
        beside = [
            c
            for c in columns
            if c is not stray and c.of_figures and not c.lines & stray.lines and _gap(c, stray) <= _BESIDE
        ]
        if beside:
            home = min(beside, key=lambda c: _gap(c, stray))
            for member in stray.members:
                home.add(member)
            columns[:] = [c for c in columns if c is not stray]


def _gap(one: Column, other: Column) -> int:
    return max(one.left - other.right, other.left - one.right)


def _all(words: Sequence[Word]) -> list[Word]:
    return [w for top in words for w in with_below(top)]


def _matched(words: Sequence[Word], columns: Sequence[Column]) -> tuple[int, list[tuple[Word | None, Column | None]]]:
    """Match words with columns from left to right, for the least distance in all; give that and the pairs in order.

    A word of no column makes a new one, or, paired with none, spans those at its sides; a column may have no word. Columns
    with amounts are marked where another word suits them nearly as well.
    """
    right = at_right(columns)
    far = [[_distance(words, i, columns, j, right=right) for j in range(len(columns))] for i in range(len(words))]
    above = [0 if _is_only_one_over(far, i, columns) else _may_span(words, i) for i in range(len(words))]
    cost, ways = _aligned(words, above, far, len(columns))
    out: list[tuple[Word | None, Column | None]] = []
    i = j = 0
    for way in ways:
        word = words[i] if way != _WORDLESS else None
        new = Column(words[i].left, words[i].right, []) if way == _ANEW else None
        out.append((word, columns[j] if way in {_BESIDE_IT, _WORDLESS} else new))
        if way == _BESIDE_IT and far[i][j] and columns[j].figures:
            other = [[_NEVER if (r, c) == (i, j) else d for c, d in enumerate(row)] for r, row in enumerate(far)]
            columns[j].unsure = _aligned(words, above, other, len(columns))[0] - cost < _CLEAR
        i, j = i + (way != _WORDLESS), j + (way in {_BESIDE_IT, _WORDLESS})
    return cost, out


def _is_only_one_over(far: Sequence[Sequence[int]], i: int, columns: Sequence[Column]) -> bool:
    """Tell whether a word, and no other, stands right over amounts: then they are its own."""
    over = [j for j, column in enumerate(columns) if column.figures and not far[i][j]]
    return any(all(k == i or row[j] for k, row in enumerate(far)) for j in over)


def _aligned(
    words: Sequence[Word], above: Sequence[int], far: Sequence[Sequence[int]], m: int
) -> tuple[int, list[int]]:
    """Give the least cost of matching words with `m` columns in order, and how it came about."""
    n = len(words)
    best: list[list[tuple[int, int]]] = [[(0, 0)] * (m + 1) for _ in range(n + 1)]
    for i in range(n + 1):
        for j in range(m + 1):
            ways = []
            if i and j:
                ways.append((best[i - 1][j - 1][0] + far[i - 1][j - 1], _BESIDE_IT))
            if i and above[i - 1]:
                ways.append((best[i - 1][j][0] + above[i - 1], _OVER))
            if i:
                ways.append((best[i - 1][j][0] + _NO_COLUMN + _EMPTY_SUM * (bare(words[i - 1].text) in _SUMS), _ANEW))
            if j:
                ways.append((best[i][j - 1][0] + _NO_WORD, _WORDLESS))
            best[i][j] = min(ways, default=(0, 0))
    out: list[int] = []
    i, j = n, m
    while i or j:
        out.append(best[i][j][1])
        i, j = i - (out[-1] != _WORDLESS), j - (out[-1] in {_BESIDE_IT, _WORDLESS})
    return best[n][m][0], out[::-1]


def _may_span(words: Sequence[Word], i: int) -> int:
    """Weigh taking a word for one over the columns at its sides, whose own words stand further down; 0 where none do."""
    if not 0 < i < len(words) - 1 or min(words[i - 1].first, words[i + 1].first) <= words[i].last:
        return 0
    return _KNOWN_ABOVE if bare(words[i].text) in words_above() else _MAYBE_ABOVE


def _distance(words: Sequence[Word], i: int, columns: Sequence[Column], j: int, *, right: bool) -> int:
    """Weigh how far a word stands from a column; it stands in the middle over figures at the right, names at the left."""
    word, column = words[i], columns[j]
    gap = max(column.left - word.right, word.left - column.right)
    if gap <= 0:
        return 0
    reach = min(word.left, column.left), max(word.right, column.right)
    between = sum(c is not column and reach[0] < c.left and c.right < reach[1] for c in columns)
    between += sum(
        k != i and reach[0] < w.left and w.right < reach[1] and not _may_span(words, k) for k, w in enumerate(words)
    )
    amounts = column.of_figures and not all(m.is_code for m in column.members)
    expected = column.left >= word.right if amounts else word.left >= column.right
    expected = expected or (amounts and not right)
    return (min(4 + gap, _FAR) if expected else 12 + 3 * gap) + _PAST * between


def _spanned(uppers: list[Word], leaves: Sequence[Word], lower: Sequence[Word], columns: Sequence[Column]) -> None:
    """Find the runs of columns that the words of one line span: each stands in the middle of its own as well as can be."""
    uppers.sort(key=lambda w: w.middle)
    under = [w for w in leaves if w.last > uppers[0].last]
    groups = _Groups(uppers, under, lower, columns)
    for word, group in zip(uppers, groups.best() or [leaves_of(w.below) for w in uppers], strict=True):
        own = [c for w in group for c in w.columns]
        word.columns = tuple(range(min(own), max(own) + 1)) if own else ()


class _Groups:
    """Divides columns into as many runs of neighbours as there are words above them; some may stay free."""

    def __init__(
        self, words: Sequence[Word], under: Sequence[Word], lower: Sequence[Word], columns: Sequence[Column]
    ) -> None:
        self._words, self._under, self._lower, self._columns = words, under, lower, columns
        # A word of its own stands in the middle of all lines; those under others stand lower.
        self._level = words[0].first + max((w.last for w in under), default=0)
        self._needed = [{id(x) for x in leaves_of(u.below)} for u in words]

    def best(self) -> list[Sequence[Word]]:
        """Give the words' groups of least cost; none where they cannot be divided."""
        costs: list[list[tuple[int, tuple[tuple[int, int], ...]]]] = [[(0, ())]]
        for j in range(1, len(self._under) + 1):
            costs[0].append((costs[0][-1][0] + self._free(j - 1), ()))
        for i in range(1, len(self._words) + 1):
            costs.append([(_NEVER, ())])
            for j in range(1, len(self._under) + 1):
                ways = [(costs[i][j - 1][0] + self._free(j - 1), costs[i][j - 1][1])]
                for start in range(j):
                    before = costs[i - 1][start]
                    if before[0] < _NEVER:
                        ways.append((before[0] + self._cost(i - 1, start, j), (*before[1], (start, j))))
                costs[i].append(min(ways))
        cost, groups = costs[-1][-1]
        return [self._under[a:b] for a, b in groups] if cost < _NEVER else []

    def _free(self, j: int) -> int:
        word = self._under[j]
        if any(id(word) in need for need in self._needed):
            return _NEVER
        if len(self._under) > 1 and (word.first + word.last > self._level or bare(word.text) == _PART_SUM):
            return _OUTSIDE
        return 0

    def _reach(self, leaf: Word) -> tuple[int, int]:
        """Guess from where to where a column's cells reach: its word stands in their middle."""
        column = self._columns[leaf.columns[0]]
        left, right = min(leaf.left, column.left), max(leaf.right, column.right)
        half = max(leaf.middle - 2 * left, 2 * right - leaf.middle)
        return (leaf.middle - half) // 2, (leaf.middle + half) // 2

    def _cost(self, i: int, start: int, end: int) -> int:
        """Weigh a word over a run of columns: in their middle, over whole groups, sums first, names before figures."""
        word, group, columns = self._words[i], self._under[start:end], self._columns
        mine = {c for w in group for c in w.columns}
        inner = [u for u in self._lower if set(u.columns) & mine]
        if not self._needed[i] <= {id(w) for w in group} or any(not set(u.columns) <= mine for u in inner):
            return _NEVER
        cost = abs(self._reach(group[0])[0] + self._reach(group[-1])[1] - word.middle)
        cost += sum(_INSIDE for w in group if w.first + w.last <= self._level) // (1 + bool(inner))
        named = [bool(columns[w.columns[0]].members) and not columns[w.columns[0]].of_figures for w in group]
        sums = [bare(w.text) in _SUMS for w, name in zip(group, named, strict=True) if not name]
        if any(sums):
            cost += -_INSIDE if sums[0] and sum(sums) == 1 and len(sums) > 1 else 0 if sums[0] else _INSIDE
        if any(set(u.columns) == mine for u in inner):
            cost += _SAME_SPAN
        again = sum(name and not before for before, name in pairwise(named))
        return cost + _TWO_SIDES * again
