"""Merged cells that a program repeats in every cell they cover, as readers of Word files do: their text is printed once.

A line whose cells all say the same is one cell. Elsewhere two cells that say the same may be two, 质量指标 beside 质量指标; only
where a performance form gives its project's name again and again is its upper part, down to the indicators, taken together.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final

from msgspec.structs import replace

from mingzhang.model.keys import tidy

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mingzhang.model.page import Line

_NAME: Final = "项目名称"
_INDICATORS: Final = ("一级指标", "指标值")
_WHOLE: Final = 3


def unrepeated(lines: Sequence[Line]) -> tuple[Line, ...]:
    """Take the texts out that only repeat the cell to the left of theirs."""
    out = []
    repeats = False
    for line in lines:
        if len(line.cells) < _WHOLE:
            out.append(line)
            continue
        texts = [c.text for c in line.cells]
        if tidy(next((t for t in texts if t), "")) == _NAME:
            repeats = _comes_again(texts)
        elif any(tidy(t) in _INDICATORS for t in texts):
            repeats = False
        if texts[0] and len(set(texts)) == 1 and not any(c.isdigit() for c in texts[0]):
            out.append(replace(line, cells=line.cells[:1]))
        else:
            out.append(_once(line) if repeats else line)
    return tuple(out)


def _comes_again(texts: Sequence[str]) -> bool:
    """Tell whether the name of a project, or the word before it, stands in neighbouring cells again."""
    return any(a and a == b for a, b in pairwise(texts))


def _once(line: Line) -> Line:
    """Blank the cells that say what the one before them says."""
    before = ["", *(c.text for c in line.cells)]
    return replace(
        line,
        cells=tuple(replace(c, text="") if c.text == b else c for c, b in zip(line.cells, before, strict=False)),
    )
