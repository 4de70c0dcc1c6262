"""What a blank form prints: titles, heads with their spans, the labels of its rows."""

from __future__ import annotations

import msgspec

from mingzhang.model.disclosure import HeadCell
from mingzhang.model.page import Line
from mingzhang.model.place import Place


class Sheet(msgspec.Struct, frozen=True):
    """One sheet of a workbook, or a whole Word file (`name` is then ""): one cell for each position of the grid.

    A cell that spans others carries its spans; the positions it covers are blank.
    """

    name: str
    lines: tuple[Line, ...]


class BlankRow(msgspec.Struct, frozen=True):
    """One line below a head: its texts by printed column, and where it stands."""

    texts: tuple[str, ...]
    place: Place


class BlankTable(msgspec.Struct, frozen=True):
    """One table of a blank form.

    `ids` are the table keys that the title means, the likeliest first; () for a title that nobody knows.
    `guessed` says that the file merges no cells in the head, so that spans were guessed from the blanks.
    """

    title: str
    place: Place
    ids: tuple[str, ...] = ()
    number: str = ""
    unit: str = ""
    head: tuple[tuple[HeadCell, ...], ...] = ()
    rows: tuple[BlankRow, ...] = ()
    notes: tuple[str, ...] = ()
    guessed: bool = False


class BlankForm(msgspec.Struct, frozen=True):
    """A blank form: its tables in order of print, the year it is for, and the sheets without a table."""

    name: str
    tables: tuple[BlankTable, ...]
    year: int | None = None
    passed_over: tuple[str, ...] = ()
