"""The line above every numbered page, stamped on finished pages as outlines: the text of the file stays what it says.

As text it would stand between the lines of every page for all who take the text out; to readers aloud it is an artifact
either way.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from mingzhang.documents.outlines import operands, outlines

if TYPE_CHECKING:
    import pikepdf
    import typst

    from mingzhang.documents.theme import Theme

SIZE: Final = 9.0
_TOP: Final = 30
_ASIDE: Final = 57
"""From the upper and the outer edge of the paper in points: above the smallest margin, that of forms."""


def stamp_heads(pdf: pikepdf.Pdf, fonts: typst.Fonts, theme: Theme, words: str, family: str) -> None:
    """Put a line above the pages that have a number, at the outer side, with a thin rule below if the theme has one."""
    import pikepdf as pk  # noqa: PLC0415 - heavy, and only here

    drawn = outlines(fonts, words, SIZE, family)
    form = pdf.make_stream(drawn.operators)
    box = pk.Array([-1, -drawn.height, drawn.width + 1, drawn.height])
    form.update({"/Type": pk.Name.XObject, "/Subtype": pk.Name.Form, "/BBox": box})
    for page in pdf.pages:
        number = str(page.label)
        if not number.isdigit():
            continue  # cover and contents have no number and no line above
        wide, high = (float(x) for x in list(page.mediabox)[2:])
        y = high - _TOP
        x = wide - _ASIDE - drawn.width if int(number) % 2 else _ASIDE
        rule = f"0.4 w {operands(theme.colours.hair)} RG {_ASIDE} {y - 5} m {wide - _ASIDE} {y - 5} l S"
        shown = f"{operands(theme.colours.faint)} rg q 1 0 0 1 {x:g} {y:g} cm /MzHead Do Q"
        page.add_resource(form, pk.Name.XObject, pk.Name.MzHead, replace_existing=True)
        page.contents_add(pdf.make_stream(b"q"), prepend=True)
        start = "/Artifact <</Type /Pagination /Subtype /Header>> BDC q"
        page.contents_add(pdf.make_stream(f"Q {start} {rule if theme.header.rule else ''} {shown} Q EMC".encode()))
