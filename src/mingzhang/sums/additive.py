"""Additive rounding: every figure the floor or the ceiling of its true value, so that all that is printed adds up.

Half-up of each figure breaks sums; here the figures that sums tie together are chosen together. `ranking` says which of
all choices under which every sum holds is the one taken.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING

import msgspec

from mingzhang.sums.conflict import Conflict, conflict_of, contradiction
from mingzhang.sums.network import Choices, Knot, Part, Row, Sum, apart, parts_of
from mingzhang.sums.ranking import best_of
from mingzhang.sums.rounding import Variable, half_up_each

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

__all__ = ["Additive", "CannotHold", "Sum", "round_together"]


class CannotHold(Exception):  # noqa: N818 - told as a fault by those who know the figures' names
    """Figures that are held contradict each other or the sums; says which."""

    def __init__(self, conflict: Conflict) -> None:
        """Keep the conflict."""
        super().__init__(f"{len(conflict.held)} figures held and {len(conflict.sums)} sums contradict each other")
        self.conflict = conflict


class Additive(msgspec.Struct, frozen=True, dict=True):
    """The digits chosen for the variables of a document; a `Rounding`.

    `beyond` names the figures a full unit or more from their true value, where sums cannot hold otherwise, and `because`
    a smallest set of sums that no floors and ceilings satisfy; `unmet` the sums that no choice satisfies: then all
    digits are half-up. `kept` are the figures that print what they printed before.
    """

    digits: Mapping[Variable, int]
    beyond: tuple[Variable, ...] = ()
    because: tuple[Sum, ...] = ()
    unmet: tuple[Sum, ...] = ()
    kept: frozenset[Variable] = frozenset()

    def __call__(self, variables: Collection[Variable], /) -> Mapping[Variable, int]:
        """Give the digits chosen; what no sum was known of is rounded half-up."""
        return {v: v.half_up if (d := self.digits.get(v)) is None else d for v in variables}

    @cached_property
    def departures(self) -> tuple[Variable, ...]:
        """List the variables that are not half-up, in their order."""
        return tuple(v for v, d in self.digits.items() if d != v.half_up)


def round_together(
    variables: Iterable[Variable],
    sums: Iterable[Sum],
    anchors: Sequence[Variable] = (),
    *,
    kept: Mapping[Variable, int] | None = None,
    held: Mapping[Variable, int] | None = None,
    seed: int = 0,
) -> Additive:
    """Choose the digits of variables, given in the order of print, so that every sum holds.

    `anchors` stay half-up where that is possible, the first before the second. `kept` are digits printed before: as many
    of them stay as can. `held` are digits that must stay. `seed` is the solver's; no result depends on it.

    Raises:
        CannotHold: with the figures held no choice satisfies the sums.
        ValueError: a sum of figures whose last digits differ.
    """
    sums = tuple(dict.fromkeys(sums))
    order = tuple(dict.fromkeys((*variables, *(v for s in sums for _, v in s.terms), *(held or {}))))
    choices = Choices(order, kept, held)
    if any(not choices.may_be(choices.index[v], d) for v, d in choices.held.items()):
        raise CannotHold(conflict_of(choices, sums, seed=seed))
    ranked = [choices.index[a] for a in anchors if a in choices.index]
    chosen: dict[int, int] = {choices.index[v]: d for v, d in choices.held.items()}
    for part in parts_of(choices, sums):
        solved = _solved(part, choices, ranked, seed)
        if solved is None:
            return _further(choices, sums, ranked, seed)
        chosen |= solved
    return _made(choices, {v: chosen.get(i, choices.wanted[i]) for i, v in enumerate(order)})


def _solved(part: Part, choices: Choices, anchors: Sequence[int], seed: int) -> dict[int, int] | None:
    """Choose the digits of one part; None if its sums cannot hold, or not with the figures held."""
    at = {member: n for n, knot in enumerate(part.knots) for member in knot.members}
    held: dict[int, int] = {}
    for variable, digits in choices.held.items():
        n = at.get(choices.index[variable])
        if n is not None and held.setdefault(n, digits) != digits:
            return None
    wanted = [held.get(n, k.wanted) for n, k in enumerate(part.knots)]
    best = wanted if part.holds(wanted) else best_of(part, [at[a] for a in anchors if a in at], held, seed=seed)
    return None if best is None else {m: best[n] for n, knot in enumerate(part.knots) for m in knot.members}


def _further(choices: Choices, sums: tuple[Sum, ...], anchors: Sequence[int], seed: int) -> Additive:
    """Let figures move one further unit, as few as can be, and name them; or say what holds no choice.

    Raises:
        CannotHold: the figures held are what makes it impossible.
    """
    because = contradiction(choices, sums, seed=seed)
    if because is None:
        raise CannotHold(conflict_of(choices, sums, seed=seed))
    part = apart(choices, sums)
    count = len(part.knots)
    at = {k.members[0]: n for n, k in enumerate(part.knots)}
    steps = [Knot((), 0, 1, 0, 0, 0, 0, 2 if k.low == k.high else 3) for k in part.knots]  # the nearer ones first
    rows = [
        Row(tuple((n + by * count, -c if by == 2 else c) for by in range(3) for n, c in r.terms), r.relation, r.right)
        for r in part.rows
    ]
    for variable, digits in choices.held.items():
        n = at.get(choices.index[variable])
        if n is not None:
            rows.append(Row(((n, 1), (n + count, 1), (n + 2 * count, -1)), "=", digits))
    widened = Part((*part.knots, *steps, *steps), tuple(rows))
    best = best_of(widened, [at[a] for a in anchors if a in at], seed=seed)
    if best is None:
        if choices.held:
            raise CannotHold(conflict_of(choices, sums, seed=seed))
        half_up = half_up_each(choices.order)
        return Additive(half_up, because=because, unmet=tuple(s for s in sums if not s.holds(half_up)))
    found = {i: best[n] + best[count + n] - best[2 * count + n] for i, n in at.items()}
    found |= {choices.index[v]: d for v, d in choices.held.items()}
    made = _made(choices, {v: found.get(i, choices.wanted[i]) for i, v in enumerate(choices.order)})
    beyond = tuple(v for v, d in made.digits.items() if not v.is_near(d))
    return msgspec.structs.replace(made, beyond=beyond, because=because)


def _made(choices: Choices, digits: dict[Variable, int]) -> Additive:
    order = choices.order
    kept = frozenset(order[i] for i in choices.kept if digits[order[i]] == choices.wanted[i])
    return Additive(digits, kept=kept)
