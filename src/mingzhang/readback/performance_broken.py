"""Lines of indicators to rows where no ruling divides them: names and values may be broken over several lines.

Cells stand at the top of their rows or in their middle; which of both holds for a table is what costs less.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Final

import msgspec

from mingzhang.model.language import gettext as _
from mingzhang.readback.performance_bits import set_long, would_fit
from mingzhang.readback.performance_rows import clean, is_value
from mingzhang.readback.performance_wraps import cut_into_rows

if TYPE_CHECKING:
    from collections.abc import Iterator

NAME: Final = 2
"""The role of the column of names among the words of a head; values and what belongs to them come after it."""
_MOST: Final = 30
_NO_VALUE: Final = 6
_NO_NAME: Final = 8
_TOP: Final = 6
_MIDDLE: Final = 3
_HOLE: Final = 1
_LOOSE: Final = 6
"""What it costs that no cell reaches from the first line of a row to its last."""
_SHORT: Final = 8
_BEGUN: Final = 10
_WHOLE_VALUES: Final = 12
_CUT: Final = 6
_TWO_NAMES: Final = 12
_APART: Final = 8
_LONGER: Final = 2
_BEGINS: Final = re.compile(r"指标\s?\d|\d{1,2}[.、．](?!\d)|[①-⑳]|[(（]\d{1,2}[)）]")
"""How a name begins that is no rest of the one above."""
_GOES_ON: Final = re.compile(r"[、，,。；;：:）)】》”%％]")
_OPEN: Final = re.compile(r".*[（(《“【][^）)》”】]*")


class Broken(msgspec.Struct, frozen=True):
    """Lines as texts by column, the role of each column, the lines' numbers, and above which a wide gap stands.

    `middles` are, for each column of second levels, twice the middles of the names in it: a row is of one name.
    """

    lines: tuple[tuple[str, ...], ...]
    roles: tuple[int, ...]
    at: tuple[int, ...]
    apart: tuple[bool, ...]
    middles: tuple[tuple[int, ...], ...]

    def rows(self) -> list[tuple[int, int, str]]:
        """Give the first and last line of each row, counted from 0, and a doubt where another cut is nearly as good."""
        if not self.lines:
            return []
        costs = (_Costs(self, top=True), _Costs(self, top=False))
        best = min((cut_into_rows(len(self.lines), c.of, _MOST) for c in costs), key=lambda cut: cut.cost)
        told = _("不知从哪一行起、到哪一行止")
        return [(a, b, told if unsure else "") for (a, b), unsure in zip(best.rows, best.unsure, strict=True)]


class _Costs:
    """What it costs to take lines for one row, with cells at the top of rows or in their middle."""

    def __init__(self, broken: Broken, *, top: bool) -> None:
        self._of, self._top = broken, top
        lines = broken.lines
        self._widest = [max(set_long(line[c]) for line in lines) for c in range(len(broken.roles))]
        # A line with a name and no value, or the other way round, shows that cells are broken over lines.
        self._breaks = any(any(line) and not all(line) for line in lines)

    def of(self, first: int, last: int) -> int:
        """Give the cost of the lines from `first` to `last` being one row and ending with it."""
        lines, at = self._of.lines, self._of.at
        cost = sum(_APART * self._of.apart[n] for n in range(first + 1, last + 1)) + _LONGER * (last - first)
        for column in self._of.middles:
            cost += _TWO_NAMES * max(0, sum(2 * at[first] <= m <= 2 * at[last] for m in column) - 1)
        shown: list[bool] = []
        whole = False
        for c in range(len(self._of.roles)):
            own = [n for n in range(first, last + 1) if lines[n][c]]
            shown.append(bool(own))
            whole = whole or (bool(own) and (own[0], own[-1]) == (first, last))
            cost += sum(self._of_column(c, own, first, last)) if own else 0
        cost += _LOOSE * (not whole)
        for c, role in enumerate(self._of.roles):
            value = c + 1 < len(shown) and shown[c + 1]
            if role == NAME and shown[c] != value:
                cost += _NO_VALUE if shown[c] else _NO_NAME
        if last + 1 < len(lines):
            cost += sum(self._parted(c, last) for c in range(len(self._of.roles)))
        return cost

    def _of_column(self, column: int, own: list[int], first: int, last: int) -> Iterator[int]:
        """Yield the costs of the texts of one column being one cell of a row."""
        if self._top:
            yield _TOP * (own[0] != first)
        else:
            yield _MIDDLE * max(0, abs(own[0] + own[-1] - first - last) - 1)
        yield _HOLE * (own[-1] - own[0] + 1 - len(own))
        for one, other in pairwise(own):
            yield self._joined(column, one, other)

    def _joined(self, column: int, one: int, other: int) -> int:
        a, b = self._of.lines[one][column], self._of.lines[other][column]
        if _BEGINS.match(b):
            return _BEGUN
        if _GOES_ON.match(b) or _OPEN.fullmatch(a):
            return 0
        if is_value(clean(a)) and is_value(clean(b)):
            return _WHOLE_VALUES
        return _SHORT if would_fit(a, b, self._widest[column]) else 0

    def _parted(self, column: int, last: int) -> int:
        """Cost of a text ending with a line though another follows on the next."""
        a, b = self._of.lines[last][column], self._of.lines[last + 1][column]
        if not (a and b):
            return 0
        if _GOES_ON.match(b) or _OPEN.fullmatch(a):
            return _CUT
        broken = self._breaks and not would_fit(a, b, self._widest[column])
        return _LONGER if broken and not _BEGINS.match(b) else 0
