"""Names that should be one: which project's form is which row, though a character differs."""

from __future__ import annotations

from collections import Counter
from operator import ne
from typing import TYPE_CHECKING

from mingzhang.forms.classification import spelling
from mingzhang.rules.words import words

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


def matched(
    left: Sequence[str], right: Sequence[str], *, agree: Callable[[int, int], bool] = lambda _a, _b: False
) -> dict[int, int]:
    """Match names one to one: those spelled alike first, then those that differ least.

    Names are close where at most one character in five differs, or one in three where `agree` tells that something
    else about the two (their money) is the same. A name with two equally close partners stays unmatched; of names
    spelled alike those that agree go together.
    """
    a, b = [spelling(x) for x in left], [spelling(x) for x in right]
    places: dict[str, list[int]] = {}
    for j, name in enumerate(b):
        places.setdefault(name, []).append(j)
    often = Counter(a)
    found = {i: places[name][0] for i, name in enumerate(a) if often[name] == 1 == len(places.get(name, ()))}
    free = sorted(set(range(len(b))).difference(found.values()))
    for agreed in (True, False):
        for i, name in enumerate(a):
            alike = (j for j in places.get(name, ()) if j in free and (agree(i, j) or not agreed))
            same = None if i in found else next(alike, None)
            if same is not None:
                found[i] = same
                free.remove(same)
    near = [
        (steps, i, j)
        for i in range(len(a))
        if i not in found
        for j in free
        if (steps := distance(a[i], b[j])) <= max(len(a[i]), len(b[j])) // (3 if agree(i, j) else 5)
    ]
    for steps, i, j in sorted(near):
        rivals = [n for n in near if n[0] <= steps and (n[1] == i) != (n[2] == j) and n[1] not in found]
        if i not in found and j not in found.values() and not any(n[2] not in found.values() for n in rivals):
            found[i] = j
    return found


def distance(a: str, b: str) -> int:
    """Count the characters to be put in, taken out or changed to make one text of the other."""
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        before, row[0] = row[0], i
        for j, y in enumerate(b, 1):
            before, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, before + (x != y))
    return row[-1]


def is_one_slip(one: str, other: str) -> bool:
    """Tell whether two texts differ by one character: added, left out or another."""
    if abs(len(one) - len(other)) > 1 or one == other:
        return False
    if len(one) == len(other):
        return [*map(ne, one, other)].count(True) == 1
    short, long = sorted((one, other), key=len)
    return any(long[:i] + long[i + 1 :] == short for i in range(len(long)))


def is_slip(name: str, right: str) -> bool:
    """Tell whether a name is another with one character wrong, and neither its short form nor that of something else.

    Of something else: the second of two, that of the city, that of the office beside.
    """
    if not is_one_slip(name, right):
        return False
    if len(name) != len(right):
        return name not in right and right not in name
    one, other = next((a, b) for a, b in zip(name, right, strict=True) if a != b)
    apart: list[str] = words("names")["apart"]
    return not any(one in group and other in group for group in apart)
