"""A chart as the template draws it: labels, printed values, lengths in thousandths, and its words for those who cannot see it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from mingzhang.documents.drawing import svg_of
from mingzhang.documents.grid import printed
from mingzhang.documents.palette import USUAL
from mingzhang.documents.pictures import DRAWN, drawing_of

if TYPE_CHECKING:
    from mingzhang.documents.palette import Palette
    from mingzhang.model.disclosure import Chart, ChartItem
    from mingzhang.model.figure import Figure

_KINDS: Final = {"bar": "条形图", "donut": "环形图", "compared": "对比条形图", "flow": "流向图", "tree": "矩形树图"}


def chart_block(chart: Chart, palette: Palette = USUAL) -> dict[str, Any]:
    """Give one chart; every item has its row, a zero too. A chart without items is its title alone."""
    units = {item.figure.unit for item in chart.items}
    amounts = [max(item.figure.atoms, 0) if item.figure.is_number else 0 for item in chart.items]
    whole = (sum(amounts) if chart.kind == "donut" else max(amounts, default=0)) or 1
    return {
        "kind": "chart" if chart.items else "text",
        "words": chart.title,
        "title": chart.title,
        "unit": units.pop() if len(units) == 1 else "",
        "alt": alternative(chart),
        "svg": svg_of(drawing_of(chart, palette), "") if chart.kind in DRAWN and chart.items else "",
        "chart": chart.kind,
        "items": [
            {"label": item.label, "value": _value(item), "length": 1000 * amount // whole}
            for item, amount in zip(chart.items, amounts, strict=True)
        ],
    }


def alternative(chart: Chart) -> str:
    """Put a chart into words."""
    items = "；".join(f"{label_of(i)} {printed(i.figure)}{i.figure.unit}{_share(i.share)}" for i in chart.items)
    return f"{_KINDS[chart.kind]}：{chart.title}。{items}。"


def label_of(item: ChartItem) -> str:
    """Give an item's label, behind what it belongs to."""
    return f"{item.group} → {item.label}" if item.group else item.label


def _value(item: ChartItem) -> str:
    return f"{printed(item.figure)}{_share(item.share)}"


def _share(share: Figure | None) -> str:
    text = printed(share)
    if share is None or not text:
        return ""
    return f"（{text}）" if text.endswith(("%", "％")) else f"（{text}{share.unit}）"
