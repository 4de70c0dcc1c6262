"""Charts as native ones of Word: drawing, cached values, and the workbook with their data inside."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final
from xml.sax.saxutils import escape

from mingzhang.documents.chart import alternative
from mingzhang.documents.pictures import DRAWN
from mingzhang.documents.svg import unit_of
from mingzhang.documents.word_picture import height
from mingzhang.documents.word_xml import DECLARATION, attribute, bare
from mingzhang.model.figure import spell

if TYPE_CHECKING:
    from mingzhang.documents.palette import Palette
    from mingzhang.model.disclosure import Chart, ChartItem

_NAMESPACES: Final = (
    'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
_EMU: Final = 12700
_WIDTH: Final = 430
"""In points."""

_CAPTION: Final = 27.0
_BELOW: Final = 12.0
"""As the styles `caption` and `图` have it."""

_DATA_ROW: Final = 14.0
_FIXED: Final = datetime(2000, 1, 1, tzinfo=UTC)
_TEXT: Final = '<a:latin typeface="Times New Roman"/><a:ea typeface="黑体"/>'


def drawing(chart: Chart, number: int, relation: str) -> str:
    """Give the run that holds a chart, with its words for those who cannot see it."""
    wide, high = _WIDTH * _EMU, _height(chart) * _EMU
    name = attribute(chart.title or f"图{number}")
    return (
        f'<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{wide}" cy="{high}"/>'
        f'<wp:docPr id="{number}" name={name} descr={attribute(alternative(chart))}/><a:graphic>'
        f'<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/chart"><c:chart r:id="{relation}"/>'
        "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )


def chart_part(chart: Chart, palette: Palette) -> str:
    """Give the part that draws a chart; its data lie in the workbook under `rId1`."""
    series = _series(chart, palette)
    plot = (
        f'<c:doughnutChart><c:varyColors val="1"/>{series}<c:firstSliceAng val="0"/><c:holeSize val="58"/></c:doughnutChart>'
        if chart.kind == "donut"
        else f'<c:barChart><c:barDir val="bar"/><c:grouping val="clustered"/><c:varyColors val="1"/>{series}'
        f'<c:gapWidth val="60"/><c:axId val="1"/><c:axId val="2"/></c:barChart>{_AXES}'
    )
    legend = (
        f'<c:legend><c:legendPos val="r"/><c:overlay val="0"/>{_words(900)}</c:legend>' if chart.kind == "donut" else ""
    )
    return (
        f'{DECLARATION}<c:chartSpace {_NAMESPACES}><c:roundedCorners val="0"/><c:chart><c:autoTitleDeleted val="1"/>'
        f'<c:plotArea><c:layout/>{plot}</c:plotArea>{legend}<c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart>'
        "<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>"
        '<c:externalData r:id="rId1"><c:autoUpdate val="0"/></c:externalData></c:chartSpace>'
    )


def chart_workbook(chart: Chart) -> bytes:
    """Give the workbook that a chart's data can be edited in."""
    import xlsxwriter  # noqa: PLC0415 - heavy, and only where charts are written

    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        book.set_properties({"created": _FIXED})
        sheet = book.add_worksheet("Sheet1")
        sheet.write_string(0, 1, unit_of(chart))
        for n, item in enumerate(chart.items, 1):
            sheet.write_string(n, 0, _label(item))
            sheet.write_number(
                n, 1, float(_number(item))
            )  # a workbook knows no other numbers; the text beside is exact
    return out.getvalue()


def _series(chart: Chart, palette: Palette) -> str:
    count = len(chart.items)
    points = "".join(
        f'<c:dPt><c:idx val="{n}"/><c:bubble3D val="0"/><c:spPr><a:solidFill><a:srgbClr val="{bare(palette.colour(n))}"/></a:solidFill>'
        "</c:spPr></c:dPt>"
        for n in range(count)
    )
    names = "".join(f'<c:pt idx="{n}"><c:v>{escape(_label(i))}</c:v></c:pt>' for n, i in enumerate(chart.items))
    values = "".join(f'<c:pt idx="{n}"><c:v>{_number(i)}</c:v></c:pt>' for n, i in enumerate(chart.items))
    places = max((i.figure.places for i in chart.items), default=0)
    layout = "" if chart.kind == "donut" else '<c:dLblPos val="outEnd"/>'
    shown = "0" if chart.kind == "donut" else "1"
    spelling = "#,##0" + ("." + "0" * places if places else "")
    return (
        '<c:ser><c:idx val="0"/><c:order val="0"/><c:tx><c:strRef><c:f>Sheet1!$B$1</c:f><c:strCache><c:ptCount val="1"/>'
        f'<c:pt idx="0"><c:v>{escape(unit_of(chart))}</c:v></c:pt></c:strCache></c:strRef></c:tx>{points}'
        f'<c:dLbls><c:numFmt formatCode="{spelling}" sourceLinked="0"/><c:spPr><a:noFill/></c:spPr>{_words(900)}{layout}'
        f'<c:showLegendKey val="0"/><c:showVal val="{shown}"/><c:showCatName val="0"/><c:showSerName val="0"/>'
        '<c:showPercent val="0"/><c:showBubbleSize val="0"/></c:dLbls>'
        f'<c:cat><c:strRef><c:f>Sheet1!$A$2:$A${count + 1}</c:f><c:strCache><c:ptCount val="{count}"/>{names}</c:strCache>'
        f"</c:strRef></c:cat><c:val><c:numRef><c:f>Sheet1!$B$2:$B${count + 1}</c:f><c:numCache>"
        f'<c:formatCode>{spelling}</c:formatCode><c:ptCount val="{count}"/>{values}</c:numCache></c:numRef></c:val></c:ser>'
    )


def _words(size: int) -> str:
    return (
        f'<c:txPr><a:bodyPr/><a:p><a:pPr><a:defRPr sz="{size}">{_TEXT}</a:defRPr></a:pPr>'
        '<a:endParaRPr lang="zh-CN"/></a:p></c:txPr>'
    )


def _label(item: ChartItem) -> str:
    """Give an item's label with its share, which no number of a chart can show beside its value."""
    share = item.share
    text = "" if share is None or share.digits is None else spell(share.digits, share.places, grouped=False)
    return f"{item.label}（{text}%）" if text else item.label


def _number(item: ChartItem) -> str:
    figure = item.figure
    return spell(figure.digits or 0, figure.places, grouped=False)


def chart_room(chart: Chart) -> tuple[float, float]:
    """Give the height of a chart with its caption, and of the gap below it, in points."""
    if chart.kind in DRAWN:
        return _CAPTION + height(chart), _BELOW + _DATA_ROW * len(chart.items)
    return _CAPTION + _height(chart), _BELOW


def _height(chart: Chart) -> int:
    return 150 if chart.kind == "donut" else 40 + 26 * len(chart.items)


_AXES: Final = (
    '<c:catAx><c:axId val="1"/><c:scaling><c:orientation val="maxMin"/></c:scaling><c:delete val="0"/><c:axPos val="l"/>'
    f'<c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="low"/>{_words(900)}<c:crossAx val="2"/></c:catAx>'
    '<c:valAx><c:axId val="2"/><c:scaling><c:orientation val="minMax"/><c:min val="0"/></c:scaling><c:delete val="1"/>'
    '<c:axPos val="t"/><c:crossAx val="1"/></c:valAx>'
)
