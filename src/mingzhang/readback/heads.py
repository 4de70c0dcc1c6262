"""The head of a printed table: where it ends, and what words stand above each printed column."""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Final

import msgspec

from mingzhang.forms.lexicon import lexicon
from mingzhang.model.disclosure import HeadCell
from mingzhang.model.figure import read_figure
from mingzhang.model.keys import folded
from mingzhang.model.page import Line
from mingzhang.readback.likeness import bare, filled, likeness, shortened, unnumbered

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from mingzhang.forms.pack import PackTable

_CODE: Final = re.compile(r"\d{3}(?:\d{2}){0,3}")
_COUNTED: Final = re.compile(r"\d{1,2}|栏次|行次|[甲乙丙丁]|[A-H]|\d{1,2}=[\d+]+")
_TRAILING: Final = re.compile(r"\([^()]*\)$")
_YEAR: Final = re.compile(r"20[0-4]\d")
_ALIKE: Final = 0.75
_SAME_AGAIN: Final = 2
_NUMBER_WORD: Final = "数"
_STEP: Final = 3


class Stack(msgspec.Struct, frozen=True):
    """The words above one printed column, from the top; `own` is the lowest, "" if the column has none of its own."""

    own: str
    above: tuple[str, ...] = ()


class Head(msgspec.Struct, frozen=True):
    """A printed head: its rows, one stack for each printed column, and its cells with the spans they seem to have."""

    rows: tuple[Line, ...]
    stacks: tuple[Stack, ...]
    cells: tuple[tuple[HeadCell, ...], ...]


def head_words(tables: Sequence[PackTable], year: int | None) -> frozenset[str]:
    """Give every word that may stand in a head: those of the form's own head and the lexicon's."""
    known = lexicon()
    own = [c.text for t in tables for row in t.head for c in row]
    own += [n for t in tables for c in t.columns for n in (c.header, *c.names)]
    general = [
        w for words in (known.columns, known.heads, known.text_columns) for names in words.values() for w in names
    ]
    texts = [filled(w, year) for w in own] + general
    return frozenset(bare(w, year) for w in texts if w)


def divide(
    lines: Sequence[Line], words: Collection[str], year: int | None, *, strange: bool = False
) -> tuple[tuple[Line, ...], tuple[Line, ...]]:
    """Divide a table's lines into head and body; heads that come again on a later page are taken out of the body.

    In a `strange` table, which no form knows, a first line without numbers is its head, and what other forms print as
    rows may stand beside each other in it.
    """
    end = _end_of_head(lines, 0, words, year)
    if strange and not end and lines and not has_numbers(lines[0]):
        end = _end_of_head(lines, 1, words, year)
    while strange and end and _names_several_rows(lines[end:]):
        end = _end_of_head(lines, end + 1, words, year)
    head = tuple(lines[:end])
    printed = {_texts(line) for line in head}
    return head, tuple(x for x in lines[end:] if not (_texts(x) in printed and len(_texts(x)) > 1))


def _names_several_rows(lines: Sequence[Line]) -> bool:
    """Tell whether a line without numbers has several names side by side that are rows elsewhere."""
    if not lines or has_numbers(lines[0]):
        return False
    names = {bare(w) for words in lexicon().rows["three_public"].values() for w in words}
    return sum(bare(c.text) in names for c in lines[0].cells if c.text) > 1


def _end_of_head(lines: Sequence[Line], end: int, words: Collection[str], year: int | None) -> int:
    while end < len(lines) and (_is_head_row(lines[end], words, year, first=end == 0) or _goes_on(lines, end)):
        end += 1
    return end


def head_of(rows: Sequence[Line]) -> Head:
    """Stack the words of a head's rows above each printed column."""
    texts = [[c.text for c in row.cells] for row in rows]
    grid = [row for n, row in enumerate(texts) if not is_counting(row) and not (n and _says_nothing(row))]
    width = max((len(r) for r in grid), default=0)
    grid = [r + [""] * (width - len(r)) for r in grid]
    stacks = tuple(_stack(grid, p) for p in range(width))
    return Head(tuple(rows), stacks, tuple(_spans(grid, r) for r in range(len(grid))))


def begin_of_body(figures: Sequence[bool], begins: Sequence[bool], texts: Sequence[int]) -> int:
    """Find the first line of a body, with figures, or numbered and with no words of a head further down.

    Told by whether lines have figures, whether their first text has a number of its own, and how many texts they have.
    """
    first = next((n for n, shown in enumerate(figures) if shown), len(figures))
    words = max((n + 1 for n in range(first) if texts[n] > 1 and not begins[n]), default=0)
    return next((n for n in range(words, first) if begins[n]), first)


def is_counting(texts: Sequence[str]) -> bool:
    """Tell whether a row only numbers the columns: `1 2 3`, `栏次 1 2 3`; small amounts do not go up step by step."""
    shown = [folded(t) for t in texts if t]
    if len(shown) < 2 or not shown[-1][:1].isdigit() or not all(_COUNTED.fullmatch(t) for t in shown):
        return False
    numbers = [int(t.partition("=")[0]) for t in shown if t[:1].isdigit()]
    return all(0 < b - a <= _STEP for a, b in pairwise(numbers))


def _says_nothing(texts: Sequence[str]) -> bool:
    """Tell whether a row says one word of amounts again and again: 决算数 under each word of a head."""
    shown = [folded(t) for t in texts if t]
    return len(shown) > _SAME_AGAIN and len(set(shown)) == 1 and shown[0].endswith(_NUMBER_WORD)


def is_head_word(text: str, words: Collection[str], year: int | None) -> bool:
    """Tell whether a text is a word of a head, a slip of OCR forgiven."""
    plain = bare(text, year)
    short = _TRAILING.sub("", bare(unnumbered(text), year))
    return any(w in words for w in (plain, short, *shortened(short))) or (
        len(plain) > 3 and any(likeness(plain, w) >= _ALIKE for w in words)
    )


def is_word_of_head(text: str) -> bool:
    """Tell whether a text is a word that stands in heads anywhere."""
    return bool(text) and is_head_word(text, _words_anywhere(), None)


@cache
def _words_anywhere() -> frozenset[str]:
    return head_words((), None)


def _is_head_row(line: Line, words: Collection[str], year: int | None, *, first: bool) -> bool:
    texts = [c.text for c in line.cells if c.text]
    if not texts:
        return first
    if is_counting(texts) or (not first and _says_nothing(texts)):
        return True
    totals = lexicon().rows["total"]["total"]
    if len(texts) == 1 and folded(texts[0]) in totals and line.cells[0].text:
        return False
    if has_numbers(line):
        return False
    if folded(texts[0]) in totals and not any(is_head_word(t, words, year) for t in texts[1:]):
        return False
    plain = [bare(t, year) for t in texts]
    hits = sum(not p or is_head_word(t, words, year) for p, t in zip(plain, texts, strict=True))
    return 2 * hits > len(texts) or (hits > 0 and 2 * hits >= len(texts) and len(texts) > 1)


def _goes_on(lines: Sequence[Line], at: int) -> bool:
    """Tell whether words that nobody knows stand below a head that is divided: texts under its figures, no name before."""
    texts = [i for i, c in enumerate(lines[at].cells) if c.text]
    if not at or len(texts) < 2 or not texts[0] or has_numbers(lines[at]) or at + 1 >= len(lines):
        return False
    above = lines[at - 1].cells
    # Each run of texts begins under a word or goes on under the blanks that it spans, be they cut at the line's end.
    spans = bool(above[-1].text) and len(above) - 1 in texts
    under = (texts[-1] < len(above) or spans) and any(i >= len(above) or not above[i].text for i in texts)
    named = any(c.text for c in above[: texts[0]])
    return under and named and not is_counting([c.text for c in above if c.text]) and has_numbers(lines[at + 1])


def has_numbers(line: Line) -> bool:
    """Tell whether a code or an amount stands on a line; a lone year is neither."""
    texts = [c.text for c in line.cells if c.text]
    if any(_CODE.fullmatch(folded(t)) and not _YEAR.fullmatch(t) for t in texts):
        return True
    return any((f := read_figure(t, "元")) is not None and f.is_number and not _YEAR.fullmatch(t) for t in texts)


def _texts(line: Line) -> tuple[str, ...]:
    return tuple(folded(c.text) for c in line.cells if c.text)


def _stack(grid: Sequence[Sequence[str]], p: int) -> Stack:
    """Stack what stands above a column; in upper rows a text reaches over the blanks to its right."""
    printed: list[tuple[bool, str]] = []
    for row in grid:
        at = next((q for q in range(p, -1, -1) if row[q]), None)
        if at is not None:
            printed.append((at == p, row[at]))
    mine = [i for i, (here, _) in enumerate(printed) if here]
    if not mine:
        return Stack("", tuple(t for _, t in printed))
    own = mine[-1]
    # A text to the left in a row below the own one spans nothing here.
    return Stack(printed[own][1], tuple(t for _, t in printed[:own]))


def _spans(grid: Sequence[Sequence[str]], r: int) -> tuple[HeadCell, ...]:
    """Give one head row's cells with spans: to the right over blanks that have words below, else downwards."""
    row, below = grid[r], grid[r + 1 :]
    cells = []
    for p, text in enumerate(row):
        if not text:
            continue
        columns = 1
        free = bool(below) and any(b[p] for b in below)
        while free and p + columns < len(row) and not row[p + columns] and any(b[p + columns] for b in below):
            columns += 1
        if not below:
            while p + columns < len(row) and not row[p + columns] and not any(up[p + columns] for up in grid[:r]):
                columns += 1
        rows = 1 if free else 1 + len(below)
        cells.append(HeadCell(text, columns, rows))
    return tuple(cells)
