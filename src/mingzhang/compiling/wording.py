"""Book and tables → the written part: every sentence from the pack's patterns, every figure from the tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mingzhang.compiling.wording_values import WordingValues
from mingzhang.forms.narrative import narrative_of
from mingzhang.forms.narrative_write import write_paragraphs
from mingzhang.model.disclosure import Chart, ChartItem, Paragraph, Section, Slot
from mingzhang.sums.rounding import half_up_each

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mingzhang.forms.narrative import ChartForm, SectionForm
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
    narrative = narrative_of(pack)
    values = WordingValues(book, narrative, pack.style, facts, tables, rounding=rounding)
    return tuple(_section(form, values.of(form)) for form in narrative.sections)


def _section(form: SectionForm, values: WordingValues) -> Section:
    paragraphs = tuple(_paragraphs(form, values))
    if values.settle_shares(paragraphs):
        paragraphs = tuple(_paragraphs(form, values))
    charts = tuple(c for c in (_chart(chart, values) for chart in form.charts) if c is not None)
    return Section(form.key, values.filled(form.heading), form.part, form.level, paragraphs, charts)


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
