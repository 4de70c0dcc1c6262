"""The lines of one table, and what is gathered of it while its lines are read."""

from __future__ import annotations

import msgspec

from mingzhang.model.page import Line
from mingzhang.model.place import Place
from mingzhang.readback.titles import Named


class Block(msgspec.Struct, frozen=True):
    """One table's lines: `lines` are rows, and texts between rows that belong to their labels."""

    named: Named | None
    title: str = ""
    number: str = ""
    unit_name: str = ""
    unit: str = ""
    lines: tuple[Line, ...] = ()
    notes: tuple[str, ...] = ()
    places: dict[str, Place] = {}
    first: int = 0
    last: int = 0
    doubts: tuple[str, ...] = ()


class Draft:
    """A block while its lines are gathered."""

    def __init__(self, first: int) -> None:
        """Begin at a line of the body."""
        self.named: Named | None = None
        self.first = self.last = first
        self.words: dict[str, str] = {}
        self.places: dict[str, Place] = {}
        self.lines: list[Line] = []
        self.notes: list[str] = []
        self.doubts: list[str] = []
        self.waits = False

    def note(self, key: str, text: str, place: Place) -> None:
        """Keep the first of what is printed once: title, number, unit, unit_name."""
        self.words.setdefault(key, text)
        self.places.setdefault(key, place)

    def frozen(self) -> Block:
        """Give the finished block."""
        return Block(
            self.named, **self.words, lines=tuple(self.lines), notes=tuple(self.notes), places=self.places,
            first=self.first, last=self.last, doubts=tuple(self.doubts),
        )  # fmt: skip
