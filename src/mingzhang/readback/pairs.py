"""A balance that prints spending several times side by side: by function, by kind, by economic class.

Income and the spending by function are the balance; each further pair of names and amounts is a table beside it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from msgspec.structs import replace

from mingzhang.forms.classifications import edition
from mingzhang.readback.heads import divide, head_of, head_words
from mingzhang.readback.likeness import unnumbered
from mingzhang.readback.meanings import is_name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mingzhang.forms.pack import PackTable
    from mingzhang.model.page import Line
    from mingzhang.readback.drafts import Block

_BALANCES: Final = frozenset({"summary", "appropriation"})
_SIDES: Final = 2


def pairs_of(block: Block, spec: PackTable | None, year: int | None, standards: str) -> tuple[Block, ...]:
    """Divide a balance of more than two sides: the balance first, then what stands beside it; () where there are two."""
    if spec is None or spec.id not in _BALANCES:
        return ()
    head, body = divide(block.lines, head_words([spec], year), year)
    stacks = head_of(head).stacks
    starts = [i for i, s in enumerate(stacks) if is_name(s)]
    if len(starts) <= _SIDES or any(len(x.cells) > len(stacks) for x in body) or starts[0]:
        return ()
    ends = [*starts[1:], len(stacks)]
    if any(end - start < _SIDES for start, end in zip(starts, ends, strict=True)):
        return ()
    spans = list(zip(starts, ends, strict=True))
    by_function = max(range(1, len(spans)), key=lambda n: (_classes(body, spans[n][0], standards), -n))
    own = [spans[0], spans[by_function]]
    rest = [s for n, s in enumerate(spans) if n and n != by_function]
    return tuple(_cut(block, spans_of) for spans_of in (own, *([s] for s in rest)))


def _classes(body: Sequence[Line], at: int, standards: str) -> int:
    lists = edition(standards)
    return sum(
        bool(lists.named(unnumbered(x.cells[at].text), level=1)) for x in body if at < len(x.cells) and x.cells[at].text
    )


def _cut(block: Block, spans: Sequence[tuple[int, int]]) -> Block:
    lines = []
    for line in block.lines:
        cells = tuple(c for start, end in spans for c in line.cells[start:end])
        if any(c.text for c in cells):
            lines.append(replace(line, cells=cells))
    return replace(block, lines=tuple(lines))
