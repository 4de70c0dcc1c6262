"""The indicators of a form where no ruling divides them: columns below the words of the head, rows, and whose they are."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final

import msgspec

from mingzhang.forms.performance import folded_label
from mingzhang.model.language import gettext as _
from mingzhang.readback.performance_bits import Bit, Found, joined
from mingzhang.readback.performance_broken import Broken
from mingzhang.readback.performance_cuts import best_cut, placed
from mingzhang.readback.performance_levels import names_of, shared
from mingzhang.readback.performance_upper import Laid
from mingzhang.readback.performance_wraps import NEVER

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mingzhang.forms.performance_words import FormWords
    from mingzhang.readback.performance_levels import Level

_SECOND: Final = 1
_OVER: Final = 3
_OTHER: Final = 3
_NAMED: Final = 8


class Region(msgspec.Struct, frozen=True):
    """Lines of indicators on one page, below one head of words from the left; `half` is the width of half a letter."""

    lines: tuple[tuple[Bit, ...], ...]
    heads: tuple[Found, ...]
    apart: tuple[bool, ...]
    half: int


def region_rows(region: Region, words: FormWords) -> tuple[list[Laid], int]:
    """Give the rows of a region, and how much stands over the edges of columns or under no name of a level.

    Names of levels stand on each row that is theirs, those without any on rows of their own.
    """
    rows = _Rows(region, words)
    return _merged(sorted([*rows.filled(), *rows.empty()], key=lambda r: r.line)), rows.against


class _Rows:
    """The rows of a region being made out."""

    def __init__(self, region: Region, words: FormWords) -> None:
        self._lines = region.lines
        roles = tuple(words.heads[folded_label(h.text)] for h in region.heads)
        self._roles = roles
        suits = _Suits(words)
        by_column = [None, *(suits.level if role <= _SECOND else suits.other for role in roles)]
        cuts = _cuts(region, roles, words)
        found = [placed(line, cuts, region.half, by_column) for line in region.lines]
        self._over = [over for _columns, over in found]
        cells = [columns[1:] for columns, _over in found]
        self._labels = [n for n, role in enumerate(roles) if role <= _SECOND]
        names = {c: names_of([b for row in cells for b in row[c]], words.levels) for c in self._labels}
        of_names = {id(b) for own in names.values() for f in own for b in f.bits}
        self._texts = [[[b for b in column if id(b) not in of_names] for column in row] for row in cells]
        self._body = [n for n, row in enumerate(self._texts) if any(row)]
        broken = Broken(
            tuple(tuple(joined(c) for c in self._texts[n]) for n in self._body),
            roles,
            tuple(self._line(n) for n in self._body),
            tuple(region.apart[n] for n in self._body),
            tuple(tuple(f.first + f.last for f in names[c]) for c in self._labels if roles[c] == _SECOND),
        )
        self._rows = broken.rows()
        spans = [(self._line(self._body[a]), self._line(self._body[b])) for a, b, _doubt in self._rows]
        self._levels: dict[int, list[Level]] = {}
        self._unshared = ""
        self.against = sum(self._over)
        for column, own in names.items():
            self._levels[column], cost = shared(own, spans)
            self.against += min(cost, _OTHER * len(spans))
            if cost >= NEVER:
                self._unshared = _("不知二级指标管到哪一行")

    def _line(self, n: int) -> int:
        return self._lines[n][0].line

    def filled(self) -> Iterator[Laid]:
        """Give the rows with a name or a value."""
        for number, (a, b, doubt) in enumerate(self._rows):
            lines = self._body[a : b + 1]
            cells = self._names(number)
            doubts = [doubt, self._unshared]
            for column in range(len(self._roles)):
                bits = tuple(x for n in lines for x in self._texts[n][column])
                if bits and column + 1 in cells:
                    doubts.append(_("“{text}”不知属于哪一栏").format(text=joined(bits)[:10]))
                elif bits:
                    cells[column + 1] = bits
            if any(self._over[n] > _OVER for n in lines):
                doubts.append(_("栏位有别的排法"))
            told = _("；").join(dict.fromkeys(filter(None, doubts)))
            yield Laid(tuple(sorted(cells.items())), self._line(lines[0]), told)

    def _names(self, number: int) -> dict[int, tuple[Bit, ...]]:
        """Give the names of levels that stand on a row: of the first level on the first of its rows, of the second on each."""
        out = {}
        for column, levels in self._levels.items():
            own = next((x for x in levels if x.first <= number < x.end), None)
            if own is not None and (self._roles[column] == _SECOND or number == own.first):
                out[column + 1] = own.name.bits
        return out

    def empty(self) -> Iterator[Laid]:
        """Give the names of second levels under which nothing is printed."""
        for column, levels in self._levels.items():
            for level in levels:
                if level.first == level.end and self._roles[column] == _SECOND:
                    yield Laid(((column + 1, level.name.bits),), level.name.first)


def _cuts(region: Region, roles: Sequence[int], words: FormWords) -> list[int]:
    """Cut the columns of lines between the words of their head, and the column of the group's name from the first."""
    lines, heads = region.lines, region.heads
    beside: dict[int, list[tuple[int, int]]] = {}
    seconds = [k for k, role in enumerate(roles) if role == _SECOND]
    for line in lines if seconds else ():
        for n, bit in enumerate(line):
            if words.levels.get(folded_label(bit.text)) != _SECOND + 1:
                continue
            k = min(seconds, key=lambda k, m=bit.middle: abs(heads[k].left + heads[k].right - m))  # type: ignore[misc]
            if n + 1 < len(line):
                beside.setdefault(k, []).append((bit.right, line[n + 1].left))
            if n:
                beside.setdefault(k - 1, []).append((line[n - 1].right, bit.left))
    first = heads[0].left
    letters = {letter for name in words.groups for letter in name}
    group = [
        b.right for line in lines for b in line
        if b.right <= first and set(b.text) <= letters and folded_label(b.text) not in words.levels
    ]  # fmt: skip
    left = best_cut(lines, min(group), first) if group else min(first, *(b.left for line in lines for b in line))
    return [
        left,
        *(best_cut(lines, a.right, b.left, region.half, beside.get(k, ())) for k, (a, b) in enumerate(pairwise(heads))),
    ]


class _Suits:
    """How ill a piece suits a column of levels, or one of other texts, in half letters."""

    def __init__(self, words: FormWords) -> None:
        self._names = words.levels
        self._parts = {n[a:b] for n in words.levels for a in range(len(n)) for b in range(a + 1, len(n) + 1)}

    def level(self, bit: Bit) -> int:
        """Weigh a piece in a column of levels: a part of a name suits it, other words do not."""
        return 0 if folded_label(bit.text) in self._parts else _OTHER

    def other(self, bit: Bit) -> int:
        """Weigh a piece in another column: the name of a level does not suit it."""
        return _NAMED if folded_label(bit.text) in self._names else 0


def _merged(rows: Sequence[Laid]) -> list[Laid]:
    """Put names of two columns under which nothing is printed, and which stand on one line, into one row."""
    out: list[Laid] = []
    for row in rows:
        last = out[-1] if out else None
        if (
            last is not None
            and last.line == row.line
            and len(row.cells) == 1
            and row.cells[0][0] not in dict(last.cells)
        ):
            out[-1] = msgspec.structs.replace(last, cells=tuple(sorted((*last.cells, *row.cells))))
        else:
            out.append(row)
    return out
