"""Which sums between rows a printed table must satisfy, and which of several readings of a row satisfies them."""

from __future__ import annotations

from itertools import product
from math import prod
from typing import TYPE_CHECKING, Final

import msgspec

from mingzhang.model.units import last_digit

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from mingzhang.readback.keys import Keyed

    Rows = Sequence[dict[int, int]] | Mapping[int, dict[int, int]]

Values = dict[int, int]
"""The numbers of one line, in atoms, by column."""

_PUBLIC: Final = {"vehicles": ("vehicle_purchase", "vehicle_operation"), "total": ("abroad", "reception", "vehicles")}
_ROUNDS: Final = 3
_MOST_COMBINATIONS: Final = 4096


class RowSum(msgspec.Struct, frozen=True):
    """One row that must be the sum of others, by index; columns of other sides stay out."""

    whole: int
    parts: tuple[int, ...]


def row_sums(keyed: Sequence[Keyed]) -> tuple[RowSum, ...]:
    """Find which rows of one side add up to which, by their keys."""
    keys = [k.key.partition(":")[2] if k.key.startswith(("in:", "out:")) else k.key for k in keyed]
    if any(k.startswith(("project:", "unit:", "department:")) for k in keys):
        return tuple(_project_sums(keys))
    if any(k in _PUBLIC for k in keys) and "reception" in keys:
        return tuple(
            RowSum(keys.index(whole), tuple(i for i, k in enumerate(keys) if k in parts))
            for whole, parts in _PUBLIC.items()
            if whole in keys
        )
    if "current_total" in keys:
        return tuple(_balance_sums(keys))
    if any(k.isdigit() for k in keys):
        return tuple(_code_sums(keys))
    return tuple(_level_sums(keyed))


def _project_sums(keys: Sequence[str]) -> Iterable[RowSum]:
    kinds = [k.partition(":")[0] for k in keys]
    units = [i for i, k in enumerate(kinds) if k == "unit"]
    projects = [i for i, k in enumerate(kinds) if k == "project"]
    for n, i in enumerate(units):
        end = units[n + 1] if n + 1 < len(units) else len(keys)
        yield RowSum(i, tuple(p for p in projects if i < p < end))
    for i, kind in enumerate(kinds):
        if kind in {"department", "total"}:
            yield RowSum(i, tuple(units or projects))


def _balance_sums(keys: Sequence[str]) -> Iterable[RowSum]:
    end = keys.index("current_total")
    yield RowSum(end, tuple(range(end)))
    carried = tuple(i for i, k in enumerate(keys) if k.startswith("carry_"))
    if "carry" in keys and carried:
        yield RowSum(keys.index("carry"), carried)
    if "total" in keys:
        yield RowSum(
            keys.index("total"), tuple(i for i, k in enumerate(keys) if k in {"current_total", "carry", "surplus_used"})
        )


def _code_sums(keys: Sequence[str]) -> Iterable[RowSum]:
    codes = {k.partition("#")[0]: i for i, k in reversed(list(enumerate(keys))) if k.partition("#")[0].isdigit()}
    below: dict[int, list[int]] = {}
    top: list[int] = []
    for code, i in codes.items():
        parent = next((codes[code[:n]] for n in range(len(code) - 1, 2, -1) if code[:n] in codes), None)
        (top if parent is None else below.setdefault(parent, [])).append(i)
    for parent, parts in below.items():
        yield RowSum(parent, tuple(sorted(parts)))
    if "total" in keys:
        yield RowSum(keys.index("total"), tuple(sorted(top)))


def _level_sums(keyed: Sequence[Keyed]) -> Iterable[RowSum]:
    tops = [i for i, k in enumerate(keyed) if k.level == 1]
    for n, i in enumerate(tops):
        end = tops[n + 1] if n + 1 < len(tops) else len(keyed)
        parts = tuple(j for j in range(i + 1, end) if keyed[j].level != 0)
        if parts:
            yield RowSum(i, parts)
    whole = next((i for i, k in enumerate(keyed) if k.key == "total"), None)
    if whole is not None:
        yield RowSum(whole, tuple(tops or (i for i in range(len(keyed)) if i != whole)))


def broken_columns(sums: RowSum, rows: Rows, columns: Iterable[int], step: int) -> int:
    """Count the columns in which a sum fails; one whose figures are all blank or zero does not count."""
    return sum(_holds(sums, rows, c, step) is False for c in columns)


def _holds(sums: RowSum, rows: Rows, column: int, step: int) -> bool | None:
    whole = rows[sums.whole].get(column, 0)
    parts = [rows[p].get(column, 0) for p in sums.parts]
    if not sums.parts or (not whole and not any(parts)):
        return None
    return abs(whole - sum(parts)) <= step * (len(parts) + 1) // 2


class Arbiter:
    """Weighs readings of lines by the sums between rows."""

    def __init__(self, sides: Sequence[tuple[Sequence[Keyed], Sequence[int]]], unit: str, places: int) -> None:
        """Keep for each side its keyed rows and the columns of its figures."""
        self._sides = [(keyed, columns, row_sums(keyed)) for keyed, columns in sides]
        self._step = last_digit(places, unit)

    def broken(self, line: int, values: Mapping[int, Values]) -> int:
        """Count the sums that fail, among those in which a line has part; `values` by line."""
        count = 0
        for keyed, columns, sums in self._sides:
            mine = {i for i, k in enumerate(keyed) if line in k.part.sources}
            concerned = [s for s in sums if s.whole in mine or mine & set(s.parts)] if mine else []
            if concerned:
                rows = [_merged(k.part.sources, values) for k in keyed]
                count += sum(broken_columns(s, rows, columns, self._step) for s in concerned)
        return count

    def failing(self, values: Mapping[int, Values]) -> int:
        """Count all sums that fail."""
        count = 0
        for keyed, columns, sums in self._sides:
            rows = [_merged(k.part.sources, values) for k in keyed]
            count += sum(broken_columns(s, rows, columns, self._step) for s in sums)
        return count

    def holding(self, values: Mapping[int, Values]) -> int:
        """Count the sums that hold in a column, of amounts other than zero."""
        count = 0
        for keyed, columns, sums in self._sides:
            rows = [_merged(k.part.sources, values) for k in keyed]
            count += sum(_holds(s, rows, c, self._step) is True for s in sums for c in columns)
        return count

    def suspects(self, printed: Collection[int], values: Mapping[int, Values]) -> set[int]:
        """Find the lines, all of them printed whole, among which a sum fails."""
        out: set[int] = set()
        for keyed, columns, sums in self._sides:
            rows = [_merged(k.part.sources, values) for k in keyed]
            for one in sums:
                lines = {line for i in (one.whole, *one.parts) for line in keyed[i].part.sources}
                if lines <= set(printed) and broken_columns(one, rows, columns, self._step):
                    out |= lines
        return out

    def settle(self, choices: Mapping[int, Sequence[Values]], values: dict[int, Values]) -> dict[int, int]:
        """Settle the readings of open lines that the sums leave no choice about; give the reading of each settled.

        A sum whose other rows are settled settles the rest, if one combination of readings alone satisfies it.
        `values` is brought up to what is settled.
        """
        settled: dict[int, int] = {}
        going = True
        while going:
            going = False
            for keyed, columns, sums in self._sides:
                for one in sums:
                    found = self._settled_by(
                        one, keyed, columns, {k: v for k, v in choices.items() if k not in settled}, values
                    )
                    for line, reading in found.items():
                        settled[line] = reading
                        values[line] = choices[line][reading]
                        going = True
        return settled

    def _settled_by(
        self,
        one: RowSum,
        keyed: Sequence[Keyed],
        columns: Sequence[int],
        choices: Mapping[int, Sequence[Values]],
        values: Mapping[int, Values],
    ) -> dict[int, int]:
        """Find the open lines of one sum on whose reading every combination that satisfies it agrees."""
        members = [line for i in (one.whole, *one.parts) for line in keyed[i].part.sources]
        free = [line for line in members if line in choices]
        if not free or len(free) == len(members) or prod(len(choices[f]) for f in free) > _MOST_COMBINATIONS:
            return {}
        good = []
        trial = dict(values)
        for combination in product(*(range(len(choices[f])) for f in free)):
            for line, n in zip(free, combination, strict=True):
                trial[line] = choices[line][n]
            rows = {i: _merged(keyed[i].part.sources, trial) for i in (one.whole, *one.parts)}
            if not broken_columns(one, rows, columns, self._step):
                good.append(combination)
        return {line: good[0][k] for k, line in enumerate(free) if good and len({g[k] for g in good}) == 1}

    def improve(self, choices: Mapping[int, Sequence[Values]], values: dict[int, Values]) -> dict[int, int]:
        """Choose for each line still open the reading that breaks the fewest sums, given all the others."""
        best = dict.fromkeys(choices, 0)
        for _ in range(_ROUNDS):
            before = dict(best)
            for line, readings in choices.items():
                weights = []
                for reading in readings:
                    values[line] = reading
                    weights.append(self.broken(line, values))
                if weights[best[line]] > min(weights):
                    best[line] = weights.index(min(weights))
                values[line] = readings[best[line]]
            if before == best:
                break
        return best


def _merged(lines: Iterable[int], values: Mapping[int, Values]) -> Values:
    out: Values = {}
    for line in lines:
        out |= values.get(line, {})
    return out
