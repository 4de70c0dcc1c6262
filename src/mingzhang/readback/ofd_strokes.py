"""The two small notations inside an OFD page: steps between characters, and the strokes of a path."""

from __future__ import annotations

import math
from typing import Final

from mingzhang.readback.limits import MAX_PAGE_OBJECTS

Point = tuple[float, float]

_POINTS: Final = {"S": 1, "M": 1, "L": 1, "Q": 2, "B": 3}
"""How many points follow each stroke: begin, begin, straight line, curves of two kinds."""


def number(text: str | None, default: float) -> float:
    """Give the number that a text spells, `default` where it spells none."""
    try:
        found = float(text or "")
    except ValueError:
        return default
    return found if math.isfinite(found) else default


def numbers(text: str | None) -> list[float]:
    """Give the numbers of a text divided by blanks; none at all where one of them is no number."""
    found = [number(word, math.nan) for word in (text or "").split()]
    return [] if any(math.isnan(n) for n in found) else found


def steps(text: str, most: int) -> list[float]:
    """Give the steps from one character to the next, at most so many; `g 3 4.5` stands for 4.5 three times."""
    out: list[float] = []
    words = iter(text.replace(",", " ").split())
    for word in words:
        if word in {"g", "G"}:
            times = number(next(words, None), 0)
            out += [number(next(words, None), 0)] * max(0, min(int(times), most - len(out)))
        else:
            out.append(number(word, 0))
        if len(out) >= most:
            break
    return out[:most]


def outlines(text: str) -> list[tuple[list[Point], bool]]:
    """Give the outlines of a path, and whether each has straight sides only.

    Of a curve its end and the points that bend it are kept, of an arc its end.
    """
    out: list[tuple[list[Point], bool]] = []
    words = iter(text.split())
    count = 0
    for word in words:
        count += 1
        if count > MAX_PAGE_OBJECTS:
            break
        if word == "C":
            if out:
                out[-1][0].append(out[-1][0][0])
            continue
        if word == "A":
            found = [number(next(words, None), 0) for _ in range(7)]
            points = [(found[5], found[6])]
        elif word in _POINTS:
            points = [(number(next(words, None), 0), number(next(words, None), 0)) for _ in range(_POINTS[word])]
        else:
            continue
        if word in {"S", "M"} or not out:
            out.append((points, True))
        else:
            known, straight = out[-1]
            known += points
            out[-1] = known, straight and word == "L"
    return [o for o in out if len(o[0]) > 1]
