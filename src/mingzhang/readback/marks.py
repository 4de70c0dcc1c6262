"""What stands in a file and is not content: watermarks, page numbers, residues of conversion."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from typing import TYPE_CHECKING, Final

import msgspec

from mingzhang.forms.lexicon import lexicon, pattern
from mingzhang.model.disclosure import Mark
from mingzhang.model.keys import folded
from mingzhang.model.page import Line
from mingzhang.readback.running_heads import running_heads
from mingzhang.readback.woven import unwoven

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from mingzhang.model.page import Page

_LONGEST_WATERMARK: Final = 20
_OFTEN: Final = 3
_BETWEEN_WORDS: Final = "[,，、;；。.!！:：()（）【】-]"
_AMOUNT: Final = re.compile(r"-?[\d,，]*\d\.\d{2}|\d{5,}")
_ORDINAL: Final = re.compile(r"\(?[一二三四五六七八九十]{1,3}[)、.]|\(?\d{1,2}[)、.]|第[一二三四五六七八九十\d]+部分")


def lines_of(pages: Iterable[Page]) -> tuple[Line, ...]:
    """Give the lines of all pages, one after the other."""
    return tuple(line for page in pages for line in page.lines)


def sole_text(line: Line) -> str:
    """Give the text of a line that has one text only, in whatever cell; "" for a row and for a blank line."""
    texts = [c.text for c in line.cells if c.text]
    return texts[0] if len(texts) == 1 else ""


def without_marks(lines: Sequence[Line]) -> tuple[tuple[Line, ...], tuple[Mark, ...]]:
    """Take out the lines that are marks, and marks out of the cells of rows; give both, in order."""
    running = running_heads(lines)
    marks = [Mark("running_head", lines[i].cells[0].text, lines[i].place) for i in sorted(running)]
    lines = [line for i, line in enumerate(lines) if i not in running]
    stamped = _stamped(lines)
    kept: list[Line] = []
    for line in lines:
        kind = _kind(line, stamped)
        if kind:
            marks.append(Mark(kind, sole_text(line), line.place))
            continue
        found = [c for c in line.cells if len(line.cells) > 1 and _is_watermark(c.text, stamped)]
        marks += [Mark("watermark", c.text, line.place) for c in found]
        kept.append(_cleared(line, stamped) if found else line)
    plain, woven = unwoven(kept)
    return plain, (*marks, *woven)


def _cleared(line: Line, stamped: frozenset[str]) -> Line:
    cells = (msgspec.structs.replace(c, text="") if _is_watermark(c.text, stamped) else c for c in line.cells)
    return Line(tuple(cells), line.place)


def _kind(line: Line, stamped: frozenset[str]) -> str:
    text = sole_text(line)
    if not text:
        return ""
    if _is_watermark(text, stamped):
        return "watermark"
    if len(line.cells) == 1 and pattern(lexicon().marks.page_number).fullmatch(text):
        return "page_number"
    return "residue" if any(pattern(r).fullmatch(text.strip()) for r in lexicon().marks.residue) else ""


def _is_watermark(text: str, stamped: frozenset[str]) -> bool:
    return bool(text) and folded(text) in stamped


def _stamped(lines: Sequence[Line]) -> frozenset[str]:
    """Find the texts that were stamped on pages.

    A short line with a word of watermarks in it is one if nothing but such words is in it or it comes again; any short line
    is one that comes often and at least once twice in a row, as page after page of a text without its pictures; not a
    heading with its number, which contents lists and parts repeat. Where the cells of tables stand one on a line, what comes
    again and again may be any of them.
    """
    words = lexicon().marks.watermark
    nothing_else = pattern(f"(?:{'|'.join(sorted(words, key=len, reverse=True))}|{_BETWEEN_WORDS})+")
    texts = [folded(sole_text(line)) for line in lines]
    count = Counter(t for t in texts if 1 < len(t) <= _LONGEST_WATERMARK and not _is_numeric(t))
    alone = [t if len(line.cells) == 1 else "" for t, line in zip(texts, lines, strict=True)]
    twice_in_a_row = {a for a, b in itertools.pairwise(alone) if a and a == b}
    any_text = not _are_cells_alone(lines, texts)
    return frozenset(
        t
        for t, n in count.items()
        if nothing_else.fullmatch(t)
        or (n > 1 and any(w in t for w in words))
        or (any_text and n >= _OFTEN and t in twice_in_a_row and not _ORDINAL.match(t))
    )


def _are_cells_alone(lines: Sequence[Line], texts: Sequence[str]) -> bool:
    """Tell whether cells stand one on a line: more amounts do than there are rows of several cells."""
    amounts = sum(bool(_AMOUNT.fullmatch(t)) for t in texts)
    return amounts > _OFTEN and amounts > sum(sum(bool(c.text) for c in line.cells) > 1 for line in lines)


def _is_numeric(text: str) -> bool:
    return not any("\u4e00" <= c <= "\u9fff" or c.isalpha() for c in text)
