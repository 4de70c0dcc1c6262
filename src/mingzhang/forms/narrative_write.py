"""Sentence patterns → paragraphs: every number, direction and text becomes a slot with its offset."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from mingzhang.forms.narrative_patterns import Context, Direction, Number, Text, Words
from mingzhang.model.disclosure import Paragraph, Slot

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mingzhang.forms.narrative import ParagraphForm
    from mingzhang.forms.narrative_patterns import Condition, Node, Piece
    from mingzhang.model.figure import Figure


class Values(Protocol):
    """What fills the gaps; None where there is nothing to say."""

    def figure(self, key: str) -> Figure | None:
        """Give a number as it is printed."""

    def change(self, key: str) -> int | None:
        """Give a change as printed digits, above zero for a rise; None with nothing to compare with."""

    def text(self, key: str) -> str | None:
        """Give the words of a text slot."""

    def context(self, name: str) -> str:
        """Give words of the document: the year, the unit's name."""

    def classes(self, key: str) -> Sequence[tuple[str, str]]:
        """List code and name of the classes for which a class slot (`fiscal_exp_@`) has a figure."""


def write_paragraph(form: ParagraphForm, values: Values) -> Paragraph | None:
    """Write one paragraph; None if none of its pieces is to be written."""
    writer = _Writer(values)
    for piece in form.write:
        if all(_holds(c, values) for c in piece.conditions):
            writer.piece(piece)
    return Paragraph(writer.words, form.key, tuple(writer.slots)) if writer.words else None


class _Writer:
    def __init__(self, values: Values) -> None:
        self.values = values
        self.words = ""
        self.slots: list[Slot] = []

    def piece(self, piece: Piece) -> None:
        """Write a piece, once or for every class, unless one of its slots has no value."""
        repeated = piece.repeated
        if repeated is None:
            self._add(self._parts(piece, "", ""), "")
            return
        between = ""
        for code, name in self.values.classes(repeated.key):
            if self._add(self._parts(piece, code, name), between):
                between = repeated.values[0]

    def _add(self, parts: list[tuple[str, Slot | None]] | None, between: str) -> bool:
        if parts is None:
            return False
        self.words += between
        for words, slot in parts:
            if slot is not None:
                self.slots.append(Slot(slot.key, slot.figure, slot.text, len(self.words)))
            self.words += words
        return True

    def _parts(self, piece: Piece, code: str, name: str) -> list[tuple[str, Slot | None]] | None:
        parts: list[tuple[str, Slot | None]] = []
        for node in piece.nodes:
            part = self._part(node, code, name)
            if part is None:
                return None
            parts.append(part)
        return parts

    def _part(self, node: Node, code: str, name: str) -> tuple[str, Slot | None] | None:
        match node:
            case Words(options):
                return options[0], None
            case Context(wanted):
                return (name if wanted == "name" else self.values.context(wanted)), None
            case Number(key, unit):
                figure = self.values.figure(key.replace("@", code))
                return None if figure is None else (figure.printed + unit, Slot(key.replace("@", code), figure))
            case Direction(key, rise, fall):
                change = self.values.change(key)
                word = rise if change is not None and change > 0 else fall
                return (word, Slot(key, text=word)) if change else None
            case Text(key):
                words = self.values.text(key)
                return (words, Slot(key, text=words)) if words else None


def _holds(condition: Condition, values: Values) -> bool:
    match condition.verb:
        case "same":
            return values.change(condition.key) == 0
        case "new":
            return values.change(condition.key) is None
        case "is":
            return values.context(condition.key) in condition.values
        case "each":
            return True
        case "given" | "without":
            there = values.figure(condition.key) is not None or bool(values.text(condition.key))
            return there == (condition.verb == "given")
        case "zero" | "positive":
            figure = values.figure(condition.key)
            digits = 0 if figure is None or figure.digits is None else figure.digits
            return (digits > 0) == (condition.verb == "positive")
