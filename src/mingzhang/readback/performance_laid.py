"""Performance forms in lines that only blanks divide, made into rows of cells as a ruled form has them."""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING, Final

import msgspec

from mingzhang.forms.lexicon import lexicon
from mingzhang.forms.performance import folded_label
from mingzhang.forms.performance_words import FormWords, department_words, form_words
from mingzhang.model.language import gettext as _
from mingzhang.model.page import Cell, Line
from mingzhang.model.place import Place
from mingzhang.readback.performance_bits import Bit, Found, joined, labels_in
from mingzhang.readback.performance_lower import Region, region_rows
from mingzhang.readback.performance_upper import Laid, upper_rows

if TYPE_CHECKING:
    from collections.abc import Sequence

_AHEAD: Final = 60
_LONGEST: Final = 400
_FIELDS_WANTED: Final = 3
_HEADS_WANTED: Final = 2
_YEAR: Final = re.compile(r"[(（]?\d{4}[)）]?年?度?[)）]?")
_STOPS: Final = re.compile(r"第[一二三四五六七八九十]+部分|[一二三四五六七八九十]{1,3}、")
_WIDTH: Final = 9
_OTHER_HEADS: Final = 4
"""The role of the words of a head that name no level and no value."""
_FEW_ROWS: Final = 4
"""Of so many lines one at least has several pieces, where they stand as they were printed."""


class Raw(msgspec.Struct, frozen=True):
    """A printed line before its cells are known: its pieces, page and place.

    `apart` says that a wide gap stands above it, `edge` that it is the first or last line of its page.
    """

    bits: tuple[Bit, ...]
    page: int
    place: Place
    apart: bool = False
    edge: bool = False

    @property
    def text(self) -> str:
        """Give the line without blanks."""
        return "".join(b.text for b in self.bits)


class Form(msgspec.Struct, frozen=True):
    """A form made out: the numbers of the raw lines that it takes, its rows by page, and how much speaks against them."""

    first: int
    end: int
    rows: tuple[tuple[int, Line], ...]
    against: int = 0


def forms_laid(lines: Sequence[Raw], half: int) -> list[Form]:
    """Find the forms among lines and make rows of each; `half` is the width of half a letter."""
    words, own = form_words(), department_words()
    begun = {n: words for n in range(len(lines)) if _starts(lines, n, words)}
    begun |= {n: own for n in range(1, len(lines)) if _starts_own(lines, n, own)}
    starts = sorted(begun)
    out = []
    for start, after in zip(starts, (*starts[1:], len(lines)), strict=False):
        words = begun[start]
        end = _end(lines, start, min(after, start + _LONGEST), words)
        rows, against = _rows(lines[start:end], words, half)
        if rows:
            out.append(Form(start, end, tuple(rows), against))
    return out


def _starts(lines: Sequence[Raw], n: int, words: FormWords) -> bool:
    """Tell whether a form begins: with the label of the project's name, and others before anything else begins."""
    if not _names_project(lines[n], words):
        return False
    after = range(n + 1, min(n + _AHEAD, len(lines)))
    end = next((i for i in after if _names_project(lines[i], words) or _begins_other(lines[i], words)), after.stop)
    ahead = [_numbered(raw.bits, i) for i, raw in enumerate(lines[n:end])]
    if _FEW_ROWS * sum(len(x) > 1 for x in ahead) < len(ahead):
        return False  # one cell a line: the order of the cells is not that of rows
    found, _other = labels_in(ahead, words.upper)
    return len({f.key for f in found} - {"project"}) >= _FIELDS_WANTED


def _names_project(raw: Raw, words: FormWords) -> bool:
    return any(raw.text.startswith(s) for s, key in words.fields.items() if key == "project")


def _begins_other(raw: Raw, words: FormWords) -> bool:
    """Tell whether a heading of the document or the title of a form stands on a line."""
    text = folded_label(raw.text)
    return _STOPS.match(text) is not None or (text.endswith(words.titles) and len(raw.bits) <= _HEADS_WANTED)


def _starts_own(lines: Sequence[Raw], n: int, words: FormWords) -> bool:
    """Tell whether the department's own form begins: below its title and year, with several of its labels soon after."""
    above = next((r for r in lines[max(0, n - 2) : n][::-1] if not _YEAR.fullmatch(r.text)), None)
    titled = (
        above is not None and len(above.bits) <= _HEADS_WANTED and folded_label(above.text).endswith(words.own_titles)
    )
    if not titled or _YEAR.fullmatch(lines[n].text):
        return False
    ahead = [_numbered(raw.bits, i) for i, raw in enumerate(lines[n : n + _AHEAD])]
    found, _rest = labels_in(ahead, words.upper)
    return len({f.key for f in found}) > _FIELDS_WANTED


def _numbered(bits: Sequence[Bit], line: int) -> list[Bit]:
    return [msgspec.structs.replace(b, line=line) for b in bits]


def _end(lines: Sequence[Raw], start: int, most: int, words: FormWords) -> int:
    """Find the line before which a form ends: behind its signatures, or where something else begins."""
    below = False
    for n in range(start + 1, most):
        text = folded_label(lines[n].text)
        if below and _is_footer(lines[n], words):
            after = n + 1
            alone = after < most and len(lines[after].bits) == 1 and lines[after].text.isdigit()
            return after + alone
        below = below or sum(w in text for w in words.heads) >= _HEADS_WANTED
        if below and _begins_other(lines[n], words):
            return n
    return most


def _is_footer(raw: Raw, words: FormWords) -> bool:
    return (
        sum(
            bool(re.search(f"(?:^|[^\u4e00-\u9fff]){s}[:：]", " ".join(b.text for b in raw.bits))) for s in words.footer
        )
        >= 2
    )


def _rows(span: Sequence[Raw], words: FormWords, half: int) -> tuple[list[tuple[int, Line]], int]:
    span = [r for r in span if not _is_page_number(r)]
    footers = [n for n, r in enumerate(span) if _is_footer(r, words)]
    end = footers[0] if footers else len(span)
    lines = [_numbered(r.bits, n) for n, r in enumerate(span)]
    heads = _heads(lines[:end], words)
    laid: list[tuple[int, Line]] = []

    def add(rows: Sequence[Laid]) -> None:
        laid.extend((span[r.line].page, _line(r, span)) for r in rows)

    top = min(h.first for h in heads[0]) if heads else end
    upper = upper_rows(lines[:top], [r.page for r in span], [r.apart for r in span], words)
    if any(_holds_a_head(joined(bits), words) for row in upper for _column, bits in row.cells):
        return [], 0  # the indicators' head among the words of a field: the order of the cells is not that of rows
    if heads:
        add([*upper, _head_row(heads[0])])
    elif upper:
        told = _("没有认出绩效指标的表头，指标没有读出")
        add(
            [*upper[:-1], msgspec.structs.replace(upper[-1], doubt=_("；").join(filter(None, (upper[-1].doubt, told))))]
        )
    against = 0
    for region in _regions(span, lines, heads, end, half):
        rows, over = region_rows(region, words)
        add(rows)
        against += over
    if footers:
        cells = tuple(Cell(b.text, _place([b], span[b.line].place)) for line in lines[end:] for b in line)
        laid.append((span[end].page, Line(cells, span[end].place)))
    return laid, against + sum(bool(line.doubt) for _number, line in laid)


def _is_page_number(raw: Raw) -> bool:
    """Tell whether a line numbers its page; bare digits do so at the page's edge alone, elsewhere they end an amount."""
    text = " ".join(b.text for b in raw.bits)
    return re.fullmatch(lexicon().marks.page_number, text) is not None and (raw.edge or not text.isdigit())


def _heads(lines: Sequence[Sequence[Bit]], words: FormWords) -> list[list[Found]]:
    """Find the heads of indicators: words of the head that stand beside one another."""
    found, _other = labels_in(lines, dict.fromkeys(words.heads, ""), fewest=1)
    out: list[list[Found]] = []
    for word in found:
        if out and any(word.first <= x.last and x.first <= word.last for x in out[-1]):
            out[-1].append(word)
        else:
            out.append([word])
    return [sorted(h, key=lambda x: x.left) for h in out if len(h) > _HEADS_WANTED]


def _holds_a_head(text: str, words: FormWords) -> bool:
    """Tell whether two columns of indicators are named in a text with nothing between."""
    names = [w for w, role in words.heads.items() if role < _OTHER_HEADS and w in text]
    return any(a + b in text for a in names for b in names if words.heads[a] != words.heads[b])


def _head_row(head: Sequence[Found]) -> Laid:
    return Laid(tuple((n + 1, h.bits) for n, h in enumerate(head)), head[0].first)


def _regions(
    span: Sequence[Raw], lines: Sequence[list[Bit]], heads: list[list[Found]], end: int, half: int
) -> list[Region]:
    if not heads:
        return []
    tops = [max(h.last for h in head) + 1 for head in heads]
    bottoms = [*(min(h.first for h in head) for head in heads[1:]), end]
    out = []
    for head, top, bottom in zip(heads, tops, bottoms, strict=True):
        of_head = {id(b) for h in head for b in h.bits}
        zone = range(min(h.first for h in head), top)
        numbers = [*zone, *range(top, bottom)]
        for _number, own in groupby(numbers, key=lambda n: span[n].page):
            part = [tuple(b for b in lines[n] if id(b) not in of_head) for n in own]
            kept = [line for line in part if line]
            apart = tuple(span[line[0].line].apart for line in kept)
            if kept:
                out.append(Region(tuple(kept), tuple(head), apart, half))
    return out


def _line(row: Laid, span: Sequence[Raw]) -> Line:
    place = span[row.line].place
    cells = [Cell("", place)] * max(_WIDTH, *(c + 1 for c, _own in row.cells))
    for column, bits in row.cells:
        cells[column] = Cell(joined(bits), _place(bits, span[bits[0].line].place))
    return Line(tuple(cells), place, guessed=True, doubt=row.doubt)


def _place(bits: Sequence[Bit], place: Place) -> Place:
    """Give the place of a text: its line, and on a page the box around its pieces."""
    if not bits[0].bottom:
        return place
    box = (min(b.left for b in bits), min(b.top for b in bits), max(b.right for b in bits), max(b.bottom for b in bits))
    return msgspec.structs.replace(place, box=box)
