"""Setting running text: the official pitch of 29 points, a little less or more where a page would hold a few lines only."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from mingzhang.documents.flow import Heading, Picture, TermBlock, Text
from mingzhang.documents.pictures import DRAWN, drawing_of
from mingzhang.documents.widths import EM, running_lines

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from mingzhang.documents.flow import Block
    from mingzhang.model.disclosure import Chart

Pitch = tuple[float, float]
"""Size of the text, and what is between two lines."""

OFFICIAL: Final[Pitch] = (16.0, 13.0)
"""三号 on a pitch of 29 points: 22 lines of 28 characters a page."""

TIGHTER: Final[tuple[Pitch, ...]] = ((0.0, -0.5), (0.0, -1.0), (0.0, -1.5), (0.0, -2.0), (0.0, -2.5))
"""Less than usual by so much."""

LOOSER: Final[tuple[Pitch, ...]] = ((0.0, 1.0), (0.0, 2.0))
"""Where tightening spares no page: more lines go over to the last one."""

SMALLER: Final[tuple[Pitch, ...]] = ((-1.0, -1.5), (-2.0, -1.0), (-2.0, -2.0))
"""For the glossary, which is looked up rather than read."""

PAGE: Final = 225 * 72 / 25.4
_ACROSS: Final = 156 * 72 / 25.4
_PART: Final = 48.0
_PART_ABOVE: Final = 36.0
"""Above the heading of a part that does not begin a page; the template and the styles of Word have the same."""

_NEARLY_EMPTY: Final = 0.25
_SHORT: Final = 0.35
_SAFE: Final = 29.0
"""Lines are counted by estimate: a text is to end a line above the foot to be fairly sure of its page."""


class Measure(NamedTuple):
    """How a program sets running text, in points."""

    charts: Callable[[Chart], tuple[float, float]]
    """Gives the height of a chart with its title, and of the gap below it."""

    page: float
    """The height of a page."""

    closer: bool
    """Full-width marks inside a justified line give way."""

    strict: bool
    """A line needs its whole pitch at the foot of a page too, and a heading goes with what is below it."""


def pitch_for(
    blocks: Sequence[Block],
    *,
    headed: bool,
    glossary: bool = False,
    usual: Pitch = OFFICIAL,
    measure: Measure,
) -> Pitch:
    """Give size and leading of a run of text: other than usual only where a last page would be nearly empty."""
    pages, filled = _fill(blocks, usual, measure, headed=headed)
    if pages > 1 and filled < _NEARLY_EMPTY * measure.page:
        for pitch in _changed(usual, (*TIGHTER, *(SMALLER if glossary else ()))):
            fewer, end = _fill(blocks, pitch, measure, headed=headed)
            if fewer < pages and end <= measure.page - _SAFE:
                return pitch
        for pitch in _changed(usual, LOOSER):
            same, end = _fill(blocks, pitch, measure, headed=headed)
            if same > pages or end <= filled:
                break
            usual, filled = pitch, end
            if filled >= _NEARLY_EMPTY * measure.page:
                break
    return usual


def _changed(usual: Pitch, by: Iterable[Pitch]) -> Iterator[Pitch]:
    return ((usual[0] + size, usual[1] + leading) for size, leading in by)


def share_page(
    first: Sequence[Block],
    second: Sequence[Block],
    together: Sequence[Block],
    pitch: Pitch,
    measure: Measure,
    *,
    headed: bool,
) -> bool:
    """Tell whether two texts under headings of their own belong on one page: one is short, and both fit well."""
    pages, filled = _fill(first, pitch, measure, headed=headed)
    more, tail = _fill(second, pitch, measure, headed=True)
    both, end = _fill(together, pitch, measure, headed=headed)
    short = min(filled if pages == 1 else PAGE, tail if more == 1 else PAGE) < _SHORT * PAGE
    return pages == more == both == 1 and short and end <= PAGE - _SAFE


def placed_blocks(
    blocks: Sequence[Block], pitch: Pitch, measure: Measure, *, headed: bool
) -> tuple[list[tuple[Block, int]], int]:
    """Give each block with the page, from 0, on which it begins, and how many pages there are."""
    placed, (page, _used) = _placed(blocks, pitch, measure, headed=headed)
    return placed, page + 1


def _placed(
    blocks: Sequence[Block], pitch: Pitch, measure: Measure, *, headed: bool
) -> tuple[list[tuple[Block, int]], tuple[int, float]]:
    page, used = 0, _PART if headed else 0.0
    heights_of = [list(_heights(block, pitch, measure)) for block in blocks]
    out = []
    for n, (block, heights) in enumerate(zip(blocks, heights_of, strict=True)):
        below = _kept(blocks, heights_of, n) if measure.strict and isinstance(block, Heading) else 0.0
        for at, (height, gap) in enumerate(heights):
            if used + height + (gap + below if below and at == len(heights) - 1 else 0.0) > measure.page:
                page, used = page + 1, 0.0
            if at == 0:
                out.append((block, page))
            used += height + gap
    return out, (page, used)


def _kept(blocks: Sequence[Block], heights: Sequence[Sequence[tuple[float, float]]], at: int) -> float:
    """Give the height of what goes with a heading: the headings that follow at once, and a line."""
    kept = 0.0
    for block, own in zip(blocks[at + 1 :], heights[at + 1 :], strict=True):
        if not isinstance(block, Heading):
            return kept + (own[0][0] if own else 0.0)
        kept += sum(height + gap for height, gap in own)
    return kept


def _fill(blocks: Sequence[Block], pitch: Pitch, measure: Measure, *, headed: bool) -> tuple[int, float]:
    """Count the pages a text takes and how far it fills the last."""
    _blocks, (page, used) = _placed(blocks, pitch, measure, headed=headed)
    return page + 1, used


def typeset_chart(chart: Chart) -> tuple[float, float]:
    """Give the height that a chart as Typst draws it adds to the line before it, and the gap below it."""
    if chart.kind in DRAWN:
        drawn = drawing_of(chart)
        return 25.0 + drawn.height * _ACROSS / drawn.width, 22.0
    count = len(chart.items)
    return 25.0 + (21.0 * count - 8.0 if chart.kind == "bar" else max(119.0, 19.0 * count)), 22.0


TYPESET: Final = Measure(typeset_chart, PAGE, closer=True, strict=False)
"""How Typst sets running text."""


def _heights(block: Block, pitch: Pitch, measure: Measure) -> Iterator[tuple[float, float]]:
    """Give the heights that stay together, and what follows each: lines one by one, charts whole."""
    size, leading = pitch
    if isinstance(block, Heading) and block.level == 0:
        yield _PART_ABOVE + 22.0, _PART - 22.0
    elif isinstance(block, Picture) and block.chart.items:
        yield measure.charts(block.chart)
    else:
        across = int(_ACROSS / size * EM)
        for _ in range(running_lines("　　" + _words(block), across, closer=measure.closer)):
            yield (size + leading, 0.0) if measure.strict else (size, leading)


def _words(block: Block) -> str:
    match block:
        case Heading(text, _):
            return text
        case Text():
            return block.paragraph.text.strip()
        case TermBlock(number, term, meaning):
            return f"{number}、{term}：{meaning}"
        case Picture(chart):
            return chart.title
    raise AssertionError(block)
