"""Which lines a total may cover: by its keys, or by where it stands among its lines."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from mingzhang.intake.platform.keyed import KEYS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from mingzhang.intake.platform.keyed import Keyed

Scope = tuple[int, ...]
"""Indices of lines, in order."""

_BY_PREFIX: Final = frozenset({"function", "economic", "gov_economic"})


class Scopes:
    """Finds the lines of one sheet that share the keys of another, and those between totals."""

    def __init__(self, lines: Sequence[Keyed], members: Scope, totals: Mapping[int, str]) -> None:
        """Keep the sheet's lines: `members` may be facts, `totals` say they are totals, each with its word."""
        self.lines = lines
        self.members = members
        self.totals = totals
        self._index: dict[tuple[tuple[tuple[str, int], ...], bool], dict[tuple[str, ...], Scope]] = {}

    def sharing(self, keys: Mapping[str, str], *, units_below: bool = False) -> Scope:
        """Give the lines with these keys, a code standing for all that begin with it; units too if `units_below`."""
        shape = tuple((f, len(keys[f]) if f in _BY_PREFIX or (units_below and f == "unit") else 0) for f in keys)
        index = self._index.get((shape, units_below))
        if index is None:
            found: dict[tuple[str, ...], list[int]] = {}
            for n in self.members:
                have = self.lines[n].keys
                found.setdefault(tuple(_cut(have.get(f, ""), length) for f, length in shape), []).append(n)
            index = {k: tuple(v) for k, v in found.items()}
            self._index[shape, units_below] = index
        return index.get(tuple(keys.values()), ())

    def richer(self, line: int, keys: Mapping[str, str], *, units_below: bool = False) -> Scope:
        """Give the lines that share some of a line's keys and have more of them: what it could be a total of."""
        mine = set(self.lines[line].keys)
        same = self.sharing(keys, units_below=units_below)
        return tuple(n for n in same if n != line and mine < set(self.lines[n].keys))

    def around(self, line: int) -> list[Scope]:
        """Give the runs of lines that a bare total may cover, the likeliest first."""
        word = self.totals.get(line, "小计")
        others = [n for n in self.totals if n != line]
        same = [n for n in others if self.totals[n] == word]
        runs = [
            self._before(line, others),
            self._before(line, same),
            self._after(line, others),
            self._after(line, same),
        ]
        whole = self.members
        runs = [whole, *runs] if not same and word in {"总计", "合计"} else [*runs, whole]
        return [r for r in dict.fromkeys(runs) if r]

    def _before(self, line: int, stops: Sequence[int]) -> Scope:
        start = max((n for n in stops if n < line), default=-1)
        return tuple(n for n in self.members if start < n < line)

    def _after(self, line: int, stops: Sequence[int]) -> Scope:
        end = min((n for n in stops if n > line), default=len(self.lines))
        return tuple(n for n in self.members if line < n < end)


def common_keys(lines: Sequence[Keyed], scope: Scope) -> dict[str, str]:
    """Give the keys that all lines of a scope share."""
    first, *rest = (lines[n].keys for n in scope)
    return {f: first[f] for f in KEYS if f in first and all(k.get(f) == first[f] for k in rest)}


def _cut(value: str, length: int) -> str:
    return value[:length] if length else value
