"""The lines of one table: its title, number, unit and unit name, its rows over page breaks, and its notes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import msgspec

from mingzhang.forms.lexicon import lexicon
from mingzhang.model.figure import read_figure
from mingzhang.model.keys import folded, tidy
from mingzhang.model.page import Line
from mingzhang.model.place import Place
from mingzhang.readback.marks import sole_text
from mingzhang.readback.titles import is_number_label

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from mingzhang.readback.titles import Named, TitleBook

_SENTENCE: Final = re.compile(r"[。；！？]")
_HEADING: Final = re.compile(r"[一二三四五六七八九十]+、|\([一二三四五六七八九十]+\)|第[一二三四五六七八九十\d]+部分")
_BETWEEN_ROWS: Final = 3
_LONGEST_LABEL: Final = 40
_TITLE_LINES: Final = 3
_PREAMBLE: Final = 12


class Block(msgspec.Struct, frozen=True):
    """One table's lines: `lines` are rows, and texts between rows that belong to their labels."""

    named: Named | None
    title: str = ""
    number: str = ""
    unit_name: str = ""
    unit: str = ""
    lines: tuple[Line, ...] = ()
    notes: tuple[str, ...] = ()
    places: dict[str, Place] = {}
    first: int = 0
    last: int = 0
    doubts: tuple[str, ...] = ()


class _Draft:
    """A block while its lines are gathered."""

    def __init__(self, first: int) -> None:
        self.named: Named | None = None
        self.first = self.last = first
        self.words: dict[str, str] = {}
        self.places: dict[str, Place] = {}
        self.lines: list[Line] = []
        self.notes: list[str] = []
        self.doubts: list[str] = []

    def note(self, key: str, text: str, place: Place) -> None:
        """Keep the first of what is printed once: title, number, unit, unit_name."""
        self.words.setdefault(key, text)
        self.places.setdefault(key, place)

    def frozen(self) -> Block:
        """Give the finished block."""
        return Block(
            self.named, **self.words, lines=tuple(self.lines), notes=tuple(self.notes), places=self.places,
            first=self.first, last=self.last, doubts=tuple(self.doubts),
        )  # fmt: skip


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
        draft = _Draft(at)
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

    def _preamble(self, at: int, draft: _Draft) -> int | None:
        """Read the lines above the grid; None if no table begins at this line."""
        begins = self._begins(at)
        if not begins:
            return None
        i, waits = at, ""
        while i < len(self._body) and i - at < _PREAMBLE and (i == at or i not in self._stops):
            line = self._body[i]
            text = sole_text(line)
            found = self.named_at(i) if text else None
            words = around(line)
            if words:
                for key, word in words.items():
                    draft.note(key, word, line.place)
                waits = "unit_name" if "unit_name" in words and "unit" not in words else ""
            elif found is not None:
                if draft.named is not None:
                    break
                draft.named, count = found
                draft.note("title", draft.named.title, line.place)
                if draft.named.number:
                    draft.note("number", draft.named.number, line.place)
                i += count - 1
            elif text and is_number_label(text):
                if "number" in draft.words:
                    break
                draft.note("number", tidy(text), line.place)
            elif not text or is_note(text):
                break
            elif waits:
                # A long name runs on over the next line.
                draft.words[waits] += tidy(text)
                waits = ""
            elif "title" not in draft.words and _may_be_title(text):
                draft.note("title", text, line.place)
            elif draft.named is not None or _is_body_label(text):
                break
            else:
                return None
            i += 1
        known = draft.named is not None
        grid = i < len(self._body) and (self._body[i].is_row or is_note(sole_text(self._body[i])))
        return i if grid and (known or at in self._open) else None

    def _begins(self, at: int) -> bool:
        line = self._body[at]
        if at in self._stops:
            return False
        text = sole_text(line)
        if text and self.named_at(at) is not None:
            return True
        if at not in self._open:
            return bool(text) and is_number_label(text)
        return bool(around(line)) or (bool(text) and (is_number_label(text) or _may_be_title(text))) or _is_grid(line)

    def _rows(self, at: int, draft: _Draft) -> None:
        """Gather rows and notes until something else begins."""
        i = at
        while i < len(self._body) and i not in self._stops:
            line = self._body[i]
            text = sole_text(line)
            if text and is_note(text):
                draft.notes.append(text)
            elif around(line) or (text and (is_number_label(text) or self.named_at(i) is not None)):
                rows_at = self._continued(i, draft)
                if rows_at is None:
                    break
                i = rows_at
                continue
            elif line.is_row and not (text and _may_be_title(text) and len(line.cells) == 1):
                if draft.notes and not draft.lines:
                    break
                if draft.notes and not _is_grid(line):
                    break
                draft.lines.append(line)
            elif draft.notes or not draft.lines or not self._belongs(i, text, draft):
                break
            else:
                draft.lines.append(line)
            i += 1
        draft.last = i

    def _continued(self, at: int, draft: _Draft) -> int | None:
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
            elif text and not line.is_row and again and not _is_body_label(text):
                i += 1
            else:
                break
        if not again or i >= len(self._body) or not self._body[i].is_row:
            return None
        return i

    def _belongs(self, at: int, text: str, draft: _Draft) -> bool:
        """Tell whether a text between rows is part of the table: a label broken over lines, or a row of a label alone."""
        if not text or _SENTENCE.search(text) or len(text) > _LONGEST_LABEL:
            return False
        if (
            at in self._open
            and _may_be_title(text)
            and self._grid_follows(at + 1, _PREAMBLE)
            and not self._near_row(at)
        ):
            return False
        if self._near_row(at):
            return _HEADING.match(folded(text)) is None or _is_class_row(text)
        return _is_body_label(text)

    def _near_row(self, at: int) -> bool:
        """Tell whether a row follows within a few texts, before any line that begins something else."""
        for line in self._body[at + 1 : at + 1 + _BETWEEN_ROWS]:
            text = sole_text(line)
            if around(line) or (text and (is_note(text) or is_number_label(text) or self._book.named(text))):
                return False
            if line.is_row:
                return True
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


def around(line: Line) -> dict[str, str]:
    """Read a line that names the unit or says in what unit amounts stand: `部门名称：…`, `单位：万元`; {} for any other."""
    words: dict[str, str] = {}
    texts = [c.text for c in line.cells if c.text]
    if not texts or len(texts) > 3:
        return {}
    for text in texts:
        part = _around(text)
        if not part:
            return {}
        words |= part
    return words


def _around(text: str) -> dict[str, str]:
    plain = tidy(text).replace(":", "：")
    known = lexicon()
    units = "|".join(known.units["names"])
    money = re.search(rf"[（(]?(?:{'|'.join(known.around.money_unit)})：(?:人民币)?(?P<unit>{units})[)）]?$", plain)
    out = {"unit": money["unit"]} if money else {}
    rest = plain[: money.start()] if money else plain
    if not rest:
        return out
    name = re.fullmatch(rf"(?:{'|'.join(known.around.unit_name)})(?:名称)?：(?P<name>.*)", rest)
    if name is None or "。" in rest:
        return {}
    return {**out, "unit_name": name["name"]}


def is_note(text: str) -> bool:
    """Tell whether a line is a note under a table: `注：…`."""
    return re.match(rf"(?:{'|'.join(lexicon().around.note)})\d*:", folded(text)) is not None


def _may_be_title(text: str) -> bool:
    """Tell whether a text could be the title of a table nobody knows."""
    plain = folded(text)
    words = lexicon().around
    if _SENTENCE.search(text) or len(plain) > _LONGEST_LABEL or any(w in plain for w in words.not_a_table):
        return False
    return re.search(rf"(?:{'|'.join(words.title_ending)})(?:\([^()]*\))?$", plain) is not None and len(plain) > 3


def _is_grid(line: Line) -> bool:
    """Tell whether a line is plainly a row of a table: several texts, or one beside a figure's place."""
    return sum(bool(c.text) for c in line.cells) > 1


def _is_class_row(text: str) -> bool:
    """Tell whether a numbered text is a row of a form (`一、一般公共服务支出`) rather than a heading."""
    return bool(re.match(r"[一二三四五六七八九十]+、", tidy(text))) and tidy(text).endswith(
        ("支出", "预备费", "预算", "资金", "收入")
    )


def _is_body_label(text: str) -> bool:
    """Tell whether a lone text is a row of its own: a total, a code with a name, or a figure."""
    plain = folded(text)
    known = lexicon()
    totals = [
        w for kind in ("total", "in", "out") for key, words in known.rows[kind].items() if "total" in key for w in words
    ]
    figure = read_figure(text, "元")
    return (
        plain in totals
        or re.match(r"\d{3}(?:\d{2}){0,2}(?=\D|$)", plain) is not None
        or (figure is not None and figure.is_number)
    )
