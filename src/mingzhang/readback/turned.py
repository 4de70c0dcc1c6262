"""A table printed on its side: what the form prints as rows stands in the head, its amounts on one line below.

Many places print the three public expenses so, some with last year's beside them or with operating costs behind.
"""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING, Final

import msgspec

from mingzhang.forms.lexicon import lexicon
from mingzhang.model.disclosure import Column, Row, Table
from mingzhang.model.figure import Figure, blank, read_figure
from mingzhang.model.keys import tidy
from mingzhang.model.language import gettext as _
from mingzhang.model.language import later
from mingzhang.readback.heads import has_numbers, head_of, is_counting
from mingzhang.readback.likeness import bare, likeness, shortened, unnumbered
from mingzhang.readback.names import is_total, known_rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from mingzhang.forms.pack import PackTable
    from mingzhang.model.page import Cell, Line
    from mingzhang.readback.drafts import Block
    from mingzhang.readback.heads import Stack
    from mingzhang.readback.tables import Context

_YEAR: Final = re.compile(r"20\d\d年")
_ENOUGH: Final = 3
_ALIKE: Final = 0.85
_PERIODS: Final = ("last_budget", "last_adjusted", "last_executed", "change", "change_rate")
_OWN_TOTAL: Final = "三公"
_BESIDE: Final = "beside"
_UNSURE: Final = later("不能确定在哪一栏")
_NOT_A_NUMBER: Final = later("不是数字")


class _Spot(msgspec.Struct, frozen=True):
    """What a printed column means: the table, row and column of the contract, and the words above it."""

    table: str
    row: str
    column: str
    label: str
    header: str


def read_turned(block: Block, spec: PackTable | None, context: Context) -> tuple[Table, ...]:
    """Read a table whose rows stand in its head, and what stands beside them; () where it is not printed so."""
    if spec is None or any(r.source != "fixed" or r.side for r in spec.rows):
        return ()
    head_lines = _before_numbers(block.lines)
    names = _names(spec)
    stacks = head_of(head_lines).stacks
    spots = [_spot(s, spec.id, names, context.year) for s in stacks]
    spots = _with_a_total(_with_totals_apart(spots, stacks, spec.id), stacks, spec.id)
    if len({s.row for s in spots if s is not None and s.table == spec.id}) < _ENOUGH:
        return ()
    body = [x for x in block.lines[len(head_lines) :] if not is_counting([c.text for c in x.cells])]
    line, doubts = _amounts(body, context.year)
    cells, sure = _placed(line, spots)
    found = []
    for table in dict.fromkeys(s.table for s in spots if s is not None):
        mine = [(s, c) for s, c in zip(spots, cells, strict=True) if s is not None and s.table == table]
        unit = block.unit or context.unit
        rows = tuple(_rows(mine, unit, line, sure=sure))
        headers = {s.column: s.header for s, _head in mine}
        columns = (Column("label", "label"), *(Column(k, header=h) for k, h in headers.items()))
        found.append(
            Table(
                id=table, title=block.title, number=block.number, unit=unit, unit_name=block.unit_name,
                head=head_of(head_lines).cells if table == spec.id else (), columns=columns, rows=rows,
                notes=block.notes if table == spec.id else (), turned=table == spec.id,
                beside="" if table == spec.id else spec.id,
                place=block.places.get("title") or next(iter(block.places.values()), None),
                places=block.places, doubts=(*block.doubts, *doubts),
            )
        )  # fmt: skip
    return tuple(found)


def _before_numbers(lines: Sequence[Line]) -> tuple[Line, ...]:
    end = next((i for i, x in enumerate(lines) if has_numbers(x) and not is_counting([c.text for c in x.cells])), None)
    return tuple(lines[:end] if end is not None else lines)


def _names(spec: PackTable) -> dict[str, str]:
    """Give every name of a row with its key: the form's own and the lexicon's."""
    own = {n: r.key for r in known_rows(spec, "") for n in r.names}
    return own | {unnumbered(w): k for k, words in lexicon().rows.get(spec.id, {}).items() for w in words}


def _spot(stack: Stack, table: str, names: Mapping[str, str], year: int | None) -> _Spot | None:
    """Tell what a column means: by its own word, that of a sum by the group it stands in."""
    own, above = stack.own, [a for a in stack.above if a]
    group = next((a for a in reversed(above) if _named(a, names, year) not in {"", "total"}), "")
    row, label = _named(own, names, year), own
    totals = {bare(w) for w in lexicon().columns["total"]}
    if is_total(own) or (not row and not totals.isdisjoint((bare(own, year), *shortened(bare(own, year))))):
        row, label = _named(group, names, year) or "total", group or own
    header = above[0] if above and not _named(above[0], names, year) else ""
    column = next((k for a in above if (k := _period(a, year))), "total")
    if row:
        return _Spot(table, row, column, tidy(label), tidy(header))
    for other, words in lexicon().rows.get(_BESIDE, {}).items():
        if any(bare(t, year) in {bare(w) for w in words} for t in (own, *above)):
            return _Spot(other, "total", column, tidy(own), "")
    return None


def _with_totals_apart(spots: Sequence[_Spot | None], stacks: Sequence[Stack], table: str) -> list[_Spot | None]:
    """Keep a sum of more than the table's own items (with meetings and training) apart from the items' own total."""
    out = list(spots)
    own = [any(_OWN_TOTAL in bare(a) for a in s.above) for s in stacks]
    for i, spot in enumerate(spots):
        if spot is None or (spot.table, spot.row) != (table, "total") or own[i]:
            continue
        here = (table, "total", spot.column)
        twins = (n for n, s in enumerate(spots) if s is not None and (s.table, s.row, s.column) == here)
        if any(own[n] for n in twins):
            out[i] = msgspec.structs.replace(spot, row=spot.label)
    return out


def _with_a_total(spots: Sequence[_Spot | None], stacks: Sequence[Stack], table: str) -> list[_Spot | None]:
    """Let the first of two sums of one group be that of all, where none is: the group's name has slipped over it."""
    out = list(spots)
    own = [(i, s) for i, s in enumerate(spots) if s is not None and s.table == table]
    for (i, spot), (_n, other) in itertools.combinations(own, 2):
        same = (spot.row, spot.column) == (other.row, other.column)
        if same and not any((s.row, s.column) == ("total", spot.column) for _n, s in own):
            out[i] = msgspec.structs.replace(spot, row="total", label=tidy(stacks[i].own))
            break
    return out


def _named(text: str, names: Mapping[str, str], year: int | None) -> str:
    plain = bare(unnumbered(text), year)
    if plain in names or not plain:
        return names.get(plain, "")
    best = max(names, key=lambda n: likeness(plain, n))
    return names[best] if len(plain) > _ENOUGH and likeness(plain, best) >= _ALIKE else ""


def _period(text: str, year: int | None) -> str:
    words = lexicon().columns
    return next((k for k in _PERIODS if bare(text, year) in {bare(w) for w in words[k]}), "")


def _amounts(body: Sequence[Line], year: int | None) -> tuple[Line | None, tuple[str, ...]]:
    """Find the line of amounts: the only one, that of the document's year where lines name years, or that of the total."""
    lines = [x for x in body if has_numbers(x)]
    total = next((x for x in lines if any(is_total(c.text) for c in x.cells)), None)
    own = next(
        (
            x
            for x in lines
            if len(lines) > 1 and _YEAR.match(x.cells[0].text.strip()) and f"{year}年" in x.cells[0].text
        ),
        None,
    )
    line = own or total or (lines[0] if lines else None)
    rest = [x for x in lines if x is not line]
    return line, tuple(_("{place}：另有一行数字未读").format(place=x.place) for x in rest)


def _placed(line: Line | None, spots: Sequence[_Spot | None]) -> tuple[list[Cell | None], bool]:
    """Put the cells of the line under the columns; by their order alone where as many are filled as there are columns."""
    if line is None:
        return [None] * len(spots), True
    if len(line.cells) == len(spots):
        return [c if c.text else None for c in line.cells], True
    if len(line.cells) < len(spots) and line.cells[-1].text and any(not c.text for c in line.cells[1:]):
        # Blanks inside are there, so only those at the end are gone.
        kept = [c if c.text else None for c in line.cells]
        return [*kept, *[None] * (len(spots) - len(kept))], _begins_alike(line, spots)
    filled = [c for c in line.cells if c.text and read_figure(c.text, "元") is not None]
    meant = [i for i, s in enumerate(spots) if s is not None]
    out: list[Cell | None] = [None] * len(spots)
    for i, cell in zip(meant, filled, strict=False):
        out[i] = cell
    return out, len(filled) == len(meant)


def _begins_alike(line: Line, spots: Sequence[_Spot | None]) -> bool:
    """Tell whether names stand where no item does, and the figures where items do."""
    pairs = zip(line.cells, spots, strict=False)
    return all((read_figure(c.text, "元") is not None) == (s is not None) for c, s in pairs if c.text)


def _rows(mine: Iterable[tuple[_Spot, Cell | None]], unit: str, line: Line | None, *, sure: bool) -> Iterable[Row]:
    """Make one row of each key, in order of print."""
    labels: dict[str, str] = {}
    cells: dict[str, dict[str, Figure]] = {}
    for spot, cell in mine:
        labels.setdefault(spot.row, spot.label)
        cells.setdefault(spot.row, {}).setdefault(spot.column, _figure(cell, unit, sure=sure))
    for n, (key, label) in enumerate(labels.items(), start=1):
        place = next(
            (f.place for f in cells[key].values() if f.place is not None), None if line is None else line.place
        )
        yield Row(key, label, level=0 if key == "total" else None, line=n, cells=cells[key], place=place)


def _figure(cell: Cell | None, unit: str, *, sure: bool) -> Figure:
    if cell is None:
        return blank(unit)
    figure = read_figure(cell.text, unit, cell.place)
    if figure is None:
        return Figure(None, unit, printed=cell.text, place=cell.place, doubt=_(_NOT_A_NUMBER))
    return figure if sure else msgspec.structs.replace(figure, doubt=_(_UNSURE))
