"""Which rows of a list of projects are the units whose projects follow them, told by their amounts and by other tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mingzhang.model.keys import folded

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mingzhang.forms.pack import PackTable
    from mingzhang.model.disclosure import Table


def units_told(table: Table, spec: PackTable | None) -> Iterator[str]:
    """Give the names of units that a table names as such: a list of members, or subtotals among projects."""
    members = spec is not None and any(r.source == "members" for r in spec.rows)
    for row in table.rows:
        listed = members and row.key.partition("#")[0] != "total"
        if (name := folded(row.label)) and (listed or row.key.startswith("unit:")):
            yield name


def unit_rows(values: Sequence[int], department: int) -> list[int]:
    """Find the units below a department: rows that divide what follows into groups, each the sum of its projects."""
    whole = values[department]
    if not whole:
        return []
    found = _groups_from(values, department + 1).get(department + 1, [])
    return found if sum(values[i] for i in found) == whole else []


def unit_rows_but_one(values: Sequence[int], department: int) -> tuple[list[int], int]:
    """Find them where one group does not add up, which is given too: the others do, and all make up the department.

    Where all groups add up, two at least, and come nearer to the department's own amount than all rows together, that
    amount may be the wrong one (-1): projects of equal amounts divide so by chance.
    """
    first, whole = department + 1, values[department]
    every = sum(values[first:])
    if not whole or every == whole:
        return [], -1
    after = _groups_from(values, first)
    units = after.get(first, [])
    if len(units) > 1 and abs(sum(values[i] for i in units) - whole) < abs(every - whole):
        return units, -1
    before: dict[int, list[int]] = {first: []}
    for i in range(first, len(values)):
        if i in before:
            for end in _ends_of_group(values, i):
                before.setdefault(end, [*before[i], i])
    behind = {end: sum(values[i] for i in after[end]) for end in sorted(after)}
    for broken in sorted(b for b in before if b < len(values)):
        rest = whole - values[broken] - sum(values[i] for i in before[broken])
        for end, worth in behind.items():
            if worth == rest and end > broken + 1 and (before[broken] or after[end]):
                return [*before[broken], broken, *after[end]], broken
    return [], -1


def _ends_of_group(values: Sequence[int], i: int) -> list[int]:
    """Tell where the rows behind one end that add up to it."""
    run, ends = 0, []
    for j in range(i + 1, len(values)):
        run += values[j]
        if run == values[i] != 0:
            ends.append(j + 1)
    return ends


def _groups_from(values: Sequence[int], first: int) -> dict[int, list[int]]:
    """Give, for each row from which on all divide into groups that add up, the rows that begin these groups."""
    ends: dict[int, list[int]] = {len(values): []}
    for i in reversed(range(first, len(values))):
        end = next((e for e in _ends_of_group(values, i) if e in ends), None)
        if end is not None:
            ends[i] = [i, *ends[end]]
    return ends
