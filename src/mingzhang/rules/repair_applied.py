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
    from mingzhang.model.performance import DepartmentForm, ProjectForm
    from mingzhang.rules.figures import Figures
    from mingzhang.sums.repair_demands import Reprint
    from mingzhang.sums.sheets import CellRef


class NowhereToPrintError(LookupError):
    """A figure cannot be printed anew, as its characters do not stand where they were read."""


def reprinted(figures: Figures, reprints: Iterable[Reprint]) -> Disclosure:
    """Give the document with figures printed anew, each in the style in which it was printed.

    Raises:
        NowhereToPrintError: a number of a sentence does not stand where it was read.
    """
    return printed_in(figures, ((one.ref, _anew(figures, one)) for one in reprints))


def printed_in(figures: Figures, changes: Iterable[tuple[CellRef, Figure]]) -> Disclosure:
    """Give the document with other figures in some places; a number that a sentence prints no more is cut out of it.

    Raises:
        NowhereToPrintError: a number of a sentence does not stand where it was read.
    """
    document = figures.disclosure
    for ref, new in changes:
        own = document.department_form
        if ref.source == TEXT:
            document = _in_text(document, figures, ref, new)
        elif ref.source == FORM:
            document = _in_form(document, list(figures.forms).index(ref.row), ref, new)
        elif ref.source == DEPARTMENT and own is not None:
            document = replace(document, department_form=_in_department(own, ref, new))
        else:
            tables = tuple(_in_table(t, ref, new) if t.id == ref.source else t for t in document.tables)
            document = replace(document, tables=tables)
    return document


def relabelled(document: Disclosure, table: Table) -> Disclosure:
    """Give the document with one table whose labels have been moved."""
    return replace(document, tables=tuple(table if t.id == table.id else t for t in document.tables))


def _anew(figures: Figures, one: Reprint) -> Figure:
    """Print a figure as the repair says; it is no longer in doubt."""
    old = figures.figure(one.ref) or blank(one.unit, one.places)
    marks = [old] if old.is_number else figures.sheets[one.ref.source].figures
    grouped = any("," in f.printed or "，" in f.printed for f in marks)
    printed = spell(one.digits, one.places, grouped=grouped)
    return replace(old, digits=one.digits, unit=one.unit, places=one.places, printed=printed, doubt="")


def _in_table(table: Table, ref: CellRef, new: Figure) -> Table:
    rows = tuple(replace(r, cells={**r.cells, ref.column: new}) if r.key == ref.row else r for r in table.rows)
    return replace(table, rows=rows)


def _in_form(document: Disclosure, at: int, ref: CellRef, new: Figure) -> Disclosure:
    side, _, name = ref.column.partition(".")
    form = document.project_forms[at]
    field = f"{side}_funds"
    changed: ProjectForm = replace(form, **{field: replace(getattr(form, field), **{name: new})})
    return replace(document, project_forms=(*document.project_forms[:at], changed, *document.project_forms[at + 1 :]))


def _in_department(form: DepartmentForm, ref: CellRef, new: Figure) -> DepartmentForm:
    side, dot, name = ref.row.partition(".")
    return replace(form, **{side: {**getattr(form, side), name: new} if dot else new})


def _in_text(document: Disclosure, figures: Figures, ref: CellRef, new: Figure) -> Disclosure:
    """Print a number of a sentence anew; what stands behind it in the paragraph moves.

    The slot is found by its order among all: an earlier change may have moved it.
    """
    before = figures.said[ref.row].slot
    place = [id(s) for s in _slots(figures.disclosure)].index(id(before))
    slot = list(_slots(document))[place]
    return replace(document, sections=tuple(_in_section(s, slot, ref, new) for s in document.sections))


def _slots(document: Disclosure) -> Iterable[Slot]:
    return (s for x in document.sections for p in x.paragraphs for s in p.slots)


def _in_section(section: Section, slot: Slot, ref: CellRef, new: Figure) -> Section:
    if not any(s is slot for p in section.paragraphs for s in p.slots):
        return section
    paragraphs = (
        _in_paragraph(p, slot, ref, new) if any(s is slot for s in p.slots) else p for p in section.paragraphs
    )
    return replace(section, paragraphs=tuple(paragraphs))


def _in_paragraph(paragraph: Paragraph, slot: Slot, ref: CellRef, new: Figure) -> Paragraph:
    assert slot.figure is not None
    old = slot.figure.printed
    stop = slot.at + len(old)
    if not old or paragraph.text[slot.at : stop] != old:
        raise NowhereToPrintError(ref.row)
    longer = len(new.printed) - len(old)
    slots = tuple(
        replace(s, figure=new) if s is slot else replace(s, at=s.at + longer) if s.at > slot.at else s
        for s in paragraph.slots
        if s is not slot or new.printed
    )
    return replace(paragraph, text=paragraph.text[: slot.at] + new.printed + paragraph.text[stop:], slots=slots)
