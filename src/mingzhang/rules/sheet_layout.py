"""A printed table as a sheet: its rows in their places, a figure in every cell of its columns, what its form has besides."""

from __future__ import annotations

from collections import OrderedDict
from functools import partial
from itertools import chain, product, repeat
from typing import TYPE_CHECKING, Final
from weakref import ref

from mingzhang.forms.lexicon import lexicon
from mingzhang.forms.packs import usual_pack
from mingzhang.model.figure import Figure, blank
from mingzhang.rules.rows import sheet_rows
from mingzhang.sums.bands import Band, bands_of
from mingzhang.sums.sheets import Sheet

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from mingzhang.forms.pack import Pack, PackTable
    from mingzhang.model.disclosure import Table

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
    rows = sheet_rows(table.id, table.rows, (pack or usual_pack()).standards)
    bands, figures = _banded(table, blank(unit))
    own = [c.key for c in table.columns if c.kind == "figure"]
    columns = dict.fromkeys(chain.from_iterable([b.columns for b in bands]) if bands else own)
    columns.pop(RATE, None)
    keys = (*columns, STRANGE) if _has_strange(own, table, form) else tuple(columns)
    known = form.fixed_keys.difference(rows) if form is not None else frozenset()
    if len(rows) < len(table.rows):  # a row that is printed again replaces what it prints again
        cells = dict(zip(chain.from_iterable([product(b.rows, b.columns) for b in bands]), figures, strict=True))
        figures, bands = tuple(cells.values()), bands if len(cells) == len(figures) else bands_of(cells)
    return Sheet(table.id, rows, figures, bands, keys, unit, _grows(form, table), known)


def _banded(table: Table, nothing: Figure) -> tuple[tuple[Band, ...], Sequence[Figure]]:
    """Divide a table's rows into bands, and list the figures of all cells, a blank one where nothing is printed."""
    has_sides = {c.side for c in table.columns} != {""}
    side = ""
    before: tuple[str, tuple[str, ...]] | None = None
    columns: tuple[str, ...] = ()
    alike: list[tuple[tuple[str, ...], list[str]]] = [((), [])]
    figures: list[Figure] = []
    for row in table.rows:
        key, own = row.key, row.cells
        if has_sides:
            side = key.partition(":")[0] if ":" in key else ""
        if before != (side, printed := tuple(own)):
            before, columns = (side, printed), _columns(table, side, printed)
            if columns != alike[-1][0]:
                alike.append((columns, []))
        figures += own.values() if columns == printed else map(own.get, columns, repeat(nothing))
        alike[-1][1].append(key)
    bands, place = [], 0
    for columns, rows in alike:
        if columns and rows:
            bands.append(Band(columns, tuple(rows), place))
            place += len(columns) * len(rows)
    return tuple(bands), figures


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
