"""Why digits cannot be chosen: a smallest set of figures held and of sums that contradict each other.

Smallest means that nothing can be left out: without any one of them there would be a choice.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from mingzhang.sums.network import Choices, Sum, apart
from mingzhang.sums.program import Program
from mingzhang.sums.rounding import Variable

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from mingzhang.sums.network import Part


class Conflict(msgspec.Struct, frozen=True):
    """Figures held and sums that contradict each other, each needed for it.

    Without sums it is one figure, held at digits that are not next to its true value. `release` is the smallest number
    of held figures that must be given up for all sums to hold.
    """

    held: tuple[Variable, ...]
    sums: tuple[Sum, ...]
    release: tuple[Variable, ...] = ()


def contradiction(
    choices: Choices, sums: Sequence[Sum], held: Mapping[Variable, int] | None = None, *, seed: int = 0
) -> tuple[Sum, ...] | None:
    """Give a smallest set of sums that no floors and ceilings satisfy; None if there is a choice for all.

    `held` are digits that are taken for granted: the floor or the ceiling of their figures.
    """
    part = apart(choices, sums, certain=False)
    program = _program(part, seed)
    at = {k.members[0]: n for n, k in enumerate(part.knots)}
    for variable, digits in (held or {}).items():
        n = at.get(choices.index[variable])
        if n is not None:
            program.hold(n, digits)
    if program.cheapest() is not None:
        return None
    needed = _needed(_longest_first(part), lambda row, wanted: program.demand(row, wanted=wanted), program)
    return tuple(sums[n] for n in sorted(needed))


def conflict_of(choices: Choices, sums: Sequence[Sum], *, seed: int = 0) -> Conflict:
    """Name the smallest conflict of figures held with what must add up.

    Raises:
        ValueError: there is none.
    """
    far = tuple(v for v, d in choices.held.items() if not choices.may_be(choices.index[v], d))
    part = apart(choices, sums, certain=False)
    at = {k.members[0]: n for n, k in enumerate(part.knots)}
    held = {at[i]: d for v, d in choices.held.items() if v not in far and (i := choices.index[v]) in at}
    names = {at[choices.index[v]]: v for v in choices.held if choices.index[v] in at}
    program = _program(part, seed)
    costs = [0] * len(part.knots)
    for n, digits in held.items():
        costs[n] = 1 if digits == part.knots[n].low else -1
    best = program.cheapest(costs)
    release = () if best is None else tuple(names[n] for n, d in held.items() if best[n] != d)
    if far:
        return Conflict(far[:1], (), (*far, *release))
    for n, digits in held.items():
        program.hold(n, digits)
    if program.cheapest() is not None:
        msg = "there is a choice of digits"
        raise ValueError(msg)
    rows = _needed(_longest_first(part), lambda row, wanted: program.demand(row, wanted=wanted), program)

    def hold(n: int, wanted: bool) -> None:
        if wanted:
            program.hold(n, held[n])
        else:
            program.release(n)

    kept = _needed(list(held), hold, program)
    return Conflict(tuple(names[n] for n in kept), tuple(sums[n] for n in sorted(rows)), release)


def _program(part: Part, seed: int) -> Program:
    return Program([k.low for k in part.knots], [k.high for k in part.knots], part.rows, seed, whole=True)


def _longest_first(part: Part) -> list[int]:
    return sorted(range(len(part.rows)), key=lambda n: (-len(part.rows[n].terms), n))


def _needed(elements: Sequence[int], demand: Callable[[int, bool], None], program: Program) -> list[int]:
    """Leave out of a contradiction what is not needed for it, many at once where that is possible."""
    for element in elements:
        demand(element, False)
    if program.cheapest() is None:
        return []
    for element in elements:
        demand(element, True)
    if len(elements) == 1:
        return list(elements)
    half = len(elements) // 2
    return [*_needed(elements[:half], demand, program), *_needed(elements[half:], demand, program)]
