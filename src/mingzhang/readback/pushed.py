"""Heads whose words were pushed to the left: merged cells written as one, their blanks at the ends of the rows.

Where a web page's table becomes text, a cell over three columns is often written once and the rows are filled up with
blanks behind. What stood above what is then found again: the number of columns says how many words reach over others,
and words that are known to stand below one another in the forms, totals that begin a group, and groups that come
again say which. Without such a reason a head stays as it is printed.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import takewhile
from typing import TYPE_CHECKING, Final, TypeAlias

import msgspec

from mingzhang.forms.lexicon import lexicon
from mingzhang.model.page import Cell
from mingzhang.readback.heads import has_numbers, is_counting
from mingzhang.readback.likeness import bare, filled

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from mingzhang.forms.pack import Pack
    from mingzhang.model.disclosure import HeadCell
    from mingzhang.model.page import Line

_DEEPEST: Final = 3
_KNOWN, _AGAIN, _TOTAL_FIRST, _OVER, _ALONE, _NEVER = 3, 2, 2, 1, -1, -3
_COMPARES: Final = re.compile("增减|变动|变化|差异|增、减|[比较与]上年")
"""A word that says what is compared, and what stands below such: by how much, at what rate."""
_CHANGED: Final = re.compile("增减|增、减|金额|差额|增长|幅度|率|比例|[%％]")
_ENOUGH: Final = 2
_KEPT: Final = 6

_Groups: TypeAlias = "tuple[tuple[int, ...], ...]"
"""For each word of a row the indexes of the words below it; none below a word that heads its own column."""


class Over(msgspec.Struct, frozen=True):
    """What stands below what in known heads: words from the upper to the lower, two or three; and words over nothing."""

    paths: frozenset[tuple[str, ...]]
    alone: frozenset[str]


def known_heads(packs: Sequence[Pack]) -> Over:
    """Gather from the forms' own heads which words stand below which."""
    paths = {p for pack in packs for t in pack.tables for p in _paths(t.head)}
    uppers = {word for path in paths for word in path[:-1]}
    single = {_plain(c.text) for pack in packs for t in pack.tables for row in t.head for c in row}
    general = {bare(w) for names in lexicon().text_columns.values() for w in names}
    return Over(frozenset(paths), frozenset((single | general) - uppers))


def _plain(text: str) -> str:
    return bare(filled(text, None))


def _paths(head: Sequence[Sequence[HeadCell]]) -> Iterator[tuple[str, ...]]:
    """Give each word of a head below the words above it: with the nearest, and with the nearest two."""
    above: dict[int, list[str]] = {}  # by column: the words so far, from the top
    ends: dict[int, int] = {}  # by column: the row below the last of them
    for r, row in enumerate(head):
        at = 0
        for cell in row:
            while ends.get(at, 0) > r:
                at += 1
            over = [_plain(w) for w in above.get(at, ())]
            yield from ((*over[-n:], _plain(cell.text)) for n in (1, 2) if len(over) >= n)
            for column in range(at, at + cell.columns):
                above[column] = [*above.get(column, ()), cell.text]
                ends[column] = r + cell.rows
            at += cell.columns


def straightened(lines: Sequence[Line], packs: Sequence[Pack]) -> tuple[Line, ...]:
    """Lay a pushed head out over its columns; lines whose head is not pushed, or could be several, are given as they are."""
    end = next((i for i, x in enumerate(lines) if has_numbers(x)), 0)
    rows = [i for i in range(end) if not is_counting([c.text for c in lines[i].cells if c.text])]
    widths = Counter(len(x.cells) for x in lines[end:])
    width = max(widths, key=lambda n: (widths[n], n), default=0)
    words = [[c.text for c in lines[i].cells] for i in rows[:_DEEPEST]]
    shown = [[t for t in row if t] for row in takewhile(lambda row: _is_pushed(row, width), words)]
    if len(shown) < 2 or len(shown[0]) >= width:
        return tuple(lines)
    over = known_heads(packs)
    # rows without amounts may follow the head: as many are its rows as its words speak for
    ways = [w for depth in range(2, len(shown) + 1) for w in _ways(shown[:depth], width, over)]
    ways.sort(key=lambda w: -w[0])
    if not ways or ways[0][0] < _ENOUGH or (len(ways) > 1 and ways[1][0] == ways[0][0]):
        return tuple(lines)
    found = ways[0][1]
    placed = _placed(shown, found)
    out = list(lines)
    for i, at in zip(rows, placed, strict=False):
        cells = [c for c in lines[i].cells if c.text]
        blank = Cell("", lines[i].place)
        own = dict(zip(at, cells, strict=True))
        out[i] = msgspec.structs.replace(lines[i], cells=tuple(own.get(c, blank) for c in range(width)))
    return tuple(out)


def _is_pushed(row: Sequence[str], width: int) -> bool:
    """Tell whether a row's words stand together at its left."""
    count = sum(map(bool, row))
    return 0 < count <= width and all(row[:count])


def _ways(shown: Sequence[Sequence[str]], width: int, over: Over) -> list[tuple[int, tuple[_Groups, ...]]]:
    """Give ways in which the words of all rows may stand above one another, each with what speaks for it."""
    spare = sum(map(len, shown)) - width  # as many words have others below them
    if len(shown) == 2:
        return [(s, (g,)) for s, g in _divided(shown[0], shown[1], spare, over)]
    ways: list[tuple[int, tuple[_Groups, ...]]] = []
    for lower in range(1, spare):
        for s, g in _divided(shown[1], shown[2], lower, over):
            for t, h in _divided(shown[0], shown[1], spare - lower, over):
                ways.append((s + t + _through(shown, h, g, over), (h, g)))
    return ways


def _through(shown: Sequence[Sequence[str]], upper: _Groups, lower: _Groups, over: Over) -> int:
    """Weigh the words of three rows that are known to stand below one another."""
    words = [[bare(t) for t in row] for row in shown]
    paths = [(words[0][i], words[1][j], words[2][k]) for i, own in enumerate(upper) for j in own for k in lower[j]]
    return sum(_KNOWN for p in paths if p in over.paths)


def _divided(upper: Sequence[str], lower: Sequence[str], parents: int, over: Over) -> list[tuple[int, _Groups]]:
    """Give the best ways to put the words of a row under `parents` words of the row above, in order."""
    if not 1 <= parents <= min(len(upper), len(lower)):
        return []
    # by words of the lower row used and parents found so far: the best ways to here
    reached: dict[tuple[int, int], list[tuple[int, _Groups]]] = {(0, 0): [(0, ())]}
    for word in upper:
        after: dict[tuple[int, int], list[tuple[int, _Groups]]] = {}
        for (used, found), ways in reached.items():
            ends = range(used, len(lower) + 1) if found < parents else (used,)
            for end in ends:
                own = tuple(range(used, end))
                state = (end, found + bool(own))
                weight = _weight(word, [lower[i] for i in own], over, first=word is upper[0])
                again = [(s + weight + _again(g, own, lower), (*g, own)) for s, g in ways]
                after[state] = sorted([*after.get(state, ()), *again], key=lambda w: -w[0])[:_KEPT]
        reached = after
    return reached.get((len(lower), parents), [])


def _weight(word: str, below: Sequence[str], over: Over, *, first: bool) -> int:
    """Weigh how well words stand below another; below the first word of a row are names or codes, no totals."""
    plain = bare(word)
    if not below:
        return _OVER if plain in over.alone else 0
    totals = lexicon().rows["total"]["total"]
    begins, *others = map(bare, below)
    weight = sum(_KNOWN for w in (begins, *others) if (plain, w) in over.paths)
    weight += _KNOWN if others and _COMPARES.search(plain) and all(map(_CHANGED.search, below)) else 0
    weight += _TOTAL_FIRST if begins in {"小计", *totals} and not first else 0
    weight += sum(_NEVER for w in others if w in {"小计", begins})
    weight += _NEVER if plain in over.alone else 0
    return weight + (_ALONE if not others else 0)


def _again(groups: _Groups, own: Sequence[int], lower: Collection[str]) -> int:
    """Weigh a group of words that comes again: two sides of a table have the same words."""
    texts = list(lower)
    mine = [bare(texts[i]) for i in own]
    return _AGAIN if len(mine) > 1 and any([bare(texts[i]) for i in g] == mine for g in groups) else 0


def _placed(shown: Sequence[Sequence[str]], found: Sequence[_Groups]) -> list[list[int]]:
    """Give the column at which each word of each row begins."""
    widths = [[1] * len(row) for row in shown[: len(found) + 1]]
    for r in range(len(found) - 1, -1, -1):
        for i, below in enumerate(found[r]):
            widths[r][i] = sum(widths[r + 1][j] for j in below) or 1
    starts = [[sum(widths[0][:i]) for i in range(len(widths[0]))]]
    for r, groups in enumerate(found):
        row = [0] * len(shown[r + 1])
        for i, below in enumerate(groups):
            at = starts[r][i]
            for j in below:
                row[j] = at
                at += widths[r + 1][j]
        starts.append(row)
    return starts
