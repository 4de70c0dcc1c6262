"""Rows of a text whose columns stand apart by blanks, as programs print the text of a PDF: which cell stands in which column."""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING, Final

import msgspec

from mingzhang.forms.lexicon import lexicon
from mingzhang.model.page import Cell, Line
from mingzhang.model.place import Place
from mingzhang.readback.heads import begin_of_body, is_counting
from mingzhang.readback.performance_bits import bits_of
from mingzhang.readback.performance_laid import Form, Raw, forms_laid
from mingzhang.readback.spaced_breaks import with_below, words_of
from mingzhang.readback.spaced_columns import Columns, columns_of
from mingzhang.readback.spaced_heads import placed
from mingzhang.readback.spaced_rows import rows_of
from mingzhang.readback.spaced_texts import Text, apart, code_and_name, texts_of
from mingzhang.readback.spaced_words import is_known, is_labelled
from mingzhang.readback.titles import is_number_label

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_FEW: Final = 2
_CONFLICT: Final = 10
_LONGEST: Final = 30
_SHORT: Final = 24
_WORD: Final = 14
_WIDE_GAP: Final = re.compile(r"\S {6,}\S")
_SENTENCE: Final = re.compile(r"[。；！？]")
_APART: Final = re.compile(r"  |\u3000")
_PROSE: Final = re.compile(r"(?<!\d)，|，(?!\d)|(?:\d ?(?:万|亿)?元|%)(?:[，、）)]|[,:：;](?!\d)|$)")
"""What stands in a line of running text whose numbers have blanks around them, and in no row."""

_ENDS: Final = re.compile(
    r"[：:]$|表(?:[(（][^()（）]*[)）])?$|^(?:第[一二三四五六七八九十\d]+部分|[（(]?续表)|^\d{1,3}$"
)


class Printed(msgspec.Struct, frozen=True):
    """One printed line as it stands in a file; `line` is how it is read where it is no row."""

    text: str
    place: Place
    line: Line


def laid_out(pages: Sequence[Sequence[Printed]]) -> list[list[Line]]:
    """Give the lines of each page, those of tables in columns, by the width of Chinese characters that suits all better."""
    way = min((_Way(pages, wide) for wide in (1, 2)), key=lambda w: (-len(w.forms), w.against))
    out: list[list[Line]] = []
    before: _Laid | None = None
    for n, own in enumerate(way.parts):
        out.append([])
        for k, part in enumerate(own):
            if part.form is not None:
                out[-1] += [line for page, line in way.forms[part.form].rows if page == n]
            elif part.is_table:
                laid = way.tables[n, k]
                out[-1] += laid.lines(before)
                before = laid
            else:
                out[-1] += [p.line for p in part.printed]
    return out


class _Way:
    """All pages, a Chinese character taken for `wide` columns: a form whose broken labels do not meet then is none.

    No labels meet by chance, so the width by which more forms are found is the right one.
    """

    def __init__(self, pages: Sequence[Sequence[Printed]], wide: int) -> None:
        self.forms = _forms(pages, wide)
        self.parts = list(_parts_between(pages, self.forms))
        self.tables = {
            (n, k): _Laid(part.printed, wide)
            for n, own in enumerate(self.parts)
            for k, part in enumerate(own)
            if part.is_table
        }
        self.against = sum(t.against for t in self.tables.values()) + sum(f.against for f in self.forms)


class _Part(msgspec.Struct):
    """Lines of a page that are a table, the part of a form on that page (by its number), or neither."""

    printed: list[Printed]
    is_table: bool = False
    form: int | None = None


def _parts_between(pages: Sequence[Sequence[Printed]], forms: Sequence[Form]) -> Iterator[list[_Part]]:
    """Divide each page into forms, tables, and what stands between them."""
    of_form = {n: k for k, f in enumerate(forms) for n in range(f.first, f.end)}
    number = 0
    for page in pages:
        own: list[_Part] = []
        for form, run in groupby(range(len(page)), key=lambda i, at=number: of_form.get(at + i)):  # type: ignore[misc]
            printed = [page[i] for i in run]
            own += (
                [_Part(printed, form=form)]
                if form is not None
                else [_Part(list(p), is_table=t) for p, t in _parts(printed)]
            )
        number += len(page)
        yield own


def _forms(pages: Sequence[Sequence[Printed]], wide: int) -> list[Form]:
    """Make out the performance forms; lines that tabs or strokes divide are none of theirs."""
    raws = []
    last: int | None = None
    for number, page in enumerate(pages):
        for printed in page:
            at = printed.place.line
            bits = () if len(printed.line.cells) > 1 else tuple(bits_of(printed.text, 0, wide))
            apart = last is not None and at is not None and at > last + 1
            raws.append(Raw(bits, number, printed.place, apart=apart, edge=printed in (page[0], page[-1])))
            last = at
    return forms_laid(raws, wide)


def _parts(printed: Sequence[Printed]) -> Iterator[tuple[Sequence[Printed], bool]]:
    """Divide a page into tables and what stands between them."""
    kinds = [_kind(p) for p in printed]
    n = 0
    while n < len(printed):
        end = n
        while end < len(printed) and kinds[end]:
            end += 1
        if end == n:
            yield printed[n : n + 1], False
            n += 1
            continue
        rows = [i for i in range(n, end) if kinds[i] > 1]
        if not rows:
            yield printed[n:end], False
        else:
            first, last = rows[0], rows[-1]
            while first > n and _may_be_of_head(printed[first - 1]):
                first -= 1
            while last + 1 < end and not _is_heading(printed[last + 1]):
                last += 1
            yield printed[n:first], False
            yield printed[first : last + 1], True
            yield printed[last + 1 : end], False
        n = end


def _kind(printed: Printed) -> int:
    """Tell whether a line is a row (2), may stand among rows (1), or ends a table (0)."""
    plain = printed.line.text.strip()
    found = texts_of(printed.text, 0, 1)
    texts = [t.text for t in found]
    number = "  " not in plain and re.fullmatch(lexicon().marks.page_number, plain)
    prose = not _APART.search(plain) and _PROSE.search(plain)
    if len(printed.line.cells) > 1 or not texts or number or prose or _SENTENCE.search(plain):
        return 0
    if len(texts) < _FEW:
        ends = _ENDS.search(plain) or is_number_label(plain)
        return 0 if ends or len(plain) > _LONGEST else 1
    longest = max(map(len, texts))
    if longest > 2 * _SHORT or all(map(is_labelled, texts)):
        return 0
    if len(texts) == _FEW:
        row = _WIDE_GAP.search(printed.text) is not None and min(map(len, texts)) > 1
    else:
        row = longest <= _SHORT and longest > 1
    return 2 if row or any(t.is_figure for t in found) else 1


def _may_be_of_head(printed: Printed) -> bool:
    """Tell whether a line above the first row may be of the head: short words, no colon."""
    texts = [t.text for t in texts_of(printed.text, 0, 1)]
    indented = len(texts) > 1 or printed.text[:1].isspace() or is_known(texts[0])
    return indented and all(len(t) <= _WORD and not is_labelled(t) for t in texts)


def _is_heading(printed: Printed) -> bool:
    return re.match(r"\s*[一二三四五六七八九十]+、", printed.text) is not None


class _Laid:
    """A table's lines with Chinese characters taken for one or two columns of characters."""

    def __init__(self, printed: Sequence[Printed], wide: int) -> None:
        self._printed = printed
        self.head: list[Line] = []
        lines = [texts_of(p.text, n, wide) for n, p in enumerate(printed)]
        end = _end_of_head(lines)
        self._head, body = lines[:end], lines[end:]
        if any(t.is_code for line in body for t in line):
            body = [[p for t in line for p in code_and_name(t)] for line in body]
        self._body = body
        self.columns: Columns = columns_of(body)
        counted = [line for line in self._head if is_counting([t.text for t in line])]
        head = [[p for t in line for p in apart(t)] for line in self._head if not any(line is c for c in counted)]
        self._words = words_of(head, self.columns.found)
        self.against = _CONFLICT * self.columns.against + placed(self._words, self.columns.found)

    def lines(self, before: _Laid | None) -> list[Line]:
        """Give the lines in columns: the head's, then the body's; a head that comes again stands as `before`."""
        columns = self.columns.found
        at = {id(m): n for n, c in enumerate(columns) for m in c.members}
        rows = rows_of([{at[id(t)]: t for t in line} for line in self._body], columns)
        head = self._head_lines(len(columns))
        if before is not None and self._is_again(before):
            again = before.head
            head = [msgspec.structs.replace(x, place=head[min(n, len(head) - 1)].place) for n, x in enumerate(again)]
        self.head = head
        return [*head, *(self._line(r, len(columns)) for r in rows)]

    def _is_again(self, before: _Laid) -> bool:
        """Tell whether the head is that of the table before, as on the next page of it."""
        same = self._letters() == before._letters() and bool(self._words)
        return same and len(self.columns.found) == len(before.columns.found)

    def _letters(self) -> list[str]:
        return sorted("".join(w.text for top in self._words for w in with_below(top)))

    def _head_lines(self, count: int) -> list[Line]:
        every = [w for top in self._words for w in with_below(top)]
        out = []
        for depth in sorted({w.depth for w in every}):
            cells = [Cell() for _ in range(count)]
            mine = [w for w in every if w.depth == depth and w.columns]
            for word in mine:
                place = self._printed[word.last].place
                cells[word.columns[0]] = Cell(word.text, place, len(word.columns))
            if mine:
                out.append(Line(tuple(cells), self._printed[min(w.last for w in mine)].place, guessed=True))
        return out

    def _line(self, row: Sequence[dict[int, Text]], count: int) -> Line:
        """Give a row its place in the file, each cell that of the line where its text stands."""
        main = next((r for r in row if any(t.is_figure for t in r.values())), row[0])
        place = self._printed[next(iter(main.values())).line].place
        cells = [Cell("", place)] * count
        for n in range(count):
            texts = [r[n] for r in row if n in r]
            if texts:
                cells[n] = Cell("".join(t.text for t in texts), self._printed[texts[0].line].place)
        unsure = tuple(n for n, c in enumerate(self.columns.found) if c.unsure)
        return Line(tuple(cells), place, guessed=True, unsure=unsure)


def _end_of_head(lines: Sequence[Sequence[Text]]) -> int:
    """Find where the head of a table ends: before the first figure, code or numbered label."""
    shown = [not is_counting([t.text for t in line]) and any(t.is_of_body for t in line) for line in lines]
    first = begin_of_body(shown, [bool(line) and line[0].begins for line in lines], [len(line) for line in lines])
    if first == len(lines):
        # Without any figure the head ends with its last line of several words.
        return max((n + 1 for n, line in enumerate(lines) if len(line) > 1 and not line[0].begins), default=first)
    end = first
    named = any(not t.is_figure for t in lines[first])
    while end and not named and len(lines[end - 1]) == 1 and not is_known(lines[end - 1][0].text):
        end -= 1
    return end
