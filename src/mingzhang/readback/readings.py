"""How the rows of one table are read: as the head has them, or, where cells were lost or slipped, as they fit best."""

from __future__ import annotations

from itertools import combinations
from math import comb
from typing import TYPE_CHECKING, Final

import msgspec

from mingzhang.model.page import Line
from mingzhang.readback.placing import Placing

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from mingzhang.readback.placing import Placer

_MOST_PROFILES: Final = 500
_INSIDE: Final = 0.5
_AT_THE_END: Final = 0.1
_NEAR: Final = 2.5
_SURE: Final = 0.5
_MANY: Final = 3
_FOR_PRINT: Final = 2.0
"""How much must speak for moving the cells of a row that is as wide as the head."""


class Reading(msgspec.Struct, frozen=True):
    """One body line with the ways to read it, the likeliest first; those after it speak as well for themselves.

    `printed` says that the row is as wide as the head, `whole` that it lost no more than blank cells at its end.
    """

    line: Line
    ways: tuple[Placing, ...]
    printed: bool
    whole: bool = False

    @property
    def texts(self) -> tuple[str, ...]:
        """Give the texts of the line's cells."""
        return tuple(c.text for c in self.line.cells)


def readings_of(lines: Sequence[Line], placer: Placer, *, trimmed: bool) -> list[Reading]:
    """Read each line of a body; lines of one width that is not the head's are read alike if that fits."""
    out: dict[int, Reading] = {}
    widths: dict[int, list[int]] = {}
    for i, line in enumerate(lines):
        texts = [c.text for c in line.cells]
        printed = placer.as_printed(texts)
        home = _cut_at_its_end(texts, placer) if trimmed and printed is None else None
        if printed is not None and printed.misfit < _SURE:
            out[i] = Reading(line, (printed,), printed=True)
        elif home is not None and home.misfit < _SURE:
            out[i] = Reading(line, (home,), printed=True, whole=True)
        else:
            widths.setdefault(len(texts), []).append(i)
    for width, members in widths.items():
        rows = [[c.text for c in lines[i].cells] for i in members]
        against, profiles = _best_profiles(rows, width, placer)
        alike = against < _SURE and len(rows) >= _MANY
        for i, texts in zip(members, rows, strict=True):
            ways = _ways(texts, profiles, placer, alike=alike, trimmed=trimmed)
            whole = trimmed and width < placer.width and _only_trimmed(ways[0], placer)
            out[i] = Reading(lines[i], ways, printed=False, whole=whole)
    return [out[i] for i in range(len(lines))]


def _cut_at_its_end(texts: Sequence[str], placer: Placer) -> Placing | None:
    """Read a row as if nothing but blanks at its end were gone; None if its sums then do not hold."""
    home = placer.layout.positions
    if len(texts) >= placer.width or len(home) < len(texts):
        return None
    way = placer.weighed(texts, tuple(home[i] if t else -1 for i, t in enumerate(texts)), 0.0)
    return None if way.broken else way


def is_trimmed(lines: Iterable[Line]) -> bool:
    """Tell whether rows came without the blank cells at their ends, but with those between."""
    rows = [[bool(c.text) for c in x.cells] for x in lines if len(x.cells) > 1]
    return len({len(r) for r in rows}) > 1 and all(r[-1] for r in rows) and any(not all(r) for r in rows)


def _only_trimmed(way: Placing, placer: Placer) -> bool:
    home = placer.layout.positions
    return way.misfit < _SURE and all(x in {-1, home[i]} for i, x in enumerate(way.at))


def _ways(
    texts: Sequence[str],
    profiles: Sequence[tuple[float, tuple[int, ...]]],
    placer: Placer,
    *,
    alike: bool,
    trimmed: bool,
) -> tuple[Placing, ...]:
    """Order the ways to read a row: as its fellows are read, and unless that suits many `alike`, any way that fits."""
    found: dict[tuple[int, ...], Placing] = {}
    # A row as wide as the head has lost nothing: to read it otherwise takes more.
    whole = 1.0 if len(texts) == placer.width else 0.0
    for prior, profile in profiles:
        at = tuple(x if t else -1 for t, x in zip(texts, profile, strict=True))
        if at not in found:
            found[at] = placer.weighed(texts, at, prior + whole)
    if not alike or all(p.misfit >= _SURE or p.broken for p in found.values()):
        for way in placer.ways(texts):
            found.setdefault(way.at, way)
    if not found:
        # More texts than columns: they are taken as they stand, and those left over are named in a doubt.
        head = placer.layout.positions
        at = tuple(head[i] if t and i < len(head) else -1 for i, t in enumerate(texts))
        found[at] = placer.weighed(texts, at, 0.0)
    ranked = sorted(found.values(), key=lambda p: (p.cost, p.shift, p.at))
    best = ranked[0]
    printed = placer.as_printed(texts) or (_cut_at_its_end(texts, placer) if trimmed else None)
    if printed is not None and printed.cost <= best.cost + _FOR_PRINT:
        return (printed,)
    return (
        best,
        *(
            p
            for p in ranked[1:]
            if p.misfit <= best.misfit + _SURE / 2 and p.broken <= best.broken and p.cost <= best.cost + _NEAR
        ),
    )


def _best_profiles(
    rows: Sequence[Sequence[str]], width: int, placer: Placer
) -> tuple[float, list[tuple[float, tuple[int, ...]]]]:
    """Find how rows of one width map on the columns: what speaks against the best maps, and those maps."""
    weighed: list[tuple[float, float, tuple[int, ...]]] = []
    for prior, profile in _profiles(width, placer):
        against = 0.0
        for texts in rows:
            way = placer.weighed(texts, tuple(x if t else -1 for t, x in zip(texts, profile, strict=True)), 0.0)
            against += way.misfit + 2 * way.broken
        weighed.append((against, prior, profile))
    least = min((w[0] for w in weighed), default=0.0)
    return least, sorted((prior, profile) for against, prior, profile in weighed if against <= least)


def _profiles(width: int, placer: Placer) -> Iterator[tuple[float, tuple[int, ...]]]:
    """Go through the maps from cells to columns: positions of the head left out, or cells that stand in none."""
    head = placer.layout.positions
    whole = tuple(range(len(placer.layout.targets)))
    for base in dict.fromkeys((head, whole, *_with_code_cells(head, placer))):
        n = len(base)
        if width == n:
            if base != head:
                yield 0.0, base
        elif width < n and comb(n, width) <= _MOST_PROFILES:
            for kept in combinations(range(n), width):
                inside = sum(i not in kept for i in range(kept[-1] if kept else 0))
                yield _INSIDE * inside + _AT_THE_END * (n - width - inside), tuple(base[i] for i in kept)
        elif width > n and comb(width, n) <= _MOST_PROFILES:
            for kept in combinations(range(width), n):
                inside = sum(i not in kept for i in range(kept[-1] if kept else 0))
                columns = dict(zip(kept, base, strict=True))
                yield (
                    _INSIDE * inside + _AT_THE_END * (width - n - inside),
                    tuple(columns.get(i, -1) for i in range(width)),
                )


def _with_code_cells(head: tuple[int, ...], placer: Placer) -> Iterator[tuple[int, ...]]:
    """Give the head's positions with the code in two or three cells, where the head has one for it."""
    codes = [i for i, t in enumerate(placer.layout.targets) if t.column.kind == "code" and head.count(i) == 1]
    for cells in (2, 3):
        if codes:
            yield tuple(x for t in head for x in [t] * (cells if t in codes else 1))
