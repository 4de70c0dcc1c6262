"""Which sums between rows a printed table must satisfy, and which of several readings of a row satisfies them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import msgspec

from mingzhang.model.units import last_digit

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from mingzhang.readback.keys import Keyed

Values = dict[int, int]
"""The numbers of one line, in atoms, by column."""

_PUBLIC: Final = {"vehicles": ("vehicle_purchase", "vehicle_operation"), "total": ("abroad", "reception", "vehicles")}
_ROUNDS: Final = 3


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


def broken_columns(sums: RowSum, rows: Sequence[Values], columns: Iterable[int], step: int) -> int:
    """Count the columns in which a sum fails; one whose figures are all blank or zero does not count."""
    return sum(_holds(sums, rows, c, step) is False for c in columns)


def _holds(sums: RowSum, rows: Sequence[Values], column: int, step: int) -> bool | None:
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
            if not mine:
                continue
            rows = [_merged(k.part.sources, values) for k in keyed]
            for one in sums:
                if one.whole in mine or mine & set(one.parts):
                    count += broken_columns(one, rows, columns, self._step)
        return count

    def choose(self, choices: Mapping[int, Sequence[Values]], values: dict[int, Values]) -> dict[int, list[int]]:
        """Choose among readings of some lines those that break the fewest sums.

        `values` is brought up to the choice. The answer gives for each line the readings that do equally well,
        the chosen one first.
        """
        best: dict[int, list[int]] = {line: [0] for line in choices}
        for _ in range(_ROUNDS):
            before = dict(best)
            for line, readings in choices.items():
                weights = []
                for reading in readings:
                    values[line] = reading
                    weights.append(self.broken(line, values))
                least = min(weights)
                order = [best[line][0], *range(len(readings))]
                best[line] = list(dict.fromkeys(i for i in order if weights[i] == least))
                values[line] = readings[best[line][0]]
            if before == best:
                break
        return best


def _merged(lines: Iterable[int], values: Mapping[int, Values]) -> Values:
    out: Values = {}
    for line in lines:
        out |= values.get(line, {})
    return out
