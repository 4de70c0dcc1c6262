"""A copy of a PDF with a highlight at every place a finding speaks of, to be read in any viewer; nothing else changes."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any, Final

from mingzhang.documents.found_places import Pages
from mingzhang.model.language import gettext as _
from mingzhang.rules.worklist import WORDS, tasks_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pikepdf

    from mingzhang.documents.found_places import Box, Boxes, Mark
    from mingzhang.model.disclosure import Disclosure
    from mingzhang.model.finding import Finding
    from mingzhang.rules.worklist import Task

COLOURS: Final = {"error": "0.96 0.45 0.42", "warning": "1 0.82 0.32", "hint": "0.55 0.78 0.96"}
"""Light enough for print to stay readable through them."""

_AUTHOR: Final = "明账 Mingzhang"
_PRINTED: Final = 4
"""The annotation's flag for paper as well as screen."""


def annotated(
    content: bytes,
    findings: Sequence[Finding],
    disclosure: Disclosure,
    lines: Boxes,
    texts: Mapping[tuple[int | None, int], str] | None = None,
) -> tuple[bytes, int]:
    """Give a PDF with its findings marked, the same bytes for the same findings, and how many places were marked.

    What a finding only compares with is not marked. `lines` are the boxes of the document's lines, `texts` what they say.
    """
    import pikepdf as pk  # noqa: PLC0415 - heavy, and only here

    where = Pages(disclosure, lines, texts)
    count = 0
    with pk.open(io.BytesIO(content)) as pdf:
        for task in tasks_of(findings, disclosure):
            places: dict[tuple[int, int], list[Mark]] = {}
            for mark in where.marks(task):
                if mark.meant and mark.page <= len(pdf.pages):
                    places.setdefault((mark.page, mark.place), []).append(mark)
            for (page, _place), marks in places.items():
                _put(pdf, pdf.pages[page - 1], marks, _words(task))
            count += len(places)
        out = io.BytesIO()
        pdf.save(out, deterministic_id=not pdf.is_encrypted, encryption=False)
    return out.getvalue(), count


def _words(task: Task) -> str:
    """Say what a person reads in the note: what is wrong, and what would settle it."""
    said = f"{task.number}. {_(WORDS[task.severity])} {task.rule} {task.problem}"
    return f"{said}\n{_('建议')}{_('：')}{task.advice}" if task.advice else said


def _put(pdf: pikepdf.Pdf, page: pikepdf.Page, marks: Sequence[Mark], words: str) -> None:
    """Put one highlight over the lines of a place."""
    import pikepdf as pk  # noqa: PLC0415 - heavy, and only here

    boxes = [_own_space(page, m.box) for m in marks]
    around = [min(b[0] for b in boxes), min(b[1] for b in boxes), max(b[2] for b in boxes), max(b[3] for b in boxes)]
    corners = [v for left, bottom, right, top in boxes for v in (left, top, right, top, left, bottom, right, bottom)]
    colour = COLOURS[marks[0].severity]
    drawn = " ".join(f"{left} {bottom} {right - left} {top - bottom} re" for left, bottom, right, top in boxes)
    drawing = pdf.make_stream(f"/Under gs {colour} rg {drawn} f".encode())
    # multiplied, so that print is seen through it in viewers that draw no highlights themselves
    under = pk.Dictionary(Type=pk.Name.ExtGState, BM=pk.Name.Multiply)
    drawing.update(
        {
            "/Type": pk.Name.XObject,
            "/Subtype": pk.Name.Form,
            "/BBox": pk.Array(around),
            "/Resources": pk.Dictionary(ExtGState=pk.Dictionary(Under=under)),
            "/Group": pk.Dictionary(S=pk.Name.Transparency),
        }
    )
    note = pk.Dictionary(
        Type=pk.Name.Annot,
        Subtype=pk.Name.Highlight,
        Rect=pk.Array(around),
        QuadPoints=pk.Array(corners),
        C=pk.Array([pk.Object.parse(c.encode()) for c in colour.split()]),
        T=pk.String(_AUTHOR),
        Contents=pk.String(words),
        F=_PRINTED,
        P=page.obj,
        AP=pk.Dictionary(N=drawing),
    )
    if "/Annots" not in page.obj:
        page.obj["/Annots"] = pk.Array()
    notes: Any = page.obj["/Annots"]
    notes.append(pdf.make_indirect(note))


def _own_space(page: pikepdf.Page, box: Box) -> Box:
    """Turn a box as it is seen into the page's own space, in whole points around it."""
    media, crop = ([int(float(x) * 100) for x in b] for b in (page.mediabox, page.cropbox))
    left, bottom = max(min(media[::2]), min(crop[::2])), max(min(media[1::2]), min(crop[1::2]))
    right, top = min(max(media[::2]), max(crop[::2])), min(max(media[1::2]), max(crop[1::2]))
    corners = [_back((x, y), (right - left, top - bottom), page.rotation // 90 % 4) for x, y in (box[:2], box[2:])]
    xs, ys = sorted(c[0] + left for c in corners), sorted(c[1] + bottom for c in corners)
    return xs[0] // 100, ys[0] // 100, -(-xs[1] // 100), -(-ys[1] // 100)


def _back(seen: tuple[int, int], size: tuple[int, int], turn: int) -> tuple[int, int]:
    """Undo a page's rotation: from what is seen, y from the top, to the page's own x and y."""
    x, y = seen
    wide, high = size
    return ((x, high - y), (y, x), (wide - x, y), (wide - y, high - x))[turn]
