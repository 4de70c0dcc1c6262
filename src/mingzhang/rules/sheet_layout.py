"""A printed table as a sheet: its rows in their places, a figure in every cell of its columns, what its form has besides."""

from __future__ import annotations

from collections import OrderedDict
from itertools import chain, product, repeat
from typing import TYPE_CHECKING, Final

from mingzhang.forms.lexicon import lexicon
from mingzhang.forms.packs import usual_pack
from mingzhang.model.figure import Figure, blank
from mingzhang.rules.rows import sheet_rows
from mingzhang.sums.bands import Band
from mingzhang.sums.sheets import Sheet, banded

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mingzhang.forms.pack import Pack, PackTable
    from mingzhang.model.disclosure import Table

RATE: Final = "change_rate"
"""The column of rates, which never add up."""

STRANGE: Final = "strange"
"""Stands among a sheet's columns where amounts stand in one that nobody knows: sums across a row may lack them."""

_GROWING: Final = frozenset({"functions", "economics", "revenues", "projects", "members"})


def sheet_of(table: Table, pack: Pack | None) -> Sheet:
    """Lay a table out as a sheet, with a blank figure in every cell of its columns where nothing is printed.

    The tables laid out last are kept: one document is looked at many times, and its versions share tables.
    """
    key = (id(table), id(pack))
    known = _LAID.get(key)
    if known is not None and known[0] is table and known[1] is pack:
        return known[2]
    sheet = _laid_out(table, pack)
    _LAID[key] = (table, pack, sheet)
    if len(_LAID) > _KEPT:
        _LAID.popitem(last=False)
    return sheet


_KEPT: Final = 64
_LAID: Final[OrderedDict[tuple[int, int], tuple[Table, Pack | None, Sheet]]] = OrderedDict()


def _laid_out(table: Table, pack: Pack | None) -> Sheet:
    form = None if pack is None else pack.table(table.id)
    standards = (pack or usual_pack()).standards
    unit = table.unit or (form.unit if form is not None else "")
    bands, figures = _banded(table, blank(unit))
    columns = tuple(dict.fromkeys(chain.from_iterable(b.columns for b in bands)))
    columns = columns or tuple(c.key for c in table.columns if c.kind == "figure")
    keys = (*(k for k in columns if k != RATE), *((STRANGE,) if _has_strange(table, form) else ()))
    cells = dict(zip(chain.from_iterable(product(b.rows, b.columns) for b in bands), figures, strict=True))
    printed = {r.key for r in table.rows}
    sheet = Sheet(
        table.id,
        sheet_rows(table.id, table.rows, standards),
        cells,
        keys,
        unit,
        grows=_grows(form, table),
        known=frozenset(k for k in _fixed_keys(form) if k not in printed),
    )
    return banded(sheet, bands) if len(cells) == len(figures) else sheet


def _banded(table: Table, nothing: Figure) -> tuple[tuple[Band, ...], list[Figure]]:
    """Divide a table's rows into bands, and list the figures of all cells, a blank one where nothing is printed."""
    sides: dict[str, tuple[str, ...]] = {}
    alike: list[tuple[tuple[str, ...], list[str]]] = []
    figures: list[Figure] = []
    before: tuple[str, ...] = ()
    for row in table.rows:
        key, own = row.key, row.cells
        side = key.partition(":")[0] if ":" in key else ""
        columns = sides.get(side)
        if columns is None:
            wanted = (c.key for c in table.columns if c.kind == "figure" and c.side in {"", side})
            columns = sides[side] = tuple(dict.fromkeys(wanted))
        if columns == tuple(own):
            figures += own.values()
        else:
            columns = tuple(dict.fromkeys((*columns, *own)))
            figures += map(own.get, columns, repeat(nothing))
        if columns and columns != before:
            alike.append((columns, []))
            before = columns
        if columns:
            alike[-1][1].append(key)
    bands, place = [], 0
    for columns, rows in alike:
        bands.append(Band(columns, tuple(rows), place))
        place += len(columns) * len(rows)
    return tuple(bands), figures


def _has_strange(table: Table, form: PackTable | None) -> bool:
    """Tell whether amounts stand in a column that neither the contract nor the form knows."""
    known = lexicon().columns
    strange = {c.key for c in table.columns if c.kind == "figure" and c.key not in known}
    if form is not None:
        strange -= {c.key for c in form.columns}
    return bool(strange) and any(f.digits for row in table.rows for k, f in row.cells.items() if k in strange)


def _grows(form: PackTable | None, table: Table) -> bool:
    if form is not None:
        return any(r.source in _GROWING for r in form.rows)
    return any(r.code or r.key.startswith("project:") for r in table.rows)


def _fixed_keys(form: PackTable | None) -> Iterator[str]:
    for part in () if form is None else form.rows:
        yield from (r.key for r in part.fixed if not r.optional)
