"""Charts among the lines of the written part: a caption, and the rows of labels and amounts that are drawn below it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from msgspec.structs import replace

from mingzhang.model.disclosure import Chart, ChartItem
from mingzhang.model.figure import read_figure
from mingzhang.readback.paragraphs import OF_CHART

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from mingzhang.model.page import Line

_UNIT: Final = re.compile(r"\s*[(（]?单位[:：]\s*(?P<unit>[^()（）\s]{1,6})[)）]?$")
_PLAIN: Final = re.compile(r"(?P<label>[^\d（(]\D*) (?P<amount>-?[\d,]+(?:\.\d+)?)")
"""One without a share, which is a row of two cells."""

_SHARED: Final = re.compile(
    r"(?P<label>[^\d（(。；，][^\d。；，]*?)\s*[（(]\s*(?P<share>[\d.]+)%\s*[）)](?:\s+(?P<amount>[\d,]+(?:\.\d+)?))?"
)
"""One whose share stands with its label, the amount behind or somewhere else."""


def charts_of(body: Sequence[Line], key_of: Callable[[str], str | None]) -> tuple[tuple[Chart, ...], list[Line]]:
    """Find the charts of a section, and give the lines that are none of theirs.

    `key_of` gives the key of the chart whose title a text is, None where it is no title.
    """
    charts: list[Chart] = []
    rest: list[Line] = []
    unit: str | None = None
    for line in body:
        item = None if unit is None else _item(line, unit)
        if item is not None:
            charts[-1] = replace(charts[-1], items=(*charts[-1].items, item))
            continue
        key = key_of(caption(line))
        unit = None if key is None else _unit(line)
        if key is None:
            rest.append(line)
        else:
            charts.append(Chart(key, caption(line), place=line.place))
    return tuple(charts), rest


def caption(line: Line) -> str:
    """Give what may be a chart's title without the unit that may stand behind it."""
    texts = [c.text.strip() for c in line.cells if c.text.strip()]
    if len(texts) > 1 and _UNIT.fullmatch(texts[-1]):
        texts.pop()
    return _UNIT.sub("", texts[0]) if len(texts) == 1 else ""


def _unit(line: Line) -> str:
    found = _UNIT.search(line.text.strip())
    return found["unit"] if found is not None else ""


def _item(line: Line, unit: str) -> ChartItem | None:
    """Read a row of a chart that is drawn in characters: a label, and an amount with or without its share."""
    texts = [c.text.strip() for c in line.cells if c.text.strip()]
    text = " ".join(texts)
    found = OF_CHART.fullmatch(text) or _SHARED.fullmatch(text) if len(texts) < 3 else None
    if found is None and len(texts) == 2:
        found = _PLAIN.fullmatch(text)
    if found is None:
        return None
    said = found.groupdict(default="")
    figure = read_figure(said["amount"], unit, line.place)
    share = read_figure(said["share"], "%", line.place) if "share" in said else None
    return None if figure is None else ChartItem(said["label"].strip(), figure, share)
