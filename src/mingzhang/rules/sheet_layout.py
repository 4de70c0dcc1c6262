"""A printed table as a sheet: its rows in their places, a figure in every cell of its columns, what its form has besides."""

from __future__ import annotations

from collections import OrderedDict
from functools import partial
from itertools import chain, groupby, product, repeat
from typing import TYPE_CHECKING, Final
from weakref import ref

from mingzhang.forms.lexicon import lexicon
from mingzhang.forms.packs import usual_pack
from mingzhang.model.figure import blank
from mingzhang.rules.rows import placing_of
from mingzhang.sums.bands import Band, banded, bands_of
from mingzhang.sums.shapes import Layout
from mingzhang.sums.sheets import Sheet, shape_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mingzhang.forms.pack import Pack, PackTable
    from mingzhang.model.disclosure import Table
    from mingzhang.model.figure import Figure
    from mingzhang.sums.bands import Piece

RATE: Final = "change_rate"
"""The column of rates, which never add up."""

STRANGE: Final = "strange"
"""Stands among a sheet's columns where amounts stand in one that nobody knows: sums across a row may lack them."""


def sheet_of(table: Table, pack: Pack | None) -> Sheet:
    """Lay a table out as a sheet, with a blank figure in every cell of its columns where nothing is printed.

    Of the tables that somebody holds those laid out last are kept: one document is looked at many times, and its versions
    share tables.
    """
    key = id(table)
    known = _LAID.get(key)
    if known is not None and known[1] is pack and known[0]() is table:
        return known[2]
    sheet = _laid_out(table, pack)
    _LAID[key] = (ref(table, partial(_LAID.pop, key)), pack, sheet)
    if len(_LAID) > _KEPT:
        _LAID.popitem(last=False)
    return sheet


_KEPT: Final = 32
_LAID: Final[OrderedDict[int, tuple[ref[Table], Pack | None, Sheet]]] = OrderedDict()
"""By the identity of a table as long as it lives: what held on to it would keep whole documents in memory."""


def _laid_out(table: Table, pack: Pack | None) -> Sheet:
    form = None if pack is None else pack.table(table.id)
    unit = table.unit or (form.unit if form is not None else "")
    keys = tuple([r.key for r in table.rows])
    bands, figures = _banded(table, keys, blank(unit))
    placing = placing_of(table, (pack or usual_pack()).standards)
    if len(set(keys)) < len(keys):  # a row that is printed again replaces what it prints again
        cells = dict(zip(chain.from_iterable([product(b.rows, b.columns) for b in bands]), figures, strict=True))
        figures, bands = list(cells.values()), bands if len(cells) == len(figures) else bands_of(cells)
        rows = placing if isinstance(placing, tuple) else placing(table.id, keys)
        placing = tuple(dict(zip(keys, rows, strict=True)).values())
        keys = tuple(dict.fromkeys(keys))
    own = [c.key for c in table.columns if c.kind == "figure"]
    printed = dict.fromkeys(chain.from_iterable([b.columns for b in bands]) if bands else own)
    columns = tuple([c for c in printed if c != RATE])
    if _has_strange(own, table, form):
        columns = (*columns, STRANGE)
    known = form.fixed_keys.difference(keys) if form is not None else frozenset()
    return Sheet(shape_of(Layout(table.id, keys, bands, columns, placing, known, _grows(form, table))), figures, unit)


def _banded(table: Table, keys: tuple[str, ...], nothing: Figure) -> tuple[tuple[Band, ...], list[Figure]]:
    """Divide a table's rows into bands, and list the figures of all cells, a blank one where nothing is printed."""
    cells = [r.cells for r in table.rows]
    has_sides = {c.side for c in table.columns} - {""}
    sides = [k.partition(":")[0] if ":" in k else "" for k in keys] if has_sides else repeat("")
    pieces: list[Piece] = []
    figures: list[Figure] = []
    first = 0
    for (side, printed), alike in groupby(zip(sides, map(tuple, cells), strict=False)):
        last = first + len(list(alike))
        columns, own = _columns(table, side, printed), cells[first:last]
        pieces.append((keys[first:last], columns))
        if columns == printed:
            figures += chain.from_iterable(map(dict.values, own))
        else:
            figures += [c.get(column, nothing) for c in own for column in columns]
        first = last
    return banded(pieces), figures


def _columns(table: Table, side: str, printed: tuple[str, ...]) -> tuple[str, ...]:
    """Give the columns of a row on one side: those of the table, then what it prints besides."""
    wanted = [c.key for c in table.columns if c.kind == "figure" and c.side in {"", side}]
    return tuple(dict.fromkeys((*wanted, *printed)))


def _has_strange(columns: Iterable[str], table: Table, form: PackTable | None) -> bool:
    """Tell whether amounts stand in a column that neither the contract nor the form knows."""
    strange = set(columns).difference(lexicon().columns)
    if strange and form is not None:
        strange -= {c.key for c in form.columns}
    return bool(strange) and any(f.digits for row in table.rows for k, f in row.cells.items() if k in strange)


def _grows(form: PackTable | None, table: Table) -> bool:
    if form is not None:
        return form.lists_what_occurs
    return any(r.code or r.key.startswith("project:") for r in table.rows)
