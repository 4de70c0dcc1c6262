"""Differences against an earlier version as tracked changes of a Word file: accepted they give this one, rejected that one.

Figures of tables are compared by their keys, sentences within their section, forms row by row; what is gone from a table
stands struck out below it.
"""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import TYPE_CHECKING, Final

import msgspec

from mingzhang.documents.grid import printed
from mingzhang.documents.word_xml import paragraph, run
from mingzhang.model.keys import folded

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from mingzhang.documents.form_rows import FormPage
    from mingzhang.model.disclosure import Disclosure, Paragraph, Section, Table

AUTHOR: Final = "明账"
_TOKEN: Final = re.compile(r"[-−]?\d[\d,，.．]*[%％]?|.", re.DOTALL)
_NUMBER: Final = re.compile(r"\d[\d,，.．]*")


class Style(msgspec.Struct, frozen=True):
    """How a run is set: its size in points and whether it is bold."""

    size: float = 0
    bold: bool = False


class Piece(msgspec.Struct, frozen=True):
    """A stretch of the later text, from `start` to `end`; `gone` is what stood before it, `new` that it is inserted."""

    start: int
    end: int
    new: bool = False
    gone: str = ""


class Changes:
    """What differs from an earlier version; asked for each thing as it is written. Without one nothing does."""

    def __init__(self, earlier: Disclosure | None, now: Disclosure) -> None:
        """Look up what the earlier version had."""
        self._count = 0
        self.earlier = earlier
        self._cells: dict[str, str] = {}
        self._before: dict[int, str] = {}
        self._fresh: set[int] = set()
        self._gone: dict[int, list[str]] = {}
        self._tables: dict[str, Table] = {}
        if earlier is not None:
            self._tables = {t.id: t for t in earlier.tables}
            self._cells = dict(_cells(earlier))
            self._match(earlier.sections, now.sections)

    def cell(self, key: str, text: str, content: str, style: Style) -> str:
        """Give a cell's runs with the figure that stood there struck out, where it was another."""
        was = self._cells.get(key, "")
        return content if self.earlier is None or was == text else self.replaced(was, content if text else "", style)

    def replaced(self, was: str, content: str, style: Style) -> str:
        """Strike out what was and insert what is; either may be empty."""
        struck = (
            run(was, size=style.size, bold=style.bold).replace("<w:t ", "<w:delText ").replace("</w:t>", "</w:delText>")
        )
        return (self._wrapped("del", struck) if was else "") + (self._wrapped("ins", content) if content else "")

    def pieces(self, found: Paragraph) -> list[Piece]:
        """Cut a paragraph's text where it differs from what it was."""
        text = found.text
        if id(found) in self._fresh:
            return [Piece(0, len(text), new=True)]
        was = self._before.get(id(found), text)
        if was == text:
            return [Piece(0, len(text))]
        old, now = _TOKEN.findall(was), _TOKEN.findall(text)
        out, at, gone = [], 0, ""
        for tag, i, j, k, m in SequenceMatcher(None, old, now, autojunk=False).get_opcodes():
            length = sum(map(len, now[k:m]))
            gone += "" if tag == "equal" else "".join(old[i:j])
            if length:
                out.append(Piece(at, at + length, tag != "equal", gone))
                at, gone = at + length, ""
        return [*out, Piece(at, at, gone=gone)] if gone else out

    def lost_before(self, found: Paragraph, style: str) -> str:
        """Give the paragraphs that stood before this one and are gone."""
        return "".join(self._struck(text, style) for text in self._gone.pop(id(found), []))

    def lost_rows(self, table: Table) -> str:
        """Give the rows of a table that are gone, a line each."""
        before = self._tables.get(table.id)
        if before is None:
            return ""
        kept = {r.key for r in table.rows}
        lines = (
            "　".join(x for x in (r.code, r.label.strip(), *(printed(f) for f in r.cells.values())) if x)
            for r in before.rows
            if r.key not in kept
        )
        return "".join(self._struck(text, "TableNote") for text in lines if text)

    def new_rows(self, table: Table, numbers: Collection[int]) -> str:
        """Give the mark of a printed line whose rows the earlier version's table had not, "" for any other."""
        before = self._tables.get(table.id)
        new = before is not None and numbers and all(before.row(table.rows[n].key) is None for n in numbers)
        return f'<w:ins w:id="{self._next()}" w:author="{AUTHOR}"/>' if new else ""

    def _struck(self, text: str, style: str) -> str:
        mark = f'<w:rPr><w:del w:id="{self._next()}" w:author="{AUTHOR}"/></w:rPr>'
        return paragraph(self.replaced(text, "", Style()), style, mark)

    def _wrapped(self, kind: str, content: str) -> str:
        return f'<w:{kind} w:id="{self._next()}" w:author="{AUTHOR}">{content}</w:{kind}>'

    def _next(self) -> int:
        self._count += 1
        return 500_000 + self._count

    def _match(self, before: Sequence[Section], after: Sequence[Section]) -> None:
        """Pair off the paragraphs of each section by their words, numbers left out."""
        own: dict[str, list[Paragraph]] = {}
        for section in before:
            own.setdefault(_name(section), []).extend(section.paragraphs)
        for section in after:
            old, new = own.pop(_name(section), []), list(section.paragraphs)
            matcher = SequenceMatcher(
                None, [_frame(p.text) for p in old], [_frame(p.text) for p in new], autojunk=False
            )
            for _tag, i, j, k, m in matcher.get_opcodes():
                for was, now in zip_longest(old[i:j], new[k:m]):
                    if now is None:
                        follower = new[m] if m < len(new) else new[-1] if new else None
                        if follower is not None and was is not None:
                            self._gone.setdefault(id(follower), []).append(was.text)
                    elif was is None:
                        self._fresh.add(id(now))
                    else:
                        self._before[id(now)] = was.text


_FILLED: Final = frozenset({"figure", "value"})
_Row = dict[int, tuple[str, str]]


def values_before(page: FormPage, before: FormPage | None) -> dict[tuple[int, int], str]:
    """Give for each filled-in cell of a form what stood in its place before, rows matched by their labels and order."""
    rows, old = _rows(page), [] if before is None else _rows(before)
    out: dict[tuple[int, int], str] = {}
    matcher = SequenceMatcher(None, [_label(r) for r in old], [_label(r) for r in rows], autojunk=False)
    for _tag, i, j, k, m in matcher.get_opcodes():
        for was, now in zip_longest(old[i:j], range(k, m)):
            if now is not None:
                texts = {c: text for c, (role, text) in (was or {}).items() if role in _FILLED}
                out |= {(now, c): texts.get(c, "") for c, (role, _text) in rows[now].items() if role in _FILLED}
    return out


def project_of(page: FormPage) -> str:
    """Give what a form is known by: the first thing filled in."""
    return next((c.text for c in page.grid.cells if c.role == "value"), page.title)


def _rows(page: FormPage) -> list[_Row]:
    out: list[_Row] = [{} for _row in range(page.grid.rows)]
    for cell in page.grid.cells:
        out[cell.row][cell.column] = (cell.role, cell.text)
    return out


def _label(row: _Row) -> tuple[str, ...]:
    return tuple(folded(text) for role, text in row.values() if role not in _FILLED)


def _cells(disclosure: Disclosure) -> Iterator[tuple[str, str]]:
    for table in disclosure.tables:
        for row in table.rows:
            for column, figure in row.cells.items():
                yield f"{table.id}[{row.key}].{column}", printed(figure)


def _name(section: Section) -> str:
    return f"{section.part}/{section.key or folded(section.heading)}"


def _frame(text: str) -> str:
    return _NUMBER.sub("0", folded(text))
