"""Where a sheet's head is, and which of its columns is which field: by a profile, or by the vocabulary."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final

import msgspec

from mingzhang.intake.grids import cell_name
from mingzhang.intake.platform.files import ExportSheet
from mingzhang.intake.platform.vocabulary import heading_text, meaning, total_of, unit_stated, vocabulary
from mingzhang.model.fault import Fault
from mingzhang.model.keys import folded
from mingzhang.model.language import gettext as _

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence


HEAD_WITHIN: Final = 40
"""A head stands within this many rows from the top."""

TALLEST: Final = 3
_ATTRIBUTES: Final = ("fund", "origin", "kind")
_STRONG, _BOTTOM, _WEAK = 3, 2, 1


class Head(msgspec.Struct, frozen=True):
    """The head of a sheet: its first and last row, and for each column the folded texts from top to bottom."""

    first: int
    last: int
    paths: tuple[tuple[str, ...], ...]

    def heading(self, column: int) -> str:
        """Give one column's heading as it is shown and matched: `功能科目/类`."""
        return "/".join(self.paths[column])


class Amount(msgspec.Struct, frozen=True):
    """A column of amounts: where, and what it says of fund, origin, kind; `whole` sums other columns of its row."""

    column: int
    says: dict[str, str]
    whole: tuple[int, ...] = ()


class Layout(msgspec.Struct, frozen=True):
    """One sheet as it is going to be read."""

    sheet: ExportSheet
    head: Head
    columns: dict[str, int]
    amounts: tuple[Amount, ...]
    unit: str
    constants: dict[str, str]


class UnclearHeadings(Fault):
    """Headings that cannot be matched: missing, or more than one that would do."""


def heads_of(sheet: ExportSheet) -> Iterator[Head]:
    """Give every possible head near the top: each run of one to three rows with texts."""
    for first in range(min(HEAD_WITHIN, len(sheet.rows))):
        for last in range(first, min(first + TALLEST, len(sheet.rows))):
            yield _head(sheet, first, last)


def find_head(sheet: ExportSheet, wanted: Iterable[str] | None = None, *, measured: bool = False) -> Head | None:
    """Find the head in which most fields are seen; where `wanted` headings are given, most of them.

    Columns of amounts count too, unless those `wanted` say which they are (`measured`). Of equals the shortest, then the topmost is taken. None where fewer than two are seen.
    """
    best: tuple[int, int, int] | None = None
    found = None
    names = {_plain_heading(w) for w in wanted} if wanted is not None else None
    for head in heads_of(sheet):
        if _cuts_merged(sheet, head) or _has_amounts(sheet, head):
            continue
        if names is None:
            clear = matched(head)[0]
            seen = len(clear) + len(amount_columns(head, (c for f, c in clear.items() if f != "amount")))
        else:
            seen = sum(any(_is_headed(head, c, name) for c in range(len(head.paths))) for name in names)
            seen += 0 if measured else len(amount_columns(head, ()))
        rank = (seen, head.first - head.last, -head.first)
        if seen >= 2 and (best is None or rank > best):
            best, found = rank, head
    return found


def matched(head: Head) -> tuple[dict[str, int], dict[str, list[int]]]:
    """Match columns with fields by the vocabulary: those that are clear, and the candidates of those that are not."""
    scores: dict[tuple[str, int], int] = {}
    for column, path in enumerate(head.paths):
        for field, score in _scores(path).items():
            scores[field, column] = score
    clear: dict[str, int] = {}
    unclear: dict[str, list[int]] = {}
    for score in (_STRONG, _BOTTOM, _WEAK):
        for field in vocabulary().heading:
            taken = set(clear.values())
            columns = [c for (f, c), s in scores.items() if f == field and s == score and c not in taken]
            if field in clear or field in unclear or not columns:
                continue
            if len(columns) == 1 and not _is_rival(field, columns[0], score, scores, clear):
                clear[field] = columns[0]
            else:
                unclear[field] = columns
    return clear, unclear


def chosen(head: Head, columns: Mapping[str, str], place: str) -> dict[str, int]:
    """Find the columns that a profile names.

    Raises:
        UnclearHeadings: a heading is not there, or more than one column bears it; all such at once.
    """
    found: dict[str, int] = {}
    wrong = []
    for field, heading in columns.items():
        places = named(head, heading)
        if len(places) == 1:
            found[field] = places[0]
        elif places:
            where = _("、").join(cell_name(head.last, c) for c in places)
            wrong.append(_("列名“{heading}”不止一处：{where}").format(heading=heading, where=where))
        else:
            wrong.append(_("没有列名是“{heading}”（{field}）的列").format(heading=heading, field=field))
    if wrong:
        raise UnclearHeadings(_("；").join(wrong), place=place, hint=shown_headings(head))
    return found


def named(head: Head, heading: str) -> list[int]:
    """Find the columns that bear a heading; `#2` behind it is the second of them, `@H` a column by its letter."""
    if letter := re.fullmatch(r"@([A-Z]{1,2})", heading):
        return [c for c in range(len(head.paths)) if cell_name(0, c)[:-1] == letter[1]]
    text, _sep, number = heading.partition("#")
    places = [c for c in range(len(head.paths)) if _is_headed(head, c, _plain_heading(text))]
    exact = [c for c in places if head.heading(c) == _plain_heading(text)]
    places = exact or places
    return places[int(number) - 1 : int(number)] if number.isdigit() else places


def amount_columns(head: Head, taken: Iterable[int]) -> tuple[Amount, ...]:
    """Find columns of amounts by what their headings say of fund, origin and kind, with the totals over them."""
    used = set(taken)
    found = {
        c: says
        for c, path in enumerate(head.paths)
        if c not in used and path and (says := _said(path)) is not None and says
    }
    parts = {c: s for c, s in found.items() if total_of(head.paths[c][-1]) is None}
    wholes = {}
    for c, path in enumerate(head.paths):
        if c in used or not path or total_of(path[-1]) is None:
            continue
        above = path[:-1]
        below = tuple(p for p in parts if head.paths[p][: len(above)] == above)
        if below:
            wholes[c] = below
    return (
        *(Amount(c, says) for c, says in sorted(parts.items()) if not _is_whole_of(head, c, parts)),
        *(Amount(c, {}, below) for c, below in sorted(wholes.items())),
    )


def unit_of(sheet: ExportSheet, head: Head) -> set[str]:
    """Collect the units of money that the titles above the head, and the head itself, state."""
    return {
        u for row in sheet.rows[: head.last + 1] for raw in row if raw not in {"", None} and (u := unit_stated(raw))
    }


def shown_headings(head: Head) -> str:
    """List the headings of a sheet for a message."""
    texts = [f"{cell_name(0, c)[:-1]} {head.heading(c)}" for c, path in enumerate(head.paths) if path]
    return _("表中的列：{names}").format(names=_("、").join(texts))


def _head(sheet: ExportSheet, first: int, last: int) -> Head:
    width = max((len(r) for r in sheet.rows[first : last + 1]), default=0)
    grid = [[_text_at(sheet, r, c) for c in range(width)] for r in range(first, last + 1)]
    covered = {
        (r, c): (area[0], area[1])
        for area in sheet.merged
        for r in range(area[0], area[2] + 1)
        for c in range(area[1], area[3] + 1)
    }
    for n, row in enumerate(grid):
        for c in range(width):
            origin = covered.get((first + n, c))
            if origin is not None and origin[0] == first + n:
                row[c] = row[origin[1]]
            elif origin is None and not sheet.merged and n < last - first and not row[c] and c and grid[-1][c]:
                row[c] = row[c - 1]  # no merged areas are known: what stands over the left neighbour stands here too
    paths = []
    for c in range(width):
        texts = [row[c] for row in grid]
        paths.append(tuple(t for n, t in enumerate(texts) if t and (n == 0 or t != texts[n - 1])))
    return Head(first, last, tuple(paths))


def _text_at(sheet: ExportSheet, row: int, column: int) -> str:
    cells = sheet.rows[row]
    raw = cells[column] if column < len(cells) else ""
    return heading_text(raw) if isinstance(raw, str) else ""


def _cuts_merged(sheet: ExportSheet, head: Head) -> bool:
    """Tell whether a merged area begins in the head and ends below it."""
    return any(head.first <= area[0] <= head.last < area[2] for area in sheet.merged)


def _has_amounts(sheet: ExportSheet, head: Head) -> bool:
    """Tell whether a line of the head holds numbers, which no head does (years and the row of column numbers aside)."""
    rows = sheet.rows[head.first : head.last + 1]
    return any(isinstance(v, float) and v > 2200 for row in rows for v in row)


@cache
def _patterns() -> dict[str, tuple[re.Pattern[str], re.Pattern[str] | None]]:
    def joined(texts: Sequence[str]) -> re.Pattern[str] | None:
        return re.compile("|".join(f"(?:{t})" for t in texts)) if texts else None

    found = {}
    for field, headings in vocabulary().heading.items():
        strong = joined(headings.strong)
        assert strong is not None
        found[field] = (strong, joined(headings.weak))
    return found


@cache
def _scores(path: tuple[str, ...]) -> dict[str, int]:
    """Say how well each field is told by one column's heading."""
    found: dict[str, int] = {}
    if not path:
        return found
    whole, bottom = ("/".join(path), "".join(path)), path[-1]
    for field, (strong, weak) in _patterns().items():
        if any(strong.fullmatch(w) for w in whole):
            found[field] = _STRONG
        elif strong.fullmatch(bottom):
            found[field] = _BOTTOM
        elif weak is not None and (any(weak.fullmatch(w) for w in whole) or weak.fullmatch(bottom)):
            found[field] = _WEAK
    return found


def _is_rival(
    field: str, column: int, score: int, scores: Mapping[tuple[str, int], int], clear: Mapping[str, int]
) -> bool:
    """Tell whether a column would do as well for another field that has no other column."""
    return any(
        f != field and f not in clear and c == column and s == score and not _elsewhere(f, column, score, scores)
        for (f, c), s in scores.items()
    )


def _elsewhere(field: str, column: int, score: int, scores: Mapping[tuple[str, int], int]) -> bool:
    return any(f == field and c != column and s >= score for (f, c), s in scores.items())


def _plain_heading(text: str) -> str:
    return "/".join(heading_text(t) for t in text.split("/"))


def _is_headed(head: Head, column: int, text: str) -> bool:
    path = head.paths[column]
    return bool(path) and text in {head.heading(column), path[-1], "".join(path)}


def _said(path: tuple[str, ...]) -> dict[str, str] | None:
    """Say what a heading tells of its amounts, as printed; None if a word of it is no such thing."""
    says: dict[str, str] = {}
    neutral = {folded(n) for n in vocabulary().neutral.headings}
    for text in path:
        field = next((f for f in _ATTRIBUTES if _is_word(f, text)), None)
        if field is not None:
            says[field] = text
        elif text not in neutral and total_of(text) is None:
            return None
    return says


def _is_word(field: str, text: str) -> bool:
    return len(text) > 1 and meaning(field, text) is not None


def _is_whole_of(head: Head, column: int, parts: Mapping[int, dict[str, str]]) -> bool:
    """Tell whether a column's heading stands over others: its amounts would be counted twice."""
    path = head.paths[column]
    return any(c != column and head.paths[c][: len(path)] == path for c in parts)
