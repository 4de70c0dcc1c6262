"""The mark of a draft, stamped on finished pages as outlines: seen on paper, absent from the text of the file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from mingzhang.documents.fonts import SONG
from mingzhang.documents.outlines import operands, outlines

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pikepdf
    import typst

    from mingzhang.documents.theme import Theme

SIZE: Final = 30
_OPACITY: Final = "0.12"
_STEP: Final = (250, 165)
_TURN: Final = "0.866 0.5 -0.5 0.866"


def stamp(pdf: pikepdf.Pdf, fonts: typst.Fonts, theme: Theme) -> None:
    """Put the mark over every page as an artifact, which readers of the text leave out."""
    import pikepdf as pk  # noqa: PLC0415 - heavy, and only for drafts

    words, wide, high = outlines(fonts, theme.phrases.draft, SIZE, SONG)
    form = pdf.make_stream(words)
    form.update({"/Type": pk.Name.XObject, "/Subtype": pk.Name.Form, "/BBox": pk.Array([-1, -high, wide + 1, high])})
    state = pdf.make_indirect(pk.Dictionary(Type=pk.Name.ExtGState, ca=pk.Object.parse(_OPACITY.encode())))
    for page in pdf.pages:
        box = [float(x) for x in page.mediabox]
        marks = " ".join(f"q {_TURN} {x} {y} cm /MzDraft Do Q" for x, y in _places(box[2], box[3]))
        page.add_resource(form, pk.Name.XObject, pk.Name.MzDraft, replace_existing=True)
        page.add_resource(state, pk.Name.ExtGState, pk.Name.MzFaint, replace_existing=True)
        start = "/Artifact <</Type /Pagination /Subtype /Watermark>> BDC q /MzFaint gs"
        page.contents_add(pdf.make_stream(b"q"), prepend=True)
        page.contents_add(pdf.make_stream(f"Q {start} {operands(theme.colours.accent)} rg {marks} Q EMC".encode()))


def _places(width: float, height: float) -> Iterator[tuple[int, int]]:
    """Scatter the mark over a page, every second row shifted."""
    for row, y in enumerate(range(20, int(height), _STEP[1])):
        for x in range(-60 + row % 2 * _STEP[0] // 2, int(width), _STEP[0]):
            yield x, y
