"""Titles of tables on one line with the unit of money or the name of the unit: each becomes a line of its own."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from msgspec.structs import replace

from mingzhang.forms.lexicon import lexicon
from mingzhang.model.keys import tidy
from mingzhang.model.page import Line
from mingzhang.readback.surroundings import around, may_be_title

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_MOST: Final = 3
_WAITS: Final = re.compile(r"(?:.*\s)?(?:金额)?单位[:：]")
_UNIT_BEHIND: Final = re.compile(r"(?P<title>\S.*?)[\s(（]+(?P<unit>(?:金额)?单位\s*[:：]\s*\S+?)\s*[)）]?")


def divided_titles(lines: Sequence[Line], is_title: Callable[[str], bool]) -> tuple[Line, ...]:
    """Divide the lines that begin with the title of a table and go on with what stands around it."""
    out: list[Line] = []
    for line in _with_units(lines):
        out += _divided(line, is_title) if any("单位" in c.text or "部门" in c.text for c in line.cells) else (line,)
    return tuple(out)


def _with_units(lines: Sequence[Line]) -> tuple[Line, ...]:
    """Put a unit of money that stands alone on its line to the word 单位： at the end of the line above."""
    out: list[Line] = []
    for line in lines:
        alone = len(line.cells) == 1 and tidy(line.cells[0].text) in lexicon().units["names"]
        if alone and out and out[-1].cells[-1].text and _WAITS.fullmatch(tidy(out[-1].cells[-1].text)):
            last = out[-1].cells[-1]
            out[-1] = replace(out[-1], cells=(*out[-1].cells[:-1], replace(last, text=last.text + line.cells[0].text)))
        else:
            out.append(line)
    return tuple(out)


def _divided(line: Line, is_title: Callable[[str], bool]) -> tuple[Line, ...]:
    shown = [c for c in line.cells if c.text]
    if not shown or len(shown) > _MOST:
        return (line,)
    if len(shown) == 1:
        found = _UNIT_BEHIND.fullmatch(shown[0].text)
        if found is None or around(line) or not is_title(found["title"]):
            return (line,)
        shown = [replace(shown[0], text=found["title"]), replace(shown[0], text=found["unit"])]
    rest = Line(tuple(shown[1:]), line.place)
    title = shown[0].text
    if around(line) or "unit" not in around(rest) or not (is_title(title) or may_be_title(title)):
        return (line,)
    return (replace(line, cells=(shown[0],)), rest)
