"""What every reader sees before anything is understood: pages, blocks of text, grids of cells."""

from __future__ import annotations

import msgspec

from mingzhang.model.place import Place


class Cell(msgspec.Struct, frozen=True, gc=False, omit_defaults=True):
    """One cell of a grid; `columns` and `rows` are its spans."""

    text: str = ""
    place: Place = Place()
    columns: int = 1
    rows: int = 1


class Line(msgspec.Struct, frozen=True, gc=False, omit_defaults=True):
    """One line of a page: a single cell for running text, several for a row of a table.

    `guessed` says that its cells were told apart by nothing but the room between them; `unsure` are the cells, by
    position, below which word of the head they stand is in doubt; `doubt` says what else may be otherwise in it.
    """

    cells: tuple[Cell, ...]
    place: Place = Place()
    guessed: bool = False
    unsure: tuple[int, ...] = ()
    doubt: str = ""

    @property
    def text(self) -> str:
        """Give the line as text, cells joined by tabs."""
        return "\t".join(c.text for c in self.cells)

    @property
    def is_row(self) -> bool:
        """Tell whether the line is a row of a table rather than running text."""
        return len(self.cells) > 1


class Page(msgspec.Struct, frozen=True, gc=False, omit_defaults=True):
    """One page, or a whole file whose format has no pages (`number` None)."""

    lines: tuple[Line, ...]
    number: int | None = None


class Picture(msgspec.Struct, frozen=True):
    """How a page looks, as PNG; its size in hundredths of a point, as boxes count."""

    content: bytes
    width: int
    height: int


class Band(msgspec.Struct, frozen=True, gc=False):
    """A part of a page over its whole width, from `top` to `bottom` in hundredths of a point."""

    page: int
    top: int
    bottom: int
