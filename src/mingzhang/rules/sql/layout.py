"""Documents laid out as numbers: every figure printed is a cell of the batch's dictionary and an amount."""

from __future__ import annotations

from array import array
from itertools import compress
from typing import TYPE_CHECKING, Final, cast

import msgspec

from mingzhang.rules.sql.heads import Head, Kind, is_named

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mingzhang.rules.figures import Figures
    from mingzhang.sums.shapes import Shape
    from mingzhang.sums.sheets import Sheet

Key = tuple[int, int, int, int, int, int, int]
"""A cell: its kind, column, row, what the row stands under, its code and level, and whether rows stand under it."""

CELL: Final = ("kind", "col", "line", "parent", "code", "level", "is_over")
"""What the numbers of a key are."""

_KEPT: Final = 512
"""So many shapes are remembered with their cells, which documents of one form share; one that returns is numbered alike."""


class Laid(msgspec.Struct):
    """Documents laid out as numbers: for every figure printed that is not zero its document, cell and atoms.

    `kinds`, `words` and `cells` are the dictionary; `of_document` are each document's heads. Of documents in `withheld` a
    figure is, those in `strange` cannot be added up: a figure is too large for eight bytes, or too fine.
    """

    docs: array[int]
    places: array[int]
    amounts: array[int]
    kinds: dict[Kind, int]
    words: dict[str, int]
    cells: dict[Key, int]
    of_document: list[dict[str, Head]]
    withheld: set[int]
    strange: list[int]

    def word(self, text: str) -> int:
        """Number a text."""
        return self.words.setdefault(text, len(self.words))


def laid_out(documents: Iterable[Figures]) -> Laid:
    """Lay documents out, numbered from 0 in their order; none is held on to."""
    laid = Laid(array("i"), array("i"), array("q"), {}, {"": 0}, {}, [], set(), [])
    known: dict[tuple[Shape, str], tuple[Head, list[int]]] = {}
    alike: dict[Head, Head] = {}
    for doc, figures in enumerate(documents):
        tables = {t.id for t in figures.disclosure.tables}
        start = len(laid.docs)
        heads: dict[str, Head] = {}
        try:
            for sheet in figures.sheets.values():
                values, carry = sheet.values, figures.carry(sheet.id) if sheet.id in tables else ""
                key = sheet.shape, carry
                if key not in known:
                    if len(known) >= _KEPT:
                        known.clear()
                    head, cells = _cells_of(sheet, laid, carry)
                    known[key] = alike.setdefault(head, head), cells
                heads[sheet.id], cells = known[key]
                if None in values:
                    _must_be_withheld(sheet)
                    laid.withheld.add(doc)
                laid.places.extend(compress(cells, values))
                laid.amounts.extend(cast("Iterable[int]", compress(values, values)))
        except OverflowError:
            laid.strange.append(doc)
            del laid.places[start:], laid.amounts[start:]
        laid.of_document.append(heads)
        laid.docs.extend([doc] * (len(laid.amounts) - start))
    return laid


def _must_be_withheld(sheet: Sheet) -> None:
    """See that what has no amount in a sheet is withheld.

    Raises:
        OverflowError: a figure is finer than what amounts are counted in.
    """
    if any(v is None and not f.withheld for v, f in zip(sheet.values, sheet.figures, strict=True)):
        raise OverflowError


def _cells_of(sheet: Sheet, laid: Laid, carry: str) -> tuple[Head, list[int]]:
    """Number the cells of a sheet; `carry` is a table's basis of money carried over, "" where it is none."""
    shape, word = sheet.shape, laid.word
    closed = not shape.grows
    lines = frozenset(r for r in sheet.rows if closed or is_named(r)).union(sheet.shape.known if closed else ())
    own = set(sheet.columns)
    full = sum(c in own for _, c in shape.cells) == len(sheet.rows) * len(own)
    kind = Kind(sheet.id, bool(carry), sheet.columns, full)
    number = laid.kinds.setdefault(kind, len(laid.kinds))
    cells, over = laid.cells, {r.parent for r in sheet.rows.values()}
    rows = {
        key: (word(key), word(r.parent), word(r.code), word("" if r.level is None else str(r.level)), int(key in over))
        for key, r in sheet.rows.items()
    }
    columns = {c: word(c) for c in dict.fromkeys(c for _, c in shape.cells)}
    head = Head(kind, lines, closed, carry or "unstated")
    return head, [cells.setdefault((number, columns[c], *rows[r]), len(cells)) for r, c in shape.cells]
