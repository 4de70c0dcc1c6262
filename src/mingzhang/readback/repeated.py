"""Running text that a copy of a file's text holds at the foot of one page and again at the head of the next.

In a file that lays one long text behind several pages, each page shows its own part and hides the rest; copying out the
text heeds no hiding.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final

import msgspec

from mingzhang.forms.lexicon import lexicon, pattern
from mingzhang.model.language import gettext as _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mingzhang.model.page import Line, Page

_FEWEST: Final = 3
_SENTENCE_END: Final = "。"


def printed_once(pages: Sequence[Page]) -> tuple[tuple[Page, ...], tuple[str, ...]]:
    """Leave out at the head of a page the running text with which the page before ends; say of each page how much it was."""
    kept, told = list(pages[:1]), []
    for before, page in pairwise(pages):
        again = _again(before.lines, page.lines)
        kept.append(msgspec.structs.replace(page, lines=page.lines[again:]) if again else page)
        if again:
            doubt = _("第{page}页开头的{count}行与上页末尾相同，只读一次")
            told.append(doubt.format(page=page.number, count=again))
    return tuple(kept), tuple(told)


def _again(before: Sequence[Line], after: Sequence[Line]) -> int:
    """Count the lines at the head of a page that are the last of the page before, its number left aside."""
    foot = [line for line in before[-len(after) - 1 :] if not _is_number(line)] if after else []
    ends, heads = [_bare(line) for line in foot], [_bare(line) for line in after[: len(foot)]]
    for count in range(len(heads), _FEWEST - 1, -1):
        if ends[-count:] == heads[:count]:
            is_prose = not any(line.is_row for line in after[:count])
            return count if is_prose and any(_SENTENCE_END in text for text in heads[:count]) else 0
    return 0


def _bare(line: Line) -> str:
    return "".join(line.text.split())


def _is_number(line: Line) -> bool:
    return pattern(lexicon().marks.page_number).fullmatch(line.text.strip()) is not None
