"""Charts that are pictures: bars of two years, the flow of money, a map of shares. Everything is laid out in whole units."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from mingzhang.documents.drawing import Band, Box, Drawing, Words
from mingzhang.documents.grid import printed
from mingzhang.documents.palette import USUAL
from mingzhang.documents.squares import Area, squarified
from mingzhang.documents.widths import EM, broken, width
from mingzhang.model.figure import spell

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mingzhang.documents.drawing import Shape
    from mingzhang.documents.palette import Palette
    from mingzhang.model.disclosure import Chart, ChartItem

DRAWN: Final = frozenset({"compared", "flow", "tree"})
"""The kinds of charts that are drawn here."""

WIDE: Final = 640
_SIZE: Final = 13
_SMALL: Final = 11
_NODE: Final = 12
_SLOT: Final = 17
_GAP: Final = 5
_TWO_LINES: Final = 30
"""A node so high has room for its name and its amount."""

_TALL: Final = 290
_MAP: Final = 350
_LEAST: Final = 3 * EM
"""Narrower lines are no reading."""


def drawing_of(chart: Chart, palette: Palette = USUAL) -> Drawing:
    """Lay a chart out."""
    return {"compared": _compared, "flow": _flow, "tree": _tree}[chart.kind](chart, palette)


def amount(item: ChartItem) -> int:
    """Give what is drawn of an item: nothing below zero, nothing where no number is printed."""
    return max(item.figure.atoms, 0) if item.figure.is_number else 0


def _compared(chart: Chart, palette: Palette) -> Drawing:
    """Draw two bars for each label, one a year, on one scale, each with its figure at its end."""
    labels = list(dict.fromkeys(i.label for i in chart.items))
    years = list(dict.fromkeys(i.group for i in chart.items))
    shades = {year: palette.colour(5 if n == 0 and len(years) > 1 else 0) for n, year in enumerate(years)}
    left = min(max(_wide(label, _SIZE) for label in labels) + 14, WIDE // 3)
    room = WIDE - left - max(_wide(printed(i.figure), _SMALL) for i in chart.items) - 14
    most = max(map(amount, chart.items)) or 1
    shapes: list[Shape] = []
    step = min(90, (WIDE - left - 14) // len(years))
    for n, year in enumerate(years):
        shapes += [
            Box(left + step * n, 2, 12, 12, shades[year]),
            Words(left + step * n + 18, 13, year, _SIZE, palette.ink),
        ]
    y = 28
    for label in labels:
        own = [i for i in chart.items if i.label == label]
        shapes.append(Words(left - 8, y + 8 * len(own) + 4, _cut(label, left - 14, _SIZE), _SIZE, palette.ink, "end"))
        for item in own:
            long = amount(item) * room // most
            if long:
                shapes.append(Box(left, y, long, 14, shades[item.group]))
            shapes.append(Words(left + long + 6, y + 11, printed(item.figure), _SMALL, palette.ink))
            y += 16
        y += 12
    shapes.append(Box(left - 1, 24, 1, y - 32, palette.faint))
    return Drawing(WIDE, y - 4, tuple(shapes))


def _flow(chart: Chart, palette: Palette) -> Drawing:
    """Draw ribbons between columns of nodes, each as high as what flows; a node is as far right as it can be reached."""
    items = [i for i in chart.items if amount(i)]
    depth = _depths(items)
    columns = max(depth.values(), default=0)
    into, out = (dict.fromkeys(depth, 0) for _ in range(2))
    for item in items:
        out[item.group] += amount(item)
        into[item.label] += amount(item)
    scale = max((sum(amount(i) for i in items if depth[i.group] == d) for d in range(columns)), default=1) or 1
    high = {n: max(max(into[n], out[n]) * _TALL // scale, 2) for n in depth}
    last = max((_wide(n, _SMALL) for n in depth if depth[n] == columns), default=0)
    step = (WIDE - min(last + 70, 240) - _NODE - 8) // max(columns, 1)
    top: dict[str, int] = {}
    floor = [0] * (columns + 1)
    for name, at in depth.items():
        top[name] = floor[at]
        floor[at] += max(high[name], _SLOT) + _GAP
    shapes: list[Shape] = []
    left, gone = dict(top), dict(top)
    order = {name: n for n, name in enumerate(depth)}
    for item in sorted(items, key=lambda i: (order[i.group], order[i.label])):
        thick = max(amount(item) * _TALL // scale, 1)
        x, to_x = depth[item.group] * step + _NODE, depth[item.label] * step
        shapes.append(Band(x, left[item.group], to_x, gone[item.label], thick, palette.colour(order[item.group])))
        left[item.group] += thick
        gone[item.label] += thick
    for name, at in depth.items():
        shapes.append(Box(at * step, top[name], _NODE, high[name], palette.colour(order[name])))
        room = (WIDE - at * step if at == columns else step) - _NODE - 8
        middle = top[name] + max(high[name], _SLOT) // 2 + 4 if high[name] > _SLOT else top[name] + _SMALL + 1
        spelled = _spelled(max(into[name], out[name]), items)
        lines = [f"{name} {spelled}"]
        if _wide(lines[0], _SMALL) > room:
            lines = [_cut(name, room, _SMALL), *([spelled] if high[name] >= _TWO_LINES else [])]
        for n, line in enumerate(lines):
            y = middle + (_SMALL + 3) * n - (_SMALL + 3) // 2 * (len(lines) - 1)
            shapes.append(Words(at * step + _NODE + 5, y, line, _SMALL, palette.ink, over=True))
    return Drawing(WIDE, max(floor), tuple(shapes))


def _spelled(atoms: int, items: Sequence[ChartItem]) -> str:
    """Spell what goes through a node as the figures of the chart are spelled."""
    finest = max((i.figure for i in items), key=lambda f: f.places)
    return spell(atoms // finest.step, finest.places, grouped=any("," in i.figure.printed for i in items))


def _depths(items: Sequence[ChartItem]) -> dict[str, int]:
    """Give each node the length of the longest way to it, column by column in the order of the items."""
    depth = dict.fromkeys((name for i in items for name in (i.group, i.label)), 0)
    for _round in depth:
        for item in items:
            depth[item.label] = max(depth[item.label], min(depth[item.group] + 1, len(depth)))
    return dict(sorted(depth.items(), key=lambda found: found[1]))


def _tree(chart: Chart, palette: Palette) -> Drawing:
    """Divide a rectangle by groups and each by its items; what is too small for letters stays without."""
    groups: dict[str, list[ChartItem]] = {}
    for item in chart.items:
        if amount(item):
            groups.setdefault(item.group, []).append(item)
    order = sorted(groups, key=lambda g: -sum(map(amount, groups[g])))
    areas = squarified([sum(map(amount, groups[g])) for g in order], Area(0, 0, WIDE, _MAP))
    shapes: list[Shape] = []
    for n, (group, area) in enumerate(zip(order, areas, strict=True)):
        shapes.append(Box(*area, palette.colour(n), "#ffffff"))
        headed = area.height >= 44 and area.width >= _wide(group, _SMALL) + 10
        inner = Area(area.x, area.y + 20, area.width, area.height - 20) if headed else area
        if headed:
            shapes.append(Words(area.x + 6, area.y + 15, group, _SMALL, palette.letters_on(n)))
        own = sorted(groups[group], key=lambda i: -amount(i))
        for item, room in zip(own, squarified([amount(i) for i in own], inner), strict=True):
            shapes.append(Box(*room, palette.colour(n), "#ffffff"))
            shapes += _labelled(item, room, palette.letters_on(n))
    return Drawing(WIDE, _MAP, tuple(shapes))


def _labelled(item: ChartItem, room: Area, fill: str) -> Iterator[Shape]:
    """Write what fits into a piece: label and figure, on as many lines as it takes, else the label, else nothing."""
    middle = room.x + room.width // 2
    for size, shown in ((_SIZE, (item.label, printed(item.figure))), (_SMALL, (item.label,))):
        across = (room.width - 10) * EM // size
        if across < _LEAST:
            continue
        lines = [line for text in shown for line in broken(text, across).split("\n")]
        step = size + 4
        if len(lines) * step + 6 <= room.height and all(_wide(line, size) <= room.width - 8 for line in lines):
            top = room.y + (room.height - len(lines) * step) // 2 + size
            for n, line in enumerate(lines):
                yield Words(middle, top + n * step, line, size, fill, "middle")
            return


def _wide(text: str, size: int) -> int:
    return width(text) * size // EM


def _cut(text: str, room: int, size: int) -> str:
    """Cut a label that does not fit; the table of data has it whole."""
    while len(text) > 1 and _wide(text, size) > room:
        text = text.rstrip("…")[:-1] + "…"
    return text
