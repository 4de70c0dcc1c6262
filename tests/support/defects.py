"""Documents as text with one defect planted, as a reviewer meets them, and what the rules say of it.

A kind of defect is a function that gives every way in which it can be planted in a document; one is drawn. It says which
words the finding should have, and how grave a reviewer takes it. Kinds stand in the modules `defects_of_…`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cached_property
from typing import TYPE_CHECKING, Final, Literal

import msgspec

from mingzhang.model.disclosure import Source
from mingzhang.model.finding import Finding, Severity
from mingzhang.readback.recognise import read_disclosure
from mingzhang.readback.text import read_pages
from mingzhang.rules.engine import check

if TYPE_CHECKING:
    from random import Random

    from mingzhang.model.disclosure import Disclosure, Paragraph, Section, Table

Found = Literal["error", "warning", "hint", ""]
_NEAR: Final = 1
_MOST: Final = 400


class Edit(msgspec.Struct, frozen=True):
    """So many lines, from one on (from 1), are replaced by others."""

    first: int
    count: int
    texts: tuple[str, ...]


class Defect(msgspec.Struct, frozen=True):
    """What is done to the lines; a finding has one of the words, and stands there unless the defect is `elsewhere`."""

    edits: tuple[Edit, ...]
    words: tuple[str, ...] = ()
    elsewhere: bool = False
    also: tuple[int, ...] = ()


class Kind(msgspec.Struct, frozen=True):
    """One kind of defect."""

    name: str
    severity: Severity
    ways: Callable[[Printed], Iterator[Defect | None]]


class Outcome(msgspec.Struct, frozen=True):
    """What was said: the gravest finding about the defect, and the errors and warnings that are about something else."""

    kind: Kind
    defect: Defect
    found: Found
    about: tuple[Finding, ...]
    strays: tuple[Finding, ...]
    lines: tuple[int, ...]

    @property
    def rules(self) -> tuple[str, ...]:
        """Give the rules that say something about the defect."""
        return tuple(sorted({f.rule for f in self.about}))


KINDS: Final[list[Kind]] = []


def kind(name: str, severity: Severity) -> Callable[[Callable[[Printed], Iterator[Defect | None]]], None]:
    """Declare a kind of defect."""

    def declared(ways: Callable[[Printed], Iterator[Defect | None]]) -> None:
        KINDS.append(Kind(name, severity, ways))

    return declared


class Printed:
    """A document as lines of text, what is read from it, and what the rules say of it without any defect."""

    def __init__(self, text: str) -> None:
        """Take a text."""
        self.lines = text.splitlines()

    @cached_property
    def document(self) -> Disclosure:
        """Give what is read."""
        return read_text("\n".join(self.lines))

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """Give what the rules say of it."""
        return check(self.document)

    @cached_property
    def said(self) -> frozenset[tuple[str, str]]:
        """Give the findings that there are without any defect."""
        return frozenset((f.rule, f.message) for f in self.findings)

    @cached_property
    def places(self) -> frozenset[tuple[str, tuple[str, ...]]]:
        """Give the rules that say something without any defect, each with its first place."""
        return frozenset((f.rule, _first(f)) for f in self.findings)

    def line(self, number: int) -> str:
        """Give a line, counted from 1."""
        return self.lines[number - 1]

    def cells(self, number: int) -> list[str]:
        """Give the cells of a line."""
        return self.line(number).split("\t")

    @cached_property
    def paragraphs(self) -> tuple[tuple[Section, Paragraph, int], ...]:
        """List the paragraphs of the written part that stand on one line, with it."""
        return tuple(
            (s, p, p.place.line)
            for s in self.document.sections
            for p in s.paragraphs
            if s.part == "written" and p.place is not None and p.place.line and p.text in self.line(p.place.line)
        )

    def table_lines(self, table: Table) -> range:
        """Give the lines of a table, from its number or title to its last row or note."""
        first = min((p.line for p in table.places.values() if p.line), default=0)
        last = max(
            (p.line for p in (*table.places.values(), *(r.place for r in table.rows)) if p is not None and p.line),
            default=0,
        )
        return range(first, last + 1)

    def swapped(self, number: int, old: str, new: str, *words: str) -> Defect | None:
        """Put another text in the place of one that a line has once or more; None where the line has it not."""
        line = self.line(number)
        if not old or old not in line or old == new:
            return None
        return Defect((Edit(number, 1, (line.replace(old, new, 1),)),), words)

    def within(self, paragraph: Paragraph, start: int, stop: int, new: str, *words: str) -> Defect | None:
        """Put another text between two offsets of a paragraph that stands on one line."""
        number = paragraph.place.line if paragraph.place is not None else None
        at = self.line(number).find(paragraph.text) if number else -1
        if at < 0 or number is None:
            return None
        line = self.line(number)
        return Defect((Edit(number, 1, (line[: at + start] + new + line[at + stop :],)),), words)

    def without(self, first: int, last: int, *words: str) -> Defect:
        """Leave lines out."""
        return Defect((Edit(first, last - first + 1, ()),), words)

    def added(self, after: int, *texts: str, words: tuple[str, ...] = ()) -> Defect:
        """Put lines behind one."""
        return Defect((Edit(after + 1, 0, texts),), words)

    def recelled(self, number: int, cells: list[str], *words: str) -> Defect | None:
        """Print a row with other cells."""
        new = "\t".join(cells)
        return None if new == self.line(number) else Defect((Edit(number, 1, (new,)),), words)


def read_text(text: str) -> Disclosure:
    """Read a text as the command does."""
    return read_disclosure(read_pages(text.encode(), "文本.txt"), Source(name="文本.txt"))


def planted(lines: list[str], defect: Defect) -> tuple[str, tuple[int, ...]]:
    """Carry a defect out; give the text, and the lines on which it then stands."""
    out: list[str] = []
    at: list[int] = []
    moved = dict.fromkeys(defect.also, 0)
    position = 0
    for edit in sorted(defect.edits, key=lambda e: e.first):
        out += lines[position : edit.first - 1]
        at += range(len(out) + 1, len(out) + len(edit.texts) + 1) if edit.texts else (len(out), len(out) + 1)
        out += edit.texts
        position = edit.first - 1 + edit.count
        moved = {k: v + (len(edit.texts) - edit.count) * (k >= edit.first) for k, v in moved.items()}
    out += lines[position:]
    return "\n".join(out), (*at, *(k + v for k, v in moved.items()))


def tried(printed: Printed, kind: Kind, random: Random) -> Outcome | None:
    """Plant one defect of a kind, drawn from all there are, and ask the rules; None where it cannot be planted."""
    ways = [d for _, d in zip(range(_MOST), kind.ways(printed), strict=False) if d is not None]
    if not ways:
        return None
    defect = random.choice(ways)
    text, lines = planted(printed.lines, defect)
    return judged(printed, kind, defect, lines, check(read_text(text)))


def judged(
    printed: Printed, kind: Kind, defect: Defect, lines: tuple[int, ...], findings: tuple[Finding, ...]
) -> Outcome:
    """Tell which findings are about a defect."""
    new = [f for f in findings if (f.rule, f.message) not in printed.said]
    near = [f for f in new if defect.elsewhere or not lines or is_near(f, lines)]
    about = [f for f in near if not defect.words or any(w.replace(",", "") in _words(f) for w in defect.words)]
    grades = [f.severity for f in about]
    found: Found = next((s for s in ("error", "warning", "hint") if s in grades), "")
    causes = {f.cause for f in (*about, *near) if f.cause}
    strays = tuple(
        f
        for f in new
        if f.severity != "hint"
        and f not in near
        and not (f.cause and f.cause in causes)
        and not any(len(w) > 1 and w.replace(",", "") in _words(f) for w in defect.words)
        and (f.rule, _first(f)) not in printed.places
    )
    return Outcome(kind, defect, found, tuple(about), strays, lines)


def is_said_again(outcome: Outcome, findings: tuple[Finding, ...]) -> bool:
    """Tell whether the same is said of the document in another form as of its text."""
    return not {(f.rule, f.message) for f in outcome.about}.isdisjoint((f.rule, f.message) for f in findings)


def is_near(finding: Finding, lines: tuple[int, ...]) -> bool:
    """Tell whether a finding names one of the lines, or one beside it."""
    named = {s.line for s in (*finding.where, *(e.where for e in finding.evidence)) if s.line is not None}
    return any(abs(n - at) <= _NEAR for n in named for at in lines)


def _first(finding: Finding) -> tuple[str, ...]:
    """Give the first place of a finding but for its line: it may have had another counterpart before."""
    spot = finding.where[0] if finding.where else None
    return () if spot is None else (spot.table, spot.row, spot.column, spot.section, spot.form, spot.field)


def _words(finding: Finding) -> str:
    parts = [finding.message, finding.expected or "", finding.actual or ""]
    parts += [e.value for e in finding.evidence]
    parts += [s.sentence for s in finding.where]
    return "\n".join(parts).replace(",", "")
