"""Which of the old labels is which of the new: kept, called otherwise, added, gone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import msgspec

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

ALIKE: Final = 0.6
"""From which likeness on two labels may be one, called otherwise."""
SAME: Final = 1.0
NEVER: Final = -1.0
"""The likeness of what cannot be one, even at the same place."""


class Pair(msgspec.Struct, frozen=True):
    """What became of one label: `old` and `new` are positions, None where there is none.

    `sure` is False where only the place speaks for it.
    """

    old: int | None
    new: int | None
    sure: bool = True


def paired(count_old: int, count_new: int, likeness: Callable[[int, int], float]) -> tuple[Pair, ...]:
    """Pair labels in order for the greatest likeness, then what only moved, then what stands alone between two pairs.

    The pairs come in the order of the new labels, those that are gone where they stood.
    """
    like = [[likeness(i, j) for j in range(count_new)] for i in range(count_old)]
    chosen = _in_order(like, count_old, count_new)
    free_new = [j for j in range(count_new) if j not in chosen.values()]
    for i in range(count_old):
        moved = next((j for j in free_new if i not in chosen and like[i][j] >= SAME), None)
        if moved is not None:
            chosen[i] = moved
            free_new.remove(moved)
    renamed = dict(_alone(chosen, like, count_old, count_new))
    olds = {j: Pair(i, j) for i, j in chosen.items()} | {j: Pair(i, j, sure=False) for i, j in renamed.items()}
    out = [olds.get(j, Pair(None, j)) for j in range(count_new)]
    for i in range(count_old):
        if i not in chosen and i not in renamed:
            after = next((n for n, p in enumerate(out) if p.old is not None and p.old > i), len(out))
            out.insert(after, Pair(i, None))
    return tuple(out)


def _in_order(like: Sequence[Sequence[float]], n: int, m: int) -> dict[int, int]:
    best = [[0.0] * (m + 1) for _ in range(n + 1)]
    for i in range(n - 1, -1, -1):
        for j in range(m - 1, -1, -1):
            both = best[i + 1][j + 1] + like[i][j] if like[i][j] >= ALIKE else NEVER
            best[i][j] = max(best[i + 1][j], best[i][j + 1], both)
    chosen: dict[int, int] = {}
    i = j = 0
    while i < n and j < m:
        if like[i][j] >= ALIKE and best[i][j] == best[i + 1][j + 1] + like[i][j]:
            chosen[i] = j
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1
    return chosen


def _alone(chosen: dict[int, int], like: Sequence[Sequence[float]], n: int, m: int) -> list[tuple[int, int]]:
    """Find the gaps between pairs in which exactly one old and one new label stand."""
    taken = set(chosen.values())
    out = []
    for i in range(n):
        if i in chosen or (i and i - 1 not in chosen) or (i + 1 < n and i + 1 not in chosen):
            continue
        low = chosen[i - 1] if i else -1
        high = chosen[i + 1] if i + 1 < n else m
        between = [j for j in range(low + 1, high) if j not in taken]
        if high - low == 2 and len(between) == 1 and like[i][between[0]] > NEVER:
            out.append((i, between[0]))
    return out
