"""Charts of Word files that are pictures: the picture with its words, and a table of its data."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final
from xml.sax.saxutils import escape

from mingzhang.documents.chart import alternative
from mingzhang.documents.drawing import svg_of
from mingzhang.documents.fonts import load_fonts
from mingzhang.documents.grid import printed
from mingzhang.documents.pictures import drawing_of
from mingzhang.documents.word_xml import attribute
from mingzhang.model.aside import CHART_DATA

if TYPE_CHECKING:
    import typst

    from mingzhang.documents.palette import Palette
    from mingzhang.model.disclosure import Chart

WIDTH: Final = 430
"""In points."""

_EMU: Final = 12700
_SHARP: Final = 144
"""Pixels to an inch of the drawing, which is wider than it is shown."""

_PAGE: Final = b"""#set page(width: auto, height: auto, margin: 0pt)
#image(bytes(sys.inputs.svg), format: "svg")"""
_PICTURE: Final = "http://schemas.openxmlformats.org/drawingml/2006/picture"
_COLUMNS: Final = (3000, 4000, 1600)


def height(chart: Chart) -> int:
    """Give the height in points at which a chart is shown."""
    drawn = drawing_of(chart)
    return drawn.height * WIDTH // drawn.width


def picture(chart: Chart, number: int, relation: str) -> str:
    """Give the run that holds the picture, with its words for those who cannot see it."""
    name = chart.title or f"图{number}"
    return inline(relation, number, WIDTH, height(chart), name, alternative(chart))


def inline(relation: str, number: int, across: int, down: int, title: str, alt: str) -> str:  # noqa: PLR0917
    """Give the run that holds a picture so many points wide and high."""
    wide, high = across * _EMU, down * _EMU
    name, words = attribute(title), attribute(alt)
    return (
        f'<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{wide}" cy="{high}"/>'
        f'<wp:docPr id="{number}" name={name} descr={words}/><a:graphic><a:graphicData uri="{_PICTURE}">'
        f'<pic:pic xmlns:pic="{_PICTURE}"><pic:nvPicPr><pic:cNvPr id="{number}" name={name} descr={words}/><pic:cNvPicPr/>'
        f'</pic:nvPicPr><pic:blipFill><a:blip r:embed="{relation}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
        f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{wide}" cy="{high}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/>'
        "</a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )


def data_table(chart: Chart) -> str:
    """Give the table of a chart's data, marked as no table of the document."""
    grid = "".join(f'<w:gridCol w:w="{w}"/>' for w in _COLUMNS)
    rows = "".join(_row((i.group, i.label, f"{printed(i.figure)} {i.figure.unit}")) for i in chart.items)
    return (
        '<w:tbl><w:tblPr><w:tblStyle w:val="BudgetTable"/><w:tblW w:w="0" w:type="auto"/><w:jc w:val="center"/>'
        f'<w:tblCaption w:val="{CHART_DATA}"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>'
    )


def png(chart: Chart, palette: Palette) -> bytes:
    """Give the picture as PNG; the same chart gives the same bytes."""
    return rasterized(svg_of(drawing_of(chart, palette), ""))


def rasterized(svg: str) -> bytes:
    """Give a drawing as PNG."""
    content = _typesetter().compile(_PAGE, format="png", ppi=_SHARP, sys_inputs={"svg": svg})
    assert isinstance(content, bytes)
    return content


@cache
def _typesetter() -> typst.Compiler:
    import typst  # noqa: PLC0415 - heavy, and only for pictures

    return typst.Compiler(font_paths=load_fonts(None)[0], ignore_system_fonts=True)


def _row(texts: tuple[str, ...]) -> str:
    cells = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{wide}" w:type="dxa"/></w:tcPr><w:p><w:pPr><w:pStyle w:val="TableText"/>'
        f'<w:jc w:val="{"right" if n == 2 else "left"}"/></w:pPr><w:r><w:rPr><w:sz w:val="18"/></w:rPr>'
        f'<w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:p></w:tc>'
        for n, (wide, text) in enumerate(zip(_COLUMNS, texts, strict=True))
    )
    return f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{cells}</w:tr>"
