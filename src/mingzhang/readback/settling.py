"""Which reading of each line of a table is taken, by the sums between rows, and what stays in doubt."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from mingzhang.model.figure import WOULD_MOVE
from mingzhang.model.language import gettext as _
from mingzhang.model.language import later

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mingzhang.readback.arbitration import Arbiter, Values
    from mingzhang.readback.placing import Placer, Placing
    from mingzhang.readback.readings import Reading

Doubts = dict[int, dict[int, str]]
"""What is not sure, by line and column."""

GUESSED: Final = later("各栏只按空格分开，没有合计印证")
UNSURE: Final = later("不能确定在哪一栏")
_MOVED: Final = later("按各和移了栏")


def settled(
    readings: Sequence[Reading], values: dict[int, Values], arbiter: Arbiter, placer: Placer
) -> tuple[list[Placing], Doubts]:
    """Choose each line's placing and give the doubts that remain; `values` is brought up to the choice."""
    ways = [r.ways for r in readings]
    regular = all(r.printed for r in readings)
    if not regular:
        for i in arbiter.suspects({i for i, r in enumerate(readings) if r.printed}, values):
            ways[i] = (ways[i][0], *_others(readings[i], placer))
    choices = {i: [placer.values(r.texts, w) for w in ways[i]] for i, r in enumerate(readings) if len(ways[i]) > 1}
    proven = arbiter.settle(choices, values)
    left = {i: options for i, options in choices.items() if i not in proven and not readings[i].printed}
    chosen = [w[0] for w in ways]
    doubts: Doubts = {}
    for i, n in (proven | arbiter.improve(left, values)).items():
        chosen[i] = ways[i][n]
        as_found = readings[i].whole and n == 0 and not arbiter.broken(i, values)
        if i in left and not as_found:
            moved = {c for other in choices[i] for c in _differing(values[i], other) if c in values[i]}
            doubts[i] = dict.fromkeys(moved, _(UNSURE))
        elif readings[i].printed and n:
            doubts[i] = dict.fromkeys(_differing(values[i], choices[i][0]), _(_MOVED))
    open_rows = [i for i, r in enumerate(readings) if r.printed and i not in doubts]
    for i, way in _shifts(open_rows, readings, values, arbiter, placer):
        columns = _differing(values[i], placer.values(readings[i].texts, way))
        doubts.setdefault(i, {}).update(dict.fromkeys(columns, _(WOULD_MOVE if regular else _MOVED)))
        if not regular:
            # Where other rows lost cells, this one may have too.
            chosen[i] = way
            values[i] = placer.values(readings[i].texts, way)
    return chosen, doubts


def _shifts(
    lines: Sequence[int], readings: Sequence[Reading], values: dict[int, Values], arbiter: Arbiter, placer: Placer
) -> list[tuple[int, Placing]]:
    """Find rows as wide as the head all of whose sums would hold with their figures in other columns.

    One after the other, each time the row that mends most.
    """
    out: dict[int, Placing] = {}
    trial = dict(values)
    across = {i: readings[i].ways[0].broken for i in lines}
    while failing := arbiter.failing(trial) + sum(across.values()):
        best: tuple[int, int, Placing] | None = None
        for i in lines:
            if i in out or not (across[i] or arbiter.broken(i, trial)):
                continue
            printed = trial[i]
            for way in _others(readings[i], placer):
                trial[i] = placer.values(readings[i].texts, way)
                left = arbiter.failing(trial) + sum(across.values()) - across[i]
                if not arbiter.broken(i, trial) and left < failing and (best is None or left < best[0]):
                    best = (left, i, way)
            trial[i] = printed
        if best is None:
            break
        _failing, line, way = best
        out[line] = way
        across[line] = 0
        trial[line] = placer.values(readings[line].texts, way)
    return list(out.items())


def _others(reading: Reading, placer: Placer) -> list[Placing]:
    """List the placings of a printed row that are as good in themselves as the printed one."""
    printed = reading.ways[0]
    ways = placer.ways(reading.texts)
    return [w for w in ways if w.misfit <= printed.misfit and not w.broken and w.at != printed.at]


def _differing(one: Values, other: Values) -> set[int]:
    return {c for c in (*one, *other) if one.get(c) != other.get(c)}
