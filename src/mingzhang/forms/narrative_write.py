"""Sentence patterns → paragraphs: every number, direction and text becomes a slot with its offset."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, Protocol

from mingzhang.forms.narrative_patterns import Context, Direction, Number, Words
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

    def basis(self, key: str) -> str:
        """Give what the figure is called that a change is a change from."""

    def no_change(self, text: str) -> str:
        """Give the words of a text that say that nothing changed or can be compared."""

    def classes(self, key: str) -> Sequence[tuple[str, str]]:
        """List code and name of the classes for which a class slot (`fiscal_exp_@`) has a figure."""

    def items(self, form: ParagraphForm) -> Sequence[tuple[str, str]]:
        """List code and name of what a repeated paragraph is written for."""


def write_paragraphs(form: ParagraphForm, values: Values) -> tuple[Paragraph, ...]:
    """Write a paragraph, or one for each of what it is repeated for; what has nothing to say is left out."""
    if not form.each:
        one = write_paragraph(form, values)
        return () if one is None else (one,)
    written = (write_paragraph(form, values, (str(n), *item)) for n, item in enumerate(values.items(form), start=1))
    return tuple(p for p in written if p is not None)


def write_paragraph(form: ParagraphForm, values: Values, item: tuple[str, str, str] = ("", "", "")) -> Paragraph | None:
    """Write one paragraph; None if none of its pieces is to be written.

    `item` is the number, the code and the name of what a repeated paragraph is about.
    """
    writer = _Writer(values, item)
    for piece in form.write:
        if all(_holds(c, values, item[1]) for c in piece.conditions):
            writer.piece(piece)
    return Paragraph(writer.words, form.key, tuple(writer.slots)) if writer.words else None


class _Writer:
    def __init__(self, values: Values, item: tuple[str, str, str]) -> None:
        self.values = values
        self.number, self.code, self.name = item
        self.words = ""
        self.compared = ""
        self.slots: list[Slot] = []

    def piece(self, piece: Piece) -> None:
        """Write a piece, once or for every class, unless one of its slots has no value."""
        repeated = piece.repeated
        self.compared = piece.compared
        if repeated is None:
            before = len(self.words)
            self._add(self._parts(piece, self.code, self.name), "")
            self._no_change(piece, before)
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
                at = len(self.words)
                self.slots.append(Slot(slot.key, slot.figure, slot.text, at) if at else slot)
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

    def _no_change(self, piece: Piece, start: int) -> None:
        """Make a slot of the words by which a piece says that nothing changed, or that there is nothing to compare with."""
        keys = piece.unchanged
        words = self.values.no_change(self.words[start:]) if keys else ""
        if words:
            key = keys[0].replace("@", self.code)
            self.slots.append(Slot(key, text=words, at=self.words.rindex(words)))

    def _filled(self, words: str) -> str:
        """Fill in the years that words name, and what last year's figure is called."""
        if "{" not in words:
            return words
        if "{basis}" in words:
            words = words.replace("{basis}", self.values.basis(self.compared.replace("@", self.code)))
        return _YEARS.sub(lambda found: self.values.context(found[1]), words)

    def _part(self, node: Node, code: str, name: str) -> tuple[str, Slot | None] | None:
        if isinstance(node, Words):
            return self._filled(node.options[0]), None
        if isinstance(node, Context):
            return self._context(node.name, name), None
        key = node.key.replace("@", code)
        if isinstance(node, Number):
            figure = self.values.figure(key)
            return None if figure is None else (figure.printed + node.unit, Slot(key, figure))
        if isinstance(node, Direction):
            change = self.values.change(key)
            word = node.rise if change is not None and change > 0 else node.fall
            return (word, Slot(key, text=word)) if change else None
        words = self.values.text(key)
        return (words, Slot(key, text=words)) if words else None

    def _context(self, wanted: str, name: str) -> str:
        """Give words of the document, or of what a repeated piece or paragraph stands at."""
        if wanted == "n":
            return self.number
        return name if wanted in {"name", "item", "project"} else self.values.context(wanted)


_YEARS: Final = re.compile(r"\{((?:last_)?year)\}")


def _holds(condition: Condition, values: Values, code: str) -> bool:
    key = condition.key.replace("@", code) if code else condition.key
    match condition.verb:
        case "same":
            return values.change(key) == 0
        case "new":
            return values.change(key) is None
        case "is":
            return values.context(key) in condition.values
        case "each":
            return True
        case "given" | "without":
            there = values.figure(key) is not None or bool(values.text(key))
            return there == (condition.verb == "given")
        case "zero" | "positive":
            figure = values.figure(key)
            digits = 0 if figure is None or figure.digits is None else figure.digits
            return (digits > 0) == (condition.verb == "positive")
