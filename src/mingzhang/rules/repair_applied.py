"""Repairs carried out in a disclosure: figures printed anew in tables, sentences and forms, labels moved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from mingzhang.model.figure import blank, spell
from mingzhang.rules.figures import DEPARTMENT, FORM, TEXT

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mingzhang.model.disclosure import Disclosure, Paragraph, Section, Slot, Table
    from mingzhang.model.figure import Figure
    from mingzhang.model.performance import DepartmentForm, Funds, ProjectForm
    from mingzhang.rules.figures import Figures
    from mingzhang.sums.repair import Reprint


class NowhereToPrintError(LookupError):
    """A figure cannot be printed anew, as its characters do not stand where they were read."""


def reprinted(figures: Figures, reprints: Iterable[Reprint]) -> Disclosure:
    """Give the document with figures printed anew, each in the style in which it was printed.

    Raises:
        NowhereToPrintError: a number of a sentence does not stand where it was read.
    """
    document = figures.disclosure
    for one in reprints:
        own = document.department_form
        if one.ref.source == TEXT:
            document = _in_text(document, figures, one)
        elif one.ref.source == FORM:
            document = _in_form(document, list(figures.forms).index(one.ref.row), one)
        elif one.ref.source == DEPARTMENT and own is not None:
            document = replace(document, department_form=_in_department(own, one))
        else:
            tables = tuple(_in_table(t, one) if t.id == one.ref.source else t for t in document.tables)
            document = replace(document, tables=tables)
    return document


def relabelled(document: Disclosure, table: Table) -> Disclosure:
    """Give the document with one table whose labels have been moved."""
    return replace(document, tables=tuple(table if t.id == table.id else t for t in document.tables))


def _anew(figure: Figure | None, one: Reprint, *, grouped: bool = False) -> Figure:
    """Print a figure as the repair says; it is no longer in doubt."""
    old = figure or blank(one.unit, one.places)
    grouped = grouped or "," in old.printed or "，" in old.printed
    printed = spell(one.digits, one.places, grouped=grouped)
    return replace(old, digits=one.digits, unit=one.unit, places=one.places, printed=printed, doubt="")


def _in_table(table: Table, one: Reprint) -> Table:
    grouped = any("," in f.printed for r in table.rows for f in r.cells.values())
    rows = tuple(
        replace(r, cells={**r.cells, one.ref.column: _anew(r.cells.get(one.ref.column), one, grouped=grouped)})
        if r.key == one.ref.row
        else r
        for r in table.rows
    )
    return replace(table, rows=rows)


def _in_form(document: Disclosure, at: int, one: Reprint) -> Disclosure:
    side, _, name = one.ref.column.partition(".")
    form = document.project_forms[at]
    funds: Funds = form.period_funds if side == "period" else form.annual_funds
    funds = replace(funds, **{name: _anew(getattr(funds, name), one)})
    new: ProjectForm = replace(form, period_funds=funds) if side == "period" else replace(form, annual_funds=funds)
    return replace(document, project_forms=(*document.project_forms[:at], new, *document.project_forms[at + 1 :]))


def _in_department(form: DepartmentForm, one: Reprint) -> DepartmentForm:
    side, dot, name = one.ref.row.partition(".")
    if not dot:
        return replace(form, **{side: _anew(getattr(form, side), one)})
    figures = getattr(form, side)
    return replace(form, **{side: {**figures, name: _anew(figures.get(name), one)}})


def _in_text(document: Disclosure, figures: Figures, one: Reprint) -> Disclosure:
    """Print a number of a sentence anew; what stands behind it in the paragraph moves.

    The slot is found by its order among those of its key: an earlier change may have moved it.
    """
    before = figures.said[one.ref.row].slot
    place = [id(s) for s in _slots(figures.disclosure)].index(id(before))
    slot = list(_slots(document))[place]
    sections = tuple(_in_section(s, slot, one) for s in document.sections)
    return replace(document, sections=sections)


def _slots(document: Disclosure) -> Iterable[Slot]:
    return (s for x in document.sections for p in x.paragraphs for s in p.slots)


def _in_section(section: Section, slot: Slot, one: Reprint) -> Section:
    if not any(s is slot for p in section.paragraphs for s in p.slots):
        return section
    paragraphs = tuple(
        _in_paragraph(p, slot, one) if any(s is slot for s in p.slots) else p for p in section.paragraphs
    )
    return replace(section, paragraphs=paragraphs)


def _in_paragraph(paragraph: Paragraph, slot: Slot, one: Reprint) -> Paragraph:
    assert slot.figure is not None
    old, new = slot.figure.printed, _anew(slot.figure, one)
    stop = slot.at + len(old)
    if not old or paragraph.text[slot.at : stop] != old:
        raise NowhereToPrintError(one.ref.row)
    longer = len(new.printed) - len(old)
    slots = tuple(
        replace(s, figure=new) if s is slot else replace(s, at=s.at + longer) if s.at > slot.at else s
        for s in paragraph.slots
    )
    text = paragraph.text[: slot.at] + new.printed + paragraph.text[stop:]
    return replace(paragraph, text=text, slots=slots)
