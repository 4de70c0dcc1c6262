"""Disclosure to an Excel workbook: a sheet a table, the texts, the forms, and the data by which it is read back."""

from __future__ import annotations

import datetime as dt
import io
from typing import TYPE_CHECKING, Final

from mingzhang.documents.atomic import write_bytes
from mingzhang.documents.flow import statements_of, tables_of
from mingzhang.documents.forms import form_pages
from mingzhang.documents.long_form import write_figures, write_rest
from mingzhang.documents.parts import form_texts, pack_of, parts_of
from mingzhang.documents.sheet import Sheet, Styles, sheet_names
from mingzhang.documents.sheet_pages import (
    lies_across,
    write_forms,
    write_glossary,
    write_sections,
    write_table,
)
from mingzhang.documents.sheet_sums import formulas, names
from mingzhang.documents.theme import STANDARD
from mingzhang.model.workbook import FIGURES, REST, digest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from xlsxwriter import Workbook

    from mingzhang.documents.long_form import Where
    from mingzhang.documents.theme import Theme
    from mingzhang.forms.pack import Pack
    from mingzhang.model.disclosure import Disclosure

TEXTS: Final = "文字说明"
FORMS: Final = "绩效目标"
TERMS: Final = "名词解释"
CONTENTS: Final = "目录"


def write_xlsx(disclosure: Disclosure, path: Path, *, pack: Pack | None = None, theme: Theme = STANDARD) -> None:
    """Write a disclosure as a workbook that is read back exactly; the same disclosure gives the same bytes.

    Raises:
        UnwritableOutput: the file cannot be written.
    """
    write_bytes(path, workbook_bytes(disclosure, pack, theme))


def workbook_bytes(disclosure: Disclosure, pack: Pack | None = None, theme: Theme = STANDARD) -> bytes:
    """Give the workbook of a disclosure."""
    import xlsxwriter  # noqa: PLC0415 - heavy, and only here

    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    created = dt.datetime(min(max(disclosure.year or 0, 1980), 9999), 1, 1)  # noqa: DTZ001 - the format has no zone
    title = " ".join(disclosure.publication.cover) or disclosure.unit_name
    book.set_properties({"title": title[:200], "author": disclosure.unit_name, "created": created})
    styles = Styles(book, theme, theme.running_head(disclosure))
    where: Where = {}
    contents = Sheet(book, styles, CONTENTS)
    pack = pack or pack_of(disclosure)
    sheets = [*_tables(book, styles, disclosure, pack, where), *_texts(book, styles, disclosure, pack)]
    _contents(contents, disclosure, sheets)
    by_name = {s.name: s for s in sheets}
    for (name, row, column), text in formulas(disclosure, pack, where).items():
        by_name[name].formula(row, column, text)
    for name, place in names(disclosure, where):
        book.define_name(name, place)
    shown = {(sheet, row, column) for sheet, row, column in where.values()}
    digests = {
        s.name: digest({(r, c): v for (r, c), v in s.cells.items() if (s.name, r, c) not in shown})
        for s in (contents, *sheets)
    }
    write_figures(Sheet(book, styles, FIGURES, landscape=True), disclosure, where)
    rest = Sheet(book, styles, REST, landscape=True)
    write_rest(rest, disclosure, digests)
    rest.raw.hide()
    book.close()
    return out.getvalue()


def _tables(book: Workbook, styles: Styles, disclosure: Disclosure, pack: Pack | None, where: Where) -> Iterator[Sheet]:
    printed = list(tables_of(disclosure, pack))
    wanted = (f"{n} {block.table.title}" for n, (_, block) in enumerate(printed, 1))
    names = sheet_names(wanted, (FIGURES, REST, TEXTS, FORMS, TERMS, CONTENTS))
    for name, (_, block) in zip(names, printed, strict=True):
        wide = block.across or lies_across(block.grid)
        sheet = Sheet(book, styles, name, landscape=wide)
        places = write_table(sheet, block.table, block.grid, block.name)
        where.update({path: (name, row, column) for path, (row, column) in places.items()})
        yield sheet


def _texts(book: Workbook, styles: Styles, disclosure: Disclosure, pack: Pack | None) -> Iterator[Sheet]:
    parts = [(p.heading, p.sections) for p in parts_of(disclosure, pack) if p.key != "tables"]
    if any(sections for _, sections in parts):
        sheet = Sheet(book, styles, TEXTS)
        write_sections(sheet, [(heading, sections) for heading, sections in parts if sections])
        yield sheet
    labels = form_texts(pack)
    pages = list(form_pages(disclosure, labels)) if labels else []
    if pages:
        sheet = Sheet(book, styles, FORMS, landscape=True)
        write_forms(sheet, pages)
        yield sheet
    if disclosure.glossary:
        sheet = Sheet(book, styles, TERMS)
        write_glossary(sheet, disclosure.glossary)
        yield sheet


def _contents(sheet: Sheet, disclosure: Disclosure, sheets: list[Sheet]) -> None:
    """Write the cover's lines and a list of the sheets, each a link."""
    sheet.raw.set_column(0, 0, 80)
    row = 0
    for line in disclosure.publication.cover or (disclosure.unit_name,):
        sheet.text(row, 0, line, bold=True, font_size=16, align="center", text_wrap=True)
        sheet.raw.set_row(row, 34)
        row += 1
    for line in statements_of(disclosure, None, draft=False):
        sheet.text(row, 0, line, align="center", text_wrap=True)
        row += 1
    for other in sheets:
        row += 1
        sheet.raw.set_row(row, 20)
        quoted = other.name.replace("'", "''")
        sheet.raw.write_url(
            row, 0, f"internal:'{quoted}'!A1", sheet.styles(font_color=sheet.styles.colours.link), other.name
        )
        sheet.cells[row, 0] = other.name
