"""Book and tables → the written part: every sentence from the pack's patterns, every figure from the tables."""

from __future__ import annotations

from operator import is_
from typing import TYPE_CHECKING

import msgspec

from mingzhang.compiling.wording_cells import Asked
from mingzhang.compiling.wording_values import WordingValues
from mingzhang.forms.narrative import SectionForm, narrative_of
from mingzhang.forms.narrative_write import write_paragraphs
from mingzhang.model.disclosure import Chart, ChartItem, Paragraph, Section, Slot
from mingzhang.sums.rounding import half_up_each

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from collections.abc import Set as AbstractSet

    from mingzhang.compiling.tables import Moved
    from mingzhang.forms.narrative import ChartForm
    from mingzhang.forms.pack import Pack
    from mingzhang.model.book import Book
    from mingzhang.model.disclosure import Table
    from mingzhang.sums.filters import Fact
    from mingzhang.sums.rounding import Rounding


def written_part(
    book: Book, pack: Pack, facts: Sequence[Fact], tables: Sequence[Table], rounding: Rounding = half_up_each
) -> tuple[Section, ...]:
    """Write the overview and the written part: sections with paragraphs, typed slots and chart data.

    Figures that tables print are taken from them as printed; those of the book alone are rounded. A figure
    of last year that the book does not give leaves no number, but words that there is nothing to compare with.
    """
    return WrittenPart(book, pack, facts).printed(tables, rounding)


class WrittenPart:
    """The written part of a document, to be printed with one choice of digits after the other.

    What each section was made from is remembered, and one of which nothing has changed is not written again.
    """

    def __init__(self, book: Book, pack: Pack, facts: Sequence[Fact]) -> None:
        """Take what is spoken of."""
        self._book, self._pack, self._facts = book, pack, facts
        self._narrative = narrative_of(pack)
        self._values: WordingValues | None = None
        self._written: list[_Written] = []
        self._sections: tuple[Section, ...] = ()

    def printed(self, tables: Sequence[Table], rounding: Rounding, moved: Moved | None = None) -> tuple[Section, ...]:
        """Write all sections; `moved` are the cells of the tables that are not as they were the last time, if known."""
        forms, before = self._narrative.sections, self._written
        if self._values is None or moved is None:
            values = WordingValues(
                self._book, self._narrative, self._pack.style, self._facts, tables, rounding=rounding
            )
            self._values = values
            self._written = [_written(form, values) for form in forms]
        else:
            values = self._values
            anew = values.print(tables, rounding)
            self._written = [one if one.stands(moved, anew, values) else _written(one.form, values) for one in before]
        same = len(before) == len(self._written) and all(map(is_, before, self._written))
        self._sections = self._sections if same else tuple(one.section for one in self._written)
        return self._sections


class _Written(msgspec.Struct, frozen=True):
    """A section as it was written, and what it was made from; `settled` tells that its shares were made to add up."""

    form: SectionForm
    section: Section
    asked: Asked
    settled: bool

    def stands(self, moved: Moved, anew: AbstractSet[str], values: WordingValues) -> bool:
        """Tell whether it would be written again as it is."""
        asked = self.asked
        if self.settled or not values.rounds(asked.rounded) or not anew.isdisjoint(asked.values):
            return False
        for cell in asked.cells:
            if cell.row.endswith("*") or "@" in cell.row:
                if (cell.table, cell.column) in moved.columns:
                    return False
            elif (cell.table, cell.row, cell.column) in moved.cells:
                return False
        return not values.of(self.form).settle_shares(self.section.paragraphs)


def _written(form: SectionForm, values: WordingValues) -> _Written:
    values.of(form)
    paragraphs = tuple(_paragraphs(form, values))
    settled = values.settle_shares(paragraphs)
    if settled:
        paragraphs = tuple(_paragraphs(form, values))
    charts = tuple(c for c in (_chart(chart, values) for chart in form.charts) if c is not None)
    section = Section(form.key, values.filled(form.heading), form.part, form.level, paragraphs, charts)
    return _Written(form, section, values.asked, settled)


def _paragraphs(form: SectionForm, values: WordingValues) -> Iterator[Paragraph]:
    for paragraph in form.paragraphs:
        for written in write_paragraphs(paragraph, values):
            yield from _by_line(written)
    for line in values.note_besides().splitlines():
        if line.strip():
            yield Paragraph(line.strip(), "note")


def _by_line(paragraph: Paragraph) -> Iterator[Paragraph]:
    """Divide a paragraph of the book's own words, typed in several lines, into one paragraph a line."""
    if "\n" not in paragraph.text or len(paragraph.slots) != 1:
        yield paragraph
        return
    key = paragraph.slots[0].key
    for line in paragraph.text.splitlines():
        if line.strip():
            yield Paragraph(line.strip(), paragraph.key, (Slot(key, text=line.strip()),))


def _chart(form: ChartForm, values: WordingValues) -> Chart | None:
    """Give a chart's data; None if there is nothing to draw."""
    items = tuple(_items(form, values))
    drawn = any(i.figure.digits for i in items)
    return Chart(form.key, values.filled(form.title), form.kind, items) if drawn else None


def _items(form: ChartForm, values: WordingValues) -> Iterator[ChartItem]:
    for line in form.items:
        label, amount, *share = (part.strip() for part in line.split(" | "))
        classes = values.classes(amount) if "@" in amount else (("", label),)
        for code, name in classes:
            figure = values.figure(amount.replace("@", code))
            if figure is not None:
                part = values.figure(share[0].replace("@", code)) if share else None
                yield ChartItem(name, figure, part)
