"""What the body of a table says of its columns where the head does not: kinds by what stands in them, and its rows."""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING, Final

from msgspec.structs import replace

from mingzhang.forms.pack import PackColumn, PackRows, PackTable
from mingzhang.model.disclosure import Column, HeadCell
from mingzhang.model.figure import read_figure
from mingzhang.model.keys import folded, tidy
from mingzhang.readback.columns import Layout, Target
from mingzhang.readback.names import is_total
from mingzhang.readback.placing import CODE, CODE_AND_NAME

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mingzhang.model.disclosure import Side
    from mingzhang.model.page import Line
    from mingzhang.readback.drafts import Block

NO_TITLE: Final = "无表题"
_FEWEST: Final = 3
_LISTS: Final = frozenset({"functions", "economics", "revenues"})


def completed(layout: Layout, body: Sequence[Line]) -> Layout:
    """Make columns of positions without any word above, where something stands in them."""
    targets, positions = list(layout.targets), list(layout.positions)
    sums = layout.sums
    for p, target in enumerate(layout.positions):
        texts = _texts(body, layout, p)
        if target >= 0 or not texts:
            continue
        numbers = sum(read_figure(t, "元") is not None for t in texts)
        key = f"column{p + 1}"
        after = next((t for t in positions[p + 1 :] if t >= 0), len(targets))
        kind = "figure" if 2 * numbers > len(texts) and not _only_count(texts) else "text"
        before = positions[p - 1] if p else -1
        side = targets[before].column.side if before >= 0 else ""
        targets.insert(after, Target(Column(key, kind, side, header=""), known=False))  # type: ignore[arg-type]
        positions = [t + 1 if t >= after else t for t in positions]
        positions[p] = after
        if sums is not None:
            sums = tuple((w + (w >= after), tuple(i + (i >= after) for i in parts)) for w, parts in sums)
    return Layout(tuple(targets), tuple(positions), layout.score, sums)


def _only_count(texts: Sequence[str]) -> bool:
    """Tell whether numbers only count the lines: whole ones, each greater than that above it."""
    if len(texts) < _FEWEST or not all(re.fullmatch(r"\d{1,3}", folded(t)) for t in texts):
        return False
    return all(int(folded(a)) < int(folded(b)) for a, b in itertools.pairwise(texts))


def typed(layout: Layout, body: Sequence[Line]) -> Layout:
    """Take a column that the form does not know for one of texts, where texts stand in it and no figure does."""
    targets = list(layout.targets)
    for p, at in enumerate(layout.positions):
        if at < 0 or targets[at].known or targets[at].column.kind != "figure":
            continue
        texts = _texts(body, layout, p)
        if texts and all(read_figure(t.removesuffix("%"), "元") is None for t in texts):
            targets[at] = _of_kind(targets[at], "text")
    return replace(layout, targets=tuple(targets))


def labelled(layout: Layout, body: Sequence[Line]) -> Layout:
    """Give every side of a table that has no column of names one: that whose texts differ most."""
    targets = list(layout.targets)
    for side in dict.fromkeys(t.column.side for t in targets):
        mine = [i for i, t in enumerate(targets) if t.column.side == side]
        if any(targets[i].column.kind == "label" for i in mine):
            continue
        differing = {
            i: len(
                {t for p, at in enumerate(layout.positions) if at == i for t in _texts(body, layout, p) if _is_word(t)}
            )
            for i in mine
            if targets[i].column.kind == "text"
        }
        best = max(differing, key=lambda i: (differing[i], -i), default=None)
        if best is not None and differing[best]:
            targets[best] = replace(_of_kind(targets[best], "label"), column=_label_of(targets[best].column))
    return replace(layout, targets=tuple(targets))


def names_hold_codes(layout: Layout, body: Sequence[Line]) -> frozenset[Side]:
    """Find the sides on which codes stand before the names, in one cell: `2010301 行政运行`."""
    out: set[Side] = set()
    for at, target in enumerate(layout.targets):
        side = target.column.side
        coded = any(t.column.kind == "code" and t.column.side == side for t in layout.targets)
        if target.column.kind != "label" or coded:
            continue
        texts = [t for p, x in enumerate(layout.positions) if x == at for t in _texts(body, layout, p)]
        names = [t for t in texts if not is_total(t)]
        both = sum(CODE_AND_NAME.fullmatch(folded(t)) is not None for t in names)
        if both and 2 * both > len(names):
            out.add(side)
    return frozenset(out)


def table_by_words(block: Block, spec: PackTable | None, layout: Layout, coded: frozenset[Side]) -> PackTable:
    """Describe a table by what is printed: `spec` is what a table of the kind lists elsewhere, None for no known kind."""
    columns = [
        PackColumn(t.column.key, t.column.header, t.column.kind, t.column.side, t.filter) for t in layout.targets
    ]
    columns += [PackColumn("code", "", "code", side) for side in coded]
    sides = {c.side for c in columns if c.kind == "label"}
    has_codes = any(c.kind == "code" for c in columns)
    head: tuple[tuple[HeadCell, ...], ...] = ()
    if spec is None:
        source = "functions" if has_codes else "none"
        rows: tuple[PackRows, ...] = (PackRows(source=source),)  # type: ignore[arg-type]
        return PackTable(
            id=f"unknown:{tidy(block.title) or NO_TITLE}", title=block.title, head=head, columns=(), rows=rows
        )
    rows = spec.rows
    if spec.two_sided and len(sides) == 1:
        (side,) = sides
        rows = tuple(replace(r, side=side) for r in spec.rows if r.side == (side or "out"))
    if has_codes and any(r.source == "members" for r in rows):
        rows = (PackRows(source="economics"),)
    if any(r.source in _LISTS for r in rows) and not spec.two_sided:
        rows = tuple(replace(r, keyed_by="code" if has_codes else "name") for r in rows)
    return replace(spec, columns=tuple(columns), rows=rows)


def _texts(body: Sequence[Line], layout: Layout, p: int) -> list[str]:
    """Give what stands at a position in the rows that are as wide as the head, or in all where none is so wide."""
    whole = [x for x in body if len(x.cells) == len(layout.positions)]
    return [x.cells[p].text for x in whole or body if p < len(x.cells) and x.cells[p].text]


def _is_word(text: str) -> bool:
    return not CODE.fullmatch(folded(text)) and read_figure(text, "元") is None and not is_total(text)


def _of_kind(target: Target, kind: str) -> Target:
    return replace(target, column=replace(target.column, kind=kind))


def _label_of(column: Column) -> Column:
    return replace(column, kind="label", key="label")
