"""Columns that hold the parts of a code though their heads do not say so: three digits, then two and two."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from msgspec.structs import replace

from mingzhang.model.disclosure import Column
from mingzhang.readback.columns import Layout, Target

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mingzhang.model.page import Line

_FIRST: Final = re.compile(r"\d{3}")
_NEXT: Final = re.compile(r"\d{2}")


def with_codes(layout: Layout, body: Sequence[Line]) -> Layout:
    """Let neighbouring positions that print the parts of codes be one column of codes, where some are not known as such.

    Amounts are not mistaken for them: a code's parts have three and two digits in every row, and a name follows.
    """
    run = _run(layout, body)
    kinds = [layout.positions[p] for p in run]
    strange = [t for t in kinds if t >= 0 and not _is_code(layout, t)]
    if len(run) < 2 or not strange or any(layout.targets[t].known for t in strange):
        return layout
    known = next((t for t in kinds if t >= 0 and _is_code(layout, t)), None)
    kept = strange[0] if known is None else known
    targets = list(layout.targets)
    if known is None:
        targets[kept] = Target(Column("code", "code", targets[kept].column.side, targets[kept].column.header))
    gone = {t for t in strange if t != kept}
    index = {old: new for new, old in enumerate(t for t in range(len(targets)) if t not in gone)}
    positions = [index[kept] if p in run else index.get(t, -1) for p, t in enumerate(layout.positions)]
    sums = layout.sums
    if sums is not None:
        sums = tuple((index[w], tuple(index[i] for i in parts if i in index)) for w, parts in sums if w in index)
    own = tuple(t for i, t in enumerate(targets) if i in index)
    return replace(layout, targets=own, positions=tuple(positions), sums=sums)


def _run(layout: Layout, body: Sequence[Line]) -> tuple[int, ...]:
    """Find the first two or three neighbouring positions whose texts are the parts of codes."""
    rows = [x for x in body if len(x.cells) == len(layout.positions)]
    columns = [[x.cells[p].text for x in rows if x.cells[p].text] for p in range(len(layout.positions))]
    for p, texts in enumerate(columns):
        if not _all(_FIRST, texts):
            continue
        end = p + 1
        while end < len(columns) and end < p + 3 and _all(_NEXT, columns[end]):
            end += 1
        followed = end < len(columns) and any(re.search(r"[^\d.,\s-]", t) for t in columns[end])
        return tuple(range(p, end)) if end - p > 1 and followed else ()
    return ()


def _all(pattern: re.Pattern[str], texts: Sequence[str]) -> bool:
    """Tell whether all texts, a total's word left out, are of the pattern."""
    numbers = [t for t in texts if any(c.isdigit() for c in t)]
    return bool(numbers) and all(pattern.fullmatch(t) for t in numbers)


def _is_code(layout: Layout, target: int) -> bool:
    return layout.targets[target].column.kind == "code"
