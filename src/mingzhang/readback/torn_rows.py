"""Rows of a table that a converter tore or ran together.

Numbers and codes are broken at the end of a line or within their cell, two rows stand on one line, a page's number in or
below a row. What is done here leaves no choice: a number that ends in a comma or a point is none, two digits alone in a column of codes are
no row, and a table whose amounts all have decimals has no amount of two digits behind its last column.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Final

from msgspec.structs import replace

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mingzhang.model.page import Cell, Line

_MONEY: Final = re.compile(r"-?\d{1,3}(?:[,，]\d{3})*\.\d{2}|-?\d+\.\d{2}")
_OPEN: Final = re.compile(r"-?\d[\d,，]*[,，.．]")
_REST: Final = re.compile(r"\d{1,3}(?:[,，]\d{3})*(?:\.\d{1,2})?")
_PAGE: Final = re.compile(r"[-—–·\s]*\d{1,3}[-—–·\s]*")
_NAME_AND_MONEY: Final = re.compile(r"(?P<name>.*[\u4e00-\u9fff)）”])\s*(?P<money>-?\d[\d,]*\.\d{2})")
_CODE: Final = re.compile(r"\d{3}(?:\d{2})?")
_LEAST_WIDTH: Final = 3
_MOST: Final = 0.6


def mended(lines: Sequence[Line]) -> tuple[Line, ...]:
    """Give the lines of a table with torn rows put together and joined ones divided."""
    widths = Counter(len(x.cells) for x in lines)
    width = max(widths, key=lambda n: (widths[n], n), default=0)
    if width < _LEAST_WIDTH or widths[width] < _MOST * len(lines):
        return tuple(lines)
    plain = _has_decimals(lines)
    out: list[Line] = []
    for line in lines:
        for one in _divided(line, width):
            row = _without_page(one, width) if plain else one
            together = _joined(out[-1], row, width) if out else None
            if together is not None:
                out[-1] = together
            elif not (plain and _is_page_alone(row)):
                out.append(_with_money(row, width))
    return tuple(out)


def _has_decimals(lines: Sequence[Line]) -> bool:
    """Tell whether amounts are printed with two decimals, all but one in ten; columns of whole numbers alone are codes."""
    sound = other = 0
    for column in zip(*_padded(lines), strict=True):
        texts = [t for t in column if t[-1:].isdigit() and t[:1].isdigit()]
        money = sum(_MONEY.fullmatch(t) is not None for t in texts)
        if 2 * money > len(texts):
            sound += money
            other += len(texts) - money
    return sound >= 9 * other and bool(sound)


def _padded(lines: Sequence[Line]) -> list[list[str]]:
    width = max((len(x.cells) for x in lines), default=0)
    return [[c.text for c in x.cells] + [""] * (width - len(x.cells)) for x in lines]


def _divided(line: Line, width: int) -> tuple[Line, ...]:
    """Divide a line that is two or more rows wide, if each part has a name."""
    parts = [line.cells[n : n + width] for n in range(0, len(line.cells), width)]
    rows = tuple(replace(line, cells=cells) for cells in parts)
    return rows if len(rows[-1].cells) == width and all(map(_is_named, rows)) else (line,)


def _is_page_alone(line: Line) -> bool:
    shown = [c.text for c in line.cells if c.text]
    return len(line.cells) > 1 and len(shown) == 1 and not line.cells[0].text and _PAGE.fullmatch(shown[0]) is not None


def _without_page(line: Line, width: int) -> Line:
    """Leave out a page's number behind a row that is one cell wider than the others."""
    if len(line.cells) == width + 1 and _PAGE.fullmatch(line.cells[-1].text):
        return replace(line, cells=line.cells[:-1])
    return line


def _joined(above: Line, line: Line, width: int) -> Line | None:
    """Put the rest of a row, or of its numbers, to it; None where a line is a row of its own."""
    shown = [c for c in line.cells if c.text]
    if not shown or len(above.cells) < 2:
        return None
    if len(line.cells) == width == len(above.cells):
        return _joined_below(above, line)
    if len(above.cells) + len(line.cells) == width + 1:
        number = above.cells[-1].text + line.cells[0].text
        whole = _OPEN.fullmatch(above.cells[-1].text) and line.cells[0].text.isdigit() and _MONEY.fullmatch(number)
        if whole:
            middle = replace(above.cells[-1], text=number)
            return replace(above, cells=(*above.cells[:-1], middle, *line.cells[1:]))
    return None


def _joined_below(above: Line, line: Line) -> Line | None:
    """Put the ends of numbers to their beginnings, which stand in the cells above them."""
    pairs = list(zip(above.cells, line.cells, strict=True))
    rests = [(a.text, b.text) for a, b in pairs if b.text]
    code = len(rests) == 1 and line.cells[0].text and re.fullmatch(r"\d{2}", line.cells[0].text)
    if code and _CODE.fullmatch(above.cells[0].text) and _is_named(above):
        return replace(above, cells=(_one(*pairs[0]), *above.cells[1:]))
    if not all(_OPEN.fullmatch(a) and _REST.fullmatch(b) and _MONEY.fullmatch(a + b) for a, b in rests):
        return None
    return replace(above, cells=tuple(_one(a, b) for a, b in pairs))


def _is_named(line: Line) -> bool:
    return any("\u4e00" <= c <= "\u9fff" for c in line.text)


def _one(upper: Cell, lower: Cell) -> Cell:
    return replace(upper, text=upper.text + lower.text) if lower.text else upper


def _with_money(line: Line, width: int) -> Line:
    """Divide a name from the first amount behind it, where a row has one cell too few."""
    if len(line.cells) != width - 1:
        return line
    for i, cell in enumerate(line.cells[:2]):
        found = _NAME_AND_MONEY.fullmatch(cell.text)
        if found is not None:
            parts = (replace(cell, text=found["name"]), replace(cell, text=found["money"]))
            return replace(line, cells=(*line.cells[:i], *parts, *line.cells[i + 1 :]))
    return line
