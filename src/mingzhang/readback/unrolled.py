"""A list printed in several columns of the page: its codes, names and amounts stand side by side two or three times.

Final accounts print basic spending so, staff to the left, running costs to the right. What is read is one list.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from msgspec.structs import replace

from mingzhang.readback.columns import side_of
from mingzhang.readback.heads import divide, head_of, head_words
from mingzhang.readback.likeness import bare
from mingzhang.readback.meanings import is_code, is_name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mingzhang.forms.pack import PackTable
    from mingzhang.model.page import Line
    from mingzhang.readback.drafts import Block
    from mingzhang.readback.heads import Stack

_FEWEST: Final = 3
"""Code, name and amount: two columns that come again may be the two sides of a balance."""


def unrolled(block: Block, spec: PackTable | None, year: int | None) -> Block:
    """Put the groups of a list below each other; a table whose columns do not come again stays as it is."""
    if spec is not None and spec.two_sided:
        return block
    head, body = divide(block.lines, head_words([spec] if spec else [], year), year, strange=spec is None)
    stacks = head_of(head).stacks
    width = _width(stacks)
    if not width or any(len(x.cells) > len(stacks) for x in body):
        return block
    first = [x for line in head if (x := _part(line, 0, width)) is not None]
    lines = [x for at in range(0, len(stacks), width) for line in body if (x := _part(line, at, width)) is not None]
    return replace(block, lines=(*first, *lines))


def _width(stacks: Sequence[Stack]) -> int:
    """Give how many columns a group has, 0 where there is but one: a code and a name, and amounts under the same words."""
    words = ["name" if is_name(s) else "code" if is_code(s) else bare(s.own) for s in stacks]
    for width in range(_FEWEST, len(words) // 2 + 1):
        if len(words) % width == 0 and words == words[:width] * (len(words) // width):
            named = any(map(is_name, stacks[:width])) and any(map(is_code, stacks[:width]))
            return width if named and not {"in", "out"} <= set(map(side_of, stacks)) else 0
    return 0


def _part(line: Line, at: int, width: int) -> Line | None:
    cells = line.cells[at : at + width]
    return replace(line, cells=cells) if any(c.text for c in cells) else None
