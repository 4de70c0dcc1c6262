"""The lines of one table: its title, number, unit and unit name, its rows over page breaks, and its notes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from mingzhang.model.keys import folded, tidy
from mingzhang.readback.drafts import Block, Draft
from mingzhang.readback.exchanged import names_codes
from mingzhang.readback.heads import has_numbers, is_word_of_head
from mingzhang.readback.marks import sole_text
from mingzhang.readback.surroundings import (
    LONGEST_LABEL,
    SENTENCE,
    around,
    is_body_label,
    is_class_row,
    is_grid,
    is_note,
    is_office,
    is_row_name,
    may_be_title,
    unit_without_code,
)
from mingzhang.readback.titles import Named, divided, is_number_label

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from mingzhang.model.page import Line
    from mingzhang.readback.titles import TitleBook

_HEADING: Final = re.compile(r"[一二三四五六七八九十]+、|\([一二三四五六七八九十]+\)|第[一二三四五六七八九十\d]+部分")
_BETWEEN_ROWS: Final = 6
_TITLE_LINES: Final = 3
_PREAMBLE: Final = 12


class Blocks:
    """Finds the tables among the lines of a body."""

    def __init__(
        self, body: Sequence[Line], stops: Collection[int], open_lines: Collection[int], book: TitleBook
    ) -> None:
        """Keep the body; `stops` are headings of parts, `open_lines` those where tables without a known title may stand."""
        self._body = body
        self._stops = stops
        self._open = open_lines
        self._book = book

    def found(self) -> tuple[Block, ...]:
        """Find every table, in order."""
        blocks: list[Block] = []
        at = 0
        while at < len(self._body):
            block = self._block(at)
            if block is None:
                at += 1
                continue
            blocks.append(block)
            at = max(block.last, at + 1)
        return tuple(blocks)

    def _block(self, at: int) -> Block | None:
        draft = Draft(at)
        rows_at = self._preamble(at, draft)
        if rows_at is None:
            return None
        self._rows(rows_at, draft)
        if not draft.lines and not draft.notes:
            return None
        return draft.frozen()

    def named_at(self, at: int) -> tuple[Named, int] | None:
        """Find a title that begins at a line, whole or broken over two or three: the best read, then the longest."""
        texts: list[str] = []
        best: tuple[Named, int] | None = None
        for i in range(at, min(at + _TITLE_LINES, len(self._body))):
            text = sole_text(self._body[i])
            if (
                not text
                or i in self._stops
                or (texts and (is_number_label(text) or around(self._body[i]) or is_note(text)))
            ):
                break
            if texts and self._book.named(text) is not None:
                break
            texts.append(text)
            named = self._book.named("".join(texts))
            if named is not None and (best is None or named.slips <= best[0].slips):
                best = named, i - at + 1
        return best

    def _preamble(self, at: int, draft: Draft) -> int | None:
        """Read the lines above the grid; None if no table begins at this line."""
        if not self._begins(at):
            return None
        i = at
        while i < len(self._body) and i - at < _PREAMBLE and (i == at or i not in self._stops):
            count = self._preamble_line(i, draft)
            if count is None:
                return None
            if not count:
                break
            i += count
        grid = i < len(self._body) and (self._body[i].is_row or is_note(sole_text(self._body[i])))
        grid = grid or (i < len(self._body) and self._heads_grid(i))
        return i if grid and (draft.named is not None or at in self._open) else None

    def _preamble_line(self, i: int, draft: Draft) -> int | None:
        """Read one line above a grid; give how many lines it took, 0 where the grid begins, None if this is no table."""
        line = self._body[i]
        text = sole_text(line)
        words = around(line)
        if words:
            for key, word in words.items():
                if key:
                    draft.note(key, word, line.place)
            draft.waits = "unit_name" in words and "unit" not in words
            return 1
        found = self.named_at(i) if text else None
        if found is not None:
            return self._take_title(found, line, draft)
        if text and is_number_label(text):
            known = "number" in draft.words
            draft.note("number", tidy(text), line.place)
            return int(not known)
        if draft.waits and text and not is_note(text):
            # A long name runs on over the next line.
            draft.words["unit_name"] += tidy(text)
            draft.waits = False
            return 1
        return self._stranger_line(i, text, draft)

    def _stranger_line(self, i: int, text: str, draft: Draft) -> int | None:
        """Take a line above a grid for the title of a table nobody knows, or say what it is instead."""
        if not text or is_note(text):
            return 0
        if "title" not in draft.words and may_be_title(text):
            number, title = divided(text)
            draft.note("title", title, self._body[i].place)
            if number:
                draft.note("number", number, self._body[i].place)
            return 1
        if draft.named is not None and "unit_name" not in draft.words and is_office(text) and self._goes_on_around(i):
            draft.note("unit_name", unit_without_code(text), self._body[i].place)
            return 1
        if is_body_label(text) or self._heads_grid(i):
            return 0
        if draft.named is None and "title" not in draft.words:
            return None
        return int(self._is_head(i + 1) and not is_word_of_head(text)) or (0 if draft.named is not None else None)

    def _goes_on_around(self, at: int) -> bool:
        """Tell whether the line behind one names the unit of money, the year or the like."""
        return at + 1 < len(self._body) and at + 1 not in self._stops and bool(around(self._body[at + 1]))

    def _is_head(self, at: int) -> bool:
        """Tell whether a line is the head of a grid: several texts, and no number among them."""
        return (
            at < len(self._body)
            and at not in self._stops
            and is_grid(self._body[at])
            and not has_numbers(self._body[at])
        )

    def _heads_grid(self, at: int) -> bool:
        """Tell whether a line is the uppermost of a head, a word that spans all columns: `2023年预算数`."""
        return is_word_of_head(sole_text(self._body[at])) and self._is_head(at + 1)

    @staticmethod
    def _take_title(found: tuple[Named, int], line: Line, draft: Draft) -> int:
        if draft.named is not None:
            return 0
        draft.named = found[0]
        draft.note("title", found[0].title, line.place)
        if found[0].number:
            draft.note("number", found[0].number, line.place)
        return found[1]

    def _begins(self, at: int) -> bool:
        line = self._body[at]
        if at in self._stops:
            return False
        text = sole_text(line)
        if text and self.named_at(at) is not None:
            return True
        if at not in self._open:
            return bool(text) and is_number_label(text)
        return bool(around(line)) or (bool(text) and (is_number_label(text) or may_be_title(text))) or is_grid(line)

    def _rows(self, at: int, draft: Draft) -> None:
        """Gather rows and notes until something else begins."""
        i = at
        while i < len(self._body) and i not in self._stops:
            line = self._body[i]
            text = sole_text(line)
            if text and is_note(text):
                draft.notes.append(text)
                draft.places.setdefault("note", line.place)
            elif self._is_unit_below_head(line, draft):
                for key, word in around(line).items():
                    draft.note(key, word, line.place)
            elif around(line) or (text and (is_number_label(text) or self.named_at(i) is not None)):
                rows_at = self._continued(i, draft)
                if rows_at is None:
                    break
                i = rows_at
                continue
            elif self._is_own(i, draft):
                draft.lines.append(line)
            else:
                break
            i += 1
        draft.last = i

    @staticmethod
    def _is_unit_below_head(line: Line, draft: Draft) -> bool:
        """Tell whether a line says the unit of money between a table's head and its first amounts, and nothing said it before."""
        words = around(line)
        waits = (
            draft.named is not None
            and bool(draft.lines)
            and "unit" not in draft.words
            and not any(map(has_numbers, draft.lines))
        )
        named = {words.get("unit_name"), draft.words.get("unit_name")} - {None}
        return waits and "" not in words and "unit" in words and len(named) < 2

    def _is_own(self, i: int, draft: Draft) -> bool:
        """Tell whether a line that begins nothing known goes on with the rows of a table."""
        line = self._body[i]
        text = sole_text(line)
        if text and draft.lines and _is_numbered_title(text):
            return False
        if line.is_row and not (text and may_be_title(text) and len(line.cells) == 1):
            return not draft.notes or (bool(draft.lines) and is_grid(line))
        if not draft.lines:
            return self._heads_grid(i)
        return not draft.notes and self._belongs(i, text)

    def _continued(self, at: int, draft: Draft) -> int | None:
        """Skip the lines that a page repeats above the rest of the same table; None if another table begins."""
        if not draft.lines or draft.named is None:
            return None
        again = False
        i = at
        while i < len(self._body) and i - at < _PREAMBLE and i not in self._stops:
            line = self._body[i]
            text = sole_text(line)
            found = self.named_at(i) if text else None
            if found is not None:
                same = found[0].title == draft.words.get("title") or found[0].continued
                if found[0].ids[0] != draft.named.ids[0] or not same:
                    return None
                again = True
                i += found[1]
            elif around(line) or (text and is_number_label(text)):
                if text and is_number_label(text) and draft.words.get("number") not in {None, tidy(text)}:
                    return None
                i += 1
            elif text and not line.is_row and again and not is_body_label(text):
                i += 1
            else:
                break
        if not again or i >= len(self._body) or not self._body[i].is_row:
            return None
        same_head = _texts(self._body[i]) == _texts(draft.lines[0])
        return i if same_head or (has_numbers(self._body[i]) and not names_codes(self._body[i])) else None

    def _belongs(self, at: int, text: str) -> bool:
        """Tell whether a text between rows is part of the table: a label broken over lines, or a row of a label alone."""
        if not text or SENTENCE.search(text) or len(text) > LONGEST_LABEL:
            return False
        if at in self._open and may_be_title(text) and self._grid_follows(at + 1, _PREAMBLE) and not self._near_row(at):
            return False
        if (is_row_name(text) or is_class_row(text)) and self._grid_goes_on(at + 1):
            return True
        if _HEADING.match(folded(text)) is not None:
            return is_class_row(text)
        return self._near_row(at) or is_body_label(text) or self._at_the_end(at + 1)

    def _at_the_end(self, at: int) -> bool:
        """Tell whether another table begins at a line, or a part, or nothing: what stands before it belongs to this one."""
        if at >= len(self._body) or at in self._stops:
            return at in self._stops
        text = sole_text(self._body[at])
        return bool(around(self._body[at])) or (bool(text) and (is_number_label(text) or self.named_at(at) is not None))

    def _near_row(self, at: int) -> bool:
        """Tell whether a row follows within a few texts, before any line that begins something else."""
        for line in self._body[at + 1 : at + 1 + _BETWEEN_ROWS]:
            text = sole_text(line)
            if around(line) or (text and (is_note(text) or is_number_label(text) or self._book.named(text))):
                return False
            if line.is_row:
                return True
        return False

    def _grid_goes_on(self, at: int) -> bool:
        """Tell whether a row follows after nothing but names of rows, which stand alone where blanks at their ends were cut."""
        for line in self._body[at:]:
            if line.is_row:
                return True
            if not is_row_name(text := sole_text(line)) and not is_class_row(text):
                return False
        return False

    def _grid_follows(self, at: int, within: int) -> bool:
        for i in range(at, min(at + within, len(self._body))):
            if i in self._stops:
                return False
            if around(self._body[i]):
                return True
            if self._body[i].is_row:
                return False
        return False


def _is_numbered_title(text: str) -> bool:
    """Tell whether a text is the number of a table with a title behind it, be it one that nobody knows."""
    number, title = divided(text)
    return bool(number) and may_be_title(title)


def _texts(line: Line) -> tuple[str, ...]:
    return tuple(folded(c.text) for c in line.cells if c.text)
