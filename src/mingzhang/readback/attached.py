"""The data that a PDF of our own carries: taken if what is printed says the same, pointed out if it does not."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Final

import msgspec

from mingzhang.model.codec import decode
from mingzhang.model.disclosure import Disclosure
from mingzhang.model.fault import Fault
from mingzhang.model.keys import folded
from mingzhang.model.language import gettext as _
from mingzhang.readback.limits import MAX_BYTES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from mingzhang.model.disclosure import Row, Table
    from mingzhang.model.figure import Figure
    from mingzhang.model.page import Page

NAME: Final = "disclosure.json"
"""Under which name the data are attached."""

_NAMED: Final = 5
"""How many differences are named one by one."""

Spot = tuple[str, str, str]
"""Table, row and column of a figure."""


def attached_data(content: bytes, name: str) -> tuple[Disclosure | None, tuple[str, ...]]:
    """Give the disclosure attached to a PDF that could be opened, and why it cannot be used where it cannot."""
    import pypdfium2  # noqa: PLC0415 - heavy, and only here

    document = pypdfium2.PdfDocument(io.BytesIO(content))
    try:
        for number in range(document.count_attachments()):
            attachment = document.get_attachment(number)
            if attachment.get_name() == NAME:
                data = bytes(attachment.get_data())
                if len(data) > MAX_BYTES:
                    return None, (_("附带的数据过大，没有读"),)
                return decode(data, Disclosure, source=f"{name}: {NAME}"), ()
    except (Fault, pypdfium2.PdfiumError) as error:
        return None, (_("附带的数据不能用：{why}").format(why=str(error).partition("\n")[0]),)
    finally:
        document.close()
    return None, ()


def verified(data: Disclosure, printed: Disclosure, pages: Sequence[Page]) -> Disclosure:
    """Give the attached data with the places of what is printed; where the two differ what is printed, with doubts.

    What is printed is what people were told: a patched file must not pass for what it was made from.
    """
    mine, theirs = _figures(data), _figures(printed)
    wrong = {spot for spot in mine.keys() | theirs.keys() if _plain(mine.get(spot)) != _plain(theirs.get(spot))}
    others = _other_differences(data, printed, pages)
    if not wrong and not others:
        return _placed(data, printed)
    doubts = [_told(spot, mine.get(spot), theirs.get(spot)) for spot in sorted(wrong)[:_NAMED]]
    if len(wrong) > _NAMED:
        doubts.append(_("……共 {count} 处").format(count=len(wrong)))
    if others:
        some = _("、").join(others[:_NAMED])
        doubts.append(
            _("附带的数据里有 {count} 个文字或绩效表的数字与印出的不同：{some}").format(count=len(others), some=some)
        )
    head = _("文件附带的数据与印出的不一致，可能被改动过；以下按印出的读")
    tables = tuple(_doubted(t, mine, wrong) for t in printed.tables)
    return msgspec.structs.replace(printed, tables=tables, doubts=(head, *doubts, *printed.doubts))


def _figures(found: Disclosure) -> dict[Spot, Figure]:
    return {
        (t.id, r.key, column): f
        for t in found.tables
        for r in t.rows
        for column, f in r.cells.items()
        if f.is_number or f.printed
    }


def _plain(figure: Figure | None) -> str:
    return "" if figure is None else figure.plain


def _other_differences(data: Disclosure, printed: Disclosure, pages: Sequence[Page]) -> list[str]:
    """List the numbers of sentences and forms that are printed otherwise, or nowhere."""
    text = "".join(folded(line.text) for page in pages for line in page.lines).replace(",", "")
    theirs: dict[Spot, list[str]] = {}
    for spot, figure in _numbers(printed):
        theirs.setdefault(spot, []).append(figure.plain)
    return [
        f"{'·'.join(s for s in spot if s)} {figure.plain}"
        for spot, figure in _numbers(data)
        if figure.plain not in (theirs.get(spot) or [figure.plain]) or figure.plain not in text
    ]


def _numbers(found: Disclosure) -> Iterator[tuple[Spot, Figure]]:
    """Give the numbers of sentences that are understood, and the money of forms."""
    for section in found.sections:
        for slot in (s for p in section.paragraphs for s in p.slots):
            if slot.key and slot.figure is not None and slot.figure.is_number:
                yield (section.heading, slot.key, slot.figure.unit), slot.figure
    for form in found.project_forms:
        for span, funds in (("period", form.period_funds), ("annual", form.annual_funds)):
            for level in funds.__struct_fields__:
                figure = getattr(funds, level)
                if figure is not None and figure.is_number:
                    yield (form.project, span, level), figure


def _told(spot: Spot, mine: Figure | None, theirs: Figure | None) -> str:
    place = "" if theirs is None or theirs.place is None else str(theirs.place)
    return _("{place} {table}[{row}].{column}：印的是“{printed}”，附带的数据是“{data}”").format(
        place=place, table=spot[0], row=spot[1], column=spot[2], printed=_plain(theirs), data=_plain(mine)
    ).strip()  # fmt: skip


def _doubted(table: Table, mine: Mapping[Spot, Figure], wrong: set[Spot]) -> Table:
    """Doubt the figures of a table that the data have otherwise."""
    rows = []
    for row in table.rows:
        cells = dict(row.cells)
        for column, figure in row.cells.items():
            spot = (table.id, row.key, column)
            if spot in wrong:
                doubt = _("附带的数据是“{data}”").format(data=_plain(mine.get(spot)))
                both = _("；").join(d for d in (figure.doubt, doubt) if d)
                cells[column] = msgspec.structs.replace(figure, doubt=both)
        rows.append(msgspec.structs.replace(row, cells=cells))
    return msgspec.structs.replace(table, rows=tuple(rows))


def _placed(data: Disclosure, printed: Disclosure) -> Disclosure:
    """Give the data the places where they are printed, and the marks and doubts of the file."""
    tables = {t.id: t for t in printed.tables}
    forms = {f.project: f for f in printed.project_forms}
    texts = {p.text: p.place for x in printed.sections for p in x.paragraphs}
    sections = tuple(
        msgspec.structs.replace(
            x,
            paragraphs=tuple(msgspec.structs.replace(p, place=texts.get(p.text, p.place)) for p in x.paragraphs),
        )
        for x in data.sections
    )
    return msgspec.structs.replace(
        data,
        tables=tuple(_table_placed(t, tables[t.id]) if t.id in tables else t for t in data.tables),
        sections=sections,
        project_forms=tuple(
            msgspec.structs.replace(f, first=own.first, last=own.last) if (own := forms.get(f.project)) else f
            for f in data.project_forms
        ),
        publication=msgspec.structs.replace(data.publication, marks=printed.publication.marks),
        source=data.source or printed.source,
        doubts=tuple(dict.fromkeys((*data.doubts, *printed.doubts))),
    )


def _table_placed(table: Table, printed: Table) -> Table:
    rows = {r.key: r for r in printed.rows}
    return msgspec.structs.replace(
        table,
        rows=tuple(_row_placed(r, rows[r.key]) if r.key in rows else r for r in table.rows),
        place=printed.place,
        places=printed.places,
    )


def _row_placed(row: Row, printed: Row) -> Row:
    cells = {
        c: msgspec.structs.replace(f, place=own.place) if (own := printed.cells.get(c)) is not None else f
        for c, f in row.cells.items()
    }
    return msgspec.structs.replace(row, cells=cells, place=printed.place)
