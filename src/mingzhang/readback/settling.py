"""Which reading of each line of a table is taken, by the sums between rows, and what stays in doubt."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mingzhang.readback.arbitration import Arbiter, Values
    from mingzhang.readback.placing import Placer, Placing
    from mingzhang.readback.readings import Reading

Doubts = dict[int, dict[int, str]]
"""What is not sure, by line and column."""

_UNSURE: Final = "不能确定在哪一栏"
_WOULD_MOVE: Final = "移一栏则各和相符"
_MOVED: Final = "按各和移了栏"


def settled(
    readings: Sequence[Reading], values: dict[int, Values], arbiter: Arbiter, placer: Placer
) -> tuple[list[Placing], Doubts]:
    """Choose each line's placing and give the doubts that remain; `values` is brought up to the choice."""
    chosen = [r.ways[0] for r in readings]
    choices = {i: [placer.values(r.texts, w) for w in r.ways] for i, r in enumerate(readings) if len(r.ways) > 1}
    proven = arbiter.settle(choices, values)
    left = {i: options for i, options in choices.items() if i not in proven}
    doubts: Doubts = {}
    for i, n in (proven | arbiter.improve(left, values)).items():
        chosen[i] = readings[i].ways[n]
        as_found = readings[i].whole and n == 0 and not arbiter.broken(i, values)
        if i in left and not as_found:
            moved = {c for other in choices[i] for c in _differing(values[i], other) if c in values[i]}
            doubts[i] = dict.fromkeys(moved, _UNSURE)
    regular = all(r.printed for r in readings)
    for i, reading in enumerate(readings):
        if not reading.printed or not (arbiter.broken(i, values) or chosen[i].broken):
            continue
        way, columns = _further(i, reading, values, arbiter, placer)
        if way is not None:
            doubts.setdefault(i, {}).update(dict.fromkeys(columns, _WOULD_MOVE if regular else _MOVED))
            if not regular:
                # Where other rows lost cells, this one may have too.
                chosen[i] = way
                values[i] = placer.values(reading.texts, way)
    return chosen, doubts


def _further(
    i: int, reading: Reading, values: dict[int, Values], arbiter: Arbiter, placer: Placer
) -> tuple[Placing | None, set[int]]:
    """Look whether a row as wide as the head would satisfy all sums with its figures in other columns."""
    printed = values[i]
    for way in placer.ways(reading.texts):
        if way.misfit > reading.ways[0].misfit or way.broken or way.at == reading.ways[0].at:
            continue
        values[i] = placer.values(reading.texts, way)
        holds = not arbiter.broken(i, values)
        columns = _differing(printed, values[i])
        values[i] = printed
        if holds:
            return way, columns
    return None, set()


def _differing(one: Values, other: Values) -> set[int]:
    return {c for c in (*one, *other) if one.get(c) != other.get(c)}
