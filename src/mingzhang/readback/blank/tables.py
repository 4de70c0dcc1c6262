"""Which tables a blank form has: every title with a grid below it, and what stands between the two."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Final

from mingzhang.model.fault import UnreadableInput
from mingzhang.model.keys import tidy
from mingzhang.model.language import gettext as _
from mingzhang.readback.blank.files import sheets_of
from mingzhang.readback.blank.forms import BlankForm, BlankTable
from mingzhang.readback.blank.layout import laid_out
from mingzhang.readback.blank.words import templated
from mingzhang.readback.heads import has_numbers, head_words, is_head_word
from mingzhang.readback.likeness import filled
from mingzhang.readback.marks import sole_text
from mingzhang.readback.surroundings import around, is_note, may_be_title, said_unit
from mingzhang.readback.titles import TitleBook, divided, is_number_label

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from mingzhang.forms.pack import Pack
    from mingzhang.model.page import Line
    from mingzhang.readback.blank.forms import Sheet
    from mingzhang.readback.titles import Named

_PREAMBLE: Final = 8
_YEAR: Final = re.compile(r"(20[0-4]\d)年?度?")


def read_blank(path: Path, pack: Pack) -> BlankForm:
    """Read a blank form with the words of the pack that it follows.

    Raises:
        UnreadableInput: the file cannot be read, or no table was recognised in it.
    """
    finder = _Finder(pack)
    tables: list[BlankTable] = []
    passed_over = []
    for sheet in sheets_of(path):
        found = list(finder.tables(sheet))
        tables += found
        if sheet.name and not found:
            passed_over.append(sheet.name)
    if not tables:
        raise UnreadableInput(
            _("没有认出任何表"), place=path.name, hint=_("每张表要有表题，表题下面是表头；可参照所继承的表样包的表题。")
        )
    years = Counter(int(y) for t in tables for y in _YEAR.findall(t.title))
    year = max(years, key=lambda y: (years[y], y)) if years else None
    return BlankForm(path.name, tuple(tables), year, tuple(passed_over))


class _Finder:
    """Finds the tables of a sheet by titles that the pack or anybody knows, or that look like one."""

    def __init__(self, pack: Pack) -> None:
        self._titles = TitleBook((pack,))
        self._words = head_words(pack.tables, None)

    def tables(self, sheet: Sheet) -> Iterator[BlankTable]:
        """Give the tables in order of print."""
        lines = [x for x in sheet.lines if any(c.text or c.columns > 1 or c.rows > 1 for c in x.cells)]
        at = 0
        while at < len(lines):
            title = self._title(lines[at])
            grid = self._grid_at(lines, at + 1) if title else None
            if grid is None:
                at += 1
                continue
            end = self._end(lines, grid)
            yield self._table(lines, at, grid, end)
            at = end

    def _title(self, line: Line) -> str:
        text = tidy(sole_text(line))
        return text if text and (self._named(text) is not None or may_be_title(text)) else ""

    def _named(self, text: str) -> Named | None:
        return self._titles.named(filled(templated(text, None), None))

    def _grid_at(self, lines: Sequence[Line], at: int) -> int | None:
        """Find the head below a title; None where something else follows."""
        for i in range(at, min(at + _PREAMBLE, len(lines))):
            texts = [c.text for c in lines[i].cells if c.text]
            if around(lines[i]) or _money_unit(texts) or (len(texts) == 1 and is_number_label(tidy(texts[0]))):
                continue
            if len(texts) > 1:
                known = any(is_head_word(t, self._words, None) for t in texts)
                return i if known and not has_numbers(lines[i]) else None
            if self._title(lines[i]) or not lines[i].is_row:
                return None
        return None

    def _end(self, lines: Sequence[Line], grid: int) -> int:
        """Find where the next table begins, or running text."""
        for i in range(grid + 1, len(lines)):
            text = tidy(sole_text(lines[i]))
            if not lines[i].is_row and not (text and is_note(text)):
                return i
            if text and (is_number_label(text) or (self._title(lines[i]) and self._grid_at(lines, i + 1) is not None)):
                return i
        return len(lines)

    def _table(self, lines: Sequence[Line], at: int, grid: int, end: int) -> BlankTable:
        text = tidy(sole_text(lines[at]))
        named = self._named(text)
        number, title = divided(text)
        unit = ""
        for line in lines[max(at - 2, 0) : grid]:
            texts = [c.text for c in line.cells if c.text]
            unit = around(line).get("unit", "") or _money_unit(texts) or unit
            if not number and len(texts) == 1 and is_number_label(tidy(texts[0])):
                number = tidy(texts[0])
        mine = lines[grid:end]
        notes = [i for i, x in enumerate(mine) if (t := sole_text(x)) and is_note(t)]
        body = mine[: notes[0]] if notes else mine
        laid = laid_out(body, self._words)
        return BlankTable(
            title=title,
            place=lines[at].place,
            ids=named.ids if named is not None else (),
            number=number.rstrip(":："),
            unit=unit,
            head=laid.head,
            rows=laid.rows,
            notes=tuple(sole_text(mine[i]).strip() for i in notes),
            guessed=laid.guessed,
        )


def _money_unit(texts: Sequence[str]) -> str:
    """Give the unit of money that a line ends with; "" if it says none."""
    return said_unit(texts[-1]) if texts else ""
