"""A disclosure as blocks that follow each other, for formats that break pages by themselves or not at all."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import msgspec

from mingzhang.documents.form_rows import FormPage
from mingzhang.documents.forms import form_pages
from mingzhang.documents.grid import Grid, grid_of
from mingzhang.documents.parts import form_texts, parts_of
from mingzhang.forms.pack import Style
from mingzhang.model.disclosure import DECLARED_ADDITIVE, Chart, Paragraph, Table

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mingzhang.documents.parts import PrintedPart
    from mingzhang.forms.pack import Pack
    from mingzhang.model.disclosure import Disclosure, Section

BLANK: Final = "＿＿＿＿"
"""What is to be filled in by hand."""

DEEPEST: Final = 3
"""So many levels of headings stand below the heading of a part."""


class Heading(msgspec.Struct, frozen=True, tag="heading"):
    """The heading of a section; `level` is 1 right below a part's heading, 0 for that of a part that shares a page."""

    text: str
    level: int


class Text(msgspec.Struct, frozen=True, tag="text"):
    """A paragraph of a section, with the key of the section."""

    section: str
    paragraph: Paragraph


class Picture(msgspec.Struct, frozen=True, tag="chart"):
    """A chart."""

    chart: Chart


class TableBlock(msgspec.Struct, frozen=True, tag="table"):
    """A table and its grid; the paths of its cells lie below `/tables/#n`.

    `name` is the line that names the unit above it; a table that its form prints across is `across`.
    """

    table: Table
    grid: Grid
    name: str = ""
    across: bool = False


class FormBlock(msgspec.Struct, frozen=True, tag="form"):
    """A performance form, whose grid is inside the page."""

    page: FormPage


class TermBlock(msgspec.Struct, frozen=True, tag="term"):
    """An entry of the glossary: its number in Chinese, the term and its meaning."""

    number: str
    term: str
    meaning: str


Block = Heading | Text | Picture | TableBlock | FormBlock | TermBlock


class Part(msgspec.Struct, frozen=True):
    """A part of the document: its key, heading and blocks in order of print."""

    key: str
    heading: str
    blocks: tuple[Block, ...]


def flow_of(disclosure: Disclosure, pack: Pack | None) -> tuple[Part, ...]:
    """Give everything that is printed below the cover, in order of print."""
    return tuple(
        Part(part.key, part.heading, tuple(_blocks(disclosure, part, pack))) for part in parts_of(disclosure, pack)
    )


def cover_of(disclosure: Disclosure) -> tuple[str, ...]:
    """Give the cover's lines, the unit's name where it has none."""
    return tuple(line for line in disclosure.publication.cover if line.strip()) or (disclosure.unit_name,)


def statements_of(disclosure: Disclosure, pack: Pack | None, *, draft: bool) -> list[str]:
    """Give the statements at the foot of the cover; those that the form wants and nobody has made are blanks on a draft."""
    made = {s.key or s.label: f"{s.label}：{s.state}" for s in disclosure.publication.statements}
    wanted = pack.cover.lines if pack is not None and draft else ()
    blank = {line.key: f"{line.label}：{BLANK}" for line in wanted if line.key not in made}
    order = [line.key for line in wanted]
    texts = made | blank
    return [texts[k] for k in sorted(texts, key=lambda k: order.index(k) if k in order else len(order))]


def title_of(disclosure: Disclosure) -> str:
    """Give the title of the file as a whole."""
    return " ".join(disclosure.publication.cover) or disclosure.unit_name or "部门预算公开"


def keywords(disclosure: Disclosure) -> list[str]:
    """Give the file's keywords: what its figures may be taken for, which no page says."""
    return [DECLARED_ADDITIVE] if disclosure.rounding == "additive" else []


def around_forms(sections: Sequence[Section]) -> tuple[Sequence[Section], Sequence[Section]]:
    """Divide the written part behind its section on performance, where the forms stand."""
    start = next((i for i, s in enumerate(sections) if s.key == "performance"), None)
    if start is None:
        return sections, ()
    level = sections[start].level
    end = next((i for i in range(start + 1, len(sections)) if sections[i].level <= level), len(sections))
    return sections[:end], sections[end:]


def leveled(sections: Sequence[Section]) -> Iterator[tuple[Section, int]]:
    """Give each section the level of its heading: none is left out on the way down; 0 where it has no heading."""
    level = 0
    for section in sections:
        if section.heading.strip():
            level = max(1, min(section.level, level + 1, DEEPEST))
        yield section, level if section.heading.strip() else 0


def ordinal(n: int) -> str:
    """Spell an ordinal up to 99 as official lists do."""
    tens, ones = divmod(n, 10)
    if n > 99:
        return str(n)
    return (("" if tens == 1 else _NUMERALS[tens]) + "十" if tens else "") + (_NUMERALS[ones] if ones else "")


_NUMERALS: Final = "零一二三四五六七八九"


def tables_of(disclosure: Disclosure, pack: Pack | None) -> Iterator[tuple[int, TableBlock]]:
    """Give every printed table with its number in the document; what stands beside another is in that one's grid."""
    turned = {t.id for t in disclosure.tables if t.turned}
    numbered = list(enumerate(disclosure.tables))
    for n, table in numbered:
        if table.beside not in turned:
            beside = [(t, f"/tables/#{i}") for i, t in numbered if table.turned and t.beside == table.id]
            grid = grid_of(table, f"/tables/#{n}", beside)
            across = pack is not None and pack.style.landscape
            yield n, TableBlock(table, grid, name_line(table, disclosure, pack), across)


def name_line(table: Table, disclosure: Disclosure, pack: Pack | None) -> str:
    """Spell the line above a table that names the unit, "" where nobody knows it."""
    name = table.unit_name or disclosure.unit_name
    label = pack.style.name_label if pack is not None else Style().name_label
    return f"{label}：{name}" if name else ""


def _blocks(disclosure: Disclosure, printed: PrintedPart, pack: Pack | None) -> Iterator[Block]:
    part, sections = printed.key, printed.sections
    if part == "tables":
        yield from (block for _n, block in tables_of(disclosure, pack))
        return
    if part == "written" and not printed.forms:
        yield from _sections(sections)
        return
    if part == "written":
        labels = form_texts(pack)
        before, after = around_forms(sections)
        yield from _sections(before)
        yield from (FormBlock(page) for page in (form_pages(disclosure, labels) if labels else ()))
        yield from _sections(after)
        return
    yield from _sections(sections)
    if part == "glossary":
        yield from (TermBlock(ordinal(n), t.term, t.meaning) for n, t in enumerate(disclosure.glossary, 1))


def _sections(sections: Sequence[Section]) -> Iterator[Block]:
    for section, level in leveled(sections):
        if level:
            yield Heading(section.heading, level)
        yield from (Text(section.key, p) for p in section.paragraphs)
        yield from (Picture(chart) for chart in section.charts)
